//! Records of one flow: the flow, its nodes, options and outcomes, and what they let readers copy.

use super::mention::{Mention, MentionKind};
use super::record::{Place, Record, RecordKind};
use super::scan::{Shown, Sink, scan};
use super::texts::{Texts, join_words};
use crate::content::body::Anchor;
use crate::content::template::{Placeholder, Template};
use crate::site::SitePage;
use crate::site::flow::{Flow, Node, NodeKind};
use crate::site::target::{ResolvedBody, Transclusion};

/// What a flow gives to the search.
#[derive(Default)]
pub(super) struct FlowRecords {
    /// The flow first.
    pub(super) records: Vec<Record>,
    pub(super) mentions: Vec<Mention>,
    /// The texts of pages that nodes show, each with the place of the node, and the record of the node if it has one.
    pub(super) includes: Vec<(Transclusion, Place, Option<usize>)>,
}

/// The records of a flow. `template` is that of the flow itself.
pub(super) fn records_of(texts: Texts<'_>, flow: &Flow, template: &Record) -> FlowRecords {
    let metadata = &flow.metadata;
    let hints =
        metadata.tags.iter().map(|tag| &tag.value).chain(&metadata.nav_title).cloned().collect::<Vec<_>>().join(" ");
    let text = metadata.description.clone().unwrap_or_default();
    let mut found = FlowRecords { records: vec![Record { text, hints, ..template.clone() }], ..FlowRecords::default() };
    for node in &flow.nodes {
        NodeReader { texts, flow, template }.read(node, &mut found);
    }
    found
}

#[derive(Clone, Copy)]
struct NodeReader<'a> {
    texts: Texts<'a>,
    flow: &'a Flow,
    template: &'a Record,
}

impl NodeReader<'_> {
    fn read(self, node: &Node, found: &mut FlowRecords) {
        let title = node.title.as_deref().map(|title| self.fill(title));
        let place = Place {
            title: title.clone().unwrap_or_else(|| self.template.place.title.clone()),
            anchor: Some(node.id.value.clone()),
            ..self.template.place.clone()
        };
        let mut sink = NodeSink { texts: self.texts, flow: Some(self.flow), text: String::new(), copies: Vec::new() };
        node.texts().for_each(|body| sink.read(body));
        let (text, mut mentions) = (sink.text, sink.copies);
        mentions.extend(node.copy.iter().map(|copy| self.mention(&copy.label, &copy.template)));
        let has_own = title.is_some() || !text.trim().is_empty();
        let index = has_own.then_some(found.records.len());
        if let Some(transclusion) = &node.content {
            found.includes.push((transclusion.clone(), place.clone(), index));
        }
        if has_own {
            found.records.push(self.record_of(node, place.clone(), &text));
        }
        let owner = index.unwrap_or(0);
        found.mentions.extend(mentions.into_iter().map(|mention| Mention { record: owner, ..mention }));
        self.read_options(node, &place, found);
    }

    fn record_of(self, node: &Node, place: Place, text: &str) -> Record {
        let kind = if node.is_outcome() { RecordKind::Outcome } else { RecordKind::Node };
        let mut parts: Vec<String> = vec![text.to_owned()];
        parts.extend(node.links.iter().map(|link| self.fill(&link.label)));
        if let NodeKind::Outcome { status: Some(status), .. } = &node.kind {
            parts.push(self.fill(status));
        }
        let text = join_words(&parts.join(" "));
        let labels = node.options().iter().map(|option| option.label.value.as_str());
        let hints = labels.chain([node.id.value.as_str()]).collect::<Vec<_>>().join(" ");
        Record { kind, place, trail: vec![self.template.place.title.clone()], text, hints, ..self.template.clone() }
    }

    /// An option with words of its own is a record: “Sim” and “Não” are none.
    fn read_options(self, node: &Node, place: &Place, found: &mut FlowRecords) {
        for option in node.options() {
            let title = self.fill(&option.label.value);
            let language = self.template.language;
            let tokens = super::tokens::tokenize(&title);
            if tokens.iter().all(|token| language.is_stop_word(&token.folded)) {
                continue;
            }
            let text = option.hint.as_deref().map(|hint| self.fill(hint)).unwrap_or_default();
            let trail = vec![self.template.place.title.clone(), place.title.clone()];
            let place = Place { title, ..place.clone() };
            let kind = RecordKind::Option;
            found.records.push(Record { kind, place, trail, text, hints: String::new(), ..self.template.clone() });
        }
    }

    fn mention(self, label: &str, template: &Template) -> Mention {
        let is_complete = template.placeholders().all(|placeholder| placeholder.value_name().is_some());
        let kind = if is_complete { MentionKind::Copy } else { MentionKind::UnfilledCopy };
        let text = self.texts.fill(template, Some(self.flow));
        Mention { kind, text, hint: label.to_owned(), record: 0 }
    }

    fn fill(self, text: &str) -> String {
        self.texts.fill(&Template::parse(text), Some(self.flow))
    }
}

/// The text of a part of a page.
pub(super) fn text_of(texts: Texts<'_>, page: &SitePage, transclusion: &Transclusion) -> String {
    let mut sink = NodeSink { texts, flow: None, text: String::new(), copies: Vec::new() };
    scan(&page.body, transclusion.content.clone(), &mut sink);
    join_words(&sink.text)
}

/// Reads the Markdown of a node, whose anchors are not published.
struct NodeSink<'a> {
    texts: Texts<'a>,
    flow: Option<&'a Flow>,
    text: String,
    copies: Vec<Mention>,
}

impl NodeSink<'_> {
    fn read(&mut self, body: &ResolvedBody) {
        scan(body, 0..body.body.html.len(), self);
        self.text.push(' ');
    }
}

impl Sink for NodeSink<'_> {
    fn open(&mut self, _: &Anchor, summary: Option<String>) {
        self.text.push_str(&summary.unwrap_or_default());
        self.text.push(' ');
    }

    fn close(&mut self, _: &Anchor) {}

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn placeholder(&mut self, placeholder: &Placeholder, is_copied: bool) -> Shown {
        let (text, value) = self.texts.show(placeholder, self.flow);
        if let Some(hint) = value.as_ref().filter(|_| !is_copied) {
            let (kind, hint) = (MentionKind::Value, hint.clone());
            self.copies.push(Mention { kind, text: text.clone(), hint, record: 0 });
        }
        Shown { text, is_value: placeholder.value_name().is_some() }
    }

    fn copy(&mut self, text: String, is_complete: bool) {
        let kind = if is_complete { MentionKind::Copy } else { MentionKind::UnfilledCopy };
        self.copies.push(Mention { kind, text, hint: String::new(), record: 0 });
    }

    fn include(&mut self, _: &Transclusion) {}
}
