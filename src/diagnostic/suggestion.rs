//! "Did you mean" suggestions: the nearest existing name by edit distance.
//!
//! [`nearest`] compares a name with a few candidates. [`Names`] is an index of many: it compares a name only with those that
//! begin or end like it, so that a site with many mistakes is checked in linear time. Both skip candidates whose length
//! alone is too different.

use std::collections::HashSet;

/// The largest normalized edit distance of a suggestion.
const LONGEST_DISTANCE: f64 = 0.4;

/// The largest normalized edit distance of a misspelling.
const LONGEST_MISSPELLING: f64 = 0.1;

/// How many names on each side of a name, in the order of their beginnings and of their ends, are compared.
const NEIGHBOURS: usize = 32;

/// The most candidates that are compared with one name.
const MOST_COMPARED: usize = 400;

/// Finds the candidate nearest to `name`, within [`LONGEST_DISTANCE`].
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .filter(|candidate| may_be_near(name, candidate))
        .take(MOST_COMPARED)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= LONGEST_DISTANCE)
        .min_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}

/// An index of names.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    all: HashSet<&'a str>,
    /// Sorted.
    by_beginning: Vec<&'a str>,
    /// Sorted by their reversed characters.
    by_end: Vec<(String, &'a str)>,
}

impl<'a> Names<'a> {
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.all.contains(name)
    }

    /// As [`Self::nearest`], for names of which many have one beginning: only a misspelling is near.
    pub(crate) fn nearest_misspelling(&self, name: &str) -> Option<&'a str> {
        self.nearest(name).filter(|found| distance(name, found) <= LONGEST_MISSPELLING)
    }

    /// As [`nearest`], among the names that begin or end like `name`.
    pub(crate) fn nearest(&self, name: &str) -> Option<&'a str> {
        let around = |at: usize| at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS).min(self.by_beginning.len());
        let reversed = reverse(name);
        let beginnings = around(self.by_beginning.partition_point(|known| *known < name));
        let ends = around(self.by_end.partition_point(|(known, _)| *known < reversed));
        let mut candidates = self.by_beginning[beginnings].to_vec();
        candidates.extend(self.by_end[ends].iter().map(|(_, name)| *name));
        candidates.sort_unstable();
        nearest(name, candidates)
    }
}

impl<'a> FromIterator<&'a str> for Names<'a> {
    fn from_iter<T: IntoIterator<Item = &'a str>>(names: T) -> Self {
        let all: HashSet<_> = names.into_iter().collect();
        let mut by_beginning: Vec<_> = all.iter().copied().collect();
        by_beginning.sort_unstable();
        let mut by_end: Vec<_> = by_beginning.iter().map(|name| (reverse(name), *name)).collect();
        by_end.sort_unstable();
        Self { all, by_beginning, by_end }
    }
}

fn reverse(name: &str) -> String {
    name.chars().rev().collect()
}

/// False if the lengths alone make the distance too large. A prefix may have any length.
fn may_be_near(name: &str, candidate: &str) -> bool {
    let (short, long) = (name.len().min(candidate.len()), name.len().max(candidate.len()));
    // A character of UTF-8 has at most four bytes, and case can change its length.
    let is_ascii = name.is_ascii() && candidate.is_ascii();
    let is_prefix = short >= 3 && name.as_bytes()[..3].eq_ignore_ascii_case(&candidate.as_bytes()[..3]);
    !is_ascii || is_prefix || short * 10 >= long * 6
}

/// Edit distance from 0 (equal) to 1, ignoring case. A name that is a prefix of the other is at most [`LONGEST_DISTANCE`] away.
fn distance(name: &str, candidate: &str) -> f64 {
    let (one, other) = (name.to_lowercase(), candidate.to_lowercase());
    let edits = 1.0 - strsim::normalized_damerau_levenshtein(&one, &other);
    let is_prefix = one.len() >= 3 && (other.starts_with(&one) || (other.len() >= 3 && one.starts_with(&other)));
    if is_prefix { edits.min(LONGEST_DISTANCE) } else { edits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_nearest_name() {
        let names = ["title", "description", "reviewed", "review_every"];
        assert_eq!(nearest("titel", names), Some("title"));
        assert_eq!(nearest("review", names), Some("reviewed"));
        assert_eq!(nearest("xyz", names), None);
    }

    #[test]
    fn finds_a_name_among_many() {
        let many: Vec<String> = (0..5000).map(|number| format!("pagina-{number:04}-do-manual")).collect();
        let names: Names<'_> = many.iter().map(String::as_str).collect();
        assert!(names.contains("pagina-0042-do-manual") && !names.contains("pagina"));
        assert_eq!(names.nearest("pagina-0042-do-manuel"), Some("pagina-0042-do-manual"));
        assert_eq!(names.nearest("pagna-0042-do-manual"), Some("pagina-0042-do-manual"));
        assert_eq!(names.nearest("Pagina-4999-do-manual"), Some("pagina-4999-do-manual"));
        assert_eq!(names.nearest("estorno"), None);
    }

    #[test]
    fn finds_only_misspellings_of_names_with_one_beginning() {
        let titles = ["Auditoria Whatsapp | Abandono do Cliente", "Auditoria Whatsapp | Título incorreto"];
        let names: Names<'_> = titles.into_iter().collect();
        assert!(names.nearest("Auditoria Whatsapp | Abandono do analista").is_some());
        assert_eq!(names.nearest_misspelling("Auditoria Whatsapp | Abandono do analista"), None);
        assert_eq!(names.nearest_misspelling("Auditoria Whatsapp | Fora do horário"), None);
        assert_eq!(names.nearest_misspelling("Auditoria Whatsap | Titulo incorreto"), Some(titles[1]));
    }

    #[test]
    fn skips_only_names_that_are_too_far() {
        let names = ["a", "abacaxi", "ações", "estorno", "estornos-do-mes", "Título"];
        for name in ["a", "abacax", "acoes", "estorno-do", "titulo", "est"] {
            let all = names.iter().map(|candidate| (distance(name, candidate), *candidate));
            let near = all.filter(|(distance, _)| *distance <= LONGEST_DISTANCE);
            let expected = near.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, name)| name);
            assert_eq!(nearest(name, names), expected, "{name}");
        }
    }
}
