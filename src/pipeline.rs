//! The stages composed: read → parse → resolve → check → render.
//!
//! In: a root and what was asked for. Out: a [`Report`] with everything found and made. Nothing is written, printed or asked of
//! the clock: the day comes in with [`Options`].

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::check;
use crate::config::{self, BaseUrl, Config};
use crate::content::{self, Document};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Language, Severity};
use crate::diff::page::ChangesPage;
use crate::diff::{self, SiteChanges, Version, Versions};
use crate::error::Result;
use crate::external::{self, ExternalCheck, ExternalLink, RenderedFiles};
pub use crate::external::{ExternalCounts, ExternalOptions};
pub use crate::flow::coverage::{FlowCoverage, Share};
use crate::inspect::{OpenFlow, find_flow};
use crate::output::{Contents, OutputFile};
use crate::progress::{Observer, Stage};
use crate::project::{self, Asset, Project, revision};
use crate::published::{self, Published, unused};
use crate::render::changes;
use crate::render::{self, worker};
use crate::report::Baseline;
pub use crate::report::Summary;
use crate::single_file::{self, Files};
use crate::site::{self, Assets, Site};
use crate::source::{FileId, Sources};
use crate::suppression::{self, Suppressions};
use crate::theme;

/// Where the outputs are written below the root, unless another folder is asked for.
pub const OUT: &str = "public";

/// What to build and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with `vereda.yaml`.
    pub root: PathBuf,
    /// In place of the configuration's.
    pub base_url: Option<String>,
    /// Publish drafts too.
    pub drafts: bool,
    /// Leave out what makes the published site work without a network, which would hide changes from who looks at them.
    pub preview: bool,
    /// The day on which reviews are due.
    pub today: jiff::civil::Date,
    /// Problems that keep the site from being made no longer: they are known.
    pub known: Option<Baseline>,
    /// Who is told how far the run has come.
    pub observer: Observer,
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

    /// Makes errors of findings.
    pub fn deny(&mut self, is_denied: impl Fn(&Diagnostic) -> bool) {
        for diagnostic in self.diagnostics.iter_mut().filter(|diagnostic| is_denied(diagnostic)) {
            diagnostic.severity = Severity::Error;
        }
    }

    /// True when a finding of this code was made.
    pub fn has(&self, code: Code) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
    }
}

/// The language of the site at `root`, from its configuration alone; `None` where there is no site.
pub fn find_language(root: &Path) -> Option<Language> {
    let mut sources = Sources::default();
    let config = add_config(root, &mut sources, &mut Diagnostics::default())?;
    Some(Language::of_tag(&config.language))
}

/// True for what can stand in [`Options::base_url`]: an `http` or `https` address without query or fragment.
pub fn is_base_url(text: &str) -> bool {
    BaseUrl::parse(text).is_some()
}

/// Says everything that [`build`] can, templates included, and keeps no output; other sites are asked where somebody says how.
pub fn check(options: &Options, asking: Option<ExternalOptions<'_>>) -> Result<Report> {
    let mut diagnostics = Diagnostics::default();
    options.observer.begin(Stage::Reading);
    let project = project::read(&options.root, &mut diagnostics)?;
    let mut resolved = resolve(options, project, &mut diagnostics);
    let outputs = resolved.render(options, None, &mut diagnostics);
    resolved.check_published(options, &outputs, &mut diagnostics);
    if let Some(asking) = asking.filter(|_| has_settings(&diagnostics)) {
        resolved.check_external(&outputs, options, asking, &mut diagnostics);
    }
    Ok(resolved.report(diagnostics, Vec::new()))
}

/// Checks a folder of HTML that any program made, as it would be published at an address. Other sites are asked where somebody
/// says how, and then what `vereda.yaml` of the root says of links and of severities holds, if there is one.
pub fn check_html(
    folder: &Path,
    options: &Options,
    asking: Option<ExternalOptions<'_>>,
    language: Language,
) -> Result<Report> {
    let mut diagnostics = Diagnostics::default();
    let copied = |asset: Asset| OutputFile { path: asset.path, contents: Contents::Copy(asset.absolute), source: None };
    options.observer.begin(Stage::Reading);
    let outputs: Vec<_> = project::read_folder(folder, &mut diagnostics)?.into_iter().map(copied).collect();
    let base_url = options.base_url.as_deref().and_then(BaseUrl::parse).unwrap_or_default();
    let mut sources = Sources::default();
    let config = asking.and_then(|_| add_config(&options.root, &mut sources, &mut diagnostics));
    let name_of = |output: &OutputFile| output.path.clone();
    let with_duplicates = HashSet::new();
    let published = Published {
        outputs: &outputs,
        base_url: &base_url,
        needs_home: true,
        names_all: true,
        name_of: &name_of,
        with_duplicates,
        observer: &options.observer,
    };
    let asking = asking.filter(|_| has_settings(&diagnostics));
    let rendered = RenderedFiles { outputs: &outputs, base_url: &base_url, name_of: &name_of };
    // Before the check, which names every file and keeps the text of none.
    let links = asking.map(|_| external::find_in_rendered(&rendered, &[], &mut sources)).unwrap_or_default();
    let seen = published::check(&published, &mut sources, &mut diagnostics);
    let mut summary = Summary { pages: seen.pages, links: seen.links, files: seen.files, ..Summary::default() };
    if let Some(asking) = asking {
        summary.external = Some(ask(&links, config.as_ref(), options, asking, &mut diagnostics));
    }
    let severity_of = |code| config.as_ref().map_or_else(|| Code::severity(code), |config| config.severity_of(code));
    Ok(Report { diagnostics: diagnostics.finish(severity_of), sources, outputs: Vec::new(), summary, language })
}

/// The configuration at a root, if there is one.
fn add_config(root: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Option<Config> {
    let text = project::read_config(root).ok()?;
    let file = sources.add(config::FILE_NAME, String::from_utf8_lossy(&text));
    Some(config::parse(file, sources, diagnostics))
}

/// False where `vereda.yaml` has mistakes: what should not be asked is not known then.
fn has_settings(diagnostics: &Diagnostics) -> bool {
    !diagnostics.iter().any(|found| found.code.as_str().starts_with("config/"))
}

/// Asks other sites; what they say is kept below a root that is a site's.
fn ask(
    links: &[ExternalLink],
    config: Option<&Config>,
    options: &Options,
    asking: ExternalOptions<'_>,
    diagnostics: &mut Diagnostics,
) -> ExternalCounts {
    let settings = config.map(|config| config.links.external.clone()).unwrap_or_default();
    let cache = options.root.join(external::CACHE);
    let cache = config.is_some().then_some(cache.as_path());
    let run = ExternalCheck {
        settings: &settings,
        options: asking,
        today: options.today,
        observer: &options.observer,
        cache,
    };
    external::check(links, &run, diagnostics)
}

/// Reads, parses, resolves, checks and, when there is no error, renders a site.
pub fn build(options: &Options) -> Result<Report> {
    let mut diagnostics = Diagnostics::default();
    options.observer.begin(Stage::Reading);
    let project = project::read(&options.root, &mut diagnostics)?;
    let resolved = resolve(options, project, &mut diagnostics);
    let outputs = resolved.render(options, None, &mut diagnostics);
    let outputs = resolved.with_worker(outputs);
    Ok(resolved.report(diagnostics, outputs))
}

/// As [`build`], with a page of what changed since a git revision.
pub fn build_since(options: &Options, since: &str) -> Result<Report> {
    let mut diagnostics = Diagnostics::default();
    options.observer.begin(Stage::Reading);
    let project = project::read(&options.root, &mut diagnostics)?;
    let resolved = resolve(options, project, &mut diagnostics);
    let language = Language::of_tag(&resolved.site.config.language);
    changes::check_route(&resolved.site, assets(&resolved.project), &mut diagnostics);
    if !resolved.is_clean(options, &diagnostics) {
        return Ok(resolved.report(diagnostics, Vec::new()));
    }
    let changes = resolved.compare(options, since, language)?;
    let page = diff::page::write(&changes.comparison, &changes.commit);
    let outputs = resolved.render(options, Some(&page), &mut diagnostics);
    let outputs = resolved.with_worker(outputs);
    Ok(resolved.report(diagnostics, outputs))
}

/// What comes of asking for one flow as one file.
#[derive(Debug)]
pub enum Single {
    /// The file; none when the site has errors.
    Ready {
        /// What was found; its outputs are not to be written.
        report: Box<Report>,
        /// The file.
        html: Option<String>,
    },
    /// The site has no flow of that name.
    Unknown {
        /// The flow that was probably meant.
        nearest: Option<String>,
        /// The language of the site.
        language: Language,
    },
    /// The scripts of the site's theme cannot be joined.
    Apart {
        /// The language of the site.
        language: Language,
    },
}

/// Builds a site, and of it one flow, by path or route, as a file that works from a disk.
pub fn build_single(options: &Options, name: &str) -> Result<Single> {
    let mut diagnostics = Diagnostics::default();
    let project = project::read(&options.root, &mut diagnostics)?;
    let options = Options { preview: true, ..options.clone() };
    let resolved = resolve(&options, project, &mut diagnostics);
    let language = Language::of_tag(&resolved.site.config.language);
    let outputs = resolved.render(&options, None, &mut diagnostics);
    let id = match find_flow(&resolved.site, &resolved.project.sources, name) {
        Ok(id) => id,
        Err(nearest) => return Ok(Single::Unknown { nearest, language }),
    };
    let files = Files::new(&outputs, project::read_copied);
    let html = single_file::write(&resolved.site, &resolved.theme, &files, id);
    if html.is_none() && !outputs.is_empty() {
        return Ok(Single::Apart { language });
    }
    Ok(Single::Ready { report: Box::new(resolved.report(diagnostics, Vec::new())), html })
}

/// What comes of comparing a site with what it was.
#[derive(Debug)]
pub enum Comparing {
    /// What changed.
    Ready(Box<SiteChanges>),
    /// The site as it is now has these errors, scenarios that end elsewhere aside: those are what a comparison tells.
    Wrong(Box<Report>),
}

/// Compares a site with what it was at a git revision, in a language or else in its own. What the old version got wrong does
/// not matter beyond itself.
pub fn compare(options: &Options, since: &str, language: Option<Language>) -> Result<Comparing> {
    let mut diagnostics = Diagnostics::default();
    options.observer.begin(Stage::Reading);
    let project = project::read(&options.root, &mut diagnostics)?;
    let resolved = resolve(options, project, &mut diagnostics);
    let language = language.unwrap_or_else(|| Language::of_tag(&resolved.site.config.language));
    let changes = resolved.compare(options, since, language)?;
    let mut report = resolved.report(diagnostics, Vec::new());
    let matters = |found: &Diagnostic| !found.code.as_str().starts_with("scenario/");
    report.diagnostics.retain(|found| found.severity == Severity::Error && matters(found));
    Ok(if report.diagnostics.is_empty() {
        Comparing::Ready(Box::new(changes))
    } else {
        Comparing::Wrong(Box::new(report))
    })
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
    options.observer.begin(Stage::Reading);
    let project = project::read(&options.root, &mut diagnostics)?;
    let options = Options { drafts: true, ..options.clone() };
    let resolved = resolve(&options, project, &mut diagnostics);
    let language = Language::of_tag(&resolved.site.config.language);
    let config = resolved.project.config;
    Ok(match find_flow(&resolved.site, &resolved.project.sources, name) {
        Err(nearest) => Opening::Unknown { nearest, language },
        Ok(id) => {
            resolved.ignores.apply(&mut diagnostics);
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
    ignores: Suppressions,
}

fn resolve(options: &Options, mut project: Project, diagnostics: &mut Diagnostics) -> Resolved {
    let config = read_config(options, &project, diagnostics);
    let theme = theme::load(&config, &project.theme_files, &mut project.sources, diagnostics);
    let site = resolve_site(options, config, &project, diagnostics);
    let coverage = check::check(&site, &project.sources, options.today, diagnostics);
    let files = [project.config].into_iter().chain(project.documents.iter().copied()).collect();
    let (pages, flows) = (site.pages.len(), site.flows.len());
    worker::check_path(&site, &theme, assets(&project), diagnostics);
    let summary = Summary { pages, flows, links: site.link_count(), files, coverage, external: None };
    let ignores = suppression::find(&summary.files, &project.sources, &site.config, diagnostics);
    Resolved { project, theme, site, summary, ignores }
}

fn resolve_site(options: &Options, config: Config, project: &Project, diagnostics: &mut Diagnostics) -> Site {
    let documents = parse_documents(&project.documents, &project.sources, &options.observer, diagnostics);
    options.observer.begin(Stage::Checking);
    site::resolve(documents, config, &project.sources, assets(project), options.drafts, diagnostics)
}

fn read_config(options: &Options, project: &Project, diagnostics: &mut Diagnostics) -> Config {
    let mut config = config::parse(project.config, &project.sources, diagnostics);
    if let Some(base_url) = options.base_url.as_deref().and_then(BaseUrl::parse) {
        config.base_url = base_url;
    }
    config.offline &= !options.preview;
    config
}

/// Parses every file on its own, in parallel; findings stay in the order of the files.
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

/// Where each copied file stands below the root, by where it is read from.
fn copied_names(project: &Project) -> HashMap<PathBuf, String> {
    let folder = |assets: &[Asset], folder: &str| {
        let name = |asset: &Asset| (asset.absolute.clone(), format!("{folder}/{}", asset.path));
        assets.iter().map(name).collect::<Vec<_>>()
    };
    let content = folder(&project.content_assets, project::CONTENT);
    content.into_iter().chain(folder(&project.static_assets, project::STATIC)).collect()
}

/// A copied file is called as it is in the site; what was rendered, as `build` would write it.
fn name_of(output: &OutputFile, copied: &HashMap<PathBuf, String>) -> String {
    let name = match &output.contents {
        Contents::Copy(path) => copied.get(path).cloned(),
        Contents::Bytes(_) => None,
    };
    name.unwrap_or_else(|| format!("{OUT}/{}", output.path))
}

fn assets(project: &Project) -> Assets<'_> {
    Assets { content: &project.content_assets, fixed: &project.static_assets }
}

impl Resolved {
    /// True when nothing keeps the site from being made.
    fn is_clean(&self, options: &Options, diagnostics: &Diagnostics) -> bool {
        let severity_of = |code| self.site.config.severity_of(code);
        let is_wrong = |found: &&Diagnostic| found.severity_where(severity_of) == Severity::Error;
        let wrong = diagnostics.iter().filter(is_wrong).filter(|found| !self.ignores.covers(found));
        let Some(known) = &options.known else { return wrong.count() == 0 };
        let as_error = |found: &Diagnostic| Diagnostic { severity: Severity::Error, ..found.clone() };
        let language = Language::of_tag(&self.site.config.language);
        known.excuses(wrong.map(as_error).collect(), &self.project.sources, language)
    }

    /// The outputs, or none when there is an error, before or in rendering.
    fn render(
        &self,
        options: &Options,
        changes: Option<&ChangesPage>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<OutputFile> {
        if !self.is_clean(options, diagnostics) {
            return Vec::new();
        }
        let sources = &self.project.sources;
        let assets = assets(&self.project);
        let outputs = render::render(&self.site, &self.theme, sources, assets, changes, &options.observer, diagnostics);
        if self.is_clean(options, diagnostics) { outputs } else { Vec::new() }
    }

    /// The outputs with the service worker, which knows all of them.
    fn with_worker(&self, mut outputs: Vec<OutputFile>) -> Vec<OutputFile> {
        if !outputs.is_empty() {
            outputs.extend(worker::render(&self.site, &self.theme, &outputs, project::read_copied));
            outputs.sort_by(|one, other| one.path.cmp(&other.path));
        }
        outputs
    }

    /// What is wrong with what would be published; nothing would be when there is an error.
    fn check_published(&mut self, options: &Options, outputs: &[OutputFile], diagnostics: &mut Diagnostics) {
        if outputs.is_empty() {
            return;
        }
        let names = copied_names(&self.project);
        let name_of = |output: &OutputFile| name_of(output, &names);
        let duplicates = diagnostics.iter().filter(|found| found.code == Code::PAGE_DUPLICATE_ID);
        let with_duplicates = duplicates.filter_map(|found| Some(found.span?.file)).collect();
        let (base_url, observer) = (&self.site.config.base_url, &options.observer);
        let published = Published {
            outputs,
            base_url,
            needs_home: false,
            names_all: false,
            name_of: &name_of,
            with_duplicates,
            observer,
        };
        let seen = published::check(&published, &mut self.project.sources, diagnostics);
        unused::check(outputs, &seen, name_of, diagnostics);
    }

    /// What other sites say of their addresses, in texts and in what is rendered.
    fn check_external(
        &mut self,
        outputs: &[OutputFile],
        options: &Options,
        asking: ExternalOptions<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let names = copied_names(&self.project);
        let name_of = |output: &OutputFile| name_of(output, &names);
        let config = &self.site.config;
        let rendered = RenderedFiles { outputs, base_url: &config.base_url, name_of: &name_of };
        let mut links = external::find_in_site(&self.site);
        let others = external::find_in_rendered(&rendered, &links, &mut self.project.sources);
        links.extend(others);
        self.summary.external = Some(ask(&links, Some(config), options, asking, diagnostics));
    }

    /// What changed since a revision of the repository that the root stands in.
    fn compare(&self, options: &Options, since: &str, language: Language) -> Result<SiteChanges> {
        let mut found = Diagnostics::default();
        let (project, commit) = revision::read_at(&options.root, since, &mut found)?;
        let config = read_config(options, &project, &mut found);
        let site = resolve_site(options, config, &project, &mut found);
        let old = Version { site: &site, sources: &project.sources, theme: &self.theme };
        let new = Version { site: &self.site, sources: &self.project.sources, theme: &self.theme };
        let comparison = diff::compare(Versions { old, new, language });
        let old_errors = found.iter().filter(|found| found.severity == Severity::Error).count();
        Ok(SiteChanges { commit, comparison, old_errors })
    }

    fn report(self, mut diagnostics: Diagnostics, outputs: Vec<OutputFile>) -> Report {
        let config = &self.site.config;
        self.ignores.apply(&mut diagnostics);
        Report {
            diagnostics: diagnostics.finish(|code| config.severity_of(code)),
            language: Language::of_tag(&config.language),
            sources: self.project.sources,
            outputs,
            summary: self.summary,
        }
    }
}
