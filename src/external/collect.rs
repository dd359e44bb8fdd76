//! Where addresses of other sites stand: in the texts of a site, and in what is rendered.
//!
//! What the reader is yet to fill in is not asked for: an address counts where it is the same for everybody, the site's constants
//! filled in. What is rendered of a text is told at the text; of the rest, what stands in many files is told once.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::address::{self, Address};
use crate::config::{BaseUrl, Config};
use crate::content::template::{Piece, Template};
use crate::diagnostic::{Text, catalogue};
use crate::output::OutputFile;
use crate::published::{Outward, find_outward, text_of};
use crate::site::Site;
use crate::site::links::LinkTarget;
use crate::source::{FileId, Sources, Span};

/// What is the same in more files than this is told once.
const TOLD_ONE_BY_ONE: usize = 10;

/// A place that names an address of another site.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(super) span: Span,
    pub(super) address: Address,
    /// What is to be known of the place.
    pub(super) help: Vec<Text>,
}

/// Every place of the texts of a site.
pub(crate) fn find_in_site(site: &Site) -> Vec<Mention> {
    let mut found = Finder { config: &site.config, mentions: Vec::new() };
    for (_, link) in site.links() {
        if let LinkTarget::External(template) = link.target {
            found.add(template, link.span);
        }
    }
    for link in site.pages.iter().flat_map(|page| &page.body.body.definitions) {
        found.add(&link.text, link.span);
    }
    found.mentions
}

struct Finder<'a> {
    config: &'a Config,
    mentions: Vec<Mention>,
}

impl Finder<'_> {
    fn add(&mut self, template: &Template, span: Span) {
        let literal = fill(template, self.config).and_then(|written| address::read(&written));
        let elsewhere = literal.filter(|address| !is_own(address, &self.config.base_url));
        self.mentions.extend(elsewhere.map(|address| Mention { span, address, help: Vec::new() }));
    }
}

/// The address as everybody finds it; `None` where it depends on the reader.
fn fill(template: &Template, config: &Config) -> Option<String> {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => Some(text.clone()),
        Piece::Placeholder(placeholder) => config.find_value(placeholder.value_name()?).map(str::to_owned),
    };
    template.pieces.iter().map(part).collect()
}

/// True for an address of the site itself, by `http` or `https`: it is checked in what is rendered.
fn is_own(address: &Address, base_url: &BaseUrl) -> bool {
    let Ok(own) = url::Url::parse(&base_url.join("/")) else { return false };
    let path = address.url.path();
    let is_below = path.starts_with(own.path()) || format!("{path}/") == own.path();
    is_below && own.host_str() == address.url.host_str() && own.port() == address.url.port()
}

/// What is rendered, or any folder of HTML.
pub(crate) struct Rendered<'a> {
    pub(crate) outputs: &'a [OutputFile],
    pub(crate) base_url: &'a BaseUrl,
    /// How a file is called in a report.
    pub(crate) name_of: &'a dyn Fn(&OutputFile) -> String,
}

/// Every place of what is rendered, but for addresses that stand in a text of the site.
pub(crate) fn find_in_rendered(rendered: &Rendered<'_>, known: &[Mention], sources: &mut Sources) -> Vec<Mention> {
    let known: HashSet<String> = known.iter().map(|mention| key(&mention.address)).collect();
    let mut by_address: BTreeMap<String, (Address, Vec<Outward>)> = BTreeMap::new();
    for outward in find_outward(rendered.outputs) {
        let Some(address) = address::read(&outward.text) else { continue };
        let key = key(&address);
        if !known.contains(&key) && !is_own(&address, rendered.base_url) {
            by_address.entry(key).or_insert_with(|| (address, Vec::new())).1.push(outward);
        }
    }
    let mut files = Files { rendered, sources, known: HashMap::new() };
    by_address.into_values().flat_map(|(address, places)| files.mention(&address, &places)).collect()
}

fn key(address: &Address) -> String {
    format!("{}{}", address.url, address.suffix)
}

/// The texts that places point into.
struct Files<'a, 'r> {
    rendered: &'r Rendered<'r>,
    sources: &'a mut Sources,
    known: HashMap<usize, FileId>,
}

impl Files<'_, '_> {
    fn mention(&mut self, address: &Address, places: &[Outward]) -> Vec<Mention> {
        let files: HashSet<usize> = places.iter().map(|place| place.output).collect();
        let is_many = files.len() > TOLD_ONE_BY_ONE;
        let told = if is_many { &places[..1] } else { places };
        let told = told.iter().map(|place| {
            let span = Span::new(self.file(place.output), place.place.start, place.place.end);
            let origin = self.rendered.outputs[place.output].source;
            let origin = origin.map(|source| catalogue::output::made_from(self.sources.path(source)));
            let others = is_many.then(|| catalogue::external::in_others(files.len() - 1));
            Mention { span, address: address.clone(), help: origin.into_iter().chain(others).collect() }
        });
        told.collect()
    }

    fn file(&mut self, output: usize) -> FileId {
        if let Some(known) = self.known.get(&output) {
            return *known;
        }
        let file = &self.rendered.outputs[output];
        let name = (self.rendered.name_of)(file);
        let id = self.sources.find(&name);
        let id = id.unwrap_or_else(|| self.sources.add(name, text_of(file).unwrap_or_default().into_owned()));
        self.known.insert(output, id);
        id
    }
}
