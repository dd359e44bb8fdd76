//! Visible text of a page or node: one line per block, without markup, with values filled in and inclusions followed.

use crate::content::body::HoleKind;
use crate::content::pieces::{HtmlPiece, HtmlPieces};
use crate::content::template::Template;
use crate::site::Site;
use crate::site::target::{ResolvedBody, Target, Transclusion};

/// Elements that begin or end a line.
const BLOCKS: [&str; 28] = [
    "p",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "section",
    "aside",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tr",
    "pre",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "hr",
    "br",
    "figure",
    "img",
];

/// Lines of a whole body.
pub(crate) fn lines_of_body(site: &Site, body: &ResolvedBody) -> Vec<String> {
    let mut stripper = Stripper::default();
    write(site, body, 0..body.body.html.len(), &mut stripper);
    stripper.lines()
}

/// Lines of an included part of a page.
pub(crate) fn lines_of_transclusion(site: &Site, transclusion: &Transclusion) -> Vec<String> {
    let mut stripper = Stripper::default();
    write(site, &site.page(transclusion.page).body, transclusion.content.clone(), &mut stripper);
    stripper.lines()
}

/// A template with the site's values filled in; other placeholders stay as written.
pub(super) fn with_values(site: &Site, template: &Template) -> String {
    template.fill(|placeholder| site.config.find_value(placeholder.value_name()?).map(str::to_owned))
}

/// Recursion ends, because endless inclusions were cut when the site was resolved.
fn write(site: &Site, body: &ResolvedBody, range: std::ops::Range<usize>, stripper: &mut Stripper) {
    let html = &body.body.html;
    let mut at = range.start;
    for (hole, target) in body.body.holes.iter().zip(&body.targets) {
        // A hole at the end of a whole body belongs to it; at the end of a part it may belong to the next part.
        let is_last = hole.at == html.len() && range.end == html.len();
        if !range.contains(&hole.at) && !is_last {
            continue;
        }
        stripper.push_html(&html[at..hole.at]);
        at = hole.at;
        match (&hole.kind, target) {
            (_, Some(Target::Text(inner))) => write(site, &site.page(inner.page).body, inner.content.clone(), stripper),
            (HoleKind::Placeholder(placeholder), _) => {
                let name = placeholder.value.value_name();
                let value = name.and_then(|name| site.config.find_value(name)).map(str::to_owned);
                stripper.push_text(&value.unwrap_or_else(|| placeholder.value.written()));
            }
            (HoleKind::Code { text, .. }, _) => stripper.push_code(text),
            (HoleKind::NoteMark(mark), _) => stripper.push_text(&mark.note.to_string()),
            (HoleKind::Flow { .. }, Some(Target::Entry { entry, .. })) => {
                stripper.end_line();
                stripper.push_text(&site.metadata_of(*entry).title.value);
                stripper.end_line();
            }
            _ => {}
        }
    }
    stripper.push_html(&html[at..range.end]);
}

/// Converter of HTML fragments to lines of text.
#[derive(Default)]
struct Stripper {
    lines: Vec<String>,
    line: String,
    pieces: HtmlPieces,
}

impl Stripper {
    fn push_html(&mut self, html: &str) {
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.read(html, |piece| match piece {
            HtmlPiece::Tag(tag) => self.end_tag(tag),
            HtmlPiece::Text(text) => self.line.push_str(&text),
        });
        self.pieces = pieces;
    }

    fn end_tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if BLOCKS.contains(&name) {
            self.end_line();
        } else if matches!(tag, "/td" | "/th") {
            self.line.push_str(" | ");
        }
    }

    /// Adds plain text; ignored inside a tag, where it belongs to an attribute.
    fn push_text(&mut self, text: &str) {
        if !self.pieces.is_in_tag() {
            self.line.push_str(text);
        }
    }

    /// Adds code; each of its lines stays a line.
    fn push_code(&mut self, text: &str) {
        self.end_line();
        self.lines.extend(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.trim_end_matches(" |");
        if !words.is_empty() {
            self.lines.push(words.to_owned());
        }
    }

    fn lines(mut self) -> Vec<String> {
        self.end_line();
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    fn lines(files: &[(&str, &str)]) -> Vec<String> {
        let fixture = Fixture::of(files);
        let page = fixture.site.pages.iter().find(|page| page.route == "/a/").unwrap();
        lines_of_body(&fixture.site, &page.body)
    }

    #[test]
    fn writes_one_line_per_block() {
        let text = "---\ntitle: A\n---\n\n## Olá {#ola}\n\n*Um* [dois](b.md) & <b>três</b>\nquatro.\n\n- um\n- dois\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sh\nls\n\npwd\n```\n";
        let expected = ["Olá", "Um dois & três quatro.", "um", "dois", "a | b", "1 | 2", "ls", "pwd"];
        assert_eq!(lines(&[("a.md", text), ("b.md", "---\ntitle: B\n---\n\nB\n")]), expected);
    }

    #[test]
    fn fills_values_and_includes_but_keeps_inputs() {
        let config = "title: S\nvalues: { cst: '4003' }\ninputs: { id: { label: Id, example: '1' } }\n";
        let a = "---\ntitle: A\n---\n\nLigue {values.cst} com {id}.\n\n:::include[b.md#x]\n:::\n";
        let b = "---\ntitle: B\n---\n\n## X {#x}\n\nIncluído.\n";
        assert_eq!(lines(&[("vereda.yaml", config), ("a.md", a), ("b.md", b)]), ["Ligue 4003 com {id}.", "Incluído."]);
    }
}
