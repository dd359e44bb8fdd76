//! Private inputs in a place that others can see: in a title, or in an address of this site.
//!
//! A title stays in the browser's history. An address of this site is also in the logs of its host.

use super::place_of;
use crate::config::Input;
use crate::content::front_matter::Metadata;
use crate::content::template::Template;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::links::{Link, LinkKind};
use crate::site::{Entry, Site};
use crate::source::{Sources, Span};

/// A page can use the inputs of `vereda.yaml`, a flow also its own.
pub(super) fn check(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    for entry in &site.navigation.sequence {
        let inputs = match entry {
            Entry::Page(_) => &site.config.inputs,
            Entry::Flow(id) => &site.flow(*id).inputs,
        };
        let mut check = PrivateInputs { inputs, sources, diagnostics };
        check.check_metadata(site.metadata_of(*entry));
        if let Entry::Page(id) = entry
            && let Some(heading) = site.page(*id).body.body.headings.first()
        {
            check.check_template(&heading.text, heading.span);
        }
        site.links_of(*entry).for_each(|(_, link)| check.check_link(&link));
    }
}

struct PrivateInputs<'a, 'd> {
    inputs: &'a [Input],
    sources: &'a Sources,
    diagnostics: &'d mut Diagnostics,
}

impl PrivateInputs<'_, '_> {
    fn check_metadata(&mut self, metadata: &Metadata) {
        for text in [&metadata.title].into_iter().chain(&metadata.aliases) {
            self.check_template(&Template::parse(&text.value), text.span);
        }
    }

    /// Skips addresses of other sites.
    fn check_link(&mut self, link: &Link<'_>) {
        if let Some(source) = link.source
            && matches!(link.kind, LinkKind::Link | LinkKind::Image)
            && !link.target.is_external()
        {
            self.check_template(&source.text, source.span);
        }
    }

    fn check_template(&mut self, template: &Template, span: Span) {
        for placeholder in template.placeholders() {
            let input = self.inputs.iter().rev().find(|input| input.name.value == placeholder.name);
            if input.is_some_and(|input| input.private) {
                let place = place_of(&placeholder.written(), span, self.sources);
                self.diagnostics.push(catalogue::flow::private_input_exposed(place, &placeholder.name));
            }
        }
    }
}
