//! Texts of edges: options, conditions in words, and titles of outcomes.

use crate::content::condition::{Condition, Operator, Test};
use crate::site::flow::{Flow, FlowId, Node, NodeKind, Rule};
use crate::site::node::{NodeExit, NodeExitKind};
use crate::theme::Theme;
use crate::words::Words;

/// Writes the conditions of one flow with the interface strings of the theme.
pub(crate) struct ConditionText<'a> {
    pub(crate) theme: &'a Theme,
    pub(crate) flow: &'a Flow,
    pub(crate) flows: &'a [Flow],
}

impl ConditionText<'_> {
    /// The label of an exit; empty for the `next` of a step.
    pub(crate) fn of_exit(&self, exit: &NodeExit<'_>) -> String {
        match exit.kind {
            NodeExitKind::Option(option) => option.label.value.clone(),
            NodeExitKind::Next => String::new(),
            NodeExitKind::Rule(rule) => self.of_rule(rule.when.as_ref()),
            NodeExitKind::CallOutcome(flow, outcome) => self.of_outcome(flow, &outcome.outcome.value),
        }
    }

    /// The label of an exit of a branch whose title names what all its rules compare, so the rules need not repeat it.
    pub(crate) fn of_exit_without_name(&self, exit: &NodeExit<'_>) -> String {
        match exit.kind {
            NodeExitKind::Rule(Rule { when: Some(when), .. }) => {
                let text = self.of(when, false);
                let mut characters = text.chars();
                characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
            }
            _ => self.of_exit(exit),
        }
    }

    /// `None` is `otherwise`.
    pub(crate) fn of_rule(&self, when: Option<&Condition>) -> String {
        when.map_or_else(|| self.theme.string("condition_otherwise").to_owned(), |when| self.of(when, true))
    }

    /// The title of an outcome of a called flow, or its id.
    pub(crate) fn of_outcome(&self, flow: Option<FlowId>, outcome: &str) -> String {
        let callee = flow.map(|flow| &self.flows[flow.0]);
        let title = callee.and_then(|callee| callee.node(callee.find_node(outcome)?).title.clone());
        title.unwrap_or_else(|| outcome.to_owned())
    }

    fn of(&self, condition: &Condition, with_name: bool) -> String {
        match condition {
            Condition::All(parts) => self.join(parts, "condition_and", with_name),
            Condition::Any(parts) => self.join(parts, "condition_or", with_name),
            Condition::Test(test) => self.of_test(test, with_name),
        }
    }

    fn join(&self, parts: &[Condition], key: &str, with_name: bool) -> String {
        let word = format!(" {} ", self.theme.string(key));
        parts.iter().map(|part| self.of(part, with_name)).collect::<Vec<_>>().join(&word)
    }

    fn of_test(&self, test: &Test, with_name: bool) -> String {
        let key = format!("condition_{}", test.operator.value.as_str());
        let words = self.theme.string(&key);
        let words = if with_name {
            words.replace("{name}", &self.label_of(&test.name.value))
        } else {
            words.replace("{name}", "").trim_start_matches([':', ' ']).to_owned()
        };
        words.replace("{value}", &self.value_of(test))
    }

    /// The label of an input, or the title of a question.
    fn label_of(&self, name: &str) -> String {
        let question = || self.flow.node(self.flow.find_node(name)?).title.clone();
        self.flow.find_input(name).map(|input| input.label.clone()).or_else(question).unwrap_or_else(|| name.to_owned())
    }

    /// The constant; for an option, its label.
    fn value_of(&self, test: &Test) -> String {
        let text = test.constant.value.text();
        let is_answer = matches!(test.operator.value, Operator::Is | Operator::Not | Operator::In);
        let node = self.flow.find_node(&test.name.value).filter(|_| is_answer).map(|id| self.flow.node(id));
        let label = node.and_then(|node| node.options().iter().find(|option| option.id.value == text));
        label.map_or(text, |option| option.label.value.clone())
    }
}

/// True for a branch with a title whose rules all compare the same input or question.
pub(super) fn has_one_subject(node: &Node) -> bool {
    let NodeKind::Branch { rules } = &node.kind else { return false };
    let tests = || rules.iter().filter_map(|rule| rule.when.as_ref()).flat_map(Condition::tests);
    let first = tests().next();
    node.title.is_some() && first.is_some_and(|first| tests().all(|test| test.name.value == first.name.value))
}
