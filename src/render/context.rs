//! Template contexts: the types behind the contract in `themes/README.md`.

use serde::Serialize;

use super::address::Addresses;
use super::contents::ContentsEntry;
use super::policy::policy;
use super::{Renderer, worker};
use crate::content::template::Template;
use crate::diff::page::changes_route;
use crate::site::Entry;
use crate::site::navigation;

/// `site` of every template.
#[derive(Serialize)]
pub(super) struct SiteContext<'a> {
    title: &'a str,
    language: &'a str,
    base_url: String,
    base_path: &'a str,
    home: String,
    sections: Vec<NavigationLink<'a>>,
    policy: String,
    /// The page of changes, with `build --since`.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<ChangesLink<'a>>,
}

#[derive(Serialize)]
struct ChangesLink<'a> {
    url: String,
    since: &'a str,
}

/// `theme` of every template.
#[derive(Serialize)]
pub(super) struct ThemeContext {
    css: String,
    js: String,
    files: String,
    /// Address of the service worker; `None` if the site has none.
    worker: Option<String>,
}

#[derive(Serialize)]
pub(super) struct NavigationLink<'a> {
    title: &'a str,
    url: String,
    current: bool,
}

/// `page` of every template with a page.
#[derive(Default, Serialize)]
pub(super) struct PageContext<'a> {
    pub(super) title: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) owner: Option<&'a str>,
    pub(super) reviewed: Option<String>,
    pub(super) url: &'a str,
    pub(super) canonical: String,
    pub(super) body: Option<String>,
    pub(super) source: &'a str,
    pub(super) headings: Vec<ContentsEntry>,
    pub(super) has_details: bool,
    pub(super) has_title: bool,
    pub(super) search: bool,
    pub(super) tags: &'a [String],
    /// JSON of the inputs that the body shows, safe in HTML; `None` without any.
    pub(super) inputs: Option<String>,
    /// A path code that opens a flow, on the home page.
    pub(super) example_code: Option<String>,
    pub(super) layout: &'a str,
}

/// A page or flow directly below a page.
#[derive(Serialize)]
pub(super) struct Child<'a> {
    title: &'a str,
    url: String,
    description: Option<&'a str>,
    kind: &'static str,
}

/// The context of `page.html`; `flow.html` and `changes.html` add to it.
#[derive(Serialize)]
pub(super) struct EntryContext<'a> {
    pub(super) site: SiteContext<'a>,
    pub(super) theme: ThemeContext,
    pub(super) page: PageContext<'a>,
    pub(super) breadcrumbs: Vec<NavigationLink<'a>>,
    pub(super) previous: Option<NavigationLink<'a>>,
    pub(super) next: Option<NavigationLink<'a>>,
    pub(super) children: Vec<Child<'a>>,
}

impl<'a> Renderer<'a> {
    /// `here` is the page or flow that is rendered.
    pub(super) fn site_context(&self, addresses: Addresses<'_>, here: Option<Entry>) -> SiteContext<'a> {
        let config = &self.site.config;
        let route = here.map(|here| self.site.route_of(here)).unwrap_or_default();
        let ancestors = here.map(|here| self.site.navigation.ancestors_of(here)).unwrap_or_default();
        let is_current = |entry: &Entry| here == Some(*entry) || ancestors.contains(entry);
        let section = |section: &'a navigation::Section| match &section.folder {
            Some((title, folder)) => {
                NavigationLink { title, ..self.link(section.entry, addresses, route.starts_with(folder)) }
            }
            None => self.link(section.entry, addresses, is_current(&section.entry)),
        };
        let language = here.and_then(|here| self.site.metadata_of(here).language.as_deref());
        SiteContext {
            title: &config.title,
            language: language.unwrap_or(&config.language),
            base_url: config.base_url.join("/"),
            base_path: &config.base_url.path,
            home: addresses.of("/"),
            sections: self.site.navigation.sections.iter().map(section).collect(),
            policy: policy(config),
            changes: self.changes.map(|changes| ChangesLink {
                url: addresses.of(changes_route(&config.language)),
                since: &changes.since,
            }),
        }
    }

    pub(super) fn theme_context(&self, addresses: Addresses<'_>) -> ThemeContext {
        ThemeContext {
            css: addresses.of(&self.theme.css_path),
            js: addresses.of(&self.theme.script_path()),
            files: addresses.of(&self.theme.assets_folder),
            worker: worker::is_enabled(self.site, self.theme).then(|| addresses.of(worker::PATH)),
        }
    }

    pub(super) fn entry_context(
        &self,
        entry: Entry,
        page: PageContext<'a>,
        addresses: Addresses<'_>,
    ) -> EntryContext<'a> {
        let navigation = &self.site.navigation;
        let link = |entry: Entry| self.link(entry, addresses, false);
        EntryContext {
            site: self.site_context(addresses, Some(entry)),
            theme: self.theme_context(addresses),
            page,
            breadcrumbs: navigation.ancestors_of(entry).into_iter().map(link).collect(),
            previous: navigation.previous_of(entry).map(link),
            next: navigation.next_of(entry).map(link),
            children: navigation.children_of(entry).iter().map(|child| self.child(*child, addresses)).collect(),
        }
    }

    /// `page` without body and headings.
    pub(super) fn page_context(&self, entry: Entry) -> PageContext<'a> {
        let metadata = self.site.metadata_of(entry);
        let url = self.site.route_of(entry);
        PageContext {
            title: &metadata.title.value,
            description: metadata.description.as_deref(),
            owner: metadata.owner.as_deref(),
            reviewed: metadata.reviewed.as_ref().map(|date| date.value.to_string()),
            url,
            canonical: self.site.config.base_url.join(url),
            source: self.sources.path(self.site.file_of(entry)),
            search: metadata.search,
            tags: &metadata.tags,
            layout: "page",
            ..PageContext::default()
        }
    }

    /// A text without markup, with site values and the examples of inputs.
    pub(super) fn plain_text(&self, text: &Template) -> String {
        text.fill(|placeholder| {
            let config = &self.site.config;
            let value = placeholder.value_name().and_then(|name| config.find_value(name));
            let input = || config.inputs.iter().find(|input| input.name.value == placeholder.name);
            value.map(str::to_owned).or_else(|| Some(input()?.example.as_ref()?.value.clone()))
        })
    }

    pub(super) fn link(&self, entry: Entry, addresses: Addresses<'_>, current: bool) -> NavigationLink<'a> {
        let title = self.site.metadata_of(entry).nav_title();
        NavigationLink { title, url: addresses.of_entry(self.site, entry, None), current }
    }

    fn child(&self, entry: Entry, addresses: Addresses<'_>) -> Child<'a> {
        let metadata = self.site.metadata_of(entry);
        Child {
            title: &metadata.title.value,
            url: addresses.of_entry(self.site, entry, None),
            description: metadata.description.as_deref(),
            kind: if matches!(entry, Entry::Page(_)) { "page" } else { "flow" },
        }
    }
}
