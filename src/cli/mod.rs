//! The command line: what was typed → a call of the library → what is said and the exit code.
//!
//! A file a command. [`arguments`] is what can be typed; [`session`] what it means for every command, and the only reader
//! of the environment and of the clock; [`terminal`] the only printer. Entry point: [`run`].

mod arguments;
mod baseline;
mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod failure;
mod graph;
mod init;
mod new;
mod open;
mod progress;
mod report;
mod schema;
mod serve;
mod session;
mod terminal;
mod walk;
mod wanted;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;
use session::Session;

/// What a command that did its work found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Nothing that keeps the site from being published.
    Clean,
    /// The content has errors, or warnings under `--strict`.
    Wrong,
}

/// What a command gives back; `Err` when the tool could not do its work.
type Outcome = Result<Verdict, Failure>;

/// Runs the command that was typed: 0 clean, 1 the content has errors, 2 the tool could not do its work.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return tell_usage(&error),
    };
    let session = Session::new(arguments.common);
    match Session::check_day().and_then(|()| run_command(&arguments.command, &session)) {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Wrong) => ExitCode::from(1),
        Err(failure) => {
            failure.tell(&session);
            ExitCode::from(2)
        }
    }
}

fn run_command(command: &Command, session: &Session) -> Outcome {
    match command {
        Command::Init(arguments) => init::run(arguments, session),
        Command::New(arguments) => new::run(arguments, session),
        Command::Build(arguments) => build::run(arguments, session),
        Command::Serve(arguments) => serve::run(arguments, session),
        Command::Check(arguments) => check::run(arguments, session),
        Command::Walk(arguments) => walk::run(arguments, session),
        Command::Graph(arguments) => graph::run(arguments, session),
        Command::Schema(arguments) => schema::run(arguments, session),
        Command::Diff(arguments) => diff::run(arguments, session),
        Command::Explain(arguments) => explain::run(arguments, session),
        Command::Completions(arguments) => completions::run(arguments, session),
    }
}

/// Shows the help that was asked for, or what is wrong with the arguments.
fn tell_usage(error: &clap::Error) -> ExitCode {
    // A terminal that went away has nobody to tell.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}
