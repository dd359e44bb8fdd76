//! `vereda schema SUBJECT`: a JSON Schema for text editors, on the standard output or in a file.

use vereda::schema;

use super::arguments::SchemaArguments;
use super::session::Session;
use super::{CommandResult, Verdict};

/// Writes the schema, which is the same for every site.
pub(crate) fn run(arguments: &SchemaArguments, session: &Session) -> CommandResult {
    session.write_result(&schema::write(arguments.subject), arguments.output.as_deref())?;
    Ok(Verdict::Clean)
}
