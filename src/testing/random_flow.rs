//! Random small flows for property tests: a flow that may call a second one, over one input of type number.
//!
//! [`random_site`](super::random_site) generates larger sites from a seed. The flows here come from `proptest`, which
//! reduces a failing flow to a small one. Entry points: [`any_flow`] and [`site_of`].

use std::fmt::Write;

use proptest::prelude::*;

use super::fixture::Fixture;

/// Number of nodes of a flow, without the outcome at its end.
const SIZE: usize = 7;

/// How the last rule of a branch begins. The second leaves no value over, the third leaves 5.
const LAST_RULES: [&str; 3] = ["otherwise", "when: { x: { lte: 5 } }, next", "when: { x: { lt: 5 } }, next"];

/// A node, with the indices of the nodes that it leads to.
#[derive(Clone, Debug)]
pub(crate) enum RandomNode {
    Question { targets: Vec<usize>, multiple: bool },
    Step(usize),
    Branch { targets: [usize; 2], asks: bool, last_rule: usize },
    Call(usize),
    Outcome,
}

/// A flow of [`SIZE`] nodes.
pub(crate) fn any_flow() -> impl Strategy<Value = Vec<RandomNode>> {
    prop::collection::vec(any_node(), SIZE)
}

fn any_node() -> impl Strategy<Value = RandomNode> {
    let target = 0..=SIZE;
    prop_oneof![
        4 => (prop::collection::vec(target.clone(), 1..4), any::<bool>())
            .prop_map(|(targets, multiple)| RandomNode::Question { targets, multiple }),
        3 => target.clone().prop_map(RandomNode::Step),
        2 => (target.clone(), target.clone(), any::<bool>(), 0..LAST_RULES.len())
            .prop_map(|(one, other, asks, last_rule)| RandomNode::Branch { targets: [one, other], asks, last_rule }),
        1 => target.prop_map(RandomNode::Call),
        1 => Just(RandomNode::Outcome),
    ]
}

/// A resolved site of two flows. Calls of `caller` enter `inner`, whose own calls become steps.
pub(crate) fn site_of(caller: &[RandomNode], inner: &[RandomNode]) -> Fixture {
    let caller = write_flow(caller, "g.flow.yaml", &outcomes_of(inner));
    let inner: Vec<RandomNode> = inner.iter().map(without_call).collect();
    Fixture::of(&[("f.flow.yaml", &caller), ("g.flow.yaml", &write_flow(&inner, "", &[]))])
}

fn without_call(node: &RandomNode) -> RandomNode {
    match node {
        RandomNode::Call(target) => RandomNode::Step(*target),
        other => other.clone(),
    }
}

fn outcomes_of(nodes: &[RandomNode]) -> Vec<usize> {
    let all = nodes.iter().chain([&RandomNode::Outcome]).enumerate();
    all.filter(|(_, node)| matches!(node, RandomNode::Outcome)).map(|(index, _)| index).collect()
}

/// Writes the nodes as `n0` to `n6`, then the outcome `n7`. The called flow has the same ids.
fn write_flow(nodes: &[RandomNode], called: &str, outcomes: &[usize]) -> String {
    let mut text = "title: F\nowner: A\ninputs: { x: { label: X, type: number } }\nnodes:\n".to_owned();
    for (index, node) in nodes.iter().chain([&RandomNode::Outcome]).enumerate() {
        let keys = write_keys(node, called, outcomes);
        writeln!(text, "  n{index}: {{ title: N{index}, {keys} }}").expect("a string takes any text");
    }
    text
}

fn write_keys(node: &RandomNode, called: &str, outcomes: &[usize]) -> String {
    match node {
        RandomNode::Question { targets, multiple } => {
            let option = |(index, target)| format!("{{ id: o{index}, label: O{index}, next: n{target} }}");
            let options: Vec<_> = targets.iter().enumerate().map(option).collect();
            format!("multiple: {multiple}, options: [{}]", options.join(", "))
        }
        RandomNode::Step(target) => format!("next: n{target}"),
        RandomNode::Branch { targets: [one, other], asks, last_rule } => {
            let ask = if *asks { "ask: [x], " } else { "" };
            let last = LAST_RULES[*last_rule];
            format!("{ask}rules: [{{ when: {{ x: {{ gt: 5 }} }}, next: n{one} }}, {{ {last}: n{other} }}]")
        }
        RandomNode::Call(target) => {
            let mapping: Vec<_> = outcomes.iter().map(|outcome| format!("n{outcome}: n{target}")).collect();
            format!("call: {called}, outcomes: {{ {} }}", mapping.join(", "))
        }
        RandomNode::Outcome => "result: open".to_owned(),
    }
}
