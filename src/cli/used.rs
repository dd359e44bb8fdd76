//! `vereda where TEXT`: each use of a text or value, or what leads to a node.

use std::fmt::Write;

use vereda::diagnostic::{Text, cli, walk};
use vereda::inspect::{Decision, OutcomePath, UsePlace, UsedText, UsesFound, WaysToNode};
use vereda::pipeline::open_site;
use vereda::report::Format;

use super::arguments::WhereArguments;
use super::session::Session;
use super::{CommandResult, Failure, Verdict};

/// Prints the uses; fails where the text is unknown.
pub(crate) fn run(arguments: &WhereArguments, session: &Session) -> CommandResult {
    let query = arguments.text.trim();
    let is_json = arguments.format == Format::Json;
    let site = open_site(session.open_site()?, &session.options())?;
    let text = match site.find_uses(query) {
        UsesFound::Texts(texts) if is_json => texts.iter().map(json_line).collect(),
        UsesFound::Texts(texts) => texts.iter().map(|text| text_lines(text, session)).collect::<Vec<_>>().join("\n"),
        UsesFound::Node(ways) if is_json => json_line(&*ways),
        UsesFound::Node(ways) => ways_lines(&ways, session),
        UsesFound::UnknownNode { nearest } => return Err(unknown(cli::unknown_node(query), nearest)),
        UsesFound::Unknown { nearest } => return Err(unknown(cli::unknown_text(query), nearest)),
    };
    let is_printable = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    session.terminal.print(&text.chars().filter(is_printable).collect::<String>())?;
    Ok(Verdict::Clean)
}

fn unknown(text: Text, nearest: Option<String>) -> Failure {
    let Some(nearest) = nearest else { return Failure::new(text) };
    let question = cli::did_you_mean(nearest);
    Failure::new(Text { pt: format!("{}: {}", text.pt, question.pt), en: format!("{}: {}", text.en, question.en) })
}

fn json_line(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("plain values have a JSON form") + "\n"
}

/// The text, then a line for each use: `file:line:column node`.
fn text_lines(text: &UsedText, session: &Session) -> String {
    let names = text.values.iter().map(|name| format!("values.{name}"));
    let about: Vec<String> = text.kind.iter().cloned().chain(names).collect();
    let mut lines = text.text.clone();
    if !about.is_empty() {
        write!(lines, " ({})", about.join(", ")).expect("a String takes any text");
    }
    lines.push('\n');
    for place in &text.uses {
        lines += &place_line(place, session);
    }
    if text.uses.is_empty() {
        writeln!(lines, "  {}", translate(&cli::unused_text(), session)).expect("a String takes any text");
    }
    lines
}

fn place_line(place: &UsePlace, session: &Session) -> String {
    let UsePlace { file, line, column, node, anchor, transcluded } = place;
    let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}"));
    let name = node.clone().or(anchor).map(|name| format!("  {name}")).unwrap_or_default();
    let transcluded = if *transcluded { cli::transcluded() } else { Text { pt: String::new(), en: String::new() } };
    let transcluded = translate(&transcluded, session);
    let separator = if transcluded.is_empty() { "" } else { "  " };
    format!("  {}{file}:{line}:{column}{name}{separator}{transcluded}\n", session.folder())
}

fn ways_lines(ways: &WaysToNode, session: &Session) -> String {
    let mut lines = place_line(&ways.place, session).trim_start().to_owned();
    lines += &path_lines(ways.path.as_ref(), session);
    for caller in &ways.callers {
        let called = cli::called_by(&caller.flow);
        write!(lines, "\n{}\n{}", translate(&called, session), place_line(&caller.place, session))
            .expect("a String takes any text");
        lines += &path_lines(caller.path.as_ref(), session);
    }
    if !ways.links.is_empty() {
        writeln!(lines, "\n{}", translate(&cli::links_to_node(), session)).expect("a String takes any text");
    }
    lines + &ways.links.iter().map(|place| place_line(place, session)).collect::<String>()
}

/// The answers of a path, one a line.
fn path_lines(path: Option<&OutcomePath>, session: &Session) -> String {
    let Some(path) = path else { return format!("  {}\n", translate(&cli::not_reached(), session)) };
    let decisions: String = path.decisions.iter().map(|decision| decision_line(decision, session)).collect();
    format!("{decisions}  → {}: {}\n", path.outcome, path.title)
}

fn decision_line(decision: &Decision, session: &Session) -> String {
    let indent = "  ".repeat(decision.depth + 1);
    let inputs = walk::asks(decision.inputs.join(", "));
    let inputs = (!decision.inputs.is_empty()).then(|| translate(&inputs, session).to_owned());
    let answer = (!decision.answer.is_empty()).then(|| decision.answer.clone());
    let texts = inputs.into_iter().chain(answer).collect::<Vec<_>>().join("; ");
    format!("{indent}{}: {texts}\n", decision.title)
}

fn translate<'t>(text: &'t Text, session: &Session) -> &'t str {
    text.in_language(session.language())
}
