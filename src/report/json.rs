//! JSON format: one object a diagnostic, then one with the summary, one a line.
//!
//! Lines and columns count from 1, columns in characters; the end is one past the last character. Without a place these
//! fields are `null`.

use serde::Serialize;

use super::{Findings, Look};
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::flow::coverage::FlowCoverage;
use crate::source::Sources;

/// A diagnostic. The order of the fields is part of the format.
#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    /// What to do, one sentence a line.
    help: Option<String>,
    /// How many findings are not listed because this one is their cause.
    #[serde(skip_serializing_if = "is_zero")]
    consequences: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The last line.
#[derive(Serialize)]
struct Last<'a> {
    summary: Totals<'a>,
}

#[derive(Serialize)]
struct Totals<'a> {
    errors: usize,
    warnings: usize,
    notes: usize,
    pages: usize,
    flows: usize,
    links: usize,
    coverage: &'a [FlowCoverage],
}

/// Renders one line a diagnostic, then the summary.
pub(super) fn render(findings: Findings<'_>, look: Look) -> String {
    let mut text = String::new();
    for diagnostic in findings.diagnostics {
        push_line(&mut text, &Finding::new(diagnostic, findings.sources, look.language));
    }
    push_line(&mut text, &Last { summary: Totals::new(findings) });
    text
}

fn push_line(text: &mut String, value: &impl Serialize) {
    text.push_str(&serde_json::to_string(value).expect("plain structs of texts and numbers are JSON"));
    text.push('\n');
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Self {
        let start = diagnostic.span.map(|span| sources.position(span.file, span.start));
        let end = diagnostic.span.map(|span| sources.position(span.file, span.end));
        let help: Vec<_> = diagnostic.help.iter().map(|text| text.in_language(language)).collect();
        Self {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity,
            message: diagnostic.message.in_language(language),
            file: diagnostic.span.map(|span| sources.path(span.file)),
            line: start.map(|start| start.line),
            column: start.map(|start| start.column),
            end_line: end.map(|end| end.line),
            end_column: end.map(|end| end.column),
            help: (!help.is_empty()).then(|| help.join("\n")),
            consequences: diagnostic.consequences,
        }
    }
}

impl<'a> Totals<'a> {
    fn new(findings: Findings<'a>) -> Self {
        Self {
            errors: findings.count(Severity::Error),
            warnings: findings.count(Severity::Warning),
            notes: findings.count(Severity::Note),
            pages: findings.summary.pages,
            flows: findings.summary.flows,
            links: findings.summary.links,
            coverage: &findings.summary.coverage,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Language, catalogue};
    use crate::report::Format;
    use crate::testing::report::Sample;

    #[test]
    fn keeps_order_of_fields() {
        let mut sample = Sample::new("content/a.md", "olá\nação aqui");
        sample.add(Code::LINK_MISSING_FILE, Some("ção aqui"), "não há").help.push(catalogue::help::did_you_mean("b"));
        let expected = concat!(
            r#"{"code":"link/missing-file","severity":"error","message":"não há","file":"content/a.md","line":2,"column":2,"#,
            r#""end_line":2,"end_column":10,"help":"você quis dizer `b`?"}"#,
            "\n",
            r#"{"summary":{"errors":1,"warnings":0,"notes":0,"pages":0,"flows":0,"links":0,"coverage":[]}}"#,
            "\n",
        );
        assert_eq!(sample.render(Format::Json, Language::PtBr), expected);
    }

    #[test]
    fn writes_null_without_place() {
        let mut sample = Sample::new("content/a.md", "");
        sample.add(Code::PAGE_NO_CONTENT, None, "não há");
        let text = sample.render(Format::Json, Language::PtBr);
        assert!(
            text.contains(r#""file":null,"line":null,"column":null,"end_line":null,"end_column":null,"help":null"#),
            "{text}"
        );
    }
}
