//! Rules of a branch: values without a rule, rules that never decide, rules whose order matters.
//!
//! Each branch is checked in every situation that the exploration of the flow found there.

use std::collections::{BTreeSet, HashSet};

use fixedbitset::FixedBitSet;

use crate::content::condition::Condition;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::flow::state_space::{ReachedState, StateSpace, UNANSWERED};
use crate::site::flow::{Flow, Node, NodeKind, Rule};

pub(super) fn check(flow: &Flow, exploration: &StateSpace<'_>, diagnostics: &mut Diagnostics) {
    let mut visits: Vec<Vec<&ReachedState>> = vec![Vec::new(); flow.nodes.len()];
    exploration.states.iter().for_each(|visit| visits[visit.node].push(visit));
    for (node, visits) in flow.nodes.iter().zip(visits) {
        if let NodeKind::Branch { rules } = &node.kind {
            let branch = Branch { node, rules, situations: situations(rules, &visits, exploration), exploration };
            branch.check_gap(diagnostics);
            branch.check_dead(diagnostics);
            branch.check_overlaps(diagnostics);
        }
    }
}

/// A branch with the situations in which it can be reached.
struct Branch<'a> {
    node: &'a Node,
    rules: &'a [Rule],
    situations: Vec<Situation<'a>>,
    exploration: &'a StateSpace<'a>,
}

/// Which rules hold, with one of the visits at which they do.
struct Situation<'a> {
    holds: FixedBitSet,
    visit: &'a ReachedState,
}

impl Situation<'_> {
    /// The index of the first rule that holds.
    fn deciding_rule(&self) -> Option<usize> {
        self.holds.minimum()
    }
}

/// The different situations of a branch. Those that are certain come first.
fn situations<'a>(rules: &[Rule], visits: &[&'a ReachedState], exploration: &StateSpace<'_>) -> Vec<Situation<'a>> {
    let mut seen: HashSet<FixedBitSet> = HashSet::new();
    let mut situations = Vec::new();
    let (certain, others): (Vec<&ReachedState>, Vec<&ReachedState>) = visits.iter().partition(|visit| visit.is_certain);
    for visit in certain.into_iter().chain(others) {
        let holds = |rule: &Rule| rule.when.as_ref().is_none_or(|when| exploration.holds(when, &visit.after));
        let holds = bits(rules.len(), rules.iter().map(holds));
        if !seen.contains(&holds) {
            seen.insert(holds.clone());
            situations.push(Situation { holds, visit });
        }
    }
    situations
}

impl Branch<'_> {
    fn certain(&self) -> impl Iterator<Item = &Situation<'_>> {
        self.situations.iter().filter(|situation| situation.visit.is_certain)
    }

    fn check_gap(&self, diagnostics: &mut Diagnostics) {
        if let Some(situation) = self.certain().find(|situation| situation.deciding_rule().is_none()) {
            let id = &self.node.id;
            let finding = catalogue::flow::rules_gap(id.span, &id.value, self.describe(situation.visit));
            diagnostics.push(finding);
        }
    }

    /// The values of the names that the rules compare, as `name = value`.
    fn describe(&self, visit: &ReachedState) -> String {
        let names: BTreeSet<&str> = self.rules.iter().flat_map(names_of).collect();
        let describe = |name: &str| {
            let index = self.exploration.find_name(name).filter(|index| visit.after[*index] != UNANSWERED);
            let shown = index.map_or("", |index| self.exploration.shown(index, &visit.after));
            format!("{name} = {}", if shown.is_empty() { "∅" } else { shown })
        };
        names.into_iter().map(describe).collect::<Vec<_>>().join(", ")
    }

    /// Skips an `otherwise` that never decides: it does no harm.
    fn check_dead(&self, diagnostics: &mut Diagnostics) {
        let deciding: BTreeSet<usize> = self.situations.iter().filter_map(Situation::deciding_rule).collect();
        let is_dead = |(index, rule): &(usize, &Rule)| rule.when.is_some() && !deciding.contains(index);
        for (index, rule) in self.rules.iter().enumerate().filter(is_dead).filter(|_| !self.situations.is_empty()) {
            let id = &self.node.id.value;
            let shadow = self
                .situations
                .iter()
                .find(|situation| situation.holds.contains(index))
                .and_then(Situation::deciding_rule);
            diagnostics.push(match shadow {
                None => catalogue::flow::never_true(rule.span, index + 1, id),
                Some(earlier) => catalogue::flow::shadowed_rule(rule.span, index + 1, id)
                    .label(self.rules[earlier].span, catalogue::flow::shadowed_by()),
            });
        }
    }

    /// Reports two rules on the same names that overlap without one containing the other: their order decides,
    /// unnoticed. A special case before a general one is not reported.
    fn check_overlaps(&self, diagnostics: &mut Diagnostics) {
        let kinds: Vec<Kind<'_>> =
            self.rules.iter().enumerate().map(|(index, rule)| self.kind_of(index, rule)).collect();
        for later in (0..self.rules.len()).filter(|index| self.rules[*index].when.is_some()) {
            if let Some(earlier) = (0..later).find(|earlier| kinds[*earlier].overlaps(&kinds[later])) {
                let finding =
                    catalogue::flow::overlapping_rules(self.rules[later].span, later + 1, &self.node.id.value);
                diagnostics.push(finding.label(self.rules[earlier].span, catalogue::flow::overlaps_with()));
            }
        }
    }

    fn kind_of<'r>(&self, index: usize, rule: &'r Rule) -> Kind<'r> {
        let holds = bits(self.situations.len(), self.certain().map(|situation| situation.holds.contains(index)));
        Kind { rule, names: names_of(rule), holds }
    }
}

/// A rule as its overlaps see it.
struct Kind<'r> {
    rule: &'r Rule,
    names: BTreeSet<&'r str>,
    /// The certain situations in which it holds, by their index.
    holds: FixedBitSet,
}

impl Kind<'_> {
    fn overlaps(&self, later: &Self) -> bool {
        let is_alike = self.rule.when.is_some() && self.rule.next != later.rule.next && self.names == later.names;
        let (one, other) = (&self.holds, &later.holds);
        is_alike && !one.is_disjoint(other) && !one.is_subset(other) && !other.is_subset(one)
    }
}

/// The indices, below `count`, of the items that are true.
fn bits(count: usize, items: impl Iterator<Item = bool>) -> FixedBitSet {
    let mut bits = FixedBitSet::with_capacity(count);
    items.enumerate().for_each(|(index, is_set)| bits.set(index, is_set));
    bits
}

/// The names that a rule compares.
fn names_of(rule: &Rule) -> BTreeSet<&str> {
    let tests = rule.when.as_ref().map(Condition::tests).unwrap_or_default();
    tests.into_iter().map(|test| test.name.value.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::fixture::Fixture;

    const CONFIG: &str = "title: S\ncalendars: { comercial: { weekdays: [mon, tue, wed, thu, fri], hours: ['08:00-18:00'], timezone: America/Sao_Paulo } }\n";

    /// Checks a branch with these rules, the first on line 10.
    fn found(kind: &str, before: &str, rules: &[&str]) -> Vec<String> {
        let rules: Vec<_> = rules.iter().map(|rule| format!("      - {{ {rule} }}\n")).collect();
        let flow = format!(
            "title: F\nowner: A\ninputs: {{ x: {{ label: X, {kind} }}, z: {{ label: Z, type: number }} }}\nnodes:\n  \
             {before}\n  b:\n    title: B\n    ask: [x]\n    rules:\n{}  um: {{ title: Um, result: open }}\n  \
             dois: {{ title: Dois, result: open }}\n",
            rules.concat()
        );
        let mut fixture = Fixture::of(&[("vereda.yaml", CONFIG), ("f.flow.yaml", &flow)]);
        let mut diagnostics = std::mem::take(&mut fixture.diagnostics);
        let is_sound = super::super::flow_conditions::check(fixture.flow_set(), &mut diagnostics);
        super::super::flow_explored::check(fixture.flow_set(), &is_sound, &fixture.sources, &mut diagnostics);
        fixture.diagnostics = diagnostics;
        fixture.found()
    }

    const STEP: &str = "s: { title: S, ask: [z], next: b }";

    #[test]
    fn reports_value_without_rule() {
        let gap = |kind: &str, rules: &[&str]| found(kind, STEP, rules);
        let rules = ["when: { x: { gt: 500 } }, next: um", "when: { x: { lt: 500 } }, next: dois"];
        assert_eq!(gap("type: money", &rules), ["6 flow/rules-gap"]);
        assert!(gap("type: money, max: 10", &["when: { x: { lte: 10 } }, next: um"]).is_empty());
        assert!(gap("type: money", &[rules[0], "when: { x: { lte: 500 } }, next: dois"]).is_empty());
        assert!(
            gap(
                "type: datetime",
                &["when: { x: { within: comercial } }, next: um", "when: { x: { outside: comercial } }, next: dois"]
            )
            .is_empty()
        );
        assert_eq!(
            gap(
                "type: choice, choices: [a, b, c]",
                &["when: { x: [a] }, next: um", "when: { x: { in: [b] } }, next: dois"]
            )
            .len(),
            1
        );
    }

    #[test]
    fn ignores_answers_that_do_not_reach_the_branch() {
        let question = "q: { title: Q, ask: [z], options: [{ id: a, label: A, next: b }, { id: c, label: C, next: b }, { id: d, label: D, next: um }] }";
        let rules = ["when: { q: a }, next: um", "when: { q: c }, next: dois"];
        assert!(found("type: money", question, &rules).is_empty());
        assert_eq!(found("type: money", question, &rules[..1]), ["6 flow/rules-gap"]);
    }

    #[test]
    fn reports_dead_rules() {
        let dead = |kind: &str, rules: &[&str]| found(kind, STEP, rules);
        let rules = ["when: { x: { gt: 100 } }, next: um", "when: { x: { gt: 500 } }, next: dois", "otherwise: dois"];
        assert_eq!(dead("type: money", &rules), ["11 flow/dead-rule"]);
        assert_eq!(
            dead("type: money", &["when: { x: { gt: 5, lt: 5 } }, next: um", "otherwise: dois"]),
            ["10 flow/dead-rule"]
        );
        assert_eq!(dead("type: money", &["otherwise: um", "when: { x: 5 }, next: dois"]), ["11 flow/dead-rule"]);
        assert!(dead("type: money", &[rules[1], rules[0], rules[2]]).is_empty());
        assert!(
            dead(
                "type: text",
                &[
                    "when: { x: { matches: 'a+' } }, next: um",
                    "when: { x: { matches: 'b+' } }, next: dois",
                    "otherwise: um"
                ]
            )
            .is_empty()
        );
    }

    #[test]
    fn skips_otherwise_that_never_decides() {
        let rules = ["when: { x: { gt: 5 } }, next: um", "when: { x: { lte: 5 } }, next: dois", "otherwise: dois"];
        assert!(found("type: money", STEP, &rules).is_empty());
    }

    #[test]
    fn reports_overlapping_rules() {
        let overlap = |rules: &[&str]| found("type: money", STEP, rules);
        let rules =
            ["when: { x: { gt: 1, lt: 10 } }, next: um", "when: { x: { gt: 5, lt: 20 } }, next: dois", "otherwise: um"];
        assert_eq!(overlap(&rules), ["11 flow/overlapping-rules"]);
        assert!(overlap(&[rules[0], "when: { x: { gt: 5, lt: 20 } }, next: um", rules[2]]).is_empty());
        assert!(
            overlap(&["when: { x: { gt: 500 } }, next: um", "when: { x: { gt: 100 } }, next: dois", rules[2]])
                .is_empty()
        );
        assert!(
            overlap(&["when: { x: { gt: 500 } }, next: um", "when: { z: { gt: 100 } }, next: dois", rules[2]])
                .is_empty()
        );
    }
}
