//! Resolution of raw links: each [`RawLink`] becomes a [`Target`], or is reported where it was written.

use std::ops::Range;

use super::Entry;
use super::ids::{FlowId, PageId};
use super::routes::{LinkedFile, Routes, content_path, route_of_path};
use super::target::{ResolvedBody, Target, Transclusion};
use crate::config::{Config, Input, InputType};
use crate::content::Page;
use crate::content::body::{AnchorKind, Body, HoleKind, RawLink};
use crate::content::flow::RawFlow;
use crate::content::template::{Piece, Placeholder, Template};
use crate::diagnostic::{Diagnostic, Diagnostics, Names, catalogue, nearest};
use crate::source::{FileId, Sources, Span};
use crate::url::contact::is_invalid_contact;
use crate::url::{
    HostFault, Parts, Refusal, decode, encode_readable_path, find_host_fault, find_refusal, folder_of, guess_address,
    has_whole_authority, is_absolute, relative_path, resolve_path, scheme_of,
};

pub(crate) struct LinkResolver<'a> {
    config: &'a Config,
    pages: &'a [Page],
    flows: &'a [RawFlow],
    routes: &'a Routes,
    sources: &'a Sources,
    /// The ids of each page, then of each flow.
    page_ids: Vec<Names<'a>>,
    flow_ids: Vec<Names<'a>>,
    /// The paths that a link may name.
    paths: Names<'a>,
}

impl<'a> LinkResolver<'a> {
    pub(crate) fn new(
        config: &'a Config,
        pages: &'a [Page],
        flows: &'a [RawFlow],
        routes: &'a Routes,
        sources: &'a Sources,
    ) -> Self {
        let page_ids = pages.iter().map(ids_of_page).collect();
        let flow_ids = flows.iter().map(ids_of).collect();
        Self { config, pages, flows, routes, sources, page_ids, flow_ids, paths: routes.paths().collect() }
    }

    /// One item for each hole of a body of `file`.
    pub(crate) fn resolve_holes(&self, body: &Body, file: FileId, found: &mut Diagnostics) -> Vec<Option<Target>> {
        let resolve = |kind: &HoleKind, found: &mut Diagnostics| match kind {
            HoleKind::Link(link) | HoleKind::Image(link) | HoleKind::Address(link) => {
                Some(self.resolve_link(link, file, found))
            }
            HoleKind::Attribute { links, .. } => self.has_unsafe_address(links, found).then_some(Target::Broken),
            HoleKind::Include(link) => Some(self.resolve_text(link, file, found)),
            HoleKind::Flow { link, .. } => Some(self.resolve_shown_flow(link, file, found)),
            _ => None,
        };
        body.holes.iter().map(|hole| resolve(&hole.kind, found)).collect()
    }

    pub(crate) fn resolve_fragment(&self, body: Body, file: FileId, found: &mut Diagnostics) -> ResolvedBody {
        let targets = self.resolve_holes(&body, file, found);
        ResolvedBody { body, targets }
    }

    pub(crate) fn resolve_link(&self, link: &RawLink, file: FileId, found: &mut Diagnostics) -> Target {
        self.resolve_link_or_part(link, file, false, found)
    }

    /// Resolves a link; a transclusion may name a part, which is not published.
    fn resolve_link_or_part(&self, link: &RawLink, file: FileId, is_included: bool, found: &mut Diagnostics) -> Target {
        let written = self.with_values(&link.text);
        if written.trim().is_empty() {
            found.push(catalogue::link::empty(link.span));
            return Target::Broken;
        }
        if self.has_unsafe_scheme(&written, link, found) {
            return Target::Broken;
        }
        if self.is_typed(&link.text, file) {
            return Target::External(link.text.clone());
        }
        if is_absolute(&written) {
            return self.resolve_external(link, &written, file, found);
        }
        match self.find_target(&written, link.span, file, found) {
            Some((LinkedFile::Document(entry), parts)) => self.resolve_anchor(entry, parts, link.span, found),
            Some((LinkedFile::Draft(_, Some(part)), parts))
                if is_included || self.is_unpublished(file) && parts.anchor().is_some_and(|id| !id.is_empty()) =>
            {
                self.resolve_anchor(Entry::Page(part), parts, link.span, found)
            }
            Some((LinkedFile::Draft(draft, _), _)) => {
                let path = content_path(self.sources.path(draft));
                found.push(catalogue::page::links_to_draft(link.span, path));
                Target::Broken
            }
            Some((LinkedFile::Asset(path), parts)) => {
                Target::Asset { path, suffix: format!("{}{}", parts.query, parts.fragment) }
            }
            Some((LinkedFile::Refused, _)) | None => Target::Broken,
        }
    }

    /// True for the text of a draft or a part. Where it is included, the anchors of other parts can be too.
    fn is_unpublished(&self, file: FileId) -> bool {
        let own = self.routes.find_file(content_path(self.sources.path(file)));
        matches!(own, Some(LinkedFile::Draft(..)))
    }

    /// True for an address that begins with an input of type `url`, which the reader types.
    fn is_typed(&self, address: &Template, file: FileId) -> bool {
        let Some(Piece::Placeholder(Placeholder { name, filter: None })) = address.pieces.first() else { return false };
        self.find_input(name, file).is_some_and(|input| input.kind == InputType::Url)
    }

    /// An input by name, as a page or flow knows it.
    fn find_input(&self, name: &str, file: FileId) -> Option<&Input> {
        let own = self.flows.iter().find(|flow| flow.file == file).map(|flow| &flow.inputs);
        let mut inputs = self.config.inputs.iter().chain(own.into_iter().flatten()).rev();
        inputs.find(|input| input.name.value == name)
    }

    /// True if one of several addresses is refused, which is reported.
    fn has_unsafe_address(&self, links: &[RawLink], found: &mut Diagnostics) -> bool {
        links.iter().any(|link| self.has_unsafe_scheme(&self.with_values(&link.text), link, found))
    }

    /// Reports an address that no site can have. `written` is the address of the link with values.
    fn has_unsafe_scheme(&self, written: &str, link: &RawLink, found: &mut Diagnostics) -> bool {
        let Some(refusal) = find_refusal(written, link.usage, &self.config.links.schemes) else { return false };
        found.push(match refusal {
            Refusal::Active => catalogue::link::unsafe_url(link.span, written),
            Refusal::LocalPath => catalogue::link::local_path(link.span, written),
            Refusal::Scheme(scheme) => match guess_address(written) {
                Some(guess) => catalogue::link::invalid_url(link.span, written).suggest_for(written, Some(guess)),
                None => catalogue::link::unknown_scheme(link.span, scheme),
            },
        });
        true
    }

    /// Resolves a `:::flow`.
    fn resolve_shown_flow(&self, link: &RawLink, file: FileId, found: &mut Diagnostics) -> Target {
        let target = self.resolve_link(link, file, found);
        if matches!(target, Target::Broken | Target::Entry { entry: Entry::Flow(_), .. }) {
            return target;
        }
        found.push(catalogue::link::not_a_flow(link.span, &link.written));
        Target::Broken
    }

    /// Resolves a transclusion: a whole page, or one anchor of it.
    pub(crate) fn resolve_text(&self, link: &RawLink, file: FileId, found: &mut Diagnostics) -> Target {
        match self.resolve_link_or_part(link, file, true, found) {
            Target::Entry { entry: Entry::Page(page), anchor, .. } => {
                self.transclude(page, anchor, link.span, found).map_or(Target::Broken, Target::Text)
            }
            Target::Broken => Target::Broken,
            _ => {
                found.push(catalogue::link::not_a_page(link.span, &link.written));
                Target::Broken
            }
        }
    }

    fn transclude(
        &self,
        page: PageId,
        anchor: Option<String>,
        span: Span,
        found: &mut Diagnostics,
    ) -> Option<Transclusion> {
        let body = &self.pages[page.0].body;
        let content = match &anchor {
            None => body.without_notes(),
            Some(id) => self.transcluded_range(page, body, id, span, found)?,
        };
        Some(Transclusion { page, anchor, content })
    }

    fn transcluded_range(
        &self,
        page: PageId,
        body: &Body,
        id: &str,
        span: Span,
        found: &mut Diagnostics,
    ) -> Option<Range<usize>> {
        let anchor = body.find_anchor(id)?;
        let is_nothing = anchor.kind == AnchorKind::Named && anchor.content.is_empty();
        if anchor.kind == AnchorKind::Element || is_nothing {
            let path = content_path(self.sources.path(self.pages[page.0].file));
            found.push(catalogue::link::not_transcludable(span, id, path));
            return None;
        }
        Some(anchor.content.clone())
    }

    /// Address of a page or flow below the base.
    pub(crate) fn route_of(&self, entry: Entry) -> &str {
        self.routes.route_of(entry)
    }

    /// The path of the flow whose name is most similar to that of a `call`, as it would be written there.
    pub(crate) fn nearest_flow(&self, written: &str, file: FileId) -> Option<String> {
        let own_path = content_path(self.sources.path(file));
        let paths: Vec<_> =
            self.flows.iter().map(|flow| relative_path(own_path, content_path(self.sources.path(flow.file)))).collect();
        nearest(written, paths.iter().map(String::as_str)).map(str::to_owned)
    }

    /// Finds the flow a `call` names.
    pub(crate) fn find_flow(&self, written: &str, file: FileId) -> Option<FlowId> {
        let path = self.path_from(written, file)?;
        match self.routes.find_file(&path)? {
            LinkedFile::Document(Entry::Flow(id)) => Some(id),
            _ => None,
        }
    }

    /// True if a `call` names a file that is not read, which was reported.
    pub(crate) fn is_refused(&self, written: &str, file: FileId) -> bool {
        let found = self.path_from(written, file).and_then(|path| self.routes.find_file(&path));
        found == Some(LinkedFile::Refused)
    }

    /// The address with the site's values filled in.
    fn with_values(&self, template: &Template) -> String {
        template.fill(|placeholder| self.config.find_value(placeholder.value_name()?).map(str::to_owned))
    }

    fn resolve_external(&self, link: &RawLink, written: &str, file: FileId, found: &mut Diagnostics) -> Target {
        if let Some(name) = self.find_typed_host(&link.text, file) {
            found.push(catalogue::link::typed_host(link.span, name));
            return Target::Broken;
        }
        let is_open = written.contains('{');
        let is_invalid = match scheme_of(written).as_deref() {
            None | Some("http" | "https") => find_host_fault(written),
            Some("mailto" | "tel") if !is_open && is_invalid_contact(written) => Some(HostFault::Syntax),
            Some(_) => None,
        };
        if let Some(fault) = is_invalid {
            found.push(match fault {
                HostFault::Syntax => {
                    catalogue::link::invalid_url(link.span, written).suggest_for(written, guess_address(written))
                }
                HostFault::Host(host) => catalogue::link::impossible_host(link.span, host),
                HostFault::Port(port) => catalogue::link::impossible_port(link.span, port),
            });
            return Target::Broken;
        }
        Target::External(link.text.clone())
    }

    /// The first input in the user, host or port of an address. What a reader types must not decide the site.
    fn find_typed_host<'t>(&self, address: &'t Template, file: FileId) -> Option<&'t str> {
        let mut before = String::new();
        for piece in &address.pieces {
            match piece {
                Piece::Text(text) => before.push_str(text),
                Piece::Placeholder(placeholder) => match placeholder.value_name() {
                    Some(name) => before.push_str(self.config.find_value(name).unwrap_or_default()),
                    None if has_whole_authority(&before) => return None,
                    None => return self.find_input(&placeholder.name, file).map(|_| placeholder.name.as_str()),
                },
            }
        }
        None
    }

    fn find_target<'t>(
        &self,
        written: &'t str,
        span: Span,
        file: FileId,
        found: &mut Diagnostics,
    ) -> Option<(LinkedFile, Parts<'t>)> {
        let parts = Parts::of(written);
        let written_path = decode(parts.path);
        let own_path = content_path(self.sources.path(file));
        if parts.path.is_empty() {
            return Some((self.routes.find_file(own_path)?, parts));
        }
        if let Some(route) = written_path.strip_prefix('/') {
            let entry = self.routes.find_entry(&written_path).map(LinkedFile::Document);
            let place = entry.or_else(|| self.routes.find_file(route));
            if place.is_none() {
                let missing = || catalogue::link::missing_route(span, &written_path).suggest(self.nearest_path(route));
                let moved = self.find_moved(&written_path, own_path, parts.path, span);
                found.push(moved.unwrap_or_else(missing));
            }
            return place.map(|place| (place, parts));
        }
        let Some(path) = self.path_from(&written_path, file) else {
            let copied = written_path.trim_start_matches("../").strip_prefix("static/");
            let place = copied.filter(|path| self.routes.find_file(path).is_some()).map(|path| format!("/{path}"));
            let finding = catalogue::link::outside_root(span, &written_path);
            found.push(finding.suggest_for(parts.path, place.map(|place| encode_readable_path(&place))));
            return None;
        };
        let place = self.routes.find_file(&path);
        if place.is_none() {
            let moved = self.find_moved(&route_of_path(&path), own_path, parts.path, span);
            let guess = || {
                Some(catalogue::link::invalid_url(span, written).suggest_for(written, Some(guess_address(written)?)))
            };
            let missing = || {
                let suggestion = self.nearest_path(&path).map(|near| relative_path(own_path, near));
                let finding = catalogue::link::missing_file(span, &written_path).suggest(suggestion.as_ref());
                match suggestion {
                    Some(near) => finding.replace_name(&written_path, &near, parts.path, &encode_readable_path(&near)),
                    None => finding,
                }
            };
            found.push(moved.or_else(guess).unwrap_or_else(missing));
        }
        place.map(|place| (place, parts))
    }

    /// The finding for an old address of a page or flow, with its file.
    fn find_moved(&self, route: &str, own_path: &str, written: &str, span: Span) -> Option<Diagnostic> {
        let file = match self.routes.find_redirect(route)? {
            Entry::Page(id) => self.pages[id.0].file,
            Entry::Flow(id) => self.flows[id.0].file,
        };
        let path = relative_path(own_path, content_path(self.sources.path(file)));
        let to = encode_readable_path(&path);
        // An old address has one present file.
        Some(catalogue::link::moved(span, route, &path).replace_name(&path, &path, written, &to))
    }

    fn nearest_path(&self, path: &str) -> Option<&str> {
        self.paths.nearest(path)
    }

    /// The path below `content/` that a relative address names; `None` when it leaves `content/`.
    fn path_from(&self, address: &str, file: FileId) -> Option<String> {
        let path = resolve_path(folder_of(content_path(self.sources.path(file))), address)?;
        let is_folder = address.ends_with('/') && !path.is_empty();
        Some(match is_folder {
            true if self.routes.is_folder(&path) => path,
            true => path + "index.md",
            false => path.trim_end_matches('/').to_owned(),
        })
    }

    fn resolve_anchor(&self, entry: Entry, parts: Parts<'_>, span: Span, found: &mut Diagnostics) -> Target {
        let directive = parts.directive().map(str::to_owned);
        let Some(id) = parts.anchor().filter(|id| !id.is_empty()) else {
            return Target::Entry { entry, anchor: None, directive };
        };
        let (file, ids) = self.anchors_of(entry);
        // Answers may follow the node (`#node~question:option`); `#top` is the beginning of any page (WHATWG HTML,
        // 7.4.6.4).
        let node = if matches!(entry, Entry::Flow(_)) { id.split('~').next().unwrap_or_default() } else { id.as_str() };
        if !ids.contains(node) && !id.eq_ignore_ascii_case("top") {
            let path = content_path(self.sources.path(file));
            let finding = catalogue::link::missing_anchor(span, &id, path).depends_on(file);
            found.push(match ids.nearest(&id) {
                Some(near) => {
                    let to = format!("#{near}");
                    finding.suggest(Some(&to)).replace_name(&id, near, parts.fragment, &to)
                }
                None => finding,
            });
            return Target::Broken;
        }
        Target::Entry { entry, anchor: Some(self.present_anchor(entry, id)), directive }
    }

    /// The present name of an anchor.
    fn present_anchor(&self, entry: Entry, id: String) -> String {
        let Entry::Page(page) = entry else { return id };
        let Page { front_matter, body, .. } = &self.pages[page.0];
        let present = front_matter.present_anchor(&id).filter(|_| body.find_anchor(&id).is_none());
        present.map_or(id.clone(), str::to_owned)
    }

    fn anchors_of(&self, entry: Entry) -> (FileId, &Names<'a>) {
        match entry {
            Entry::Page(id) => (self.pages[id.0].file, &self.page_ids[id.0]),
            Entry::Flow(id) => (self.flows[id.0].file, &self.flow_ids[id.0]),
        }
    }
}

/// Reports former names of anchors that a page still has, and present ones that it lacks.
pub(super) fn check_anchors(page: &Page, found: &mut Diagnostics) {
    for anchor in &page.front_matter.anchors {
        let (former, present) = (&anchor.name, &anchor.value);
        if page.body.find_anchor(&former.value).is_some() {
            found.push(catalogue::front_matter::anchor_exists(former.span, &former.value));
        }
        if page.body.find_anchor(&present.value).is_none() {
            let names = page.body.anchors.iter().map(|anchor| &*anchor.id);
            let finding = catalogue::front_matter::unknown_anchor(present.span, &present.value);
            found.push(finding.suggest_for(&present.value, nearest(&present.value, names)));
        }
    }
}

/// The anchors of a page, with the former names of those that exist.
fn ids_of_page(page: &Page) -> Names<'_> {
    let former = page.front_matter.anchors.iter().filter(|anchor| page.body.find_anchor(&anchor.value.value).is_some());
    let present = page.body.anchors.iter().map(|anchor| &*anchor.id);
    present.chain(former.map(|anchor| anchor.name.value.as_str())).collect()
}

/// The ids of a flow's nodes, with their aliases.
fn ids_of(flow: &RawFlow) -> Names<'_> {
    let aliases = flow.nodes.iter().flat_map(|node| &node.aliases);
    flow.nodes.iter().map(|node| &node.id).chain(aliases).map(|id| id.value.as_str()).collect()
}
