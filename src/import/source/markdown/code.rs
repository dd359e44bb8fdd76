//! First lines of fenced code blocks: language, title and marked lines.

use std::sync::LazyLock;

use regex::Regex;

/// What the first line of a code block says.
pub(super) struct Info {
    pub(super) language: String,
    /// Escaped.
    pub(super) title: Option<String>,
    pub(super) has_marked_lines: bool,
}

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:title|filename|name|file)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))|\[([^\]]+)\]"#).expect("a pattern")
});
static MARKED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"hl_lines|linenums|\{[\d,\s-]+\}|showLineNumbers|:line-numbers").expect("a pattern"));

/// The indentation and the number of signs of a line that opens code.
pub(super) fn fence_length(line: &str) -> Option<(&str, usize)> {
    let trimmed = line.trim_start();
    let sign = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = trimmed.chars().take_while(|c| *c == sign).count();
    let is_fence = length >= 3 && !(sign == '`' && trimmed[length..].contains('`'));
    is_fence.then_some((&line[..line.len() - trimmed.len()], length))
}

/// Reads what follows the signs.
pub(super) fn rewrite_info(info: &str) -> Info {
    let info = info.trim();
    let word = info.trim_start_matches(['{', '.', ' ']);
    let end =
        word.find(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.'))).unwrap_or(word.len());
    let is_setting = word[end..].starts_with('=') || info.starts_with('[');
    let language = if is_setting { "" } else { &word[..end] };
    let title =
        TITLE.captures(info).and_then(|found| found.iter().skip(1).flatten().next().map(|title| title.as_str()));
    Info {
        language: language.to_owned(),
        title: title.filter(|title| !title.is_empty()).map(crate::import::write::escape_line),
        has_marked_lines: MARKED.is_match(info),
    }
}
