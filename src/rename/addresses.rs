//! Links: in pages, flows and settings; each is rewritten where its target or its own file is renamed.

use super::subject::Subject;
use super::{Plan, RenamedSite};
use crate::content::body::{Body, HoleKind, RawLink};
use crate::content::flow_node::RawNodeKind;
use crate::content::markdown::parse_fragment;
use crate::diagnostic::Diagnostics;
use crate::project::is_section_file;
use crate::site::Entry;
use crate::site::links::LinkTarget;
use crate::site::routes::{LinkedFile, content_path, route_of_path};
use crate::source::{FileId, Span, Spanned};
use crate::splice::Splice;
use crate::url::{Parts, decode, encode_readable_path, folder_of, is_absolute, relative_path, resolve_path};

/// A written address.
struct Address {
    /// The place of the address, or of a text that contains it.
    span: Span,
    written: String,
    /// The address is relative to the folder of the content, not to its file.
    is_setting: bool,
}

impl Address {
    fn of_link(link: &RawLink) -> Self {
        Self { span: link.span, written: link.written.clone(), is_setting: false }
    }

    fn of_text(text: &Spanned<String>) -> Self {
        Self { span: text.span, written: text.value.clone(), is_setting: false }
    }

    fn of_setting(text: &Spanned<String>) -> Self {
        Self { is_setting: true, ..Self::of_text(text) }
    }
}

/// Rewrites the addresses that lead to the renamed item, or that stand in a moved file.
pub(super) fn rename(site: RenamedSite<'_>, subject: &Subject, new: &str, plan: &mut Plan) {
    if matches!(subject, Subject::Setting { .. } | Subject::FlowInput { .. }) {
        return;
    }
    let rewriter = Rewriter { site, subject, new };
    for address in addresses_of(site) {
        if let Some(rewritten) = rewriter.rewrite(&address).filter(|rewritten| *rewritten != address.written) {
            for start in find_written(site.sources.slice(address.span), &address.written) {
                let at = address.span.range().start + start;
                plan.add(address.span.file, Splice::new(at..at + address.written.len(), &rewritten));
            }
        }
    }
    rewriter.rename_parts_of_the_site(plan);
}

fn addresses_of(site: RenamedSite<'_>) -> Vec<Address> {
    let mut found = Vec::new();
    for page in site.site.all_pages() {
        add_body(&page.body.body, &mut found);
    }
    for flow in site.flows {
        for node in &flow.nodes {
            found.extend(node.content.iter().map(Address::of_text));
            found.extend(node.links.iter().map(|link| Address::of_text(&link.url)));
            if let RawNodeKind::Call(call) = &node.kind {
                found.push(Address::of_text(&call.flow));
            }
            for text in node.text.iter().chain(node.checklist.iter().map(|task| &task.text)) {
                add_body(&parse_fragment(text, &mut Diagnostics::default()), &mut found);
            }
        }
    }
    let search = &site.site.config.search;
    found.extend(search.expect.iter().chain(&search.pinned).map(|named| Address::of_setting(&named.value)));
    found.retain(|address| !address.written.contains('{') && !is_absolute(&address.written));
    found
}

fn add_body(body: &Body, found: &mut Vec<Address>) {
    for hole in &body.holes {
        found.extend(hole.kind.link().map(Address::of_link));
        if let HoleKind::Attribute { links, .. } = &hole.kind {
            found.extend(links.iter().map(Address::of_link));
        }
    }
    found.extend(body.definitions.iter().map(Address::of_link));
}

/// Where an address stands in a text: the whole text, or each place between signs of a link.
fn find_written(text: &str, written: &str) -> Vec<usize> {
    let is_end = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "()<>\"'[],".contains(c));
    let places = text.match_indices(written).map(|(at, _)| at);
    let is_whole =
        |at: &usize| is_end(text[..*at].chars().next_back()) && is_end(text[at + written.len()..].chars().next());
    places.filter(is_whole).collect()
}

struct Rewriter<'a> {
    site: RenamedSite<'a>,
    subject: &'a Subject,
    new: &'a str,
}

impl Rewriter<'_> {
    fn rewrite(&self, address: &Address) -> Option<String> {
        let parts = Parts::of(&address.written);
        let (entry, _) = self.site.resolve_written(address.span.file, &address.written, address.is_setting)?;
        match self.subject {
            Subject::Path { .. } => self.rewrite_path(address, parts, &entry),
            Subject::Anchor { page, anchor } => {
                let Place::Entry(Entry::Page(id)) = entry else { return None };
                let is_it = self.site.site.page(id).file == *page && parts.anchor().as_deref() == Some(anchor);
                let directive = parts.directive().map(|directive| format!(":~:{directive}")).unwrap_or_default();
                is_it.then(|| format!("{}{}#{}{directive}", parts.path, parts.query, self.new))
            }
            _ => {
                let Place::Entry(Entry::Flow(id)) = entry else { return None };
                let fragment = parts.fragment.strip_prefix('#')?;
                let fragment = self.rewrite_fragment(self.site.site.flow(id).file, fragment);
                Some(format!("{}{}#{fragment}", parts.path, parts.query))
            }
        }
    }

    /// `NODE~question:option,option~call/node`.
    fn rewrite_fragment(&self, flow: FileId, fragment: &str) -> String {
        let entry = |entry: &str| {
            let (key, options) = entry.split_once(':').map_or((entry, None), |(key, rest)| (key, Some(rest)));
            let decoded = decode(key);
            let renamed = self.site.parts_of(flow, &decoded, self.subject);
            let part = |(index, part): (usize, &str)| {
                if renamed.contains(&index) && self.is_old(part) { self.new.to_owned() } else { part.to_owned() }
            };
            let key = key.split('/').enumerate().map(part).collect::<Vec<_>>().join("/");
            let Some(options) = options else { return key };
            let is_asked = self.site.leads_to_question(flow, &decoded, self.subject);
            let option =
                |option: &str| if is_asked && self.is_old(option) { self.new.to_owned() } else { option.to_owned() };
            format!("{key}:{}", options.split(',').map(option).collect::<Vec<_>>().join(","))
        };
        fragment.split('~').map(entry).collect::<Vec<_>>().join("~")
    }

    fn is_old(&self, written: &str) -> bool {
        let written = decode(written);
        match self.subject {
            Subject::Node { node, .. } => *node == written,
            Subject::Option { option, .. } => *option == written,
            _ => false,
        }
    }

    fn rewrite_path(&self, address: &Address, parts: Parts<'_>, place: &Place) -> Option<String> {
        if parts.path.is_empty() {
            return None;
        }
        let own = if address.is_setting { "" } else { content_path(self.site.sources.path(address.span.file)) };
        let target = self.site.path_of(place);
        let (new_own, new_target) = (self.moved(own), self.moved(&target));
        if new_own == own && new_target == target {
            return None;
        }
        let written = decode(parts.path);
        let is_folder = written.ends_with('/') || matches!(written.rsplit('/').next(), Some("." | ".."));
        let rewritten = if let Some(route) = written.strip_prefix('/') {
            let is_file = self.site.site.routes.find_file(route).is_some();
            if new_target == target {
                return None;
            }
            if is_file { format!("/{new_target}") } else { route_of_path(&new_target) }
        } else {
            let is_same = resolve_path(folder_of(&new_own), &written).is_some_and(|path| {
                path == new_target
                    || is_folder && path.trim_end_matches('/') == folder_of(&new_target).trim_end_matches('/')
            });
            if is_same {
                return None;
            }
            let is_index = route_of_path(&new_target).trim_matches('/') == folder_of(&new_target).trim_matches('/');
            let to = if is_folder && is_index { folder_of(&new_target) } else { &new_target };
            let relative = relative_path(&new_own, to);
            let is_dotted = written.starts_with("./") && !relative.starts_with('.');
            if is_dotted { format!("./{relative}") } else { relative }
        };
        let is_encoded = written != parts.path;
        let rewritten =
            if is_encoded || rewritten.contains(' ') { encode_readable_path(&rewritten) } else { rewritten };
        Some(format!("{rewritten}{}{}", parts.query, parts.fragment))
    }

    fn moved(&self, path: &str) -> String {
        self.subject.moved(path, self.new)
    }

    /// The routes of `search.lower` and the names of `_section.yaml`.
    fn rename_parts_of_the_site(&self, plan: &mut Plan) {
        let Subject::Path { path, is_folder } = self.subject else { return };
        let (old_route, new_route) = if *is_folder {
            (format!("/{path}/"), format!("/{}/", self.new))
        } else {
            (route_of_path(path), route_of_path(self.new))
        };
        for lower in &self.site.site.config.search.lower {
            if let Some(rest) = lower.value.strip_prefix(&old_route) {
                self.site.replace_text(plan, lower.span, &lower.value, &format!("{new_route}{rest}"));
            }
        }
        for section in self.site.sections {
            let folder = folder_of(content_path(self.site.sources.path(section.file)));
            if folder != folder_of(path) || folder != folder_of(self.new) || is_section_file(path) {
                continue;
            }
            let stem = |path: &str| {
                path.split('/').next_back().unwrap_or_default().split('.').next().unwrap_or_default().to_owned()
            };
            for child in &section.settings.children {
                let is_exact = path.split('/').next_back() == Some(&child.value);
                if is_exact {
                    let name = self.new.split('/').next_back().unwrap_or_default();
                    self.site.replace_text(plan, child.span, &child.value, name);
                } else if child.value == stem(path) {
                    self.site.replace_text(plan, child.span, &child.value, &stem(self.new));
                }
            }
        }
    }
}

impl Subject {
    /// The path below `content/` that a path has after a move.
    pub(super) fn moved(&self, path: &str, new: &str) -> String {
        match self {
            Self::Path { path: old, .. } if path == old => new.to_owned(),
            Self::Path { path: old, is_folder: true } => match path.strip_prefix(&format!("{old}/")) {
                Some(inside) => format!("{new}/{inside}"),
                None => path.to_owned(),
            },
            _ => path.to_owned(),
        }
    }
}

/// What an address names.
pub(super) enum Place {
    Entry(Entry),
    /// A draft or a part that is no page.
    File(FileId),
    Asset(String),
}

impl RenamedSite<'_> {
    /// The page or flow of an address in a file, with its anchor.
    pub(super) fn resolve(self, file: FileId, written: &str) -> Option<(Entry, Option<String>)> {
        match self.resolve_written(file, written, false)? {
            (Place::Entry(entry), anchor) => Some((entry, anchor)),
            _ => None,
        }
    }

    fn resolve_written(self, file: FileId, written: &str, is_setting: bool) -> Option<(Place, Option<String>)> {
        let parts = Parts::of(written);
        let own = if is_setting { "" } else { content_path(self.sources.path(file)) };
        let path = decode(parts.path);
        let routes = &self.site.routes;
        let found = if path.is_empty() {
            routes.find_file(own)
        } else if let Some(route) = path.strip_prefix('/') {
            routes.find_entry(&path).map(LinkedFile::Document).or_else(|| routes.find_file(route))
        } else {
            let resolved = resolve_path(folder_of(own), &path)?;
            let is_folder = path.ends_with('/') && !resolved.is_empty();
            let index = if is_folder && !routes.is_folder(&resolved) {
                resolved.clone() + "index.md"
            } else {
                resolved.clone()
            };
            let by_route = || routes.find_entry(&format!("/{}/", resolved.trim_matches('/'))).filter(|_| is_setting);
            let file = routes.find_file(if is_folder { &index } else { resolved.trim_end_matches('/') });
            file.or_else(|| by_route().map(LinkedFile::Document))
        };
        let place = match found? {
            LinkedFile::Document(entry) => Place::Entry(entry),
            LinkedFile::Draft(_, Some(page)) => Place::Entry(Entry::Page(page)),
            LinkedFile::Draft(file, None) => Place::File(file),
            LinkedFile::Asset(path) => Place::Asset(path),
            LinkedFile::Refused => return None,
        };
        Some((place, parts.anchor()))
    }

    /// The path below `content/` of a place; of a copied file, its output path.
    fn path_of(self, place: &Place) -> String {
        match place {
            Place::Entry(entry) => content_path(self.sources.path(self.site.file_of(*entry))).to_owned(),
            Place::File(file) => content_path(self.sources.path(*file)).to_owned(),
            Place::Asset(path) => path.clone(),
        }
    }

    fn replace_text(self, plan: &mut Plan, span: Span, old: &str, new: &str) {
        if let Some(at) = self.sources.slice(span).find(old) {
            let start = span.range().start + at;
            plan.add(span.file, Splice::new(start..start + old.len(), new));
        }
    }

    /// True for a page that a node of the flow shows.
    pub(super) fn is_shown_by(self, file: FileId, flow: FileId) -> bool {
        let Some(Entry::Page(page)) = self.entry_of(file) else { return false };
        let flow = self.site.flows.iter().find(|other| other.file == flow);
        let links = flow.into_iter().flat_map(|flow| &flow.nodes).flat_map(|node| node.all_links().collect::<Vec<_>>());
        links.into_iter().any(|link| matches!(link.target, LinkTarget::Text(text) if text.page == page))
    }

    /// Every text of the site.
    pub(super) fn texts(self) -> impl Iterator<Item = FileId> {
        let pages = self.site.all_pages().filter(|page| page.generated.is_none()).map(|page| page.file);
        let flows = self.flows.iter().map(|flow| flow.file);
        let sections = self.sections.iter().map(|section| section.file);
        pages.chain(flows).chain(sections).chain([self.config])
    }
}
