//! The law of words: the published page has every word that readers of the source see, and no other.
//!
//! Words are counted by kind of thing, because an importer that loses every status keeps most words of a page. The
//! source is read here without the code of the import.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};
use regex::Regex;

use crate::import::{STORAGE, site, space};

/// Elements inside a word.
const INLINE: [&str; 12] =
    ["a", "b", "code", "del", "em", "i", "span", "strong", "sub", "sup", "u", "ac:inline-comment-marker"];

/// How often each word occurs.
type Words = BTreeMap<String, usize>;

/// The text of each kind of thing.
type Kinds = BTreeMap<&'static str, String>;

fn words_of(text: &str) -> Words {
    let mut words = Words::new();
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.for_each(|word| *words.entry(word.to_owned()).or_default() += 1);
    words
}

/// An open element of the source.
struct Open {
    name: String,
    /// The macro, or the name of a parameter.
    of: String,
    /// Of a link: it has shown a text of its own.
    has_text: bool,
    /// Of a link: the title or the file that it leads to.
    target: String,
}

/// Reads what readers see in Confluence.
#[derive(Default)]
struct SourceReader {
    open: Vec<Open>,
    kinds: Kinds,
}

impl SourceReader {
    fn read(text: &str) -> Kinds {
        let mut source = Self::default();
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => return source.kinds,
                Event::Start(start) => source.start(&start, false),
                Event::Empty(start) => source.start(&start, true),
                Event::End(_) => source.end(),
                Event::Text(text) => source.text(&text),
                Event::CData(text) => source.text(&text),
                Event::GeneralRef(reference) => {
                    let c = reference.resolve_char_ref().unwrap().map(String::from);
                    let text = c.unwrap_or_else(|| resolve_html5_entity(&reference).unwrap().to_owned());
                    source.text(&text);
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, kind: &'static str, text: &str) {
        self.kinds.entry(kind).or_default().push_str(text);
    }

    /// The end of a word in every kind.
    fn divide(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.kinds.values_mut().for_each(|text| text.push(' '));
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, is_empty: bool) {
        let find = |name: &str| {
            let value = start.try_get_attribute(name).unwrap().map(|found| found.value.into_owned());
            unescape_with(&value.unwrap_or_default(), resolve_html5_entity).unwrap().into_owned()
        };
        let name = start.name().as_ref().to_owned();
        self.divide(&name);
        match name.as_str() {
            "ac:image" => self.add("alt", &find("ac:alt")),
            "time" => {
                let day = find("datetime");
                let parts: Vec<&str> = day.split('-').collect();
                self.add("date", &format!("{}/{}/{}", parts[2], parts[1], parts[0]));
            }
            "ri:page" | "ri:attachment" => {
                let target = format!("{}{}", find("ri:content-title"), find("ri:filename"));
                let link = self.open.last_mut().filter(|open| open.name == "ac:link");
                if let Some(link) = link {
                    link.target = target;
                }
            }
            _ => {}
        }
        if !is_empty {
            self.open.push(Open { name, of: find("ac:name"), has_text: false, target: String::new() });
        }
    }

    fn end(&mut self) {
        let closed = self.open.pop().unwrap();
        self.divide(&closed.name);
        let is_parameter = self.open.iter().any(|open| open.name == "ac:parameter");
        if closed.name == "ac:link" && !closed.has_text && !is_parameter {
            self.add("link", &format!("{} ", closed.target));
        }
    }

    fn text(&mut self, text: &str) {
        let is_in = |name: &str| self.open.iter().any(|open| open.name == name);
        let of_macro = self.open.iter().rev().find(|open| open.name == "ac:structured-macro");
        let of_macro = of_macro.map_or("", |open| open.of.as_str());
        let last = self.open.last().map_or(("", ""), |open| (open.name.as_str(), open.of.as_str()));
        let kind = match (last.0, last.1, of_macro) {
            _ if is_in("ac:placeholder") || is_in("ac:adf-fallback") || is_in("ac:adf-attribute") => return,
            ("ac:parameter", "title", "status") => "status",
            ("ac:parameter", "title", "code") => "code title",
            ("ac:parameter", "title", _) => "title",
            ("ac:parameter", "key", "jira") => "issue",
            ("ac:plain-text-body", _, "code") => "code",
            ("ac:task-id" | "ac:task-status" | "ac:parameter" | "ac:plain-text-body", ..) => return,
            _ if is_in("ac:caption") => "caption",
            _ if is_in("ac:link-body") || is_in("ac:plain-text-link-body") || is_in("a") => "link",
            _ if is_in("th") || is_in("td") => "cell",
            _ if is_in("h2") => "heading",
            _ if is_in("ac:task-body") => "task",
            _ => "text",
        };
        for link in self.open.iter_mut().filter(|open| open.name == "ac:link") {
            link.has_text = true;
        }
        self.add(kind, text);
    }
}

/// The words that a reader of a published page sees in its article, descriptions of pictures included.
fn words_of_page(html: &str) -> Words {
    let article = &html[html.find("<article").unwrap()..html.find("</article>").unwrap()];
    let scripts = Regex::new(r"(?s)<script.*?</script>|<style.*?</style>|<svg.*?</svg>").unwrap();
    let article = scripts.replace_all(article, " ");
    let pictures = Regex::new(r#"<img[^>]* alt="([^"]*)"[^>]*>"#).unwrap();
    let article = pictures.replace_all(&article, " $1 ");
    let inline = Regex::new(r"</?(?:a|code|del|em|span|strong|sub|sup|kbd)(?: [^>]*)?>").unwrap();
    let article = inline.replace_all(&article, "");
    let article = Regex::new(r"<[^>]*>").unwrap().replace_all(&article, " ");
    words_of(&unescape_with(&article, resolve_html5_entity).unwrap())
}

/// Every kind with a word that the page lacks, and the word.
fn find_lost(kinds: &Kinds, page: &Words) -> Vec<String> {
    let has = |word: &str| page.get(word).copied().unwrap_or(0);
    let mut lost = Vec::new();
    let mut total = Words::new();
    for (kind, text) in kinds {
        for (word, count) in words_of(text) {
            if has(&word) < count {
                lost.push(format!("{kind}: {word}"));
            }
            *total.entry(word).or_default() += count;
        }
    }
    lost.extend(total.iter().filter(|(word, count)| has(word) < **count).map(|(word, _)| format!("all: {word}")));
    lost
}

fn article_of(html: &str) -> String {
    let gaps = Regex::new(r"(?s)<aside[^>]* data-gap.*?</aside>").unwrap();
    gaps.replace_all(html, "").into_owned()
}

#[test]
fn keeps_every_word_of_a_page_by_kind() {
    let alone = site().file("auditoria-do-chat.xml", STORAGE);
    alone.run(&["import", "auditoria-do-chat.xml"]).exits(0);
    alone.build().exits(0);
    let within = site().file("export.zip", space().zip());
    within.run(&["import", "export.zip"]).exits(0);
    within.build().exits(0);
    let kinds = SourceReader::read(STORAGE);
    let found: BTreeSet<&str> = kinds.keys().copied().collect();
    let expected = [
        "alt",
        "caption",
        "cell",
        "code",
        "code title",
        "date",
        "heading",
        "issue",
        "link",
        "status",
        "task",
        "text",
        "title",
    ];
    assert_eq!(found, expected.into_iter().collect());
    for site in [alone, within] {
        let html = site.output("importado/auditoria-do-chat/index.html");
        assert_eq!(find_lost(&kinds, &words_of_page(&html)), [""; 0]);
        let whole: String = kinds.values().map(|text| text.clone() + " ").collect();
        let known = words_of(&whole);
        let shown = words_of_page(&article_of(&html));
        // The title of the page, of an expand and of a callout without one, of a person without a name; the included page;
        // the list of the pages below; the buttons of collapsible sections.
        let added =
            "Auditoria do chat Clique para abrir Nota usuario Peça apoio por id por título curto Abrir Fechar todas";
        let long = format!("T{}", "í".repeat(199));
        let added = words_of(&format!("{added} {long}"));
        let strange: Vec<&String> =
            shown.keys().filter(|word| !known.contains_key(*word) && !added.contains_key(*word)).collect();
        assert!(strange.is_empty(), "{strange:?}");
    }
}

#[test]
fn shows_nothing_that_was_not_visible() {
    let site = site().file("export.zip", space().zip());
    site.run(&["import", "export.zip"]).exits(0);
    site.build().exits(0);
    let html = site.output("importado/auditoria-do-chat/index.html");
    let hidden = ["nopanel", "FFF0E0", "font-weight:bold", "diga aqui", "azul", "0d0f0000", "11111111-1111", "userkey"];
    for hidden in hidden {
        assert!(!html.contains(hidden), "{hidden}");
    }
}

#[test]
fn notices_a_lost_word_of_each_kind() {
    let kinds = SourceReader::read(STORAGE);
    let whole: String = kinds.values().map(|text| text.clone() + " ").collect();
    assert_eq!(find_lost(&kinds, &words_of(&whole)), [""; 0]);
    for (kind, text) in &kinds {
        let page = words_of(&whole.replacen(text.as_str(), " ", 1));
        assert!(!find_lost(&kinds, &page).is_empty(), "{kind}");
    }
}
