//! The two standard streams: the only place that prints.
//!
//! Results go to the standard output ([`Terminal::print`]), messages about the work to the standard error
//! ([`Terminal::log`]). A broken pipe (`vereda check | head`) ends the printing without a failure.

use std::io::{self, ErrorKind, Write};

use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};
use vereda::diagnostic::Language;
use vereda::report::Look;

use super::arguments::Color;

/// Columns if the stream is no terminal.
const WIDTH: usize = 120;

/// Smallest width to which lines of a source are cropped.
const NARROWEST: usize = 60;

/// Colours and verbosity of both streams.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    choice: ColorChoice,
    /// Print only errors.
    pub(crate) is_quiet: bool,
}

/// One of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// The result of a command.
    Output,
    /// Messages about the work.
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

    /// Language, colours and width of text for a stream.
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

    /// Prints the result of a command.
    pub(crate) fn print(self, text: &str) -> io::Result<()> {
        self.write(Stream::Output, text)
    }

    /// Prints a message about the work, unless `--quiet` is given.
    pub(crate) fn log(self, text: &str) {
        if !self.is_quiet {
            self.print_error(text);
        }
    }

    /// Prints an error. A closed standard error is ignored.
    pub(crate) fn print_error(self, text: &str) {
        let _ = self.write(Stream::Error, &format!("{text}\n"));
    }

    /// Writes to a stream; a broken pipe is no failure.
    pub(crate) fn write(self, stream: Stream, text: &str) -> io::Result<()> {
        let written = match stream {
            Stream::Output => self.write_to(io::stdout(), text),
            Stream::Error => self.write_to(io::stderr(), text),
        };
        written.or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
    }

    /// Without colours the bytes are written as they are: stripping escapes would change the values in JSON.
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
