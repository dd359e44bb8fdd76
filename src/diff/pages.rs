//! Changes of pages: added, removed and moved ones; texts, headings, anchors and links of the others.

use std::collections::BTreeSet;

use super::flows::file_changes;
use super::kind::ChangeKind;
use super::link_address::{address_of, old_address};
use super::matching::{Matching, entries_of};
use super::text_change::{push_changed, push_lines};
use super::visible_text::{lines_of_body, with_values};
use super::{Change, FileChanges, FileKind, Version, Versions};
use crate::content::body::Body;
use crate::site::{Entry, SitePage};

/// Changes of all pages.
pub(super) fn compare(versions: Versions<'_>, matching: &Matching) -> Vec<FileChanges> {
    let now = entries_of(versions.new.site).filter_map(|entry| {
        let Entry::Page(new) = entry else { return None };
        let changes = match matching.find_old(entry) {
            Some(Entry::Page(old)) => {
                compare_page(versions, matching, versions.old.site.page(old), versions.new.site.page(new))
            }
            _ => vec![Change::new(ChangeKind::PageAdded)],
        };
        Some(file_changes(versions, FileKind::Page, entry, true, changes))
    });
    let gone = entries_of(versions.old.site).filter(|entry| matches!(entry, Entry::Page(_)));
    let gone = gone
        .filter(|entry| matching.find_new(*entry).is_none())
        .map(|entry| file_changes(versions, FileKind::Page, entry, false, vec![Change::new(ChangeKind::PageRemoved)]));
    now.chain(gone).collect()
}

fn compare_page(versions: Versions<'_>, matching: &Matching, old: &SitePage, new: &SitePage) -> Vec<Change> {
    let (before, after) = (&old.front_matter.metadata, &new.front_matter.metadata);
    let mut changes = Vec::new();
    push_changed(&mut changes, ChangeKind::PageMoved, Some(&old.route), Some(&new.route));
    push_changed(&mut changes, ChangeKind::PageTitle, Some(&before.title.value), Some(&after.title.value));
    let (old_text, new_text) = (before.description.as_deref(), after.description.as_deref());
    push_changed(&mut changes, ChangeKind::PageDescription, old_text, new_text);
    compare_anchors(versions, &old.body.body, &new.body.body, &mut changes);
    let old_lines = lines_of_body(versions.old.site, &old.body);
    push_lines(&mut changes, ChangeKind::PageText, &old_lines, &lines_of_body(versions.new.site, &new.body));
    compare_links(versions, matching, old, new, &mut changes);
    changes
}

/// Compares ids that a link can name; those of headings are reported with the heading.
fn compare_anchors(versions: Versions<'_>, old: &Body, new: &Body, changes: &mut Vec<Change>) {
    for anchor in new.anchors.iter().filter(|anchor| old.find_anchor(&anchor.id).is_none()) {
        changes.push(match find_heading(versions.new, new, &anchor.id) {
            Some(title) => Change::new(ChangeKind::HeadingAdded).item(title).new_text(&anchor.id),
            None => Change::new(ChangeKind::AnchorAdded).new_text(&anchor.id),
        });
    }
    for anchor in old.anchors.iter().filter(|anchor| new.find_anchor(&anchor.id).is_none()) {
        changes.push(match find_heading(versions.old, old, &anchor.id) {
            Some(title) => Change::new(ChangeKind::HeadingRemoved).item(title).old(&anchor.id),
            None => Change::new(ChangeKind::AnchorRemoved).old(&anchor.id),
        });
    }
}

fn find_heading(version: Version<'_>, body: &Body, id: &str) -> Option<String> {
    body.headings.iter().find(|heading| heading.id == id).map(|heading| with_values(version.site, &heading.text))
}

fn compare_links(
    versions: Versions<'_>,
    matching: &Matching,
    old: &SitePage,
    new: &SitePage,
    changes: &mut Vec<Change>,
) {
    let (then, now) = (old.body.targets.iter().flatten(), new.body.targets.iter().flatten());
    let then: BTreeSet<String> = then.filter_map(|target| old_address(versions, matching, target)).collect();
    let now: BTreeSet<String> = now.filter_map(|target| address_of(versions.new, target)).collect();
    let change = |kind| move |address: &String| Change::new(kind).item(address);
    changes.extend(now.difference(&then).map(change(ChangeKind::PageLinkAdded)));
    changes.extend(then.difference(&now).map(change(ChangeKind::PageLinkRemoved)));
}

#[cfg(test)]
mod tests {
    use crate::testing::diff::list_changes;

    fn page(title: &str, text: &str) -> String {
        format!("---\ntitle: {title}\nowner: A\n---\n\n{text}\n")
    }

    #[test]
    fn reports_added_removed_and_moved_pages() {
        let (a, b) = (page("A", "a"), page("A", "a").replace("owner", "aliases: [/a/]\nowner"));
        assert_eq!(list_changes(&[], &[("a.md", &a)]), ["page/added: new page"]);
        assert_eq!(list_changes(&[("a.md", &a)], &[]), ["page/removed: the page no longer exists"]);
        let moved = list_changes(&[("a.md", &a)], &[("b.md", &b)]);
        assert_eq!(moved, ["page/moved: the address changed from /a/ to /b/ (the old one redirects)"]);
    }

    #[test]
    fn reports_headings_anchors_texts_and_links() {
        let old = page("A", "## Um\n\nDois [x](https://a.example).\n\n- item {#i}");
        let new = page("B", "## Dois\n\nDois [x](https://b.example).\n\n- item");
        let expected = [
            "page/title: the title changed from “A” to “B”",
            "heading/added: new heading: “Dois” (`#dois`)",
            "heading/removed: the heading “Um” (`#um`) no longer exists",
            "anchor/removed: the anchor `#i` no longer exists",
            "page/text: the text changed [Um → Dois]",
            "page/link-added: now links to https://b.example",
            "page/link-removed: no longer links to https://a.example",
        ];
        assert_eq!(list_changes(&[("a.md", &old)], &[("a.md", &new)]), expected);
    }

    #[test]
    fn treats_links_to_moved_pages_as_unchanged() {
        let moved = page("B", "b").replace("owner", "aliases: [/b/]\nowner");
        let old = [("a.md", page("A", "[b](b.md)")), ("b.md", page("B", "b"))];
        let new = [("a.md", page("A", "[b](c.md)")), ("c.md", moved)];
        let changes = list_changes(
            &old.each_ref().map(|(p, t)| (*p, t.as_str())),
            &new.each_ref().map(|(p, t)| (*p, t.as_str())),
        );
        assert_eq!(changes.len(), 1, "{changes:?}");
    }
}
