//! Arguments of all commands, with their help. `docs/cli.md` is made from these declarations.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use vereda::diagnostic::Language;
use vereda::diff::DiffFormat;
use vereda::import::Kind;
use vereda::inspect::GraphFormat;
use vereda::pipeline::AllowedHeader;
use vereda::report::Format;
use vereda::schema::Subject;
use vereda::search::SearchFormat;
use vereda::words::Words;

use super::check_options::{Denied, ReportTarget, ReportTargetParser};

const EXAMPLES: &str = "\
Examples:
  vereda init manual          # create a small site in the folder `manual`
  vereda serve --open         # preview the site in the browser while you edit
  vereda check                # report errors, warnings and notes
  vereda build                # write the site to `public/`
  vereda explain flow/trap    # explain a diagnostic

Exit codes: 0 no errors (with --strict, no warnings either), 1 the content has errors,
2 the command failed.";

const INIT_EXAMPLES: &str = "\
Examples:
  vereda init manual          # a site in Portuguese
  vereda init handbook --lang en
  cd manual && vereda serve --open";

const NEW_EXAMPLES: &str = "\
Examples:
  vereda new page whatsapp/despedida       # writes content/whatsapp/despedida.md
  vereda new flow whatsapp/despedida       # writes content/whatsapp/despedida.flow.yaml";

const BUILD_EXAMPLES: &str = "\
Examples:
  vereda build
  vereda build --out /srv/www/manual --base-url https://example.org/manual/
  vereda build --drafts --base-url http://localhost:8000/
  vereda build --strict --baseline known.json  # fail on new problems only
  vereda build --single-file whatsapp/auditoria --out auditoria.html
  vereda build --since v1.2                # add a page of the changes since the tag v1.2";

const SERVE_EXAMPLES: &str = "\
Examples:
  vereda serve --open
  vereda serve --port 8000 --drafts
  vereda serve --host 0.0.0.0              # serve to other machines of the network";

const CHECK_EXAMPLES: &str = "\
Examples:
  vereda check
  vereda check --strict                    # fail on warnings too, as in CI
  vereda check --deny link/empty           # raise a diagnostic to an error
  vereda check --fix                       # correct what has a certain correction
  vereda check --fix=all                   # write suggestions too, and show each change
  vereda check --write-baseline known.json  # record the present problems
  vereda check --baseline known.json       # fail on new problems only
  vereda check --format json | jq .message  # JSON lines for programs
  vereda check --format short              # file:line:column, for text editors
  vereda check --format github             # annotations of a pull request
  vereda check --format human --format sarif=vereda.sarif --format junit=vereda.xml
  vereda check --html dist --base-url https://example.org/  # check the HTML of any program
  vereda check --external                  # request external links too
  vereda check --external --offline        # report the cached results only
  vereda check --suggest-scenarios whatsapp/auditoria  # scenarios for uncovered parts

The date for reviews is that of the machine, or of SOURCE_DATE_EPOCH (seconds since 1970).";

const WALK_EXAMPLES: &str = "\
Examples:
  vereda walk whatsapp/auditoria           # arrows, numbers and texts answer, b goes back, q quits
  printf '1\\n2\\n' | vereda walk whatsapp/atendimento
  vereda walk whatsapp/auditoria --all     # all paths to outcomes
  vereda walk whatsapp/auditoria --to apoio  the shortest path to an outcome
  vereda walk whatsapp/auditoria --random 1000 --seed 7

If the input is no terminal, each line is an answer (an empty line continues), only the screens are printed,
and a refused answer ends the walk with exit code 2. --random exits with 1 if a walk cannot continue.";

const GRAPH_EXAMPLES: &str = "\
Examples:
  vereda graph whatsapp/auditoria --output auditoria.svg
  vereda graph content/whatsapp/auditoria.flow.yaml --format mermaid
  vereda graph /whatsapp/auditoria/ --format dot | dot -Tpng > auditoria.png
  vereda graph whatsapp/auditoria --format json | jq '.nodes | length'
  vereda graph whatsapp/auditoria --counts *.counts.json --output taken.svg  # the count of each option
  vereda graph whatsapp/auditoria --coverage --output lacks.svg  # mark what no scenario covers";

const SEARCH_EXAMPLES: &str = "\
Examples:
  vereda search 'transferir chat'
  vereda search 'macro n2' --limit 3
  vereda search '\"Posicionamento de ticket\"'   # words in quotes stand together
  vereda search - --format json < queries.txt | jq -c '[.query, .title]'

The results are those of the published site, best first. In JSON each result is one line with `query`, `url`, `anchor`,
`title`, `kind` and `score`; `query` separates the results of several queries. A query without results prints nothing.";

const WHERE_EXAMPLES: &str = "\
Examples:
  vereda where 'Auditoria Whatsapp | Abandono do Cliente'  # each place that uses the exact text
  vereda where macro-n2                    # a value of vereda.yaml, by its name
  vereda where 'abandono'                  # every text that contains the word
  vereda where whatsapp/auditoria#apoio    # the fewest answers that lead to a node, its callers, links to it
  vereda where macro-n2 --format json | jq -r '.uses[].file'

A text is one that readers copy, or a value. Errors of the site are not reported.";

const RENAME_EXAMPLES: &str = "\
Examples:
  vereda rename content/whatsapp/auditoria.flow.yaml#apoio apoio-n2   # a node of a flow
  vereda rename content/whatsapp/auditoria.flow.yaml#caso:titulo titulo-incorreto  # an option
  vereda rename content/whatsapp/index.md#pendencia pendencia-financeira  # an anchor of a page
  vereda rename values.macro-n2 macro-nivel-2  # also inputs., calendars. and records.
  vereda rename content/valor.flow.yaml#inputs.valor quantia  # an input of one flow
  vereda rename content/whatsapp content/atendimento/whatsapp  # a page, a flow or a folder

Comments do not change. The old name of a node, an option, an anchor, a page or a flow stays reachable, in `aliases` or
`anchors`. To rename back removes it again.";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  vereda schema flow --output .vscode/schemas/flow.schema.json
  vereda schema config --output .vscode/schemas/config.schema.json
  vereda schema page --output .vscode/schemas/page.schema.json
  vereda schema flow | jq '.\"$defs\".Node.properties | keys'

The descriptions of keys are in Portuguese. `vereda init` writes the schemas and the settings of VS Code.";

const DIFF_EXAMPLES: &str = "\
Examples:
  vereda diff HEAD                         # changes that are not committed
  vereda diff v1.2                         # since a tag, a branch or a commit
  vereda diff HEAD~3 --format json | jq 'select(.effect == \"behaviour\") | .message'
  vereda diff main --output mudancas.txt

Drafts are not compared. The exit code is 0 with or without changes, and 1 if the content has errors. Failing
scenarios are reported as changes, not as errors.";

const IMPORT_EXAMPLES: &str = "\
Examples:
  vereda import export.zip                 # every page of a space of Confluence
  vereda import export.zip --page 'Auditoria do chat' --to content/whatsapp
  vereda import page.xml --dry-run         # report what would be imported, and write nothing

The source is a file or a folder on this machine; the network is not used. The report is `import-report.md`. Pages that
were edited since the last import are kept. Exit codes: 0 no errors in the written pages, 1 written with errors,
2 nothing could be read.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  vereda explain link/missing-anchor
  vereda explain flow/unreachable-node --lang en
  vereda explain --all > codes.md          # all diagnostics";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  vereda completions bash > ~/.local/share/bash-completion/completions/vereda
  vereda completions zsh > ~/.zfunc/_vereda
  vereda completions fish > ~/.config/fish/completions/vereda.fish";

/// Builds and checks documentation sites from Markdown pages and decision flows.
#[derive(Debug, Parser)]
#[command(name = "vereda", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
#[command(next_help_heading = "Common options")]
pub(crate) struct Common {
    /// Folder of the site, which contains `vereda.yaml`.
    #[arg(long, global = true, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) root: PathBuf,

    /// Print only errors: no summary, no progress.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,

    /// When to use colours; `auto` uses them on terminals.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    /// Language of messages [default: the site's].
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

/// The corrections that `check --fix` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FixScope {
    /// Those that keep what is meant.
    Certain,
    /// Suggestions too.
    All,
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
    Search(SearchArguments),
    Where(WhereArguments),
    Rename(RenameArguments),
    Schema(SchemaArguments),
    Diff(DiffArguments),
    Import(ImportArguments),
    Explain(ExplainArguments),
    Completions(CompletionsArguments),
}

/// Create a small site, in Portuguese or, with `--lang en`, in English.
#[derive(Args, Debug)]
#[command(after_help = INIT_EXAMPLES)]
pub(crate) struct InitArguments {
    /// Folder of the new site; it must be empty or not exist.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
}

/// Create a page or a flow from a template.
#[derive(Args, Debug)]
#[command(after_help = NEW_EXAMPLES)]
pub(crate) struct NewArguments {
    #[command(subcommand)]
    pub(crate) kind: NewKind,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NewKind {
    /// Create a Markdown page with front matter.
    Page(NewFile),
    /// Create a small decision flow with scenarios.
    Flow(NewFile),
    /// Create the settings of a folder: its title, its position and the order of what is in it.
    Section(NewSection),
}

#[derive(Args, Debug)]
pub(crate) struct NewFile {
    /// Path in `content`; the extension may be omitted. An existing file is never changed.
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) path: PathBuf,

    /// Owner of the page or flow.
    #[arg(long, value_name = "NAME")]
    pub(crate) owner: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct NewSection {
    /// Folder in `content`. An existing file is never changed.
    #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(crate) folder: PathBuf,
}

/// Write the site; if there are errors, the output folder stays unchanged.
#[derive(Args, Debug)]
#[command(after_help = BUILD_EXAMPLES)]
pub(crate) struct BuildArguments {
    /// Output folder, or a link to it [default: `public` in the folder of the site]. With `--single-file`, the output file.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub(crate) out: Option<PathBuf>,

    /// Address of the published site; replaces `base_url` of `vereda.yaml`.
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = base_url)]
    pub(crate) base_url: Option<String>,

    /// Include drafts.
    #[arg(long)]
    pub(crate) drafts: bool,

    /// Add a page of the changes since a git revision: a tag, a branch, a commit.
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<String>,

    /// Write one flow, by path or address, as one HTML file that works without a server.
    #[arg(long, value_name = "FLOW", conflicts_with = "since")]
    pub(crate) single_file: Option<String>,

    /// Treat warnings as errors: write nothing and exit with 1.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Ignore the problems in a file of `check --write-baseline`, except those that prevent a build.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<PathBuf>,

    /// Format of the report.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = one_of(&[Format::Human, Format::Short, Format::Json]))]
    pub(crate) format: Format,
}

/// Serve a preview of the site, rebuilt at every change.
#[derive(Args, Debug)]
#[command(after_help = SERVE_EXAMPLES)]
pub(crate) struct ServeArguments {
    /// Port to listen on; if it is in use, the next free one is used.
    #[arg(long, value_name = "N", default_value_t = vereda::serve::Settings::default().port)]
    pub(crate) port: u16,

    /// Open the browser.
    #[arg(long)]
    pub(crate) open: bool,

    /// Include drafts.
    #[arg(long)]
    pub(crate) drafts: bool,

    /// Address to listen on; any other than loopback serves to the network.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_hint = ValueHint::Hostname)]
    pub(crate) host: String,

    /// Editor that the links of findings open: a name such as vscode, cursor, zed, subl or idea, an address with {path}, {line} and {column}, or none [default: that of $VISUAL or $EDITOR, else vscode].
    #[arg(long, value_name = "NAME|URL")]
    pub(crate) editor: Option<String>,

    /// Poll for changes twice a second, for network drives and containers without file events.
    #[arg(long)]
    pub(crate) poll: bool,
}

/// Check the site: report errors, warnings and the coverage of scenarios.
#[derive(Args, Debug)]
#[command(after_help = CHECK_EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent option")]
pub(crate) struct CheckArguments {
    /// Treat warnings as errors: exit with 1.
    #[arg(long)]
    pub(crate) strict: bool,

    /// Raise all warnings, or a diagnostic by its code, to errors; may be repeated.
    #[arg(long, value_name = "warnings|CODE", value_parser = Denied::parse)]
    pub(crate) deny: Vec<Denied>,

    /// Correct what has a certain correction, then check; `--fix=all` also writes suggestions, and shows each change.
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "certain", conflicts_with_all = ["html", "write_baseline", "suggest_scenarios"])]
    pub(crate) fix: Option<FixScope>,

    /// Ignore the known problems in a file of `--write-baseline`, and list those that are corrected.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<PathBuf>,

    /// Write the present errors and warnings to a file instead of a report; exit with 0.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["baseline", "strict", "deny", "format", "output"])]
    pub(crate) write_baseline: Option<PathBuf>,

    /// Include drafts.
    #[arg(long)]
    pub(crate) drafts: bool,

    /// Check a folder of HTML, made by any program, instead of the site.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["drafts", "suggest_scenarios"])]
    pub(crate) html: Option<PathBuf>,

    /// Address at which the folder of `--html` is published; links to it are internal. Default: the canonical address of
    /// its home page
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = base_url, requires = "html")]
    pub(crate) base_url: Option<String>,

    /// Request external links too; `links.external` of `vereda.yaml` configures the requests.
    #[arg(long, conflicts_with = "suggest_scenarios")]
    pub(crate) external: bool,

    /// Report the cached results of `--external` without network connections.
    #[arg(long, requires = "external")]
    pub(crate) offline: bool,

    /// Let the headers of `vereda.yaml` send an environment variable to one site: `VEREDA_HEADER_WIKI=https://wiki.example.org`.
    #[arg(long, value_name = "VARIABLE=ORIGIN", requires = "external")]
    pub(crate) allow_header: Vec<AllowedHeader>,

    /// Print the fewest scenarios, as YAML, that cover the rest of a flow.
    #[arg(long, value_name = "FLOW", value_hint = ValueHint::FilePath, conflicts_with_all = ["strict", "deny", "baseline", "write_baseline", "drafts", "format", "output"])]
    pub(crate) suggest_scenarios: Option<String>,

    /// Format of the report; may be repeated, all but one with a file, such as `sarif=report.sarif`.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = ReportTargetParser)]
    pub(crate) format: Vec<ReportTarget>,

    /// File for the format without one [default: standard output].
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Walk a flow in the terminal, or print its paths: all, the shortest, or random ones.
#[derive(Args, Debug)]
#[command(after_help = WALK_EXAMPLES)]
pub(crate) struct WalkArguments {
    /// Path of a flow in `content`, with or without its extension, or its address in the site.
    #[arg(value_name = "FLOW", value_hint = ValueHint::FilePath)]
    pub(crate) flow: String,

    /// Print all paths to outcomes, one on each line; rules may take any branch, and no node is repeated.
    #[arg(long, conflicts_with_all = ["to", "random"])]
    pub(crate) all: bool,

    /// Maximum number of paths that `--all` prints; all are counted.
    #[arg(long, value_name = "N", default_value_t = 1000, requires = "all")]
    pub(crate) limit: usize,

    /// Print the shortest path to an outcome, by its id, with the answers in called flows.
    #[arg(long, value_name = "OUTCOME", conflicts_with = "random")]
    pub(crate) to: Option<String>,

    /// Walk N times at random; print the count of each outcome, and the nodes where walks end without one.
    #[arg(long, value_name = "N")]
    pub(crate) random: Option<usize>,

    /// Seed of the random walks; equal seeds give equal walks.
    #[arg(long, value_name = "S", default_value_t = 1, requires = "random")]
    pub(crate) seed: u64,
}

/// Write the graph of a flow: SVG, Mermaid, Graphviz or JSON.
#[derive(Args, Debug)]
#[command(after_help = GRAPH_EXAMPLES)]
pub(crate) struct GraphArguments {
    /// Path of a flow in `content`, with or without its extension, or its address in the site.
    #[arg(value_name = "FLOW", value_hint = ValueHint::FilePath)]
    pub(crate) flow: String,

    /// Format of the graph.
    #[arg(long, value_name = "FORMAT", default_value = "svg", value_parser = one_of(GraphFormat::ALL))]
    pub(crate) format: GraphFormat,

    /// Mark nodes, options and rules that no scenario covers; not in JSON.
    #[arg(long)]
    pub(crate) coverage: bool,

    /// Show the sums of usage counts; flow pages save these files.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "coverage", value_hint = ValueHint::FilePath)]
    pub(crate) counts: Vec<PathBuf>,

    /// Output file [default: standard output].
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Search the site as its readers do.
#[derive(Args, Debug)]
#[command(after_help = SEARCH_EXAMPLES)]
pub(crate) struct SearchArguments {
    /// Words to search for; `-` reads queries from the standard input, one on each line.
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) query: String,

    /// Format of the results.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = one_of(SearchFormat::ALL))]
    pub(crate) format: SearchFormat,

    /// Maximum number of results of each query.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
}

/// Show where a text to copy or a value is used, or what leads to a node of a flow.
#[derive(Args, Debug)]
#[command(after_help = WHERE_EXAMPLES)]
pub(crate) struct WhereArguments {
    /// An exact text, a part of one, the name of a value, or `FLOW#NODE`.
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,

    /// Format of the result; JSON has an object a line.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = one_of(&[Format::Human, Format::Json]))]
    pub(crate) format: Format,
}

/// Rename a node, an option, an anchor, a setting, a page or a folder, with every reference to it.
#[derive(Args, Debug)]
#[command(after_help = RENAME_EXAMPLES)]
pub(crate) struct RenameArguments {
    /// What is renamed: `FLOW#NODE`, `FLOW#NODE:OPTION`, `PAGE#ANCHOR`, `values.NAME`, `inputs.NAME`, `calendars.NAME`, `records.NAME`, `FLOW#inputs.NAME`, or the path of a file or folder.
    #[arg(value_name = "OLD", value_hint = ValueHint::AnyPath)]
    pub(crate) old: String,

    /// The new name; of a file or folder, its new path in the folder of the site.
    #[arg(value_name = "NEW", value_hint = ValueHint::AnyPath)]
    pub(crate) new: String,

    /// Print the changes without writing them.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Print the JSON Schema of pages, flows or `vereda.yaml`, for text editors.
#[derive(Args, Debug)]
#[command(after_help = SCHEMA_EXAMPLES)]
pub(crate) struct SchemaArguments {
    /// Kind of file.
    #[arg(value_name = "SUBJECT", value_parser = one_of(Subject::ALL))]
    pub(crate) subject: Subject,

    /// Output file [default: standard output].
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Report the changes of the content since a git revision: texts, edges and outcomes.
#[derive(Args, Debug)]
#[command(after_help = DIFF_EXAMPLES)]
pub(crate) struct DiffArguments {
    /// Git revision: a tag, a branch, a commit, or an ancestor such as `HEAD~3`.
    #[arg(value_name = "REV")]
    pub(crate) revision: String,

    /// Format of the report.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = one_of(DiffFormat::ALL))]
    pub(crate) format: DiffFormat,

    /// Output file [default: standard output].
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Import pages of Confluence or of another generator, with a report of what to check.
#[derive(Args, Debug)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(crate) struct ImportArguments {
    /// Export of a space of Confluence, some of its pages, or a folder of Markdown of another generator.
    #[arg(value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    pub(crate) source: PathBuf,

    /// Folder of the imported pages, in the folder of the site.
    #[arg(long, value_name = "FOLDER", default_value = vereda::import::FOLDER, value_hint = ValueHint::DirPath)]
    pub(crate) to: String,

    /// Import only this page, by its title or its id; may be repeated.
    #[arg(long, value_name = "TITLE|ID")]
    pub(crate) page: Vec<String>,

    /// Kind of the source [default: recognised by its content].
    #[arg(long, value_name = "KIND", value_parser = one_of(Kind::ALL))]
    pub(crate) from: Option<Kind>,

    /// Folder of included files that are not in the source.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) include_root: Option<PathBuf>,

    /// Report what would be imported, and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Write again what was edited since the last import.
    #[arg(long)]
    pub(crate) force: bool,

    /// Old address of the source; links to pages that are not imported lead there.
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, value_parser = base_url)]
    pub(crate) base: Option<String>,

    /// Format of the report on the standard output; JSON has an object a line.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = one_of(&[Format::Human, Format::Json]))]
    pub(crate) format: Format,
}

/// Explain a diagnostic, with an example and its correction.
#[derive(Args, Debug)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct ExplainArguments {
    /// Code of a diagnostic, such as `link/missing-anchor`.
    #[arg(value_name = "CODE", required_unless_present = "all")]
    pub(crate) code: Option<String>,

    /// Explain all diagnostics, in Markdown.
    #[arg(long, conflicts_with = "code")]
    pub(crate) all: bool,
}

/// Print the completion script of a shell.
#[derive(Args, Debug)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(crate) struct CompletionsArguments {
    /// The shell.
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// A parser of the names of `possible`.
fn one_of<T: Words + Send + Sync>(possible: &[T]) -> impl TypedValueParser<Value = T> + use<T> {
    let value = |word: &T| PossibleValue::new(word.as_str()).help(word.description());
    let parser = PossibleValuesParser::new(possible.iter().map(value));
    parser.map(|name| T::from_name(&name).expect("only these names are possible"))
}

/// Parses the base URL of a site.
fn base_url(text: &str) -> Result<String, String> {
    let refuse = || "an address such as https://example.org/manual/ is expected".to_owned();
    vereda::pipeline::is_base_url(text).then(|| text.to_owned()).ok_or_else(refuse)
}

/// A parser of `pt-BR` and `en`.
fn languages() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(["pt-BR", "en"]).map(|tag| Language::of_tag(&tag))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn declares_consistent_arguments() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn explains_every_command_and_option() {
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
