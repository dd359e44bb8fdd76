//! The two streams: the only place that prints.
//!
//! What was asked for goes to the standard output ([`Terminal::print`]); what is said about the work, to the standard error
//! ([`Terminal::tell`]). A reader that went away (`vereda check | head`) ends the printing quietly.

use std::io::{self, ErrorKind, Write};

use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};
use vereda::diagnostic::Language;
use vereda::report::Look;

use super::arguments::Color;

/// Columns where there is no terminal to ask.
const WIDTH: usize = 120;

/// A line of the source is cropped to no less than this.
const NARROWEST: usize = 60;

/// Where things are said, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    choice: ColorChoice,
    /// Say only what is wrong.
    pub(crate) is_quiet: bool,
}

/// One of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// What was asked for.
    Output,
    /// What is said about the work.
    Error,
}

impl Terminal {
    /// Follows `--color` and `--quiet`.
    pub(crate) fn new(color: Color, is_quiet: bool) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { choice, is_quiet }
    }

    /// How text for a stream should look.
    pub(crate) fn look(self, stream: Stream, language: Language) -> Look {
        let (choice, size) = match stream {
            Stream::Output => (self.choice_for(&io::stdout()), terminal_size::terminal_size_of(io::stdout())),
            Stream::Error => (self.choice_for(&io::stderr()), terminal_size::terminal_size_of(io::stderr())),
        };
        let width = size.map_or(WIDTH, |(width, _)| usize::from(width.0).max(NARROWEST));
        Look { language, is_coloured: choice != ColorChoice::Never, width }
    }

    fn choice_for(self, stream: &impl RawStream) -> ColorChoice {
        match self.choice {
            ColorChoice::Auto => AutoStream::choice(stream),
            choice => choice,
        }
    }

    /// Writes what was asked for.
    pub(crate) fn print(self, text: &str) -> io::Result<()> {
        self.write(Stream::Output, text)
    }

    /// Says something about the work, unless only what is wrong should be said.
    pub(crate) fn tell(self, text: &str) {
        if !self.is_quiet {
            self.complain(text);
        }
    }

    /// Says what is wrong. A standard error that is closed has nobody to tell.
    pub(crate) fn complain(self, text: &str) {
        let _ = self.write(Stream::Error, &format!("{text}\n"));
    }

    /// Writes to a stream; a reader that went away is no failure.
    pub(crate) fn write(self, stream: Stream, text: &str) -> io::Result<()> {
        let written = match stream {
            Stream::Output => self.write_to(io::stdout(), text),
            Stream::Error => self.write_to(io::stderr(), text),
        };
        written.or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
    }

    /// Without colours the bytes are written as they are: to strip escapes from JSON would change what it says.
    fn write_to(self, mut stream: impl RawStream + AsLockedWrite, text: &str) -> io::Result<()> {
        match self.choice_for(&stream) {
            ColorChoice::Never => write_all(&mut stream, text),
            choice => write_all(&mut AutoStream::new(stream, choice), text),
        }
    }
}

fn write_all(stream: &mut impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}
