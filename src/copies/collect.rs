//! Collection of the exact texts: pages and flows in reading order, then the records of `vereda.yaml`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use indexmap::IndexMap;

use super::kind::{Labels, sort_by_kind};
use super::{ExactText, ExactTexts, TextPlace, TextUse};
use crate::content::body::{Body, Hole, HoleKind};
use crate::content::flow_text::TextRole;
use crate::content::template::{Piece, Placeholder, Template};
use crate::site::flow::{Flow, FlowId, NodeId, PageId};
use crate::site::target::{ResolvedBody, Target, Transclusion};
use crate::site::{Entry, Site};
use crate::source::{Span, Spanned};

/// The uses in a body: where in its HTML, which text, as written.
type BodyUses = Vec<BodyUse>;

#[derive(Clone, Copy)]
struct BodyUse {
    at: usize,
    text: usize,
    span: Span,
    is_copied: bool,
}

/// A text while its uses are collected.
struct Found<'a> {
    template: Template,
    labels: Vec<&'a str>,
    values: Vec<&'a Spanned<String>>,
    uses: Vec<TextUse>,
    is_copied: bool,
    /// A value that stands inside a longer copy.
    is_part: bool,
}

struct Collector<'a> {
    site: &'a Site,
    /// Text of each value, by name.
    values: HashMap<&'a str, &'a str>,
    texts: IndexMap<String, Found<'a>>,
    /// The uses in the pages, by page.
    pages: Vec<BodyUses>,
    seen: HashSet<(usize, TextUse)>,
}

impl<'a> ExactTexts<'a> {
    /// Collects the exact texts of a site.
    pub(crate) fn of(site: &'a Site) -> Self {
        let values = site.config.values.iter().rev().map(|value| (value.name.value.as_str(), value.value.as_str()));
        let mut collector = Collector {
            site,
            values: values.collect(),
            texts: IndexMap::new(),
            pages: Vec::new(),
            seen: HashSet::new(),
        };
        collector.pages = vec![BodyUses::new(); site.id_count()];
        for id in site.shown_page_ids() {
            collector.pages[id.0] = collector.read_body(&site.page(id).body.body);
        }
        for entry in &site.navigation.sequence {
            match entry {
                Entry::Page(id) => collector.add_page(*id),
                Entry::Flow(id) => collector.add_flow(*id, site.flow(*id)),
            }
        }
        collector.add_values_and_records();
        collector.finish()
    }
}

impl<'a> Collector<'a> {
    /// The index of a text, which is added if it is new.
    fn find_text(&mut self, template: &Template) -> usize {
        let filled = self.fill_values(template);
        let text = filled.fill(|_| None);
        let entry = self.texts.entry(text);
        let index = entry.index();
        entry.or_insert_with(|| Found {
            template: filled,
            labels: Vec::new(),
            values: Vec::new(),
            uses: Vec::new(),
            is_copied: false,
            is_part: false,
        });
        index
    }

    /// The template with the texts of values in place of their names.
    fn fill_values(&self, template: &Template) -> Template {
        let mut pieces: Vec<Piece> = Vec::new();
        for piece in &template.pieces {
            let text = match piece {
                Piece::Text(text) => Some(text.as_str()),
                Piece::Placeholder(placeholder) => self.value_of(placeholder),
            };
            match (text, pieces.last_mut()) {
                (Some(text), Some(Piece::Text(last))) => last.push_str(text),
                (Some(text), _) => pieces.push(Piece::Text(text.to_owned())),
                (None, _) => pieces.push(piece.clone()),
            }
        }
        Template { pieces }
    }

    fn value_of(&self, placeholder: &Placeholder) -> Option<&'a str> {
        self.values.get(placeholder.value_name()?).copied()
    }

    /// The text of a value; `None` for other placeholders.
    fn find_value(&mut self, placeholder: &Placeholder) -> Option<usize> {
        let value = self.value_of(placeholder)?;
        Some(self.find_text(&Template { pieces: vec![Piece::Text(value.to_owned())] }))
    }

    /// The copies of a body and the values that it shows, by place. A copy of nothing but a value is one use.
    fn read_body(&mut self, body: &Body) -> BodyUses {
        let mut uses = BodyUses::new();
        for copied in &body.copies {
            let text = self.find_text(&copied.text);
            self.texts[text].is_copied = true;
            uses.push(BodyUse { at: copied.at, text, span: copied.span, is_copied: true });
        }
        let copies = uses.clone();
        for hole in &body.holes {
            let last = copies.partition_point(|one| one.at <= hole.at).checked_sub(1);
            let copied = last.map(|last| copies[last]).filter(|copied| holds(copied.span, &hole.kind));
            for (placeholder, span) in placeholders_of(&hole.kind) {
                let Some(text) = self.find_value(placeholder) else { continue };
                if copied.is_some_and(|copied| copied.text == text) {
                    continue;
                }
                self.texts[text].is_part |= copied.is_some();
                uses.push(BodyUse { at: hole.at, text, span, is_copied: false });
            }
        }
        uses.sort_by_key(|one| one.at);
        uses
    }

    fn add_use(&mut self, text: usize, one: TextUse) {
        if self.seen.insert((text, one)) {
            self.texts[text].uses.push(one);
        }
    }

    fn add_page(&mut self, id: PageId) {
        let body = &self.site.page(id).body;
        let uses = std::mem::take(&mut self.pages[id.0]);
        let includes = transclusions_in(body, 0..usize::MAX);
        let mut offsets: Vec<usize> = uses.iter().map(|one| one.at).collect();
        offsets.extend(includes.iter().map(|(at, _, _)| *at));
        offsets.sort_unstable();
        let anchors = enclosing_anchors(&body.body, &offsets);
        let place = |at: usize| TextPlace { entry: Entry::Page(id), node: None, anchor: anchors.get(&at).copied() };
        for one in &uses {
            let (span, is_copied) = (one.span, one.is_copied);
            self.add_use(one.text, TextUse { place: Some(place(one.at)), span, is_copied, is_transcluded: false });
        }
        self.pages[id.0] = uses;
        for (at, included, span) in includes {
            self.add_transclusion(included, place(at), span);
        }
    }

    /// Adds the texts of a transcluded part, and of those inside it. Endless ones were cut when the site was resolved.
    fn add_transclusion(&mut self, transclusion: &'a Transclusion, place: TextPlace, span: Span) {
        let mut pending = vec![transclusion];
        let mut seen = HashSet::new();
        while let Some(Transclusion { page, content, .. }) = pending.pop() {
            if !seen.insert((*page, content.clone())) {
                continue;
            }
            let uses = &self.pages[page.0];
            let first = uses.partition_point(|one| one.at < content.start);
            let shown: Vec<BodyUse> = uses[first..].iter().take_while(|one| one.at < content.end).copied().collect();
            for BodyUse { text, is_copied, .. } in shown {
                self.add_use(text, TextUse { place: Some(place), span, is_copied, is_transcluded: true });
            }
            let inside = transclusions_in(&self.site.page(*page).body, content.clone());
            pending.extend(inside.into_iter().map(|(_, inside, _)| inside));
        }
    }

    fn add_flow(&mut self, id: FlowId, flow: &'a Flow) {
        let place = |node: Option<NodeId>| TextPlace { entry: Entry::Flow(id), node, anchor: None };
        let owners = NodeSpans::new(flow);
        for written in flow.texts.iter().filter(|written| written.role != TextRole::Text) {
            let template = Template::parse(&written.text.value);
            let span = written.text.span;
            let is_copied = written.role == TextRole::Copy;
            let whole = is_copied.then(|| self.find_text(&template));
            let place = Some(place(owners.find(span)));
            if let Some(text) = whole {
                self.texts[text].is_copied = true;
                self.add_use(text, TextUse { place, span, is_copied, is_transcluded: false });
            }
            for placeholder in template.placeholders() {
                let Some(text) = self.find_value(placeholder).filter(|text| Some(*text) != whole) else { continue };
                self.texts[text].is_part |= is_copied;
                self.add_use(text, TextUse { place, span, is_copied: false, is_transcluded: false });
            }
        }
        for (index, node) in flow.nodes.iter().enumerate() {
            let place = place(Some(NodeId(index)));
            for copy in node.copy.iter().filter(|copy| !copy.label.trim().is_empty()) {
                let text = self.find_text(&copy.template);
                self.texts[text].labels.push(&copy.label);
            }
            for body in node.texts() {
                for BodyUse { text, span, is_copied, .. } in self.read_body(&body.body) {
                    self.add_use(text, TextUse { place: Some(place), span, is_copied, is_transcluded: false });
                }
                for (_, included, span) in transclusions_in(body, 0..usize::MAX) {
                    self.add_transclusion(included, place, span);
                }
            }
            if let Some(content) = &node.content {
                self.add_transclusion(content, place, node.id.span);
            }
        }
    }

    /// Adds the values that no text uses, and the uses of records.
    fn add_values_and_records(&mut self) {
        let config = &self.site.config;
        for value in &config.values {
            let text = self.find_text(&Template { pieces: vec![Piece::Text(value.value.clone())] });
            self.texts[text].values.push(&value.name);
        }
        for record in &config.records {
            let span = record.value.span;
            for placeholder in Template::parse(&record.value.value).placeholders() {
                if let Some(text) = self.find_value(placeholder) {
                    self.add_use(text, TextUse { place: None, span, is_copied: false, is_transcluded: false });
                }
            }
        }
    }

    fn finish(self) -> ExactTexts<'a> {
        let labels = Labels::new(self.texts.values().flat_map(|found| found.labels.iter().copied()));
        let finish = |(text, found): (String, Found<'a>)| {
            let names: Vec<&str> = found.values.iter().map(|name| name.value.as_str()).collect();
            // A value that is only a part of longer copies must not be copied alone.
            let names = if found.is_part && !found.is_copied { &[][..] } else { &names };
            let kind = labels.kind_of(&found.labels, found.is_copied, names);
            ExactText { text, template: found.template, kind, values: found.values, uses: found.uses }
        };
        let mut texts: Vec<ExactText<'a>> = self.texts.into_iter().map(finish).collect();
        sort_by_kind(&mut texts);
        ExactTexts { texts }
    }
}

/// True for a placeholder inside the span of a copy.
fn holds(copied: Span, hole: &HoleKind) -> bool {
    let HoleKind::Placeholder(Spanned { span, .. }) = hole else { return false };
    copied.file == span.file && copied.start <= span.start && span.end <= copied.end
}

fn placeholders_of(hole: &HoleKind) -> Vec<(&Placeholder, Span)> {
    match hole {
        HoleKind::Placeholder(placeholder) => vec![(&placeholder.value, placeholder.span)],
        _ => hole.link().into_iter().flat_map(|link| link.text.placeholders().map(|one| (one, link.span))).collect(),
    }
}

/// The transclusions whose holes stand in a range of the HTML: the place, the text, and the address as written.
fn transclusions_in<'b>(body: &'b ResolvedBody, range: Range<usize>) -> Vec<(usize, &'b Transclusion, Span)> {
    let holes = &body.body.holes;
    let first = holes.partition_point(|hole| hole.at < range.start);
    let inside = holes[first..].iter().zip(&body.targets[first..]).take_while(|(hole, _)| hole.at < range.end);
    let transclusion = |(hole, target): (&'b Hole, &'b Option<Target>)| match target {
        Some(Target::Text(text)) => Some((hole.at, text, hole.kind.link()?.span)),
        _ => None,
    };
    inside.filter_map(transclusion).collect()
}

/// The innermost anchor around each of the sorted offsets.
fn enclosing_anchors(body: &Body, offsets: &[usize]) -> HashMap<usize, usize> {
    let mut order: Vec<usize> = (0..body.anchors.len()).collect();
    order.sort_by_key(|anchor| {
        let Range { start, end } = body.anchors[*anchor].content;
        (start, std::cmp::Reverse(end))
    });
    let mut ahead = order.into_iter().peekable();
    let (mut open, mut found) = (Vec::new(), HashMap::new());
    for offset in offsets {
        while let Some(anchor) = ahead.next_if(|anchor| body.anchors[*anchor].content.start <= *offset) {
            while open
                .last()
                .is_some_and(|last: &usize| body.anchors[*last].content.end <= body.anchors[anchor].content.start)
            {
                open.pop();
            }
            open.push(anchor);
        }
        while open.last().is_some_and(|last| body.anchors[*last].content.end <= *offset) {
            open.pop();
        }
        if let Some(anchor) = open.last() {
            found.insert(*offset, *anchor);
        }
    }
    found
}

/// The nodes of a flow by where their ids are written.
struct NodeSpans(Vec<(u32, NodeId)>);

impl NodeSpans {
    fn new(flow: &Flow) -> Self {
        let mut starts: Vec<_> =
            flow.nodes.iter().enumerate().map(|(index, node)| (node.id.span.start, NodeId(index))).collect();
        starts.sort_unstable();
        Self(starts)
    }

    /// The node that contains a text; `None` for a text before the nodes.
    fn find(&self, span: Span) -> Option<NodeId> {
        let after = self.0.partition_point(|(start, _)| *start <= span.start);
        self.0.get(after.checked_sub(1)?).map(|(_, node)| *node)
    }
}

#[cfg(test)]
mod tests {
    use crate::copies::{ExactTexts, TextKind};
    use crate::site::Entry;
    use crate::testing::fixture::Fixture;

    const CONFIG: &str = "\
title: T
values:
  macro-a: 'A | B'
  titulo: 'Posicionamento'
  nunca: 'Sem uso'
inputs: { ticket: { label: Ticket, type: text, example: '1' } }
records: { padrao: '{values.macro-a}' }
";

    const PAGE: &str = "\
---
title: P
owner: A
---

Aplique :copy[{values.macro-a}] e :copy[{values.titulo} {ticket}]. Ligue {values.nunca}.

## Fim {#fim}

1. Outra: :copy[A | B]. {#passo}

Fora do passo: :copy[Solto]
";

    const FLOW: &str = "\
title: F
owner: A
nodes:
  a: { title: 'Diz {values.nunca}', content: p.md#fim, next: b }
  b:
    title: B
    copy: [{ label: Macro, text: '{values.macro-a}' }]
    result: resolved
";

    fn fixture() -> Fixture {
        Fixture::of(&[("vereda.yaml", CONFIG), ("p.md", PAGE), ("f.flow.yaml", FLOW)])
    }

    /// `line node-or-anchor` of every use of a text; transcluded ones end in `+`.
    fn uses_of(fixture: &Fixture, wanted: &str) -> Vec<String> {
        let all = ExactTexts::of(&fixture.site);
        let found = all.texts.iter().find(|text| text.text == wanted).unwrap();
        let shown = |one: &crate::copies::TextUse| {
            let line = fixture.sources.position(one.span.file, one.span.start).line;
            let name = match one.place {
                Some(place) => match place.entry {
                    Entry::Flow(id) => fixture.site.flow(id).node(place.node.unwrap()).id.value.clone(),
                    Entry::Page(id) => {
                        let anchors = &fixture.site.page(id).body.body.anchors;
                        place.anchor.map_or(String::new(), |anchor| anchors[anchor].id.clone())
                    }
                },
                None => "record".to_owned(),
            };
            format!("{line} {name}{}", if one.is_transcluded { "+" } else { "" })
        };
        found.uses.iter().map(shown).collect()
    }

    #[test]
    fn lists_each_text_once_with_every_place() {
        let fixture = fixture();
        assert_eq!(fixture.found(), Vec::<String>::new());
        let of_macro = uses_of(&fixture, "A | B");
        assert_eq!(of_macro, ["7 b", "4 a+", "6 ", "10 passo", "7 record"]);
        assert_eq!(uses_of(&fixture, "Solto"), ["4 a+", "12 fim"]);
        assert_eq!(uses_of(&fixture, "Sem uso"), ["4 a", "6 "]);
    }

    #[test]
    fn orders_texts_by_kind() {
        let fixture = fixture();
        let all = ExactTexts::of(&fixture.site);
        let found: Vec<_> = all.texts.iter().map(|text| (text.text.as_str(), text.kind.clone())).collect();
        let expected = [
            ("A | B", TextKind::Macro),
            ("Posicionamento {ticket}", TextKind::Copied),
            ("Solto", TextKind::Copied),
            ("Posicionamento", TextKind::Value),
            ("Sem uso", TextKind::Value),
        ];
        assert_eq!(found, expected);
        assert!(!all.texts[1].is_constant() && all.texts[0].is_constant());
    }
}
