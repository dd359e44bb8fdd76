//! Contents of a fetched page: missing fragments, and signs of a soft 404.

use std::collections::{BTreeSet, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::http::ResponseText;
use crate::html::{self, HtmlToken};

/// Phrases in the title or first heading of an error page.
const NOT_FOUND_PHRASES: [&str; 14] = [
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

/// Complete titles or headings of an error page.
const NOT_FOUND_TITLES: [&str; 4] = ["404", "not found", "não encontrado", "não encontrada"];

#[derive(Debug, Default)]
pub(super) struct PageContents {
    ids: HashSet<String>,
    title: String,
    heading: String,
}

pub(super) fn read(text: &str) -> PageContents {
    let mut page = PageContents::default();
    let mut inside = "";
    html::read(text, |piece| match piece {
        HtmlToken::StartTag(tag) => {
            let names = ["id", "name"].iter().filter(|name| **name == "id" || tag.name == "a");
            page.ids.extend(names.filter_map(|name| tag.value_of(name)).map(|id| id.nfc().collect()));
            match tag.name.as_str() {
                "title" if page.title.is_empty() => inside = "title",
                "h1" if page.heading.is_empty() => inside = "h1",
                _ => {}
            }
        }
        HtmlToken::Text(range) => match inside {
            "title" => page.title += &text[range],
            "h1" => page.heading += &text[range],
            _ => {}
        },
        HtmlToken::EndTag(name) if name == inside => inside = "",
        HtmlToken::EndTag(_) | HtmlToken::Comment(_) => {}
    });
    page
}

/// The fragments without an element. Of a page that was not read to its end, none counts as missing.
pub(super) fn find_missing(page: &PageContents, text: &ResponseText, fragments: &BTreeSet<String>) -> BTreeSet<String> {
    // Code hosts write `user-content-` before the ids of a text, and remove it by a script.
    let is_there = |id: &str| page.ids.contains(id) || page.ids.contains(&format!("user-content-{id}"));
    fragments.iter().filter(|id| text.is_complete && !is_there(id)).cloned().collect()
}

/// The title or heading by which a page with a successful status is an error page.
pub(super) fn find_not_found_text(page: &PageContents) -> Option<String> {
    let find = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = words.to_lowercase();
        let is_not_found =
            NOT_FOUND_PHRASES.iter().any(|phrase| lower.contains(phrase)) || NOT_FOUND_TITLES.contains(&lower.as_str());
        is_not_found.then_some(words)
    };
    find(&page.title).or_else(|| find(&page.heading))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_missing_fragments() {
        let text = "<h2 id=um><a name='dois'></a><p id='sec\u{327}a\u{303}o' name=no></p><i id=user-content-tres>";
        let text = ResponseText { text: text.into(), is_complete: true };
        let fragments = ["um", "dois", "tres", "seção", "no", "quatro"].map(str::to_owned).into();
        let page = read(&text.text);
        assert_eq!(find_missing(&page, &text, &fragments), ["no", "quatro"].map(str::to_owned).into());
        assert!(find_missing(&page, &ResponseText { is_complete: false, ..text }, &fragments).is_empty());
    }

    #[test]
    fn recognizes_soft_404_pages() {
        let find = |text: &str| find_not_found_text(&read(text));
        assert_eq!(find("<title>Ops!\n Página não encontrada</title>"), Some("Ops! Página não encontrada".into()));
        assert_eq!(find("<title>Site</title><h1><b>404</b></h1>"), Some("404".into()));
        assert_eq!(find("<title>Site</title><h1>Olá</h1><h1>404</h1><p>page not found"), None);
        assert_eq!(find("<title>Como achar o que não se encontra</title>"), None);
    }
}
