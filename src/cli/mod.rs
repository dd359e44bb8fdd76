//! The command line: arguments → a call of the library → messages and the exit code.
//!
//! Each command has a file. [`arguments`] declares the arguments; [`session`] holds the settings of a run, and is the only
//! reader of the environment and of the clock; [`terminal`] is the only printer. Entry point: [`run`].

mod arguments;
mod baseline;
mod build;
mod check;
mod check_options;
mod completions;
mod diff;
mod explain;
mod failure;
mod graph;
mod import;
mod init;
mod new;
mod open;
mod portuguese;
mod progress;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test writes the reference")]
mod reference;
mod rename;
mod report;
mod schema;
mod search;
mod serve;
mod session;
mod terminal;
mod usage;
mod used;
mod walk;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use vereda::diagnostic::Language;

use arguments::{Arguments, Command};
use failure::Failure;
use session::Session;
use terminal::{Stream, Terminal};

/// Result of a command that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// The site can be published.
    Clean,
    /// The content has errors, or warnings under `--strict`.
    Wrong,
}

/// Result of a command; `Err` if the tool could not do its work.
type CommandResult = Result<Verdict, Failure>;

/// Runs a command. Exit codes: 0 clean, 1 the content has errors, 2 the tool could not do its work.
pub(crate) fn run() -> ExitCode {
    let language = session::read_help_language();
    let command = match language {
        Language::PtBr => portuguese::translate(Arguments::command()),
        Language::En => Arguments::command(),
    };
    let parsed = command.try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return print_usage(&error, language),
    };
    let session = Session::new(arguments.common);
    match Session::check_date().and_then(|()| run_command(&arguments.command, &session)) {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Wrong) => ExitCode::from(1),
        Err(failure) => {
            failure.print(&session);
            ExitCode::from(2)
        }
    }
}

fn run_command(command: &Command, session: &Session) -> CommandResult {
    match command {
        Command::Init(arguments) => init::run(arguments, session),
        Command::New(arguments) => new::run(arguments, session),
        Command::Build(arguments) => build::run(arguments, session),
        Command::Serve(arguments) => serve::run(arguments, session),
        Command::Check(arguments) => check::run(arguments, session),
        Command::Walk(arguments) => walk::run(arguments, session),
        Command::Graph(arguments) => graph::run(arguments, session),
        Command::Search(arguments) => search::run(arguments, session),
        Command::Where(arguments) => used::run(arguments, session),
        Command::Rename(arguments) => rename::run(arguments, session),
        Command::Schema(arguments) => schema::run(arguments, session),
        Command::Diff(arguments) => diff::run(arguments, session),
        Command::Explain(arguments) => explain::run(arguments, session),
        Command::Import(arguments) => import::run(arguments, session),
        Command::Completions(arguments) => completions::run(arguments, session),
    }
}

/// Prints the help, or the mistake in the arguments.
fn print_usage(error: &clap::Error, language: Language) -> ExitCode {
    let (stream, code) =
        if error.use_stderr() { (Stream::Error, ExitCode::from(2)) } else { (Stream::Output, ExitCode::SUCCESS) };
    // A closed stream is ignored.
    let _ = match language {
        Language::PtBr => Terminal::new(arguments::Color::Auto, false).write(stream, &usage::in_portuguese(error)),
        Language::En => error.print(),
    };
    code
}
