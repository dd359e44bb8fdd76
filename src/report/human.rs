//! Human format: message, source snippet with the place marked, and help.
//!
//! `annotate-snippets` renders the title and the snippets. This module writes the help, because that crate ends every
//! snippet and every origin with an empty line.

use annotate_snippets::renderer::{DEFAULT_CONTEXT_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, Style};
use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet, Title};

use super::excerpt::{Excerpt, Mark, find_excerpts};
use super::printable::{printable, printable_source};
use super::{Findings, Look};
use crate::diagnostic::catalogue::report;
use crate::diagnostic::{Diagnostic, Language, Severity, Text};
use crate::source::Sources;

/// Renders each diagnostic, errors first, with an empty line after it.
pub(super) fn render(findings: Findings<'_>, look: Look) -> String {
    let renderer = if look.is_coloured { Renderer::styled() } else { Renderer::plain() }.term_width(look.width);
    let mut text = String::new();
    let mut diagnostics: Vec<&Diagnostic> = findings.diagnostics.iter().collect();
    // Stable: a cause stays before what it caused.
    diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    for diagnostic in diagnostics {
        text.push_str(&render_finding(diagnostic, findings.sources, look, &renderer));
        text.push('\n');
    }
    text
}

/// `erro: não é possível …`: the line of an error that is not about the content.
pub fn failure_line(text: &Text, look: Look) -> String {
    let word = report::error();
    let word = paint(word.in_language(look.language), DEFAULT_ERROR_STYLE, look);
    format!("{word}: {}", printable(text.in_language(look.language)))
}

/// The word for a severity.
pub(super) fn severity_word(severity: Severity) -> Text {
    match severity {
        Severity::Error => report::error(),
        Severity::Warning => report::warning(),
        Severity::Note => report::note(),
    }
}

fn render_finding(diagnostic: &Diagnostic, sources: &Sources, look: Look, renderer: &Renderer) -> String {
    let excerpts = find_excerpts(diagnostic, sources);
    let elements = excerpts.iter().map(|excerpt| element(excerpt, diagnostic, sources, look.language));
    let snippet = renderer.render(&[title(diagnostic, look.language).elements(elements)]);
    snippet + "\n" + &help_lines(diagnostic, gutter_width(&excerpts, sources), look)
}

/// `erro[link/missing-anchor]: não há …`
fn title(diagnostic: &Diagnostic, language: Language) -> Title<'static> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let word = severity_word(diagnostic.severity).in_language(language).to_owned();
    let message = printable(diagnostic.message.in_language(language));
    level.with_name(word).primary_title(message).id(diagnostic.code.as_str())
}

/// Converts an excerpt to a snippet, or to its path and position if its lines are too long.
fn element<'a>(excerpt: &Excerpt, diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Element<'a> {
    let path = sources.path(excerpt.file);
    let text = sources.text(excerpt.file);
    let Some(lines) = excerpt.lines(text) else {
        let position = excerpt.position(sources);
        return Origin::path(path).line(position.line).char_column(position.column).into();
    };
    let first_line = excerpt.position_of(lines.start, sources).line;
    let annotations = excerpt.marks.iter().map(|mark| annotation(mark, lines.start, diagnostic, language));
    Snippet::source(printable_source(&text[lines.clone()]))
        .line_start(first_line)
        .path(path)
        .annotations(annotations)
        .into()
}

fn annotation<'a>(mark: &Mark, origin: usize, diagnostic: &'a Diagnostic, language: Language) -> Annotation<'a> {
    let range = mark.range.start - origin..mark.range.end - origin;
    match mark.label {
        None => AnnotationKind::Primary.span(range),
        Some(index) => AnnotationKind::Context.span(range).label(diagnostic.labels[index].text.in_language(language)),
    }
}

/// The width of the line numbers, in columns.
fn gutter_width(excerpts: &[Excerpt], sources: &Sources) -> usize {
    let shown = excerpts.iter().filter(|excerpt| excerpt.lines(sources.text(excerpt.file)).is_some());
    shown.map(|excerpt| excerpt.last_line(sources).to_string().len()).max().unwrap_or(0)
}

/// `= ajuda: …` below the snippet, aligned with its bars.
fn help_lines(diagnostic: &Diagnostic, gutter: usize, look: Look) -> String {
    let word = report::help();
    let word = paint(word.in_language(look.language), DEFAULT_HELP_STYLE, look);
    let sign = paint("=", DEFAULT_CONTEXT_STYLE, look);
    let sentences = diagnostic.help.iter().map(|help| printable(help.in_language(look.language)));
    let lines = sentences.map(|sentence| format!("{:gutter$} {sign} {word}: {sentence}\n", ""));
    lines.collect::<Vec<_>>().concat()
}

/// Applies a style to a text, if the output is coloured.
pub(super) fn paint(text: &str, style: Style, look: Look) -> String {
    if look.is_coloured { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Language, Text, catalogue};
    use crate::report::Format;
    use crate::testing::report::Sample;

    /// The report of one diagnostic at the first `marked` of a page.
    fn shown(text: &str, marked: &str) -> String {
        let mut sample = Sample::new("content/index.md", text);
        sample.add(Code::LINK_MISSING_ANCHOR, Some(marked), "não há");
        let shown = sample.render(Format::Human, Language::PtBr);
        shown.strip_prefix("erro[link/missing-anchor]: não há\n").unwrap().to_owned()
    }

    fn label(pt: &str) -> Text {
        Text { pt: pt.to_owned(), en: String::new() }
    }

    #[test]
    fn renders_place_snippet_and_help() {
        let mut sample = Sample::new("content/index.md", "---\ntitle: a\n---\n\nVeja [pendência](p.md#pendencias).\n");
        let message = "não há âncora `#pendencias` em `p.md`";
        let finding = sample.add(Code::LINK_MISSING_ANCHOR, Some("p.md#pendencias"), message);
        finding.help.push(catalogue::help::did_you_mean("#pendencia"));
        let expected = "\
erro[link/missing-anchor]: não há âncora `#pendencias` em `p.md`
 --> content/index.md:5:18
  |
5 | Veja [pendência](p.md#pendencias).
  |                  ^^^^^^^^^^^^^^^
  = ajuda: você quis dizer `#pendencia`?

";
        assert_eq!(sample.render(Format::Human, Language::PtBr), expected);
    }

    #[test]
    fn aligns_marks_with_wide_characters() {
        assert_eq!(shown("ação: é", "é"), " --> content/index.md:1:7\n  |\n1 | ação: é\n  |       ^\n\n");
        assert_eq!(shown("日本 x", "x"), " --> content/index.md:1:4\n  |\n1 | 日本 x\n  |      ^\n\n");
        assert_eq!(shown("e\u{301} x", "x"), " --> content/index.md:1:4\n  |\n1 | e\u{301} x\n  |   ^\n\n");
        assert_eq!(shown("\tx", "x"), " --> content/index.md:1:2\n  |\n1 |     x\n  |     ^\n\n");
    }

    #[test]
    fn accepts_crlf() {
        assert_eq!(shown("um\r\ndois\r\n", "dois\r\n"), " --> content/index.md:2:1\n  |\n2 | dois\n  | ^^^^\n\n");
    }

    #[test]
    fn marks_empty_span_with_one_caret() {
        let mut sample = Sample::new("a.md", "um\ndois\n");
        sample.add_at(Code::PAGE_EMPTY, 4, 4);
        sample.add_at(Code::PAGE_EMPTY, 8, 8);
        let expected = "\
aviso[page/empty]: aqui
 --> a.md:2:2
  |
2 | dois
  |  ^

aviso[page/empty]: aqui
 --> a.md:3:1
  |
3 |
  | ^

";
        assert_eq!(sample.render(Format::Human, Language::PtBr), expected);
    }

    #[test]
    fn brackets_span_of_several_lines() {
        let expected = " --> content/index.md:1:3\n  |\n1 |   a b\n  |  ___^\n2 | | c d\n  | |_^\n\n";
        assert_eq!(shown("a b\nc d\n", "b\nc"), expected);
    }

    #[test]
    fn renders_diagnostic_without_place() {
        let mut sample = Sample::new("a.md", "");
        sample.add(Code::PAGE_NO_CONTENT, None, "não há a pasta").help.push(label("crie-a"));
        let expected = "erro[page/no-content]: não há a pasta\n = ajuda: crie-a\n\n";
        assert_eq!(sample.render(Format::Human, Language::PtBr), expected);
    }

    #[test]
    fn renders_labels_in_same_and_other_file() {
        let mut sample = Sample::new("a.md", "um\ndois\ntrês\n");
        let (here, there) = (sample.span("um"), sample.add_file("content/b.md", "x\ny\n", "y"));
        let finding = sample.add(Code::PAGE_DUPLICATE_ID, Some("três"), "repetido");
        *finding = finding.clone().label(here, label("primeiro")).label(there, label("também"));
        let expected = "\
erro[page/duplicate-id]: repetido
 --> a.md:3:1
  |
1 | um
  | -- primeiro
2 | dois
3 | três
  | ^^^^
  |
 ::: content/b.md:2:1
  |
2 | y
  | - também

";
        assert_eq!(sample.render(Format::Human, Language::PtBr), expected);
    }

    #[test]
    fn crops_long_lines() {
        let cropped = shown(&format!("{}AQUI{}", "a ".repeat(400), " b".repeat(400)), "AQUI");
        assert!(cropped.starts_with(" --> content/index.md:1:801\n"), "{cropped}");
        assert!(cropped.lines().all(|line| line.chars().count() <= 110), "{cropped}");
        let (line, carets) = (cropped.lines().nth(2).unwrap(), cropped.lines().nth(3).unwrap());
        assert_eq!(line.find("AQUI"), carets.find("^^^^"), "{cropped}");
        let named = shown(&format!("{}AQUI", "a ".repeat(40_000)), "AQUI");
        assert_eq!(named.trim(), "--> content/index.md:1:80001");
    }

    #[test]
    fn colours_keep_text() {
        let mut sample = Sample::new("a.md", "um\n");
        sample.add(Code::LINK_EMPTY, Some("um"), "vazio").help.push(label("apague-o"));
        let coloured = sample.render_coloured();
        assert!(coloured.contains("\u{1b}["), "{coloured}");
        let plain = anstream::adapter::strip_str(&coloured).to_string();
        assert_eq!(plain, sample.render(Format::Human, Language::PtBr));
    }

    #[test]
    fn renders_ten_thousand_diagnostics_quickly() {
        let text = "uma linha de texto comum, com um [link](x.md) no meio\n".repeat(190_000);
        let mut sample = Sample::new("a.md", &text);
        for index in 0..10_000 {
            sample.add_at(Code::LINK_MISSING_FILE, index * 1026 + 34, index * 1026 + 38);
        }
        let began = std::time::Instant::now();
        sample.render(Format::Human, Language::PtBr);
        sample.render(Format::Json, Language::PtBr);
        assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    }

    proptest::proptest! {
        #[test]
        fn renders_any_span_of_any_text(text in "\\PC{0,40}[\r\n\t]{0,3}\\PC{0,9}", start in 0_usize..99, length in 0_usize..99) {
            let mut sample = Sample::new("a.md", &text);
            sample.add_at(Code::PAGE_EMPTY, start, start + length);
            sample.add_at(Code::PAGE_EMPTY, 0, start);
            proptest::prop_assert!(sample.render(Format::Human, Language::En).starts_with("warning[page/empty]: here\n"));
        }
    }
}
