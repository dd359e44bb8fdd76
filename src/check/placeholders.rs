//! Placeholders of pages and records: names that nothing declares, names that only a flow declares, unknown filters.
//!
//! In prose, an unknown name in braces is text, unless it is one letter away from a declared name.

use super::place_of;
use crate::content::body::{Body, HoleKind};
use crate::content::template::{Filter, Placeholder, Template};
use crate::diagnostic::{Diagnostics, catalogue, nearest};
use crate::flow::record::RECORD_NAMES;
use crate::site::Site;
use crate::site::flow::{Flow, NodeKind};
use crate::source::{Sources, Span};

pub(super) fn check(site: &Site, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut check = PlaceholderCheck { site, sources, diagnostics };
    for page in site.shown_pages() {
        check.check_body(&page.body.body);
    }
    check.check_records();
}

/// The use of a placeholder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Text that a reader sees.
    Prose,
    /// Text that is copied, or an address.
    Exact,
}

struct PlaceholderCheck<'a, 'd> {
    site: &'a Site,
    sources: &'a Sources,
    diagnostics: &'d mut Diagnostics,
}

impl PlaceholderCheck<'_, '_> {
    fn check_body(&mut self, body: &Body) {
        for hole in &body.holes {
            if let HoleKind::Placeholder(placeholder) = &hole.kind {
                let is_copied = is_in_copy(&body.html[..hole.at]);
                self.check_name(&placeholder.value, placeholder.span, if is_copied { Use::Exact } else { Use::Prose });
            } else if let Some(link) = hole.kind.link() {
                for placeholder in link.text.placeholders() {
                    let span = place_of(&placeholder.written(), link.span, self.sources);
                    self.check_name(placeholder, span, Use::Exact);
                }
            }
        }
    }

    fn check_name(&mut self, placeholder: &Placeholder, span: Span, used: Use) {
        if self.is_declared(&placeholder.name) {
            return self.check_filter(placeholder, span);
        }
        let name = &placeholder.name;
        if let Some(flow) = self.site.flows.iter().find(|flow| flow.find_input(name).is_some()) {
            let found = catalogue::directive::input_of_flow(span, name, &flow.metadata.title.value);
            return self.diagnostics.push(found);
        }
        let names = self.declared_names();
        let near = names.iter().map(String::as_str).find(|known| strsim::damerau_levenshtein(known, name) == 1);
        if used == Use::Exact || placeholder.value_name().is_some() {
            let suggested = near.or_else(|| nearest(name, names.iter().map(String::as_str)));
            self.diagnostics.push(catalogue::directive::unknown_name(span, name).suggest_for(name, suggested));
        } else if near.is_some() {
            self.diagnostics.push(catalogue::directive::similar_name(span, name).suggest(near));
        }
    }

    fn check_filter(&mut self, placeholder: &Placeholder, span: Span) {
        if let Some(name) = placeholder.filter.as_deref().filter(|name| Filter::from_name(name).is_none()) {
            let names = Filter::NAMES.iter().map(|(name, _)| *name);
            let diagnostic = catalogue::directive::unknown_filter(span, name);
            self.diagnostics.push(diagnostic.suggest_for(name, nearest(name, names)));
        }
    }

    fn is_declared(&self, name: &str) -> bool {
        let config = &self.site.config;
        match name.strip_prefix("values.") {
            Some(value) => config.find_value(value).is_some(),
            None => config.inputs.iter().any(|input| input.name.value == name),
        }
    }

    fn declared_names(&self) -> Vec<String> {
        let config = &self.site.config;
        let values = config.values.iter().map(|value| format!("values.{}", value.name.value));
        config.inputs.iter().map(|input| input.name.value.clone()).chain(values).collect()
    }

    fn check_records(&mut self) {
        for record in &self.site.config.records {
            let flows: Vec<_> = self.site.flows.iter().filter(|flow| uses_record(flow, &record.name.value)).collect();
            for placeholder in Template::parse(&record.value.value).placeholders() {
                let span = place_of(&placeholder.written(), record.value.span, self.sources);
                self.check_record_name(placeholder, span, &flows);
            }
        }
    }

    /// A record may also show inputs and answers of the flows that use it.
    fn check_record_name(&mut self, placeholder: &Placeholder, span: Span, flows: &[&Flow]) {
        let name = placeholder.name.as_str();
        let is_of_flow = |flow: &&Flow| flow.find_input(name).is_some() || flow.find_node(name).is_some();
        if RECORD_NAMES.contains(&name) || self.is_declared(name) || flows.iter().any(is_of_flow) {
            return self.check_filter(placeholder, span);
        }
        let inputs = flows.iter().flat_map(|flow| &flow.inputs).map(|input| input.name.value.clone());
        let names: Vec<_> =
            self.declared_names().into_iter().chain(inputs).chain(RECORD_NAMES.map(str::to_owned)).collect();
        let suggested = nearest(name, names.iter().map(String::as_str));
        self.diagnostics.push(catalogue::directive::unknown_name(span, name).suggest_for(name, suggested));
    }
}

/// The text of a copy has no markup: its beginning is the last tag before it.
fn is_in_copy(html: &str) -> bool {
    html.rfind('<').is_some_and(|tag| html[tag..].starts_with("<span class=\"copy-value\">"))
}

fn uses_record(flow: &Flow, name: &str) -> bool {
    flow.nodes.iter().any(|node| matches!(&node.kind, NodeKind::Outcome { record: Some(record), .. } if record == name))
}
