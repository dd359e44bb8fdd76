//! Headings that skip a level, which screen readers present as a missing part.

use crate::content::body::Heading;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::Site;

/// Level of the page title, which is above all headings.
const TITLE_LEVEL: u8 = 1;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for page in &site.pages {
        let mut headings: Vec<&Heading> = page.body.body.headings.iter().collect();
        headings.sort_by_key(|heading| heading.span.start);
        let mut above = TITLE_LEVEL;
        for heading in headings {
            if heading.level > above + 1 {
                let next_level = format!("`{} …`", "#".repeat(usize::from(above) + 1));
                diagnostics.push(catalogue::page::skipped_heading(heading.span, above, heading.level, next_level));
            }
            above = heading.level;
        }
    }
}
