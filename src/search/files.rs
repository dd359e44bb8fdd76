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

use std::fmt::Write;

use rayon::prelude::*;
use serde_json::{Value, json};

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
const RECORD_PARTS: [usize; 2] = [24_000, 9_000];

/// One more than the highest weight.
const WEIGHTS: u32 = 64;

/// The files of the index, by their paths.
pub(crate) fn write_files(search: &SiteSearch, hash: impl Fn(&[(String, String)]) -> String) -> Vec<(String, String)> {
    let index = &search.index;
    let (first_keys, word_parts) = write_words(index);
    let (sizes, record_parts) = write_records(&index.records);
    let mut inside = vec![("words.txt".to_owned(), write_list(&search.list))];
    inside.extend(word_parts.into_iter().enumerate().map(|(part, text)| (format!("w{part}.json"), text)));
    inside.extend(record_parts.into_iter().enumerate().map(|(part, text)| (format!("r{part}.json"), text)));
    let folder = hash(&inside);
    let lower = index.records.iter().position(|record| record.is_lower).unwrap_or(index.records.len());
    let manifest = json!({
        "version": VERSION,
        "folder": folder,
        "languages": index.languages.iter().map(|language| language.tag()).collect::<Vec<_>>(),
        "count": index.records.len(),
        "lower": lower,
        "words": first_keys,
        "records": sizes,
        "synonyms": index.synonyms,
    });
    let mut files = vec![(format!("{FOLDER}index.json"), manifest.to_string())];
    files.extend(inside.into_iter().map(|(name, text)| (format!("{FOLDER}{folder}/{name}"), text)));
    files
}

/// The keys in parts, each with its first key.
fn write_words(index: &SearchIndex) -> (Vec<&str>, Vec<String>) {
    let words: Vec<(&String, &IndexedWord)> = index.words.iter().collect();
    let entries: Vec<String> = words.par_iter().map(|(key, word)| write_word(key, word)).collect();
    let (mut first_keys, mut parts): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    for ((key, _), entry) in words.iter().zip(&entries) {
        match parts.last_mut().filter(|part| part.len() + entry.len() < WORD_PART) {
            Some(part) => part.extend([",", entry]),
            None => {
                first_keys.push(key);
                parts.push(format!("{{{entry}"));
            }
        }
    }
    parts.iter_mut().for_each(|part| part.push('}'));
    (first_keys, parts)
}

/// `"key":[rarity,["form",[…]],…]`. Each number has the distance to the record before, and a weight.
fn write_word(key: &str, word: &IndexedWord) -> String {
    let mut text = format!("{}:[{}", json!(key), word.rarity);
    for Form { written, postings, .. } in &word.forms {
        let _ = write!(text, ",[{},[", json!(written));
        let mut before = 0;
        for (at, posting) in postings.iter().enumerate() {
            let number = (u64::from(posting.record) - before) * u64::from(WEIGHTS) + u64::from(posting.weight);
            let comma = if at > 0 { "," } else { "" };
            let _ = write!(text, "{comma}{number}");
            before = u64::from(posting.record);
        }
        text.push_str("]]");
    }
    text.push(']');
    text
}

/// The records in parts, each with its number of records.
fn write_records(records: &[Record]) -> (Vec<usize>, Vec<String>) {
    let entries: Vec<String> = records.par_iter().map(|record| record_value(record).to_string()).collect();
    let longest = RECORD_PARTS[usize::from(records.len() > SMALL_SITE)];
    let (mut sizes, mut parts): (Vec<usize>, Vec<String>) = (Vec::new(), Vec::new());
    for entry in entries {
        match parts.last_mut().filter(|part| part.len() + entry.len() < longest) {
            Some(part) => {
                part.push(',');
                part.push_str(&entry);
                *sizes.last_mut().expect("a part has a size") += 1;
            }
            None => {
                parts.push(format!("[{entry}"));
                sizes.push(1);
            }
        }
    }
    parts.iter_mut().for_each(|part| part.push(']'));
    (sizes, parts)
}

fn record_value(record: &Record) -> Value {
    let kind = RecordKind::ALL.iter().position(|kind| *kind == record.kind).expect("every kind is listed");
    let place = |place: &Place| json!([place.title, place.url, place.anchor]);
    json!([
        kind,
        record.place.title,
        record.place.url,
        record.place.anchor,
        record.trail,
        record.text,
        record.copy,
        record.others.iter().map(place).collect::<Vec<_>>(),
        record.language.tag(),
        record.source,
    ])
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
