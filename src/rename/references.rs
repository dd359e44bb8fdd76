//! Names in flows, scenarios and settings that refer to the renamed item.

use super::subject::SettingKind;
use super::{Plan, RenamedSite, Subject};
use crate::content::condition::{Condition, Constant, Operator, Test};
use crate::content::flow::{RawFlow, RawNode};
use crate::content::flow_node::RawNodeKind;
use crate::site::Entry;
use crate::site::flow::{Flow, FlowId};
use crate::site::node::with_called_flows;
use crate::source::{FileId, Span, Spanned};

/// Renames the declaration and every reference that is a YAML scalar by itself.
pub(super) fn rename(site: RenamedSite<'_>, subject: &Subject, new: &str, plan: &mut Plan) {
    let mut renamer = Renamer { site, subject, new, plan };
    match subject {
        Subject::Setting { kind, name } => {
            for declared in site.setting_names(*kind).into_iter().filter(|declared| declared.value == *name) {
                site.replace_name(renamer.plan, declared.span, name, new);
            }
            site.flows.iter().for_each(|flow| renamer.rename_setting(flow, *kind, name));
        }
        Subject::FlowInput { flow, name } => renamer.rename_flow_input(*flow, name),
        Subject::Node { .. } | Subject::Option { .. } => site.flows.iter().for_each(|flow| renamer.rename_in(flow)),
        Subject::Anchor { .. } | Subject::Path { .. } => {}
    }
}

struct Renamer<'a, 'p> {
    site: RenamedSite<'a>,
    subject: &'p Subject,
    new: &'p str,
    plan: &'p mut Plan,
}

impl Renamer<'_, '_> {
    fn name(&mut self, name: &Spanned<String>, old: &str) {
        if name.value == old {
            self.site.replace_name(self.plan, name.span, old, self.new);
        }
    }

    /// Node and option names in one flow.
    fn rename_in(&mut self, flow: &RawFlow) {
        let is_own = matches!(self.subject, Subject::Node { flow: of, .. } | Subject::Option { flow: of, .. } if *of == flow.file);
        if let (Subject::Node { node, .. }, true) = (self.subject, is_own) {
            flow.start.iter().for_each(|start| self.name(start, node));
            for each in &flow.nodes {
                self.name(&each.id, node);
                for name in targets_of(each).into_iter().chain(tests_of(each).into_iter().map(|test| &test.name)) {
                    self.name(name, node);
                }
            }
        }
        if let (Subject::Option { node, option, .. }, true) = (self.subject, is_own) {
            for each in &flow.nodes {
                if let (true, RawNodeKind::Question(question)) = (each.id.value == *node, &each.kind) {
                    question.options.iter().for_each(|one| self.name(&one.id, option));
                }
                for test in tests_of(each).into_iter().filter(|test| test.name.value == *node) {
                    self.constant(&test.constant.value, test.constant.span, option);
                }
            }
        }
        self.rename_outcomes(flow);
        self.rename_scenarios(flow);
    }

    fn constant(&mut self, constant: &Constant, span: Span, old: &str) {
        match constant {
            Constant::Text(text) if text == old => self.site.replace_name(self.plan, span, old, self.new),
            Constant::List(items) => items.iter().for_each(|item| self.constant(&item.value, item.span, old)),
            _ => {}
        }
    }

    /// The outcomes of a called flow, where a call says what follows.
    fn rename_outcomes(&mut self, flow: &RawFlow) {
        let Subject::Node { flow: renamed, node } = self.subject else { return };
        for each in &flow.nodes {
            let RawNodeKind::Call(call) = &each.kind else { continue };
            if self.site.called_file(flow.file, &call.flow.value) == Some(*renamed) {
                call.outcomes.iter().for_each(|outcome| self.name(&outcome.name, node));
            }
        }
    }

    fn rename_scenarios(&mut self, flow: &RawFlow) {
        if let Subject::Node { flow: renamed, node } = self.subject
            && *renamed == flow.file
        {
            flow.scenarios.iter().for_each(|scenario| self.name(&scenario.outcome, node));
        }
        for scenario in &flow.scenarios {
            scenario.path.iter().for_each(|key| self.key(flow.file, key));
            for answer in &scenario.answers {
                self.key(flow.file, &answer.name);
                if let Subject::Option { option, .. } = self.subject
                    && self.site.leads_to_question(flow.file, &answer.name.value, self.subject)
                {
                    answer.value.0.iter().for_each(|chosen| self.name(chosen, option));
                }
            }
        }
    }

    /// A key `node` or `call/node`.
    fn key(&mut self, flow: FileId, key: &Spanned<String>) {
        let Subject::Node { node, .. } = self.subject else { return };
        for index in self.site.parts_of(flow, &key.value, self.subject) {
            self.site.replace_part(self.plan, key.span, index, node, self.new);
        }
    }

    fn rename_setting(&mut self, flow: &RawFlow, kind: SettingKind, name: &str) {
        if kind == SettingKind::Input {
            if flow.inputs.iter().all(|input| input.name.value != *name) {
                self.rename_input_in(flow, name);
            }
            return;
        }
        for node in &flow.nodes {
            match (&node.kind, kind) {
                (RawNodeKind::Outcome(outcome), SettingKind::Record) => {
                    outcome.record.iter().for_each(|record| self.name(record, name));
                }
                (_, SettingKind::Calendar) => {
                    let uses = |test: &&Test| matches!(test.operator.value, Operator::Within | Operator::Outside);
                    for test in tests_of(node).into_iter().filter(uses) {
                        self.constant(&test.constant.value, test.constant.span, name);
                    }
                }
                _ => {}
            }
        }
    }

    fn rename_flow_input(&mut self, file: FileId, name: &str) {
        let Some(flow) = self.site.raw_flow(file) else { return };
        flow.inputs.iter().for_each(|input| self.name(&input.name, name));
        self.rename_input_in(flow, name);
        let is_known = |flow: &RawFlow| flow.inputs.iter().any(|input| input.name.value == name);
        for caller in self.site.flows.iter().filter(|caller| caller.file != file && !is_known(caller)) {
            if self.site.reaches(caller.file, file) {
                let typed = caller.scenarios.iter().flat_map(|scenario| &scenario.inputs);
                typed.for_each(|typed| self.name(&typed.name, name));
            }
        }
    }

    fn rename_input_in(&mut self, flow: &RawFlow, name: &str) {
        for node in &flow.nodes {
            node.ask.iter().for_each(|asked| self.name(asked, name));
            if let RawNodeKind::Question(question) = &node.kind {
                question.options.iter().flat_map(|option| &option.set).for_each(|set| self.name(&set.name, name));
            }
            // The name of a node comes before that of an input.
            if flow.nodes.iter().all(|node| node.id.value != *name) {
                for test in tests_of(node) {
                    self.name(&test.name, name);
                }
            }
        }
        flow.scenarios.iter().flat_map(|scenario| &scenario.inputs).for_each(|typed| self.name(&typed.name, name));
    }
}

/// The nodes that a node continues with.
fn targets_of(node: &RawNode) -> Vec<&Spanned<String>> {
    match &node.kind {
        RawNodeKind::Question(question) => question.options.iter().filter_map(|option| option.next.as_ref()).collect(),
        RawNodeKind::Step(step) => vec![&step.next],
        RawNodeKind::Branch(branch) => branch.rules.iter().map(crate::content::condition::RawRule::next).collect(),
        RawNodeKind::Call(call) => call.outcomes.iter().map(|outcome| &outcome.value).collect(),
        RawNodeKind::Outcome(_) | RawNodeKind::Unknown => Vec::new(),
    }
}

fn tests_of(node: &RawNode) -> Vec<&Test> {
    match &node.kind {
        RawNodeKind::Branch(branch) => {
            let conditions = branch.rules.iter().filter_map(crate::content::condition::RawRule::when);
            conditions.flat_map(Condition::tests).collect()
        }
        _ => Vec::new(),
    }
}

impl<'a> RenamedSite<'a> {
    fn flow_of(self, file: FileId) -> Option<(FlowId, &'a Flow)> {
        let index = self.site.flows.iter().position(|flow| flow.file == file)?;
        Some((FlowId(index), &self.site.flows[index]))
    }

    fn called_file(self, from: FileId, written: &str) -> Option<FileId> {
        match self.resolve(from, written)?.0 {
            Entry::Flow(flow) => Some(self.site.flow(flow).file),
            Entry::Page(_) => None,
        }
    }

    fn reaches(self, from: FileId, to: FileId) -> bool {
        let Some((id, _)) = self.flow_of(from) else { return false };
        with_called_flows(&self.site.flows, id).iter().any(|flow| self.site.flow(*flow).file == to)
    }

    /// The flow and the node of each part of a key that begins in a flow; a bare id can be one of a called flow.
    fn walk_key(self, file: FileId, key: &str) -> Vec<(FileId, &'a str)> {
        let Some((id, mut flow)) = self.flow_of(file) else { return Vec::new() };
        let parts: Vec<&str> = key.split('/').collect();
        if let [only] = parts.as_slice() {
            let reached = with_called_flows(&self.site.flows, id);
            let found = reached.iter().map(|id| self.site.flow(*id)).find_map(|flow| {
                let node = flow.node(flow.find_node(only)?);
                Some((flow.file, node.id.value.as_str()))
            });
            return found.into_iter().collect();
        }
        let mut found = Vec::new();
        for part in parts {
            let Some(node) = flow.find_node(part).map(|node| flow.node(node)) else { break };
            found.push((flow.file, node.id.value.as_str()));
            match node.called_flow() {
                Some(called) => flow = self.site.flow(called),
                None => break,
            }
        }
        found
    }

    /// The indices of the parts of a key that name the renamed node by its present id.
    pub(super) fn parts_of(self, file: FileId, key: &str, subject: &Subject) -> Vec<usize> {
        let Subject::Node { flow, node } = subject else { return Vec::new() };
        let walked = self.walk_key(file, key);
        let is_it = |(index, (of, id)): (usize, &(FileId, &str))| (of == flow && *id == node).then_some(index);
        walked.iter().enumerate().filter_map(is_it).collect()
    }

    /// True for the key of the question whose option is renamed.
    pub(super) fn leads_to_question(self, file: FileId, key: &str, subject: &Subject) -> bool {
        let Subject::Option { flow, node, .. } = subject else { return false };
        self.walk_key(file, key).last().is_some_and(|(of, id)| of == flow && id == node)
            && self.walk_key(file, key).len() == key.split('/').count()
    }
}
