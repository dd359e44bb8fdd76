//! The stages that every run has in common: read, parse, resolve, check, and then render.

use rayon::prelude::*;

use super::{Options, Report};
use crate::check::search::check_expectations;
use crate::check::{self, active_files, large_images};
use crate::config::{BaseUrl, Config};
use crate::content::{self, Document};
use crate::diagnostic::{Diagnostic, Diagnostics, Language, Severity};
use crate::diff::page::ChangesPage;
use crate::error::Result;
use crate::output::OutputFile;
use crate::progress::{Observer, Stage};
use crate::project::file::read_bytes;
use crate::project::{Project, SiteRoot, is_section_file};
use crate::render::{self, Prepared, copies, site_files, worker};
use crate::report::Summary;
use crate::search::SiteSearch;
use crate::site::{self, Assets, Site};
use crate::source::{FileId, Sources};
use crate::suppression::{self, Suppressions};
use crate::theme::{self, Theme};

/// A resolved and checked site, and the diagnostics until now.
pub(super) struct SiteRun<'a> {
    pub(super) options: &'a Options,
    pub(super) project: Project,
    pub(super) theme: Theme,
    pub(super) site: Site,
    pub(super) summary: Summary,
    pub(super) suppressions: Suppressions,
    pub(super) diagnostics: Diagnostics,
    /// The index, where it was needed before the outputs.
    search: Option<SiteSearch>,
}

impl<'a> SiteRun<'a> {
    /// Reads, parses, resolves and checks a site.
    pub(super) fn start(root: SiteRoot, options: &'a Options) -> Result<Self> {
        options.observer.begin(Stage::Reading);
        let (mut project, config, mut diagnostics) = root.read()?;
        let config = with_options(config, options);
        let theme = theme::load(&config, &project.theme_files, &mut project.sources, &mut diagnostics);
        let site = resolve(options, config, &mut project, &mut diagnostics);
        let coverage = check::check(&site, &project.sources, options.today, &mut diagnostics);
        site_files::check_paths(assets(&project), &mut diagnostics);
        copies::check_route(&site, &theme, assets(&project), &mut diagnostics);
        worker::check_path(&site, &theme, assets(&project), &mut diagnostics);
        let active = active_files::find(assets(&project));
        active_files::report(active, &mut project.sources, &mut diagnostics);
        let large = large_images::find(assets(&project));
        large_images::report(large, &mut project.sources, &mut diagnostics);
        let summary = Summary {
            pages: site.pages.iter().filter(|page| page.generated.is_none()).count(),
            flows: site.flows.len(),
            links: site.link_count(),
            files: [project.config].into_iter().chain(project.documents.iter().copied()).collect(),
            coverage,
            external: None,
        };
        let suppressions = suppression::find(&summary.files, &project.sources, &site.config, &mut diagnostics);
        Ok(Self { options, project, theme, site, summary, suppressions, diagnostics, search: None })
    }

    /// Language of the site.
    pub(super) fn language(&self) -> Language {
        Language::of_tag(&self.site.config.language)
    }

    /// True if no error keeps the site from being rendered.
    pub(super) fn is_clean(&self) -> bool {
        let severity_of = |code| self.site.config.severity_of(code);
        let is_error = |found: &&Diagnostic| found.severity_where(severity_of) == Severity::Error;
        let mut errors = self.diagnostics.iter().filter(is_error).filter(|found| !self.suppressions.covers(found));
        let Some(known) = &self.options.known else { return errors.next().is_none() };
        // The list of the report, which the file of known problems was made of: without repetitions and consequences.
        let mut found = self.diagnostics.clone();
        found.retain(|found| !self.suppressions.covers(found));
        let mut errors = found.finish(severity_of);
        errors.retain(|found| found.severity == Severity::Error);
        known.excuses(errors, &self.project.sources, self.language())
    }

    /// Indexes the site if it has expectations of the search, and returns those that the index does not meet.
    pub(super) fn check_expectations(&mut self) -> Diagnostics {
        let mut missed = Diagnostics::default();
        if !self.site.config.search.expect.is_empty() {
            let search = self.search.insert(SiteSearch::new(&self.site));
            check_expectations(&self.site, search, &mut missed);
        }
        missed
    }

    /// The outputs; none if there is an error, before or during rendering.
    pub(super) fn render(&mut self, changes: Option<&ChangesPage>) -> Vec<OutputFile> {
        if !self.is_clean() {
            return Vec::new();
        }
        let outputs = self.render_despite_errors(changes);
        if self.is_clean() { outputs } else { Vec::new() }
    }

    /// The outputs of all pages whose template renders; none if the templates do not compile.
    pub(super) fn render_despite_errors(&mut self, changes: Option<&ChangesPage>) -> Vec<OutputFile> {
        let (sources, observer) = (&self.project.sources, &self.options.observer);
        let (assets, diagnostics) = (assets(&self.project), &mut self.diagnostics);
        let prepared = Prepared { changes, search: self.search.take() };
        render::render(&self.site, &self.theme, sources, assets, prepared, observer, diagnostics)
    }

    /// Adds the service worker, which contains the addresses of all outputs.
    pub(super) fn with_worker(&self, mut outputs: Vec<OutputFile>) -> Vec<OutputFile> {
        if !outputs.is_empty() {
            outputs.extend(worker::render(&self.site, &self.theme, &outputs, read_bytes));
            outputs.sort_by(|one, other| one.path.cmp(&other.path));
        }
        outputs
    }

    /// The report of the run.
    pub(super) fn finish(mut self, outputs: Vec<OutputFile>) -> Report {
        let language = self.language();
        let config = &self.site.config;
        self.suppressions.apply(&mut self.diagnostics);
        Report {
            diagnostics: self.diagnostics.finish(|code| config.severity_of(code)),
            language,
            sources: self.project.sources,
            outputs,
            summary: self.summary,
        }
    }
}

/// The configuration with the base URL and the mode of the options.
pub(super) fn with_options(mut config: Config, options: &Options) -> Config {
    if let Some(base_url) = options.base_url.as_deref().and_then(BaseUrl::parse) {
        config.base_url = base_url;
    }
    config.offline &= !options.preview;
    config
}

/// Parses the documents and resolves the site.
pub(super) fn resolve(options: &Options, config: Config, project: &mut Project, diagnostics: &mut Diagnostics) -> Site {
    let Project { sources, documents, content_assets, static_assets, refused, .. } = project;
    let is_section = |file: &FileId| is_section_file(sources.path(*file));
    let (sections, documents): (Vec<_>, Vec<_>) = documents.iter().copied().partition(is_section);
    let sections: Vec<_> = sections.iter().map(|file| content::section::parse(*file, sources, diagnostics)).collect();
    let documents = parse_documents(&documents, sources, &options.observer, diagnostics);
    options.observer.begin(Stage::Checking);
    let assets = Assets { content: content_assets, fixed: static_assets, refused };
    site::resolve(documents, &sections, config, sources, assets, options.drafts, diagnostics)
}

/// Parses every file by itself, in parallel. Diagnostics stay in the order of the files.
fn parse_documents(
    files: &[FileId],
    sources: &Sources,
    observer: &Observer,
    diagnostics: &mut Diagnostics,
) -> Vec<Document> {
    let steps = observer.steps(Stage::Parsing, files.len());
    let parse = |file: &FileId| {
        let mut found = Diagnostics::default();
        let document = content::parse(*file, sources, &mut found);
        steps.step();
        (document, found)
    };
    let parsed: Vec<_> = files.par_iter().map(parse).collect();
    let keep = |(document, found)| {
        diagnostics.append(found);
        document
    };
    parsed.into_iter().map(keep).collect()
}

/// The files of a project that are copied, and those that are refused.
pub(super) fn assets(project: &Project) -> Assets<'_> {
    Assets { content: &project.content_assets, fixed: &project.static_assets, refused: &project.refused }
}
