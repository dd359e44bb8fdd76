//! The stages composed: read → parse → resolve → check → render.
//!
//! In: a root and what was asked for. Out: a [`Report`] with everything found and made. Nothing is written, printed or asked of
//! the clock: the day comes in with [`Options`].

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::check;
use crate::config::{self, BaseUrl, Config};
use crate::content::{self, Document};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Language, Severity};
pub use crate::diagnostic::{FlowCoverage, Share, Summary};
use crate::error::Result;
use crate::opened::{OpenFlow, find_flow};
use crate::output::OutputFile;
use crate::project::{self, Project};
use crate::render::{self, theme};
use crate::site::{self, Assets, Site};
use crate::source::{FileId, Sources};

/// What to build and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with `vereda.yaml`.
    pub root: PathBuf,
    /// In place of the configuration's.
    pub base_url: Option<String>,
    /// Publish drafts too.
    pub drafts: bool,
    /// The day on which reviews are due.
    pub today: jiff::civil::Date,
}

/// Everything a run found and made.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the diagnostics point into.
    pub sources: Sources,
    /// By file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The site; empty when there are errors.
    pub outputs: Vec<OutputFile>,
    /// What was counted.
    pub summary: Summary,
    /// The language of the site, for diagnostics.
    pub language: Language,
}

impl Report {
    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// True when a finding of this code was made.
    pub fn has(&self, code: Code) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
    }
}

/// The language of the site at `root`, from its configuration alone; `None` where there is no site.
pub fn find_language(root: &Path) -> Option<Language> {
    let mut sources = Sources::default();
    let text = project::read_config(root).ok()?;
    let file = sources.add(config::FILE_NAME, String::from_utf8_lossy(&text));
    let config = config::parse(file, &sources, &mut Diagnostics::default());
    Some(Language::of_tag(&config.language))
}

/// True for what can stand in [`Options::base_url`]: an `http` or `https` address without query or fragment.
pub fn is_base_url(text: &str) -> bool {
    BaseUrl::parse(text).is_some()
}

/// Says everything that [`build`] can, templates included, and keeps no output.
pub fn check(options: &Options) -> Result<Report> {
    let report = build(options)?;
    Ok(Report { outputs: Vec::new(), ..report })
}

/// Reads, parses, resolves, checks and, when there is no error, renders a site.
pub fn build(options: &Options) -> Result<Report> {
    let mut diagnostics = Diagnostics::default();
    let project = project::read(&options.root, &mut diagnostics)?;
    let resolved = resolve(options, project, &mut diagnostics);
    let outputs = resolved.render(&mut diagnostics);
    Ok(resolved.report(diagnostics, outputs))
}

/// What comes of asking for one flow of a site.
#[derive(Debug)]
pub enum Opening {
    /// It can be drawn and walked.
    Ready(Box<OpenFlow>),
    /// Its files, or the configuration, have these errors.
    Wrong(Box<Report>),
    /// The site has no flow of that name.
    Unknown {
        /// The flow that was probably meant.
        nearest: Option<String>,
        /// The language of the site.
        language: Language,
    },
}

/// Reads a site and opens one of its flows by path or route; a draft too. Errors in other files of the site do not matter, nor
/// do those of scenarios: to draw and to walk is how one finds out why they fail.
pub fn open_flow(options: &Options, name: &str) -> Result<Opening> {
    let mut diagnostics = Diagnostics::default();
    let project = project::read(&options.root, &mut diagnostics)?;
    let options = Options { drafts: true, ..options.clone() };
    let resolved = resolve(&options, project, &mut diagnostics);
    let language = Language::of_tag(&resolved.site.config.language);
    let config = resolved.project.config;
    Ok(match find_flow(&resolved.site, &resolved.project.sources, name) {
        Err(nearest) => Opening::Unknown { nearest, language },
        Ok(id) => {
            let open = OpenFlow { sources: resolved.project.sources, theme: resolved.theme, site: resolved.site, id };
            let files = open.files();
            let is_of =
                |found: &Diagnostic| found.span.is_none_or(|span| span.file == config || files.contains(&span.file));
            let mut found = diagnostics.finish(|code| open.site.config.severity_of(code));
            let matters = |code: Code| !code.as_str().starts_with("scenario/");
            found.retain(|found| found.severity == Severity::Error && is_of(found) && matters(found.code));
            if found.is_empty() {
                Opening::Ready(Box::new(open))
            } else {
                let (sources, summary) = (open.sources, resolved.summary);
                Opening::Wrong(Box::new(Report { sources, diagnostics: found, outputs: Vec::new(), summary, language }))
            }
        }
    })
}

/// A site with everything it is rendered from.
struct Resolved {
    project: Project,
    theme: theme::Theme,
    site: Site,
    summary: Summary,
}

fn resolve(options: &Options, mut project: Project, diagnostics: &mut Diagnostics) -> Resolved {
    let config = read_config(options, &project, diagnostics);
    let theme = theme::load(&config, &project.theme_files, &mut project.sources, diagnostics);
    let documents = parse_documents(&project.documents, &project.sources, diagnostics);
    let site = site::resolve(documents, config, &project.sources, assets(&project), options.drafts, diagnostics);
    let coverage = check::check(&site, &project.sources, options.today, diagnostics);
    let summary = Summary { pages: site.pages.len(), flows: site.flows.len(), links: site.link_count, coverage };
    Resolved { project, theme, site, summary }
}

fn read_config(options: &Options, project: &Project, diagnostics: &mut Diagnostics) -> Config {
    let mut config = config::parse(project.config, &project.sources, diagnostics);
    if let Some(base_url) = options.base_url.as_deref().and_then(BaseUrl::parse) {
        config.base_url = base_url;
    }
    config
}

/// Parses every file on its own, in parallel; findings stay in the order of the files.
fn parse_documents(files: &[FileId], sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<Document> {
    let parse = |file: &FileId| {
        let mut found = Diagnostics::default();
        (content::parse(*file, sources, &mut found), found)
    };
    let parsed: Vec<_> = files.par_iter().map(parse).collect();
    let keep = |(document, found)| {
        diagnostics.append(found);
        document
    };
    parsed.into_iter().map(keep).collect()
}

fn assets(project: &Project) -> Assets<'_> {
    Assets { content: &project.content_assets, fixed: &project.static_assets }
}

impl Resolved {
    fn is_clean(&self, diagnostics: &Diagnostics) -> bool {
        let severity_of = |code| self.site.config.severity_of(code);
        diagnostics.iter().all(|diagnostic| diagnostic.severity_where(severity_of) != Severity::Error)
    }

    /// The outputs, or none when there is an error, before or in rendering.
    fn render(&self, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
        if !self.is_clean(diagnostics) {
            return Vec::new();
        }
        let sources = &self.project.sources;
        let outputs = render::render(&self.site, &self.theme, sources, assets(&self.project), diagnostics);
        if self.is_clean(diagnostics) { outputs } else { Vec::new() }
    }

    fn report(self, diagnostics: Diagnostics, outputs: Vec<OutputFile>) -> Report {
        let config = &self.site.config;
        Report {
            diagnostics: diagnostics.finish(|code| config.severity_of(code)),
            language: Language::of_tag(&config.language),
            sources: self.project.sources,
            outputs,
            summary: self.summary,
        }
    }
}
