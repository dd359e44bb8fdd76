//! `sitemap.xml`: the absolute URL of every page (<https://www.sitemaps.org/protocol.html>).

use std::fmt::Write;

use super::{Renderer, SiteFile};
use crate::diagnostic::Diagnostics;
use crate::diff::page::changes_route;

pub(super) const SITEMAP: SiteFile = SiteFile { path: "sitemap.xml", render };

/// Without dates, which would change without a change of content.
fn render(renderer: &Renderer<'_>, _: &mut Diagnostics) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let copies = renderer.copies_route();
    let mut routes: Vec<_> =
        renderer.site.navigation.sequence.iter().map(|entry| renderer.site.route_of(*entry)).collect();
    routes.extend(renderer.changes.map(|_| changes_route(&renderer.site.config.language)));
    routes.extend(copies.as_deref());
    routes.sort_unstable();
    for route in routes {
        let mut address = String::new();
        let absolute = renderer.site.config.base_url.join(route);
        pulldown_cmark_escape::escape_html(&mut address, &absolute).expect("a String takes any text");
        writeln!(xml, "  <url><loc>{address}</loc></url>").expect("a String takes any text");
    }
    xml.push_str("</urlset>\n");
    xml
}
