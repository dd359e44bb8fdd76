//! Runs for one flow: a single HTML file, and the open flow of `graph` and `walk`.

use super::run::SiteRun;
use super::{Options, Report, SiteRoot};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Result;
use crate::inspect::{OpenFlow, OpenSite, find_flow};
use crate::project::file::read_bytes;
use crate::single_file::{self, Files};

/// Result of [`build_single`].
#[derive(Debug)]
pub enum SingleFile {
    /// The site was built.
    Built {
        /// The report, without outputs.
        report: Box<Report>,
        /// The file; `None` if the site has errors.
        html: Option<String>,
    },
    /// The site has no flow of that name.
    UnknownFlow {
        /// The most similar name.
        nearest: Option<String>,
    },
    /// The scripts of the site's theme cannot be bundled.
    Unbundled,
}

/// Builds a site and writes one of its flows, by path or route, as an HTML file that works without a server.
pub fn build_single(root: SiteRoot, options: &Options, name: &str) -> Result<SingleFile> {
    let options = Options { preview: true, ..options.clone() };
    let mut run = SiteRun::start(root, &options)?;
    let outputs = run.render(None);
    let id = match find_flow(&run.site, &run.project.sources, name) {
        Ok(id) => id,
        Err(nearest) => return Ok(SingleFile::UnknownFlow { nearest }),
    };
    let html = single_file::write(&run.site, &run.theme, &Files::new(&outputs, read_bytes), id);
    if html.is_none() && !outputs.is_empty() {
        return Ok(SingleFile::Unbundled);
    }
    Ok(SingleFile::Built { report: Box::new(run.finish(Vec::new())), html })
}

/// Result of [`open_flow`].
#[derive(Debug)]
pub enum FlowOpening {
    /// The flow can be drawn and walked.
    Opened(Box<OpenFlow>),
    /// Its files, or the configuration, have these errors.
    HasErrors(Box<Report>),
    /// The site has no flow of that name.
    UnknownFlow {
        /// The most similar name.
        nearest: Option<String>,
    },
}

/// Reads a site and opens one of its flows, by path or route. Drafts can be opened too.
///
/// Errors in other files of the site are ignored, and errors of scenarios: a graph and a walk show why these fail.
pub fn open_flow(root: SiteRoot, options: &Options, name: &str) -> Result<FlowOpening> {
    let options = Options { drafts: true, ..options.clone() };
    let mut run = SiteRun::start(root, &options)?;
    let id = match find_flow(&run.site, &run.project.sources, name) {
        Ok(id) => id,
        Err(nearest) => return Ok(FlowOpening::UnknownFlow { nearest }),
    };
    run.suppressions.apply(&mut run.diagnostics);
    let language = run.language();
    let SiteRun { project, theme, site, summary, diagnostics, .. } = run;
    let flow = OpenFlow { sources: project.sources, theme, site, id };
    let files = flow.files();
    let is_of_flow =
        |found: &Diagnostic| found.span.is_none_or(|span| span.file == project.config || files.contains(&span.file));
    let mut errors = diagnostics.finish(|code| flow.site.config.severity_of(code));
    errors.retain(|found| found.severity == Severity::Error && is_of_flow(found) && !is_of_scenario(found));
    if errors.is_empty() {
        return Ok(FlowOpening::Opened(Box::new(flow)));
    }
    let (sources, outputs) = (flow.sources, Vec::new());
    Ok(FlowOpening::HasErrors(Box::new(Report { sources, diagnostics: errors, outputs, summary, language })))
}

/// Reads a site in spite of its errors, to find the uses of a text. Drafts belong to it.
pub fn open_site(root: SiteRoot, options: &Options) -> Result<OpenSite> {
    let options = Options { drafts: true, ..options.clone() };
    let SiteRun { project, theme, site, .. } = SiteRun::start(root, &options)?;
    Ok(OpenSite { sources: project.sources, theme, site })
}

/// True for failures of scenarios.
pub(super) fn is_of_scenario(found: &Diagnostic) -> bool {
    found.code.as_str().starts_with("scenario/")
}
