//! Runs over two versions of a site: the working tree and a git revision.

use std::path::Path;

use super::flow::is_of_scenario;
use super::run::{SiteRun, assets, resolve, with_options};
use super::{Options, Report, SiteRoot};
use crate::config;
use crate::diagnostic::{Diagnostics, Language, Severity};
use crate::diff::{self, SiteChanges, Version, Versions};
use crate::error::Result;
use crate::project::revision;
use crate::render::changes;

/// Builds a site with a page of the changes since a git revision.
pub fn build_since(root: SiteRoot, options: &Options, since: &str) -> Result<Report> {
    let folder = root.path.clone();
    let mut run = SiteRun::start(root, options)?;
    changes::check_route(&run.site, assets(&run.project), &mut run.diagnostics);
    if !run.is_clean() {
        return Ok(run.finish(Vec::new()));
    }
    let changes = run.compare(&folder, since, run.language())?;
    let page = diff::page::write(&changes.comparison, &changes.commit);
    let outputs = run.render(Some(&page));
    let outputs = run.with_worker(outputs);
    Ok(run.finish(outputs))
}

/// Result of [`compare`].
#[derive(Debug)]
pub enum ComparedSite {
    /// The changes.
    Compared(Box<SiteChanges>),
    /// The present site has these errors. Failures of scenarios are not among them: the comparison reports them.
    HasErrors(Box<Report>),
}

/// Compares a site with a git revision of it. Errors of the old version are only counted.
pub fn compare(root: SiteRoot, options: &Options, since: &str, language: Language) -> Result<ComparedSite> {
    let folder = root.path.clone();
    let run = SiteRun::start(root, options)?;
    let changes = run.compare(&folder, since, language)?;
    let mut report = run.finish(Vec::new());
    report.diagnostics.retain(|found| found.severity == Severity::Error && !is_of_scenario(found));
    Ok(if report.diagnostics.is_empty() {
        ComparedSite::Compared(Box::new(changes))
    } else {
        ComparedSite::HasErrors(Box::new(report))
    })
}

impl SiteRun<'_> {
    /// Changes since a revision of the repository that contains the root.
    fn compare(&self, root: &Path, since: &str, language: Language) -> Result<SiteChanges> {
        let mut found = Diagnostics::default();
        let (mut project, commit) = revision::read_at(root, since, &mut found)?;
        let config = config::parse(project.config, &project.sources, &mut found);
        let site = resolve(self.options, with_options(config, self.options), &mut project, &mut found);
        let old = Version { site: &site, sources: &project.sources, theme: &self.theme };
        let new = Version { site: &self.site, sources: &self.project.sources, theme: &self.theme };
        let comparison = diff::compare(Versions { old, new, language });
        let old_errors = found.iter().filter(|found| found.severity == Severity::Error).count();
        Ok(SiteChanges { commit, comparison, old_errors })
    }
}
