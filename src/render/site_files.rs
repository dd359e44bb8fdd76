//! What belongs to no page: not found, redirects, the sitemap, the list of flows and copied files.

use std::fmt::Write;

use serde::Serialize;
use serde_json::json;

use super::address::Addresses;
use super::context::{SiteContext, ThemeContext};
use super::{Renderer, changes, index_of, links_json};
use crate::diagnostic::Diagnostics;
use crate::output::{Contents, OutputFile};
use crate::site::routes::Redirect;
use crate::site::{Assets, Entry};

#[derive(Serialize)]
struct NotFoundContext<'a> {
    site: SiteContext<'a>,
    theme: ThemeContext,
}

#[derive(Serialize)]
struct RedirectContext<'a> {
    site: SiteContext<'a>,
    theme: ThemeContext,
    redirect: RedirectTarget<'a>,
}

#[derive(Serialize)]
struct RedirectTarget<'a> {
    title: &'a str,
    url: String,
    canonical: String,
}

/// Renders everything that belongs to the whole site.
pub(super) fn render(renderer: &Renderer<'_>, assets: Assets<'_>, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
    let mut outputs: Vec<_> = render_not_found(renderer, diagnostics).into_iter().collect();
    let redirects = &renderer.site.routes.redirects;
    outputs.extend(redirects.iter().filter_map(|redirect| render_redirect(renderer, redirect, diagnostics)));
    outputs.push(render_sitemap(renderer));
    outputs.push(render_flows(renderer));
    outputs.push(links_json::render(renderer));
    let copied = assets.content.iter().chain(assets.fixed);
    outputs.extend(copied.map(|asset| OutputFile {
        path: asset.path.clone(),
        contents: Contents::Copy(asset.absolute.clone()),
        source: None,
    }));
    outputs
}

fn render_not_found(renderer: &Renderer<'_>, diagnostics: &mut Diagnostics) -> Option<OutputFile> {
    let addresses = Addresses::Below(&renderer.site.config.base_url.path);
    let context =
        NotFoundContext { site: renderer.site_context(addresses, None), theme: renderer.theme_context(addresses) };
    let html = renderer.templates.render("404.html", &context, "404.html", diagnostics)?;
    Some(OutputFile { path: "404.html".to_owned(), contents: Contents::Bytes(html.into_bytes()), source: None })
}

fn render_redirect(renderer: &Renderer<'_>, redirect: &Redirect, diagnostics: &mut Diagnostics) -> Option<OutputFile> {
    let addresses = Addresses::From(&redirect.from);
    let route = renderer.site.route_of(redirect.to);
    let context = RedirectContext {
        site: renderer.site_context(addresses, None),
        theme: renderer.theme_context(addresses),
        redirect: RedirectTarget {
            title: &renderer.site.metadata_of(redirect.to).title.value,
            url: addresses.of(route),
            canonical: renderer.site.config.base_url.join(route),
        },
    };
    let source = renderer.site.file_of(redirect.to);
    renderer.render_template("redirect.html", &context, index_of(&redirect.from), source, diagnostics)
}

/// Every page by its absolute address, as sitemaps.org has it; dates would change with no change of content.
fn render_sitemap(renderer: &Renderer<'_>) -> OutputFile {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let mut routes: Vec<_> =
        renderer.site.navigation.sequence.iter().map(|entry| renderer.site.route_of(*entry)).collect();
    routes.extend(renderer.changes.map(|_| changes::route_in(&renderer.site.config.language)));
    routes.sort_unstable();
    for route in routes {
        let mut address = String::new();
        let absolute = renderer.site.config.base_url.join(&Addresses::Below("/").of(route));
        pulldown_cmark_escape::escape_html(&mut address, &absolute).expect("a String takes any text");
        writeln!(xml, "  <url><loc>{address}</loc></url>").expect("a String takes any text");
    }
    xml.push_str("</urlset>\n");
    OutputFile { path: "sitemap.xml".to_owned(), contents: Contents::Bytes(xml.into_bytes()), source: None }
}

/// Every flow with what its path codes begin with: `flows.json`, for whoever has a code and looks for its flow.
fn render_flows(renderer: &Renderer<'_>) -> OutputFile {
    let flows = renderer.site.navigation.sequence.iter().filter_map(|entry| match entry {
        Entry::Flow(id) => Some((renderer.code_of(*id), renderer.site.flow(*id))),
        Entry::Page(_) => None,
    });
    let list: Vec<_> = flows
        .map(|(code, flow)| json!({ "code": code, "title": flow.metadata.title.value, "url": flow.route }))
        .collect();
    let text = serde_json::to_string(&list).expect("plain values have a JSON form");
    OutputFile { path: "flows.json".to_owned(), contents: Contents::Bytes(text.into_bytes()), source: None }
}
