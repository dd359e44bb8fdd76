//! A resolved site → everything doubtful or wrong that only the whole of it shows: a file a family.
//!
//! In: a [`Site`], its texts and the day. Out: diagnostics, and how much of each flow its scenarios visit. Entry point:
//! [`check`]. What a name means was decided by `site`; nothing here changes the site.

mod blocked;
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
mod orphans;
mod placeholders;
mod private;
mod review;
mod scenarios;
mod shown;
mod unfinished;

use jiff::civil::Date;

use crate::diagnostic::Diagnostics;
use crate::flow::FlowSet;
use crate::flow::coverage::FlowCoverage;
use crate::site::Site;
use crate::source::{Sources, Span};

use shown::Shown;

/// Checks a site as it is on a day, and measures its flows.
pub(crate) fn check(site: &Site, sources: &Sources, today: Date, diagnostics: &mut Diagnostics) -> Vec<FlowCoverage> {
    let flow_set = FlowSet { flows: &site.flows, config: &site.config };
    calls::check(flow_set, diagnostics);
    let is_sound = flow_conditions::check(flow_set, diagnostics);
    flow_explored::check(flow_set, &is_sound, sources, diagnostics);
    flow_graph::check(flow_set, diagnostics);
    flow_nodes::check(flow_set, diagnostics);
    flow_names::check(flow_set, sources, diagnostics);
    flow_texts::check(flow_set, sources, diagnostics);
    calendars::check(flow_set, today, diagnostics);
    let shown = Shown::of(site);
    forgotten::check(site, &shown, sources, diagnostics);
    unfinished::check(site, &shown, sources, diagnostics);
    blocked::check(site, diagnostics);
    headings::check(site, diagnostics);
    home::check(site, diagnostics);
    included_ids::check(site, sources, diagnostics);
    orphans::check(site, sources, diagnostics);
    placeholders::check(site, diagnostics);
    private::check(site, sources, diagnostics);
    review::check(site, today, diagnostics);
    scenarios::check(flow_set, sources, diagnostics)
}

/// The place of a part of a text that was written there, or the whole where it cannot be found.
fn place_of(part: &str, span: Span, sources: &Sources) -> Span {
    let found = sources.slice(span).find(part).map(|at| span.start as usize + at);
    found.map_or(span, |start| Span::new(span.file, start, start + part.len()))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Severity};
    use crate::flow::walk::{Answer, End, State, walk};
    use crate::site::flow::{FlowId, NodeKind};
    use crate::testing::fixture::Fixture;

    /// How many nodes a drawn flow has, beside its outcome.
    const SIZE: usize = 7;

    /// What a drawn node is, with the nodes it leads to.
    #[derive(Clone, Debug)]
    enum Drawn {
        Question(Vec<usize>, bool),
        Step(usize),
        Branch(usize, usize, bool, usize),
        Call(usize),
        Outcome,
    }

    /// How the last rule of a drawn branch begins: with the second there is no value left, with the third there is 5.
    const LAST_RULES: [&str; 3] = ["otherwise", "when: { x: { lte: 5 } }, next", "when: { x: { lt: 5 } }, next"];

    fn a_node() -> impl Strategy<Value = Drawn> {
        let target = 0..=SIZE;
        prop_oneof![
            4 => (prop::collection::vec(target.clone(), 1..4), any::<bool>()).prop_map(|(to, several)| Drawn::Question(to, several)),
            3 => target.clone().prop_map(Drawn::Step),
            2 => (target.clone(), target.clone(), any::<bool>(), 0..LAST_RULES.len())
                .prop_map(|(one, other, asks, last)| Drawn::Branch(one, other, asks, last)),
            1 => target.prop_map(Drawn::Call),
            1 => Just(Drawn::Outcome),
        ]
    }

    fn a_flow() -> impl Strategy<Value = Vec<Drawn>> {
        prop::collection::vec(a_node(), SIZE)
    }

    /// A flow of these nodes, `n0` to `n6`, with the outcome `n7`. Calls go to the other flow, which has the same ids.
    fn write_flow(nodes: &[Drawn], called: &str, outcomes: &[usize]) -> String {
        let mut text = "title: F\nowner: A\ninputs: { x: { label: X, type: number } }\nnodes:\n".to_owned();
        for (index, node) in nodes.iter().chain([&Drawn::Outcome]).enumerate() {
            let way = match node {
                Drawn::Question(targets, several) => {
                    let option = |(index, target)| format!("{{ id: o{index}, label: O{index}, next: n{target} }}");
                    format!(
                        "multiple: {several}, options: [{}]",
                        targets.iter().enumerate().map(option).collect::<Vec<_>>().join(", ")
                    )
                }
                Drawn::Step(target) => format!("next: n{target}"),
                Drawn::Branch(one, other, asks, last) => {
                    let ask = if *asks { "ask: [x], " } else { "" };
                    format!(
                        "{ask}rules: [{{ when: {{ x: {{ gt: 5 }} }}, next: n{one} }}, {{ {}: n{other} }}]",
                        LAST_RULES[*last]
                    )
                }
                Drawn::Call(target) => {
                    let mapping = outcomes.iter().map(|outcome| format!("n{outcome}: n{target}"));
                    format!("call: {called}, outcomes: {{ {} }}", mapping.collect::<Vec<_>>().join(", "))
                }
                Drawn::Outcome => "result: open".to_owned(),
            };
            writeln!(text, "  n{index}: {{ title: N{index}, {way} }}").expect("a string takes any text");
        }
        text
    }

    fn outcomes_of(nodes: &[Drawn]) -> Vec<usize> {
        let ends = nodes.iter().chain([&Drawn::Outcome]).enumerate().filter(|(_, node)| matches!(node, Drawn::Outcome));
        ends.map(|(index, _)| index).collect()
    }

    fn drawn_site(caller: &[Drawn], inner: &[Drawn]) -> Fixture {
        let caller = write_flow(caller, "g.flow.yaml", &outcomes_of(inner));
        let plain: Vec<Drawn> =
            inner.iter().map(|node| if let Drawn::Call(to) = node { Drawn::Step(*to) } else { node.clone() }).collect();
        let mut fixture = Fixture::of(&[("f.flow.yaml", &caller), ("g.flow.yaml", &write_flow(&plain, "", &[]))]);
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        check(&fixture.site, &fixture.sources, jiff::civil::date(2026, 11, 22), &mut diagnostics);
        fixture.diagnostics = diagnostics;
        fixture
    }

    /// Walks with these choices, each question answered as it is met.
    fn walk_at_random(fixture: &Fixture, choices: &[usize]) -> End {
        let typed = choices.first().map_or(0, |choice| choice * 5).to_string();
        let mut state =
            State { is_scenario: true, inputs: [("x".to_owned(), typed)].into_iter().collect(), ..State::default() };
        for choice in choices {
            let walk = walk(fixture.flow_set(), FlowId(0), &state);
            let Some(place) = walk.current.filter(|_| walk.end == End::Unanswered) else { return walk.end };
            let NodeKind::Question { options, .. } = &place.in_flows(fixture.flow_set()).kind else { return walk.end };
            let id = options[choice % options.len()].id.value.clone();
            state.answers.insert(place.key, Answer::Options(vec![id]));
        }
        walk(fixture.flow_set(), FlowId(0), &state).end
    }

    proptest! {
        #[test]
        fn a_flow_without_errors_has_no_walk_that_gets_stuck(
            caller in a_flow(),
            inner in a_flow(),
            choices in prop::collection::vec(0_usize..4, 1..20),
        ) {
            let fixture = drawn_site(&caller, &inner);
            let is_wrong = |found: &Diagnostic| found.severity == Severity::Error && found.code != Code::FlowUnreachableNode;
            let is_clean = !fixture.diagnostics.iter().any(is_wrong);
            let end = walk_at_random(&fixture, &choices);
            // After a call that may ask for the input or not, what is left over is not certain, and is not reported.
            let may_lack_input = end == End::NoRule && caller.iter().any(|node| matches!(node, Drawn::Call(_)));
            let goes_on = matches!(end, End::Outcome | End::Loop | End::Unanswered) || may_lack_input;
            prop_assert!(!is_clean || goes_on, "{end:?}");
        }
    }
}
