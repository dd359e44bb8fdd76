//! What a fetched page tells: which of the fragments that are asked for it lacks, and whether it says that there is nothing.

use std::collections::{BTreeSet, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::ask::Text;
use crate::html::{self, Piece};

/// What pages say in their title or first heading that have nothing to show.
const NOTHING: [&str; 14] = [
    "page not found",
    "404 not found",
    "error 404",
    "erro 404",
    "not be found",
    "doesn't exist",
    "does not exist",
    "doesn’t exist",
    "página não encontrada",
    "página não existe",
    "página inexistente",
    "conteúdo não encontrado",
    "não foi encontrad",
    "página no encontrada",
];

/// Titles that say so in full.
const NOTHING_WHOLE: [&str; 4] = ["404", "not found", "não encontrado", "não encontrada"];

/// A page as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Seen {
    ids: HashSet<String>,
    title: String,
    heading: String,
}

/// Reads a page.
pub(super) fn read(text: &str) -> Seen {
    let mut seen = Seen::default();
    let mut inside = "";
    html::read(text, |piece| match piece {
        Piece::Tag(tag) => {
            let names = ["id", "name"].iter().filter(|name| **name == "id" || tag.name == "a");
            seen.ids.extend(names.filter_map(|name| tag.value_of(name)).map(|id| id.nfc().collect()));
            match tag.name.as_str() {
                "title" if seen.title.is_empty() => inside = "title",
                "h1" if seen.heading.is_empty() => inside = "h1",
                _ => {}
            }
        }
        Piece::Text(range) => match inside {
            "title" => seen.title += &text[range],
            "h1" => seen.heading += &text[range],
            _ => {}
        },
        Piece::End(name) if name == inside => inside = "",
        Piece::End(_) => {}
    });
    seen
}

/// The fragments that a page lacks. What stands below the part of a page that was read is not known, and not lacking.
pub(super) fn missing(seen: &Seen, text: &Text, asked: &BTreeSet<String>) -> BTreeSet<String> {
    // Code hosts put `user-content-` before the ids of a text, and take it away in a script.
    let is_there = |id: &str| seen.ids.contains(id) || seen.ids.contains(&format!("user-content-{id}"));
    asked.iter().filter(|id| text.is_whole && !is_there(id)).cloned().collect()
}

/// What a page says that has nothing to show, though it answered as if it had.
pub(super) fn says_nothing(seen: &Seen) -> Option<String> {
    let says = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = words.to_lowercase();
        let is_nothing =
            NOTHING.iter().any(|nothing| lower.contains(nothing)) || NOTHING_WHOLE.contains(&lower.as_str());
        is_nothing.then_some(words)
    };
    says(&seen.title).or_else(|| says(&seen.heading))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_fragments_that_are_not_there() {
        let text = "<h2 id=um><a name='dois'></a><p id='sec\u{327}a\u{303}o' name=no></p><i id=user-content-tres>";
        let text = Text { text: text.into(), is_whole: true };
        let asked = ["um", "dois", "tres", "seção", "no", "quatro"].map(str::to_owned).into();
        let seen = read(&text.text);
        assert_eq!(missing(&seen, &text, &asked), ["no", "quatro"].map(str::to_owned).into());
        assert!(missing(&seen, &Text { is_whole: false, ..text }, &asked).is_empty());
    }

    #[test]
    fn knows_a_page_that_says_there_is_nothing() {
        let says = |text: &str| says_nothing(&read(text));
        assert_eq!(says("<title>Ops!\n Página não encontrada</title>"), Some("Ops! Página não encontrada".into()));
        assert_eq!(says("<title>Site</title><h1><b>404</b></h1>"), Some("404".into()));
        assert_eq!(says("<title>Site</title><h1>Olá</h1><h1>404</h1><p>page not found"), None);
        assert_eq!(says("<title>Como achar o que não se encontra</title>"), None);
    }
}
