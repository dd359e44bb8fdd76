//! `vereda graph FLOW`: the graph of a flow, on the standard output or in a file.

use std::fs;
use std::path::Path;

use vereda::diagnostic::cli;
use vereda::error::Error;

use super::arguments::GraphArguments;
use super::open::open;
use super::session::Session;
use super::{Failure, Outcome, Verdict};

/// Writes the graph, unless the flow has errors.
pub(crate) fn run(arguments: &GraphArguments, session: &Session) -> Outcome {
    let Some(flow) = open(&arguments.flow, session)? else {
        return Ok(Verdict::Wrong);
    };
    let format = arguments.format;
    let graph = if arguments.coverage { flow.graph_with_coverage(format) } else { flow.graph(format) };
    match &arguments.output {
        None => session.terminal.print(&graph)?,
        Some(path) => {
            write(path, &graph).map_err(|error| Failure::from(error).in_language(flow.language()))?;
            let text = cli::created(path.display());
            session.terminal.tell(text.in_language(session.language_or(flow.language())));
        }
    }
    Ok(Verdict::Clean)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|error| Error::Write(path.to_owned(), error))
}
