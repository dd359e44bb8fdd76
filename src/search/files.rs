//! The index as files: a browser loads one, then the parts that a query needs.
//!
//! | file below `search/` | what it has |
//! |---|---|
//! | `index.json` | the name of the folder below, and the first key or the number of records of each part |
//! | `HASH/words.txt` | the word list, each word without the letters that it shares with the one before |
//! | `HASH/wN.json` | a part of the keys, at most 15 KB with gzip |
//! | `HASH/rN.json` | a part of the records, which results show |
//!
//! The hash is that of all files in the folder, so that hosts may cache them for ever. The same site gives the same bytes.

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;
use serde_json::json;

use super::SiteSearch;
use super::index::{Form, IndexedWord, SearchIndex};
use super::rank::SMALL_SITE;
use super::record::{Place, Record, RecordKind};
use super::stem::StemLanguage;
use super::word_list::WordList;
use crate::words::Words;

/// The folder of all files, below the site's root.
pub(crate) const FOLDER: &str = "search/";

/// Version of the format.
const VERSION: u32 = 1;

/// The most bytes of a part of the keys before compression, which at least halves them.
const WORD_PART: usize = 28_000;

/// The most bytes of a part of the records, on small sites and on others. A query loads the parts of its best records.
const RECORD_PARTS: [usize; 2] = [24_000, 7_000];

/// One more than the highest weight.
const WEIGHTS: u32 = 64;

/// The files of the index, by their paths. Each part of the index is freed when it is written.
pub(crate) fn write_files(search: SiteSearch, hash: impl Fn(&[(String, String)]) -> String) -> Vec<(String, String)> {
    let SiteSearch { index, list } = search;
    let SearchIndex { records, words, languages, synonyms } = index;
    let (count, lower) = (records.len(), records.iter().position(|record| record.is_lower).unwrap_or(records.len()));
    let (first_keys, word_parts) = write_words(words);
    let (sizes, record_parts) = write_records(records);
    let mut inside = vec![("words.txt".to_owned(), write_list(&list))];
    inside.extend(word_parts.into_iter().enumerate().map(|(part, text)| (format!("w{part}.json"), text)));
    inside.extend(record_parts.into_iter().enumerate().map(|(part, text)| (format!("r{part}.json"), text)));
    let folder = hash(&inside);
    let manifest = json!({
        "version": VERSION,
        "folder": folder,
        "languages": languages.iter().map(|language| language.tag()).collect::<Vec<_>>(),
        "count": count,
        "lower": lower,
        "words": first_keys,
        "records": sizes,
        "synonyms": synonyms,
    });
    let mut files = vec![(format!("{FOLDER}index.json"), manifest.to_string())];
    files.extend(inside.into_iter().map(|(name, text)| (format!("{FOLDER}{folder}/{name}"), text)));
    files
}

/// Cuts a list into parts whose items have at most `longest` bytes, or one item.
fn cut<T>(items: Vec<T>, longest: usize, length: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut parts: Vec<Vec<T>> = Vec::new();
    let mut filled = longest;
    for item in items {
        let length = length(&item);
        filled += length;
        if let Some(part) = parts.last_mut().filter(|_| filled <= longest) {
            part.push(item);
        } else {
            filled = length;
            parts.push(vec![item]);
        }
    }
    parts
}

/// The keys in parts, each with its first key.
fn write_words(words: BTreeMap<String, IndexedWord>) -> (Vec<String>, Vec<String>) {
    let parts = cut(words.into_iter().collect(), WORD_PART, |(key, word)| length_of_word(key, word));
    let first_keys = parts.iter().map(|part| part[0].0.clone()).collect();
    let write = |part: Vec<(String, IndexedWord)>| {
        let mut text = String::with_capacity(WORD_PART);
        for (key, word) in part {
            text.push(if text.is_empty() { '{' } else { ',' });
            write_word(&mut text, &key, &word);
        }
        text.push('}');
        text
    };
    (first_keys, parts.into_par_iter().map(write).collect())
}

/// The most bytes that [`write_word`] writes, but for escapes.
fn length_of_word(key: &str, word: &IndexedWord) -> usize {
    let mut length = key.len() + 12;
    for form in &word.forms {
        let mut before = 0;
        length += form.written.len() + 8;
        for posting in &form.postings {
            let number = u64::from(posting.record - before) * u64::from(WEIGHTS) + u64::from(posting.weight);
            length += number.max(1).ilog10() as usize + 2;
            before = posting.record;
        }
    }
    length
}

/// `"key":[rarity,["form",[…]],…]`. Each number has the distance to the record before, and a weight.
fn write_word(text: &mut String, key: &str, word: &IndexedWord) {
    let _ = write!(text, "{}:[{}", json!(key), word.rarity);
    for Form { written, postings, .. } in &word.forms {
        let _ = write!(text, ",[{},[", json!(written));
        let mut before = 0;
        for (at, posting) in postings.iter().enumerate() {
            let number = u64::from(posting.record - before) * u64::from(WEIGHTS) + u64::from(posting.weight);
            let comma = if at > 0 { "," } else { "" };
            let _ = write!(text, "{comma}{number}");
            before = posting.record;
        }
        text.push_str("]]");
    }
    text.push(']');
}

/// The records in parts, each with its number of records.
fn write_records(records: Vec<Record>) -> (Vec<usize>, Vec<String>) {
    let longest = RECORD_PARTS[usize::from(records.len() > SMALL_SITE)];
    let parts = cut(records, longest, length_of_record);
    let sizes = parts.iter().map(Vec::len).collect();
    let write = |part: Vec<Record>| {
        let records: Vec<String> = part.iter().map(write_record).collect();
        format!("[{}]", records.join(","))
    };
    (sizes, parts.into_par_iter().map(write).collect())
}

/// The bytes of a record, but for escapes.
fn length_of_record(record: &Record) -> usize {
    let place = |place: &Place| place.title.len() + place.url.len() + place.anchor.as_ref().map_or(0, String::len) + 12;
    let texts = record.text.len() + record.copy.as_ref().map_or(0, String::len);
    let trail: usize = record.trail.iter().map(|title| title.len() + 3).sum();
    let source = record.source.as_ref().map_or(0, |(url, _)| 2 * url.len());
    place(&record.place) + texts + trail + source + record.others.iter().map(place).sum::<usize>() + 40
}

fn write_record(record: &Record) -> String {
    let kind = RecordKind::ALL.iter().position(|kind| *kind == record.kind).expect("every kind is listed");
    let Record { place: Place { title, url, anchor }, trail, text, copy, source, .. } = record;
    let others: Vec<_> = record.others.iter().map(|place| (&place.title, &place.url, &place.anchor)).collect();
    let values = (kind, title, url, anchor, trail, text, copy, others, record.language.tag(), source);
    serde_json::to_string(&values).expect("plain values have a JSON form")
}

/// One line for each word: the number of letters that it shares with the word before (base 36), its other letters, its frequency.
fn write_list(list: &WordList) -> String {
    let mut text = String::new();
    let mut before: Vec<char> = Vec::new();
    for word in &list.words {
        let letters: Vec<char> = word.folded.chars().collect();
        let shared = before.iter().zip(&letters).take_while(|(one, other)| one == other).count().min(35);
        let digit = char::from_digit(u32::try_from(shared).unwrap_or_default(), 36).expect("at most 35");
        text.push(digit);
        text.extend(&letters[shared..]);
        let _ = writeln!(text, "{}", word.frequency);
        before = letters;
    }
    text
}

impl StemLanguage {
    /// The first part of the language's tag; empty without a stemmer.
    fn tag(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Portuguese => "pt",
            Self::English => "en",
            Self::Spanish => "es",
        }
    }
}
