//! Active content of copied files: scripts in SVG images, and in HTML and XML documents.
//!
//! In: the copied files. Out: diagnostics in them. Entry points: [`find`], which reads them in parallel, and [`report`].
//! The security policy of the pages is in their `<meta>`, so it does not cover a file that is opened by itself. A script
//! in it can read what readers typed. An image inside a page runs nothing.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;
use roxmltree::{Document, Node, NodeType, ParsingOptions};

use crate::diagnostic::{Diagnostics, catalogue};
use crate::html::{self, Attribute, HtmlToken, Tag};
use crate::project::file::read_bytes;
use crate::project::{Asset, CONTENT, STATIC};
use crate::site::Assets;
use crate::source::{Sources, Span};
use crate::url::{Refusal, find_refusal};

const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Elements of HTML that run or load documents. Inside an image they have no other use.
const DOCUMENTS: [&str; 9] = ["applet", "base", "embed", "form", "frame", "iframe", "link", "meta", "object"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FileKind {
    Image,
    XmlPage,
    HtmlPage,
}

/// A copied file with scripts.
#[derive(Debug)]
pub(crate) struct ActiveFile {
    /// Below the root.
    path: String,
    text: String,
    kind: FileKind,
    parts: Vec<ActivePart>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct ActivePart {
    place: Range<usize>,
    /// As a message shows it: `<script>`, `onload`, an address.
    shown: String,
}

impl FileKind {
    /// By the extension, which decides how a host serves the file.
    fn of(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "svg" => Some(Self::Image),
            "xml" | "xhtml" | "xht" | "xsl" | "xslt" | "rdf" | "mathml" | "mml" | "atom" | "rss" => Some(Self::XmlPage),
            "html" | "htm" | "shtml" => Some(Self::HtmlPage),
            _ => None,
        }
    }
}

/// The copied files with active content, by path.
pub(crate) fn find(assets: Assets<'_>) -> Vec<ActiveFile> {
    let content = assets.content.iter().map(|asset| (CONTENT, asset));
    let files: Vec<_> = content.chain(assets.fixed.iter().map(|asset| (STATIC, asset))).collect();
    files.into_par_iter().filter_map(|(folder, asset)| read_file(folder, asset)).collect()
}

/// Reports every part of an image, and the first part of a page.
pub(crate) fn report(files: Vec<ActiveFile>, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    for ActiveFile { path, text, kind, parts } in files {
        let file = sources.find(&path).unwrap_or_else(|| sources.add(path, text));
        let count = if kind == FileKind::Image { parts.len() } else { 1 };
        for ActivePart { place, shown } in parts.into_iter().take(count) {
            let span = Span::new(file, place.start, place.end);
            diagnostics.push(match kind {
                FileKind::Image => catalogue::asset::active_image(span, shown),
                FileKind::XmlPage | FileKind::HtmlPage => catalogue::asset::active_page(span, shown),
            });
        }
    }
}

fn read_file(folder: &str, asset: &Asset) -> Option<ActiveFile> {
    let kind = FileKind::of(&asset.path)?;
    let bytes = read_bytes(&asset.absolute)?;
    let text = decode(&bytes).into_owned();
    let parts = find_parts(&text, kind);
    (!parts.is_empty()).then(|| ActiveFile { path: format!("{folder}/{}", asset.path), text, kind, parts })
}

/// UTF-16 with a byte order mark, otherwise UTF-8. Other encodings of browsers have the same bytes for markup.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let units = |rest: &[u8], unit: fn([u8; 2]) -> u16| -> Vec<u16> {
        rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => String::from_utf16_lossy(&units(rest, u16::from_le_bytes)).into(),
        [0xfe, 0xff, rest @ ..] => String::from_utf16_lossy(&units(rest, u16::from_be_bytes)).into(),
        _ => String::from_utf8_lossy(bytes),
    }
}

fn find_parts(text: &str, kind: FileKind) -> Vec<ActivePart> {
    if kind == FileKind::HtmlPage {
        return find_in_html(text);
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    match Document::parse_with_options(text, options) {
        Ok(document) => {
            let nodes = document.descendants();
            nodes.flat_map(|node| parts_of_node(node, text, kind)).collect()
        }
        // Browsers run the scripts before the mistake.
        Err(_) => find_in_broken_xml(text),
    }
}

fn find_in_html(text: &str) -> Vec<ActivePart> {
    let mut parts = Vec::new();
    html::read(text, |token| {
        if let HtmlToken::StartTag(tag) = token {
            parts.extend(parts_of_tag(tag));
        }
    });
    parts
}

/// An entity can contain any markup, also a script.
fn find_in_broken_xml(text: &str) -> Vec<ActivePart> {
    const ENTITY: &str = "<!ENTITY";
    let entity = text.find(ENTITY).map(|at| ActivePart { place: at..at + ENTITY.len(), shown: ENTITY.to_owned() });
    find_in_html(text).into_iter().chain(entity).collect()
}

fn parts_of_node(node: Node<'_, '_>, text: &str, kind: FileKind) -> Vec<ActivePart> {
    if let (NodeType::PI, Some(instruction)) = (node.node_type(), node.pi()) {
        let is_script = instruction.target == "xml-stylesheet" && !instruction.value.unwrap_or("").contains("text/css");
        let part = || ActivePart { place: node.range(), shown: "<?xml-stylesheet?>".to_owned() };
        return is_script.then(part).into_iter().collect();
    }
    let namespace = node.tag_name().namespace();
    if !matches!(namespace, Some(SVG | XHTML)) {
        return Vec::new();
    }
    let tag = tag_of(node, text);
    let is_document =
        kind == FileKind::Image && namespace == Some(XHTML) && DOCUMENTS.contains(&node.tag_name().name());
    let document = is_document.then(|| element_part(&tag));
    document.into_iter().chain(parts_of_tag(&tag)).collect()
}

/// An element of XML as a tag of HTML.
fn tag_of(node: Node<'_, '_>, text: &str) -> Tag {
    let attributes = node.attributes().map(|attribute| {
        let prefix = if attribute.namespace().is_some() { "xlink:" } else { "" };
        let value = attribute.value().to_owned();
        let name = format!("{prefix}{}", attribute.name()).to_ascii_lowercase();
        Attribute { name, value, whole: attribute.range(), place: attribute.range_value() }
    });
    let name = node.tag_name().name().to_ascii_lowercase();
    let start = node.range().start.min(text.len());
    Tag { name, attributes: attributes.collect(), start }
}

/// Everything in a tag that runs a script.
fn parts_of_tag(tag: &Tag) -> Vec<ActivePart> {
    let mut parts: Vec<_> = html::is_script(tag).then(|| element_part(tag)).into_iter().collect();
    for attribute in &tag.attributes {
        if html::is_event(&attribute.name) {
            parts.push(ActivePart { place: attribute.whole.clone(), shown: attribute.name.clone() });
        }
        let addresses = html::addresses_of(tag, attribute).into_iter();
        let active = addresses.filter(|(address, usage)| {
            let none: [&str; 0] = [];
            find_refusal(address, *usage, &none) == Some(Refusal::Active) && address != "about:blank"
        });
        parts.extend(active.take(1).map(|(shown, _)| ActivePart { place: attribute.place.clone(), shown }));
        if attribute.name == "srcdoc" && !find_in_html(&attribute.value).is_empty() {
            parts.push(ActivePart { place: attribute.whole.clone(), shown: "srcdoc".to_owned() });
        }
    }
    parts
}

fn element_part(tag: &Tag) -> ActivePart {
    ActivePart { place: tag.start..tag.start + 1 + tag.name.len(), shown: format!("<{}>", tag.name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, kind: FileKind) -> Vec<String> {
        find_parts(text, kind).into_iter().map(|part| part.shown).collect()
    }

    fn in_image(inside: &str) -> Vec<String> {
        let root = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
                    xmlns:h='http://www.w3.org/1999/xhtml' xmlns:s='http://www.w3.org/2000/svg' xmlns:i='urn:i'";
        shown(&format!("<svg {root}>{inside}</svg>"), FileKind::Image)
    }

    #[test]
    fn finds_everything_that_runs_in_an_image() {
        for (inside, part) in [
            ("<script>x()</script>", "<script>"),
            ("<s:script href='/x.js'/>", "<script>"),
            ("<h:script>x()</h:script>", "<script>"),
            ("<title><script>x()</script></title>", "<script>"),
            ("<g onload='x()'/>", "onload"),
            ("<animate onbegin='x()' attributeName='x'/>", "onbegin"),
            ("<a xlink:href='java&#9;script:x()'/>", "java\tscript:x()"),
            ("<a href='javascript:x()'/>", "javascript:x()"),
            ("<a><set attributeName='href' to='javascript:x()'/></a>", "javascript:x()"),
            ("<a><animate attributeName='xlink:href' values='#;javascript:x()'/></a>", "javascript:x()"),
            ("<use href='data:image/svg+xml,x'/>", "data:image/svg+xml,x"),
            ("<foreignObject><h:iframe src='/x'/></foreignObject>", "<iframe>"),
            ("<foreignObject><h:form action='/x'/></foreignObject>", "<form>"),
            ("<foreignObject><h:img src='x' onerror='x()'/></foreignObject>", "onerror"),
        ] {
            assert_eq!(in_image(inside), [part], "{inside}");
        }
        let entity = "<!DOCTYPE svg [<!ENTITY e \"<script>x()</script>\">]><svg xmlns='http://www.w3.org/2000/svg'>&e;";
        assert_eq!(shown(&format!("{entity}</svg>"), FileKind::Image), ["<script>"]);
        assert_eq!(shown(entity, FileKind::Image).last().unwrap(), "<!ENTITY");
        assert_eq!(shown("<svg><script>x()</script>&", FileKind::Image), ["<script>"]);
        let styled = "<?xml-stylesheet type='text/xsl' href='x.xsl'?><svg xmlns='http://www.w3.org/2000/svg'/>";
        assert_eq!(shown(styled, FileKind::Image), ["<?xml-stylesheet?>"]);
    }

    #[test]
    fn accepts_images_as_programs_write_them() {
        for inside in [
            "<style>.a{fill:red}</style><title>script</title><text>onload=x javascript:x</text>",
            "<foreignObject><h:div style='color:red'>Um <h:b>texto</h:b></h:div></foreignObject>",
            "<image href='data:image/png;base64,AA'/><use href='#a'/><a href='https://exemplo.org'/>",
            "<animate attributeName='fill' values='red;blue'/><i:script>x</i:script><i:x onload='x'/>",
            "<metadata><i:RDF on='1'/></metadata><!-- <script>x()</script> --><desc><![CDATA[<script>]]></desc>",
        ] {
            assert_eq!(in_image(inside), [""; 0], "{inside}");
        }
        let css = "<?xml-stylesheet type='text/css' href='x.css'?><svg xmlns='http://www.w3.org/2000/svg'/>";
        assert_eq!(shown(css, FileKind::Image), [""; 0]);
        for broken in ["", "x", "<svg", "<svg><g></svg>"] {
            assert_eq!(shown(broken, FileKind::Image), [""; 0], "{broken}");
        }
    }

    #[test]
    fn finds_scripts_of_pages() {
        for (html, part) in [
            ("<script src=a.js></script>", "<script>"),
            ("<SCRIPT type=module>x()</SCRIPT>", "<script>"),
            ("<body onload=x()>", "onload"),
            ("<a href=javascript:x()>", "javascript:x()"),
            ("<iframe srcdoc='<script>x()</script>'>", "srcdoc"),
            ("<svg><style><a href=javascript:x()></style></svg>", "javascript:x()"),
        ] {
            assert_eq!(shown(html, FileKind::HtmlPage), [part], "{html}");
        }
        for html in ["<p>javascript:x</p>", "<script type='application/ld+json'>{}</script>", "<a href=a.html on=x>"] {
            assert_eq!(shown(html, FileKind::HtmlPage), [""; 0], "{html}");
        }
        let xhtml = "<html xmlns='http://www.w3.org/1999/xhtml'><script>x()</script></html>";
        assert_eq!(shown(xhtml, FileKind::XmlPage), ["<script>"]);
        assert_eq!(shown("<urlset><script/><loc onload='x'/></urlset>", FileKind::XmlPage), [""; 0]);
    }

    #[test]
    fn reads_utf_16_and_deep_nesting() {
        let svg = "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>";
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(svg.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(shown(&decode(&wide), FileKind::Image), ["<script>"]);
        let deep = format!("<svg xmlns='http://www.w3.org/2000/svg'>{}<script/>", "<g>".repeat(100_000));
        assert_eq!(shown(&deep, FileKind::Image), ["<script>"]);
    }
}
