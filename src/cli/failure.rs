//! Failures of the tool: an error of the library, or of the command line itself.

use std::path::PathBuf;

use vereda::diagnostic::Text;
use vereda::error::Error;

use super::session::Session;
use super::terminal::Stream;

/// A sentence for a person.
#[derive(Debug)]
pub(crate) struct Failure(Text);

impl Failure {
    pub(crate) fn new(text: Text) -> Self {
        Self(text)
    }

    /// Prints the failure on the standard error.
    pub(crate) fn print(&self, session: &Session) {
        let look = session.terminal.look(Stream::Error, session.language());
        session.terminal.print_error(&vereda::report::failure_line(&self.0, look));
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::new(error.text())
    }
}

/// The standard output cannot be written.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Error::Write(PathBuf::from("stdout"), error).into()
    }
}
