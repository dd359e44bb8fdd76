//! GitHub format: workflow commands, which GitHub Actions shows beside the lines of a pull request.
//!
//! Syntax and escapes are those of
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands> and of `actions/toolkit`
//! (`packages/core/src/command.ts`). A span of several lines has no columns, because GitHub accepts them within one line only.

use super::{Findings, Look};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;

/// Renders one command a diagnostic.
pub(super) fn render(findings: Findings<'_>, look: Look) -> String {
    findings.diagnostics.iter().map(|diagnostic| render_command(diagnostic, findings, look)).collect()
}

fn render_command(diagnostic: &Diagnostic, findings: Findings<'_>, look: Look) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = diagnostic.span.map_or(String::new(), |span| place(span, findings));
    let help = diagnostic.help.iter();
    let sentences = [&diagnostic.message].into_iter().chain(help).map(|text| text.in_language(look.language));
    let message = escape_data(&sentences.collect::<Vec<_>>().join("\n"));
    format!("::{command} {place}title={}::{message}\n", escape_property(diagnostic.code.as_str()))
}

/// `file=…,line=…,` and so on, with a comma at the end.
fn place(span: Span, findings: Findings<'_>) -> String {
    let file = escape_property(&findings.path_in_repository(span.file));
    let start = findings.sources.position(span.file, span.start);
    let end = findings.sources.position(span.file, span.end);
    if start.line == end.line {
        let (line, column) = (start.line, start.column);
        format!("file={file},line={line},endLine={line},col={column},endColumn={},", end.column)
    } else {
        format!("file={file},line={},endLine={},", start.line, end.line)
    }
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Language, Text};
    use crate::report::Format;
    use crate::testing::report::Sample;

    #[test]
    fn renders_commands() {
        let mut sample = Sample::new("content/ação.md", "olá\nação aqui\n");
        let help = Text { pt: "apague-o".to_owned(), en: String::new() };
        sample.add(Code::LINK_MISSING_FILE, Some("aqui"), "não há `x`: 100 %\nfim").help.push(help);
        sample.add(Code::REVIEW_NO_OWNER, None, "ninguém");
        sample.add(Code::PAGE_EMPTY, Some("olá\nação"), "duas linhas");
        let expected = "\
::error file=content/ação.md,line=2,endLine=2,col=6,endColumn=10,title=link/missing-file::não há `x`: 100 %25%0Afim%0Aapague-o
::warning title=review/no-owner::ninguém
::warning file=content/ação.md,line=1,endLine=2,title=page/empty::duas linhas
";
        assert_eq!(sample.render(Format::Github, Language::PtBr), expected);
    }

    #[test]
    fn escapes_paths() {
        let mut sample = Sample::new("content/a,line=9::b%\n.md", "x");
        sample.folder = "manual/";
        sample.add(Code::LINK_EMPTY, Some("x"), "::error::y");
        let expected = "::warning file=manual/content/a%2Cline=9%3A%3Ab%25%0A.md,line=1,endLine=1,col=1,endColumn=2,\
                        title=link/empty::::error::y\n";
        assert_eq!(sample.render(Format::Github, Language::PtBr), expected);
    }
}
