//! Short format: `path:line:column: error[code]: message`, one line a diagnostic.

use super::human::severity_word;
use super::printable::printable;
use super::{Findings, Look};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// Renders one line a diagnostic.
pub(super) fn render(findings: Findings<'_>, look: Look) -> String {
    findings.diagnostics.iter().map(|diagnostic| render_line(diagnostic, findings.sources, look)).collect()
}

/// Renders one diagnostic.
pub(super) fn render_line(diagnostic: &Diagnostic, sources: &Sources, look: Look) -> String {
    let place = diagnostic.span.map_or(String::new(), |span| {
        let start = sources.position(span.file, span.start);
        format!("{}:{}:{}: ", printable(sources.path(span.file)), start.line, start.column)
    });
    let word = severity_word(diagnostic.severity);
    let message = printable(diagnostic.message.in_language(look.language));
    format!("{place}{}[{}]: {message}\n", word.in_language(look.language), diagnostic.code.as_str())
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Code, Language};
    use crate::report::Format;
    use crate::testing::report::Sample;

    #[test]
    fn renders_lines() {
        let mut sample = Sample::new("content/índice.md", "olá\nação aqui\n");
        sample.add(Code::LINK_MISSING_FILE, Some("aqui"), "não há `x`\nnem `y`");
        sample.add(Code::REVIEW_NO_OWNER, None, "ninguém responde");
        let expected = "content/índice.md:2:6: erro[link/missing-file]: não há `x` nem `y`\n\
                        aviso[review/no-owner]: ninguém responde\n";
        assert_eq!(sample.render(Format::Short, Language::PtBr), expected);
    }
}
