//! Index of records: for each key of words, the records that have it, with weights.
//!
//! In: [`Record`]s. Out: a [`SearchIndex`], which [`files`](super::files) writes and [`rank`](super::rank) reads. No positions are kept.
//! Work and memory are linear in the words; the words of parts of the records are counted in parallel.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::record::{Record, RecordKind};
use super::stem::StemLanguage;
use super::tokens::{Token, chains_of, fold, join, squash, tokenize, words_of};

/// The most records of one key. Of a more frequent word, those with the highest weights are kept.
pub(super) const MOST_POSTINGS: usize = 4000;

/// The highest weight.
pub(super) const HIGHEST_WEIGHT: u32 = 63;

/// The first letter of keys of whole texts.
pub(super) const WHOLE: char = '=';

/// The weight of a record that answers a query equal to its text before all others.
pub(super) const OUTRIGHT: u8 = 63;

/// The weight of a record whose title is the query.
const WHOLE_TITLE: u8 = 32;

/// The most bytes of a record's text that results show.
const SHOWN_TEXT: usize = 4000;

/// The longest whole text with a key, in letters.
const LONGEST_WHOLE: usize = 120;

/// Records that are counted together.
const PART: usize = 4096;

/// Words of an average record. A constant, so that no record changes the weights of others.
const AVERAGE_LENGTH: f64 = 40.0;

/// A record with a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) record: u32,
    pub(crate) weight: u8,
}

/// A written form of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) written: String,
    pub(crate) folded: String,
    /// By record.
    pub(crate) postings: Vec<Posting>,
}

/// All forms of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IndexedWord {
    /// The rarity, from 1: 16 times the binary logarithm of all records to those with the word.
    pub(crate) rarity: u32,
    /// By their letters.
    pub(crate) forms: Vec<Form>,
}

/// The index of a site.
#[derive(Debug, Default)]
pub(crate) struct SearchIndex {
    pub(crate) records: Vec<Record>,
    pub(crate) words: BTreeMap<String, IndexedWord>,
    /// Languages of the records, each once.
    pub(crate) languages: Vec<StemLanguage>,
    /// Groups of phrases that mean the same.
    pub(crate) synonyms: Vec<Vec<String>>,
}

/// The words of a part of the records.
#[derive(Default)]
struct PartWords {
    /// Each form once, with its language.
    forms: Vec<(StemLanguage, String)>,
    /// Indices of forms, with the posting.
    postings: Vec<(u32, Posting)>,
}

impl SearchIndex {
    /// Indexes the records.
    pub(crate) fn new(records: Vec<Record>, synonyms: Vec<Vec<String>>) -> Self {
        let parts: Vec<PartWords> = records
            .par_chunks(PART)
            .enumerate()
            .map(|(part, records)| PartWords::count(u32_of(part * PART), records))
            .collect();
        let forms = merge(parts);
        let mut languages: Vec<_> = records.iter().map(|record| record.language).collect();
        languages.sort_unstable();
        languages.dedup();
        let mut words = group_by_key(forms);
        add_whole_texts(&records, &mut words);
        let count = records.len();
        words.par_iter_mut().for_each(|(_, word)| word.limit(count));
        let mut records = records;
        records.par_iter_mut().for_each(|record| record.text.truncate(record.text.floor_char_boundary(SHOWN_TEXT)));
        Self { records, words, languages, synonyms }
    }

    /// Makes a record the first answer to a query.
    pub(crate) fn pin(&mut self, query: &str, is_it: impl Fn(&Record) -> bool) {
        let (Some(key), Some(record)) = (key_of_whole(query), self.records.iter().position(is_it)) else { return };
        let postings = &mut self.words.entry(key).or_insert_with(IndexedWord::whole).forms[0].postings;
        postings.retain(|posting| posting.record != u32_of(record));
        postings.push(Posting { record: u32_of(record), weight: OUTRIGHT });
        postings.sort_by_key(|posting| posting.record);
    }
}

fn u32_of(index: usize) -> u32 {
    u32::try_from(index).expect("a site has fewer than four thousand million records")
}

impl PartWords {
    fn count(first: u32, records: &[Record]) -> Self {
        let trails: Vec<String> = records.iter().map(|record| record.trail.join(" · ")).collect();
        let mut counter = Counter::default();
        for (index, (record, trail)) in records.iter().zip(&trails).enumerate() {
            let mut length = 0;
            for (field, text) in fields_of(record, trail) {
                let count = counter.count(record.language, field, text);
                length += if field == Field::Text { count } else { 0 };
            }
            counter.finish(first + u32_of(index), length);
        }
        counter.words.postings.shrink_to_fit();
        counter.words
    }
}

/// Counts the words of records. Each spelling is folded once.
#[derive(Default)]
struct Counter<'r> {
    words: PartWords,
    /// A time has two forms.
    spellings: HashMap<(StemLanguage, &'r str), [Option<u32>; 2]>,
    forms: HashMap<(StemLanguage, String), u32>,
    /// By form, of the current record.
    counts: Vec<Counts>,
    /// The forms of the current record.
    seen: Vec<u32>,
}

impl<'r> Counter<'r> {
    /// Counts the words of a part of the current record, and returns their number.
    fn count(&mut self, language: StemLanguage, field: Field, text: &'r str) -> usize {
        let spans = words_of(text);
        for span in &spans {
            let spelling = &text[span.clone()];
            let known = self.spellings.get(&(language, spelling)).copied();
            let forms = known.unwrap_or_else(|| {
                let mut forms = [None; 2];
                for (form, token) in forms.iter_mut().zip(tokenize(spelling)) {
                    *form = Some(self.form(language, token.written));
                }
                self.spellings.insert((language, spelling), forms);
                forms
            });
            for form in forms.into_iter().flatten() {
                self.add(form, field, spans.len());
            }
        }
        for chain in chains_of(text, &spans) {
            let part = &text[chain];
            for joined in join(part, &tokenize(part)) {
                let form = self.form(language, joined);
                self.add(form, field, spans.len());
            }
        }
        spans.len()
    }

    fn form(&mut self, language: StemLanguage, written: String) -> u32 {
        let next = u32_of(self.words.forms.len());
        *self.forms.entry((language, written)).or_insert_with_key(|form| {
            self.words.forms.push(form.clone());
            self.counts.push(Counts::default());
            next
        })
    }

    fn add(&mut self, form: u32, field: Field, length: usize) {
        let counts = &mut self.counts[form as usize];
        if *counts == Counts::default() {
            self.seen.push(form);
        }
        counts.add(field, length);
    }

    /// Writes the postings of the current record.
    fn finish(&mut self, record: u32, length: usize) {
        for form in self.seen.drain(..) {
            let counts = std::mem::take(&mut self.counts[form as usize]);
            self.words.postings.push((form, Posting { record, weight: counts.weight(length) }));
        }
    }
}

/// A part of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Text,
    Hints,
    Trail,
}

fn fields_of<'r>(record: &'r Record, trail: &'r str) -> [(Field, &'r str); 4] {
    [
        (Field::Title, &record.place.title),
        (Field::Text, &record.text),
        (Field::Hints, &record.hints),
        (Field::Trail, trail),
    ]
}

/// How often a word stands in each part of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    /// The words of the title that has the word; 0 without it.
    title: usize,
    text: u32,
    has_hint: bool,
    has_trail: bool,
}

impl Counts {
    fn add(&mut self, field: Field, length: usize) {
        match field {
            Field::Title => self.title = length,
            Field::Text => self.text += 1,
            Field::Hints => self.has_hint = true,
            Field::Trail => self.has_trail = true,
        }
    }

    /// The weight in a record with a text of `length` words. Repeated words count less and less, as in BM25.
    fn weight(self, length: usize) -> u8 {
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let title = if self.title > 0 { 34.0 / (1.0 + 0.06 * count(self.title)) } else { 0.0 };
        let often = f64::from(self.text);
        let text = 18.0 * often / (often + 1.2 * (0.25 + 0.75 * count(length) / AVERAGE_LENGTH));
        let hint = if self.has_hint { 8.0 } else { 0.0 };
        let trail = if self.has_trail { 4.0 } else { 0.0 };
        let weight = (title + text + hint + trail).round().clamp(1.0, f64::from(HIGHEST_WEIGHT));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the weight is at most 63")]
        let weight = weight as u8;
        weight
    }
}

/// A form with its language and its postings.
type FormPostings = ((StemLanguage, String), Vec<Posting>);

/// Joins the postings of all parts, by form. Records stay in order.
fn merge(parts: Vec<PartWords>) -> Vec<FormPostings> {
    let mut forms: Vec<FormPostings> = Vec::new();
    let mut known: HashMap<(StemLanguage, String), usize> = HashMap::new();
    for part in parts {
        let indices: Vec<usize> = part
            .forms
            .into_iter()
            .map(|form| {
                *known.entry(form).or_insert_with_key(|form| {
                    forms.push((form.clone(), Vec::new()));
                    forms.len() - 1
                })
            })
            .collect();
        for (form, posting) in part.postings {
            forms[indices[form as usize]].1.push(posting);
        }
    }
    forms
}

fn group_by_key(forms: Vec<FormPostings>) -> BTreeMap<String, IndexedWord> {
    let keyed: Vec<(String, Form)> = forms
        .into_par_iter()
        .map(|((language, written), postings)| {
            let folded = fold(&written).1;
            (language.key(&folded), Form { written, folded, postings })
        })
        .collect();
    let mut words: BTreeMap<String, IndexedWord> = BTreeMap::new();
    for (key, form) in keyed {
        let word = words.entry(key).or_insert_with(|| IndexedWord { rarity: 1, forms: Vec::new() });
        match word.forms.iter_mut().find(|known| known.written == form.written) {
            // Of another language.
            Some(known) => {
                known.postings.extend(form.postings);
                known.postings.sort_by_key(|posting| posting.record);
            }
            None => word.forms.push(form),
        }
    }
    for word in words.values_mut() {
        word.forms.sort_by(|one, other| one.written.cmp(&other.written));
    }
    words
}

/// Adds a key for each whole title and copy, so that a query equal to one finds it.
fn add_whole_texts(records: &[Record], words: &mut BTreeMap<String, IndexedWord>) {
    for (index, record) in records.iter().enumerate() {
        let Some(key) = key_of_whole(&record.place.title).filter(|_| record.kind != RecordKind::Step) else { continue };
        let word = words.entry(key).or_insert_with(IndexedWord::whole);
        let is_copy = matches!(record.kind, RecordKind::Copy | RecordKind::Value);
        let weight = if is_copy { OUTRIGHT } else { WHOLE_TITLE };
        word.forms[0].postings.push(Posting { record: u32_of(index), weight });
    }
}

/// The key of a whole text; `None` for a text without words, or a long one.
pub(super) fn key_of_whole(text: &str) -> Option<String> {
    let squashed = squash(text);
    (!squashed.is_empty() && squashed.chars().count() <= LONGEST_WHOLE).then(|| format!("{WHOLE}{squashed}"))
}

impl IndexedWord {
    /// A whole text without records.
    fn whole() -> Self {
        let form = Form { written: String::new(), folded: String::new(), postings: Vec::new() };
        Self { rarity: 1, forms: vec![form] }
    }

    /// Sets the rarity, and drops the postings of low weights where there are too many.
    fn limit(&mut self, records: usize) {
        let count: usize = self.forms.iter().map(|form| form.postings.len()).sum();
        self.rarity = rarity(records, count);
        if count <= MOST_POSTINGS {
            return;
        }
        let mut all: Vec<(std::cmp::Reverse<u8>, u32, usize)> = Vec::with_capacity(count);
        for (index, form) in self.forms.iter().enumerate() {
            all.extend(form.postings.iter().map(|posting| (std::cmp::Reverse(posting.weight), posting.record, index)));
        }
        all.select_nth_unstable(MOST_POSTINGS);
        let last = all[MOST_POSTINGS];
        for (index, form) in self.forms.iter_mut().enumerate() {
            form.postings.retain(|posting| (std::cmp::Reverse(posting.weight), posting.record, index) < last);
        }
    }
}

/// 16 times the binary logarithm of the share of records, rounded down; at least 1.
fn rarity(records: usize, with: usize) -> u32 {
    let ratio = (u64_of(records) + 1) * 2 / u64_of(with).max(1);
    // 16 steps for each doubling, without a logarithm whose last digit depends on the machine.
    let doublings = ratio.max(1).ilog2();
    let rest = (ratio.max(1) << 4) >> doublings;
    let rest = u32::try_from(rest.saturating_sub(16)).unwrap_or(0).min(15);
    (doublings * 16 + rest).max(1)
}

fn u64_of(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The words of a text as the index has them: those of the text, then the joined ones.
pub(super) fn forms_of(text: &str) -> (Vec<Token>, Vec<String>) {
    let tokens = tokenize(text);
    let joined = join(text, &tokens);
    (tokens, joined)
}
