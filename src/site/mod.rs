//! Resolution of documents into a [`Site`]: addresses, links, anchors, transclusions and flows.
//!
//! 1. [`routes`]: the route of each file; two files with one route are reported.
//! 2. [`sections`] and [`tags`]: list pages that no editor wrote. [`navigation`]: the tree, its order and neighbours.
//! 3. [`resolve_link`]: the [`target`] of each raw link; missing files and anchors are reported where they were written.
//! 4. [`transclusion`]: cycles of transclusions, and texts that they make too large, are reported and cut.
//! 5. [`resolve_flow`]: names in flows become indices.
//! 6. [`nested_content`]: the text of a node without the parts that other nodes of the flow show.
//! 7. [`links`] and [`node`]: walks over the resolved site, which all later stages share.
//!
//! Entry point: [`resolve`]. Nothing is rendered here. The behaviour of flows is for `flow` and `check`.

mod check_sections;
pub(crate) mod flow;
mod generated;
mod ids;
pub(crate) mod links;
pub(crate) mod natural;
pub(crate) mod navigation;
mod nested_content;
pub(crate) mod node;
mod resolve_flow;
mod resolve_link;
mod resolve_scenario;
pub(crate) mod routes;
mod sections;
pub(crate) mod tags;
pub(crate) mod target;
mod transclusion;

use rayon::prelude::*;

use crate::config::Config;
use crate::content::front_matter::{FrontMatter, Metadata};
use crate::content::section::Section;
use crate::content::{Document, Generated, Page, is_part};
use crate::diagnostic::Diagnostics;
use crate::project::{Asset, Refused};
use crate::source::{FileId, Sources};

use flow::Flow;
use ids::{FlowId, PageId};
use navigation::Navigation;
use resolve_link::{LinkResolver, check_anchors};
use routes::{Routes, content_path};
use sections::Sections;
use tags::Tags;
use target::{ResolvedBody, Target};

pub(crate) use ids::Entry;

/// A whole site, resolved.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) config: Config,
    /// The published pages.
    pub(crate) pages: Vec<SitePage>,
    /// Drafts and parts, which are not published. Their ids follow those of the pages.
    parts: Vec<SitePage>,
    /// The parts that a page or a flow includes.
    included: Vec<PageId>,
    pub(crate) flows: Vec<Flow>,
    pub(crate) routes: Routes,
    pub(crate) navigation: Navigation,
    pub(crate) tags: Tags,
}

/// A page with its address and its links.
#[derive(Debug)]
pub(crate) struct SitePage {
    pub(crate) file: FileId,
    pub(crate) front_matter: FrontMatter,
    /// Address below the base, `/whatsapp/`.
    pub(crate) route: String,
    pub(crate) body: ResolvedBody,
    /// What a page without a file lists.
    pub(crate) generated: Option<Generated>,
}

/// Files of the site that are no documents.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Assets<'a> {
    /// Other files below `content/`.
    pub(crate) content: &'a [Asset],
    /// Files below `static/`.
    pub(crate) fixed: &'a [Asset],
    /// Files that exist and are not read.
    pub(crate) refused: &'a [Refused],
}

impl Site {
    /// A page by its index.
    pub(crate) fn page(&self, id: PageId) -> &SitePage {
        self.pages.get(id.0).unwrap_or_else(|| &self.parts[id.0 - self.pages.len()])
    }

    /// True for a page or flow with an address.
    pub(crate) fn is_published(&self, entry: Entry) -> bool {
        !matches!(entry, Entry::Page(id) if id.0 >= self.pages.len())
    }

    /// How many pages and parts have an id.
    pub(crate) fn id_count(&self) -> usize {
        self.pages.len() + self.parts.len()
    }

    /// The pages, and the parts that they or flows include.
    pub(crate) fn shown_pages(&self) -> impl Iterator<Item = &SitePage> {
        self.shown_page_ids().map(|id| self.page(id))
    }

    /// The ids of [`Self::shown_pages`].
    pub(crate) fn shown_page_ids(&self) -> impl Iterator<Item = PageId> {
        (0..self.pages.len()).map(PageId).chain(self.included.iter().copied())
    }

    /// Published pages, drafts and parts.
    pub(crate) fn all_pages(&self) -> impl Iterator<Item = &SitePage> {
        self.pages.iter().chain(&self.parts)
    }

    /// Drafts and parts.
    pub(crate) fn part_entries(&self) -> impl Iterator<Item = Entry> {
        (self.pages.len()..self.id_count()).map(|index| Entry::Page(PageId(index)))
    }

    /// A flow by its index.
    pub(crate) fn flow(&self, id: FlowId) -> &Flow {
        &self.flows[id.0]
    }

    /// Address of a page or flow below the base.
    pub(crate) fn route_of(&self, entry: Entry) -> &str {
        match entry {
            Entry::Page(id) => &self.page(id).route,
            Entry::Flow(id) => &self.flow(id).route,
        }
    }

    /// The metadata of a page or flow.
    pub(crate) fn metadata_of(&self, entry: Entry) -> &Metadata {
        match entry {
            Entry::Page(id) => &self.page(id).front_matter.metadata,
            Entry::Flow(id) => &self.flow(id).metadata,
        }
    }

    /// True for a page without a file.
    pub(crate) fn is_generated(&self, entry: Entry) -> bool {
        matches!(entry, Entry::Page(id) if self.page(id).generated.is_some())
    }

    /// The file a page or flow was read from; for a page without one, an empty source with the path of a folder.
    pub(crate) fn file_of(&self, entry: Entry) -> FileId {
        match entry {
            Entry::Page(id) => self.page(id).file,
            Entry::Flow(id) => self.flow(id).file,
        }
    }
}

/// Resolves a site. Drafts are included only when `drafts` is set.
pub(crate) fn resolve(
    documents: Vec<Document>,
    sections: &[Section],
    config: Config,
    sources: &mut Sources,
    assets: Assets<'_>,
    drafts: bool,
    diagnostics: &mut Diagnostics,
) -> Site {
    let is_published = |document: &Document| {
        !is_part(content_path(sources.path(document.file()))) && (drafts || !document.metadata().draft)
    };
    let (mut documents, unpublished): (Vec<_>, Vec<_>) = documents.into_iter().partition(is_published);
    let settings = Sections::new(sections, sources);
    let mut taken = sections::find_taken(&documents, &unpublished, sources, assets);
    sections::add_pages(&mut documents, &mut taken, &settings, sources);
    tags::add_pages(&mut documents, &mut taken, &config.language, sources);
    let sources = &*sources;
    let routes = Routes::new(&documents, &unpublished, sources, assets, diagnostics);
    let (mut pages, flows) = split(documents);
    let entries = entries_of(&pages, &flows);
    let tags = Tags::new(&entries, &routes, &config.language);
    let navigation = Navigation::new(&entries, &pages, &routes, &settings);
    check_sections::check_sections(sections, &navigation, &routes, &unpublished, sources, diagnostics);
    let published = pages.len();
    pages.extend(split(unpublished).0);
    let resolver = LinkResolver::new(&config, &pages, &flows, &routes, sources);
    let resolved = pages.par_iter().map(|page| resolve_body(page, &resolver)).collect::<Vec<_>>();
    let mut targets = Vec::with_capacity(pages.len());
    let mut of_parts = Vec::new();
    for (index, (resolved, found)) in resolved.into_iter().enumerate() {
        if index < published {
            diagnostics.append(found);
        } else {
            of_parts.push(Some(found));
        }
        targets.push(resolved);
    }
    let mut flows = resolve_flow::resolve_flows(&flows, &config, &resolver, diagnostics);
    let mut pages = assemble(pages, targets, &routes);
    transclusion::cut_endless(&mut pages, sources, diagnostics);
    nested_content::leave_to_other_nodes(&mut flows, &pages);
    let included = transclusion::find_included(&pages, published, &flows);
    for id in &included {
        // Diagnostics of a part are reported only if a page or a flow includes it.
        of_parts[id.0 - published].take().into_iter().for_each(|found| diagnostics.append(found));
    }
    let parts = pages.split_off(published);
    Site { config, pages, parts, included, flows, routes, navigation, tags }
}

/// Every page and flow with its metadata.
fn entries_of<'a>(pages: &'a [Page], flows: &'a [crate::content::flow::RawFlow]) -> Vec<(Entry, &'a Metadata)> {
    let pages = pages.iter().enumerate().map(|(index, page)| (Entry::Page(PageId(index)), &page.front_matter.metadata));
    let flows = flows.iter().enumerate().map(|(index, flow)| (Entry::Flow(FlowId(index)), &flow.metadata));
    pages.chain(flows).collect()
}

/// Pages and flows, each in the order of their indices.
fn split(documents: Vec<Document>) -> (Vec<Page>, Vec<crate::content::flow::RawFlow>) {
    let mut pages = Vec::new();
    let mut flows = Vec::new();
    for document in documents {
        match document {
            Document::Page(page) => pages.push(page),
            Document::Flow(flow) => flows.push(flow),
        }
    }
    (pages, flows)
}

fn resolve_body(page: &Page, resolver: &LinkResolver<'_>) -> (Vec<Option<Target>>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let targets = resolver.resolve_holes(&page.body, page.file, &mut diagnostics);
    check_anchors(page, &mut diagnostics);
    for link in &page.body.definitions {
        resolver.resolve_link(link, page.file, &mut diagnostics);
    }
    (targets, diagnostics)
}

fn assemble(pages: Vec<Page>, targets: Vec<Vec<Option<Target>>>, routes: &Routes) -> Vec<SitePage> {
    let assemble = |(index, (page, targets)): (usize, (Page, Vec<Option<Target>>))| SitePage {
        file: page.file,
        front_matter: page.front_matter,
        generated: page.generated,
        route: routes.route_of(Entry::Page(PageId(index))).to_owned(),
        body: ResolvedBody { body: page.body, targets },
    };
    pages.into_iter().zip(targets).enumerate().map(assemble).collect()
}
