//! `404.html`: the page for unknown addresses.

use serde::Serialize;

use super::address::Addresses;
use super::context::{SiteContext, ThemeContext};
use super::{Renderer, SiteFile};
use crate::diagnostic::Diagnostics;

pub(super) const NOT_FOUND: SiteFile = SiteFile { path: "404.html", render };

#[derive(Serialize)]
struct NotFoundContext<'a> {
    site: SiteContext<'a>,
    theme: ThemeContext,
}

/// Hosts serve the page at any address, so its own addresses begin with the base path.
fn render(renderer: &Renderer<'_>, diagnostics: &mut Diagnostics) -> String {
    let addresses = Addresses::Below(&renderer.site.config.base_url.path);
    let context =
        NotFoundContext { site: renderer.site_context(addresses, None), theme: renderer.theme_context(addresses) };
    // An error of the template is reported, and no output is published.
    renderer.templates.render(NOT_FOUND.path, &context, NOT_FOUND.path, diagnostics).unwrap_or_default()
}
