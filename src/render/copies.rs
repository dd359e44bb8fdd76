//! The page of exact texts, such as macros, with the places that use each, and the same as `copies.json`.
//!
//! In: the [`ExactTexts`](crate::copies::ExactTexts) of a site. Out: the page at [`route`], if the site has a copy, and `copies.json`, whose
//! schema is `docs/copies.schema.json`. A page of the site at the same route wins.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::address::{Addresses, address_of};
use super::body::BodyWriter;
use super::context::{EntryContext, PageContext};
use super::page::write_inputs;
use super::{Renderer, SiteFile, index_of};
use crate::config::is_id;
use crate::content::body::{AnchorKind, Body};
use crate::copies::{ExactText, TextKind, TextPlace};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::diff::visible_text::lines_of_transclusion;
use crate::output::{Contents, OutputFile};
use crate::site::flow::PageId;
use crate::site::target::Transclusion;
use crate::site::{Assets, Entry, Site};
use crate::source::Span;
use crate::theme::Theme;

pub(super) const COPIES_JSON: SiteFile = SiteFile { path: "copies.json", render: render_json };

const TEMPLATE: &str = "copies.html";

/// Increased when a key is removed or changes its meaning.
const VERSION: u32 = 1;

/// Longest name of a place, in characters.
const LONGEST_NAME: usize = 80;

/// The exact texts of a site. The meaning of the keys is in docs/copies.md.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "copies.json, version 1", deny_unknown_fields)]
pub(crate) struct CopyList<'a> {
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// Macros first, then by label, then other copies, then values.
    copies: Vec<ListedCopy<'a>>,
}

/// A text that readers copy, or a value.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ListedCopy<'a> {
    /// With site values; inputs are names in braces.
    text: &'a str,
    #[schemars(extend("enum" = ["macro", "copy", "value"]))]
    kind: &'static str,
    /// The label of its copies.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    label: Option<&'a str>,
    /// The names of the values of `vereda.yaml` with this text.
    values: Vec<&'a str>,
    /// The inputs that a reader fills in before copying.
    inputs: Vec<&'a str>,
    places: Vec<ListedPlace>,
}

/// A place that shows the text.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct ListedPlace {
    #[schemars(regex(pattern = "^/(.*/)?$"))]
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    fragment: Option<String>,
    /// Title of the node, or text of the section or step.
    title: String,
    /// Title of the page or flow.
    page: String,
    /// The reader copies the text there.
    copied: bool,
}

#[derive(Serialize)]
struct CopiesPageContext<'a> {
    #[serde(flatten)]
    entry: EntryContext<'a>,
    copies: Vec<GroupContext<'a>>,
}

#[derive(Serialize)]
struct GroupContext<'a> {
    title: &'a str,
    id: String,
    texts: Vec<TextContext<'a>>,
}

#[derive(Serialize)]
struct TextContext<'a> {
    html: String,
    /// False where an input of a flow is part of the text, which this page cannot fill in.
    can_copy: bool,
    values: Vec<&'a str>,
    places: Vec<PlaceContext>,
}

#[derive(Clone, Serialize)]
struct PlaceContext {
    title: String,
    page: String,
    url: String,
}

/// The route of the page, in the language of the site.
pub(crate) fn route(theme: &Theme) -> String {
    let name = theme.string("copies_route");
    format!("/{}/", if is_id(name) { name } else { "macros" })
}

/// Notes a page or file of the site at the route of the page of exact texts.
pub(crate) fn check_route(site: &Site, theme: &Theme, assets: Assets<'_>, diagnostics: &mut Diagnostics) {
    let route = route(theme);
    let has_copies = site.shown_pages().any(|page| !page.body.body.copies.is_empty())
        || site.flows.iter().flat_map(|flow| &flow.nodes).any(|node| !node.copy.is_empty());
    if let Some(found) = find_taken(site, assets, &route).filter(|_| has_copies) {
        diagnostics.push(found);
    }
}

fn find_taken(site: &Site, assets: Assets<'_>, route: &str) -> Option<Diagnostic> {
    let redirect = || site.routes.redirects.iter().find(|redirect| redirect.from.to_lowercase() == route);
    let is_it = |entry: &&Entry| site.route_of(**entry).to_lowercase() == route;
    let entry = site.navigation.sequence.iter().find(is_it).copied().or_else(|| redirect().map(|found| found.to));
    let asset = || {
        let mut copied = assets.content.iter().chain(assets.fixed);
        copied.any(|asset| asset.path.to_lowercase() == index_of(route))
    };
    match entry {
        // A list page has no file.
        Some(entry) if site.is_generated(entry) => Some(catalogue::page::copies_route_taken(None, route)),
        Some(entry) => Some(catalogue::page::copies_route_taken(Span::new(site.file_of(entry), 0, 0), route)),
        None => asset().then(|| catalogue::page::copies_route_taken(None, route)),
    }
}

impl<'a> Renderer<'a> {
    /// The route of the page of exact texts; `None` if the site has no such page.
    pub(super) fn copies_route(&self) -> Option<String> {
        self.copies_route.clone()
    }

    pub(super) fn find_copies_route(&self, assets: Assets<'_>) -> Option<String> {
        let route = route(self.theme);
        let has_copies = self.exact.texts.iter().any(|text| text.kind != TextKind::Value);
        let is_published =
            has_copies && self.templates.has(TEMPLATE) && find_taken(self.site, assets, &route).is_none();
        is_published.then_some(route)
    }

    fn copies_context(&self, names: &mut PlaceNames<'a>, addresses: Addresses<'_>) -> Vec<GroupContext<'_>> {
        let mut groups: Vec<GroupContext<'_>> = Vec::new();
        for text in &self.exact.texts {
            let title = self.title_of(&text.kind);
            if groups.last().is_none_or(|group| group.title != title) {
                let id = format!("V-copies-{}", groups.len() + 1);
                groups.push(GroupContext { title, id, texts: Vec::new() });
            }
            let group = groups.last_mut().expect("a group was added");
            group.texts.push(self.text_context(text, names, addresses));
        }
        groups
    }

    fn title_of<'t>(&'t self, kind: &'t TextKind) -> &'t str {
        match kind {
            TextKind::Macro => self.theme.string("copies_macros"),
            TextKind::Labelled(label) => label,
            TextKind::Copied => self.theme.string("copies_others"),
            TextKind::Value => self.theme.string("copies_values"),
        }
    }

    fn text_context<'t>(
        &'t self,
        text: &'t ExactText<'a>,
        names: &mut PlaceNames<'a>,
        addresses: Addresses<'_>,
    ) -> TextContext<'t> {
        // A page shows the inputs of the site.
        let writer = BodyWriter { renderer: self, addresses, entry: Entry::Page(PageId(0)), place: None };
        let inputs = &self.site.config.inputs;
        let is_known = |name: &str| inputs.iter().any(|input| input.name.value == name);
        let place = |place: &TextPlace| {
            let (title, page) = names.names_of(self, place);
            let fragment = self.fragment_of(place);
            PlaceContext { title, page, url: addresses.of_entry(self.site, place.entry, fragment) }
        };
        TextContext {
            html: writer.write_template(&text.template),
            can_copy: text.template.placeholders().all(|placeholder| is_known(&placeholder.name)),
            values: value_names(text),
            places: places_of(text).iter().map(place).collect(),
        }
    }

    /// The id of a node or anchor.
    fn fragment_of(&self, place: &TextPlace) -> Option<&'a str> {
        match place.entry {
            Entry::Flow(id) => Some(&self.site.flow(id).node(place.node?).id.value),
            Entry::Page(id) => Some(&self.site.page(id).body.body.anchors[place.anchor?].id),
        }
    }
}

fn value_names<'t>(text: &'t ExactText<'_>) -> Vec<&'t str> {
    text.values.iter().map(|name| name.value.as_str()).collect()
}

/// The places of a text, each once.
fn places_of(text: &ExactText<'_>) -> Vec<TextPlace> {
    let mut seen = HashSet::new();
    text.uses.iter().filter_map(|one| one.place).filter(|place| seen.insert(*place)).collect()
}

/// Names of places, each computed once.
#[derive(Default)]
struct PlaceNames<'a> {
    anchors: HashMap<(PageId, usize), String>,
    /// Texts of the headings of a page, by id.
    headings: HashMap<PageId, HashMap<&'a str, String>>,
}

impl<'a> PlaceNames<'a> {
    /// The name of the node, section or step, and the title of its page. Both are the title where the place is a whole page.
    fn names_of(&mut self, renderer: &Renderer<'a>, place: &TextPlace) -> (String, String) {
        let page = renderer.site.metadata_of(place.entry).title.value.clone();
        let name = match (place.entry, place.node, place.anchor) {
            (Entry::Flow(id), Some(node), _) => renderer.labels().title(id, node),
            (Entry::Page(id), _, Some(anchor)) => self.anchor_name(renderer, id, anchor),
            _ => page.clone(),
        };
        (name, page)
    }

    fn anchor_name(&mut self, renderer: &Renderer<'a>, id: PageId, index: usize) -> String {
        if let Some(name) = self.anchors.get(&(id, index)) {
            return name.clone();
        }
        let body: &'a Body = &renderer.site.page(id).body.body;
        let anchor = &body.anchors[index];
        let headings = self.headings.entry(id).or_insert_with(|| {
            let heading =
                |heading: &'a crate::content::body::Heading| (heading.id.as_str(), renderer.plain_text(&heading.text));
            body.headings.iter().map(heading).collect()
        });
        let heading = headings.get(anchor.id.as_str()).filter(|_| anchor.kind == AnchorKind::Heading).cloned();
        let content = summary_before(body, anchor.content.start).unwrap_or_else(|| anchor.content.clone());
        let first_line = || {
            let text = Transclusion { page: id, anchor: None, content };
            lines_of_transclusion(renderer.site, &text).into_iter().next()
        };
        let name = shorten(&heading.or_else(first_line).unwrap_or_else(|| anchor.id.clone()));
        self.anchors.insert((id, index), name.clone());
        name
    }
}

/// The title of a collapsible section whose content begins at an offset.
fn summary_before(body: &Body, start: usize) -> Option<std::ops::Range<usize>> {
    let before = body.html[..start].strip_suffix("<div class=\"details-body\">\n")?;
    let summary = before.rfind("<summary>")?;
    Some(summary..before.len())
}

/// The beginning of a long text, up to the end of a word.
fn shorten(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= LONGEST_NAME {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(LONGEST_NAME).collect();
    let words = beginning.rsplit_once(' ').map_or(beginning.as_str(), |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':', '.']))
}

/// The page, if the site has a copy.
pub(super) fn render(renderer: &Renderer<'_>, diagnostics: &mut Diagnostics) -> Option<OutputFile> {
    let route = renderer.copies_route()?;
    let addresses = Addresses::From(&route);
    let home = renderer.site.routes.find_entry("/");
    let copies = renderer.copies_context(&mut PlaceNames::default(), addresses);
    let shown: String = copies.iter().flat_map(|group| &group.texts).map(|text| text.html.as_str()).collect();
    let context = CopiesPageContext {
        entry: EntryContext {
            site: renderer.site_context(addresses, None),
            theme: renderer.theme_context(addresses),
            page: PageContext {
                title: renderer.theme.string("copies_title"),
                description: Some(renderer.theme.string("copies_lead")),
                url: &route,
                canonical: renderer.site.config.base_url.join(&route),
                layout: "copies",
                inputs: write_inputs(renderer, &shown),
                ..PageContext::default()
            },
            breadcrumbs: home.map(|home| renderer.link(home, addresses, false)).into_iter().collect(),
            previous: None,
            next: None,
            children: Vec::new(),
        },
        copies,
    };
    let html = renderer.templates.render(TEMPLATE, &context, &route, diagnostics)?;
    Some(OutputFile { path: index_of(&route), contents: Contents::Bytes(html.into_bytes()), source: None })
}

fn render_json(renderer: &Renderer<'_>, _: &mut Diagnostics) -> String {
    let mut names = PlaceNames::default();
    let copies = renderer.exact.texts.iter().map(|text| listed(renderer, text, &mut names)).collect();
    let CopyList { version, copies } = CopyList { version: VERSION, copies };
    let line = |copy: &ListedCopy<'_>| serde_json::to_string(copy).expect("plain values have a JSON form");
    let lines = copies.iter().map(line).collect::<Vec<_>>().join(",\n");
    format!("{{\"version\":{version},\"copies\":[\n{lines}\n]}}\n")
}

fn listed<'t, 'a>(renderer: &'t Renderer<'a>, text: &'t ExactText<'a>, names: &mut PlaceNames<'a>) -> ListedCopy<'t> {
    let copied: HashSet<TextPlace> = text.uses.iter().filter(|one| one.is_copied).filter_map(|one| one.place).collect();
    let place = |place: &TextPlace| {
        let (title, page) = names.names_of(renderer, place);
        let fragment = renderer.fragment_of(place).map(str::to_owned);
        let url = address_of(renderer.site.route_of(place.entry));
        ListedPlace { url, fragment, title, page, copied: copied.contains(place) }
    };
    let (kind, label) = match &text.kind {
        TextKind::Macro => ("macro", None),
        TextKind::Labelled(label) => ("copy", Some(label.as_str())),
        TextKind::Copied => ("copy", None),
        TextKind::Value => ("value", None),
    };
    let mut seen = HashSet::new();
    let inputs = text.template.placeholders().map(|placeholder| placeholder.name.as_str());
    ListedCopy {
        text: &text.text,
        kind,
        label,
        values: value_names(text),
        inputs: inputs.filter(|name| seen.insert(*name)).collect(),
        places: places_of(text).iter().map(place).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_at_a_word() {
        assert_eq!(shorten(" curto "), "curto");
        let long = shorten(&"palavra, ".repeat(20));
        assert!(long.ends_with("palavra…") && long.chars().count() <= LONGEST_NAME + 1, "{long}");
    }
}
