//! `vereda search QUERY`: the results of the site's search, on the standard output.

use std::fmt::Write;
use std::io;
use std::path::PathBuf;

use vereda::error::Error;
use vereda::pipeline::open_search;
use vereda::search::{SearchFormat, SearchResult};

use super::arguments::SearchArguments;
use super::session::Session;
use super::{CommandResult, Failure, Verdict};

/// The query that stands for the standard input.
const STANDARD_INPUT: &str = "-";

/// Prints the results of one query, or of each line of the standard input.
pub(crate) fn run(arguments: &SearchArguments, session: &Session) -> CommandResult {
    let search = open_search(session.open_site()?, &session.options())?;
    let print = |query: &str| {
        let results = search.search(query, arguments.limit);
        session.terminal.print(&write_results(&results, arguments.format)).map_err(Failure::from)
    };
    if arguments.query != STANDARD_INPUT {
        print(&arguments.query)?;
        return Ok(Verdict::Clean);
    }
    for line in io::stdin().lines() {
        let line = line.map_err(|error| Failure::from(Error::Read(PathBuf::from("stdin"), error)))?;
        if !line.trim().is_empty() {
            print(line.trim_end_matches('\r'))?;
        }
    }
    Ok(Verdict::Clean)
}

/// One line for each result.
fn write_results(results: &[SearchResult], format: SearchFormat) -> String {
    let mut text = String::new();
    for result in results {
        let _ = match format {
            SearchFormat::Json => writeln!(text, "{}", result.to_json()),
            SearchFormat::Human => writeln!(text, "{}", result.to_line()),
        };
    }
    text
}
