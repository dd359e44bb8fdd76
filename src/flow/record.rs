//! The record: the text an agent pastes in the ticket.

use indexmap::IndexSet;

use super::Surroundings;
use super::condition::Names;
use super::input::Reading;
use super::scenario::copied_at;
use super::template::fill;
use super::walk::{End, Left, Place, Stop, Walk, find_input, is_stop};
use crate::content::template::{Placeholder, Template};
use crate::site::flow::{Choice, FlowId, Way};

/// Writes the record of a walk; `None` before the outcome, and where the outcome has no record.
pub(crate) fn write(around: Surroundings<'_>, flow: FlowId, walk: &Walk) -> Option<String> {
    let place = walk.current.as_ref().filter(|_| walk.end == End::Outcome)?;
    let Way::Outcome { record: Some(name), .. } = &place.in_flows(around).way else { return None };
    let template = around.config.records.iter().find(|record| record.name.value == *name)?;
    let names = walk.names(around, place);
    let find = |name: &str| match part(around, flow, walk, place, name) {
        Some(text) => Some(Reading::of_text(text)),
        None => names.find(name),
    };
    let lines: Vec<_> = template.value.value.split('\n').filter_map(|line| fill_line(line, find)).collect();
    Some(lines.join("\n").trim().to_owned())
}

/// A line of the template; `None` where all its placeholders are empty, so that no label stands without its value.
fn fill_line(line: &str, find: impl Fn(&str) -> Option<Reading>) -> Option<String> {
    let template = Template::parse(line);
    let is_empty = |placeholder: &Placeholder| find(&placeholder.name).is_some_and(|reading| reading.text.is_empty());
    let mut placeholders = template.placeholders().peekable();
    let is_left_out = placeholders.peek().is_some() && placeholders.all(is_empty);
    (!is_left_out).then(|| fill(&template, find))
}

/// What a record can name beside inputs and values.
fn part(around: Surroundings<'_>, flow: FlowId, walk: &Walk, place: &Place, name: &str) -> Option<String> {
    let status = || match &place.in_flows(around).way {
        Way::Outcome { status, .. } => status.clone().unwrap_or_default(),
        _ => String::new(),
    };
    Some(match name {
        "flow.title" => around.flow(flow).metadata.title.value.clone(),
        "outcome.title" => title_of(around, walk, place),
        "outcome.status" => status(),
        "path" => path_lines(around, walk).join("\n"),
        "inputs" => input_lines(around, flow, walk).join("\n"),
        "copy" => copy_lines(around, walk).join("\n"),
        _ => return None,
    })
}

/// A node's title with its placeholders filled; empty when it has none.
pub(crate) fn title_of(around: Surroundings<'_>, walk: &Walk, place: &Place) -> String {
    let names = walk.names(around, place);
    let title = place.in_flows(around).title.as_deref().unwrap_or_default();
    fill(&Template::parse(title), |name| names.find(name))
}

/// A line a node at which the reader did something: its title, and what was answered.
fn path_lines(around: Surroundings<'_>, walk: &Walk) -> Vec<String> {
    let line = |stop: &Stop| {
        let title = title_of(around, walk, &stop.place);
        let is_told = !title.is_empty() && is_stop(&stop.place, stop.place.in_flows(around));
        let answer = answer_labels(around, stop).join(", ");
        is_told.then(|| if answer.is_empty() { title } else { format!("{title}: {answer}") })
    };
    walk.path.iter().filter_map(line).collect()
}

/// The labels of the options a node was left by.
pub(crate) fn answer_labels<'a>(around: Surroundings<'a>, stop: &Stop) -> Vec<&'a str> {
    let (Left::Options { chosen, .. }, Way::Question { options, .. }) = (&stop.left, &stop.place.in_flows(around).way)
    else {
        return Vec::new();
    };
    let label = |choice: &'a Choice| choice.label.value.as_str();
    chosen.iter().map(|index| label(&options[*index])).collect()
}

/// A line an input that was asked for on the path and given.
fn input_lines(around: Surroundings<'_>, flow: FlowId, walk: &Walk) -> Vec<String> {
    let asked = walk.places().flat_map(|place| place.in_flows(around).ask.iter().map(|name| (place.flow, &name.value)));
    let line = |(asking, name): (FlowId, &String)| {
        let text = walk.values.get(name).map(|reading| &reading.text).filter(|text| !text.is_empty())?;
        let label = find_input(around, asking, flow, name).map_or(name, |input| &input.label);
        Some(format!("{label}: {text}"))
    };
    asked.filter_map(line).collect::<IndexSet<_>>().into_iter().collect()
}

fn copy_lines(around: Surroundings<'_>, walk: &Walk) -> Vec<String> {
    walk.places().flat_map(|place| copied_at(around, walk, place)).map(|copied| copied.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::fixture::{Fixture, state};
    use crate::flow::walk::walk;

    const CONFIG: &str = "title: Site\nvalues: { macro: A | B }\nrecords:\n  padrao: |\n    {flow.title}: {outcome.title} ({outcome.status})\n    \
                          {path}\n    {inputs}\n    {copy}\n    {ticket}\n";
    const FLOW: &str = "title: Fluxo\ninputs:\n  ticket: { label: Ticket, type: text }\nnodes:\n  q:\n    title: Ticket {ticket} aberto?\n    \
                        ask: [ticket]\n    options:\n      - { id: sim, label: Sim, next: b }\n  b:\n    title: B\n    rules:\n      \
                        - { otherwise: fim }\n  fim:\n    title: Fim de {ticket}\n    copy: [{ label: Macro, text: '{values.macro} {ticket}' }]\n    \
                        result: resolved\n    status: Resolvido\n    record: padrao\n";

    #[test]
    fn tells_the_path_the_inputs_and_the_copies() {
        let fixture = Fixture::of(&[("vereda.yaml", CONFIG), ("f.flow.yaml", FLOW)]);
        let around = fixture.around();
        let walk = walk(around, FlowId(0), &state(&["q=sim", "ticket: 12 "]));
        let record = write(around, FlowId(0), &walk).unwrap();
        let lines: Vec<_> = record.lines().collect();
        assert_eq!(lines, ["Fluxo: Fim de 12 (Resolvido)", "Ticket 12 aberto?: Sim", "Ticket: 12", "A | B 12", "12"]);
    }

    #[test]
    fn leaves_out_a_line_that_has_nothing_to_say() {
        let flow = FLOW.replace("    status: Resolvido\n", "").replace("    ask: [ticket]\n", "");
        let config = CONFIG.replace(" ({outcome.status})", "\n    Status: {outcome.status}\n    {date} {code}");
        let fixture = Fixture::of(&[("vereda.yaml", &config), ("f.flow.yaml", &flow)]);
        let walk = walk(fixture.around(), FlowId(0), &state(&["q=sim"]));
        let record = write(fixture.around(), FlowId(0), &walk).unwrap();
        let lines: Vec<_> = record.lines().collect();
        let known_to_the_page_alone = "{date} {code}";
        assert_eq!(lines[1], known_to_the_page_alone);
        assert!(!record.contains("Status"), "{record}");
    }

    #[test]
    fn there_is_none_before_the_outcome() {
        let fixture = Fixture::of(&[("vereda.yaml", CONFIG), ("f.flow.yaml", FLOW)]);
        let walk = walk(fixture.around(), FlowId(0), &state(&["ticket:12"]));
        assert_eq!(write(fixture.around(), FlowId(0), &walk), None);
    }
}
