//! A site without a page at its beginning: whoever types its address, or takes any way home, finds nothing.

use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::Site;

/// A copied `index.html` will do; a folder without documents was told when it was read.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let has_documents = !(site.pages.is_empty() && site.flows.is_empty());
    let has_home = site.routes.find_entry("/").is_some() || site.routes.find_place("index.html").is_some();
    if has_documents && !has_home {
        diagnostics.push(catalogue::page::no_home(None).help(catalogue::page::write_home()));
    }
}
