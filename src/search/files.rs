//! The index as files: a browser loads one, then the parts that a query needs.
//!
//! | file below `search/` | what it has |
//! |---|---|
//! | `index.json` | the name of the folder below, and the first key or the number of records of each part |
//! | `HASH/words.txt` | the word list, each word without the letters that it shares with the one before |
//! | `HASH/wN.json` | a part of the keys, each with its best records, at most 15 KB with gzip |
//! | `HASH/mN.json` | the other records of frequent keys |
//! | `HASH/rN.json` | a part of the records, which results show |
//!
//! The hash is that of all files in the folder, so that hosts may cache them for ever. The same site gives the same bytes.

use std::fmt::Write;

use rayon::prelude::*;
use serde_json::json;

use super::SiteSearch;
use super::index::{Form, IndexedWord, SearchIndex};
use super::posting::Posting;
use super::rank::SMALL_SITE;
use super::record::{Place, Record, RecordKind};
use super::stem::StemLanguage;
use super::word_list::WordList;
use crate::words::Words;

/// The folder of all files, below the site's root.
pub(crate) const FOLDER: &str = "search/";

/// Version of the format.
const VERSION: u32 = 2;

/// The most bytes of a part of the keys before compression, which at least halves them.
const WORD_PART: usize = 12_000;

/// The same of the other records of frequent keys. A query needs them for two of its keys, or more.
const REST_PART: usize = 10_000;

/// The most bytes of a part of the records, on small sites and on others. A query loads the parts of its best records.
const RECORD_PARTS: [usize; 2] = [24_000, 7_000];

/// The files of the index, by their paths. Each part of the index is freed when it is written.
pub(crate) fn write_files(search: SiteSearch, hash: impl Fn(&[(String, String)]) -> String) -> Vec<(String, String)> {
    let SiteSearch { index, list } = search;
    let SearchIndex { records, lower, words, languages, synonyms } = index;
    let count = records.len();
    let (rests, rest_parts) = write_rests(&words);
    let (first_keys, word_parts) = write_words(words.into_iter().zip(rests).collect());
    let (sizes, record_parts) = write_records(records);
    let mut inside = vec![("words.txt".to_owned(), write_list(&list))];
    for (letter, parts) in [('w', word_parts), ('m', rest_parts), ('r', record_parts)] {
        inside.extend(parts.into_iter().enumerate().map(|(part, text)| (format!("{letter}{part}.json"), text)));
    }
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

/// For each word the number of its part from 1, or 0 without one, and the parts.
fn write_rests(words: &[IndexedWord]) -> (Vec<usize>, Vec<String>) {
    let with_rest: Vec<&IndexedWord> = words.iter().filter(|word| word.rest.is_some()).collect();
    let parts = cut(with_rest, REST_PART, |word| length_of_word(word, |posting| !word.is_best(posting)));
    let mut numbers = parts.iter().enumerate().flat_map(|(part, words)| vec![part + 1; words.len()]);
    let number_of = |word: &IndexedWord| word.rest.and_then(|_| numbers.next()).unwrap_or(0);
    let numbers = words.iter().map(number_of).collect();
    let write = |words: &Vec<&IndexedWord>| {
        let rest = |word: &&IndexedWord| {
            let lists: Vec<_> =
                word.forms.iter().map(|form| numbers_of(form, |posting| !word.is_best(posting))).collect();
            format!("{}:[{}]", quote(&word.key), lists.join(","))
        };
        format!("{{{}}}", words.iter().map(rest).collect::<Vec<_>>().join(","))
    };
    (numbers, parts.par_iter().map(write).collect())
}

/// The keys in parts, each with its first key.
fn write_words(words: Vec<(IndexedWord, usize)>) -> (Vec<String>, Vec<String>) {
    let parts = cut(words, WORD_PART, |(word, _)| length_of_word(word, |posting| word.is_best(posting)));
    let first_keys = parts.iter().map(|part| part[0].0.key.clone()).collect();
    let write = |part: Vec<(IndexedWord, usize)>| {
        let mut text = String::with_capacity(WORD_PART);
        for (word, rest) in part {
            text.push(if text.is_empty() { '{' } else { ',' });
            write_word(&mut text, &word, rest);
        }
        text.push('}');
        text
    };
    (first_keys, parts.into_par_iter().map(write).collect())
}

/// The most bytes of a word with some of its postings, but for escapes.
fn length_of_word(word: &IndexedWord, is_written: impl Fn(Posting) -> bool) -> usize {
    let form = |form: &Form| {
        let digits = |number: u32| number.max(1).ilog10() as usize + 2;
        let numbers: usize = differences(form, &is_written).map(digits).sum();
        form.written.len() + 8 + numbers
    };
    word.key.len() + 14 + word.forms.iter().map(form).sum::<usize>()
}

/// `"key":[rarity,rest,["form",[…]],…]`, with the part of the other records from 1, or 0.
fn write_word(text: &mut String, word: &IndexedWord, rest: usize) {
    let _ = write!(text, "{}:[{},{rest}", quote(&word.key), word.rarity);
    for form in &word.forms {
        let _ = write!(text, ",[{},{}]", quote(&form.written), numbers_of(form, |posting| word.is_best(posting)));
    }
    text.push(']');
}

/// A text in JSON.
fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("a text has a JSON form")
}

/// `[…]`: each number has the distance to the record before, and a weight.
fn numbers_of(form: &Form, is_written: impl Fn(Posting) -> bool) -> String {
    let mut text = String::from("[");
    for number in differences(form, is_written) {
        let comma = if text.len() > 1 { "," } else { "" };
        let _ = write!(text, "{comma}{number}");
    }
    text.push(']');
    text
}

fn differences(form: &Form, is_written: impl Fn(Posting) -> bool) -> impl Iterator<Item = u32> {
    let mut before = None;
    let written = form.postings.iter().copied().filter(move |posting| is_written(*posting));
    written.map(move |posting| posting.number_after(before.replace(posting)))
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
