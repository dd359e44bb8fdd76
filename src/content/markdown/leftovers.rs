//! Text that looks like markup and is shown as it was written: broken links, copies, lists and tables.
//!
//! In: the text of a page, of which only what readers see as text is kept. Out: a warning at each, with what to write. The
//! syntax of other tools is in [`foreign`](super::foreign). Entry point: [`find_leftovers`].

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::content::markdown::mask::INLINE;
use crate::diagnostic::catalogue::page as findings;
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::Span;

/// The text that readers see, of the same length as the author's: each other byte is NUL, and line breaks stay.
pub(super) struct ShownText(Vec<u8>);

impl ShownText {
    pub(super) fn new(original: &str) -> Self {
        Self(original.bytes().map(|byte| if byte == b'\n' { byte } else { 0 }).collect())
    }

    /// Adds a text. Its first character is hidden after a backslash: the author wrote it literally.
    pub(super) fn add(&mut self, original: &str, range: Range<usize>) {
        let is_escaped = original[..range.start].ends_with('\\');
        let first = original[range.clone()].chars().next().map_or(0, char::len_utf8);
        let from = range.start + if is_escaped { first } else { 0 };
        self.0[from..range.end].copy_from_slice(&original.as_bytes()[from..range.end]);
    }

    /// Hides a directive in a text.
    pub(super) fn hide(&mut self, range: Range<usize>) {
        let range = range.start..range.end.min(self.0.len());
        self.0[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = 0);
    }

    pub(super) fn into_text(self) -> String {
        String::from_utf8(self.0).expect("whole characters are copied")
    }
}

/// Reads a match: its place, and the diagnostic.
type Reader = fn(&Captures<'_>) -> Option<(Range<usize>, Diagnostic)>;

/// A pattern with the diagnostic of a match; `None` for a match that is meant as text.
struct Leftover {
    /// A text that every match has. It is found faster than the pattern.
    part: &'static str,
    pattern: Regex,
    read: Reader,
}

/// Every kind. `^` is a line without its markers.
static LEFTOVERS: LazyLock<Vec<Leftover>> = LazyLock::new(|| {
    let kind = |part, pattern: &str, read| Leftover {
        part,
        pattern: Regex::new(pattern).expect("the pattern is valid"),
        read,
    };
    vec![
        kind("](", r"!?\[([^\[\]\n\x00]*)\]\(([^()<>\n\x00]* [^()<>\n\x00]*)\)", read_blank_address),
        kind("] (", r"(\[[^\[\]\n\x00]+\]) +\(([^()\s\x00]+)\)", read_detached_address),
        kind(")[", r"\(([^()\s\x00]+)\)\[([^\[\]\n\x00]+)\]", read_swapped),
        kind("](", r"(?m)(!?)\[([^\[\]\n\x00]+)\]\(([^()\s\x00]+)[ ]*$", read_unclosed),
        kind("[[", r"\[\[([^\[\]\n\x00]+)\]\]", read_wiki),
        kind("##", r"(?m)^[ \x00]*(#{2,6})([^\s#\x00!][^\n\x00]*)", read_heading),
        kind("", r"(?m)^[ \x00]*([•●▪◦‣])[ \t]*\S[^\n]*(?:\n[ \x00]*[•●▪◦‣][^\n]*)*", read_bullet),
        kind("[!", r"(?m)^[ \x00]*\[!(\p{L}+)\]", read_alert),
        kind("[", r"(?:^|[^\p{L}\p{N}:\\]):(\p{L}[\p{L}-]*)( ?)\[", read_inline),
        kind("\0{", r"\x00(\{[ ]*(?:[.#:][\w: .#=-]*|[\w-]+=[^{}\n]*)\})", read_attributes),
        kind("{#", r"(?m)(\{#[\w-]+[ ]+[.\w][^{}\n\x00]*\})[ ]*$", read_attributes),
        kind("|", r"(?m)^[ \x00]*(\|[^\n\x00]*\|)[ ]*\n[ \x00]*\|[^\n\x00]*\|[ ]*$", read_table),
        kind(":", r"(?m)^[ \x00]*(:?:\\:|：{2,3}|::)[ ]?(\p{L}+)", read_fence),
    ]
});

/// Finds leftover markup in a shown text. `place` gives the place of a range.
pub(super) fn find_leftovers(shown: &str, place: impl Fn(Range<usize>) -> Span) -> Vec<Diagnostic> {
    let has_bullet = shown.contains(['•', '●', '▪', '◦', '‣']);
    let is_possible = |kind: &&Leftover| if kind.part.is_empty() { has_bullet } else { shown.contains(kind.part) };
    let kinds = LEFTOVERS.iter().filter(is_possible);
    let mut found = Vec::new();
    for kind in kinds {
        let read = kind.pattern.captures_iter(shown).filter_map(|captures| (kind.read)(&captures));
        found.extend(read.map(|(range, finding)| Diagnostic { span: Some(place(range)), ..finding }));
    }
    found
}

fn range(captures: &Captures<'_>, group: usize) -> Range<usize> {
    captures.get(group).map_or(0..0, |found| found.range())
}

/// True for a text that only an address can be.
fn is_address(text: &str) -> bool {
    const ENDINGS: [&str; 20] = [
        "md", "html", "htm", "pdf", "png", "jpg", "jpeg", "gif", "svg", "webp", "doc", "docx", "xls", "xlsx", "ppt",
        "pptx", "zip", "csv", "txt", "yaml",
    ];
    let path = text.split(['#', '?']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let starts = ["http://", "https://", "www.", "mailto:", "tel:", "./", "../", "/"];
    starts.iter().any(|start| text.starts_with(start) && text.len() > start.len())
        || ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()) && path.len() > ending.len() + 1)
}

fn read_blank_address(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let address = captures[2].trim();
    let label = &captures[1];
    let is_number = address.starts_with("tel:");
    let cure = if is_number { address.replace(' ', "") } else { format!("<{address}>") };
    let mark = if captures[0].starts_with('!') { "!" } else { "" };
    let finding = findings::blank_in_address(None, address, format!("{mark}[{label}]({cure})"));
    (is_address(address) && !address.contains("](")).then_some((range(captures, 2), finding))
}

fn read_detached_address(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let finding = findings::blank_before_address(None, format!("{}({})", &captures[1], &captures[2]));
    is_address(&captures[2]).then_some((range(captures, 0), finding))
}

fn read_swapped(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let finding = findings::swapped_brackets(None, format!("[{}]({})", &captures[2], &captures[1]));
    is_address(&captures[1]).then_some((range(captures, 0), finding))
}

fn read_unclosed(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let finding = findings::unclosed_address(None, format!("{}[{}]({})", &captures[1], &captures[2], &captures[3]));
    let whole = range(captures, 0).start..range(captures, 3).end;
    is_address(&captures[3]).then_some((whole, finding))
}

fn read_wiki(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let (page, label) = captures[1].split_once('|').unwrap_or((&captures[1], &captures[1]));
    let file = if is_address(page) { page.trim().to_owned() } else { format!("{}.md", page.trim().replace(' ', "-")) };
    let is_name = captures[1].starts_with(char::is_alphabetic) && !captures[1].contains([',', '=', '"', '\'', '(']);
    let is_toc = captures[1].eq_ignore_ascii_case("toc") || captures[1].starts_with("_TOC");
    let finding = findings::wiki_link(None, format!("[{}]({file})", label.trim()));
    (is_name && !is_toc).then_some((range(captures, 0), finding))
}

fn read_heading(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let text = captures[2].trim_end();
    let is_title = text.starts_with(char::is_alphanumeric) || text.starts_with(['*', '“', '"', '[']);
    let finding = findings::heading_without_blank(None, format!("{} {text}", &captures[1]));
    is_title.then_some((range(captures, 1), finding))
}

#[expect(clippy::unnecessary_wraps, reason = "other readers refuse a match")]
fn read_bullet(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    Some((range(captures, 1), findings::typed_bullet(None, &captures[1])))
}

/// The names of alerts in Portuguese, and those of other tools.
const KINDS: [(&str, &str); 17] = [
    ("nota", "note"),
    ("observação", "note"),
    ("obs", "note"),
    ("info", "note"),
    ("informação", "note"),
    ("dica", "tip"),
    ("sucesso", "tip"),
    ("success", "tip"),
    ("importante", "important"),
    ("aviso", "warning"),
    ("atenção", "warning"),
    ("atencao", "warning"),
    ("alerta", "warning"),
    ("cuidado", "caution"),
    ("perigo", "caution"),
    ("danger", "caution"),
    ("error", "caution"),
];

fn read_alert(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let word = captures[1].to_lowercase();
    let known = ["note", "tip", "important", "warning", "caution"];
    let name = KINDS.iter().find(|(kind, _)| *kind == word).map(|(_, name)| *name);
    let name = name.or_else(|| known.iter().find(|known| **known == word).copied());
    let name = name.or_else(|| nearest(&word, known))?;
    let written = captures.get(0)?;
    let start = written.end() - (captures[1].len() + "[!]".len());
    Some((start..written.end(), findings::unknown_alert(None, &captures[1], name.to_uppercase())))
}

/// Words that editors write for `:copy` and `:kbd`.
const INLINE_WORDS: [(&str, &str); 6] =
    [("copiar", "copy"), ("copia", "copy"), ("cópia", "copy"), ("copie", "copy"), ("tecla", "kbd"), ("teclas", "kbd")];

fn read_inline(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let written = captures[1].to_lowercase();
    let names = || INLINE.iter().map(|start| start.trim_matches([':', '[']));
    let name = INLINE_WORDS.iter().find(|(word, _)| *word == written).map(|(_, name)| *name);
    let name = name.or_else(|| names().find(|name| *name == written)).or_else(|| nearest(&written, names()))?;
    let word = range(captures, 1);
    let has_blank = !captures[2].is_empty();
    let finding = if *name == captures[1] && !has_blank {
        findings::unclosed_inline(None, name)
    } else {
        findings::misspelt_inline(None, &captures[1], name)
    };
    Some((word.start - 1..range(captures, 2).end + 1, finding))
}

#[expect(clippy::unnecessary_wraps, reason = "other readers refuse a match")]
fn read_attributes(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    Some((range(captures, 1), findings::attributes_of_nothing(None, &captures[1])))
}

#[expect(clippy::unnecessary_wraps, reason = "other readers refuse a match")]
fn read_table(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let columns = captures[1].trim_matches('|').split('|').count();
    Some((range(captures, 1), findings::table_without_rule(None, format!("|{}", "---|".repeat(columns)))))
}

#[expect(clippy::unnecessary_wraps, reason = "other readers refuse a match")]
fn read_fence(captures: &Captures<'_>) -> Option<(Range<usize>, Diagnostic)> {
    let whole = range(captures, 1).start..range(captures, 2).end;
    Some((whole, findings::mangled_fence(None, &captures[2])))
}

/// A line of a paragraph that begins like a step, `3. Aplique`.
static STEP: LazyLock<Regex> = LazyLock::new(|| {
    let step = r"(?m)^[ \x00]*(([1-9]\d?)[.)] +)\p{Lu}\p{L}*[ ,]";
    Regex::new(step).expect("the pattern is valid")
});

/// Finds steps that are part of the paragraph above, with their numbers: the step before stands in the text too.
pub(super) fn find_swallowed(shown: &str, original: &str) -> Vec<(Range<usize>, u32)> {
    let mut found = Vec::new();
    if !shown.contains([')', '.']) || !shown.contains(|c: char| c.is_ascii_digit()) {
        return found;
    }
    for step in STEP.captures_iter(shown) {
        let number: u32 = step[2].parse().unwrap_or_default();
        let line = original[..step.get(1).map_or(0, |sign| sign.start())].rfind('\n').unwrap_or(0);
        let above = original[..line].lines().next_back().unwrap_or_default();
        let before = format!("{}{} ", number.saturating_sub(1), &step[1][step[2].len()..=step[2].len()]);
        let has_before = original[..line].lines().any(|line| line.trim_start_matches([' ', '>']).starts_with(&before));
        if number > 1 && has_before && !above.trim().is_empty() {
            found.push((range(&step, 1), number));
        }
    }
    found
}

/// The name of a callout or directive that editors write in Portuguese or know from another tool.
pub(super) fn find_synonym(name: &str) -> Option<&'static str> {
    const DIRECTIVES: [(&str, &str); 9] = [
        ("passos", "steps"),
        ("passo", "steps"),
        ("etapas", "steps"),
        ("abas", "tabs"),
        ("aba", "tab"),
        ("detalhes", "details"),
        ("incluir", "include"),
        ("inclui", "include"),
        ("fluxo", "flow"),
    ];
    let lower = name.to_lowercase();
    KINDS.iter().chain(&DIRECTIVES).find(|(word, _)| *word == lower).map(|(_, name)| *name)
}
