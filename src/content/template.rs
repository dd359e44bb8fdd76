//! Texts with placeholders: `{sessao}`, `{sessao|digits}`, `{values.cst}`, and `\{` for a literal brace.
//!
//! In: a text. Out: its [`Piece`]s. Names are only recognised here; whether they are declared is for `site` to say.

use serde::Serialize;

use crate::config::has_letter;

/// A text split at its placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) pieces: Vec<Piece>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Placeholder(Placeholder),
}

/// A name in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placeholder {
    /// An input's name, or `values.NAME`, or in a record `flow.title` and the like.
    pub(crate) name: String,
    /// The word after `|`, if any.
    pub(crate) filter: Option<String>,
}

/// How a placeholder's value is formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Filter {
    /// Only the digits (letters too in an alphanumeric CNPJ).
    Digits,
    /// Upper case.
    Upper,
    /// `R$ 1.234,56`.
    Brl,
    /// Percent-encoded for one part of an address.
    Url,
    /// `13/10/2026`.
    Date,
}

impl Filter {
    /// Every filter by the word an editor writes.
    pub(crate) const NAMES: [(&'static str, Self); 5] = [
        ("digits", Self::Digits),
        ("upper", Self::Upper),
        ("brl", Self::Brl),
        ("url", Self::Url),
        ("date", Self::Date),
    ];

    /// Finds a filter by its word.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, filter)| *filter)
    }
}

impl Placeholder {
    /// As written: `{name|filter}`.
    pub(crate) fn written(&self) -> String {
        match &self.filter {
            Some(filter) => format!("{{{}|{filter}}}", self.name),
            None => format!("{{{}}}", self.name),
        }
    }

    /// The constant this stands for, when it is one of `values`.
    pub(crate) fn value_name(&self) -> Option<&str> {
        self.name.strip_prefix("values.")
    }
}

impl Template {
    /// Splits a text; braces that hold no name stay text.
    pub(crate) fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(brace) = rest.find('{') {
            let is_escaped = rest[..brace].ends_with('\\');
            literal.push_str(&rest[..brace - usize::from(is_escaped)]);
            let found = find_placeholder(&rest[brace..]).filter(|_| !is_escaped);
            let Some((placeholder, length)) = found else {
                literal.push('{');
                rest = &rest[brace + 1..];
                continue;
            };
            push_text(&mut pieces, &mut literal);
            pieces.push(Piece::Placeholder(placeholder));
            rest = &rest[brace + length..];
        }
        literal.push_str(rest);
        push_text(&mut pieces, &mut literal);
        Self { pieces }
    }

    /// The placeholders, in order.
    pub(crate) fn placeholders(&self) -> impl Iterator<Item = &Placeholder> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(placeholder) => Some(placeholder),
            Piece::Text(_) => None,
        })
    }

    /// The text with each placeholder replaced by what `fill` gives; `None` leaves it as written.
    pub(crate) fn fill(&self, mut fill: impl FnMut(&Placeholder) -> Option<String>) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Placeholder(placeholder) => fill(placeholder).unwrap_or_else(|| placeholder.written()),
        };
        self.pieces.iter().map(piece).collect()
    }
}

fn push_text(pieces: &mut Vec<Piece>, literal: &mut String) {
    if !literal.is_empty() {
        pieces.push(Piece::Text(std::mem::take(literal)));
    }
}

/// Reads a placeholder at the beginning of `text`, with its length in bytes.
pub(crate) fn find_placeholder(text: &str) -> Option<(Placeholder, usize)> {
    let inside = text.get(1..)?;
    let inside = &inside[..inside.find(['{', '}'])?];
    let end = 1 + inside.len();
    if !text[end..].starts_with('}') {
        return None;
    }
    let (name, filter) = match inside.split_once('|') {
        Some((name, filter)) => (name, Some(filter.trim_end_matches('\\').trim())),
        None => (inside, None),
    };
    let name = name.trim_end_matches('\\').trim();
    let is_word = |word: &str| {
        word.starts_with(|first: char| first != '-')
            && has_letter(word)
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let is_name = name.split('.').count() <= 2 && name.split('.').all(is_word);
    let is_filter = filter.is_none_or(is_word);
    (is_name && is_filter).then(|| {
        let placeholder = Placeholder { name: name.to_owned(), filter: filter.map(str::to_owned) };
        (placeholder, end + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_names_in_braces_only() {
        let template = Template::parse(r"a {sessao|digits} \{b} {values.cst} {2-via} {Não} {2} { x");
        let names: Vec<_> = template.placeholders().map(Placeholder::written).collect();
        assert_eq!(names, ["{sessao|digits}", "{values.cst}", "{2-via}"]);
        assert_eq!(template.fill(|_| Some("1".into())), "a 1 {b} 1 1 {Não} {2} { x");
    }
}
