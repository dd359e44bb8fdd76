//! Text fragments of links (`#:~:text=…`) that match no text of their page.
//!
//! A page whose text is not known before a reader types, or that includes other texts, is skipped.

use std::collections::HashMap;

use crate::content::body::{Body, HoleKind};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::html::{self, HtmlToken};
use crate::site::links::LinkTarget;
use crate::site::{Entry, Site, SitePage};
use crate::source::Sources;
use crate::url::Parts;
use crate::url::text_fragment::{normalize, quotations};

pub(super) fn check(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut texts: HashMap<Entry, Option<String>> = HashMap::new();
    for (_, link) in site.links() {
        let LinkTarget::Entry(entry @ Entry::Page(id), _) = link.target else { continue };
        let Some(directive) = link.source.and_then(|source| Parts::of(&source.written).directive()) else { continue };
        let text = texts.entry(entry).or_insert_with(|| text_of(site.page(id)));
        let Some(text) = text else { continue };
        for quotation in quotations(directive) {
            if !text.contains(&normalize(&quotation)) {
                let path = sources.path(site.file_of(entry));
                diagnostics.push(catalogue::link::missing_text(link.span, quotation, path));
            }
        }
    }
}

/// The text that readers see, normalized; `None` if a part of it is not known.
fn text_of(page: &SitePage) -> Option<String> {
    let body: &Body = &page.body.body;
    let mut text = format!("{} ", page.front_matter.metadata.title.value);
    let mut at = 0;
    for hole in &body.holes {
        add_text(&mut text, &body.html[at..hole.at]);
        at = hole.at;
        match &hole.kind {
            HoleKind::Placeholder(_) | HoleKind::Include(_) | HoleKind::Flow { .. } => return None,
            HoleKind::Code { text: code, .. } => text.push_str(code),
            _ => {}
        }
    }
    add_text(&mut text, &body.html[at..]);
    Some(normalize(&text))
}

/// Adds the text of HTML, of which a tag can be cut off at the end.
fn add_text(text: &mut String, part: &str) {
    let part = part.rfind('<').filter(|open| !part[*open..].contains('>')).map_or(part, |open| &part[..open]);
    let part = part.find('>').filter(|close| !part[..*close].contains('<')).map_or(part, |close| &part[close + 1..]);
    html::read(part, |token| match token {
        HtmlToken::Text(range) => text.push_str(&html::decode(&part[range])),
        HtmlToken::StartTag(tag) if ["br", "p", "li", "td", "th", "tr"].contains(&tag.name.as_str()) => text.push(' '),
        _ => {}
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_tags_that_a_hole_cuts() {
        let mut text = String::new();
        for part in ["<p>Veja <a", " class=\"x\">isto</a> e <b>a", "quilo</b>.</p>"] {
            add_text(&mut text, part);
        }
        assert_eq!(normalize(&text), "veja isto e aquilo.");
    }
}
