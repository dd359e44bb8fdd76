//! A resolved site → everything doubtful or wrong that only the whole of it shows: a file a family.
//!
//! In: a [`Site`], its texts and the day. Out: diagnostics, and how much of each flow its scenarios visit. Entry point:
//! [`check`]. What a name means was decided by `site`; nothing here changes the site.

mod calls;
mod flow_conditions;
mod flow_graph;
mod flow_names;
mod flow_nodes;
mod placeholders;
mod review;
mod scenarios;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostics, FlowCoverage};
use crate::flow::Surroundings;
use crate::site::Site;
use crate::source::{Sources, Span};

/// Checks a site as it is on a day, and measures its flows.
pub(crate) fn check(site: &Site, sources: &Sources, today: Date, diagnostics: &mut Diagnostics) -> Vec<FlowCoverage> {
    let around = Surroundings { flows: &site.flows, config: &site.config };
    calls::check(around, diagnostics);
    flow_conditions::check(around, diagnostics);
    flow_graph::check(around, diagnostics);
    flow_nodes::check(around, diagnostics);
    flow_names::check(around, sources, diagnostics);
    placeholders::check(site, diagnostics);
    review::check(site, today, diagnostics);
    scenarios::check(around, sources, diagnostics)
}

/// The place of a part of a text that was written there, or the whole where it cannot be found.
fn place_of(part: &str, span: Span, sources: &Sources) -> Span {
    let found = sources.slice(span).find(part).map(|at| span.start as usize + at);
    found.map_or(span, |start| Span::new(span.file, start, start + part.len()))
}
