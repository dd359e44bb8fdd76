//! Overdue reviews, and pages and flows without an owner.

use jiff::civil::Date;

use crate::content::front_matter::Metadata;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::Site;

/// Skips a flow without nodes: it could not be read, which was reported.
pub(super) fn check(site: &Site, today: Date, diagnostics: &mut Diagnostics) {
    for page in &site.pages {
        let metadata = &page.front_matter.metadata;
        let is_reviewed = metadata.reviewed.is_some() || metadata.review_every.is_some();
        check_owner(metadata, is_reviewed, diagnostics);
        check_review(metadata, today, diagnostics);
    }
    for flow in site.flows.iter().filter(|flow| !flow.nodes.is_empty()) {
        check_owner(&flow.metadata, true, diagnostics);
        check_review(&flow.metadata, today, diagnostics);
    }
}

/// Every flow needs an owner, and every page with review dates.
fn check_owner(metadata: &Metadata, needs_owner: bool, diagnostics: &mut Diagnostics) {
    let has_owner = metadata.owner.as_ref().is_some_and(|owner| !owner.trim().is_empty());
    if needs_owner && !has_owner {
        diagnostics.push(catalogue::review::no_owner(metadata.title.span, &metadata.title.value));
    }
}

/// A review is overdue from the day after it is due.
fn check_review(metadata: &Metadata, today: Date, diagnostics: &mut Diagnostics) {
    let Some(reviewed) = &metadata.reviewed else { return };
    if reviewed.value > today {
        diagnostics.push(catalogue::review::in_future(reviewed.span, reviewed.value));
        return;
    }
    if let Some(due) = metadata.review_due().filter(|due| *due < today) {
        diagnostics.push(catalogue::review::overdue(reviewed.span, &metadata.title.value, due));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    const NODES: &str = "nodes:\n  fim: { title: Fim, result: resolved }\n";

    fn found(path: &str, text: &str) -> Vec<String> {
        let mut fixture = Fixture::of(&[(path, text)]);
        check(&fixture.site, jiff::civil::date(2026, 11, 22), &mut fixture.diagnostics);
        fixture.found()
    }

    #[test]
    fn reports_flow_without_owner() {
        assert_eq!(found("f.flow.yaml", &format!("title: F\n{NODES}")), ["1 review/no-owner"]);
        assert_eq!(found("f.flow.yaml", &format!("title: F\nowner: ' '\n{NODES}")), ["1 review/no-owner"]);
        assert!(found("f.flow.yaml", &format!("title: F\nowner: A\n{NODES}")).is_empty());
    }

    #[test]
    fn reports_review_in_the_future() {
        let page = |date: &str| format!("---\ntitle: P\nowner: E\nreviewed: {date}\n---\nx\n");
        assert_eq!(found("p.md", &page("2026-11-23")), ["4 review/in-future"]);
        assert!(found("p.md", &page("2026-11-22")).is_empty());
    }

    #[test]
    fn skips_unreadable_flow() {
        assert_eq!(found("f.flow.yaml", "title: [\n"), ["1 flow/syntax"]);
    }

    #[test]
    fn reports_reviewed_page_without_owner() {
        assert!(found("p.md", "---\ntitle: P\n---\nx\n").is_empty());
        assert_eq!(found("p.md", "---\ntitle: P\nreviewed: 2026-11-20\n---\nx\n"), ["2 review/no-owner"]);
        assert_eq!(found("p.md", "---\ntitle: P\nreview_every: 90d\n---\nx\n"), ["2 review/no-owner"]);
    }

    #[test]
    fn reports_review_the_day_after() {
        let page = |reviewed: &str, every: &str| {
            found("p.md", &format!("---\ntitle: P\nowner: A\nreviewed: {reviewed}\nreview_every: {every}\n---\nx\n"))
        };
        assert_eq!(page("2026-10-22", "30d"), ["4 review/overdue"]);
        assert!(page("2026-10-23", "30d").is_empty());
        assert_eq!(page("2026-05-21", "6m"), ["4 review/overdue"]);
        assert!(page("2026-05-22", "6m").is_empty());
    }
}
