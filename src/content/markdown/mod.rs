//! Markdown → [`Body`], in one pass.
//!
//! 1. [`mask`] finds what `CommonMark` does not know: lines of `:::`, `:copy[…]`, `{name|filter}`. It replaces them by neutral
//!    text of the same length, so that every offset stays true in the author's file.
//! 2. `pulldown-cmark` parses the masked text. It decides what is code and how blocks nest. A `:::` line inside code is no
//!    directive.
//! 3. [`events`] calls a method of the [`writer`] for each event, which writes HTML with holes. The mask gives back the
//!    original text of each offset.
//! 4. [`directive_lines`] opens and closes the [`directives`], each of which is declared in its own file.
//!
//! Links stay raw. Entry points: [`parse`] for a page, [`parse_fragment`] for Markdown that is a YAML value.

mod attributes;
mod autolinks;
mod blocks;
mod definitions;
mod directive_lines;
mod directives;
mod events;
mod foreign;
mod inline;
mod leftovers;
mod links;
mod mask;
mod open_parts;
pub(crate) mod outline;
mod parts;
mod raw_html;
mod tables;
mod writer;

use crate::content::body::Body;
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Spanned};

use mask::Mask;
use writer::{TextOrigin, Writer};

/// Parses the Markdown that begins at byte `start` of a file.
pub(crate) fn parse(text: &str, start: usize, file: FileId, diagnostics: &mut Diagnostics) -> Body {
    let mask = Mask::new(text, start);
    let mut writer = Writer::new(&mask, TextOrigin::File(file), directives::ALL, diagnostics);
    writer.write_blocks(start..text.len());
    writer.check_open_elements();
    writer.check_shown_text();
    writer.enclose_holes();
    writer.finish()
}

/// Parses Markdown that stands in a YAML value; what is wrong with it is reported at the whole value. A single
/// paragraph is given without its `<p>`.
pub(crate) fn parse_fragment(value: &Spanned<String>, diagnostics: &mut Diagnostics) -> Body {
    let text = format!("[{}", value.value.trim_end());
    let mask = Mask::new(&text, 1);
    let mut writer = Writer::new(&mask, TextOrigin::Value(value.span), directives::ALL, diagnostics);
    if text.contains('\n') {
        writer.write_blocks(1..text.len());
    } else {
        writer.write_inline(1..text.len());
    }
    writer.check_open_elements();
    writer.check_shown_text();
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::body::HoleKind;
    use crate::source::Sources;

    /// A page's HTML with its holes shown as `‹what›`, and the codes found with the text they point at.
    fn read(text: &str) -> (String, Vec<String>) {
        let mut sources = Sources::default();
        let file = sources.add("a.md", text);
        let mut diagnostics = Diagnostics::default();
        let body = parse(text, 0, file, &mut diagnostics);
        let found = diagnostics.iter().map(|diagnostic| {
            let written = diagnostic.span.map_or("", |span| sources.slice(span));
            format!("{} {written}", diagnostic.code.as_str())
        });
        (show(&body), found.collect())
    }

    fn show(body: &Body) -> String {
        let mut html = String::new();
        let mut at = 0;
        for hole in &body.holes {
            html.push_str(&body.html[at..hole.at]);
            at = hole.at;
            let shown = match &hole.kind {
                HoleKind::Id(attribute) => attribute.clone(),
                HoleKind::SelfLink(id) => format!(" ‹#{id}›"),
                HoleKind::Link(link) | HoleKind::Image(link) => format!(" ‹{}›", link.written),
                HoleKind::Address(link) => format!("‹{}›", link.written),
                HoleKind::Attribute { text, .. } => text.clone(),
                HoleKind::Placeholder(placeholder) => format!("‹{}›", placeholder.value.written()),
                HoleKind::Include(link) => format!("‹include {}›", link.written),
                HoleKind::Flow { link, view } => format!("‹flow {} {view:?}›", link.written),
                HoleKind::Code { language, text } => format!("‹code {language}: {text}›"),
                HoleKind::NoteMark(mark) => format!("‹mark {} {}›", mark.note, mark.nth),
                HoleKind::NoteBack { note, marks } => format!("‹back {note} {marks}›"),
                HoleKind::Label(key) => format!("‹{key}›"),
            };
            html.push_str(&shown);
        }
        html + &body.html[at..]
    }

    fn html(text: &str) -> String {
        let (html, found) = read(text);
        assert!(found.is_empty(), "{found:?}");
        html
    }

    #[test]
    fn nests_directives_inside_items() {
        let html = html(":::steps\n1. Um {#um}\n\n   :::details[D **x**]{#d open}\n   dentro\n   :::\n2. Dois\n:::\n");
        assert_eq!(
            html,
            "<div class=\"steps\">\n<ol>\n<li id=\"um\"><p>Um</p>\n<details id=\"d\" open><summary>\
             <span class=\"expand-control-text\">D <strong>x</strong></span></summary><div class=\"details-body\">\n\
             <p>dentro</p>\n</div></details>\n</li>\n<li id=\"V-part-2\"><p>Dois</p>\n</li>\n</ol>\n</div>\n"
        );
    }

    #[test]
    fn keeps_code_as_written() {
        assert_eq!(
            html("```md\n:::note\n:copy[a] {b|upper}\n:::\n```\n"),
            "‹code md: :::note\n:copy[a] {b|upper}\n:::\n›\n"
        );
        assert_eq!(
            html("Use `:copy[a|b]` e `{x|upper}`.\n"),
            "<p>Use <code>:copy[a|b]</code> e <code>{x|upper}</code>.</p>\n"
        );
        assert_eq!(html("    :::note\n    x\n"), "‹code : :::note\nx\n›\n");
    }

    #[test]
    fn keeps_copies_and_filters_whole_inside_a_table() {
        let html = html("| a | b |\n|---|--:|\n| :copy[x | y *z*] | {s|digits} |\n");
        assert!(html.contains("<span class=\"copy-value\">x | y *z*</span></span></td>"), "{html}");
        assert!(html.contains("<td data-align=\"right\">‹{s|digits}›</td>"), "{html}");
    }

    #[test]
    fn reads_literal_braces_and_placeholders_in_copies() {
        assert_eq!(html(r"\{a} {a} {A}"), "<p>{a} ‹{a}› {A}</p>\n");
        assert_eq!(html(r"\{a|upper}"), "<p>{a|upper}</p>\n");
        assert!(html(":copy[Ticket {ticket}]").contains("<span class=\"copy-value\">Ticket ‹{ticket}›</span>"));
        assert_eq!(html(":kbd[Ctrl+C]"), "<p><kbd>Ctrl</kbd>+<kbd>C</kbd></p>\n");
    }

    #[test]
    fn points_at_the_address_of_a_link() {
        let mut sources = Sources::default();
        let text = "Veja [pendência](whatsapp/index.md#pendencias).\n";
        let file = sources.add("a.md", text);
        let body = parse(text, 0, file, &mut Diagnostics::default());
        let link = body.links().next().unwrap();
        assert_eq!(sources.slice(link.span), "whatsapp/index.md#pendencias");
    }

    #[test]
    fn resolves_references_inside_directives() {
        let html = html(":::note[N]\n[a] e nota[^1]\n:::\n\n[a]: b.md\n\n[^1]: Texto.\n");
        assert!(html.contains("<a ‹b.md›>a</a>"), "{html}");
        assert!(html.contains("<li id=\"V-note-1\"><p>Texto.</p>"), "{html}");
    }

    #[test]
    fn reports_unclosed_and_unopened_directives() {
        assert_eq!(read(":::details[A]\nx\n").1, ["directive/unclosed :::details[A]"]);
        assert_eq!(read("x\n\n:::\n").1, ["directive/unopened :::"]);
        assert_eq!(read("- a\n  :::note\n  b\n:::\n").1, ["directive/unclosed :::note"]);
        assert_eq!(read("::::details[A]\n:::note\n::::\n").1, ["directive/unclosed :::note"]);
    }

    #[test]
    fn reports_unknown_and_unreadable_directives() {
        assert_eq!(read(":::detials[A]\n:::\n").1, ["directive/unknown detials"]);
        assert_eq!(read(":::note Título\n:::\n").1, ["directive/syntax Título"]);
        assert_eq!(read(":::details\n:::\n").1, ["directive/syntax :::details"]);
        assert_eq!(read(":::tab[A]\n:::\n").1, ["directive/misplaced :::tab[A]"]);
        assert_eq!(read(":::flow[a.flow.yaml]{view=cart}\n:::\n").1, ["directive/syntax view=cart"]);
    }

    #[test]
    fn lists_directives_when_none_is_similar() {
        let mut diagnostics = Diagnostics::default();
        parse(":::xyzzy\n:::\n", 0, Sources::default().add("a.md", ""), &mut diagnostics);
        let found = diagnostics.iter().next().unwrap();
        assert!(found.help[0].en.starts_with("the possible names are: note, tip,"), "{:?}", found.help);
    }

    #[test]
    fn reports_duplicate_id() {
        assert_eq!(read("# A {#a}\n\n:::note[B]{#a}\n:::\n").1, ["page/duplicate-id a"]);
    }

    #[test]
    fn section_ends_at_next_heading_of_its_level() {
        let text = "# A\n\na\n\n## B\n\nb\n\n# C\n\nc\n";
        let file = Sources::default().add("a.md", text);
        let body = parse(text, 0, file, &mut Diagnostics::default());
        let content = |id: &str| body.html[body.find_anchor(id).unwrap().content.clone()].to_owned();
        assert!(content("a").contains("<p>b</p>") && !content("a").contains("<p>c</p>"));
        assert_eq!(content("b"), "<p>b</p>\n");
        assert_eq!(content("c"), "<p>c</p>\n");
    }

    #[test]
    fn directive_title_is_always_inline() {
        for title in ["3. Atendimento [a] (oficial)", "# x", "- y", "> z", "***"] {
            let html = html(&format!(":::details[{title}]\n:::\n"));
            let escaped = title.replace('>', "&gt;");
            assert!(html.contains(&format!("\"expand-control-text\">{escaped}</span>")), "{html}");
        }
    }

    #[test]
    fn writes_alert_as_callout() {
        assert_eq!(
            html("> [!WARNING]\n> oi\n"),
            "<aside class=\"callout\" role=\"note\" data-kind=\"warning\" aria-label=\"‹callout_warning›\"><p class=\"callout-title\">\
             ‹callout_warning›</p>\n<p>oi</p>\n</aside>\n"
        );
    }

    proptest::proptest! {
        #[test]
        fn parses_any_text_with_spans_inside_it(text in r"([ -~áéç\n]|:::|:::details\[|\{#a\}|:copy\[|\n\n|1\. |> |\[\^1\]|```|\| )*") {
            let mut sources = Sources::default();
            let file = sources.add("a.md", text.clone());
            let mut diagnostics = Diagnostics::default();
            let body = parse(&text, 0, file, &mut diagnostics);
            for span in diagnostics.iter().filter_map(|diagnostic| diagnostic.span) {
                assert!(text.get(span.range()).is_some());
            }
            for anchor in &body.anchors {
                assert!(body.html.get(anchor.content.clone()).is_some());
            }
            assert!(body.holes.is_sorted_by_key(|hole| hole.at));
        }
    }
}
