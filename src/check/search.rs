//! Settings of the search: pages that they name and the site lacks, and expectations that the search does not meet.

use crate::config::QueryPage;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::search::SiteSearch;
use crate::search::expectation::{NamedPlace, find_missed, suggest_place};
use crate::site::Site;

/// Reports pages that do not exist.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let settings = &site.config.search;
    let unknown = |named: &&QueryPage| NamedPlace::find(site, &named.value.value).is_none();
    for QueryPage { value, .. } in settings.expect.iter().chain(&settings.pinned).filter(unknown) {
        let finding = catalogue::search::unknown_page(value.span, &value.value);
        diagnostics.push(finding.suggest_for(&value.value, suggest_place(site, &value.value)));
    }
    let routes = || site.navigation.sequence.iter().map(|entry| site.route_of(*entry));
    for part in &settings.lower {
        if !part.value.starts_with('/') || !routes().any(|route| route.starts_with(part.value.as_str())) {
            diagnostics.push(catalogue::search::unknown_part(part.span, &part.value));
        }
    }
}

/// Runs the search for each expectation.
pub(crate) fn check_expectations(site: &Site, search: &SiteSearch, diagnostics: &mut Diagnostics) {
    for (QueryPage { name, value }, found) in find_missed(site, search) {
        let finding = catalogue::search::missed(name.span, &name.value, &value.value);
        diagnostics.push(if found.is_empty() {
            finding.help(catalogue::help::search_found_nothing())
        } else {
            finding.help(catalogue::help::search_found(found.join("”, “")))
        });
    }
}
