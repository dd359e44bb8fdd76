//! Why the tool could not do its work: an error of the library, or of the command line itself.

use std::path::PathBuf;

use vereda::diagnostic::{Language, Text};
use vereda::error::Error;

use super::session::Session;
use super::terminal::Stream;

/// A sentence for a person, in a language if the site's is known.
#[derive(Debug)]
pub(crate) struct Failure {
    text: Text,
    language: Option<Language>,
}

impl Failure {
    /// Something that is not the library's.
    pub(crate) fn new(text: Text) -> Self {
        Self { text, language: None }
    }

    /// Speaks the language of the site.
    pub(crate) fn in_language(self, language: Language) -> Self {
        Self { language: Some(language), ..self }
    }

    /// Says it on the standard error.
    pub(crate) fn tell(&self, session: &Session) {
        let language = self.language.map_or_else(|| session.language(), |language| session.language_or(language));
        let look = session.terminal.look(Stream::Error, language);
        session.terminal.complain(&vereda::report::failure_line(&self.text, look));
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
