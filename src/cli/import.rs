//! `vereda import`: pages of another tool below the site, with a report.

use std::path::Path;

use vereda::diagnostic::{Severity, Text, cli, import as texts};
use vereda::import::report::Report;
use vereda::import::{Failure as ImportFailure, Options, REPORT, import};
use vereda::output::write_file;
use vereda::pipeline::{Report as CheckReport, check};
use vereda::report::Format;

use super::arguments::ImportArguments;
use super::session::Session;
use super::{CommandResult, Failure, Verdict};

/// Imports, checks what was written, and writes the report.
pub(crate) fn run(arguments: &ImportArguments, session: &Session) -> CommandResult {
    let root = session.open_site()?;
    let folder = arguments.to.trim_end_matches('/').to_owned();
    let options = Options {
        source: &arguments.source,
        root: &session.root,
        folder: &folder,
        pages: &arguments.page,
        kind: arguments.from,
        base: arguments.base.as_deref(),
        include_root: arguments.include_root.as_deref(),
        is_dry: arguments.dry_run,
        is_forced: arguments.force,
        language: root.language(),
    };
    let language = root.language();
    let report = import(&options)?;
    let found = if arguments.dry_run { None } else { Some(check(root, &session.options(), None)?) };
    let lines = found.as_ref().map(|found| errors_in(found, &folder, session)).unwrap_or_default();
    if !arguments.dry_run {
        write_file(&session.root.join(REPORT), &report.write_markdown(language, &lines))?;
    }
    print(&report, &lines, arguments, session)?;
    Ok(if lines.is_empty() { Verdict::Clean } else { Verdict::Wrong })
}

/// The errors in the written pages, one line each.
fn errors_in(found: &CheckReport, folder: &str, session: &Session) -> Vec<String> {
    let of_import = |path: &str| Path::new(path).starts_with(folder);
    let errors = found.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let line = errors.filter_map(|diagnostic| {
        let span = diagnostic.span?;
        let path = found.sources.path(span.file);
        let line = found.sources.position(span.file, span.start).line;
        let message = diagnostic.message.in_language(session.language());
        of_import(path).then(|| format!("`{path}:{line}`: {message} ({})", diagnostic.code.as_str()))
    });
    line.collect()
}

fn print(report: &Report, lines: &[String], arguments: &ImportArguments, session: &Session) -> Result<(), Failure> {
    let language = session.language();
    if arguments.format == Format::Json {
        session.terminal.print(&report.write_json(language))?;
    } else if arguments.dry_run {
        session.terminal.print(&report.write_markdown(language, lines))?;
    }
    let say = |text: fn(usize, usize, &str) -> Text| text(report.pages, report.files, &arguments.to);
    session.log(&say(if arguments.dry_run {
        |pages, files, folder| texts::would_import(pages, files, folder)
    } else {
        |pages, files, folder| texts::imported(pages, files, folder)
    }));
    if !arguments.dry_run {
        session.log(&texts::notes_in(report.notes.len() + lines.len(), REPORT));
        session.log(&cli::created(REPORT));
    }
    Ok(())
}

impl From<ImportFailure> for Failure {
    fn from(failure: ImportFailure) -> Self {
        match failure {
            ImportFailure::Machine(error) => error.into(),
            ImportFailure::Refused(text) => Self::new(text),
        }
    }
}
