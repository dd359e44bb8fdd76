//! Words of records, counted: each written form with the records that have it, and weights.
//!
//! In: [`Record`]s. Out: [`CountedForm`]s. Parts of the records are counted in parallel; the result does not depend on the parts. Each
//! spelling is folded once in a part.

use std::collections::HashMap;

use rayon::prelude::*;

use super::posting::{HIGHEST_WEIGHT, Posting};
use super::record::Record;
use super::stem::StemLanguage;
use super::tokens::{chains_of, join, tokenize, words_of};

/// The least records that are counted together.
const PART: usize = 4096;

/// Words of an average record. A constant, so that no record changes the weights of others.
const AVERAGE_LENGTH: f64 = 40.0;

/// A written form of a language with its records.
pub(super) struct CountedForm {
    pub(super) language: StemLanguage,
    pub(super) written: String,
    /// By record.
    pub(super) postings: Vec<Posting>,
}

/// The forms of the records, by their letters.
pub(super) fn count_words(records: &[Record]) -> Vec<CountedForm> {
    let size = records.len().div_ceil(2 * rayon::current_num_threads()).max(PART);
    let chunks = records.par_chunks(size).enumerate();
    let parts: Vec<PartWords> = chunks.map(|(part, records)| PartWords::count(part * size, records)).collect();
    let mut all: Vec<PartForm<'_>> = parts.iter().flat_map(PartWords::forms).collect();
    all.par_sort_by_key(|form| (form.written, form.language));
    let same: Vec<&[PartForm<'_>]> =
        all.chunk_by(|one, other| (one.written, one.language) == (other.written, other.language)).collect();
    let join = |forms: &[PartForm<'_>]| CountedForm {
        language: forms[0].language,
        written: forms[0].written.to_owned(),
        postings: forms.iter().flat_map(|form| form.postings).copied().collect(),
    };
    same.into_par_iter().map(join).collect()
}

/// A form in a part of the records.
#[derive(Clone, Copy)]
struct PartForm<'p> {
    language: StemLanguage,
    written: &'p str,
    postings: &'p [Posting],
}

/// The words of a part of the records.
struct PartWords {
    /// Each form once, with its language.
    forms: Vec<(StemLanguage, String)>,
    /// For each form, the end of its postings.
    ends: Vec<usize>,
    /// By form, then by record.
    postings: Vec<Posting>,
}

impl PartWords {
    fn count(first: usize, records: &[Record]) -> Self {
        let trails: Vec<String> = records.iter().map(|record| record.trail.join(" · ")).collect();
        let mut counter = Counter::default();
        for (index, (record, trail)) in records.iter().zip(&trails).enumerate() {
            let mut length = 0;
            for (field, text) in fields_of(record, trail) {
                let count = counter.count(record.language, field, text);
                length += if field == Field::Text { count } else { 0 };
            }
            counter.finish(first + index, length);
        }
        Self::sort(counter.names, &counter.found)
    }

    /// Sorts the postings by form; those of a form stay in order.
    fn sort(forms: Vec<(StemLanguage, String)>, found: &[(u32, Posting)]) -> Self {
        let mut ends = vec![0; forms.len()];
        for (form, _) in found {
            ends[*form as usize] += 1;
        }
        let mut start = 0;
        for end in &mut ends {
            (start, *end) = (start + *end, start);
        }
        let mut postings = vec![Posting::default(); found.len()];
        for (form, posting) in found {
            let at = &mut ends[*form as usize];
            postings[*at] = *posting;
            *at += 1;
        }
        Self { forms, ends, postings }
    }

    fn forms(&self) -> impl Iterator<Item = PartForm<'_>> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        let places = starts.zip(&self.ends).map(|(start, end)| &self.postings[start..*end]);
        let forms = self.forms.iter().zip(places);
        forms.map(|((language, written), postings)| PartForm { language: *language, written, postings })
    }
}

/// Counts the words of records. Each spelling is folded once.
#[derive(Default)]
struct Counter<'r> {
    /// Each form once, with its language.
    names: Vec<(StemLanguage, String)>,
    /// Indices of forms, with the posting.
    found: Vec<(u32, Posting)>,
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
        let next = u32::try_from(self.names.len()).expect("a site has fewer than four thousand million words");
        *self.forms.entry((language, written)).or_insert_with_key(|form| {
            self.names.push(form.clone());
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
    fn finish(&mut self, record: usize, length: usize) {
        for form in self.seen.drain(..) {
            let counts = std::mem::take(&mut self.counts[form as usize]);
            self.found.push((form, Posting::new(record, counts.weight(length))));
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
