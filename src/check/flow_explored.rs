//! Checks that need every path through a flow. Each flow is explored once for all of them.

use rayon::prelude::*;

use super::calls::call_graph;
use super::{flow_inputs, flow_rules};
use crate::diagnostic::Diagnostics;
use crate::flow::FlowSet;
use crate::flow::assigned_inputs::AssignedInputs;
use crate::flow::state_space::explore;
use crate::site::flow::FlowId;
use crate::source::Sources;

/// Explores the flows whose conditions can be decided. In the others, the conditions were reported.
pub(super) fn check(flow_set: FlowSet<'_>, is_sound: &[bool], sources: &Sources, diagnostics: &mut Diagnostics) {
    let asked = AssignedInputs::of(flow_set, &call_graph(flow_set));
    let check_flow = |(index, is_sound): (usize, &bool)| {
        let mut found = Diagnostics::default();
        let flow = &flow_set.flows[index];
        let uses = flow_inputs::uses_of(flow, flow_set, sources);
        let names = flow_inputs::names_to_follow(flow, &uses);
        if let Some(exploration) = is_sound.then(|| explore(flow_set, FlowId(index), &asked, &names)).flatten() {
            flow_rules::check(flow, &exploration, &mut found);
            flow_inputs::check_paths(flow, &uses, &exploration, &mut found);
        }
        flow_inputs::check_names(flow, &uses, &mut found);
        found
    };
    let found: Vec<Diagnostics> = is_sound.par_iter().enumerate().map(check_flow).collect();
    for found in found {
        diagnostics.append(found);
    }
}
