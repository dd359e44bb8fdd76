//! Paths of a flow: all of them, the shortest to an outcome, random walks.

use std::fmt::Write;

use vereda::diagnostic::walk as words;
use vereda::inspect::{Decision, OutcomePath, RandomWalks, ShortestPath};

use super::super::{CommandResult, Failure, Verdict};
use super::FlowPrinter;

/// Prints all paths to outcomes, one on each line: `node: answer → … → outcome`.
pub(super) fn print_paths(printer: FlowPrinter<'_>, limit: usize) -> CommandResult {
    let list = printer.flow.list_paths(limit);
    let lines: String = list.paths.iter().map(path_line).collect();
    printer.print(&lines)?;
    let count = list.count.map_or_else(words::paths_beyond_count, words::paths);
    printer.session.log(&count);
    if list.count.is_none_or(|count| count > list.paths.len() as u64) {
        printer.session.log(&words::paths_shown(list.paths.len()));
    }
    Ok(Verdict::Clean)
}

fn path_line(path: &OutcomePath) -> String {
    let decisions = path.decisions.iter().filter(|decision| !decision.answer.is_empty());
    let decisions = decisions.map(|decision| format!("{}: {} → ", decision.node, decision.answer));
    decisions.collect::<String>() + &path.outcome + "\n"
}

/// Prints the shortest path to an outcome: a line for each answer, indented inside calls.
pub(super) fn print_shortest_path(printer: FlowPrinter<'_>, outcome: &str) -> CommandResult {
    let fail = |text| Err(Failure::new(text));
    let path = match printer.flow.find_shortest_path(outcome) {
        ShortestPath::Found(path) => path,
        ShortestPath::Unreachable => return fail(words::no_way_to(outcome)),
        ShortestPath::UnknownOutcome { nearest: Some(nearest) } => {
            return fail(words::unknown_outcome_but(outcome, nearest));
        }
        ShortestPath::UnknownOutcome { nearest: None } => return fail(words::unknown_outcome(outcome)),
    };
    let mut text: String = path.decisions.iter().map(|decision| decision_line(decision, printer)).collect();
    writeln!(text, "→ {}: {}", path.outcome, path.title).expect("a String takes any text");
    printer.print(&text)?;
    Ok(Verdict::Clean)
}

/// Inputs and answer of a node.
fn decision_line(decision: &Decision, printer: FlowPrinter<'_>) -> String {
    let indent = "  ".repeat(decision.depth);
    let inputs = (!decision.inputs.is_empty()).then(|| words::asks(decision.inputs.join(", ")));
    let inputs = inputs.map(|text| printer.translate(&text).to_owned());
    let answer = (!decision.answer.is_empty()).then(|| decision.answer.clone());
    let texts = inputs.into_iter().chain(answer).collect::<Vec<_>>().join("; ");
    format!("{indent}{}: {texts}\n", decision.title)
}

/// Walks at random; fails if a walk cannot go on.
pub(super) fn walk_at_random(printer: FlowPrinter<'_>, count: usize, seed: u64) -> CommandResult {
    let walks = printer.flow.walk_at_random(count, seed);
    printer.print(&random_lines(&walks, count, seed, printer))?;
    Ok(if walks.stuck.is_empty() { Verdict::Clean } else { Verdict::Wrong })
}

fn random_lines(walks: &RandomWalks, count: usize, seed: u64, printer: FlowPrinter<'_>) -> String {
    let outcome = |(outcome, count): &(String, usize)| match count {
        0 => words::never_reached(outcome),
        count => words::reached(outcome, count),
    };
    let trap = |(node, cause, count): &(String, vereda::diagnostic::Text, usize)| {
        words::trap(node, printer.translate(cause), count)
    };
    let outcomes = walks.outcomes.iter().map(outcome);
    let texts = [words::random_walks(count, seed)].into_iter().chain(outcomes).chain(walks.stuck.iter().map(trap));
    texts.flat_map(|text| [printer.translate(&text).to_owned(), "\n".to_owned()]).collect()
}
