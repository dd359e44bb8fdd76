//! Headings that skip a level, which screen readers present as a missing part, and titles that repeat.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use crate::content::body::Heading;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::Site;

/// Level of the page title, which is above all headings.
const TITLE_LEVEL: u8 = 1;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for page in &site.pages {
        let mut headings: Vec<&Heading> = page.body.body.headings.iter().collect();
        headings.sort_by_key(|heading| heading.span.start);
        let title = page.front_matter.metadata.title.value.trim();
        let second = headings.first().filter(|heading| heading.level == TITLE_LEVEL && !title.is_empty());
        if let Some(second) = second {
            diagnostics.push(catalogue::page::second_title(second.span, title));
        }
        let mut above = TITLE_LEVEL;
        for heading in headings {
            if heading.level > above + 1 {
                let next_level = format!("`{} …`", "#".repeat(usize::from(above) + 1));
                diagnostics.push(catalogue::page::skipped_heading(heading.span, above, heading.level, next_level));
            }
            above = heading.level;
        }
    }
    check_titles(site, diagnostics);
}

/// Reports pages and flows of one folder with the same title.
fn check_titles(site: &Site, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for entry in &site.navigation.sequence {
        let title = &site.metadata_of(*entry).title;
        let folder = site.route_of(*entry).trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_home = site.route_of(*entry) == "/";
        if is_home || title.value.trim().is_empty() {
            continue;
        }
        match seen.entry((folder, title.value.trim().to_lowercase())) {
            Slot::Vacant(slot) => drop(slot.insert(title.span)),
            Slot::Occupied(first) => diagnostics.push(
                catalogue::page::same_title(title.span, title.value.trim())
                    .label(*first.get(), catalogue::help::first_here()),
            ),
        }
    }
}
