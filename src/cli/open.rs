//! Opening a flow by the name that was typed, for the commands about one flow.

use vereda::diagnostic::cli;
use vereda::inspect::OpenFlow;
use vereda::pipeline::{FlowOpening, open_flow};
use vereda::report::Format;

use super::Failure;
use super::report::{Showing, show};
use super::session::Session;
use super::terminal::Stream;

/// Opens a flow; `None` if it has errors, which are shown on the standard error.
pub(super) fn open(name: &str, session: &Session) -> Result<Option<OpenFlow>, Failure> {
    match open_flow(session.open_site()?, &session.options(), name)? {
        FlowOpening::Opened(flow) => Ok(Some(*flow)),
        FlowOpening::HasErrors(report) => {
            show(&report, Showing::of(Format::Human, Stream::Error), session)?;
            Ok(None)
        }
        FlowOpening::UnknownFlow { nearest } => Err(unknown_flow(name, nearest)),
    }
}

/// The failure for a name of no flow, with the most similar name.
pub(super) fn unknown_flow(name: &str, nearest: Option<String>) -> Failure {
    Failure::new(match nearest {
        Some(nearest) => cli::unknown_flow_but(name, nearest),
        None => cli::unknown_flow(name),
    })
}
