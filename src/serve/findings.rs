//! Findings of a build by page, as the browser shows them.
//!
//! In: a report and the routes of its pages, or an error of reading. Out: [`PreviewFindings`], shown as a panel over the
//! page that they concern, or as a page of its own where nothing can be shown. The page escapes the texts; the panel
//! inserts them as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use super::editor::EditorLinks;
use crate::diagnostic::catalogue::preview as words;
use crate::diagnostic::{Diagnostic, Language, Severity, Text};
use crate::error::Error;
use crate::pipeline::Report;
use crate::report::{Findings, Format, Look, render};
use crate::source::FileId;

/// At most this many findings are sent, errors first.
const SENT: usize = 300;

/// Columns of a snippet.
const WIDTH: usize = 100;

/// The findings of a build, and the words of the panel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct PreviewFindings {
    language: &'static str,
    words: PreviewWords,
    /// True if the page below is of an earlier build.
    is_stale: bool,
    /// Findings about no page: of the configuration, the theme, copied files and unpublished texts.
    site: Vec<FindingItem>,
    /// By the address of the page, not percent-encoded. Its key in the browser is the page's own address.
    pages: BTreeMap<String, Vec<FindingItem>>,
    /// How many are not sent.
    more: usize,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct FindingItem {
    severity: &'static str,
    /// The panel opens for it: an error that is not about trust.
    opens: bool,
    /// `erro[link/missing-anchor]: não há âncora…`
    title: String,
    /// The snippet and the help.
    text: String,
    /// An address that opens the place in an editor.
    editor: Option<String>,
}

/// The words of the panel, in the language of messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct PreviewWords {
    heading: String,
    note: String,
    stale: String,
    close: String,
    editor: String,
    elsewhere: String,
    site: String,
    more: String,
    stopped: String,
    /// Singular and plural, by severity.
    counts: BTreeMap<&'static str, [String; 2]>,
}

impl PreviewFindings {
    /// The findings of a report. `routes` has the address of each page and flow.
    pub(super) fn of_report(
        report: &Report,
        routes: &BTreeMap<FileId, String>,
        editor: Option<&EditorLinks>,
        language: Language,
    ) -> Self {
        let mut diagnostics: Vec<&Diagnostic> = report.diagnostics.iter().collect();
        diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        let mut findings = Self::new(language);
        findings.more = diagnostics.len().saturating_sub(SENT);
        for diagnostic in diagnostics.into_iter().take(SENT) {
            let route = diagnostic.span.and_then(|span| routes.get(&span.file));
            let list = route.map_or(&mut findings.site, |route| findings.pages.entry(route.clone()).or_default());
            list.push(FindingItem::of(diagnostic, report, route.is_some(), editor, language));
        }
        findings
    }

    /// An error of reading the sources.
    pub(super) fn of_error(error: &Error, language: Language) -> Self {
        let title = error.text().in_language(language).to_owned();
        let severity = Severity::Error.as_str();
        let item = FindingItem { severity, opens: true, title, text: String::new(), editor: None };
        Self { site: vec![item], ..Self::new(language) }
    }

    /// Marks the shown pages as those of an earlier build.
    #[must_use]
    pub(super) fn over_earlier_build(self) -> Self {
        Self { is_stale: true, ..self }
    }

    fn new(language: Language) -> Self {
        Self { language: language.tag(), words: PreviewWords::in_language(language), ..Self::default() }
    }

    /// A page with the findings about `route`, or about all pages, for a page that cannot be shown.
    pub(super) fn page(&self, route: Option<&str>) -> String {
        let mut body = String::new();
        let of_page = |route: &str| self.pages.get(route).into_iter().flatten();
        let of_pages: Vec<&FindingItem> = match route {
            Some(route) => of_page(route).collect(),
            None => self.pages.values().flatten().collect(),
        };
        for finding in self.site.iter().chain(of_pages) {
            let (title, text) = (escape(&finding.title), escape(&finding.text));
            let _ = write!(body, "<h2>{title}</h2>\n<pre>{text}</pre>\n");
        }
        let style = include_str!("findings.css");
        let (language, title) = (self.language, escape(&self.words.heading));
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\"><title>{title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width\"><style>{style}</style></head>\n\
             <body><main><h1>{title}</h1>\n{body}</main></body>\n</html>\n"
        )
    }
}

impl FindingItem {
    /// The first line of the terminal's report, and the rest.
    fn of(
        diagnostic: &Diagnostic,
        report: &Report,
        is_of_page: bool,
        editor: Option<&EditorLinks>,
        language: Language,
    ) -> Self {
        let findings = Findings::new(&report.sources, std::slice::from_ref(diagnostic), &report.summary);
        let shown = render(findings, Format::Human, Look { language, is_coloured: false, width: WIDTH });
        let (title, text) = shown.split_once('\n').unwrap_or((&shown, ""));
        let place = diagnostic.span.map(|span| (span, report.sources.position(span.file, span.start)));
        let path = diagnostic.span.map_or("", |span| report.sources.path(span.file));
        let is_of_text = path.starts_with("content/");
        Self {
            severity: diagnostic.severity.as_str(),
            opens: diagnostic.severity == Severity::Error
                && !diagnostic.code.is_about_trust()
                && (is_of_page || !is_of_text),
            title: title.to_owned(),
            text: text.trim_end().to_owned(),
            editor: editor.zip(place).map(|(editor, (_, position))| editor.link(path, position)),
        }
    }
}

impl PreviewWords {
    fn in_language(language: Language) -> Self {
        let translate = |text: Text| text.in_language(language).to_owned();
        let count = |severity: Severity, one, many| (severity.as_str(), [translate(one), translate(many)]);
        Self {
            heading: translate(words::heading()),
            note: translate(words::note()),
            stale: translate(words::stale()),
            close: translate(words::close()),
            editor: translate(words::open_in_editor()),
            elsewhere: translate(words::elsewhere()),
            site: translate(words::outside_pages()),
            more: translate(words::more()),
            stopped: translate(words::stopped()),
            counts: BTreeMap::from([
                count(Severity::Error, words::error(), words::errors()),
                count(Severity::Warning, words::warning(), words::warnings()),
                count(Severity::Note, words::note_word(), words::note_words()),
            ]),
        }
    }
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

    fn findings() -> PreviewFindings {
        let mut sources = Sources::default();
        let page = sources.add("content/a.md", "olá\n<script>alert(1)</script>\n");
        let flow = sources.add("content/f.flow.yaml", "title: F\n");
        let config = sources.add("vereda.yaml", "title: T\n");
        let text = |text: &str| Text { pt: text.to_owned(), en: text.to_owned() };
        let of = |code: Code, file, start, message| Diagnostic::new(code, Span::new(file, start, start), text(message));
        let report = Report {
            sources,
            diagnostics: vec![
                of(Code::PAGE_EMPTY, page, 0, "vazia"),
                of(Code::LINK_MISSING_ANCHOR, page, 5, "<b>não</b> há"),
                of(Code::SCENARIO_WRONG_OUTCOME, flow, 0, "cenário"),
                of(Code::CONFIG_INVALID_VALUE, config, 0, "valor"),
            ],
            outputs: Vec::new(),
            summary: crate::report::Summary::default(),
            language: Language::PtBr,
        };
        let routes = BTreeMap::from([(page, "/a/".to_owned()), (flow, "/f/".to_owned())]);
        let editor = EditorLinks::new("x://{path}:{line}:{column}", "/s".into());
        PreviewFindings::of_report(&report, &routes, Some(&editor), Language::PtBr)
    }

    #[test]
    fn sorts_findings_by_page_errors_first() {
        let findings = findings();
        let [error, warning] = findings.pages["/a/"].as_slice() else { panic!("{findings:?}") };
        assert!(error.title.contains("link/missing-anchor") && error.title.contains("<b>não</b> há"), "{error:?}");
        assert!(error.text.contains("content/a.md:2:1") && error.text.contains("<script>"), "{error:?}");
        assert_eq!((error.opens, error.editor.as_deref()), (true, Some("x:///s/content/a.md:2:1")));
        assert_eq!((warning.severity, warning.opens), ("warning", false));
        assert!(findings.site[0].title.contains("config/invalid-value") && findings.site[0].opens);
    }

    #[test]
    fn opens_no_panel_for_scenarios() {
        let findings = findings();
        assert_eq!((findings.pages["/f/"][0].severity, findings.pages["/f/"][0].opens), ("error", false));
    }

    #[test]
    fn escapes_texts_in_a_page() {
        let page = findings().page(Some("/a/"));
        assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("config/invalid-value"), "{page}");
        assert!(!page.contains("<script>") && !page.contains("<b>") && !page.contains("cenário"));
    }

    #[test]
    fn shows_an_error_of_reading() {
        let page = PreviewFindings::of_error(&Error::NotASite("/tmp/x".into()), Language::En).page(None);
        assert!(page.contains("<h2>`/tmp/x` is not a site"), "{page}");
    }
}
