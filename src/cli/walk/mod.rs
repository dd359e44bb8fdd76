//! `vereda walk FLOW`: a flow walked in the terminal, or its ways told.
//!
//! [`by_hand`] walks with a person or a script; [`survey`] prints every way, the shortest one, or walks at random.

mod by_hand;
mod pointer;
mod survey;

use vereda::diagnostic::Language;
use vereda::inspect::OpenFlow;

use super::arguments::WalkArguments;
use super::open::open;
use super::session::Session;
use super::{Outcome, Verdict};

/// One flow, and how to speak of it.
#[derive(Clone, Copy)]
struct Telling<'a> {
    flow: &'a OpenFlow,
    session: &'a Session,
    language: Language,
}

impl Telling<'_> {
    /// Prints what comes from the content, without the control characters that a terminal would obey.
    fn print(self, text: &str) -> std::io::Result<()> {
        let is_printable = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        self.session.terminal.print(&text.chars().filter(is_printable).collect::<String>())
    }
}

/// Does what the flags ask for; without any, walks by hand.
pub(crate) fn run(arguments: &WalkArguments, session: &Session) -> Outcome {
    let Some(flow) = open(&arguments.flow, session)? else {
        return Ok(Verdict::Wrong);
    };
    let telling = Telling { flow: &flow, session, language: session.language_or(flow.language()) };
    match (arguments.all, &arguments.to, arguments.random) {
        (true, _, _) => survey::print_paths(telling, arguments.limit),
        (_, Some(outcome), _) => survey::print_route(telling, outcome),
        (_, _, Some(count)) => survey::walk_at_random(telling, count, arguments.seed),
        _ => by_hand::walk(telling),
    }
}
