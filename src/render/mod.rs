//! Rendering of a site to output files in memory.
//!
//! 1. [`page`] and [`flow`]: the pages, in parallel. [`context`], [`contents`] and [`navigation`] have the variables of
//!    templates, [`body`] fills the holes of HTML.
//! 2. [`templates`] and [`template_errors`] use Tera, [`highlight`] uses syntect.
//! 3. [`changes`]: the page of the changes since a revision, with `build --since`.
//! 4. [`copies`]: the page of exact texts.
//! 5. [`site_files`]: the outputs of the whole site, which are [`not_found`], [`sitemap`], [`flows_json`], [`links_json`],
//!    [`versions_json`], `copies.json`, redirects and copied files.
//! 6. [`worker`]: the service worker for offline use.
//!
//! Entry point: [`render`]. A page is a pure function of the site and the theme; `output` writes it.

pub(crate) mod address;
mod body;
pub(crate) mod changes;
mod contents;
mod context;
pub(crate) mod copies;
mod flow;
pub(crate) mod flow_json;
mod flows_json;
mod highlight;
pub(crate) mod links_json;
mod navigation;
mod not_found;
mod notes;
mod page;
mod path_code;
mod policy;
pub(crate) mod site_files;
mod sitemap;
mod template_errors;
mod templates;
mod versions_json;
pub(crate) mod worker;

use std::collections::{BTreeMap, HashSet};

use pulldown_cmark_escape::escape_html_body_text;
use rayon::prelude::*;

use crate::copies::ExactTexts;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::diagram::Labels;
use crate::diff::page::ChangesPage;
use crate::output::{Contents, OutputFile};
use crate::progress::{Observer, Stage};
use crate::search::SiteSearch;
use crate::site::flow::FlowId;
#[cfg(any(test, fuzzing))]
use crate::site::flow::PageId;
use crate::site::{Assets, Entry, Site};
use crate::source::{FileId, Sources, Span};
use crate::theme::Theme;

use contents::ShownTitles;
use path_code::path_codes;
use templates::Templates;

/// What all pages share.
pub(crate) struct Renderer<'a> {
    pub(crate) site: &'a Site,
    pub(crate) theme: &'a Theme,
    pub(crate) sources: &'a Sources,
    changes: Option<&'a ChangesPage>,
    templates: Templates,
    exact: ExactTexts<'a>,
    copies_route: Option<String>,
    /// Output path of what a dialog loads.
    parts_path: String,
    /// The prefix of the path codes of each flow, by route.
    codes: BTreeMap<&'a str, String>,
    /// The titles of nodes by the anchor whose text they show.
    shown_titles: ShownTitles<'a>,
}

/// What a run made before the outputs.
#[derive(Default)]
pub(crate) struct Prepared<'a> {
    pub(crate) changes: Option<&'a ChangesPage>,
    /// The index of the site; `None` if nothing needed it yet.
    pub(crate) search: Option<SiteSearch>,
}

/// An output that every site has once.
struct SiteFile {
    path: &'static str,
    render: fn(&Renderer<'_>, &mut Diagnostics) -> String,
}

/// Renders the whole site. A page whose template fails is reported and left out.
pub(crate) fn render(
    site: &Site,
    theme: &Theme,
    sources: &Sources,
    assets: Assets<'_>,
    Prepared { changes, search }: Prepared<'_>,
    observer: &Observer,
    diagnostics: &mut Diagnostics,
) -> Vec<OutputFile> {
    let Some(templates) = Templates::compile(theme, diagnostics) else {
        return Vec::new();
    };
    let exact = ExactTexts::of(site);
    let mut renderer = Renderer { changes, templates, exact, ..Renderer::without_templates(site, theme, sources) };
    renderer.copies_route = renderer.find_copies_route(assets);
    let steps = observer.steps(Stage::Rendering, site.navigation.sequence.len());
    let render = |entry: &Entry| {
        let rendered = renderer.render_entry(*entry);
        steps.step();
        rendered
    };
    let rendered: Vec<_> = site.navigation.sequence.par_iter().map(render).collect();
    let mut outputs = theme.outputs();
    let mut failed = Diagnostics::default();
    for (files, found) in rendered {
        failed.append(found);
        outputs.extend(files);
    }
    outputs.extend(changes.into_iter().flat_map(|changes| changes::render(&renderer, changes, &mut failed)));
    outputs.extend(copies::render(&renderer, &mut failed));
    outputs.extend(site_files::render(&renderer, assets, &mut failed));
    outputs.extend(site_files::render_search(search.unwrap_or_else(|| SiteSearch::new(site))));
    diagnostics.append(template_errors::merge(&failed));
    outputs.sort_by(|one, other| one.path.cmp(&other.path));
    outputs.dedup_by(|one, other| one.path == other.path);
    report_files_with_paths_of_folders(&outputs, worker::is_enabled(site, theme), diagnostics);
    outputs
}

/// Reports each file whose path is the folder of another, as `sw.js` and `sw.js/index.html`: no disk has both.
fn report_files_with_paths_of_folders(outputs: &[OutputFile], has_worker: bool, diagnostics: &mut Diagnostics) {
    let mut files: HashSet<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
    files.extend(has_worker.then_some(worker::PATH));
    for output in outputs {
        let mut folder = output.path.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            folder = parent;
            if files.remove(parent) {
                let start = output.source.map(|file| Span::new(file, 0, 0));
                diagnostics.push(catalogue::asset::collision(start, parent));
            }
        }
    }
}

impl<'a> Renderer<'a> {
    /// For outputs that need no template.
    pub(crate) fn without_templates(site: &'a Site, theme: &'a Theme, sources: &'a Sources) -> Self {
        let flows = site.navigation.sequence.iter().filter(|entry| matches!(entry, Entry::Flow(_)));
        let codes = path_codes(flows.map(|entry| site.route_of(*entry)));
        let shown_titles = contents::shown_titles(site);
        let (exact, parts_path) = (ExactTexts::default(), theme.parts_path());
        let templates = Templates::none();
        Self {
            site,
            theme,
            sources,
            changes: None,
            templates,
            exact,
            copies_route: None,
            parts_path,
            codes,
            shown_titles,
        }
    }
}

impl Renderer<'_> {
    /// The labels of nodes and edges in the site's language.
    pub(crate) fn labels(&self) -> Labels<'_> {
        Labels { site: self.site, theme: self.theme }
    }

    /// The body of a page, without a template.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn body_of(&self, id: PageId) -> String {
        page::write_body(self, id)
    }

    /// The prefix of the path codes of a flow; empty if it is not published.
    fn code_of(&self, flow: FlowId) -> &str {
        self.codes.get(self.site.flow(flow).route.as_str()).map_or("", String::as_str)
    }

    fn render_entry(&self, entry: Entry) -> (Vec<OutputFile>, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let files = match entry {
            Entry::Page(id) => page::render(self, id, &mut diagnostics),
            Entry::Flow(id) => flow::render(self, id, &mut diagnostics),
        };
        (files, diagnostics)
    }

    fn render_template(
        &self,
        name: &str,
        context: &impl serde::Serialize,
        path: String,
        source: FileId,
        diagnostics: &mut Diagnostics,
    ) -> Option<OutputFile> {
        let about = self.sources.path(source);
        let html = self.templates.render(name, context, about, diagnostics)?;
        Some(OutputFile { path, contents: Contents::Bytes(html.into_bytes()), source: Some(source) })
    }
}

/// The output path of the page at a route.
fn index_of(route: &str) -> String {
    format!("{}index.html", route.trim_start_matches('/'))
}

/// Writes text between tags.
fn escape_into(html: &mut String, text: &str) {
    escape_html_body_text(html, text).expect("a String takes any text");
}
