//! The stages composed: read → parse → resolve → check → render.
//!
//! In: a [`SiteRoot`] and [`Options`]. Out: a [`Report`] with diagnostics and outputs. Nothing is written or printed, and no
//! clock is read: the date is one of the options.
//!
//! | file | runs |
//! |---|---|
//! | `run` | the stages that every run has in common |
//! | `mod` | [`check()`], [`build`] and [`build_preview`] of a whole site |
//! | `published` | checks of the rendered outputs and of external links; [`check_html`] |
//! | `flow` | one flow: [`build_single`], [`open_flow`]; the uses of a text: [`open_site`] |
//! | `search` | the index alone: [`open_search`] |
//! | `fix` | the cures of findings: [`fix()`] |
//! | `changed` | a site with other texts in memory, for `fix` and `rename` |
//! | `rename` | a renaming and the site that it would make: [`rename()`] |
//! | `versions` | two versions of a site: [`build_since`], [`compare`] |

mod changed;
mod fix;
mod flow;
mod published;
mod rename;
mod run;
mod search;
mod versions;

use std::collections::BTreeMap;

use crate::config::BaseUrl;
use crate::diagnostic::{Code, Diagnostic, Language, Severity};
use crate::error::Result;
pub use crate::external::{AllowedHeader, ExternalCounts, ExternalOptions};
pub use crate::flow::coverage::{FlowCoverage, Share};
use crate::output::OutputFile;
use crate::progress::Observer;
pub use crate::project::SiteRoot;
use crate::report::Baseline;
pub use crate::report::Summary;
use crate::site::Entry;
use crate::source::{FileId, Sources};

pub use fix::{Fixed, fix};
pub use flow::{FlowOpening, SingleFile, build_single, open_flow, open_site};
pub use published::check_html;
pub use rename::rename;
use run::SiteRun;
pub use search::open_search;
pub use versions::{ComparedSite, build_since, compare};

/// Default output folder, below the root.
pub const OUT: &str = "public";

/// Settings of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Replaces the base URL of the configuration.
    pub base_url: Option<String>,
    /// Publish drafts too.
    pub drafts: bool,
    /// Omit the service worker, which would hide changes in a preview.
    pub preview: bool,
    /// The day on which reviews are due.
    pub today: jiff::civil::Date,
    /// Known errors, in spite of which the site is rendered.
    pub known: Option<Baseline>,
    /// Observer of the progress.
    pub observer: Observer,
}

impl Options {
    /// Default settings on a day.
    pub fn new(today: jiff::civil::Date) -> Self {
        let observer = Observer::default();
        Self { base_url: None, drafts: false, preview: false, today, known: None, observer }
    }
}

/// Results of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// The texts that diagnostics point into.
    pub sources: Sources,
    /// By file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The site; empty when there are errors, except in a [`PreviewBuild`].
    pub outputs: Vec<OutputFile>,
    /// Counts and coverage.
    pub summary: Summary,
    /// Language of the site, for diagnostics.
    pub language: Language,
}

impl Report {
    /// Number of diagnostics with this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Raises diagnostics to errors.
    pub fn deny(&mut self, is_denied: impl Fn(&Diagnostic) -> bool) {
        for diagnostic in self.diagnostics.iter_mut().filter(|diagnostic| is_denied(diagnostic)) {
            diagnostic.severity = Severity::Error;
        }
    }

    /// True if there is a diagnostic with this code.
    pub fn has(&self, code: Code) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
    }
}

/// Result of [`build_preview`].
#[derive(Clone, Debug)]
pub struct PreviewBuild {
    /// The report. It has outputs in spite of errors, unless the templates do not compile.
    pub report: Report,
    /// Address below the base of each published page and flow, such as `/whatsapp/`.
    pub routes: BTreeMap<FileId, String>,
}

/// True for a valid [`Options::base_url`]: an `http` or `https` URL without query or fragment.
pub fn is_base_url(text: &str) -> bool {
    BaseUrl::parse(text).is_some()
}

/// Reports everything that [`build`] reports, checks the rendered outputs, and keeps none of them.
///
/// External links are requested only if `external` is given.
pub fn check(root: SiteRoot, options: &Options, external: Option<ExternalOptions<'_>>) -> Result<Report> {
    let folder = root.path.clone();
    let mut run = SiteRun::start(root, options)?;
    let missed = run.check_expectations();
    let outputs = run.render(None);
    run.check_published(&outputs);
    run.diagnostics.append(missed);
    if let Some(external) = external {
        run.check_external(&outputs, &folder, external);
    }
    Ok(run.finish(Vec::new()))
}

/// Reads, parses, resolves, checks and, if there is no error, renders a site.
pub fn build(root: SiteRoot, options: &Options) -> Result<Report> {
    let mut run = SiteRun::start(root, options)?;
    let outputs = run.render(None);
    let outputs = run.with_worker(outputs);
    Ok(run.finish(outputs))
}

/// Renders a site in spite of its errors. What a page refers to and does not exist is left out of it.
pub fn build_preview(root: SiteRoot, options: &Options) -> Result<PreviewBuild> {
    let mut run = SiteRun::start(root, options)?;
    let outputs = run.render_despite_errors(None);
    let outputs = run.with_worker(outputs);
    let route = |entry: &Entry| (run.site.file_of(*entry), run.site.route_of(*entry).to_owned());
    let routes = run.site.navigation.sequence.iter().map(route).collect();
    Ok(PreviewBuild { routes, report: run.finish(outputs) })
}
