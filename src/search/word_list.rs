//! List of a site's words: completions of a half-typed word, and words that differ by a typing slip.

use std::cmp::Reverse;

use super::index::{SearchIndex, WHOLE};
use super::stem::StemLanguage;

/// The most words of the list; of more, the most frequent.
const MOST_WORDS: usize = 20_000;

/// The most words that stand for a misspelt one.
const MOST_SLIPS: usize = 6;

/// From this length a word may have two slips.
const TWO_SLIPS: usize = 8;

/// Shorter words have no slip.
const ONE_SLIP: usize = 4;

/// A word of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListedWord {
    pub(crate) folded: String,
    /// The binary logarithm of the records with the word, at most 9.
    pub(crate) frequency: u8,
}

/// The words of a site by their letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordList {
    pub(crate) words: Vec<ListedWord>,
}

/// A word in place of a misspelt one. Lower is nearer: 2 for one slip, 3 for one in the stem, 4 for two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip<'a> {
    pub(super) folded: &'a str,
    pub(super) distance: usize,
}

impl WordList {
    pub(crate) fn new(index: &SearchIndex) -> Self {
        let forms = index.words.iter().filter(|word| !word.key.starts_with(WHOLE)).flat_map(|word| &word.forms);
        let mut counted: Vec<(&str, usize)> = forms.map(|form| (form.folded.as_str(), form.postings.len())).collect();
        counted.sort_unstable();
        counted.dedup_by(|one, other| {
            let is_same = one.0 == other.0;
            other.1 += if is_same { one.1 } else { 0 };
            is_same
        });
        counted.sort_unstable_by_key(|(folded, count)| (Reverse(*count), *folded));
        counted.truncate(MOST_WORDS);
        counted.sort_unstable();
        let frequency = |count: usize| u8::try_from(count.max(1).ilog2().min(9)).expect("at most 9");
        let listed =
            |(folded, count): (&str, usize)| ListedWord { folded: folded.to_owned(), frequency: frequency(count) };
        Self { words: counted.into_iter().map(listed).collect() }
    }

    pub(super) fn has(&self, folded: &str) -> bool {
        self.words.binary_search_by(|word| word.folded.as_str().cmp(folded)).is_ok()
    }

    /// Words that begin with the letters, frequent and short ones first.
    pub(super) fn complete(&self, prefix: &str) -> Vec<&str> {
        let length = prefix.chars().count();
        let most = match length {
            0 | 1 => return Vec::new(),
            2 => 4,
            3 => 8,
            _ => 16,
        };
        let first = self.words.partition_point(|word| word.folded.as_str() < prefix);
        let mut found: Vec<&ListedWord> =
            self.words[first..].iter().take_while(|word| word.folded.starts_with(prefix)).collect();
        found.retain(|word| word.folded != prefix);
        found.sort_by_key(|word| (Reverse(word.frequency), word.folded.chars().count()));
        found.into_iter().take(most).map(|word| word.folded.as_str()).collect()
    }

    /// Words that differ by a slip, the nearest alone.
    pub(super) fn find_slips(&self, folded: &str, languages: &[StemLanguage]) -> Vec<Slip<'_>> {
        let letters: Vec<char> = folded.chars().collect();
        if letters.len() < ONE_SLIP || letters.iter().any(char::is_ascii_digit) {
            return Vec::new();
        }
        let keys: Vec<Vec<char>> = languages.iter().map(|language| language.key(folded).chars().collect()).collect();
        let measure = |word: &ListedWord| distance_of(&letters, &keys, &word.folded, languages);
        let mut found: Vec<(usize, Reverse<u8>, usize, &str)> = Vec::new();
        // A word that only pages of `search.lower` have is in the list.
        for word in self.words.iter().filter(|word| word.folded != folded) {
            if let Some(distance) = measure(word) {
                let difference = word.folded.chars().count().abs_diff(letters.len());
                found.push((distance, Reverse(word.frequency), difference, &word.folded));
            }
        }
        found.sort_unstable();
        let nearest = found.first().map_or(0, |(distance, ..)| distance | 1);
        found.retain(|(distance, ..)| *distance <= nearest);
        found.truncate(MOST_SLIPS);
        found.into_iter().map(|(distance, _, _, folded)| Slip { folded, distance }).collect()
    }
}

fn distance_of(letters: &[char], keys: &[Vec<char>], word: &str, languages: &[StemLanguage]) -> Option<usize> {
    let other: Vec<char> = word.chars().collect();
    if other.len() + 4 < letters.len() || letters.len() + 4 < other.len() || other.iter().any(char::is_ascii_digit) {
        return None;
    }
    let most = if letters.len() >= TWO_SLIPS { 2 } else { 1 };
    let whole = slips_between(letters, &other, most);
    if whole == Some(1) || other[0] != letters[0] && other.get(1) != letters.get(1) {
        return whole.map(|slips| 2 * slips);
    }
    let is_near = |(language, key): (&StemLanguage, &Vec<char>)| {
        let other: Vec<char> = language.key(word).chars().collect();
        key.len() >= ONE_SLIP && slips_between(key, &other, 1).is_some()
    };
    if languages.iter().zip(keys).any(is_near) { Some(3) } else { whole.map(|slips| 2 * slips) }
}

/// The slips (a letter too many, missing, other, or two exchanged) from one word to another, if at most `most`.
fn slips_between(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1; other.len() + 1];
        for (column, seen) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != seen);
            let mut least = changed.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *seen {
                least = least.min(before[column - 1] + 1);
            }
            next[column + 1] = least;
        }
        if next.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &[&str]) -> WordList {
        let mut words: Vec<_> =
            words.iter().map(|word| ListedWord { folded: (*word).to_owned(), frequency: 0 }).collect();
        words.sort_by(|one, other| one.folded.cmp(&other.folded));
        WordList { words }
    }

    #[test]
    fn completes_short_words_first() {
        let list = list(&["ticket", "tickets", "titulo", "tic", "outro"]);
        assert_eq!(list.complete("tic"), ["ticket", "tickets"]);
        assert_eq!(list.complete("t"), Vec::<&str>::new());
        assert!(list.has("titulo") && !list.has("titul"));
    }

    #[test]
    fn finds_each_kind_of_slip() {
        let list = list(&["ticket", "posicionamento", "transferencia", "chat", "fila"]);
        let portuguese = [StemLanguage::Portuguese];
        for (typed, expected) in [
            ("tiket", "ticket"),
            ("tickket", "ticket"),
            ("tciket", "ticket"),
            ("tivket", "ticket"),
            ("posiconameto", "posicionamento"),
            ("trasferencias", "transferencia"),
            ("xhat", "chat"),
        ] {
            let slips = list.find_slips(typed, &portuguese);
            assert_eq!(slips.first().map(|slip| slip.folded), Some(expected), "{typed}");
        }
        for other in ["fio", "cha", "zendesk", "ticktes2"] {
            assert!(list.find_slips(other, &portuguese).is_empty(), "{other}");
        }
    }
}
