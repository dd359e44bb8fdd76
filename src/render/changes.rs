//! Page of the changes since a revision, with links to the present pages and nodes.
//!
//! In: a [`ChangesPage`] of `diff`. Out: the page at [`changes_route`], and its style sheet, which no other page loads.

use serde::Serialize;

use super::address::Addresses;
use super::context::{EntryContext, PageContext};
use super::{Renderer, escape_into, index_of};
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::diff::page::{ChangeItem, ChangesGroup, ChangesPage, ChangesSection, changes_route};
use crate::output::{Contents, OutputFile};
use crate::site::{Assets, Entry, Site};
use crate::source::Span;

#[derive(Serialize)]
struct ChangesPageContext<'a> {
    #[serde(flatten)]
    entry: EntryContext<'a>,
    changes: ChangesContext<'a>,
}

#[derive(Serialize)]
struct ChangesContext<'a> {
    since: &'a str,
    commit: &'a str,
    css: Option<String>,
    sections: Vec<SectionContext<'a>>,
}

#[derive(Serialize)]
struct SectionContext<'a> {
    title: &'a str,
    url: Option<String>,
    groups: Vec<GroupContext<'a>>,
}

#[derive(Serialize)]
struct GroupContext<'a> {
    title: Option<&'a str>,
    number: Option<usize>,
    url: Option<String>,
    items: Vec<ItemContext<'a>>,
}

#[derive(Serialize)]
struct ItemContext<'a> {
    effect: &'static str,
    html: String,
    old: Option<&'a str>,
    new: Option<&'a str>,
    is_long: bool,
}

/// Old and new texts of more lines together are collapsed.
const MAX_LINES: usize = 12;

/// Reports a page, alias or file of the site at the route of the page of changes.
pub(crate) fn check_route(site: &Site, assets: Assets<'_>, diagnostics: &mut Diagnostics) {
    let route = changes_route(&site.config.language);
    let taken = |entry: Entry| -> Diagnostic {
        catalogue::page::changes_route_taken(Span::new(site.file_of(entry), 0, 0), route)
    };
    let is_it = |other: &str| other.to_lowercase() == route;
    let entries = site.navigation.sequence.iter().filter(|entry| is_it(site.route_of(**entry)));
    entries.for_each(|entry| diagnostics.push(taken(*entry)));
    let redirects = site.routes.redirects.iter().filter(|redirect| is_it(&redirect.from));
    redirects.for_each(|redirect| diagnostics.push(taken(redirect.to)));
    let mut copied = assets.content.iter().chain(assets.fixed);
    if let Some(asset) = copied.find(|asset| asset.path.to_lowercase() == index_of(route)) {
        diagnostics.push(catalogue::asset::collision(None, &asset.path));
    }
}

pub(super) fn render(renderer: &Renderer<'_>, changes: &ChangesPage, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
    if !renderer.templates.has("changes.html") {
        diagnostics.push(catalogue::theme::missing_template(None, "changes.html"));
        return Vec::new();
    }
    let route = changes_route(&renderer.site.config.language);
    let addresses = Addresses::From(route);
    let home = renderer.site.routes.find_entry("/");
    let context = ChangesPageContext {
        entry: EntryContext {
            site: renderer.site_context(addresses, None),
            theme: renderer.theme_context(addresses),
            page: PageContext {
                title: renderer.theme.string("changes_title"),
                url: route,
                canonical: renderer.site.config.base_url.join(route),
                layout: "changes",
                ..PageContext::default()
            },
            breadcrumbs: home.map(|home| renderer.link(home, addresses, false)).into_iter().collect(),
            previous: None,
            next: None,
            children: Vec::new(),
        },
        changes: ChangesContext {
            since: &changes.since,
            commit: &changes.commit,
            css: renderer.theme.changes_css_path().map(|path| addresses.of(&path)),
            sections: changes.sections.iter().map(|section| section_context(renderer, addresses, section)).collect(),
        },
    };
    let html = renderer.templates.render("changes.html", &context, route, diagnostics);
    let page = html.map(|html| (index_of(route), html.into_bytes()));
    let css = renderer.theme.changes_css_path().map(|path| (path, renderer.theme.changes_css.clone().into_bytes()));
    let file = |(path, bytes)| OutputFile { path, contents: Contents::Bytes(bytes), source: None };
    page.into_iter().chain(css).map(file).collect()
}

fn section_context<'a>(
    renderer: &Renderer<'_>,
    addresses: Addresses<'_>,
    section: &'a ChangesSection,
) -> SectionContext<'a> {
    let url = |anchor: Option<&str>| Some(addresses.of_entry(renderer.site, section.entry?, anchor));
    let group = |group: &'a ChangesGroup| GroupContext {
        title: group.title.as_deref(),
        number: group.number,
        url: group.anchor.as_deref().and_then(|anchor| url(Some(anchor))),
        items: group.items.iter().map(item_context).collect(),
    };
    SectionContext { title: &section.title, url: url(None), groups: section.groups.iter().map(group).collect() }
}

fn item_context(item: &ChangeItem) -> ItemContext<'_> {
    let (old, new) = (item.old.as_deref(), item.new.as_deref());
    let lines: usize = [old, new].into_iter().flatten().map(|text| text.lines().count()).sum();
    ItemContext { effect: item.effect, html: marked_up(&item.text), old, new, is_long: lines > MAX_LINES }
}

/// Converts a sentence to HTML; names between backquotes become code.
fn marked_up(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some((before, name, after)) = split_name(rest) {
        escape_into(&mut html, before);
        html.push_str("<code>");
        escape_into(&mut html, name);
        html.push_str("</code>");
        rest = after;
    }
    escape_into(&mut html, rest);
    html
}

/// The text before, between and after the first two backquotes.
fn split_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (name, after) = rest.split_once('`')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_up_names_as_code_and_escapes_the_rest() {
        assert_eq!(marked_up("o id `a<b` & `c` é `d"), "o id <code>a&lt;b</code> &amp; <code>c</code> é `d");
    }
}
