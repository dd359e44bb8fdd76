//! Pages of a tree: their paths, titles, order and anchors, before their texts are rewritten.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::code::fence_length;
use super::front::{self, read_yaml};
use super::titles::capitalized;
use super::{Dialect, Remark, Wanted};
use crate::content::slug::Slugger;
use crate::diagnostic::catalogue::import as texts;
use crate::error::Result;
use crate::import::report::Level;
use crate::import::write::FrontMatter;
use crate::project::archive::Archive;
use crate::url::{folder_of, resolve_path};

/// A page of the source.
#[derive(Debug)]
pub(super) struct Page {
    /// Its name in the archive.
    pub(super) name: String,
    /// Below the folder of the import.
    pub(super) path: String,
    pub(super) front: FrontMatter,
    pub(super) body: String,
    /// Ids by their letters and digits. An empty id stands for the title.
    pub(super) anchors: HashMap<String, String>,
    pub(super) remarks: Vec<Remark>,
}

/// Settings of a folder.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) title: Option<String>,
    pub(super) order: Option<i64>,
}

/// All pages of a source.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The folder of the pages; empty or with a slash at its end.
    pub(super) root: String,
    pub(super) pages: Vec<Page>,
    pub(super) by_name: HashMap<String, usize>,
    /// Pages by the route that their generator gives them.
    pub(super) by_route: HashMap<String, usize>,
    /// Folders below that of the import; with a slash at their end.
    pub(super) sections: BTreeMap<String, Section>,
}

static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^ {0,3}(#{1,6})\s+(.*?)\s*(?:\{:?\s*#([\w.:-]+)[^}]*\}|\{/\*\s*#([\w-]+)\s*\*/\})?\s*$")
        .expect("a pattern")
});
static MARKUP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<[^>]*>|\]\([^)]*\)|[\[\]`*\\]|\{[^}]*\}").expect("a pattern"));

/// True for the name of a page that a generator would read.
pub(super) fn is_page(name: &str) -> bool {
    let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "node_modules");
    !is_hidden && [".md", ".mdx", ".markdown"].iter().any(|ending| name.to_lowercase().ends_with(ending))
}

/// The letters and digits of an id without accents, by which anchors of all dialects are compared.
pub(super) fn letters_of(id: &str) -> String {
    let plain = id.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

impl Plan {
    /// Reads the pages of a tree.
    pub(super) fn of(dialect: Dialect, archive: &mut Archive, wanted: &Wanted<'_>) -> Result<Self> {
        let settings = settings_of(archive);
        let mut plan = Self { root: root_of(dialect, archive, &settings), ..Self::default() };
        let names: Vec<String> = archive.names().filter(|name| is_page(name)).map(str::to_owned).collect();
        let is_summary = |name: &str| dialect == Dialect::Mdbook && name.ends_with("SUMMARY.md");
        for name in names.iter().filter(|name| !is_summary(name)) {
            let Some(below) = name.strip_prefix(&plan.root) else { continue };
            let text = String::from_utf8_lossy(&archive.read(name)?).replace("\r\n", "\n");
            let page = read_page(dialect, name, below, &text);
            plan.by_name.insert(name.clone(), plan.pages.len());
            plan.pages.push(page);
        }
        plan.find_routes(wanted);
        match dialect {
            Dialect::Mkdocs => plan.order_by_nav(settings.get("nav").unwrap_or(&Value::Null), &mut 0),
            Dialect::Mdbook => plan.order_by_summary(archive),
            _ => plan.read_categories(archive),
        }
        let has_page = |folder: &str| plan.pages.iter().any(|page| page.path == format!("{folder}index.md"));
        plan.sections =
            std::mem::take(&mut plan.sections).into_iter().filter(|(folder, _)| !has_page(folder)).collect();
        Ok(plan)
    }

    /// True for a requested page.
    #[expect(clippy::unused_self, reason = "it is a question about the plan")]
    pub(super) fn is_wanted(&self, page: &Page, wanted: &Wanted<'_>) -> bool {
        let is_named = |name: &String| *name == page.front.title || *name == page.path || *name == page.name;
        wanted.pages.is_empty() || wanted.pages.iter().any(is_named)
    }

    fn find_routes(&mut self, wanted: &Wanted<'_>) {
        let folder = wanted.folder.strip_prefix("content").unwrap_or(wanted.folder).trim_matches('/');
        let mut taken = HashSet::new();
        for (at, page) in self.pages.iter_mut().enumerate() {
            let own = route_of(&page.path);
            let published = if folder.is_empty() { own.clone() } else { format!("{folder}/{own}") };
            let parent = folder_of(own.trim_end_matches('/')).to_owned();
            let aliases = std::mem::take(&mut page.front.aliases);
            for alias in aliases.iter().filter(|alias| !alias.contains("://")) {
                let path = if alias.starts_with('/') { alias.clone() } else { format!("{parent}{alias}") };
                let route = path.trim_matches('/').to_owned();
                self.by_route.entry(route.clone()).or_insert(at);
                if !route.is_empty() && route != published.trim_matches('/') && taken.insert(route.clone()) {
                    page.front.aliases.push(format!("/{route}/"));
                }
            }
            self.by_route.entry(own.trim_matches('/').to_owned()).or_insert(at);
        }
    }

    /// Gives pages the order and the labels of MkDocs' `nav`.
    fn order_by_nav(&mut self, nav: &Value, count: &mut i64) {
        match nav {
            Value::Array(list) => list.iter().for_each(|entry| self.order_by_nav(entry, count)),
            Value::Object(map) => {
                for (label, entry) in map {
                    if let Value::String(name) = entry {
                        self.set_place(name, Some(label), count);
                    } else {
                        self.name_section(label, entry, *count + 1);
                        self.order_by_nav(entry, count);
                    }
                }
            }
            Value::String(name) => self.set_place(name, None, count),
            _ => {}
        }
    }

    /// Names the folder of all pages of a group.
    fn name_section(&mut self, label: &str, entry: &Value, order: i64) {
        let mut names = Vec::new();
        collect_names(entry, &mut names);
        let mut folders = names.iter().map(|name| folder_of(name));
        let Some(first) = folders.next().filter(|folder| !folder.is_empty()) else { return };
        if folders.all(|folder| folder.starts_with(first)) {
            let section = Section { title: Some(label.to_owned()), order: Some(order) };
            self.sections.entry(first.to_owned()).or_insert(section);
        }
    }

    fn set_place(&mut self, name: &str, label: Option<&str>, count: &mut i64) {
        let Some(name) = resolve_path(&self.root, name.split('#').next().unwrap_or(name)) else { return };
        let Some(at) = self.by_name.get(&name) else { return };
        *count += 1;
        let front = &mut self.pages[*at].front;
        front.order.get_or_insert(*count);
        if let Some(label) = label.filter(|label| *label != front.title) {
            front.nav_title.get_or_insert_with(|| label.to_owned());
        }
    }

    /// Gives pages the order of mdBook's `SUMMARY.md`.
    fn order_by_summary(&mut self, archive: &mut Archive) {
        static ENTRY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[(.*)\]\(([^)]+)\)").expect("a pattern"));
        let bytes = archive.read(&format!("{}SUMMARY.md", self.root)).unwrap_or_default();
        let mut count = 0;
        for found in ENTRY.captures_iter(&String::from_utf8_lossy(&bytes)) {
            self.set_place(&found[2], Some(&found[1].replace(['`', '*'], "")), &mut count);
        }
    }

    /// Reads Docusaurus' `_category_.json`.
    fn read_categories(&mut self, archive: &mut Archive) {
        let is_category = |name: &&str| name.rsplit('/').next().is_some_and(|file| file.starts_with("_category_."));
        let names: Vec<String> = archive.names().filter(is_category).map(str::to_owned).collect();
        for name in names {
            let Some(folder) = name.strip_prefix(&self.root).map(folder_of).filter(|folder| !folder.is_empty()) else {
                continue;
            };
            let bytes = archive.read(&name).unwrap_or_default();
            let Some(value) = read_yaml(&String::from_utf8_lossy(&bytes)) else { continue };
            let title = value.get("label").and_then(Value::as_str).map(str::to_owned);
            #[expect(clippy::cast_possible_truncation, reason = "positions are small")]
            let order = value.get("position").and_then(Value::as_f64).map(|order| order as i64);
            if title.is_some() || order.is_some() {
                self.sections.insert(folder.to_owned(), Section { title, order });
            }
        }
    }

    /// Finds the anchors of all pages in their rewritten texts.
    pub(super) fn find_anchors(&mut self) {
        static IDS: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r#"\{:?\s*#([\w.:-]+)|\b(?:id|name)="([^"]+)""#).expect("a pattern"));
        for page in &mut self.pages {
            let mut slugger = Slugger::default();
            page.anchors.insert(letters_of(&page.front.title), String::new());
            let mut ids = Vec::new();
            for_each_line(&page.body, |line| {
                if let Some(found) = HEADING.captures(line) {
                    let written = found.get(3).or_else(|| found.get(4)).map(|id| id.as_str().to_owned());
                    let id = written.unwrap_or_else(|| slugger.slug(&MARKUP.replace_all(&found[2], "")));
                    slugger.reserve(&id);
                    ids.push(id);
                } else {
                    ids.extend(
                        IDS.captures_iter(line)
                            .filter_map(|found| found.iter().skip(1).flatten().next().map(|id| id.as_str().to_owned())),
                    );
                }
            });
            for id in ids {
                page.anchors.entry(letters_of(&id)).or_insert(id);
            }
        }
    }
}

/// Calls `read` for each line outside of fenced code.
pub(super) fn for_each_line(text: &str, mut read: impl FnMut(&str)) {
    let mut fence: Option<String> = None;
    for line in text.lines() {
        if let Some(open) = &fence {
            if line.trim().starts_with(open.as_str()) && line.trim().chars().all(|c| open.starts_with(c)) {
                fence = None;
            }
        } else if let Some((_, length)) = fence_length(line) {
            fence = Some(line.trim_start()[..length].to_owned());
        } else {
            read(line);
        }
    }
}

fn collect_names<'v>(value: &'v Value, names: &mut Vec<&'v str>) {
    match value {
        Value::String(name) => names.push(name),
        Value::Array(list) => list.iter().for_each(|value| collect_names(value, names)),
        Value::Object(map) => map.values().for_each(|value| collect_names(value, names)),
        _ => {}
    }
}

/// `mkdocs.yml` without the tags of Python.
fn settings_of(archive: &mut Archive) -> Value {
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"!(!python/|ENV\b|relative\b|!)\S*").expect("a pattern"));
    let name = ["mkdocs.yml", "mkdocs.yaml"].into_iter().find(|name| archive.has(name));
    let bytes = name.and_then(|name| archive.read(name).ok()).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    read_yaml(&TAG.replace_all(&text, "")).unwrap_or(Value::Null)
}

/// The folder of the pages.
fn root_of(dialect: Dialect, archive: &Archive, settings: &Value) -> String {
    let folder = match dialect {
        Dialect::Plain => String::new(),
        Dialect::Mkdocs => settings.get("docs_dir").and_then(Value::as_str).unwrap_or("docs").to_owned(),
        Dialect::Docusaurus => "docs".to_owned(),
        Dialect::Hugo => "content".to_owned(),
        Dialect::Mdbook => "src".to_owned(),
        Dialect::Vitepress => {
            let config = archive.names().find_map(|name| name.split_once(".vitepress/config"));
            config.map_or(String::new(), |(folder, _)| folder.trim_end_matches('/').to_owned())
        }
    };
    let folder = resolve_path("", &folder).unwrap_or_default();
    let folder = folder.trim_end_matches('/');
    let root = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    if archive.names().any(|name| name.starts_with(&root) && is_page(name)) { root } else { String::new() }
}

fn route_of(path: &str) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    match stem.rsplit('/').next() {
        Some("index" | "README") => folder_of(stem).to_owned(),
        _ => format!("{stem}/"),
    }
}

fn read_page(dialect: Dialect, name: &str, below: &str, text: &str) -> Page {
    let (read, body) = front::read(text);
    let mut remarks = Vec::new();
    let mut note = |code, text| remarks.push(Remark { code, level: Level::Note, text });
    if read.is_broken {
        note("page/front-matter", texts::broken_front_matter(name));
    }
    if !read.left_out.is_empty() {
        note("page/front-matter", texts::left_out_keys(read.left_out.join(", ")));
    }
    let mut front = read.front;
    let (heading, body) = take_title(body);
    if let Some(heading) = heading {
        let title = std::mem::replace(&mut front.title, heading);
        if !title.is_empty() && title != front.title {
            front.nav_title.get_or_insert(title);
        }
    }
    if front.title.is_empty() {
        let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
        let mut parts = stem.rsplit('/');
        let own = parts.next().unwrap_or(stem);
        let word = if matches!(own, "index" | "_index" | "README") { parts.next().unwrap_or(own) } else { own };
        front.title = capitalized(&word.replace(['-', '_'], " "));
    }
    front.nav_title = front.nav_title.take().filter(|title| *title != front.title);
    Page { name: name.to_owned(), path: path_of(dialect, below), front, body, anchors: HashMap::new(), remarks }
}

/// The path of a page in the site.
fn path_of(dialect: Dialect, below: &str) -> String {
    let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
    let folder = folder_of(stem);
    match &stem[folder.len()..] {
        "_index" if dialect == Dialect::Hugo => format!("{folder}index.md"),
        own => format!("{folder}{}.md", own.replace(':', "-")),
    }
}

/// Takes the first heading of level 1, and moves all others one level down if there is another one.
fn take_title(body: &str) -> (Option<String>, String) {
    let mut title = None;
    let mut lines = Vec::new();
    let mut levels = Vec::new();
    for_each_line(body, |line| levels.extend(HEADING.captures(line).map(|found| found[1].len())));
    let mut is_first = true;
    let others = levels.iter().filter(|level| **level == 1).count();
    let mut fence: Option<String> = None;
    let first_level = levels.first() == Some(&1);
    let shifts = others > usize::from(first_level);
    for line in body.lines() {
        if let Some(open) = &fence {
            if line.trim().starts_with(open.as_str()) && line.trim().chars().all(|c| open.starts_with(c)) {
                fence = None;
            }
        } else if let Some((_, length)) = fence_length(line) {
            fence = Some(line.trim_start()[..length].to_owned());
        } else if let Some(found) = HEADING.captures(line) {
            if is_first && found[1].len() == 1 {
                is_first = false;
                title = Some(MARKUP.replace_all(&found[2], "").trim().to_owned());
                continue;
            }
            is_first = false;
            if shifts && found[1].len() < 6 {
                lines.push(format!("#{}", line.trim_start()));
                continue;
            }
        }
        lines.push(line.to_owned());
    }
    (title, lines.join("\n"))
}
