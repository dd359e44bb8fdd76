//! The links of a site: kind, source, target, place and owner of each.
//!
//! A link inside a transcluded text belongs to the page in which it was written. Edges between nodes of one flow are
//! not links: they are [`NodeExit`](super::node::NodeExit)s. Entry points: [`Site::links`], [`Site::links_of`],
//! [`Node::all_links`], [`ResolvedBody::links`].

use std::ops::Range;

use super::Site;
use super::flow::Node;
use super::ids::{Entry, FlowId, NodeId};
use super::target::{ResolvedBody, Target, Transclusion};
use crate::content::body::{HoleKind, RawLink};
use crate::content::template::Template;
use crate::source::Span;

/// A place that leads to a page, a flow, a file or another site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link<'a> {
    pub(crate) kind: LinkKind,
    /// The address as written. `None` for a node's `content` and `call`.
    pub(crate) source: Option<&'a RawLink>,
    pub(crate) target: LinkTarget<'a>,
    /// Where the address was written. For a node's `content` and `call`, the node's id.
    pub(crate) span: Span,
}

/// The page, flow or node that contains a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LinkOwner {
    pub(crate) entry: Entry,
    pub(crate) node: Option<NodeId>,
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum LinkKind {
    /// A link of a text, raw HTML included, or one of a node's `links`.
    Link,
    /// An image, or another resource that raw HTML loads into a page.
    Image,
    /// `:::include`.
    Transclusion,
    /// `:::flow`.
    Flow,
    /// A node's `content`.
    Content,
    /// A node's `call`.
    Call,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LinkTarget<'a> {
    /// A page or flow, and an anchor or node of it.
    Entry(Entry, Option<&'a str>),
    /// The text of a page, shown in place.
    Text(&'a Transclusion),
    /// A copied file, by its output path.
    File(&'a str),
    /// Another site, a telephone number, an e-mail.
    External(&'a Template),
    /// Nothing that exists, which was reported.
    Broken,
}

impl LinkKind {
    /// The word that `links.json` uses.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Image => "image",
            Self::Transclusion => "transclusion",
            Self::Flow => "flow",
            Self::Content => "content",
            Self::Call => "call",
        }
    }

    fn of_hole(hole: &HoleKind) -> Option<Self> {
        match hole {
            HoleKind::Link(_) => Some(Self::Link),
            HoleKind::Image(_) | HoleKind::Address(_) => Some(Self::Image),
            HoleKind::Include(_) => Some(Self::Transclusion),
            HoleKind::Flow { .. } => Some(Self::Flow),
            _ => None,
        }
    }
}

impl<'a> LinkTarget<'a> {
    /// The page or flow it leads to, and the anchor or node in it.
    pub(crate) fn entry(self) -> Option<(Entry, Option<&'a str>)> {
        match self {
            Self::Entry(entry, anchor) => Some((entry, anchor)),
            Self::Text(text) => Some((Entry::Page(text.page), text.anchor.as_deref())),
            Self::File(_) | Self::External(_) | Self::Broken => None,
        }
    }

    pub(crate) fn is_external(self) -> bool {
        matches!(self, Self::External(_))
    }
}

impl<'a> From<&'a Target> for LinkTarget<'a> {
    fn from(target: &'a Target) -> Self {
        match target {
            Target::Entry { entry, anchor, .. } => Self::Entry(*entry, anchor.as_deref()),
            Target::Asset { path, .. } => Self::File(path),
            Target::External(template) => Self::External(template),
            Target::Text(transclusion) => Self::Text(transclusion),
            Target::Broken => Self::Broken,
        }
    }
}

impl<'a> Link<'a> {
    fn new(kind: LinkKind, source: &'a RawLink, target: &'a Target) -> Self {
        Self { kind, source: Some(source), target: target.into(), span: source.span }
    }
}

impl ResolvedBody {
    /// The links of the body, in order.
    pub(crate) fn links(&self) -> impl Iterator<Item = Link<'_>> {
        self.links_in(0..usize::MAX)
    }

    /// The links whose holes stand in a range of the HTML.
    pub(crate) fn links_in(&self, range: Range<usize>) -> impl Iterator<Item = Link<'_>> {
        let holes = self.body.holes.iter().zip(&self.targets).filter(move |(hole, _)| range.contains(&hole.at));
        holes.filter_map(|(hole, target)| {
            Some(Link::new(LinkKind::of_hole(&hole.kind)?, hole.kind.link()?, target.as_ref()?))
        })
    }
}

impl Node {
    /// The node's `content`, its `call`, its `links`, and the links of its texts.
    pub(crate) fn all_links(&self) -> impl Iterator<Item = Link<'_>> {
        let span = self.id.span;
        let unwritten = move |kind, target| Link { kind, source: None, target, span };
        let content = self.content.iter().map(move |text| unwritten(LinkKind::Content, LinkTarget::Text(text)));
        let flow = self.called_flow().map(|flow| LinkTarget::Entry(Entry::Flow(flow), None));
        let call = flow.map(|flow| unwritten(LinkKind::Call, flow));
        let links = self.links.iter().map(|link| Link::new(LinkKind::Link, &link.source, &link.target));
        content.chain(call).chain(links).chain(self.texts().flat_map(ResolvedBody::links))
    }
}

impl Site {
    /// Every link of the site: those of the pages, then those of the flows.
    pub(crate) fn links(&self) -> impl Iterator<Item = (LinkOwner, Link<'_>)> {
        let pages = (0..self.pages.len()).map(|index| Entry::Page(super::PageId(index)));
        let flows = (0..self.flows.len()).map(|index| Entry::Flow(FlowId(index)));
        pages.chain(flows).flat_map(|entry| self.links_of(entry))
    }

    /// The links of a page or flow, in the order in which they were written.
    pub(crate) fn links_of(&self, entry: Entry) -> impl Iterator<Item = (LinkOwner, Link<'_>)> {
        let (page, nodes) = match entry {
            Entry::Page(id) => (Some(self.page(id)), &[][..]),
            Entry::Flow(id) => (None, self.flow(id).nodes.as_slice()),
        };
        let of_page = page.into_iter().flat_map(|page| page.body.links());
        let of_page = of_page.map(move |link| (LinkOwner { entry, node: None }, link));
        let of_nodes = nodes.iter().enumerate().flat_map(move |(index, node)| {
            let owner = LinkOwner { entry, node: Some(NodeId(index)) };
            node.all_links().map(move |link| (owner, link))
        });
        of_page.chain(of_nodes)
    }

    /// How many links, images and transclusions were written. Calls are not counted.
    pub(crate) fn link_count(&self) -> usize {
        self.links().filter(|(_, link)| link.kind != LinkKind::Call).count()
    }
}
