//! Private inputs where they can be seen: in a title, or in an address of this site.
//!
//! A title stays in the browser's history, and an address of this site in the logs of its host as well.

use super::place_of;
use crate::config::Input;
use crate::content::body::HoleKind;
use crate::content::front_matter::Metadata;
use crate::content::template::Template;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::flow::Node;
use crate::site::link::{ResolvedBody, Target};
use crate::site::{Site, SitePage};
use crate::source::{Sources, Span};

/// A page knows the inputs of `vereda.yaml`, a flow its own too.
pub(super) fn check(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut check = PrivateInputs { inputs: &site.config.inputs, sources, diagnostics };
    site.pages.iter().for_each(|page| check.check_page(page));
    for flow in &site.flows {
        check.inputs = &flow.inputs;
        check.check_metadata(&flow.metadata);
        flow.nodes.iter().for_each(|node| check.check_node(node));
    }
}

struct PrivateInputs<'a, 'd> {
    inputs: &'a [Input],
    sources: &'a Sources,
    diagnostics: &'d mut Diagnostics,
}

impl PrivateInputs<'_, '_> {
    fn check_page(&mut self, page: &SitePage) {
        self.check_metadata(&page.front_matter.metadata);
        if let Some(heading) = page.body.body.headings.first() {
            self.check_template(&heading.text, heading.span);
        }
        self.check_links(&page.body);
    }

    fn check_metadata(&mut self, metadata: &Metadata) {
        for text in [&metadata.title].into_iter().chain(&metadata.aliases) {
            self.check_template(&Template::parse(&text.value), text.span);
        }
    }

    fn check_node(&mut self, node: &Node) {
        for link in node.links.iter().filter(|link| !matches!(link.target, Target::External(_))) {
            self.check_template(&link.template, link.span);
        }
        node.text.iter().chain(node.checklist.iter().map(|task| &task.text)).for_each(|body| self.check_links(body));
    }

    /// Addresses of other sites are no matter of this one.
    fn check_links(&mut self, body: &ResolvedBody) {
        for (hole, target) in body.body.holes.iter().zip(&body.targets) {
            let is_inner = target.as_ref().is_some_and(|target| !matches!(target, Target::External(_)));
            match &hole.kind {
                HoleKind::Link(link) | HoleKind::Image(link) | HoleKind::Address(link) if is_inner => {
                    self.check_template(&link.text, link.span);
                }
                _ => {}
            }
        }
    }

    fn check_template(&mut self, template: &Template, span: Span) {
        for placeholder in template.placeholders() {
            if self
                .inputs
                .iter()
                .rev()
                .find(|input| input.name.value == placeholder.name)
                .is_some_and(|input| input.private)
            {
                let place = place_of(&placeholder.written(), span, self.sources);
                self.diagnostics.push(catalogue::flow::private_input_exposed(place, &placeholder.name));
            }
        }
    }
}
