//! Fingerprints of diagnostics: hashes of code, file and message, which stay the same when lines move.
//!
//! In: diagnostics in the order of the report. Out: a fingerprint for each. Entry point: [`fingerprints`]. Equal
//! diagnostics are distinguished by their order.

use std::collections::HashMap;

use super::Findings;
use crate::diagnostic::Language;

/// The length, in hexadecimal digits.
const LENGTH: usize = 32;

/// Computes a fingerprint for each diagnostic, independent of the language of the report.
pub(super) fn fingerprints(findings: Findings<'_>) -> Vec<String> {
    let mut seen: HashMap<blake3::Hash, usize> = HashMap::new();
    let mut fingerprint = |diagnostic: &crate::diagnostic::Diagnostic| {
        let file = diagnostic.span.map_or("", |span| findings.sources.path(span.file));
        let parts = [diagnostic.code.as_str(), file, diagnostic.message.in_language(Language::En)];
        let kind = blake3::hash(parts.join("\0").as_bytes());
        let earlier = seen.entry(kind).or_default();
        let own = blake3::hash(format!("{kind}\0{earlier}").as_bytes());
        *earlier += 1;
        own.to_hex()[..LENGTH].to_owned()
    };
    findings.diagnostics.iter().map(&mut fingerprint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::testing::report::Sample;

    fn of(text: &str, path: &str, message: &str) -> Vec<String> {
        let mut sample = Sample::new(path, text);
        sample.add(Code::LINK_EMPTY, Some("a"), message);
        sample.add(Code::LINK_EMPTY, Some("b"), message);
        fingerprints(sample.findings())
    }

    #[test]
    fn keeps_fingerprint_when_lines_move() {
        let before = of("a b", "x.md", "vazio");
        assert_eq!(before, of("\n\n  a\n\nb", "x.md", "vazio"));
        assert_ne!(before[0], before[1]);
        assert_ne!(before, of("a b", "y.md", "vazio"));
        assert_ne!(before, of("a b", "x.md", "outro"));
        assert_eq!(before[0].len(), LENGTH);
    }
}
