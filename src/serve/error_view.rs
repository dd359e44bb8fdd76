//! Errors of a build, as the browser shows them.
//!
//! In: a report with errors, or an error of reading. Out: an [`ErrorView`], shown over the last good page, or as a page
//! of its own before the first good build. The page escapes the texts; the overlay inserts them as text.

use std::fmt::Write;

use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Language, Severity, Text};
use crate::error::Error;
use crate::pipeline::Report;
use crate::report::{Findings, Format, Look, render};

/// At most this many findings are shown.
const SHOWN: usize = 20;

/// Columns of a snippet.
const WIDTH: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ErrorView {
    language: &'static str,
    title: String,
    note: String,
    close: String,
    findings: Vec<ErrorItem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ErrorItem {
    severity: &'static str,
    /// `erro[link/missing-anchor]: não há âncora…`
    title: String,
    /// The snippet and the help.
    text: String,
}

impl ErrorView {
    /// The findings of a report, errors first.
    pub(super) fn of_report(report: &Report, language: Language) -> Self {
        let mut diagnostics: Vec<&Diagnostic> = report.diagnostics.iter().collect();
        diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        let shown = diagnostics.into_iter().take(SHOWN).map(|diagnostic| ErrorItem::of(diagnostic, report, language));
        Self::new(report.count(Severity::Error), shown.collect(), language)
    }

    /// An error of reading the sources.
    pub(super) fn of_error(error: &Error, language: Language) -> Self {
        let title = error.text().in_language(language).to_owned();
        Self::new(1, vec![ErrorItem { severity: Severity::Error.as_str(), title, text: String::new() }], language)
    }

    fn new(errors: usize, findings: Vec<ErrorItem>, language: Language) -> Self {
        let translate = |text: Text| text.in_language(language).to_owned();
        Self {
            language: language.tag(),
            title: translate(title(errors)),
            note: translate(note()),
            close: translate(close()),
            findings,
        }
    }

    /// A page with the errors, before the first good build.
    pub(super) fn page(&self) -> String {
        let mut body = String::new();
        for finding in &self.findings {
            let (title, text) = (escape(&finding.title), escape(&finding.text));
            let _ = write!(body, "<h2>{title}</h2>\n<pre>{text}</pre>\n");
        }
        let (language, title, style) = (self.language, escape(&self.title), include_str!("error_view.css"));
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\"><title>{title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width\"><style>{style}</style></head>\n\
             <body><main><h1>{title}</h1>\n{body}</main></body>\n</html>\n"
        )
    }
}

impl ErrorItem {
    /// The first line of the terminal's report, and the rest.
    fn of(diagnostic: &Diagnostic, report: &Report, language: Language) -> Self {
        let findings = Findings::new(&report.sources, std::slice::from_ref(diagnostic), &report.summary);
        let shown = render(findings, Format::Human, Look { language, is_coloured: false, width: WIDTH });
        let (title, text) = shown.split_once('\n').unwrap_or((&shown, ""));
        Self { severity: diagnostic.severity.as_str(), title: title.to_owned(), text: text.trim_end().to_owned() }
    }
}

fn title(errors: usize) -> Text {
    match errors {
        1 => Text { pt: "1 erro".to_owned(), en: "1 error".to_owned() },
        _ => Text { pt: format!("{errors} erros"), en: format!("{errors} errors") },
    }
}

fn note() -> Text {
    Text {
        pt: "A página por baixo é a última que deu certo. Isto some quando o erro for corrigido.".to_owned(),
        en:
            "The page below is of the last build without errors. This message disappears when the errors are corrected."
                .to_owned(),
    }
}

fn close() -> Text {
    Text { pt: "Fechar (Esc)".to_owned(), en: "Close (Esc)".to_owned() }
}

/// Text as HTML, also inside a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_html(&mut html, text).expect("a string takes any text");
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::{Sources, Span};

    fn report() -> Report {
        let mut sources = Sources::default();
        let file = sources.add("content/a.md", "olá\n<script>alert(1)</script>\n");
        let text = |text: &str| Text { pt: text.to_owned(), en: text.to_owned() };
        let warning = Diagnostic::new(Code::PAGE_EMPTY, None, text("vazia"));
        let error = Diagnostic::new(Code::LINK_MISSING_ANCHOR, Span::new(file, 5, 13), text("<b>não</b> há"));
        Report {
            sources,
            diagnostics: vec![warning, error],
            outputs: Vec::new(),
            summary: crate::report::Summary::default(),
            language: Language::PtBr,
        }
    }

    #[test]
    fn shows_errors_first_with_their_snippet() {
        let failure = ErrorView::of_report(&report(), Language::PtBr);
        assert_eq!((failure.title.as_str(), failure.findings.len()), ("1 erro", 2));
        let first = &failure.findings[0];
        assert!(first.title.contains("link/missing-anchor") && first.title.contains("<b>não</b> há"), "{first:?}");
        assert!(first.text.contains("content/a.md:2:1") && first.text.contains("<script>"), "{first:?}");
    }

    #[test]
    fn escapes_texts_in_a_page() {
        let page = ErrorView::of_report(&report(), Language::En).page();
        assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("<title>1 error</title>"));
        assert!(!page.contains("<script>") && !page.contains("<b>"));
    }

    #[test]
    fn shows_an_error_of_reading() {
        let page = ErrorView::of_error(&Error::NotASite("/tmp/x".into()), Language::En).page();
        assert!(page.contains("<h2>`/tmp/x` is not a site"), "{page}");
    }
}
