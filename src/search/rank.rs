//! The ranking: which records answer a query, best first.
//!
//! 1. Any word of the query is enough. A record's score is the sum of its matches, times the square of the share of the query that it has.
//! 2. The best are compared with the query again, word by word: phrases, and titles that the query names.
//! 3. A query equal to a copy wins outright. Of the records of one text, the best is shown.
//!
//! `themes/orange/js/search/rank.js` is the same; `tests/vectors/search.json` holds both to the same results. All sums are exact: integers,
//! and fractions with few operations in the same order.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::index::{OUTRIGHT, SearchIndex, forms_of, key_of_whole};
use super::query::{Query, QueryWord};
use super::record::Record;
use super::tokens::Token;
use super::word_list::WordList;

/// Sites up to this number of records compare more of them again: their records are few files.
pub(super) const SMALL_SITE: usize = 1000;

/// How many records are compared again, on small sites and on others.
const COMPARED: [usize; 2] = [40, 12];

/// How many records are looked through for a phrase in quotes, on small sites and on others.
const COMPARED_PHRASES: [usize; 2] = [400, 16];

/// The most records whose whole text is the query.
const MOST_WHOLE: usize = 10;

/// The factor of records that rank lower.
const LOWER: f64 = 0.5;

/// Added to a copy that is the query itself, and to a pinned record.
const FIRST: f64 = 1e9;

/// A record that answers a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) record: usize,
    pub(crate) score: u64,
}

/// The records that answer a query, best first, at most `limit`.
pub(crate) fn search(text: &str, limit: usize, index: &SearchIndex, list: &WordList) -> Vec<Hit> {
    let query = Query::new(text, index, list);
    let whole = find_whole(text, index);
    let is_small = index.records.len() <= SMALL_SITE;
    let compared = if query.phrases.is_empty() { COMPARED } else { COMPARED_PHRASES }[usize::from(!is_small)];
    let mut first = find_candidates(&query, index);
    let rest = first.split_off(first.len().min(compared));
    first.extend(rest.iter().filter(|(record, _)| whole.contains_key(record)));
    let missing: Vec<u32> = whole.keys().filter(|id| !first.iter().any(|(record, _)| record == *id)).copied().collect();
    first.extend(missing.into_iter().map(|record| (record, 0.0)));
    let mut scored: Vec<(u32, f64)> = Vec::new();
    let mut groups = HashMap::new();
    for (id, score) in first {
        let record = &index.records[id as usize];
        let comparison = Comparison::new(record);
        if query.phrases.iter().all(|phrase| comparison.has_phrase(phrase)) {
            scored.push((id, comparison.score(score, &query, whole.get(&id).copied())));
            groups.extend(record.group().map(|group| (id, group)));
        }
    }
    if query.phrases.is_empty() {
        scored.extend(rest.into_iter().filter(|(record, _)| !whole.contains_key(record)));
    }
    sort(&mut scored);
    let mut seen = HashSet::new();
    scored.retain(|(id, _)| groups.get(id).is_none_or(|group| seen.insert(*group)));
    scored.truncate(limit);
    scored.into_iter().map(|(record, score)| Hit { record: record as usize, score: round(score) }).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores are positive, and far below 2^63")]
fn round(score: f64) -> u64 {
    score.round() as u64
}

/// The records whose whole title or copy is the query, with the weight of that.
fn find_whole(text: &str, index: &SearchIndex) -> BTreeMap<u32, u8> {
    let word = key_of_whole(text).and_then(|key| index.find_word(&key));
    let postings = word.into_iter().flat_map(|word| &word.forms[0].postings).take(MOST_WHOLE);
    postings.map(|posting| (posting.record(), posting.weight())).collect()
}

/// All records with a word of the query, best first.
fn find_candidates(query: &Query, index: &SearchIndex) -> Vec<(u32, f64)> {
    let words: Vec<&QueryWord> = query.words.iter().filter(|word| word.rarity > 0).collect();
    let all: u32 = words.iter().map(|word| word.rarity).sum();
    let mut sums: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for word in words {
        for (record, value) in &word.values {
            let (sum, covered) = sums.entry(*record).or_default();
            *sum += value;
            *covered += word.rarity;
        }
    }
    let mut found: Vec<(u32, f64)> = sums
        .into_iter()
        .map(|(record, (sum, covered))| {
            let share = f64::from(covered) / f64::from(all);
            let lower = if (record as usize) < index.lower { 1.0 } else { LOWER };
            (record, f64::from(sum) * share * share * lower)
        })
        .collect();
    sort(&mut found);
    found
}

fn sort(found: &mut [(u32, f64)]) {
    found.sort_by(|(one, one_score), (other, other_score)| {
        other_score.total_cmp(one_score).then_with(|| one.cmp(other))
    });
}

/// The words of a record, for a comparison with the query.
struct Comparison<'a> {
    record: &'a Record,
    title: (Vec<Token>, Vec<String>),
    text: (Vec<Token>, Vec<String>),
}

impl<'a> Comparison<'a> {
    fn new(record: &'a Record) -> Self {
        Self { record, title: forms_of(&record.place.title), text: forms_of(&record.text) }
    }

    /// True if the words stand together, in this order and form.
    fn has_phrase(&self, phrase: &[String]) -> bool {
        let has = |tokens: &[Token]| {
            tokens.windows(phrase.len()).any(|part| part.iter().zip(phrase).all(|(token, word)| token.folded == *word))
        };
        has(&self.title.0) || has(&self.text.0)
    }

    fn score(&self, score: f64, query: &Query, whole: Option<u8>) -> f64 {
        let words: Vec<&QueryWord> = query.words.iter().collect();
        let counted: Vec<&QueryWord> = words.iter().filter(|word| word.rarity > 0).copied().collect();
        let all: u32 = counted.iter().map(|word| word.rarity).sum();
        let mut bonus = 1.0;
        if all > 0 {
            let covered: u32 = counted.iter().filter(|word| self.has_in_title(word)).map(|word| word.rarity).sum();
            let share = f64::from(covered) / f64::from(all);
            let filled = self.filled_share(&counted);
            bonus += 0.5 * share * share + 0.5 * share * filled;
        }
        bonus += 0.5 * run_share(&words, &self.title.0) + 0.3 * run_share(&words, &self.text.0);
        match whole {
            Some(OUTRIGHT) => FIRST + score * bonus,
            Some(_) => score * bonus * 1.5 + 1.0,
            None => score * bonus,
        }
    }

    fn has_in_title(&self, word: &QueryWord) -> bool {
        let (tokens, joined) = &self.title;
        tokens.iter().any(|token| word.forms.contains(&token.written))
            || joined.iter().any(|form| word.forms.contains(form))
    }

    /// The share of the title's words that the query has. Stop words of the title do not count.
    fn filled_share(&self, counted: &[&QueryWord]) -> f64 {
        let language = self.record.language;
        let tokens: Vec<&Token> = self.title.0.iter().filter(|token| !language.is_stop_word(&token.folded)).collect();
        let filled = tokens.iter().filter(|token| counted.iter().any(|word| word.forms.contains(&token.written)));
        match tokens.len() {
            0 => 0.0,
            all => count(filled.count()) / count(all),
        }
    }
}

fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The share of neighbours in the query that are neighbours in the text too.
fn run_share(words: &[&QueryWord], tokens: &[Token]) -> f64 {
    if words.len() < 2 {
        return 0.0;
    }
    let is_it =
        |word: &QueryWord, token: &Token| word.token.folded == token.folded || word.forms.contains(&token.written);
    let is_pair =
        |pair: &&[&QueryWord]| tokens.windows(2).any(|tokens| is_it(pair[0], &tokens[0]) && is_it(pair[1], &tokens[1]));
    count(words.windows(2).filter(is_pair).count()) / count(words.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::super::SiteSearch;
    use crate::testing::fixture::Fixture;

    const CONFIG: &str = "title: S\nlanguage: pt-BR\nvalues: { m: 'Auditoria | Abandono do Cliente' }\nsynonyms: [[2ª via, segunda via]]\n\
        search: { pinned: { ajuda: b.md }, lower: [/guia/] }\n";
    const A: &str = "---\ntitle: Atendimento\n---\n\n## Abandono do cliente {#abandono}\n\nAplique a macro :copy[{values.m}].\n\n\
        ## Segunda via {#via}\n\nEnvie o boleto.\n\n## Notificações do Live {#live}\n\nAnálise do chat.\n";
    const B: &str = "---\ntitle: Contatos\n---\n\nRamais. A analise e o abandono.\n";
    const GUIDE: &str = "---\ntitle: Guia\n---\n\n## Notificações do Live {#g}\n\nO mesmo.\n";

    fn first(query: &str) -> Vec<String> {
        let files = [("vereda.yaml", CONFIG), ("a.md", A), ("b.md", B), ("guia/index.md", GUIDE)];
        let search = SiteSearch::new(&Fixture::of(&files).site);
        let place = |found: &crate::search::SearchResult| {
            format!("{}{}", found.url, found.anchor.as_deref().unwrap_or_default())
        };
        search.search(query, 2).iter().map(place).collect()
    }

    #[test]
    fn finds_words_in_any_order_form_and_spelling() {
        for query in ["abandono cliente", "clientes abandono", "abandno do cliente", "ABANDONO DE CLIÊNTES", "aband"] {
            assert_eq!(first(query)[0], "/a/abandono", "{query}");
        }
        assert_eq!(first("notificacao live zebra")[0], "/a/live");
        assert!(first("zebra xyz").is_empty() && first("").is_empty());
    }

    #[test]
    fn prefers_the_written_accents() {
        assert_eq!(first("análise")[0], "/a/live");
        assert_eq!(first("analise")[0], "/b/");
    }

    #[test]
    fn answers_a_macro_outright() {
        let files = [("vereda.yaml", CONFIG), ("a.md", A)];
        let search = SiteSearch::new(&Fixture::of(&files).site);
        for query in
            ["Auditoria | Abandono do Cliente", "auditoria  abandono do CLIENTE", "Auditoria|Abandono do cliente"]
        {
            let found = search.search(query, 1);
            assert_eq!(
                (found[0].kind, found[0].title.as_str()),
                ("copy", "Auditoria | Abandono do Cliente"),
                "{query}"
            );
            assert!(found[0].score > 1_000_000_000, "{query}");
        }
    }

    #[test]
    fn takes_synonyms_pinned_pages_and_lower_parts() {
        assert_eq!(first("2a via")[0], "/a/via");
        assert_eq!(first("ajuda"), ["/b/"]);
        assert_eq!(first("notificações do live"), ["/a/live", "/guia/g"]);
    }

    #[test]
    fn corrects_a_slip_that_only_lower_pages_have() {
        let guide = "---\ntitle: Guia\n---\n\n## Erros {#g}\n\nNão escreva abandnou nem notficações.\n";
        let files = [("vereda.yaml", CONFIG), ("a.md", A), ("guia/index.md", guide)];
        let search = SiteSearch::new(&Fixture::of(&files).site);
        let found = search.search("notficações", 1);
        assert_eq!(found[0].anchor.as_deref(), Some("live"));
    }

    #[test]
    fn finds_quoted_words_only_together() {
        assert_eq!(first("\"abandono do cliente\"")[0], "/a/abandono");
        assert!(first("\"cliente do abandono\"").is_empty());
    }

    #[test]
    fn stems_each_page_by_its_language() {
        let page = |language: &str, title: &str| format!("---\ntitle: {title}\nlanguage: {language}\n---\n\nx\n");
        let texts = [page("pt-BR", "Notificações"), page("en", "Running invoices"), page("es", "Facturas y canciones")];
        let files = [
            ("vereda.yaml", CONFIG.split("search").next().unwrap()),
            ("a.md", &texts[0]),
            ("b.md", &texts[1]),
            ("c.md", &texts[2]),
        ];
        let search = SiteSearch::new(&Fixture::of(&files).site);
        for (query, url) in [("notificacao", "/a/"), ("run invoice", "/b/"), ("factura cancion", "/c/")] {
            assert_eq!(search.search(query, 1)[0].url, url, "{query}");
        }
    }
}
