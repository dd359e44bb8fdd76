//! `vereda rename OLD NEW`: shows what changes, then writes it.

use std::fmt::Write;

use vereda::diagnostic::cli;
use vereda::output::{ChangedLine, SiteEdits};
use vereda::pipeline::rename;

use super::arguments::RenameArguments;
use super::session::Session;
use super::{CommandResult, Failure, Verdict};

/// Prints the changes and, without `--dry-run`, writes them.
pub(crate) fn run(arguments: &RenameArguments, session: &Session) -> CommandResult {
    let root = session.open_site()?;
    let edits = rename(root, &session.options(), &arguments.old, &arguments.new)?.map_err(Failure::new)?;
    session.terminal.print(&changed_lines(&edits, session))?;
    if arguments.dry_run {
        session.log(&cli::nothing_written());
        return Ok(Verdict::Clean);
    }
    edits.write()?;
    session.log(&cli::renamed(&arguments.old, &arguments.new, edits.edits.len()));
    Ok(Verdict::Clean)
}

/// `file:line`, the present line and the new one.
pub(super) fn changed_lines(edits: &SiteEdits, session: &Session) -> String {
    let mut text = String::new();
    for edit in &edits.edits {
        let is_shown = |line: &ChangedLine| !(line.before.trim().is_empty() && line.after.trim().is_empty());
        for line in edit.changed_lines().into_iter().filter(is_shown) {
            writeln!(text, "{}{}:{}", session.folder(), edit.path, line.line).expect("a String takes any text");
            for (sign, line) in [('-', &line.before), ('+', &line.after)].iter().filter(|(_, line)| !line.is_empty()) {
                writeln!(text, "  {sign} {}", line.trim_start()).expect("a String takes any text");
            }
        }
    }
    if let Some((old, new)) = &edits.moved {
        writeln!(text, "{folder}{old} → {folder}{new}", folder = session.folder()).expect("a String takes any text");
    }
    text
}
