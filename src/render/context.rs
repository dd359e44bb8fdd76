//! Template contexts: the types behind the contract in `themes/README.md`.

use serde::Serialize;

use super::address::Addresses;
use super::contents::ContentsEntry;
use super::navigation::{NavigationLink, TreeLevel, kind_of};
use super::policy::policy;
use super::{Renderer, worker};
use crate::content::Generated;
use crate::content::template::Template;
use crate::diff::page::changes_route;
use crate::site::Entry;
use crate::site::natural::{compare_naturally, fold_title};

/// `site` of every template.
#[derive(Serialize)]
pub(super) struct SiteContext<'a> {
    title: &'a str,
    language: &'a str,
    base_url: String,
    base_path: &'a str,
    home: String,
    sections: Vec<NavigationLink<'a>>,
    section_count: usize,
    all_sections: Option<String>,
    sidebar: Option<&'static str>,
    tree: TreeLevel<'a>,
    policy: String,
    /// Address of the page of exact texts; `None` if the site has no copy.
    copies: Option<String>,
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
    /// What a dialog loads when it is opened.
    parts: String,
    /// Address of the service worker; `None` if the site has none.
    worker: Option<String>,
}

/// `page` of every template with a page.
#[derive(Default, Serialize)]
pub(super) struct PageContext<'a> {
    pub(super) title: &'a str,
    pub(super) description: Option<&'a str>,
    pub(super) owner: Option<&'a str>,
    pub(super) reviewed: Option<String>,
    /// The last day before the text is overdue for review.
    pub(super) review_due: Option<String>,
    pub(super) url: &'a str,
    pub(super) canonical: String,
    pub(super) body: Option<String>,
    pub(super) source: &'a str,
    pub(super) headings: Vec<ContentsEntry>,
    pub(super) has_details: bool,
    pub(super) has_title: bool,
    pub(super) search: bool,
    pub(super) tags: Vec<&'a str>,
    pub(super) tag_links: Vec<NavigationLink<'a>>,
    /// `folder`, `tags` or `tag`; `None` for a page that has a file.
    pub(super) generated: Option<&'static str>,
    /// JSON of the inputs that the body shows, safe in HTML; `None` without any.
    pub(super) inputs: Option<String>,
    /// A path code that opens a flow, on the home page.
    pub(super) example_code: Option<String>,
    pub(super) layout: &'a str,
}

/// A page or flow that a page lists.
#[derive(Serialize)]
pub(super) struct Child<'a> {
    title: &'a str,
    url: String,
    description: Option<&'a str>,
    kind: &'static str,
    /// How many pages and flows it lists in turn.
    count: usize,
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
        let mut path = here.map(|here| self.site.navigation.ancestors_of(here)).unwrap_or_default();
        path.extend(here);
        let language = here.and_then(|here| self.site.metadata_of(here).language.as_deref());
        SiteContext {
            title: &config.title,
            language: language.unwrap_or(&config.language),
            base_url: config.base_url.join("/"),
            base_path: &config.base_url.path,
            home: addresses.of("/"),
            sections: self.section_links(addresses, &path),
            section_count: self.site.navigation.sections.len(),
            all_sections: self.all_sections(addresses),
            sidebar: self.sidebar(&path),
            tree: self.tree(addresses, &path),
            policy: policy(config),
            copies: self.copies_route().map(|route| addresses.of(&route)),
            changes: self.changes.map(|changes| ChangesLink {
                url: addresses.of(changes_route(&config.language)),
                since: &changes.since,
            }),
        }
    }

    pub(super) fn theme_context(&self, addresses: Addresses<'_>) -> ThemeContext {
        ThemeContext {
            css: addresses.of(self.theme.css_path(false)),
            js: addresses.of(&self.theme.script_path()),
            files: addresses.of(&self.theme.assets_folder),
            parts: addresses.of(&self.parts_path),
            worker: worker::is_enabled(self.site, self.theme).then(|| addresses.of(worker::PATH)),
        }
    }

    pub(super) fn entry_context(
        &self,
        entry: Entry,
        mut page: PageContext<'a>,
        addresses: Addresses<'_>,
    ) -> EntryContext<'a> {
        page.tag_links = self.tag_links(entry, addresses);
        let css = addresses.of(self.theme.css_path(matches!(entry, Entry::Flow(_))));
        let navigation = &self.site.navigation;
        let link = |entry: Entry| self.link(entry, addresses, false);
        EntryContext {
            site: self.site_context(addresses, Some(entry)),
            theme: ThemeContext { css, ..self.theme_context(addresses) },
            page,
            breadcrumbs: navigation.ancestors_of(entry).into_iter().map(link).collect(),
            previous: navigation.previous_of(entry).map(link),
            next: navigation.next_of(entry).map(link),
            children: self.listed_by(entry).into_iter().map(|child| self.child(child, addresses)).collect(),
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
            review_due: metadata.review_due().map(|date| date.to_string()),
            url,
            canonical: self.site.config.base_url.join(url),
            source: match self.generated_kind(entry) {
                Some(Generated::Tag | Generated::Tags) => "",
                _ => self.sources.path(self.site.file_of(entry)),
            },
            search: metadata.search,
            tags: metadata.tags.iter().map(|tag| tag.value.as_str()).collect(),
            generated: self.generated_kind(entry).map(name_of),
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

    /// Whether no editor wrote a page.
    pub(super) fn is_generated(&self, entry: Entry) -> bool {
        self.generated_kind(entry).is_some()
    }

    fn generated_kind(&self, entry: Entry) -> Option<Generated> {
        match entry {
            Entry::Page(id) => self.site.page(id).generated,
            Entry::Flow(_) => None,
        }
    }

    /// The pages of the tags of a page or flow.
    fn tag_links(&self, entry: Entry, addresses: Addresses<'_>) -> Vec<NavigationLink<'a>> {
        let link = |text: &'a str| {
            let page = self.site.tags.find(text)?.page?;
            Some(NavigationLink { title: text, ..self.link(page, addresses, false) })
        };
        self.site.metadata_of(entry).tags.iter().filter_map(|tag| link(&tag.value)).collect()
    }

    /// What the page of an entry lists: its children; of a tag, what has it; of the page of tags, their pages.
    fn listed_by(&self, entry: Entry) -> Vec<Entry> {
        let site = self.site;
        let mut listed: Vec<Entry> = match self.generated_kind(entry) {
            Some(Generated::Tags) => site.tags.all.iter().filter_map(|tag| tag.page).collect(),
            Some(Generated::Tag) => site.tags.of_page(entry).map(|tag| tag.entries.clone()).unwrap_or_default(),
            Some(Generated::Folder) | None => return site.navigation.children_of(entry).to_vec(),
        };
        listed.sort_by_cached_key(|entry| FoldedTitle(fold_title(&site.metadata_of(*entry).title.value)));
        listed
    }

    /// How many pages and flows an entry lists.
    fn count_listed(&self, entry: Entry) -> usize {
        match self.generated_kind(entry) {
            Some(Generated::Tags) => self.site.tags.all.len(),
            Some(Generated::Tag) => self.site.tags.of_page(entry).map_or(0, |tag| tag.entries.len()),
            Some(Generated::Folder) | None => self.site.navigation.children_of(entry).len(),
        }
    }

    fn child(&self, entry: Entry, addresses: Addresses<'_>) -> Child<'a> {
        let metadata = self.site.metadata_of(entry);
        Child {
            title: &metadata.title.value,
            url: addresses.of_entry(self.site, entry, None),
            description: metadata.description.as_deref(),
            kind: kind_of(entry),
            count: self.count_listed(entry),
        }
    }
}

/// A folded title in natural order.
#[derive(PartialEq, Eq)]
struct FoldedTitle(String);

impl Ord for FoldedTitle {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        compare_naturally(&self.0, &other.0).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for FoldedTitle {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The name of a kind of list page in templates.
fn name_of(kind: Generated) -> &'static str {
    match kind {
        Generated::Folder => "folder",
        Generated::Tags => "tags",
        Generated::Tag => "tag",
    }
}
