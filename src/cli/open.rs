//! A flow by the name that was typed, for the commands about one flow.

use vereda::diagnostic::cli;
use vereda::inspect::OpenFlow;
use vereda::pipeline::{Opening, open_flow};
use vereda::report::Format;

use super::Failure;
use super::report::{Showing, show};
use super::session::Session;
use super::terminal::Stream;

/// Opens a flow; `None` when it has errors, which are shown on the standard error.
pub(super) fn open(name: &str, session: &Session) -> Result<Option<OpenFlow>, Failure> {
    match open_flow(&session.options(), name)? {
        Opening::Ready(flow) => Ok(Some(*flow)),
        Opening::Wrong(report) => {
            show(&report, Showing::of(Format::Human, Stream::Error), session)?;
            Ok(None)
        }
        Opening::Unknown { nearest, language } => Err(unknown_flow(name, nearest).in_language(language)),
    }
}

/// There is no such flow; another was perhaps meant.
pub(super) fn unknown_flow(name: &str, nearest: Option<String>) -> Failure {
    Failure::new(match nearest {
        Some(nearest) => cli::unknown_flow_but(name, nearest),
        None => cli::unknown_flow(name),
    })
}
