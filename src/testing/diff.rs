//! Comparison of small sites for unit tests, with changes as English text.

use crate::diagnostic::Language;
use crate::diff::{Change, SiteComparison, Version, Versions, compare};
use crate::testing::fixture::Fixture;
use crate::theme::Theme;

/// Compares two versions of a site, given as for [`Fixture::of`].
pub(crate) fn compare_sites(old: &[(&str, &str)], new: &[(&str, &str)]) -> SiteComparison {
    let (old, new, theme) = (Fixture::of(old), Fixture::of(new), Theme::default());
    let old = Version { site: &old.site, sources: &old.sources, theme: &theme };
    let new = Version { site: &new.site, sources: &new.sources, theme: &theme };
    compare(Versions { old, new, language: Language::En })
}

/// Each change as one text: node, name, sentence, and the texts below it.
pub(crate) fn list_changes(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
    let comparison = compare_sites(old, new);
    let write = |change: &Change| {
        let node = change.node.as_ref().map(|node| format!("#{} ", node.id)).unwrap_or_default();
        let shown = match change.shown_texts() {
            (None, None) => String::new(),
            (old, new) => format!(" [{} → {}]", old.unwrap_or_default(), new.unwrap_or_default()),
        };
        format!("{node}{}: {}{shown}", change.kind.as_str(), change.sentence(Language::En))
    };
    comparison.changes().map(write).collect()
}

/// Changes of a site with one flow; the title and the owner are added.
pub(crate) fn list_flow_changes(old: &str, new: &str) -> Vec<String> {
    let flow = |text: &str| format!("title: F\nowner: A\n{text}");
    list_changes(&[("f.flow.yaml", &flow(old))], &[("f.flow.yaml", &flow(new))])
}
