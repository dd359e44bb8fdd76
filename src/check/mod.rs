//! Checks of a whole site. Each file is one family of checks.
//!
//! In: a resolved [`Site`], its sources and the date. Out: diagnostics, and the coverage of each flow's scenarios.
//! Entry points: [`check`], and [`active_files`] and [`large_images`] for copied files. Names were resolved in `site`. Nothing here changes the site.

pub(crate) mod active_files;
mod blocked;
mod broken;
mod calendars;
mod calls;
mod coverage;
mod flow_conditions;
mod flow_explored;
mod flow_graph;
mod flow_inputs;
mod flow_names;
mod flow_nodes;
mod flow_rules;
mod flow_texts;
mod forgotten;
mod headings;
mod home;
mod included_ids;
pub(crate) mod large_images;
mod macros;
mod orphans;
mod placeholders;
mod private;
mod review;
mod scenarios;
pub(crate) mod search;
mod shown;
mod tags;
mod text_fragments;
mod typed_addresses;
mod unfinished;

use jiff::civil::Date;

use crate::diagnostic::Diagnostics;
use crate::flow::FlowSet;
use crate::flow::coverage::FlowCoverage;
use crate::site::Site;
use crate::source::{Sources, Span};

use broken::BrokenFlows;
use shown::ShownParts;

/// Runs every check and measures the coverage of the flows. Reviews and calendars depend on `today`.
pub(crate) fn check(site: &Site, sources: &Sources, today: Date, diagnostics: &mut Diagnostics) -> Vec<FlowCoverage> {
    let flow_set = FlowSet { flows: &site.flows, config: &site.config };
    calls::check(flow_set, diagnostics);
    let is_sound = flow_conditions::check(flow_set, diagnostics);
    flow_explored::check(flow_set, &is_sound, sources, diagnostics);
    flow_graph::check(flow_set, diagnostics);
    flow_nodes::check(flow_set, diagnostics);
    flow_names::check(flow_set, diagnostics);
    flow_texts::check(flow_set, sources, diagnostics);
    calendars::check(flow_set, today, diagnostics);
    let shown = ShownParts::of(site);
    forgotten::check(site, &shown, sources, diagnostics);
    unfinished::check(site, &shown, sources, diagnostics);
    blocked::check(site, diagnostics);
    headings::check(site, diagnostics);
    home::check(site, diagnostics);
    included_ids::check(site, sources, diagnostics);
    macros::check(site, sources, diagnostics);
    orphans::check(site, sources, diagnostics);
    placeholders::check(site, sources, diagnostics);
    private::check(site, sources, diagnostics);
    typed_addresses::check(site, sources, diagnostics);
    text_fragments::check(site, sources, diagnostics);
    review::check(site, today, diagnostics);
    search::check(site, diagnostics);
    tags::check(site, diagnostics);
    let coverage = scenarios::check(flow_set, sources, diagnostics);
    let broken = BrokenFlows::find(flow_set, diagnostics);
    broken.mark(diagnostics);
    broken.without(coverage, sources)
}

/// Finds a part of the text of a span. Gives the whole span when the part is not in it.
fn place_of(part: &str, span: Span, sources: &Sources) -> Span {
    let found = sources.slice(span).find(part).map(|at| span.start as usize + at);
    found.map_or(span, |start| Span::new(span.file, start, start + part.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Severity};
    use crate::flow::walk::{NodeAnswer, WalkEnd, WalkState, walk};
    use crate::site::flow::FlowId;
    use crate::testing::fixture::Fixture;
    use crate::testing::random_flow::{RandomNode, any_flow, site_of};

    fn check_site(fixture: &mut Fixture) {
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        check(&fixture.site, &fixture.sources, jiff::civil::date(2026, 11, 22), &mut diagnostics);
        fixture.diagnostics = diagnostics;
    }

    /// Walks the first flow. Each question takes the next choice.
    fn walk_with(fixture: &Fixture, choices: &[usize]) -> WalkEnd {
        let typed = choices.first().map_or(0, |choice| choice * 5).to_string();
        let mut state = WalkState {
            is_scenario: true,
            inputs: [("x".to_owned(), typed)].into_iter().collect(),
            ..WalkState::default()
        };
        for choice in choices {
            let walk = walk(fixture.flow_set(), FlowId(0), &state);
            let Some(place) = walk.current.filter(|_| walk.end == WalkEnd::Unanswered) else { return walk.end };
            let options = place.resolve(fixture.flow_set()).options();
            let Some(option) = options.get(choice % options.len().max(1)) else { return walk.end };
            let id = option.id.value.clone();
            state.answers.insert(place.key, NodeAnswer::Options(vec![id]));
        }
        walk(fixture.flow_set(), FlowId(0), &state).end
    }

    fn is_stuck_error(found: &Diagnostic) -> bool {
        found.severity == Severity::Error && found.code != Code::FLOW_UNREACHABLE_NODE
    }

    proptest! {
        #[test]
        fn flow_without_errors_never_gets_stuck(
            caller in any_flow(),
            inner in any_flow(),
            choices in prop::collection::vec(0_usize..4, 1..20),
        ) {
            let mut fixture = site_of(&caller, &inner);
            check_site(&mut fixture);
            let is_clean = !fixture.diagnostics.iter().any(is_stuck_error);
            let end = walk_with(&fixture, &choices);
            // A call may or may not ask for the input. What the rules after it leave over is then not certain and not
            // reported.
            let has_call = caller.iter().any(|node| matches!(node, RandomNode::Call(_)));
            let goes_on = matches!(end, WalkEnd::Outcome | WalkEnd::Loop | WalkEnd::Unanswered) || end == WalkEnd::NoRule && has_call;
            prop_assert!(!is_clean || goes_on, "{end:?}");
        }
    }
}
