//! `vereda schema SUBJECT`: a JSON Schema for editors of texts, on the standard output or in a file.

use std::fs;
use std::path::Path;

use vereda::diagnostic::cli;
use vereda::error::Error;
use vereda::schema;

use super::arguments::SchemaArguments;
use super::session::Session;
use super::{Failure, Outcome, Verdict};

/// Writes the schema, which is the same for every site.
pub(crate) fn run(arguments: &SchemaArguments, session: &Session) -> Outcome {
    let text = schema::write(arguments.subject);
    let Some(path) = &arguments.output else {
        session.terminal.print(&text)?;
        return Ok(Verdict::Clean);
    };
    write(path, &text).map_err(|error| Failure::from(error).in_language(session.language()))?;
    session.terminal.tell(cli::created(path.display()).in_language(session.language()));
    Ok(Verdict::Clean)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(|error| Error::Write(path.to_owned(), error))
}
