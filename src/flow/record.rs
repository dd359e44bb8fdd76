//! The record of a walk: the text that an agent pastes into the ticket.

use indexmap::IndexSet;

use super::FlowSet;
use super::condition::Bindings;
use super::input::ParsedValue;
use super::template::fill;
use super::walk::{Exit, PathStep, Walk, WalkEnd, WalkPosition, find_input, is_stop};
use crate::content::template::{Placeholder, Template};
use crate::site::flow::{AnswerOption, FlowId, NodeKind, TemplatedText};
use crate::source::Span;

/// The names that only a record has, beside inputs and values. Those of the last line are known to the page alone.
pub(crate) const RECORD_NAMES: [&str; 10] =
    ["flow.title", "outcome.title", "outcome.status", "answers", "path", "inputs", "copies", "copy", "date", "code"];

/// Writes the record of a walk; `None` before the outcome, or when the outcome has no record.
pub(crate) fn write(flow_set: FlowSet<'_>, flow: FlowId, walk: &Walk) -> Option<String> {
    let position = walk.current.as_ref().filter(|_| walk.end == WalkEnd::Outcome)?;
    let NodeKind::Outcome { record: Some(name), .. } = &position.resolve(flow_set).kind else { return None };
    let template = flow_set.config.records.iter().find(|record| record.name.value == *name)?;
    let names = walk.bindings(flow_set, position);
    let find = |name: &str| match part(flow_set, flow, walk, position, name) {
        Some(text) => Some(ParsedValue::of_text(text)),
        None => names.find(name),
    };
    let lines: Vec<_> = template.value.value.split('\n').filter_map(|line| fill_line(line, find)).collect();
    Some(lines.join("\n").trim().to_owned())
}

/// One line of the template; `None` when all its placeholders are empty, so that no label stands without a value.
fn fill_line(line: &str, find: impl Fn(&str) -> Option<ParsedValue>) -> Option<String> {
    let template = Template::parse(line);
    let is_empty = |placeholder: &Placeholder| find(&placeholder.name).is_some_and(|parsed| parsed.text.is_empty());
    let mut placeholders = template.placeholders().peekable();
    let is_left_out = placeholders.peek().is_some() && placeholders.all(is_empty);
    (!is_left_out).then(|| fill(&template, find))
}

/// Placeholders that only a record has, beside inputs and values.
fn part(flow_set: FlowSet<'_>, flow: FlowId, walk: &Walk, position: &WalkPosition, name: &str) -> Option<String> {
    let status = || match &position.resolve(flow_set).kind {
        NodeKind::Outcome { status, .. } => fill_text(flow_set, walk, position, status.as_deref().unwrap_or_default()),
        _ => String::new(),
    };
    Some(match name {
        "flow.title" => flow_set.flow(flow).metadata.title.value.clone(),
        "outcome.title" => title_of(flow_set, walk, position),
        "outcome.status" => status(),
        "answers" => answer_lines(flow_set, walk).join("\n"),
        "path" => path_lines(flow_set, walk).join("\n"),
        "inputs" => input_lines(flow_set, flow, walk).join("\n"),
        "copies" => labelled_copy_lines(flow_set, walk).join("\n"),
        "copy" => copy_lines(flow_set, walk).join("\n"),
        _ => return None,
    })
}

/// Title of a node with its placeholders filled; empty when it has none.
pub(crate) fn title_of(flow_set: FlowSet<'_>, walk: &Walk, position: &WalkPosition) -> String {
    fill_text(flow_set, walk, position, position.resolve(flow_set).title.as_deref().unwrap_or_default())
}

/// A text of a node with its placeholders filled.
fn fill_text(flow_set: FlowSet<'_>, walk: &Walk, position: &WalkPosition, text: &str) -> String {
    let names = walk.bindings(flow_set, position);
    fill(&Template::parse(text), |name| names.find(name))
}

/// `Título: texto`, or `Pergunta? texto`: a label keeps its own punctuation.
fn labelled(label: &str, text: &str) -> String {
    match (label.is_empty(), text.is_empty(), label.ends_with(['?', '!', '.', ':', ';', '…'])) {
        (true, ..) => text.to_owned(),
        (_, true, _) => label.to_owned(),
        (.., true) => format!("{label} {text}"),
        _ => format!("{label}: {text}"),
    }
}

/// One line for each answered question.
fn answer_lines(flow_set: FlowSet<'_>, walk: &Walk) -> Vec<String> {
    let line = |step: &PathStep| {
        let (title, answer) = (title_of(flow_set, walk, &step.position), answer_of(flow_set, walk, step));
        (!title.is_empty() && !answer.is_empty()).then(|| labelled(&title, &answer))
    };
    walk.path.iter().filter_map(line).collect()
}

/// The chosen labels with their placeholders filled; empty where nothing was chosen.
fn answer_of(flow_set: FlowSet<'_>, walk: &Walk, step: &PathStep) -> String {
    let labels = answer_labels(flow_set, step).into_iter();
    labels.map(|label| fill_text(flow_set, walk, &step.position, label)).collect::<Vec<_>>().join(", ")
}

/// One line for each node at which the user did something: its title and the answer.
fn path_lines(flow_set: FlowSet<'_>, walk: &Walk) -> Vec<String> {
    let line = |step: &PathStep| {
        let title = title_of(flow_set, walk, &step.position);
        let is_listed = !title.is_empty() && is_stop(&step.position, step.position.resolve(flow_set));
        is_listed.then(|| labelled(&title, &answer_of(flow_set, walk, step)))
    };
    walk.path.iter().filter_map(line).collect()
}

/// Labels of the options by which a node was left.
pub(crate) fn answer_labels<'a>(flow_set: FlowSet<'a>, step: &PathStep) -> Vec<&'a str> {
    let (Exit::Options { chosen, .. }, NodeKind::Question { options, .. }) =
        (&step.exit, &step.position.resolve(flow_set).kind)
    else {
        return Vec::new();
    };
    let label = |choice: &'a AnswerOption| choice.label.value.as_str();
    chosen.iter().map(|index| label(&options[*index])).collect()
}

/// One line for each input that has a value.
fn input_lines(flow_set: FlowSet<'_>, flow: FlowId, walk: &Walk) -> Vec<String> {
    let asked = walk
        .positions()
        .flat_map(|position| position.resolve(flow_set).ask.iter().map(|name| (position.flow, &name.value)));
    let line = |(asking, name): (FlowId, &String)| {
        let text = walk.values.get(name).map(|parsed| &parsed.text).filter(|text| !text.is_empty())?;
        let label = find_input(flow_set, asking, flow, name).map_or(name, |input| &input.label);
        Some(format!("{label}: {text}"))
    };
    asked.filter_map(line).collect::<IndexSet<_>>().into_iter().collect()
}

fn copy_lines(flow_set: FlowSet<'_>, walk: &Walk) -> Vec<String> {
    walk.positions().flat_map(|position| copied_at(flow_set, walk, position)).map(|copied| copied.text).collect()
}

/// The copied texts with their labels.
fn labelled_copy_lines(flow_set: FlowSet<'_>, walk: &Walk) -> Vec<String> {
    let copies = walk.positions().flat_map(|position| copied_at(flow_set, walk, position));
    copies.map(|copied| labelled(&copied.label, &copied.text)).collect()
}

/// A text that a walk offers to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CopyText {
    pub(crate) label: String,
    pub(crate) text: String,
    /// Span of its template.
    pub(crate) span: Span,
}

/// Texts that a node offers to copy, filled.
pub(crate) fn copied_at(flow_set: FlowSet<'_>, walk: &Walk, position: &WalkPosition) -> Vec<CopyText> {
    let names = walk.bindings(flow_set, position);
    let copied = |copy: &TemplatedText| CopyText {
        label: copy.label.clone(),
        text: fill(&copy.template, |name| names.find(name)),
        span: copy.span,
    };
    position.resolve(flow_set).copy.iter().map(copied).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::walk::walk;
    use crate::testing::fixture::{Fixture, state};

    const CONFIG: &str = "title: Site\nvalues: { macro: A | B }\nrecords:\n  padrao: |\n    {flow.title}: {outcome.title} ({outcome.status})\n    \
                          {path}\n    {inputs}\n    {copy}\n    {ticket}\n";
    const FLOW: &str = "title: Fluxo\ninputs:\n  ticket: { label: Ticket, type: text }\nnodes:\n  q:\n    title: Ticket {ticket} aberto?\n    \
                        ask: [ticket]\n    options:\n      - { id: sim, label: Sim, next: b }\n  b:\n    title: B\n    rules:\n      \
                        - { otherwise: fim }\n  fim:\n    title: Fim de {ticket}\n    copy: [{ label: Macro, text: '{values.macro} {ticket}' }]\n    \
                        result: resolved\n    status: Resolvido\n    record: padrao\n";

    #[test]
    fn writes_path_inputs_and_copy_texts() {
        let fixture = Fixture::of(&[("vereda.yaml", CONFIG), ("f.flow.yaml", FLOW)]);
        let flow_set = fixture.flow_set();
        let walk = walk(flow_set, FlowId(0), &state(&["q=sim", "ticket: 12 "]));
        let record = write(flow_set, FlowId(0), &walk).unwrap();
        let lines: Vec<_> = record.lines().collect();
        assert_eq!(lines, ["Fluxo: Fim de 12 (Resolvido)", "Ticket 12 aberto? Sim", "Ticket: 12", "A | B 12", "12"]);
    }

    #[test]
    fn omits_lines_without_values() {
        let flow = FLOW.replace("    status: Resolvido\n", "").replace("    ask: [ticket]\n", "");
        let config = CONFIG.replace(" ({outcome.status})", "\n    Status: {outcome.status}\n    {date} {code}");
        let fixture = Fixture::of(&[("vereda.yaml", &config), ("f.flow.yaml", &flow)]);
        let walk = walk(fixture.flow_set(), FlowId(0), &state(&["q=sim"]));
        let record = write(fixture.flow_set(), FlowId(0), &walk).unwrap();
        let lines: Vec<_> = record.lines().collect();
        let known_to_the_page_alone = "{date} {code}";
        assert_eq!(lines[1], known_to_the_page_alone);
        assert!(!record.contains("Status"), "{record}");
    }

    #[test]
    fn writes_no_record_before_the_outcome() {
        let fixture = Fixture::of(&[("vereda.yaml", CONFIG), ("f.flow.yaml", FLOW)]);
        let walk = walk(fixture.flow_set(), FlowId(0), &state(&["ticket:12"]));
        assert_eq!(write(fixture.flow_set(), FlowId(0), &walk), None);
    }
}
