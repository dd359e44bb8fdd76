//! Tags that one document alone has: often a misspelling of another tag.
//!
//! On a small site, and where most tags are new, a tag that is used once says nothing, so it is not reported.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, catalogue, nearest};
use crate::site::{Site, tags::fold};
use crate::source::Spanned;

/// The fewest documents with tags for which a single use is reported.
const FEWEST_TAGGED: usize = 12;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut uses: BTreeMap<String, Vec<&Spanned<String>>> = BTreeMap::new();
    let mut tagged = 0;
    for entry in &site.navigation.sequence {
        let tags = &site.metadata_of(*entry).tags;
        tagged += usize::from(!tags.is_empty());
        for tag in tags {
            uses.entry(fold(&tag.value)).or_default().push(tag);
        }
    }
    let (single, common): (Vec<_>, Vec<_>) = uses.iter().partition(|(_, found)| found.len() == 1);
    if tagged < FEWEST_TAGGED || single.len() > common.len() {
        return;
    }
    let common: Vec<&str> = common.iter().map(|(_, found)| found[0].value.as_str()).collect();
    for (_, found) in single {
        let tag = found[0];
        let finding = catalogue::page::tag_used_once(tag.span, &tag.value);
        diagnostics.push(finding.suggest(nearest(&tag.value, common.iter().copied())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    /// The texts of the findings on a site whose pages have these tags.
    fn found(tags: &[&str]) -> Vec<String> {
        let page = |tags: &&str| format!("---\ntitle: T\ntags: [{tags}]\n---\n");
        let pages: Vec<_> = tags.iter().map(page).enumerate().map(|(i, text)| (format!("p{i:02}.md"), text)).collect();
        let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let fixture = Fixture::of(&files);
        let mut diagnostics = Diagnostics::default();
        check(&fixture.site, &mut diagnostics);
        let text = |span: crate::source::Span| fixture.sources.slice(span).to_owned();
        diagnostics
            .iter()
            .map(|found| {
                text(found.span.unwrap()) + " " + &found.help.iter().map(|help| help.en.clone()).collect::<String>()
            })
            .collect()
    }

    fn many(count: usize, last: &'static str) -> Vec<&'static str> {
        (0..count).map(|index| if index % 2 == 0 { "zendesk, fila" } else { "fila" }).chain([last]).collect()
    }

    #[test]
    fn reports_a_tag_of_one_document_with_the_nearest_tag() {
        let found = found(&many(12, "zendeks"));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("zendeks ") && found[0].contains("zendesk"), "{found:?}");
    }

    #[test]
    fn keeps_silent_on_small_sites_and_where_most_tags_are_new() {
        assert!(found(&many(10, "zendeks")).is_empty());
        assert!(found(&many(12, "um, dois, tres")).is_empty());
        assert!(found(&many(12, "Zendesk")).is_empty(), "case makes no other tag");
    }
}
