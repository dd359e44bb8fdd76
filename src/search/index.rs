//! Index of records: for each key of words, the records that have it, with weights.
//!
//! In: [`Record`]s. Out: a [`SearchIndex`], which [`files`](super::files) writes and [`rank`](super::rank) reads. No positions are kept.
//! Work and memory are linear in the words.

use rayon::prelude::*;

use super::count::{CountedForm, count_words};
use super::posting::{HIGHEST_WEIGHT, Posting};
use super::record::{Record, RecordKind};
use super::stem::StemLanguage;
use super::tokens::{Token, fold, join, squash, tokenize};

/// The most records of one key. Of a more frequent word, those with the highest weights are kept.
const MOST_POSTINGS: usize = 2000;

/// The best records of one key. A word that does not meet others in a query, or was not typed so, finds these alone.
const BEST_POSTINGS: usize = 256;

/// The first letter of keys of whole texts.
pub(super) const WHOLE: char = '=';

/// The weight of a record that answers a query equal to its text before all others.
pub(super) const OUTRIGHT: u8 = HIGHEST_WEIGHT;

/// The weight of a record whose title is the query.
const WHOLE_TITLE: u8 = 32;

/// The most bytes of a record's text that results show.
const SHOWN_TEXT: usize = 4000;

/// The longest whole text with a key, in letters.
const LONGEST_WHOLE: usize = 120;

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
    /// The stem, or a whole text after [`WHOLE`].
    pub(crate) key: String,
    /// The rarity, from 1: 16 times the binary logarithm of all records to those with the word.
    pub(crate) rarity: u32,
    /// By their letters.
    pub(crate) forms: Vec<Form>,
    /// The rank after those of [`BEST_POSTINGS`]; `None` if there are not more.
    pub(super) rest: Option<u32>,
}

/// The index of a site.
#[derive(Debug, Default)]
pub(crate) struct SearchIndex {
    pub(crate) records: Vec<Record>,
    /// The first record of those that rank lower.
    pub(super) lower: usize,
    /// By their keys.
    pub(crate) words: Vec<IndexedWord>,
    /// Languages of the records, each once.
    pub(crate) languages: Vec<StemLanguage>,
    /// Groups of phrases that mean the same.
    pub(crate) synonyms: Vec<Vec<String>>,
}

impl SearchIndex {
    /// Indexes the records, of which those that rank lower are the last.
    pub(crate) fn new(mut records: Vec<Record>, synonyms: Vec<Vec<String>>) -> Self {
        let mut languages: Vec<_> = records.iter().map(|record| record.language).collect();
        languages.sort_unstable();
        languages.dedup();
        let mut words = group_by_key(count_words(&records));
        words.extend(whole_texts(&records));
        words.par_sort_unstable_by(|one, other| one.key.cmp(&other.key));
        let count = records.len();
        words.par_iter_mut().for_each(|word| word.limit(count));
        records.par_iter_mut().for_each(|record| record.text.truncate(record.text.floor_char_boundary(SHOWN_TEXT)));
        let lower = records.iter().position(|record| record.is_lower).unwrap_or(count);
        Self { records, lower, words, languages, synonyms }
    }

    pub(super) fn find_word(&self, key: &str) -> Option<&IndexedWord> {
        self.place_of(key).ok().map(|place| &self.words[place])
    }

    fn place_of(&self, key: &str) -> Result<usize, usize> {
        self.words.binary_search_by(|word| word.key.as_str().cmp(key))
    }

    /// Makes a record the first answer to a query.
    pub(crate) fn pin(&mut self, query: &str, is_it: impl Fn(&Record) -> bool) {
        let (Some(key), Some(record)) = (key_of_whole(query), self.records.iter().position(is_it)) else { return };
        let place = self.place_of(&key).unwrap_or_else(|place| {
            self.words.insert(place, IndexedWord::whole(key, Vec::new()));
            place
        });
        let postings = &mut self.words[place].forms[0].postings;
        let pinned = Posting::new(record, OUTRIGHT);
        postings.retain(|posting| posting.record() != pinned.record());
        postings.push(pinned);
        postings.sort_unstable();
    }
}

fn group_by_key(forms: Vec<CountedForm>) -> Vec<IndexedWord> {
    let keyed = forms.into_par_iter().map(|CountedForm { language, written, postings }| {
        let folded = fold(&written).1;
        (language.key(&folded), Form { written, folded, postings })
    });
    let mut keyed: Vec<(String, Form)> = keyed.collect();
    keyed.par_sort_by(|(one, form), (other, other_form)| (one, &form.written).cmp(&(other, &other_form.written)));
    let mut words: Vec<IndexedWord> = Vec::new();
    for (key, form) in keyed {
        let Some(word) = words.last_mut().filter(|word| word.key == key) else {
            words.push(IndexedWord { key, rarity: 1, forms: vec![form], rest: None });
            continue;
        };
        match word.forms.last_mut().filter(|known| known.written == form.written) {
            // Of another language.
            Some(known) => {
                known.postings.extend(form.postings);
                known.postings.sort_unstable();
            }
            None => word.forms.push(form),
        }
    }
    words
}

/// A key for each whole title and copy, so that a query equal to one finds it.
fn whole_texts(records: &[Record]) -> Vec<IndexedWord> {
    let posting = |(index, record): (usize, &Record)| {
        let key = key_of_whole(&record.place.title).filter(|_| record.kind != RecordKind::Step)?;
        let is_copy = matches!(record.kind, RecordKind::Copy | RecordKind::Value);
        Some((key, Posting::new(index, if is_copy { OUTRIGHT } else { WHOLE_TITLE })))
    };
    let mut all: Vec<(String, Posting)> = records.par_iter().enumerate().filter_map(posting).collect();
    all.par_sort_unstable();
    let word = |same: &[(String, Posting)]| {
        IndexedWord::whole(same[0].0.clone(), same.iter().map(|(_, posting)| *posting).collect())
    };
    all.chunk_by(|one, other| one.0 == other.0).map(word).collect()
}

/// The key of a whole text; `None` for a text without words, or a long one.
pub(super) fn key_of_whole(text: &str) -> Option<String> {
    let squashed = squash(text);
    (!squashed.is_empty() && squashed.chars().count() <= LONGEST_WHOLE).then(|| format!("{WHOLE}{squashed}"))
}

impl IndexedWord {
    fn whole(key: String, postings: Vec<Posting>) -> Self {
        let form = Form { written: String::new(), folded: String::new(), postings };
        Self { key, rarity: 1, forms: vec![form], rest: None }
    }

    /// Sets the rarity, and drops the postings of low weights where there are too many.
    fn limit(&mut self, records: usize) {
        let count: usize = self.forms.iter().map(|form| form.postings.len()).sum();
        self.rarity = rarity(records, count);
        if count <= BEST_POSTINGS {
            return;
        }
        let all = self.forms.iter().flat_map(|form| &form.postings);
        let mut ranks: Vec<u32> = all.map(|posting| posting.rank()).collect();
        if count > MOST_POSTINGS {
            let (_, last, _) = ranks.select_nth_unstable(MOST_POSTINGS);
            let last = *last;
            self.forms.iter_mut().for_each(|form| form.postings.retain(|posting| posting.rank() < last));
            ranks.truncate(MOST_POSTINGS);
        }
        self.rest = Some(*ranks.select_nth_unstable(BEST_POSTINGS).1);
    }

    /// True for one of the best records.
    pub(super) fn is_best(&self, posting: Posting) -> bool {
        self.rest.is_none_or(|rest| posting.rank() < rest)
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
