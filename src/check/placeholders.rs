//! Placeholders of pages that name an input and an unknown filter.

use crate::content::body::HoleKind;
use crate::content::template::Filter;
use crate::diagnostic::{Diagnostics, catalogue, nearest};
use crate::site::Site;

/// Skips names that are not declared: in a page they are text.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let holes = site.pages.iter().flat_map(|page| &page.body.body.holes);
    for hole in holes {
        let HoleKind::Placeholder(placeholder) = &hole.kind else { continue };
        let is_input = site.config.inputs.iter().any(|input| input.name.value == placeholder.value.name);
        let filter = placeholder.value.filter.as_deref().filter(|name| is_input && Filter::from_name(name).is_none());
        if let Some(name) = filter {
            let names = Filter::NAMES.iter().map(|(name, _)| *name);
            let diagnostic = catalogue::directive::unknown_filter(placeholder.span, name);
            diagnostics.push(diagnostic.suggest(nearest(name, names)));
        }
    }
}
