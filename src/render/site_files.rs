//! Outputs that belong to the whole site: [`SITE_FILES`], redirects and copied files.

use serde::Serialize;

use super::address::Addresses;
use super::context::{SiteContext, ThemeContext};
use super::copies::COPIES_JSON;
use super::flows_json::FLOWS_JSON;
use super::links_json::LINKS_JSON;
use super::not_found::NOT_FOUND;
use super::sitemap::SITEMAP;
use super::versions_json::VERSIONS_JSON;
use super::{Renderer, SiteFile, index_of};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::output::{Contents, OutputFile};
use crate::search::{SiteSearch, files};
use crate::site::Assets;
use crate::site::routes::Redirect;
use crate::theme::fingerprint;

/// The only list of these outputs.
const SITE_FILES: [SiteFile; 6] = [NOT_FOUND, SITEMAP, FLOWS_JSON, LINKS_JSON, COPIES_JSON, VERSIONS_JSON];

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

/// Reports copied files with the path of one of [`SITE_FILES`].
pub(crate) fn check_paths(assets: Assets<'_>, diagnostics: &mut Diagnostics) {
    for asset in assets.content.iter().chain(assets.fixed) {
        if SITE_FILES.iter().any(|file| file.path == asset.path) {
            diagnostics.push(catalogue::asset::collision(None, &asset.path));
        }
    }
}

/// The files of the search.
pub(super) fn render_search(search: SiteSearch) -> Vec<OutputFile> {
    let hash =
        |files: &[(String, String)]| fingerprint(files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    let file = |(path, text): (String, String)| OutputFile {
        path,
        contents: Contents::Bytes(text.into_bytes()),
        source: None,
    };
    files::write_files(search, hash).into_iter().map(file).collect()
}

/// Renders everything that belongs to the whole site.
pub(super) fn render(renderer: &Renderer<'_>, assets: Assets<'_>, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
    let mut outputs = Vec::new();
    for SiteFile { path, render } in SITE_FILES {
        let contents = Contents::Bytes(render(renderer, diagnostics).into_bytes());
        outputs.push(OutputFile { path: path.to_owned(), contents, source: None });
    }
    let redirects = &renderer.site.routes.redirects;
    outputs.extend(redirects.iter().filter_map(|redirect| render_redirect(renderer, redirect, diagnostics)));
    let copied = assets.content.iter().chain(assets.fixed);
    outputs.extend(copied.map(|asset| OutputFile {
        path: asset.path.clone(),
        contents: Contents::Copy(asset.absolute.clone()),
        source: None,
    }));
    outputs
}

fn render_redirect(renderer: &Renderer<'_>, redirect: &Redirect, diagnostics: &mut Diagnostics) -> Option<OutputFile> {
    let addresses = Addresses::From(&redirect.from);
    let site = renderer.site;
    let route = site.route_of(redirect.to);
    let context = RedirectContext {
        site: renderer.site_context(addresses, None),
        theme: renderer.theme_context(addresses),
        redirect: RedirectTarget {
            title: &site.metadata_of(redirect.to).title.value,
            url: addresses.of(route),
            canonical: site.config.base_url.join(route),
        },
    };
    let (path, source) = (index_of(&redirect.from), site.file_of(redirect.to));
    renderer.render_template("redirect.html", &context, path, source, diagnostics)
}
