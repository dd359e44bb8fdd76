//! Text inside a block, with placeholders, `:copy[…]` and `:kbd[…]`.

use std::ops::Range;

use super::autolinks::{Autolink, find_autolinks};
use super::foreign::find_foreign;
use super::leftovers::{ShownText, find_leftovers, find_swallowed};
use super::writer::Writer;
use crate::content::body::{Copied, HoleKind};
use crate::content::template::{Template, find_placeholder};
use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::yaml::is_invisible;

impl Writer<'_> {
    /// Writes a text event. Text that the parser changed (entities, escapes) has no offset and holds no placeholder.
    pub(super) fn write_text(&mut self, text: &str) {
        match self.mask.restore(text) {
            Some((original, offset)) if self.inline_bracket == Some(offset) => {
                self.write_original(&original[1..], offset + 1);
            }
            Some((original, offset)) => self.write_original(original, offset),
            None => self.write_plain(text),
        }
    }

    fn write_original(&mut self, text: &str, offset: usize) {
        let text = self.without_item_id(text, offset);
        let range = offset..offset + text.len();
        self.shown.add(self.mask.original, range.clone());
        self.mask.inlines_in(&range).iter().for_each(|inline| self.shown.hide(inline.clone()));
        let mut at = range.start;
        for inline in self.mask.inlines_in(&range).to_vec() {
            self.write_linked(at..inline.start);
            self.write_inline_directive(inline.clone());
            at = inline.end.min(range.end);
        }
        self.write_linked(at..range.end);
    }

    /// Writes a text whose bare addresses become links, except inside a link.
    fn write_linked(&mut self, range: Range<usize>) {
        let text = &self.mask.original[range.clone()];
        let autolinks = if self.links.is_empty() && self.images.is_empty() && self.raw_links == 0 {
            find_autolinks(text)
        } else {
            Vec::new()
        };
        let mut at = range.start;
        for Autolink { range: link, prefix } in autolinks {
            let link = range.start + link.start..range.start + link.end;
            self.write_placeholders(at..link.start);
            self.open_autolink(prefix, link.clone());
            self.write_placeholders(link.clone());
            self.close_link();
            at = link.end;
        }
        self.write_placeholders(at..range.end);
    }

    /// Reports what looks like markup in the text that readers see.
    pub(super) fn check_shown_text(&mut self) {
        let shown = std::mem::replace(&mut self.shown, ShownText::new("")).into_text();
        let found = find_leftovers(&shown, |range| self.span(range));
        for finding in found {
            self.diagnostics.push(finding);
        }
        for (range, form) in find_foreign(&shown) {
            let written = &self.mask.original[range.clone()];
            let span = self.span(range.clone());
            self.report_foreign(form, span, written);
        }
        let swallowed = find_swallowed(&shown, self.mask.original);
        for (range, number) in swallowed {
            self.diagnostics.push(catalogue::page::swallowed_step(self.span(range), number));
        }
    }

    /// Drops the `{#id}` at the end of an item's first line: it belongs to the item.
    fn without_item_id<'t>(&mut self, text: &'t str, offset: usize) -> &'t str {
        match self.item_id_at.filter(|at| (offset..offset + text.len()).contains(at)) {
            Some(at) => {
                self.item_id_at = None;
                text[..at - offset].trim_end()
            }
            None => text,
        }
    }

    fn write_placeholders(&mut self, range: Range<usize>) {
        let original = self.mask.original;
        let mut at = range.start;
        while let Some(found) = original[at..range.end].find('{') {
            let brace = at + found;
            let is_escaped = original[..brace].ends_with('\\');
            let placeholder = find_placeholder(&original[brace..range.end]).filter(|_| !is_escaped);
            let Some((placeholder, length)) = placeholder else {
                self.write_plain(&original[at..=brace]);
                at = brace + 1;
                continue;
            };
            self.write_plain(&original[at..brace]);
            self.write_plain_only(&placeholder.written());
            let span = self.span(brace..brace + length);
            self.hole(HoleKind::Placeholder(Spanned { value: placeholder, span }));
            at = brace + length;
        }
        self.write_plain(&original[at..range.end]);
    }

    fn write_inline_directive(&mut self, range: Range<usize>) {
        let original = self.mask.original;
        let written = &original[range.clone()];
        let open = range.start + written.find('[').expect("an inline directive has brackets");
        let content = open + 1..range.end - 1;
        if is_invisible(&original[content.clone()]) {
            let name = &original[range.start..open];
            self.diagnostics.push(catalogue::directive::empty_inline(self.span(range.clone()), name));
        }
        if written.starts_with(":kbd") {
            self.write_keys(content);
        } else {
            self.html(r#"<span class="copy" data-component="copy"><span class="copy-value">"#);
            let at = self.body.html.len();
            self.write_copied(content.clone());
            self.html("</span></span>");
            let text = Template::parse(&unescape_copied(&original[content]));
            self.body.copies.push(Copied { text, at, span: self.span(range) });
        }
    }

    /// Writes the copied text. In a table a pipe is written `\\|`, and a bracket may be written `\\]`.
    fn write_copied(&mut self, content: Range<usize>) {
        let mut at = content.start;
        for escape in escapes_of(&self.mask.original[content.clone()]) {
            self.write_placeholders(at..content.start + escape);
            at = content.start + escape + 1;
        }
        self.write_placeholders(at..content.end);
    }

    fn write_keys(&mut self, content: Range<usize>) {
        let keys = &self.mask.original[content];
        for (index, key) in keys.split('+').enumerate() {
            if index > 0 {
                self.write_plain("+");
            }
            self.html("<kbd>");
            self.write_plain(key.trim());
            self.html("</kbd>");
        }
    }
}

/// Offsets of the backslashes that are no part of a copied text.
fn escapes_of(copied: &str) -> Vec<usize> {
    let is_escape = |at: &usize| copied[at + 1..].starts_with(['|', '[', ']']);
    copied.match_indices('\\').map(|(at, _)| at).filter(is_escape).collect()
}

fn unescape_copied(copied: &str) -> String {
    let mut text = String::with_capacity(copied.len());
    let mut at = 0;
    for escape in escapes_of(copied) {
        text.push_str(&copied[at..escape]);
        at = escape + 1;
    }
    text + &copied[at..]
}
