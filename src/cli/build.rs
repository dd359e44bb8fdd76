//! `vereda build`: the site, or one flow as one file, on disk, the report on the standard error.

use std::path::{Path, PathBuf};

use vereda::diagnostic::{Severity, cli};
use vereda::output::write_observed;
use vereda::pipeline::{Options, Report, Single, build, build_since, build_single};
use vereda::report::Baseline;

use super::arguments::BuildArguments;
use super::baseline;
use super::open::unknown_flow;
use super::progress::watch;
use super::report::{Showing, judge, language_of, put, show};
use super::session::Session;
use super::terminal::Stream;
use super::{Failure, Outcome, Verdict};

/// Where the site is written by default.
const FOLDER: &str = vereda::pipeline::OUT;

/// Builds the site, shows the report, and writes the site unless something is wrong.
pub(crate) fn run(arguments: &BuildArguments, session: &Session) -> Outcome {
    let base_url = arguments.base_url.clone();
    if let Some(name) = &arguments.single_file {
        let options = Options { base_url, drafts: arguments.drafts, ..session.options() };
        return write_single(name, &options, arguments, session);
    }
    let known = arguments.baseline.as_ref().map(|path| baseline::read(path, session)).transpose()?;
    let mut report = watch(session, |observer| {
        let known = known.clone();
        let options = Options { base_url, drafts: arguments.drafts, known, observer, ..session.options() };
        match &arguments.since {
            None => build(&options).map_err(Failure::from),
            Some(since) => build_since(&options, since).map_err(|error| super::diff::failure(error, session)),
        }
    })?;
    if let (Some(known), Some(path)) = (&known, &arguments.baseline) {
        leave_out(known, path, &mut report, session);
    }
    let stream = if arguments.format.is_for_people() { Stream::Error } else { Stream::Output };
    show(&report, Showing::of(arguments.format, stream), session)?;
    let verdict = judge(&report, arguments.strict, session);
    match verdict {
        Verdict::Clean => write_site(&report, &find_folder(arguments, session), session)?,
        Verdict::Wrong => session.terminal.tell(cli::nothing_written().in_language(language_of(&report, session))),
    }
    Ok(verdict)
}

/// Leaves out what is known, unless just that keeps the site from being made.
fn leave_out(known: &Baseline, path: &Path, report: &mut Report, session: &Session) {
    let all = report.diagnostics.clone();
    baseline::apply(known, path, report, session);
    if report.outputs.is_empty() && report.count(Severity::Error) == 0 {
        report.diagnostics = all;
    }
}

/// Writes one flow as one file.
fn write_single(name: &str, options: &Options, arguments: &BuildArguments, session: &Session) -> Outcome {
    let (report, html) = match build_single(options, name)? {
        Single::Ready { report, html } => (report, html),
        Single::Unknown { nearest, language } => return Err(unknown_flow(name, nearest).in_language(language)),
        Single::Apart { language } => return Err(Failure::new(cli::scripts_apart()).in_language(language)),
    };
    let stream = if arguments.format.is_for_people() { Stream::Error } else { Stream::Output };
    show(&report, Showing::of(arguments.format, stream), session)?;
    let language = language_of(&report, session);
    let verdict = judge(&report, arguments.strict, session);
    match (verdict, html) {
        (Verdict::Clean, Some(html)) => {
            let path = arguments.out.clone().unwrap_or_else(|| file_of(name));
            put(&path, &html).map_err(|error| Failure::from(error).in_language(report.language))?;
            session.terminal.tell(cli::created(path.display()).in_language(language));
        }
        _ => session.terminal.tell(cli::nothing_written().in_language(language)),
    }
    Ok(verdict)
}

/// `auditoria.html` of `whatsapp/auditoria.flow.yaml`, where the program was started.
fn file_of(name: &str) -> PathBuf {
    let last = name.trim_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    format!("{}.html", last.split('.').next().unwrap_or_default()).into()
}

fn find_folder(arguments: &BuildArguments, session: &Session) -> PathBuf {
    arguments.out.clone().unwrap_or_else(|| session.in_root(FOLDER))
}

fn write_site(report: &Report, folder: &Path, session: &Session) -> Result<(), Failure> {
    let language = language_of(report, session);
    let written = watch(session, |observer| write_observed(&report.outputs, folder, &observer))
        .map_err(|error| Failure::from(error).in_language(report.language))?;
    let text = cli::site_written(folder.display(), report.outputs.len(), written.written);
    session.terminal.tell(text.in_language(language));
    Ok(())
}
