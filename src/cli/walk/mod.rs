//! `vereda walk FLOW`: walks a flow in the terminal, or prints its paths.
//!
//! [`interactive`] walks with a person or a script; [`paths`] prints all paths, the shortest one, or random walks.

mod interactive;
mod paths;
mod pointer;

use vereda::diagnostic::Text;
use vereda::inspect::OpenFlow;

use super::arguments::WalkArguments;
use super::open::open;
use super::session::Session;
use super::{CommandResult, Verdict};

/// A flow, and the session that prints it.
#[derive(Clone, Copy)]
struct FlowPrinter<'a> {
    flow: &'a OpenFlow,
    session: &'a Session,
}

impl FlowPrinter<'_> {
    /// Prints a text of the content, without control characters.
    fn print(self, text: &str) -> std::io::Result<()> {
        let is_printable = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        self.session.terminal.print(&text.chars().filter(is_printable).collect::<String>())
    }

    /// A text in the language of the session.
    fn translate(self, text: &Text) -> &str {
        text.in_language(self.session.language())
    }
}

/// Runs the mode of the options; without any, the interactive walk.
pub(crate) fn run(arguments: &WalkArguments, session: &Session) -> CommandResult {
    let Some(flow) = open(&arguments.flow, session)? else {
        return Ok(Verdict::Wrong);
    };
    let printer = FlowPrinter { flow: &flow, session };
    match (arguments.all, &arguments.to, arguments.random) {
        (true, _, _) => paths::print_paths(printer, arguments.limit),
        (_, Some(outcome), _) => paths::print_shortest_path(printer, outcome),
        (_, _, Some(count)) => paths::walk_at_random(printer, count, arguments.seed),
        _ => interactive::walk(printer),
    }
}
