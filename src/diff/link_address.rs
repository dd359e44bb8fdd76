//! Addresses of links, comparable between the two versions.

use super::matching::Matching;
use super::visible_text::with_values;
use super::{Version, Versions};
use crate::site::target::Target;

/// Address of a link in one version; `None` for inclusions and broken links.
pub(super) fn address_of(version: Version<'_>, target: &Target) -> Option<String> {
    match target {
        Target::Entry { entry, anchor, .. } => {
            let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
            Some(format!("{}{anchor}", version.site.route_of(*entry)))
        }
        Target::Asset { path, suffix } => Some(format!("/{path}{suffix}")),
        Target::External(template) => Some(with_values(version.site, template)),
        Target::Text(_) | Target::Broken => None,
    }
}

/// Address of an old link. When its target was moved, the new address, so that the link counts as unchanged.
pub(super) fn old_address(versions: Versions<'_>, matching: &Matching, target: &Target) -> Option<String> {
    match target {
        Target::Entry { entry, anchor, directive } => match matching.find_new(*entry) {
            Some(entry) => {
                let target = Target::Entry { entry, anchor: anchor.clone(), directive: directive.clone() };
                address_of(versions.new, &target)
            }
            None => address_of(versions.old, target),
        },
        _ => address_of(versions.old, target),
    }
}
