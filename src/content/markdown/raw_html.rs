//! Raw HTML: passed through, its ids known as anchors, its active addresses refused.

use std::sync::LazyLock;

use regex::Regex;

use super::writer::Writer;
use crate::content::body::AnchorKind;
use crate::diagnostic::catalogue;

static ID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)<[a-z][^<>]*?\s(?:id|name)\s*=\s*["']?([^"'\s>]+)"#).expect("the pattern is valid")
});

static ACTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)\b(?:href|src|action|formaction|data|xlink:href)\s*=\s*["']?\s*((?:javascript|vbscript|data:text/html)[^"'\s>]*)"#)
        .expect("the pattern is valid")
});

/// A comment, on one line, that asks for a finding not to be told.
static IGNORE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<!--[ \t]*vereda-ignore\b[^\n]*?-->").expect("the pattern is valid"));

impl Writer<'_> {
    /// Writes raw HTML as it stands, unless an address in it would run a script. What editors tell the checker is not for readers.
    pub(super) fn write_raw_html(&mut self, text: &str, offset: usize) {
        let (html, offset) = self.mask.restore(text).unwrap_or((text, offset));
        for id in ID.captures_iter(html).filter_map(|captures| captures.get(1)) {
            let span = self.span(offset + id.start()..offset + id.end());
            self.anchor_here(id.as_str().to_owned(), span, AnchorKind::Element);
        }
        let mut is_active = false;
        for address in ACTIVE.captures_iter(html).filter_map(|captures| captures.get(1)) {
            let span = self.span(offset + address.start()..offset + address.end());
            self.diagnostics.push(catalogue::link::unsafe_url(span, address.as_str()));
            is_active = true;
        }
        if !is_active {
            self.html(&IGNORE.replace_all(html, ""));
        }
    }
}
