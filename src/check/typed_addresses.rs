//! Inputs in the addresses of links: they must be encoded, and cannot be in an address that browsers load.
//!
//! Inputs in the user, host or port were rejected by `site`.

use super::place_of;
use crate::config::{Input, InputType};
use crate::content::body::RawLink;
use crate::content::template::{Piece, Placeholder};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::links::LinkKind;
use crate::site::{Entry, Site};
use crate::source::Sources;

/// A page can use the inputs of `vereda.yaml`, a flow also its own.
pub(super) fn check(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    for entry in &site.navigation.sequence {
        let inputs = match entry {
            Entry::Page(_) => &site.config.inputs,
            Entry::Flow(id) => &site.flow(*id).inputs,
        };
        let links = site.links_of(*entry).filter(|(_, link)| link.target.is_external());
        for (_, link) in links {
            let Some(source) = link.source else { continue };
            if link.kind == LinkKind::Image {
                check_resource(source, inputs, diagnostics);
            } else {
                check_link(source, inputs, sources, diagnostics);
            }
        }
    }
}

/// An address may begin with an input of type `url`. Every other input in it must be encoded.
fn check_link(link: &RawLink, inputs: &[Input], sources: &Sources, diagnostics: &mut Diagnostics) {
    for (index, piece) in link.text.pieces.iter().enumerate() {
        let Piece::Placeholder(placeholder) = piece else { continue };
        let Some(input) = find_input(placeholder, inputs) else { continue };
        let is_whole = index == 0 && input.kind == InputType::Url && placeholder.filter.is_none();
        let is_encoded = matches!(placeholder.filter.as_deref(), Some("url" | "digits"));
        if !is_whole && !is_encoded {
            let place = place_of(&placeholder.written(), link.span, sources);
            let finding = catalogue::flow::unencoded_input(place, &placeholder.name);
            diagnostics.push(finding.suggest(Some(encoded(placeholder, input.kind))));
        }
    }
}

/// Only links are filled with what a reader types.
fn check_resource(link: &RawLink, inputs: &[Input], diagnostics: &mut Diagnostics) {
    if let Some(placeholder) = link.text.placeholders().find(|placeholder| find_input(placeholder, inputs).is_some()) {
        diagnostics.push(catalogue::link::typed_resource(link.span, &placeholder.name));
    }
}

fn find_input<'a>(placeholder: &Placeholder, inputs: &'a [Input]) -> Option<&'a Input> {
    let inputs = inputs.iter().rev().filter(|_| placeholder.value_name().is_none());
    inputs.into_iter().find(|input| input.name.value == placeholder.name)
}

/// The placeholder with the filter it needs: `digits` for numbers with punctuation, otherwise `url`.
fn encoded(placeholder: &Placeholder, kind: InputType) -> String {
    let is_number = matches!(kind, InputType::Cnpj | InputType::Cpf | InputType::Phone);
    format!("{{{}|{}}}", placeholder.name, if is_number { "digits" } else { "url" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::fixture::Fixture;

    const CONFIG: &str = "title: S\ninputs: { x: { label: X, type: text }, 'n': { label: 'N', type: cnpj }, \
                          u: { label: U, type: url } }\n";

    fn found(path: &str, text: &str) -> Vec<String> {
        let mut fixture = Fixture::of(&[("vereda.yaml", CONFIG), (path, text)]);
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        check(&fixture.site, &fixture.sources, &mut diagnostics);
        fixture.diagnostics = diagnostics;
        fixture.found()
    }

    fn in_page(text: &str) -> Vec<String> {
        found("a.md", &format!("---\ntitle: A\n---\n{text}\n"))
    }

    fn in_flow(node: &str) -> Vec<String> {
        found("f.flow.yaml", &format!("title: F\nnodes:\n  s: {{ title: S, result: open, {node} }}\n"))
    }

    #[test]
    fn rejects_unencoded_inputs_in_pages_and_flows() {
        for address in ["https://x.org/{x}", "https://x.org/{x|upper}", "https://x.org/?q={n}", "mailto:{x}"] {
            assert_eq!(in_page(&format!("[L](<{address}>)")), ["4 flow/unencoded-input"], "{address}");
            assert_eq!(in_flow(&format!("links: [{{ label: L, url: '{address}' }}]")), ["3 flow/unencoded-input"]);
        }
        assert_eq!(in_flow("text: 'Abra [isto](https://x.org/{x}).'"), ["3 flow/unencoded-input"]);
        for address in
            ["https://x.org/{x|url}", "https://x.org/{n|digits}", "{u}", "tel:{n|digits}", "https://x.org/{y}"]
        {
            assert!(in_page(&format!("[L](<{address}>)")).is_empty(), "{address}");
        }
    }

    #[test]
    fn rejects_inputs_in_what_browsers_load() {
        assert_eq!(in_page("![A](https://x.org/{x|url})"), ["4 link/typed-host"]);
        assert!(in_page("![A](https://x.org/{y|url})").is_empty());
    }
}
