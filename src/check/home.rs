//! Sites without a home page: its address and every link to it give 404.

use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::Site;

/// A copied `index.html` is a home page too. A site without documents was reported by the reader.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let has_documents = !(site.pages.is_empty() && site.flows.is_empty());
    let has_home = site.routes.find_entry("/").is_some() || site.routes.find_file("index.html").is_some();
    if has_documents && !has_home {
        diagnostics.push(catalogue::page::no_home(None));
    }
}
