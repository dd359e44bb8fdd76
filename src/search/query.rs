//! A typed query → its words, its phrases in quotes, and what each word may stand for.

use std::collections::{BTreeSet, HashMap};

use super::index::{IndexedWord, SearchIndex};
use super::tokens::{Token, is_number, tokenize};
use super::word_list::WordList;

/// The most words of a query; further ones are ignored.
const MOST_TOKENS: usize = 16;

/// Factors of the ways in which a word of the index matches, in percent.
const EXACT: u32 = 100;
const OTHER_ACCENTS: u32 = 97;
const JOINED: u32 = 95;
const SAME_STEM: u32 = 85;
const SYNONYM: u32 = 80;
const SPLIT: u32 = 70;
const COMPLETED: u32 = 62;
const ONE_SLIP: u32 = 75;
const STEM_SLIP: u32 = 68;
const TWO_SLIPS: u32 = 58;

/// A word of a query, and what matches it.
#[derive(Debug)]
pub(super) struct QueryWord {
    pub(super) token: Token,
    /// It counts: it is no stop word, or there are only stop words.
    pub(super) counts: bool,
    /// For each record, the best match.
    pub(super) values: HashMap<u32, u32>,
    /// The rarest word that matches; 0 if none does.
    pub(super) rarity: u32,
    /// The written forms that match.
    pub(super) forms: BTreeSet<String>,
}

/// A query with what matches each word.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) words: Vec<QueryWord>,
    /// Texts in quotes, as folded words.
    pub(super) phrases: Vec<Vec<String>>,
}

impl Query {
    /// Reads a query.
    pub(super) fn new(text: &str, index: &SearchIndex, list: &WordList) -> Self {
        let mut words = split(text, index);
        let is_open = words.last().is_some_and(|word| word.token.end == text.len());
        let depth = Depth::of(words.iter().filter(|word| word.counts).count());
        let reader = QueryReader { index, list, depth };
        for at in 0..words.len() {
            if words[at].counts {
                let is_half_typed = is_open && at + 1 == words.len();
                reader.match_word(&mut words, at, is_half_typed);
            }
        }
        reader.match_synonyms(&mut words);
        Self { words, phrases: phrases_of(text) }
    }
}

/// The words of a query, each once.
fn split(text: &str, index: &SearchIndex) -> Vec<QueryWord> {
    let mut tokens = tokenize(text);
    tokens.truncate(MOST_TOKENS);
    let is_stop = |token: &Token| index.languages.iter().any(|language| language.is_stop_word(&token.folded));
    let only_stop = tokens.iter().all(is_stop);
    let mut seen = BTreeSet::new();
    let word = |token: Token| {
        let counts = (only_stop || !is_stop(&token)) && seen.insert(token.folded.clone());
        QueryWord { counts, ..QueryWord::new(token) }
    };
    tokens.into_iter().map(word).collect()
}

/// The words of each text in quotes.
fn phrases_of(text: &str) -> Vec<Vec<String>> {
    let quoted = text.split(['"', '“', '”']).skip(1).step_by(2);
    let words = |text: &str| tokenize(text).into_iter().map(|token| token.folded).collect::<Vec<_>>();
    quoted.map(words).filter(|phrase| !phrase.is_empty()).collect()
}

/// Which records of a word are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// The best.
    Best,
    /// All that the index has: some of them meet those of another word.
    All,
}

impl Depth {
    /// The depth where so many words count.
    fn of(words: usize) -> Self {
        if words > 1 { Self::All } else { Self::Best }
    }
}

#[derive(Clone, Copy)]
struct QueryReader<'a> {
    index: &'a SearchIndex,
    list: &'a WordList,
    /// Of the words as they were typed.
    depth: Depth,
}

impl<'a> QueryReader<'a> {
    fn match_word(self, words: &mut [QueryWord], at: usize, is_half_typed: bool) {
        let folded = words[at].token.folded.clone();
        let is_known = self.match_stem(&mut words[at], self.depth);
        let is_joined = self.match_joined(words, at);
        let word = &mut words[at];
        let length = folded.chars().count();
        let mut is_completed = false;
        if is_half_typed && length >= 2 || !is_known && length >= 3 {
            for completed in self.list.complete(&folded) {
                self.match_folded(word, completed, COMPLETED);
                is_completed = true;
            }
        }
        if is_known || is_joined || is_completed {
            return;
        }
        if !self.match_split(word) {
            for slip in self.list.find_slips(&folded, &self.index.languages) {
                let factor = [ONE_SLIP, STEM_SLIP, TWO_SLIPS][slip.distance - 2];
                self.match_folded(word, slip.folded, factor);
            }
        }
    }

    /// Matches all forms of the word. True if a record has one that ranks no lower: its spelling may be a slip else.
    fn match_stem(self, word: &mut QueryWord, depth: Depth) -> bool {
        let token = word.token.clone();
        for found in self.words_of(&token.folded) {
            for form in &found.forms {
                let factor = if form.written == token.written {
                    EXACT
                } else if form.folded == token.folded {
                    OTHER_ACCENTS
                } else {
                    SAME_STEM
                };
                word.add(found, &form.written, factor, depth);
            }
        }
        let lower = self.index.lower;
        word.values.keys().any(|record| lower == 0 || (*record as usize) < lower)
    }

    /// Matches the word written together with its neighbours.
    fn match_joined(self, words: &mut [QueryWord], at: usize) -> bool {
        let mut is_joined = false;
        for length in [2, 3] {
            for first in (at + 1).saturating_sub(length)..=at {
                let Some(part) = words.get(first..first + length) else { continue };
                let joined: String = part.iter().map(|word| word.token.folded.as_str()).collect();
                if self.list.has(&joined) {
                    self.match_folded(&mut words[at], &joined, JOINED);
                    is_joined = true;
                }
            }
        }
        is_joined
    }

    /// Matches the two words that are written together.
    fn match_split(self, word: &mut QueryWord) -> bool {
        let folded = word.token.folded.clone();
        let ends = folded.char_indices().map(|(at, _)| at).filter(|at| *at >= 3 && *at + 3 <= folded.len());
        let is_split = |at: &usize| self.list.has(&folded[..*at]) && self.list.has(&folded[*at..]);
        let Some(at) = ends.filter(|_| !is_number(&folded)).find(is_split) else { return false };
        self.match_folded(word, &folded[..at], SPLIT);
        self.match_folded(word, &folded[at..], SPLIT);
        true
    }

    /// Matches the forms that are this word.
    fn match_folded(self, word: &mut QueryWord, folded: &str, factor: u32) {
        for found in self.words_of(folded) {
            for form in found.forms.iter().filter(|form| form.folded == folded) {
                word.add(found, &form.written, factor, Depth::Best);
            }
        }
    }

    /// The words with the keys of a folded word.
    fn words_of(self, folded: &str) -> Vec<&'a IndexedWord> {
        let keys: BTreeSet<String> = self.keys_of(folded).into_iter().collect();
        keys.iter().filter_map(|key| self.index.find_word(key)).collect()
    }

    fn keys_of(self, folded: &str) -> Vec<String> {
        self.index.languages.iter().map(|language| language.key(folded)).collect()
    }

    /// Matches the other phrases of the groups that have a phrase of the query.
    fn match_synonyms(self, words: &mut [QueryWord]) {
        for group in &self.index.synonyms {
            let phrases: Vec<Vec<Token>> = group.iter().map(|phrase| tokenize(phrase)).collect();
            for (this, phrase) in phrases.iter().enumerate() {
                let Some(start) = self.find_phrase(words, phrase) else { continue };
                let others = phrases.iter().enumerate().filter(|(other, phrase)| *other != this && !phrase.is_empty());
                for (_, other) in others {
                    let Some(synonym) = self.match_phrase(other) else { continue };
                    for word in words[start..start + phrase.len()].iter_mut().filter(|word| word.counts) {
                        word.add_all(&synonym);
                    }
                }
            }
        }
    }

    /// Finds the words of a phrase in the query, in any form.
    fn find_phrase(self, words: &[QueryWord], phrase: &[Token]) -> Option<usize> {
        let is_same = |word: &QueryWord, token: &Token| {
            word.token.folded == token.folded || self.keys_of(&word.token.folded) == self.keys_of(&token.folded)
        };
        let is_here = |part: &[QueryWord]| part.iter().zip(phrase).all(|(word, token)| is_same(word, token));
        (!phrase.is_empty()).then(|| words.windows(phrase.len()).position(is_here)).flatten()
    }

    /// The records that have all words of a phrase, in any form.
    fn match_phrase(self, phrase: &[Token]) -> Option<QueryWord> {
        let is_stop = |token: &&Token| self.index.languages.iter().any(|language| language.is_stop_word(&token.folded));
        let counted: Vec<&Token> = match phrase.iter().filter(|token| !is_stop(token)).collect::<Vec<_>>() {
            counted if counted.is_empty() => phrase.iter().collect(),
            counted => counted,
        };
        let mut found: Option<QueryWord> = None;
        for token in &counted {
            let mut word = QueryWord::new((*token).clone());
            self.match_stem(&mut word, Depth::of(counted.len()));
            found = Some(match found {
                None => word,
                Some(found) => found.and(word),
            });
        }
        let mut found = found?;
        let count = u32::try_from(counted.len()).unwrap_or(1);
        found.values.values_mut().for_each(|value| *value = *value / count * SYNONYM / 100);
        Some(found)
    }
}

impl QueryWord {
    fn new(token: Token) -> Self {
        Self { token, counts: true, values: HashMap::new(), rarity: 0, forms: BTreeSet::new() }
    }

    /// The records that both match, with the sum of the matches.
    fn and(mut self, other: Self) -> Self {
        self.values.retain(|record, value| {
            let more = other.values.get(record);
            *value += more.copied().unwrap_or_default();
            more.is_some()
        });
        self.forms.extend(other.forms);
        self.rarity = self.rarity.max(other.rarity);
        self
    }

    /// Adds what another word matches.
    fn add_all(&mut self, other: &Self) {
        if other.values.is_empty() {
            return;
        }
        self.rarity = self.rarity.max(other.rarity);
        self.forms.extend(other.forms.iter().cloned());
        for (record, value) in &other.values {
            let best = self.values.entry(*record).or_default();
            *best = (*best).max(*value);
        }
    }

    /// Adds the records of a form.
    fn add(&mut self, word: &IndexedWord, written: &str, factor: u32, depth: Depth) {
        let Some(form) = word.forms.iter().find(|form| form.written == written) else { return };
        self.rarity = self.rarity.max(word.rarity);
        self.forms.insert(form.written.clone());
        for posting in form.postings.iter().filter(|posting| depth == Depth::All || word.is_best(**posting)) {
            let value = word.rarity * u32::from(posting.weight()) * factor;
            let best = self.values.entry(posting.record()).or_default();
            *best = value.max(*best);
        }
    }
}
