//! `vereda build`: writes the site, or one flow as one file. The report goes to the standard error.

use std::path::{Path, PathBuf};

use vereda::diagnostic::{Severity, cli};
use vereda::output::{write_file_and_folders, write_observed};
use vereda::pipeline::{OUT, Options, Report, SingleFile, build, build_since, build_single};
use vereda::report::Baseline;

use super::arguments::BuildArguments;
use super::baseline;
use super::open::unknown_flow;
use super::progress::watch;
use super::report::{Showing, judge, show};
use super::session::Session;
use super::terminal::Stream;
use super::{CommandResult, Failure, Verdict};

/// Builds the site, shows the report, and writes the site unless it has errors.
pub(crate) fn run(arguments: &BuildArguments, session: &Session) -> CommandResult {
    let root = session.open_site()?;
    let options = Options { base_url: arguments.base_url.clone(), drafts: arguments.drafts, ..session.options() };
    if let Some(name) = &arguments.single_file {
        return write_single(name, build_single(root, &options, name)?, arguments, session);
    }
    let known = arguments.baseline.as_ref().map(|path| baseline::read(path)).transpose()?;
    let mut report = watch(session, |observer| {
        let options = Options { known: known.clone(), observer, ..options };
        match &arguments.since {
            None => build(root, &options),
            Some(since) => build_since(root, &options, since),
        }
    })?;
    if let (Some(known), Some(path)) = (&known, &arguments.baseline) {
        remove_known(known, path, &mut report, session);
    }
    match show_and_judge(&report, arguments, session)? {
        Verdict::Clean => {
            write_site(&report, &find_folder(arguments, session), session)?;
            Ok(Verdict::Clean)
        }
        Verdict::Wrong => {
            session.log(&cli::nothing_written());
            Ok(Verdict::Wrong)
        }
    }
}

/// Removes the known problems from the report, unless they alone keep the site from being rendered.
fn remove_known(known: &Baseline, path: &Path, report: &mut Report, session: &Session) {
    let all = report.diagnostics.clone();
    baseline::apply(known, path, report, session);
    if report.outputs.is_empty() && report.count(Severity::Error) == 0 {
        report.diagnostics = all;
    }
}

fn show_and_judge(report: &Report, arguments: &BuildArguments, session: &Session) -> CommandResult {
    let stream = if arguments.format.is_for_people() { Stream::Error } else { Stream::Output };
    show(report, Showing::of(arguments.format, stream), session)?;
    Ok(judge(report, arguments.strict, session))
}

/// Writes one flow as one file.
fn write_single(name: &str, built: SingleFile, arguments: &BuildArguments, session: &Session) -> CommandResult {
    let (report, html) = match built {
        SingleFile::Built { report, html } => (report, html),
        SingleFile::UnknownFlow { nearest } => return Err(unknown_flow(name, nearest)),
        SingleFile::Unbundled => return Err(Failure::new(cli::scripts_apart())),
    };
    let verdict = show_and_judge(&report, arguments, session)?;
    match (verdict, html) {
        (Verdict::Clean, Some(html)) => {
            let path = arguments.out.clone().unwrap_or_else(|| file_of(name));
            write_file_and_folders(&path, &html)?;
            session.log(&cli::created(path.display()));
        }
        _ => session.log(&cli::nothing_written()),
    }
    Ok(verdict)
}

/// `auditoria.html` in the current folder for `whatsapp/auditoria.flow.yaml`.
fn file_of(name: &str) -> PathBuf {
    let last = name.trim_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    format!("{}.html", last.split('.').next().unwrap_or_default()).into()
}

fn find_folder(arguments: &BuildArguments, session: &Session) -> PathBuf {
    arguments.out.clone().unwrap_or_else(|| session.in_root(OUT))
}

fn write_site(report: &Report, folder: &Path, session: &Session) -> Result<(), Failure> {
    let written = watch(session, |observer| write_observed(&report.outputs, folder, &observer))?;
    session.log(&cli::site_written(folder.display(), report.outputs.len(), written.written));
    Ok(())
}
