//! `vereda graph FLOW`: the graph of a flow, on the standard output or in a file.

use std::fs;
use std::path::{Path, PathBuf};

use vereda::diagnostic::cli;
use vereda::error::Error;
use vereda::inspect::{CountsError, CountsParseError, OpenFlow};

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
    let graph = if !arguments.counts.is_empty() {
        draw_counts(&flow, arguments, session)?
    } else if arguments.coverage {
        flow.graph_with_coverage(format)
    } else {
        flow.graph(format)
    };
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

/// With what readers were counted; what the flow does not have any more is told.
fn draw_counts(flow: &OpenFlow, arguments: &GraphArguments, session: &Session) -> Result<String, Failure> {
    let language = session.language_or(flow.language());
    let read = |path: &PathBuf| fs::read_to_string(path).map_err(|error| Error::Read(path.clone(), error));
    let texts: Result<Vec<_>, _> = arguments.counts.iter().map(read).collect();
    let texts = texts.map_err(|error| Failure::from(error).in_language(language))?;
    let drawn = flow.graph_with_counts(arguments.format, &texts);
    let (graph, unknown) = drawn.map_err(|(position, refused)| {
        let path = arguments.counts[position].display();
        let text = match refused {
            CountsError::OtherFlow(route) => cli::counts_of_other_flow(path, route),
            CountsError::Parse(CountsParseError { line, column, cause }) => cli::no_counts(path, line, column, cause),
        };
        Failure::new(text).in_language(language)
    })?;
    if !unknown.is_empty() {
        let ids = unknown.into_iter().collect::<Vec<_>>().join(", ");
        session.terminal.tell(cli::counts_unknown(ids).in_language(language));
    }
    Ok(graph)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|error| Error::Write(path.to_owned(), error))
}
