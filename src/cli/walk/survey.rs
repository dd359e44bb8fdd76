//! The ways of a flow, printed.

use std::fmt::Write;

use vereda::diagnostic::walk as words;
use vereda::inspect::{Decision, OutcomePath, RandomWalks, ShortestPath};

use super::super::{Failure, Outcome, Verdict};
use super::Telling;

/// Prints every way to an outcome, a line a way: `node: answer → … → outcome`.
pub(super) fn print_paths(telling: Telling<'_>, limit: usize) -> Outcome {
    let list = telling.flow.list_paths(limit);
    let lines: String = list.paths.iter().map(path_line).collect();
    telling.print(&lines)?;
    let count = list.count.map_or_else(words::paths_beyond_count, words::paths);
    telling.session.terminal.tell(count.in_language(telling.language));
    if list.count.is_none_or(|count| count > list.paths.len() as u64) {
        telling.session.terminal.tell(words::paths_shown(list.paths.len()).in_language(telling.language));
    }
    Ok(Verdict::Clean)
}

fn path_line(path: &OutcomePath) -> String {
    let decisions = path.decisions.iter().filter(|decision| !decision.answer.is_empty());
    let decisions = decisions.map(|decision| format!("{}: {} → ", decision.node, decision.answer));
    decisions.collect::<String>() + &path.outcome + "\n"
}

/// Prints the fewest answers that reach an outcome, a line each, those inside calls farther right.
pub(super) fn print_route(telling: Telling<'_>, outcome: &str) -> Outcome {
    let fail = |text| Err(Failure::new(text).in_language(telling.flow.language()));
    let path = match telling.flow.find_shortest_path(outcome) {
        ShortestPath::Found(path) => path,
        ShortestPath::Unreachable => return fail(words::no_way_to(outcome)),
        ShortestPath::UnknownOutcome { nearest: Some(nearest) } => {
            return fail(words::unknown_outcome_but(outcome, nearest));
        }
        ShortestPath::UnknownOutcome { nearest: None } => return fail(words::unknown_outcome(outcome)),
    };
    let mut text: String = path.decisions.iter().map(|decision| turn_lines(decision, telling)).collect();
    writeln!(text, "→ {}: {}", path.outcome, path.title).expect("a String takes any text");
    telling.print(&text)?;
    Ok(Verdict::Clean)
}

/// What a node asks for, then what is answered.
fn turn_lines(decision: &Decision, telling: Telling<'_>) -> String {
    let indent = "  ".repeat(decision.depth);
    let asked = (!decision.inputs.is_empty()).then(|| words::asks(decision.inputs.join(", ")));
    let asked = asked.map(|text| text.in_language(telling.language).to_owned());
    let answer = (!decision.answer.is_empty()).then(|| decision.answer.clone());
    let said = asked.into_iter().chain(answer).collect::<Vec<_>>().join("; ");
    format!("{indent}{}: {said}\n", decision.title)
}

/// Walks at random; a walk that cannot go on is a fault of the flow.
pub(super) fn walk_at_random(telling: Telling<'_>, count: usize, seed: u64) -> Outcome {
    let walks = telling.flow.walk_at_random(count, seed);
    telling.print(&random_lines(&walks, count, seed, telling))?;
    Ok(if walks.stuck.is_empty() { Verdict::Clean } else { Verdict::Wrong })
}

fn random_lines(walks: &RandomWalks, count: usize, seed: u64, telling: Telling<'_>) -> String {
    let outcome = |(outcome, count): &(String, usize)| match count {
        0 => words::never_reached(outcome),
        count => words::reached(outcome, count),
    };
    let trap = |(node, cause, count): &(String, vereda::diagnostic::Text, usize)| {
        words::trap(node, cause.in_language(telling.language), count)
    };
    let outcomes = walks.outcomes.iter().map(outcome);
    let texts = [words::random_walks(count, seed)].into_iter().chain(outcomes).chain(walks.stuck.iter().map(trap));
    texts.flat_map(|text| [text.in_language(telling.language).to_owned(), "\n".to_owned()]).collect()
}
