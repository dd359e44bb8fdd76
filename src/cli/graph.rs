//! `vereda graph FLOW`: the graph of a flow, on the standard output or in a file.

use vereda::diagnostic::cli;
use vereda::inspect::{CountsError, CountsParseError, OpenFlow};
use vereda::project::file::read_text;

use super::arguments::GraphArguments;
use super::open::open;
use super::session::Session;
use super::{CommandResult, Failure, Verdict};

/// Writes the graph, unless the flow has errors.
pub(crate) fn run(arguments: &GraphArguments, session: &Session) -> CommandResult {
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
    session.write_result(&graph, arguments.output.as_deref())?;
    Ok(Verdict::Clean)
}

/// The graph with usage counts. Counted ids that the flow no longer has are logged.
fn draw_counts(flow: &OpenFlow, arguments: &GraphArguments, session: &Session) -> Result<String, Failure> {
    let texts = arguments.counts.iter().map(|path| read_text(path)).collect::<Result<Vec<_>, _>>()?;
    let drawn = flow.graph_with_counts(arguments.format, &texts);
    let (graph, unknown) = drawn.map_err(|(position, refused)| {
        let path = arguments.counts[position].display();
        Failure::new(match refused {
            CountsError::OtherFlow(route) => cli::counts_of_other_flow(path, route),
            CountsError::Parse(CountsParseError { line, column, cause }) => cli::no_counts(path, line, column, cause),
        })
    })?;
    if !unknown.is_empty() {
        session.log(&cli::counts_unknown(unknown.into_iter().collect::<Vec<_>>().join(", ")));
    }
    Ok(graph)
}
