//! Combinations of values, and the rules that they decide before a walk is made.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::config::Calendar;
use crate::content::condition::{Condition, Test};
use crate::flow::FlowSet;
use crate::flow::condition::{Bindings, holds};
use crate::flow::input::{ParsedValue, read};
use crate::flow::paths::Transition;
use crate::site::flow::{Flow, Node, NodeKind};

/// Tests of the rules of these nodes, by the name that they test.
pub(super) fn tests_by_name<'a>(nodes: impl Iterator<Item = &'a Node>) -> IndexMap<&'a str, Vec<&'a Test>> {
    let mut tests: IndexMap<&str, Vec<&Test>> = IndexMap::new();
    for node in nodes {
        for test in node.tests() {
            tests.entry(&test.name.value).or_default().push(test);
        }
    }
    tests
}

/// The first `limit` combinations of one value for each name. Without names there is one empty combination.
pub(super) fn combinations<'a>(
    choices: &'a IndexMap<&'a str, Vec<String>>,
    limit: usize,
) -> impl Iterator<Item = Vec<(&'a str, &'a str)>> {
    let count = choices.values().map(Vec::len).try_fold(1_usize, usize::checked_mul).unwrap_or(usize::MAX);
    (0..count.min(limit)).map(move |mut rest| {
        let pick = |(name, values): (&&'a str, &'a Vec<String>)| {
            let value = values[rest % values.len()].as_str();
            rest /= values.len();
            (*name, value)
        };
        choices.iter().map(pick).collect()
    })
}

/// Values that are fixed before a walk is planned.
pub(super) struct FixedBindings<'a> {
    flow_set: FlowSet<'a>,
    readings: HashMap<&'a str, ParsedValue>,
}

impl<'a> FixedBindings<'a> {
    pub(super) fn of(flow_set: FlowSet<'a>, flow: &'a Flow, values: &[(&'a str, &str)]) -> Self {
        let read = |(name, typed): &(&'a str, &str)| {
            let parsed = read(flow.find_input(name)?, typed, flow_set.zone()).ok()?;
            Some((*name, parsed))
        };
        Self { flow_set, readings: values.iter().filter_map(read).collect() }
    }

    /// False for a rule that does not hold or comes after one that does. A rule that these values do not decide is
    /// allowed.
    pub(super) fn allows(&self, flow: &Flow, transition: &Transition) -> bool {
        let NodeKind::Branch { rules } = &flow.node(transition.node).kind else { return true };
        let is_decidable =
            |when: &Condition| when.tests().iter().all(|test| self.readings.contains_key(test.name.value.as_str()));
        if !flow.node(transition.node).conditions().all(is_decidable) {
            return true;
        }
        rules.iter().position(|rule| rule.when.as_ref().is_none_or(|when| holds(when, self))) == Some(transition.exit)
    }
}

impl Bindings for FixedBindings<'_> {
    fn find(&self, name: &str) -> Option<ParsedValue> {
        self.readings.get(name).cloned()
    }

    fn find_calendar(&self, name: &str) -> Option<&Calendar> {
        self.flow_set.find_calendar(name)
    }

    fn zone(&self) -> &str {
        self.flow_set.zone()
    }
}
