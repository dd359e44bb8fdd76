//! Checks of rendered outputs, of any folder of HTML, and of external links.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::run::SiteRun;
use super::{ExternalOptions, Options, Report};
use crate::config::{BaseUrl, Config};
use crate::diagnostic::{Code, Diagnostics, Language};
use crate::error::Result;
use crate::external::{self, ExternalCheck, ExternalCounts, ExternalLink, RenderedFiles};
use crate::output::{Contents, OutputFile};
use crate::progress::Stage;
use crate::project::{self, Asset, Project, SiteRoot, read_folder};
use crate::published::{self, Published, unused};
use crate::report::Summary;

/// Checks a folder of HTML that any program made, as it would be published at the base URL.
///
/// External links are requested only if `external` is given. Then the settings of links and the severities are those of
/// `root`, if there is one.
pub fn check_html(
    folder: &Path,
    root: Option<SiteRoot>,
    options: &Options,
    external: Option<ExternalOptions<'_>>,
    language: Language,
) -> Result<Report> {
    options.observer.begin(Stage::Reading);
    let (config, cache, mut sources, mut diagnostics) = match root {
        Some(root) => (Some(root.config), root.path, root.sources, root.diagnostics),
        None => Default::default(),
    };
    let copy = |asset: Asset| OutputFile { path: asset.path, contents: Contents::Copy(asset.absolute), source: None };
    let outputs: Vec<_> = read_folder(folder, &mut sources, &mut diagnostics)?.into_iter().map(copy).collect();
    let given = options.base_url.as_deref().and_then(BaseUrl::parse);
    let base_url = given.or_else(|| published::find_base_url(&outputs)).unwrap_or_default();
    let name_of = |output: &OutputFile| output.path.clone();
    let published = Published {
        outputs: &outputs,
        base_url: &base_url,
        needs_home: true,
        names_all: true,
        name_of: &name_of,
        with_duplicates: HashSet::new(),
        checks_text_fragments: true,
        observer: &options.observer,
    };
    let external = external.filter(|_| has_settings(&diagnostics));
    let rendered = RenderedFiles { outputs: &outputs, base_url: &base_url, name_of: &name_of };
    // Before the check, which adds every file to the sources without its text.
    let links = external.map(|_| external::find_in_rendered(&rendered, &[], &mut sources)).unwrap_or_default();
    let seen = published::check(&published, &mut sources, &mut diagnostics);
    let mut summary = Summary { pages: seen.pages, links: seen.links, files: seen.files, ..Summary::default() };
    if let Some(external) = external {
        let site = config.as_ref().map(|config| (config, cache.as_path()));
        summary.external = Some(check_links(&links, site, options, external, &mut diagnostics));
    }
    let severity_of = |code| config.as_ref().map_or_else(|| Code::severity(code), |config| config.severity_of(code));
    Ok(Report { diagnostics: diagnostics.finish(severity_of), sources, outputs: Vec::new(), summary, language })
}

impl SiteRun<'_> {
    /// Checks the outputs as a browser would read them; there are none if the site has errors.
    pub(super) fn check_published(&mut self, outputs: &[OutputFile]) {
        if outputs.is_empty() {
            return;
        }
        let names = copied_names(&self.project);
        let name_of = |output: &OutputFile| name_of(output, &names);
        let duplicates = self.diagnostics.iter().filter(|found| found.code == Code::PAGE_DUPLICATE_ID);
        let published = Published {
            outputs,
            base_url: &self.site.config.base_url,
            needs_home: false,
            names_all: false,
            name_of: &name_of,
            with_duplicates: duplicates.filter_map(|found| Some(found.span?.file)).collect(),
            checks_text_fragments: false,
            observer: &self.options.observer,
        };
        let seen = published::check(&published, &mut self.project.sources, &mut self.diagnostics);
        unused::check(outputs, &seen, name_of, &mut self.diagnostics);
    }

    /// Requests the external links of texts and of outputs, unless the configuration has mistakes.
    pub(super) fn check_external(&mut self, outputs: &[OutputFile], root: &Path, external: ExternalOptions<'_>) {
        if !has_settings(&self.diagnostics) {
            return;
        }
        let names = copied_names(&self.project);
        let name_of = |output: &OutputFile| name_of(output, &names);
        let config = &self.site.config;
        let rendered = RenderedFiles { outputs, base_url: &config.base_url, name_of: &name_of };
        let mut links = external::find_in_site(&self.site);
        let others = external::find_in_rendered(&rendered, &links, &mut self.project.sources);
        links.extend(others);
        let site = Some((config, root));
        self.summary.external = Some(check_links(&links, site, self.options, external, &mut self.diagnostics));
    }
}

/// Requests external links. Results are cached below the root of a site.
fn check_links(
    links: &[ExternalLink],
    site: Option<(&Config, &Path)>,
    options: &Options,
    external: ExternalOptions<'_>,
    diagnostics: &mut Diagnostics,
) -> ExternalCounts {
    let settings = site.map(|(config, _)| config.links.external.clone()).unwrap_or_default();
    let cache = site.map(|(_, root)| root.join(external::CACHE));
    let (today, observer, cache) = (options.today, &options.observer, cache.as_deref());
    external::check(
        links,
        &ExternalCheck { settings: &settings, options: external, today, observer, cache },
        diagnostics,
    )
}

/// False if the configuration has mistakes: the excluded links are not known then.
fn has_settings(diagnostics: &Diagnostics) -> bool {
    !diagnostics.iter().any(|found| found.code.as_str().starts_with("config/"))
}

/// Paths of copied files below the root, by the path that is read.
fn copied_names(project: &Project) -> HashMap<PathBuf, String> {
    let content = project.content_assets.iter().map(|asset| (project::CONTENT, asset));
    let fixed = project.static_assets.iter().map(|asset| (project::STATIC, asset));
    content.chain(fixed).map(|(folder, asset)| (asset.absolute.clone(), format!("{folder}/{}", asset.path))).collect()
}

/// Path of an output in diagnostics: a copied file below the root, a rendered one in the output folder.
fn name_of(output: &OutputFile, copied: &HashMap<PathBuf, String>) -> String {
    let name = match &output.contents {
        Contents::Copy(path) => copied.get(path).cloned(),
        Contents::Bytes(_) => None,
    };
    name.unwrap_or_else(|| format!("{}/{}", super::OUT, output.path))
}
