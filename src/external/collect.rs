//! Collection of external links, from the texts of a site and from rendered files.
//!
//! Site values in an address are replaced; an address with other placeholders depends on the reader and is left out. A rendered
//! link is left out if a text of the site has the same address.

use std::collections::{BTreeMap, HashSet};

use super::address::{self, Address};
use crate::config::{BaseUrl, Config};
use crate::content::template::{Piece, Template};
use crate::diagnostic::{Text, catalogue};
use crate::output::OutputFile;
use crate::published::{ExternalReference, MAX_FILES_REPORTED, OutputSources, find_external_references};
use crate::site::Site;
use crate::site::links::LinkTarget;
use crate::source::{Sources, Span};

#[derive(Clone, Debug)]
pub(crate) struct ExternalLink {
    pub(super) span: Span,
    pub(super) address: Address,
    /// Help texts for every diagnostic of the link.
    pub(super) help: Vec<Text>,
}

/// The external links in the texts of a site.
pub(crate) fn find_in_site(site: &Site) -> Vec<ExternalLink> {
    let mut found = Vec::new();
    let mut add = |template: &Template, span: Span| {
        let address = fill(template, &site.config).and_then(|written| address::parse(&written));
        let external = address.filter(|address| !is_own(address, &site.config.base_url));
        found.extend(external.map(|address| ExternalLink { span, address, help: Vec::new() }));
    };
    for (_, link) in site.links() {
        if let LinkTarget::External(template) = link.target {
            add(template, link.span);
        }
    }
    for link in site.pages.iter().flat_map(|page| &page.body.body.definitions) {
        add(&link.text, link.span);
    }
    found
}

/// The address with the values of the site; `None` if it depends on the reader.
fn fill(template: &Template, config: &Config) -> Option<String> {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => Some(text.clone()),
        Piece::Placeholder(placeholder) => config.find_value(placeholder.value_name()?).map(str::to_owned),
    };
    template.pieces.iter().map(part).collect()
}

/// True for an address of the site itself, by `http` or `https`: `published` checks it.
fn is_own(address: &Address, base_url: &BaseUrl) -> bool {
    let Ok(own) = url::Url::parse(&base_url.join("/")) else { return false };
    let path = address.url.path();
    let is_below = path.starts_with(own.path()) || format!("{path}/") == own.path();
    is_below && own.host_str() == address.url.host_str() && own.port() == address.url.port()
}

/// Rendered files, or any folder of HTML.
pub(crate) struct RenderedFiles<'a> {
    pub(crate) outputs: &'a [OutputFile],
    pub(crate) base_url: &'a BaseUrl,
    /// The name of a file in a report.
    pub(crate) name_of: &'a dyn Fn(&OutputFile) -> String,
}

/// The external links in rendered files, except the addresses of `known`.
pub(crate) fn find_in_rendered(
    rendered: &RenderedFiles<'_>,
    known: &[ExternalLink],
    sources: &mut Sources,
) -> Vec<ExternalLink> {
    let known: HashSet<String> = known.iter().map(|link| key(&link.address)).collect();
    let mut by_address: BTreeMap<String, (Address, Vec<ExternalReference>)> = BTreeMap::new();
    for reference in find_external_references(rendered.outputs) {
        let Some(address) = address::parse(&reference.text) else { continue };
        let key = key(&address);
        if !known.contains(&key) && !is_own(&address, rendered.base_url) {
            by_address.entry(key).or_insert_with(|| (address, Vec::new())).1.push(reference);
        }
    }
    let mut files = OutputSources::new(rendered.outputs, rendered.name_of, sources);
    by_address.into_values().flat_map(|(address, references)| links_of(&address, &references, &mut files)).collect()
}

fn key(address: &Address) -> String {
    format!("{}{}", address.url, address.suffix)
}

fn links_of(address: &Address, references: &[ExternalReference], files: &mut OutputSources<'_>) -> Vec<ExternalLink> {
    let outputs: HashSet<usize> = references.iter().map(|reference| reference.output).collect();
    let has_many = outputs.len() > MAX_FILES_REPORTED;
    let reported = if has_many { &references[..1] } else { references };
    let mut links = Vec::new();
    for reference in reported {
        let others = has_many.then(|| catalogue::external::in_other_files(outputs.len() - 1));
        let span = files.span(reference.output, &reference.place);
        let help = files.origin_help(reference.output, span).into_iter().chain(others).collect();
        links.push(ExternalLink { span, address: address.clone(), help });
    }
    links
}
