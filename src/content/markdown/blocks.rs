//! Headings, lists, quotes, code blocks and footnotes.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind};
use regex::Regex;

use super::directives::open_alert;
use super::open_parts::{ClosedList, OpenList, OpenSection};
use super::writer::Writer;
use crate::content::body::{AnchorKind, Body, Heading, HoleKind, NoteMark, Notes, note_id};
use crate::content::template::Template;
use crate::diagnostic::catalogue;
use crate::source::Span;

/// ` {#id}` at the end of an item's first line.
static ITEM_ID: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\s\{#([^\s{}]+)\}\s*$").expect("the pattern is valid"));

impl Writer<'_> {
    pub(super) fn open_heading(&mut self, id: Option<&str>, range: &Range<usize>) {
        self.heading = Some((id.map(str::to_owned), range.clone()));
        self.open_aside();
    }

    pub(super) fn close_heading(&mut self, level: u8) {
        let (content, text) = self.take_aside();
        let (written_id, range) = self.heading.take().unwrap_or_default();
        let id = written_id.unwrap_or_else(|| self.slugger.slug(&text));
        let line = self.mask.original[range.clone()].trim_end();
        let span = self.span(range.start..range.start + line.len());
        self.check_heading_attributes(range.start, line);
        self.close_sections(level, self.depth);
        self.html(&format!("<h{level}"));
        self.write_id(&id);
        self.html(">");
        self.append(content);
        self.html("<a class=\"anchor\"");
        self.hole(HoleKind::SelfLink(id.clone()));
        self.html(&format!(" aria-hidden=\"true\" tabindex=\"-1\"></a></h{level}>\n"));
        self.open_section(id, level, &text, span);
    }

    /// Reports what a heading has in braces beside its id.
    fn check_heading_attributes(&mut self, start: usize, line: &str) {
        let Some(open) = line.rfind('{').filter(|_| line.ends_with('}') && !line.ends_with("\\}")) else { return };
        if !line[open..].contains('#') {
            return;
        }
        for word in line[open + 1..line.len() - 1].split_whitespace() {
            if word.starts_with('.') || word.contains('=') {
                let at = start + open + line[open..].find(word).unwrap_or_default();
                let span = self.span(at..at + word.len());
                self.diagnostics.push(catalogue::page::ignored_attribute(span, word));
            }
        }
    }

    fn open_section(&mut self, id: String, level: u8, text: &str, span: Span) {
        let anchor = self.anchor_here(id.clone(), span, AnchorKind::Heading);
        self.open_headings.push(OpenSection { level, depth: self.depth, anchor });
        self.body.headings.push(Heading { level, id, text: Template::parse(text), span });
    }

    /// Ends the open sections of this level or deeper, inside this depth.
    pub(super) fn close_sections(&mut self, level: u8, depth: usize) {
        while let Some(open) = self.open_headings.last() {
            let is_closed = open.depth > depth || (open.depth == depth && open.level >= level);
            if !is_closed {
                return;
            }
            let anchor = open.anchor;
            self.open_headings.pop();
            self.end_content(anchor);
        }
    }

    pub(super) fn open_list(&mut self, start: Option<u64>, range: &Range<usize>) {
        self.close_step_text();
        let steps = self.open_directives.last_mut().filter(|open| open.directive.names == ["steps"]);
        let steps = steps.filter(|open| open.depth == self.depth && start.is_some());
        let step = start.filter(|_| steps.is_some());
        let is_second = steps.is_some_and(|steps| {
            steps.lists += 1;
            steps.lists == 2
        });
        let column = self.column_of(range.start);
        let before = self.closed_list.take().filter(|closed| closed.depth == self.depth);
        let before = before.map(|closed| closed.list).filter(|list| self.is_next(list.end, range.start));
        let is_shallow = before.as_ref().is_some_and(|list| list.is_ordered && column > list.column);
        let is_effect = is_shallow || before.as_ref().is_some_and(|list| list.has_shallow_item);
        let is_ordered = start.is_some();
        let mut list = OpenList { step, is_ordered, column, end: range.end, has_shallow_item: is_effect };
        if let Some(before) = before.filter(|list| is_shallow && !list.has_shallow_item) {
            self.report_shallow_item(range.start, before.column);
            list.has_shallow_item = true;
        }
        self.lists.push(list);
        if is_second && !is_effect {
            let line = self.mask.original[range.clone()].lines().next().unwrap_or_default().trim_end().len();
            self.diagnostics.push(catalogue::page::steps_restart(self.span(range.start..range.start + line)));
        }
        match start {
            None => self.html("<ul>\n"),
            Some(1) => self.html("<ol>\n"),
            Some(start) => self.html(&format!("<ol start=\"{start}\">\n")),
        }
    }

    pub(super) fn close_list(&mut self) {
        let list = self.lists.pop().expect("a list ends once");
        self.html(if list.is_ordered { "</ol>\n" } else { "</ul>\n" });
        self.closed_list = Some(ClosedList { list, depth: self.depth });
    }

    /// Characters before the first one of a block in its line.
    fn column_of(&self, start: usize) -> usize {
        let text = self.mask.original;
        let line_start = text[..start].rfind('\n').map_or(0, |line_break| line_break + 1);
        let blanks = text[start..].chars().take_while(|c| *c == ' ').count();
        text[line_start..start].chars().count() + blanks
    }

    /// True for two blocks with nothing but blanks between them.
    fn is_next(&self, end: usize, start: usize) -> bool {
        self.mask.original.get(end..start).is_none_or(|between| between.trim().is_empty())
    }

    /// Reports an item that its indentation does not put inside the item above it. `column` is that of the item above.
    fn report_shallow_item(&mut self, start: usize, column: usize) {
        let line = self.mask.original[start..].lines().next().unwrap_or_default();
        let blanks = line.len() - line.trim_start().len();
        let span = self.span(start + blanks..start + line.trim_end().len());
        self.diagnostics.push(catalogue::page::shallow_item(span, column + "1. ".len()));
    }

    /// Reports the first item of an ordered list that is indented as if it were inside the item above it.
    fn check_indentation(&mut self, start: usize) {
        let column = self.column_of(start);
        let Some(list) = self.lists.last_mut().filter(|list| list.is_ordered && !list.has_shallow_item) else { return };
        let first = list.column;
        if column >= first + 2 {
            list.has_shallow_item = true;
            self.report_shallow_item(start, first);
        }
    }

    /// Opens the text of a term. The parser also takes a line such as `::note` or `:Copy[x]` for one.
    pub(super) fn open_definition(&mut self, range: &Range<usize>) {
        let line = self.mask.original[range.clone()].lines().next().unwrap_or_default();
        let colon = range.start + line.len() - line.trim_start().len();
        let text = line.trim_start().strip_prefix(':');
        if text.is_some_and(|text| !text.starts_with([' ', '\t']) && !text.is_empty()) {
            self.diagnostics.push(catalogue::page::leading_colon(self.span(colon..colon + 1), line.trim()));
        }
        self.html("<dd>");
    }

    pub(super) fn open_item(&mut self, range: &Range<usize>) {
        let original = self.mask.original;
        let item = &original[range.clone()];
        self.check_indentation(range.start);
        let first_line = item.lines().next().unwrap_or_default();
        let is_task = is_task(first_line);
        self.html(if is_task { "<li class=\"task\"" } else { "<li" });
        let id = ITEM_ID.captures(first_line).and_then(|captures| captures.get(0).zip(captures.get(1)));
        let step = self
            .next_step()
            .map(|number| (number, id.map_or_else(|| self.id_of_step(), |(_, id)| id.as_str().to_owned())));
        let anchor = id.map(|(whole, id)| {
            self.item_id_at = Some(range.start + whole.start());
            self.write_id(id.as_str());
            let span = self.span(range.start + id.start()..range.start + id.end());
            (id.as_str().to_owned(), span)
        });
        if let Some((_, id)) = step.as_ref().filter(|_| anchor.is_none()) {
            self.write_id(id);
        }
        self.html(">");
        let anchor = anchor.map(|(id, span)| self.anchor_here(id, span, AnchorKind::Item));
        self.items.push(anchor);
        self.open_container();
        if let Some((number, id)) = step {
            self.open_step(number, id);
        }
    }

    pub(super) fn close_item(&mut self) {
        self.close_step_text();
        self.close_container();
        if let Some(Some(anchor)) = self.items.pop() {
            self.end_content(anchor);
        }
        self.item_id_at = None;
        self.html("</li>\n");
    }

    fn open_container(&mut self) {
        self.depth += 1;
        self.containers.push(self.depth);
    }

    /// Ends the directives and sections that are still open inside the container.
    fn close_container(&mut self) {
        let depth = self.containers.pop().expect("a container ends once");
        self.close_directives_from(depth);
        self.close_sections(0, depth);
        self.depth = depth - 1;
    }

    pub(super) fn write_task_marker(&mut self, is_done: bool) {
        self.html("<input type=\"checkbox\" disabled aria-label=\"");
        self.hole(HoleKind::Label(if is_done { "task_done" } else { "task_open" }));
        self.html(if is_done { "\" checked> " } else { "\"> " });
    }

    pub(super) fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        match kind {
            Some(kind) => open_alert(self, kind),
            None => self.html("<blockquote>\n"),
        }
        self.open_container();
    }

    pub(super) fn close_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.close_container();
        self.html(if kind.is_some() { "</aside>\n" } else { "</blockquote>\n" });
    }

    pub(super) fn open_code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        if matches!(kind, CodeBlockKind::Fenced(_)) {
            self.check_fence(range);
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default().to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        self.code = Some((language, String::new()));
    }

    /// Reports a fence that nothing closes: all that follows is code (`CommonMark` 0.31, 4.5).
    fn check_fence(&mut self, range: &Range<usize>) {
        let block = self.mask.original[range.clone()].trim_end();
        let sign = block.chars().next().unwrap_or_default();
        let fence = block.len() - block.trim_start_matches(sign).len();
        let last = block.lines().skip(1).last().unwrap_or_default().trim_start_matches([' ', '\t', '>']);
        let is_closed = last.len() >= fence && last.chars().all(|c| c == sign);
        if !is_closed {
            let span = self.span(range.start..range.start + fence);
            self.diagnostics.push(catalogue::page::unclosed_fence(span, &block[..fence]));
        }
    }

    pub(super) fn write_code(&mut self, text: &str) {
        let original = self.mask.restore(text).map_or(text, |(original, _)| original);
        if let Some((_, code)) = &mut self.code {
            code.push_str(original);
        }
    }

    pub(super) fn close_code(&mut self) {
        if let Some((language, text)) = self.code.take() {
            self.hole(HoleKind::Code { language, text });
        }
    }

    /// Writes a code span with the author's text, even where it looks like a directive.
    pub(super) fn write_code_span(&mut self, text: &str, range: Range<usize>) {
        let has_masked = self.mask.blocks.get(range.clone()) != self.mask.original.get(range.clone());
        self.html("<code>");
        if has_masked {
            let written = self.mask.original[range].trim_matches('`');
            let is_padded = written.starts_with(' ') && written.ends_with(' ') && !written.trim().is_empty();
            let written = if is_padded { &written[1..written.len() - 1] } else { written };
            self.write_plain(&written.replace('\n', " "));
        } else {
            self.write_plain(text);
        }
        self.html("</code>");
    }

    pub(super) fn write_footnote_reference(&mut self, name: &str) {
        let entry = self.footnotes.references.entry(name.to_owned());
        let note = entry.index() + 1;
        let nth = *entry.and_modify(|count| *count += 1).or_insert(1);
        self.hole(HoleKind::NoteMark(NoteMark { note, nth }));
    }

    pub(super) fn open_footnote(&mut self, name: &str, range: &Range<usize>) {
        let span = self.span(range.start..range.start + name.len() + "[^]".len());
        if let Some(first) = self.footnotes.defined.get(name) {
            let finding = catalogue::link::duplicate_footnote(span, name);
            self.diagnostics.push(finding.label(*first, catalogue::help::first_here()));
        } else {
            self.footnotes.defined.insert(name.to_owned(), span);
        }
        self.aside.push(std::mem::take(&mut self.body));
        self.footnotes.open.push(name.to_owned());
        self.open_container();
    }

    pub(super) fn close_footnote(&mut self) {
        self.close_container();
        let outer = self.aside.pop().expect("a footnote was opened");
        let text = std::mem::replace(&mut self.body, outer);
        let name = self.footnotes.open.pop().expect("a footnote was opened");
        self.footnotes.texts.entry(name).or_insert(text);
    }

    pub(super) fn write_footnotes(&mut self) {
        let references = std::mem::take(&mut self.footnotes.references);
        if references.is_empty() {
            return;
        }
        self.footnotes.defined.retain(|name, _| !references.contains_key(name));
        let mut notes = Notes { start: self.body.html.len(), contents: Vec::new() };
        self.html("<section class=\"footnotes\"><ol>\n");
        for (index, (name, marks)) in references.iter().enumerate() {
            let note = index + 1;
            self.html(&format!("<li id=\"{}\">", note_id("", note)));
            let start = self.body.html.len();
            if let Some(text) = self.footnotes.texts.remove(name) {
                self.append(text);
            }
            self.enclose_holes();
            notes.contents.push(start..self.body.html.len());
            self.hole(HoleKind::NoteBack { note, marks: *marks });
            self.html("</li>\n");
        }
        self.html("</ol></section>\n");
        self.body.notes = Some(notes);
    }

    /// Reports footnotes without a reference, which are not shown.
    pub(super) fn check_footnotes(&mut self) {
        for (name, span) in std::mem::take(&mut self.footnotes.defined) {
            self.diagnostics.push(catalogue::link::unused_footnote(span, name));
        }
    }

    /// Appends a body that was set aside.
    pub(super) fn append(&mut self, mut other: Body) {
        let shift = self.body.html.len();
        for hole in &mut other.holes {
            hole.at += shift;
        }
        for anchor in &mut other.anchors {
            anchor.content = anchor.content.start + shift..anchor.content.end + shift;
        }
        for copied in &mut other.copies {
            copied.at += shift;
        }
        self.body.html.push_str(&other.html);
        self.body.copies.append(&mut other.copies);
        self.body.holes.append(&mut other.holes);
        self.body.anchors.append(&mut other.anchors);
        for part in &mut other.parts {
            part.headings += self.body.headings.len();
        }
        self.body.parts.append(&mut other.parts);
        self.body.headings.append(&mut other.headings);
        self.body.definitions.append(&mut other.definitions);
        self.body.has_details |= other.has_details;
    }
}

fn is_task(first_line: &str) -> bool {
    let text = first_line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t-*+.)".contains(c));
    ["[ ] ", "[x] ", "[X] "].iter().any(|marker| text.starts_with(marker))
}
