//! The text of a `vereda-ignore` comment: `CODE: reason`, or `CODE, CODE: reason`.

use super::WORD;
use crate::diagnostic::{Code, Diagnostics, catalogue, nearest_code};
use crate::source::{FileId, Span, Spanned};

/// Reads the codes of a comment whose text begins at byte `start` of the file. Without a reason it returns none. Essential
/// codes are reported and left out.
pub(super) fn read_codes(text: &str, start: usize, file: FileId, diagnostics: &mut Diagnostics) -> Vec<Spanned<Code>> {
    let (names, reason) = text.split_once(':').unwrap_or((text, ""));
    if names.trim().is_empty() {
        diagnostics.push(catalogue::ignore::no_code(Span::new(file, start - WORD.len(), start)));
        return Vec::new();
    }
    let mut codes = Vec::new();
    let mut at = start;
    for name in names.split(',') {
        let blanks = name.len() - name.trim_start().len();
        let span = Span::new(file, at + blanks, at + blanks + name.trim().len());
        codes.extend(read_code(name.trim(), span, diagnostics));
        at += name.len() + 1;
    }
    if reason.trim().is_empty() {
        if let Some(first) = codes.first() {
            diagnostics.push(catalogue::ignore::no_reason(first.span, first.value.as_str()));
        }
        return Vec::new();
    }
    codes
}

fn read_code(name: &str, span: Span, diagnostics: &mut Diagnostics) -> Option<Spanned<Code>> {
    let Some(code) = Code::from_name(name) else {
        let suggestion = nearest_code(name).map(Code::as_str);
        diagnostics.push(catalogue::ignore::unknown_code(span, name).suggest_for(name, suggestion));
        return None;
    };
    if code.is_essential() || code == Code::IGNORE_UNUSED {
        diagnostics.push(catalogue::ignore::essential(span, name));
        return None;
    }
    Some(Spanned { value: code, span })
}
