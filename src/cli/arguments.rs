//! What can be typed, with the help that teaches it.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use vereda::diagnostic::Language;
use vereda::diff::DiffFormat;
use vereda::inspect::GraphFormat;
use vereda::report::Format;
use vereda::schema::Subject;
use vereda::words::Words;

use super::check_options::{Denied, ReportTarget, ReportTargetParser};

const EXAMPLES: &str = "\
Examples:
  vereda init manual            make a small site in the folder `manual`
  vereda serve --open           see the site in the browser while you edit it
  vereda check                  say everything that is wrong or doubtful
  vereda build                  write the site to `public/`
  vereda explain flow/trap      tell more about a diagnostic

Exit codes: 0 clean (warnings are allowed unless --strict), 1 the content has errors,
2 the tool could not do its work.";

const INIT_EXAMPLES: &str = "\
Examples:
  vereda init manual            a site in Portuguese
  vereda init handbook --lang en
  cd manual && vereda serve --open";

const NEW_EXAMPLES: &str = "\
Examples:
  vereda new page whatsapp/despedida         writes content/whatsapp/despedida.md
  vereda new flow whatsapp/despedida         writes content/whatsapp/despedida.flow.yaml";

const BUILD_EXAMPLES: &str = "\
Examples:
  vereda build
  vereda build --out /srv/www/manual --base-url https://example.org/manual/
  vereda build --drafts --base-url http://localhost:8000/
  vereda build --strict --baseline known.json    only problems that came since keep it from being written
  vereda build --single-file whatsapp/auditoria --out auditoria.html
  vereda build --since v1.2                  with a page of what changed since the tag v1.2";

const SERVE_EXAMPLES: &str = "\
Examples:
  vereda serve --open
  vereda serve --port 8000 --drafts
  vereda serve --host 0.0.0.0                show it to other machines of the network";

const CHECK_EXAMPLES: &str = "\
Examples:
  vereda check
  vereda check --strict                      warnings fail too, as in CI
  vereda check --deny link/empty             a diagnostic is an error, whatever vereda.yaml says
  vereda check --write-baseline known.json   write down the problems of today
  vereda check --baseline known.json         only problems that came since fail
  vereda check --format json | jq .message   for programs
  vereda check --format short                for editors that jump to file:line:column
  vereda check --format github               beside the lines of a pull request
  vereda check --format human --format sarif=vereda.sarif --format junit=vereda.xml
  vereda check --html dist --base-url https://example.org/    a folder of HTML, made by any program
  vereda check --external                    other sites are asked too; never by build or serve
  vereda check --external --offline          only what they said before
  vereda check --suggest-scenarios whatsapp/auditoria    the scenarios that a flow lacks

Reviews are due by the machine's day, or by that of SOURCE_DATE_EPOCH (seconds since 1970).";

const WALK_EXAMPLES: &str = "\
Examples:
  vereda walk whatsapp/auditoria             walk it: arrows, numbers and texts answer, b goes back, q leaves
  printf '1\\n2\\n' | vereda walk whatsapp/atendimento
  vereda walk whatsapp/auditoria --all       every way to an outcome
  vereda walk whatsapp/auditoria --to apoio  the fewest answers that reach an outcome
  vereda walk whatsapp/auditoria --random 1000 --seed 7

Where the input is no terminal, each line is an answer (an empty one goes on), nothing but the screens is
printed, and an answer that is refused ends the walk with 2. --random exits with 1 when a walk cannot go on.";

const GRAPH_EXAMPLES: &str = "\
Examples:
  vereda graph whatsapp/auditoria --output auditoria.svg
  vereda graph content/whatsapp/auditoria.flow.yaml --format mermaid
  vereda graph /whatsapp/auditoria/ --format dot | dot -Tpng > auditoria.png
  vereda graph whatsapp/auditoria --format json | jq '.nodes | length'
  vereda graph whatsapp/auditoria --counts *.counts.json --output taken.svg   how often each option was taken
  vereda graph whatsapp/auditoria --coverage --output lacks.svg   what no scenario visits stands out";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  vereda schema flow --output .vscode/schemas/flow.schema.json
  vereda schema config --output .vscode/schemas/config.schema.json
  vereda schema page --output .vscode/schemas/page.schema.json
  vereda schema flow | jq '.\"$defs\".Node.properties | keys'

What the schemas say of each key is in Portuguese. `vereda init` writes them, with the settings of VS Code.";

const DIFF_EXAMPLES: &str = "\
Examples:
  vereda diff HEAD                           what the files say that was not committed yet
  vereda diff v1.2                           since a tag, a branch or a commit
  vereda diff HEAD~3 --format json | jq 'select(.effect == \"behaviour\") | .message'
  vereda diff main --output mudancas.txt

What is published is compared: drafts are left out. It exits with 0 whether or not anything changed, and with 1
when the files have errors. Scenarios that fail are none of these: what they come to now is part of what is told.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  vereda explain link/missing-anchor
  vereda explain flow/unreachable-node --lang en
  vereda explain --all > codes.md            every code";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  vereda completions bash > ~/.local/share/bash-completion/completions/vereda
  vereda completions zsh > ~/.zfunc/_vereda
  vereda completions fish > ~/.config/fish/completions/vereda.fish";

/// Publishes a folder of Markdown pages and decision flows as a site, and checks that everything in it is right.
#[derive(Debug, Parser)]
#[command(name = "vereda", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags of every command.
#[derive(Args, Debug)]
#[command(next_help_heading = "Common options")]
pub(crate) struct Common {
    /// The folder of the site, the one with `vereda.yaml`.
    #[arg(long, global = true, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) root: PathBuf,

    /// Say only what is wrong: no summary, no progress.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,

    /// When to use colours; `auto` uses them where a person is reading.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    /// Language of messages; by default the site's.
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = languages())]
    pub(crate) lang: Option<Language>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(InitArguments),
    New(NewArguments),
    Build(BuildArguments),
    Serve(ServeArguments),
    Check(CheckArguments),
    Walk(WalkArguments),
    Graph(GraphArguments),
    Schema(SchemaArguments),
    Diff(DiffArguments),
    Explain(ExplainArguments),
    Completions(CompletionsArguments),
}

/// Make a small site that builds and checks clean, in Portuguese or, with `--lang en`, in English.
#[derive(Args, Debug)]
#[command(after_help = INIT_EXAMPLES)]
pub(crate) struct InitArguments {
    /// Where to make it: a folder that does not exist yet, or is empty.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
}

/// Write a new page or flow to start from; a file that exists is never touched.
#[derive(Args, Debug)]
#[command(after_help = NEW_EXAMPLES)]
pub(crate) struct NewArguments {
    #[command(subcommand)]
    pub(crate) kind: NewKind,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NewKind {
    /// Write a Markdown page with its front matter.
    Page(NewFile),
    /// Write a small decision flow that works, with its scenarios.
    Flow(NewFile),
}

#[derive(Args, Debug)]
pub(crate) struct NewFile {
    /// Where, in the folder `content`; the ending of the name is added when it is not there.
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) path: PathBuf,

    /// Who answers for the text; every page and flow should have an owner.
    #[arg(long, value_name = "NAME")]
    pub(crate) owner: Option<String>,
}

/// Write the site, whole or not at all.
#[derive(Args, Debug)]
#[command(after_help = BUILD_EXAMPLES)]
pub(crate) struct BuildArguments {
    /// Where to write it; by default `public` in the folder of the site. With `--single-file`, the file.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub(crate) out: Option<PathBuf>,

    /// Where the site will be published, in place of `base_url` of `vereda.yaml`.
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = base_url)]
    pub(crate) base_url: Option<String>,

    /// Publish drafts too.
    #[arg(long)]
    pub(crate) drafts: bool,

    /// Add a page that tells what changed since a git revision: a tag, a branch, a commit.
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<String>,

    /// Write one flow alone, as one HTML file that works from a disk: its path in `content`, or its address in the site.
    #[arg(long, value_name = "FLOW", conflicts_with = "since")]
    pub(crate) single_file: Option<String>,

    /// Write nothing when there are warnings, and exit with 1.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Write the site in spite of the problems that a file of `check --write-baseline` has, but those that cannot be ignored.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<PathBuf>,

    /// How to write what was found.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = one_of(&[Format::Human, Format::Short, Format::Json]))]
    pub(crate) format: Format,
}

/// Show the site in the browser while it is edited; every change is seen at once.
#[derive(Args, Debug)]
#[command(after_help = SERVE_EXAMPLES)]
pub(crate) struct ServeArguments {
    /// The port to listen on; when it is taken, the next free one is used.
    #[arg(long, value_name = "N", default_value_t = vereda::serve::Settings::default().port)]
    pub(crate) port: u16,

    /// Open the browser.
    #[arg(long)]
    pub(crate) open: bool,

    /// Show drafts too.
    #[arg(long)]
    pub(crate) drafts: bool,

    /// The address to listen on; only this machine sees the site unless it is another.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_hint = ValueHint::Hostname)]
    pub(crate) host: String,

    /// Look for changes twice a second, for network drives and containers that do not tell of them.
    #[arg(long)]
    pub(crate) poll: bool,
}

/// Say everything that is wrong or doubtful, and how much of each flow its scenarios visit, without writing anything.
#[derive(Args, Debug)]
#[command(after_help = CHECK_EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that can be typed by itself")]
pub(crate) struct CheckArguments {
    /// Exit with 1 for warnings too.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Make errors of all warnings, or of a diagnostic by its code; may be repeated.
    #[arg(long, value_name = "warnings|CODE", value_parser = Denied::parse)]
    pub(crate) deny: Vec<Denied>,

    /// Leave out the problems that a file of `--write-baseline` has, so that only new ones fail; tell those that are gone.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<PathBuf>,

    /// Write the errors and warnings that there are, as known from now on, in place of the report; exit with 0.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["baseline", "strict", "deny", "format", "output"])]
    pub(crate) write_baseline: Option<PathBuf>,

    /// Check drafts too, as if they were published.
    #[arg(long)]
    pub(crate) drafts: bool,

    /// Check a folder of HTML that any program made, in place of the site.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["drafts", "suggest_scenarios"])]
    pub(crate) html: Option<PathBuf>,

    /// Where that folder will be published: absolute addresses below it are checked too.
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = base_url, requires = "html")]
    pub(crate) base_url: Option<String>,

    /// Ask other sites too whether the addresses that lead to them are good; `links.external` of `vereda.yaml` says how.
    #[arg(long, conflicts_with = "suggest_scenarios")]
    pub(crate) external: bool,

    /// Tell of other sites what `--external` found before, and open no connection.
    #[arg(long, requires = "external")]
    pub(crate) offline: bool,

    /// Print the fewest scenarios that visit what those of a flow do not, as YAML, in place of the report.
    #[arg(long, value_name = "FLOW", value_hint = ValueHint::FilePath, conflicts_with_all = ["strict", "deny", "baseline", "write_baseline", "drafts", "format", "output"])]
    pub(crate) suggest_scenarios: Option<String>,

    /// How to write what was found; may be repeated, each but one with its file, such as `sarif=report.sarif`.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = ReportTargetParser)]
    pub(crate) format: Vec<ReportTarget>,

    /// The file for the format that has none of its own; by default the standard output.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Walk a flow in the terminal, or tell its ways: all of them, the shortest to an outcome, some at random.
#[derive(Args, Debug)]
#[command(after_help = WALK_EXAMPLES)]
pub(crate) struct WalkArguments {
    /// Which flow: its path in `content`, with or without the ending, or its address in the site.
    #[arg(value_name = "FLOW", value_hint = ValueHint::FilePath)]
    pub(crate) flow: String,

    /// Print every way to an outcome, a line each; rules may go any way, and ways back are left out.
    #[arg(long, conflicts_with_all = ["to", "random"])]
    pub(crate) all: bool,

    /// The most ways that `--all` prints; all are counted.
    #[arg(long, value_name = "N", default_value_t = 1000, requires = "all")]
    pub(crate) limit: usize,

    /// Print the fewest answers that reach an outcome, by its id; those inside called flows too.
    #[arg(long, value_name = "OUTCOME", conflicts_with = "random")]
    pub(crate) to: Option<String>,

    /// Walk so many times at random; say how often each outcome was reached, and where a walk could not go on.
    #[arg(long, value_name = "N")]
    pub(crate) random: Option<usize>,

    /// Another number makes other walks; the same one, the same.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "random")]
    pub(crate) seed: u64,
}

/// Draw a flow: its picture as the site shows it, or its graph for Mermaid, Graphviz and other programs.
#[derive(Args, Debug)]
#[command(after_help = GRAPH_EXAMPLES)]
pub(crate) struct GraphArguments {
    /// Which flow: its path in `content`, with or without the ending, or its address in the site.
    #[arg(value_name = "FLOW", value_hint = ValueHint::FilePath)]
    pub(crate) flow: String,

    /// How to write it.
    #[arg(long, value_name = "FORMAT", default_value = "svg", value_parser = one_of(GraphFormat::ALL))]
    pub(crate) format: GraphFormat,

    /// Mark the nodes, options and rules that no scenario visits, in the formats that draw.
    #[arg(long)]
    pub(crate) coverage: bool,

    /// Draw how often each option was taken: files that flow pages saved, added up.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "coverage", value_hint = ValueHint::FilePath)]
    pub(crate) counts: Vec<PathBuf>,

    /// The file to write; by default the standard output.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Print the JSON Schema of what an editor writes, so that an editor of texts completes, explains and checks its keys.
#[derive(Args, Debug)]
#[command(after_help = SCHEMA_EXAMPLES)]
pub(crate) struct SchemaArguments {
    /// Of what.
    #[arg(value_name = "SUBJECT", value_parser = one_of(Subject::ALL))]
    pub(crate) subject: Subject,

    /// The file to write; by default the standard output.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Tell what the content changes against a git revision: texts, ways, and answers that now end elsewhere.
#[derive(Args, Debug)]
#[command(after_help = DIFF_EXAMPLES)]
pub(crate) struct DiffArguments {
    /// What to compare with: a tag, a branch, a commit, or one so many commits ago, such as `HEAD~3`.
    #[arg(value_name = "REV")]
    pub(crate) revision: String,

    /// How to write it.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = one_of(DiffFormat::ALL))]
    pub(crate) format: DiffFormat,

    /// The file to write; by default the standard output.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Tell what a diagnostic means, show what causes it and how to mend it.
#[derive(Args, Debug)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct ExplainArguments {
    /// What stands between brackets in a diagnostic, such as `link/missing-anchor`.
    #[arg(value_name = "CODE", required_unless_present = "all")]
    pub(crate) code: Option<String>,

    /// Print what every diagnostic means and how to mend it, as the part of a page in Markdown.
    #[arg(long, conflicts_with = "code")]
    pub(crate) all: bool,
}

/// Print the completions of a shell, so that the Tab key completes commands and options.
#[derive(Args, Debug)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(crate) struct CompletionsArguments {
    /// Which shell.
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// Reads one of the words that are possible.
fn one_of<T: Words + Send + Sync>(possible: &[T]) -> impl TypedValueParser<Value = T> + use<T> {
    let value = |word: &T| PossibleValue::new(word.as_str()).help(word.description());
    let parser = PossibleValuesParser::new(possible.iter().map(value));
    parser.map(|name| T::from_name(&name).expect("only these names are possible"))
}

/// Reads an address under which a site can be published.
fn base_url(text: &str) -> Result<String, String> {
    let refuse = || "an address such as https://example.org/manual/ is expected".to_owned();
    vereda::pipeline::is_base_url(text).then(|| text.to_owned()).ok_or_else(refuse)
}

/// Reads `pt-BR` or `en`.
fn languages() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(["pt-BR", "en"]).map(|tag| Language::of_tag(&tag))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_and_every_option_is_explained() {
        fn check(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
            command.get_subcommands().for_each(check);
        }
        check(&Arguments::command());
    }
}
