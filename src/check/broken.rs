//! Flows whose graph is not the intended one: flows with mistakes, and flows that call these.
//!
//! In: a site and the diagnostics until now. Out: what checks find in such flows depends on the file with the mistake, and
//! such flows have no coverage.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostics};
use crate::flow::FlowSet;
use crate::flow::coverage::FlowCoverage;
use crate::source::{FileId, Sources};

/// Each broken flow, with the file that has its cause.
pub(super) struct BrokenFlows(BTreeMap<FileId, FileId>);

impl BrokenFlows {
    pub(super) fn find(flow_set: FlowSet<'_>, diagnostics: &Diagnostics) -> Self {
        let with_cause = diagnostics.iter().filter(|found| found.code.breaks_flow()).filter_map(|found| found.span);
        let mut broken: BTreeMap<FileId, FileId> = with_cause.map(|span| (span.file, span.file)).collect();
        let mut has_grown = true;
        while has_grown {
            has_grown = false;
            for flow in flow_set.flows {
                let called = flow.called_flows().find_map(|called| broken.get(&flow_set.flow(called).file).copied());
                if let Some(cause) = called.filter(|_| !broken.contains_key(&flow.file)) {
                    has_grown = broken.insert(flow.file, cause).is_none();
                }
            }
        }
        let flows: Vec<_> = flow_set.flows.iter().map(|flow| flow.file).collect();
        broken.retain(|file, _| flows.contains(file));
        Self(broken)
    }

    /// Sets what each finding about a broken flow depends on. A section that no node shows may be shown by a broken flow.
    pub(super) fn mark(&self, diagnostics: &mut Diagnostics) {
        for found in diagnostics.iter_mut().filter(|found| found.code.is_behaviour()) {
            let own = found.span.and_then(|span| self.0.get(&span.file));
            let any = self.0.values().next().filter(|_| found.code == Code::FLOW_FORGOTTEN_SECTION);
            found.depends_on = own.or(any).copied();
        }
    }

    /// Removes the coverage of broken flows.
    pub(super) fn without(&self, mut coverage: Vec<FlowCoverage>, sources: &Sources) -> Vec<FlowCoverage> {
        coverage.retain(|flow| !self.0.keys().any(|file| sources.path(*file) == flow.flow));
        coverage
    }
}
