//! `vereda completions SHELL`: a completion script for a shell, on the standard output.

use clap::CommandFactory;

use super::arguments::{Arguments, CompletionsArguments};
use super::session::Session;
use super::{CommandResult, Verdict};

pub(crate) fn run(arguments: &CompletionsArguments, session: &Session) -> CommandResult {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "vereda", &mut script);
    session.terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Verdict::Clean)
}
