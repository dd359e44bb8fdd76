//! HTML of bodies: fills holes with addresses, ids, placeholders, transclusions, flows, code and interface strings.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark_escape::escape_html;

use super::address::Addresses;
use super::notes::{ShownNote, open_note, open_notes, write_mark, write_way_back};
use super::{Renderer, escape_into, highlight};
use crate::config::Input;
use crate::content::body::{Hole, HoleKind, View};
use crate::content::template::{Filter, Piece, Placeholder, Template};
use crate::flow::{FlowSet, filter, input};
use crate::site::Entry;
use crate::site::flow::{Flow, FlowId};
use crate::site::target::{ResolvedBody, Target, Transclusion};

/// Writes bodies into the page of one entry.
#[derive(Clone, Copy)]
pub(super) struct BodyWriter<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) addresses: Addresses<'a>,
    pub(super) entry: Entry,
    /// Distinguishes the footnotes of this text from those of other texts of the page: a node, and a part of it.
    pub(super) place: Option<(&'a str, &'static str)>,
}

/// A part of a body that is being written. Nested transclusions form a stack of frames.
struct Frame<'a> {
    body: &'a ResolvedBody,
    /// The page the body belongs to.
    owner: Entry,
    holes: Range<usize>,
    at: usize,
    end: usize,
    is_transcluded: bool,
    /// The footnotes of a transcluded text, which stand under it.
    notes: Option<Vec<ShownNote>>,
    /// Markup that comes after the tag being written: places of former names.
    after_tag: String,
}

impl<'a> Frame<'a> {
    /// A part of a body as it stands in its own page.
    fn new(body: &'a ResolvedBody, owner: Entry, range: Range<usize>) -> Self {
        let first = body.body.holes.partition_point(|hole| hole.at < range.start);
        let last = first + body.body.holes[first..].partition_point(|hole| hole.at < range.end);
        Self {
            body,
            owner,
            holes: first..last,
            at: range.start,
            end: range.end,
            is_transcluded: false,
            notes: None,
            after_tag: String::new(),
        }
    }

    /// Writes the HTML up to an offset.
    fn copy_until(&mut self, end: usize, html: &mut String) {
        let part = &self.body.body.html[self.at..end];
        self.at = end;
        let tag = if self.after_tag.is_empty() { None } else { part.find('>') };
        match tag {
            Some(tag) => {
                html.push_str(&part[..=tag]);
                html.push_str(&std::mem::take(&mut self.after_tag));
                html.push_str(&part[tag + 1..]);
            }
            None => html.push_str(part),
        }
    }
}

fn escaped(text: &str) -> String {
    let mut html = String::new();
    escape_html(&mut html, text).expect("a String takes any text");
    html
}

impl<'a> BodyWriter<'a> {
    /// The whole body of a page, or of a node's text.
    pub(super) fn write(self, body: &'a ResolvedBody) -> String {
        let first = body.body.notes.as_ref().map_or(0, |notes| notes.contents.len());
        let range = 0..body.body.html.len();
        let mut frame = Frame::new(body, self.entry, range);
        frame.holes.end = body.body.holes.len();
        self.write_frames(frame, Some(&mut (first + 1)))
    }

    /// A part of another page, without ids.
    pub(super) fn write_transclusion(self, transclusion: &Transclusion) -> String {
        self.write_frames(self.transcluded(transclusion), Some(&mut 1))
    }

    fn transcluded(self, transclusion: &Transclusion) -> Frame<'a> {
        let body = &self.renderer.site.page(transclusion.page).body;
        let frame = Frame::new(body, Entry::Page(transclusion.page), transclusion.content.clone());
        Frame { is_transcluded: true, notes: Some(Vec::new()), ..frame }
    }

    /// `next_note` is the number of the next footnote of a transcluded text; `None` inside a footnote, whose texts show
    /// no footnotes.
    fn write_frames(self, first: Frame<'a>, mut next_note: Option<&mut usize>) -> String {
        let mut html = String::with_capacity(first.end - first.at + 64 * first.holes.len());
        let mut stack = vec![first];
        let mut ids: HashSet<String> = HashSet::new();
        while let Some(frame) = stack.last_mut() {
            let Some(index) = frame.holes.next() else {
                frame.copy_until(frame.end, &mut html);
                let ended = stack.pop().expect("the loop has a frame");
                self.write_notes(&mut html, &ended);
                continue;
            };
            let hole = &frame.body.body.holes[index];
            frame.copy_until(hole.at, &mut html);
            let target = frame.body.targets[index].as_ref();
            if let (HoleKind::NoteMark(mark), Some(notes), Some(next_note)) =
                (&hole.kind, &mut frame.notes, next_note.as_deref_mut())
            {
                let shown = ShownNote::mark(notes, mark.note, next_note);
                write_mark(&mut html, &self.place_of_notes(), shown.number, shown.marks);
            } else if let Some(Target::Text(transclusion)) = target {
                let inner = self.transcluded(transclusion);
                if let Some(id) = transclusion.anchor.as_ref().filter(|_| self.shows_ids_of(inner.owner)) {
                    write_place(&mut html, id, &mut ids);
                }
                stack.push(inner);
            } else {
                let (owner, is_transcluded) = (frame.owner, frame.is_transcluded);
                if let (HoleKind::Id(attribute), false, true) = (&hole.kind, is_transcluded, owner == self.entry) {
                    frame.after_tag += &self.former_names(owner, attribute);
                }
                if let (HoleKind::Id(id), true) = (&hole.kind, self.shows_ids_of(owner))
                    && ids.insert(id.clone())
                {
                    html.push_str(id);
                }
                self.fill(&mut html, hole, target, owner, is_transcluded);
            }
        }
        html
    }

    /// The places of the former names of an anchor, by its id as an attribute.
    fn former_names(self, owner: Entry, attribute: &str) -> String {
        let Entry::Page(page) = owner else { return String::new() };
        let anchors = &self.renderer.site.page(page).front_matter.anchors;
        let former = anchors.iter().filter(|anchor| attribute == format!(" id=\"{}\"", escaped(&anchor.value.value)));
        let mut html = String::new();
        for anchor in former {
            html.extend(["<span id=\"", &escaped(&anchor.name.value), "\"></span>"]);
        }
        html
    }

    /// True for a part that a page includes: no other page has its ids. The first place of each is written.
    fn shows_ids_of(self, owner: Entry) -> bool {
        !self.renderer.site.is_published(owner) && matches!(self.entry, Entry::Page(_))
    }

    /// True for a part that a flow shows. Several nodes can show it, so its ids are not written and not linked to.
    fn is_part_of_flow(self, owner: Entry) -> bool {
        !self.renderer.site.is_published(owner) && matches!(self.entry, Entry::Flow(_))
    }

    fn fill(self, html: &mut String, hole: &'a Hole, target: Option<&'a Target>, owner: Entry, is_transcluded: bool) {
        match &hole.kind {
            HoleKind::Id(_) if is_transcluded => {}
            HoleKind::Id(attribute) => html.push_str(attribute),
            HoleKind::SelfLink(_) if self.is_part_of_flow(owner) => {}
            HoleKind::SelfLink(anchor) => {
                write_attribute(html, "href", &self.addresses.of_entry(self.renderer.site, owner, Some(anchor)));
            }
            HoleKind::Link(_) => self.write_address(html, "href", target),
            HoleKind::Image(_) => self.write_address(html, "src", target),
            HoleKind::Address(_) => self.write_bare_address(html, target),
            HoleKind::Attribute { text, .. } if target.is_none() => html.push_str(text),
            HoleKind::Attribute { .. } | HoleKind::Include(_) => {}
            HoleKind::Placeholder(placeholder) => self.write_placeholder(html, &placeholder.value),
            HoleKind::Flow { view, .. } => self.write_flow(html, *view, target),
            HoleKind::Code { language, text } => highlight::write_code(html, language, text),
            HoleKind::Label(key) => escape_into(html, self.renderer.theme.string(key)),
            HoleKind::NoteMark(mark) if owner == self.entry && !is_transcluded => {
                write_mark(html, &self.place_of_notes(), mark.note, mark.nth);
            }
            HoleKind::NoteMark(mark) => {
                html.push_str("<sup class=\"footnote-ref\">");
                html.push_str(&mark.note.to_string());
                html.push_str("</sup>");
            }
            HoleKind::NoteBack { note, marks } => self.write_way_back(html, *note, *marks),
        }
    }

    /// Writes the footnotes that the marks of a transcluded text name.
    fn write_notes(self, html: &mut String, frame: &Frame<'a>) {
        let (Some(shown), Some(notes)) = (&frame.notes, &frame.body.body.notes) else { return };
        let Some(first) = shown.first() else { return };
        open_notes(html, first);
        for ShownNote { note, number, marks } in shown {
            open_note(html, &self.place_of_notes(), *number);
            let mut content = Frame::new(frame.body, frame.owner, notes.contents[note - 1].clone());
            content.is_transcluded = true;
            html.push_str(&self.write_frames(content, None));
            self.write_way_back(html, *number, *marks);
            html.push_str("</li>\n");
        }
        html.push_str("</ol></section>\n");
    }

    fn write_way_back(self, html: &mut String, number: usize, marks: usize) {
        write_way_back(html, &self.place_of_notes(), self.renderer.theme.string("footnote_back"), number, marks);
    }

    fn place_of_notes(self) -> String {
        self.place.map(|(node, part)| format!(".{node}.{part}")).unwrap_or_default()
    }

    fn write_address(self, html: &mut String, attribute: &str, target: Option<&Target>) {
        match target {
            Some(Target::External(template)) => match self.input_template(template) {
                Some(template) => write_inert_link(html, &template),
                None => write_attribute(html, attribute, &self.renderer.with_values(template)),
            },
            Some(Target::Entry { entry, .. }) if self.is_part_of_flow(*entry) => {}
            Some(target) => {
                if let Some(address) = self.addresses.of_target(self.renderer.site, target) {
                    write_attribute(html, attribute, &address);
                }
            }
            None => {}
        }
    }

    /// Writes an address between the quotes of raw HTML.
    fn write_bare_address(self, html: &mut String, target: Option<&Target>) {
        let address = match target {
            Some(Target::External(template)) => Some(self.renderer.with_values(template)),
            Some(target) => self.addresses.of_target(self.renderer.site, target),
            None => None,
        };
        escape_html(&mut *html, &address.unwrap_or_default()).expect("a String takes any text");
    }

    /// A text as HTML, with markup for placeholders.
    pub(super) fn write_template(self, template: &Template) -> String {
        let mut html = String::new();
        for piece in &template.pieces {
            match piece {
                Piece::Text(text) => escape_into(&mut html, text),
                Piece::Placeholder(placeholder) => self.write_placeholder(&mut html, placeholder),
            }
        }
        html
    }

    /// A text with site values and the examples of inputs.
    pub(super) fn fill_with_examples(self, template: &Template) -> String {
        template.fill(|placeholder| {
            let value = placeholder.value_name().and_then(|name| self.renderer.site.config.find_value(name));
            value.map(str::to_owned).or_else(|| Some(self.example_of(self.find_input(&placeholder.name)?, placeholder)))
        })
    }

    /// The template with site values only; `None` if it contains no input.
    pub(super) fn input_template(self, template: &Template) -> Option<String> {
        let has_input = template.placeholders().any(|placeholder| self.find_input(&placeholder.name).is_some());
        has_input.then(|| self.renderer.with_values(template))
    }

    fn write_placeholder(self, html: &mut String, placeholder: &Placeholder) {
        let value = placeholder.value_name().and_then(|name| self.renderer.site.config.find_value(name));
        if let Some(value) = value {
            return escape_into(html, value);
        }
        let Some(input) = self.find_input(&placeholder.name) else {
            return escape_into(html, &placeholder.written());
        };
        html.push_str("<span class=\"placeholder\"");
        write_attribute(html, "data-input", &input.name.value);
        if let Some(filter) = &placeholder.filter {
            write_attribute(html, "data-filter", filter);
        }
        html.push('>');
        escape_into(html, &self.example_of(input, placeholder));
        html.push_str("</span>");
    }

    /// The text of a placeholder without an answer: the filtered example of the input, or its label.
    fn example_of(self, input: &Input, placeholder: &Placeholder) -> String {
        let Some(example) = &input.example else { return input.label.clone() };
        let filter = placeholder.filter.as_deref().and_then(Filter::from_name);
        match (filter, input::read(input, &example.value, self.renderer.flow_set().zone())) {
            (Some(filter), Ok(reading)) => filter::apply(filter, &reading).unwrap_or_else(|| example.value.clone()),
            _ => example.value.clone(),
        }
    }

    /// A flow also has its own inputs.
    fn find_input(self, name: &str) -> Option<&'a Input> {
        let site = self.renderer.site;
        match self.entry {
            Entry::Flow(id) => site.flow(id).find_input(name),
            Entry::Page(_) => site.config.inputs.iter().find(|input| input.name.value == name),
        }
    }

    fn write_flow(self, html: &mut String, view: View, target: Option<&Target>) {
        let Some(Target::Entry { entry: Entry::Flow(id), anchor, .. }) = target else { return };
        let address = self.addresses.of_entry(self.renderer.site, Entry::Flow(*id), anchor.as_deref());
        match view {
            View::Card | View::Walk => self.write_card(html, *id, &address),
            View::Outline => self.write_outline(html, *id),
            View::Diagram => self.write_diagram(html, *id, &address),
        }
    }

    fn write_card(self, html: &mut String, id: FlowId, address: &str) {
        let metadata = &self.renderer.site.flow(id).metadata;
        html.push_str("<a class=\"flow-card\"");
        write_attribute(html, "href", address);
        html.push_str("><strong>");
        escape_into(html, &metadata.title.value);
        html.push_str("</strong>");
        if let Some(description) = &metadata.description {
            html.push_str("<span>");
            escape_into(html, description);
            html.push_str("</span>");
        }
        html.push_str("</a>\n");
    }

    fn write_diagram(self, html: &mut String, id: FlowId, address: &str) {
        let flow = self.renderer.site.flow(id);
        html.push_str("<a class=\"flow-diagram\"");
        write_attribute(html, "href", address);
        html.push_str("><img");
        write_attribute(html, "src", &self.addresses.of(&format!("{}diagram.svg", flow.route)));
        let title = &flow.metadata.title.value;
        write_attribute(html, "alt", &format!("{}: {title}", self.renderer.theme.string("diagram")));
        html.push_str(" loading=\"lazy\"></a>\n");
    }

    fn write_outline(self, html: &mut String, id: FlowId) {
        let flow: &Flow = self.renderer.site.flow(id);
        html.push_str("<ol class=\"flow-outline\">\n");
        for node in flow.order.iter().map(|id| flow.node(*id)).filter(|node| node.title.is_some()) {
            html.push_str("<li");
            let number = flow.find_node(&node.id.value).map_or(0, |id| flow.number_of(id));
            write_attribute(html, "value", &number.to_string());
            html.push_str("><a");
            let address = self.addresses.of_entry(self.renderer.site, Entry::Flow(id), Some(&node.id.value));
            write_attribute(html, "href", &address);
            html.push('>');
            escape_into(html, node.title.as_deref().unwrap_or_default());
            html.push_str("</a></li>\n");
        }
        html.push_str("</ol>\n");
    }
}

impl Renderer<'_> {
    pub(super) fn flow_set(&self) -> FlowSet<'_> {
        FlowSet { flows: &self.site.flows, config: &self.site.config }
    }

    /// A text with site values; other placeholders stay as written.
    pub(super) fn with_values(&self, template: &Template) -> String {
        template.fill(|placeholder| self.site.config.find_value(placeholder.value_name()?).map(str::to_owned))
    }
}

/// A link without an address. The script fills the template with what a reader types; an example is never opened.
fn write_inert_link(html: &mut String, template: &str) {
    html.push_str(" role=\"link\" aria-disabled=\"true\"");
    write_attribute(html, "data-template", template);
}

/// Writes the id of a part of which the text follows, unless it was written: a heading stands before its text.
fn write_place(html: &mut String, id: &str, ids: &mut HashSet<String>) {
    let mut attribute = String::new();
    write_attribute(&mut attribute, "id", id);
    html.push_str("<span");
    if ids.insert(attribute.clone()) {
        html.push_str(&attribute);
    }
    html.push_str("></span>");
}

fn write_attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    escape_html(&mut *html, value).expect("a String takes any text");
    html.push('"');
}
