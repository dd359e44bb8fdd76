//! Diagnostics of template errors, at their place in the template.
//!
//! A template of the embedded theme has no source file, so its diagnostics have name, line and column instead. An error within a
//! template has a span. Errors between templates (a missing `include`, filter or component) come as a formatted text, which is
//! parsed here. Entry points: [`explain_compiling`], [`explain_rendering`], and [`merge`] for equal errors of many pages.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use tera::{Error, ErrorKind};

use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::source::{FileId, Span};
use crate::theme::Theme;

/// One formatted error: cause, template, line and column in characters from 1, and the carets below.
static REPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^error: ([^\n]*)\n\s*--> ([^\n]+):(\d+):(\d+)\n[^\n]*\n[^\n]*\n[^\n^]*(\^*)")
        .expect("the pattern is valid")
});

/// The templates of the site itself, by name.
pub(super) type SiteTemplates = Vec<(String, FileId)>;

pub(super) fn explain_compiling(error: &Error, theme: &Theme, own: &SiteTemplates) -> Vec<Diagnostic> {
    let texts = theme.templates();
    let text_of = |name: &str| texts.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str());
    let in_template = |name: &str, written: &str| {
        let start = text_of(name).find(written).unwrap_or(0);
        let length = if text_of(name).is_empty() { 0 } else { written.len() };
        catalogue::theme::syntax(span_in(own, name, start, length), name, error)
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let span = span_in(own, report.filename(), range.start, range.len());
            let place = place(report.filename(), report.span().start_line, report.span().start_col + 1, span);
            vec![catalogue::theme::syntax(span, place, report.message())]
        }
        ErrorKind::MissingParent { current, parent } => vec![in_template(current, parent)],
        ErrorKind::CircularExtend { tpl, .. } => vec![in_template(tpl, "extends")],
        ErrorKind::CircularInclude { tpl, .. } => vec![in_template(tpl, "include")],
        _ => {
            let formatted = error.to_string();
            let read: Vec<_> =
                REPORT.captures_iter(&formatted).map(|report| read_report(&report, text_of, own)).collect();
            if read.is_empty() { vec![catalogue::theme::syntax(None, "templates/", formatted)] } else { read }
        }
    }
}

fn read_report<'t>(report: &Captures<'_>, text_of: impl Fn(&str) -> &'t str, own: &SiteTemplates) -> Diagnostic {
    let (name, number) = (&report[2], |group: usize| report[group].parse::<usize>().unwrap_or(1));
    let (line, column) = (number(3), number(4));
    let text = text_of(name);
    let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let offset_of = |characters: usize| text[line_start..].chars().take(characters).map(char::len_utf8).sum::<usize>();
    let (start, end) = (offset_of(column - 1), offset_of(column - 1 + report[5].len()));
    let span = span_in(own, name, line_start + start, end - start);
    catalogue::theme::syntax(span, place(name, line, column, span), &report[1])
}

pub(super) fn explain_rendering(error: &Error, page: &str, own: &SiteTemplates) -> Diagnostic {
    let finding = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let span = span_in(own, report.filename(), range.start, range.len());
            let place = place(report.filename(), report.span().start_line, report.span().start_col + 1, span);
            catalogue::theme::render(span, place, report.message())
        }
        _ => catalogue::theme::render(None, "templates/", error),
    };
    finding.help(catalogue::theme::while_rendering(page))
}

fn span_in(own: &SiteTemplates, name: &str, start: usize, length: usize) -> Option<Span> {
    let (_, file) = own.iter().find(|(known, _)| known == name)?;
    Some(Span::new(*file, start, start + length))
}

/// The name of a template, with line and column if there is no span.
fn place(name: &str, line: usize, column: usize, span: Option<Span>) -> String {
    if span.is_some() { name.to_owned() } else { format!("{name}:{line}:{column}") }
}

/// Merges equal errors of several pages into the first, with the number of the others.
pub(super) fn merge(diagnostics: &Diagnostics) -> Diagnostics {
    let mut merged: Vec<(Diagnostic, usize)> = Vec::new();
    let mut known: HashMap<(Option<Span>, String), usize> = HashMap::new();
    for finding in diagnostics.iter() {
        let key = (finding.span, finding.message.en.clone());
        let index = *known.entry(key).or_insert(merged.len());
        match merged.get_mut(index) {
            Some((_, more)) => *more += 1,
            None => merged.push((finding.clone(), 0)),
        }
    }
    let mut result = Diagnostics::default();
    for (finding, more) in merged {
        result.push(if more == 0 { finding } else { finding.help(catalogue::theme::and_more(more)) });
    }
    result
}
