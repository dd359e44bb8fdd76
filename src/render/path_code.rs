//! Prefixes of path codes: `AUD` of `/whatsapp/auditoria/`.
//!
//! In: the routes of the published flows. Out: for each, the shortest unique prefix of its last part, of at least three letters;
//! flows with the same last part are numbered. A new flow can lengthen the code of another, so the browser also accepts an
//! unambiguous prefix of a code. Entry point: [`path_codes`].

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::Renderer;
use crate::site::Entry;

const MIN_LETTERS: usize = 3;

impl Renderer<'_> {
    /// A code of the first flow, with an answer where the flow begins with a question.
    pub(super) fn example_code(&self) -> Option<String> {
        let flow = self.site.navigation.sequence.iter().find_map(|entry| match entry {
            Entry::Flow(id) => Some(*id),
            Entry::Page(_) => None,
        })?;
        let start = self.site.flow(flow).start?;
        let first = self.site.flow(flow).node(start).options().first();
        let answer = first.map(|option| format!("·{}", option.id.value)).unwrap_or_default();
        Some(format!("{}{answer}", self.code_of(flow)))
    }
}

pub(super) fn path_codes<'a>(routes: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, String> {
    let mut by_letters: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for route in routes {
        by_letters.entry(letters_of(route)).or_default().insert(route);
    }
    let all: Vec<&String> = by_letters.keys().collect();
    let numbered = |letters: &String, routes: &BTreeSet<&'a str>| -> Vec<(&'a str, String)> {
        let code = shortest(letters, &all);
        let number = |at: usize| if routes.len() == 1 { code.to_owned() } else { format!("{code}{}", at + 1) };
        routes.iter().enumerate().map(|(at, route)| (*route, number(at))).collect()
    };
    by_letters.iter().flat_map(|(letters, routes)| numbered(letters, routes)).collect()
}

/// The last part of a route as ASCII letters and digits, to spell on the telephone.
fn letters_of(route: &str) -> String {
    let last = route.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let plain: String =
        last.nfd().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    let spelt = plain.trim_start_matches(|letter: char| letter.is_ascii_digit());
    if spelt.len() < 2 { format!("FL{spelt}") } else { spelt.to_owned() }
}

fn shortest<'a>(letters: &'a str, all: &[&String]) -> &'a str {
    let is_own = |code: &str| !all.iter().any(|other| *other != letters && other.starts_with(code));
    (MIN_LETTERS..letters.len()).map(|length| &letters[..length]).find(|code| is_own(code)).unwrap_or(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(routes: &[&'static str]) -> Vec<String> {
        let codes = path_codes(routes.iter().copied());
        routes.iter().map(|route| codes[route].clone()).collect()
    }

    #[test]
    fn takes_the_first_letters_of_the_last_part() {
        assert_eq!(codes(&["/whatsapp/auditoria/", "/whatsapp/sem-organizacao/", "/2via/"]), ["AUD", "SEM", "VIA"]);
        assert_eq!(codes(&["/órgão/", "/a/", "/99/"]), ["ORG", "FLA", "FL"]);
    }

    #[test]
    fn lengthens_prefixes_until_they_are_unique() {
        assert_eq!(codes(&["/cobranca/", "/cobranca-dupla/", "/cobertura/"]), ["COBRANCA", "COBRANCAD", "COBE"]);
    }

    #[test]
    fn numbers_flows_with_the_same_last_part() {
        assert_eq!(codes(&["/whatsapp/auditoria/", "/telefone/auditoria/"]), ["AUD2", "AUD1"]);
    }
}
