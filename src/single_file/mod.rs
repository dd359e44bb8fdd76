//! The page of a flow, published in memory → one HTML file that works from a disk.
//!
//! In: every output of a site, and which of them is the page. Out: its HTML with the style, the scripts, the pictures and the pages of called flows inside.
//! Entry point: [`write()`]. An address of the site that is not inside becomes absolute; where the site has no address of its own, a link becomes text.
//!
//! | file | what it does |
//! |---|---|
//! | `address` | an address in the page → what stands in its place |
//! | `files.js` | what the scripts find inside, in place of the network |

mod address;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pulldown_cmark_escape::escape_html;
use regex::{NoExpand, Regex};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::config::{BaseUrl, Config, Origin};
use crate::html::{self, HtmlToken, Tag};
use crate::output::{Contents, OutputFile};
use crate::search::SiteSearch;
use crate::search::files::write_files;
use crate::site::Site;
use crate::site::flow::FlowId;
use crate::site::node::with_called_flows;
use crate::theme::{Theme, fingerprint, inline, json_for_html};
use crate::url::encode_readable_path;

use address::Inside;

/// What the scripts find inside.
const FILES: &str = include_str!("files.js");

/// The output path of the codes of flows.
const FLOWS: &str = "flows.json";

/// The variable of [`FILES`] that scripts resolve addresses of the site against.
const BASE: &str = "publishedAddress";

/// What stands between the tags of `<main>`.
static MAIN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<main\b[^>]*>(.*)</main>").expect("the pattern is valid"));

/// Data blocks and scripts.
static SCRIPT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)<script\b.*?</script>").expect("the pattern is valid"));

/// Every output of a site by its path, and how a copied one is read.
pub(crate) struct Files<'a> {
    outputs: HashMap<&'a str, &'a OutputFile>,
    read: fn(&Path) -> Option<Vec<u8>>,
}

impl<'a> Files<'a> {
    /// Takes the outputs of a site.
    pub(crate) fn new(outputs: &'a [OutputFile], read: fn(&Path) -> Option<Vec<u8>>) -> Self {
        Self { outputs: outputs.iter().map(|output| (output.path.as_str(), output)).collect(), read }
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        match &self.outputs.get(path)?.contents {
            Contents::Bytes(bytes) => Some(bytes.clone()),
            Contents::Copy(source) => (self.read)(source),
        }
    }

    fn text(&self, path: &str) -> Option<String> {
        Some(String::from_utf8_lossy(&self.bytes(path)?).into_owned())
    }
}

/// Writes the page of a flow as one file; `None` where the scripts of the theme cannot be joined.
pub(crate) fn write(site: &Site, theme: &Theme, files: &Files<'_>, id: FlowId) -> Option<String> {
    let route = &site.flow(id).route;
    let page = files.text(&index_of(route))?;
    let mut pages = called_pages(site, files, id);
    pages.extend(search_files(site, id));
    pages.insert(address_of(&site.config.base_url, &theme.parts_path()), theme.parts());
    pages.insert(address_of(&site.config.base_url, FLOWS), flows_inside(site, files, id));
    let data = json_for_html(&json!({
        "address": site.config.base_url.join(route),
        "pages": pages,
    }));
    let script = format!("{FILES}{}", inline(theme.whole_script()?, BASE)?);
    let parts = InlineParts { style: style_of(files, &page, route, &site.config.base_url), script, data };
    let inside = Inside { files, base_url: &site.config.base_url, page: route, home: route };
    Some(rewrite(&page, &parts, &inside, &site.config))
}

/// What comes into the page.
struct InlineParts {
    style: String,
    script: String,
    data: String,
}

impl InlineParts {
    /// The data and the scripts that read it.
    fn scripts(&self) -> String {
        let Self { data, script, .. } = self;
        format!(
            "<script type=\"application/json\" id=\"files\">{data}</script><script type=\"module\">{script}</script>"
        )
    }
}

/// The texts of the pages of called flows, by their addresses.
fn called_pages(site: &Site, files: &Files<'_>, id: FlowId) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for called in with_called_flows(&site.flows, id).into_iter().skip(1) {
        let route = &site.flow(called).route;
        let address = address_of(&site.config.base_url, route);
        let page = files.text(&index_of(route)).unwrap_or_default();
        let main = MAIN.captures(&page).map(|main| SCRIPT.replace_all(&main[1], NoExpand("")).into_owned());
        let inside = Inside { files, base_url: &site.config.base_url, page: route, home: "" };
        pages.insert(address, replace(&main.unwrap_or_default(), |tag, _| inside.replacements(tag)));
    }
    pages
}

/// The search of the flow and of the flows that it calls, by the addresses of its files.
fn search_files(site: &Site, id: FlowId) -> impl Iterator<Item = (String, String)> + use<'_> {
    let search = SiteSearch::of_flows(site, &with_called_flows(&site.flows, id));
    let hash =
        |files: &[(String, String)]| fingerprint(files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    let written = write_files(search, hash);
    written.into_iter().map(move |(path, text)| (address_of(&site.config.base_url, &path), text))
}

/// The address of an output as scripts request it.
fn address_of(base_url: &BaseUrl, path: &str) -> String {
    let address = base_url.join(path);
    url::Url::parse(&address).map_or(address, String::from)
}

/// The entries of `flows.json` of the flow and of the flows that it calls.
fn flows_inside(site: &Site, files: &Files<'_>, id: FlowId) -> String {
    let mut flows: Vec<Value> = serde_json::from_str(&files.text(FLOWS).unwrap_or_default()).unwrap_or_default();
    let inside: Vec<String> =
        with_called_flows(&site.flows, id).iter().map(|id| encode_readable_path(&site.flow(*id).route)).collect();
    flows.retain(|flow| inside.iter().any(|route| flow["url"] == **route));
    Value::from(flows).to_string()
}

/// The style sheets of the page, one after the other.
fn style_of(files: &Files<'_>, page: &str, route: &str, base_url: &BaseUrl) -> String {
    let mut style = String::new();
    let inside = Inside { files, base_url, page: route, home: route };
    html::read(page, |piece| {
        if let HtmlToken::StartTag(tag) = piece
            && is_style(tag)
        {
            let path = tag.value_of("href").and_then(|address| inside.path_of(address));
            style += &path.and_then(|path| files.text(&path)).unwrap_or_default();
        }
    });
    style
}

fn is_style(tag: &Tag) -> bool {
    tag.name == "link" && tag.value_of("rel") == Some("stylesheet")
}

/// A part of the text with what comes in its place.
type Replacement = (Range<usize>, String);

fn rewrite(page: &str, parts: &InlineParts, inside: &Inside<'_>, config: &Config) -> String {
    let (mut has_style, mut has_script) = (false, false);
    replace(page, |tag, text| {
        let whole = whole_of(tag, text);
        if is_style(tag) {
            let style = if has_style { String::new() } else { format!("<style>{}</style>", parts.style) };
            has_style = true;
            return vec![(whole, style)];
        }
        if tag.name == "script" && tag.find("src").is_some() {
            let end = text[whole.end..].find("</script>").map_or(whole.end, |end| whole.end + end + "</script>".len());
            let script = if has_script { String::new() } else { parts.scripts() };
            has_script = true;
            return vec![(whole.start..end, script)];
        }
        if tag.value_of("http-equiv") == Some("Content-Security-Policy") {
            let mut content = String::new();
            escape_html(&mut content, &policy(parts, config)).expect("a String takes any text");
            return tag.find("content").map(|found| (found.place.clone(), content)).into_iter().collect();
        }
        inside.replacements(tag)
    })
}

/// A text with parts of its tags replaced.
fn replace(text: &str, mut replacements_of: impl FnMut(&Tag, &str) -> Vec<Replacement>) -> String {
    let mut replacements = Vec::new();
    html::read(text, |piece| {
        if let HtmlToken::StartTag(tag) = piece {
            replacements.extend(replacements_of(tag, text));
        }
    });
    let (mut written, mut at) = (String::with_capacity(text.len()), 0);
    for (range, put) in replacements {
        written.push_str(&text[at..range.start]);
        written.push_str(&put);
        at = range.end;
    }
    written + &text[at..]
}

/// From `<` to `>`.
fn whole_of(tag: &Tag, text: &str) -> Range<usize> {
    let inside = tag.attributes.last().map_or(tag.start, |last| last.whole.end);
    let end = text[inside..].find('>').map_or(text.len(), |end| inside + end + 1);
    tag.start..end
}

/// What the file may do: the script and the style in it alone, and pictures.
fn policy(parts: &InlineParts, config: &Config) -> String {
    let mut embed = String::new();
    for origin in config.embed.iter().map(Origin::as_str) {
        let _ = write!(embed, " {origin}");
    }
    let own = if address::has_own(&config.base_url) { format!(" {}", config.base_url.origin) } else { String::new() };
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:{embed}; media-src data:{own}{embed}; frame-src data:{own}{embed}; \
         connect-src data:; base-uri 'none'; form-action 'none'",
        hash(&parts.script),
        hash(&parts.style)
    )
}

/// A text as a policy names it.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

fn index_of(route: &str) -> String {
    format!("{}index.html", route.trim_start_matches('/'))
}
