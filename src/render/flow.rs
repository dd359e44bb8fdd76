//! Output files of a flow: the numbered document, `flow.json` and `diagram.svg`.

use std::collections::HashMap;

use serde::Serialize;

use super::address::Addresses;
use super::body::BodyWriter;
use super::context::EntryContext;
use super::{Renderer, flow_json, index_of};
use crate::config::{Choice, Input};
use crate::content::flow_node::Ending;
use crate::content::template::Template;
use crate::diagnostic::Diagnostics;
use crate::diagram::condition_text::ConditionText;
use crate::diagram::{Marks, svg};
use crate::flow::paths::{Transition, last_decisions};
use crate::output::{Contents, OutputFile};
use crate::site::Entry;
use crate::site::flow::{
    AnswerOption, CallOutcome, Flow, FlowId, Node, NodeId, NodeKind, NodeLink, Rule, Task, TemplatedText,
};
use crate::site::target::Target;
use crate::theme::{fingerprint, json_for_html};
use crate::words::Words;

/// Answers of the longest path that an outcome shows.
const MOST_ANSWERS: usize = 12;

#[derive(Serialize)]
struct FlowPageContext<'a> {
    #[serde(flatten)]
    entry: EntryContext<'a>,
    flow: FlowContext<'a>,
}

#[derive(Serialize)]
struct FlowContext<'a> {
    id: &'a str,
    start: Option<&'a str>,
    json: &'static str,
    diagram: &'static str,
    data: String,
    /// A hash of `data`.
    version: String,
    nodes: Vec<NodeContext<'a>>,
}

#[derive(Default, Serialize)]
struct NodeContext<'a> {
    id: &'a str,
    number: usize,
    kind: &'static str,
    /// HTML, with markup for inputs.
    title: Option<String>,
    content: Option<String>,
    content_source: Option<SourceContext<'a>>,
    text: Option<String>,
    ask: Vec<AskContext<'a>>,
    links: Vec<LinkContext<'a>>,
    copy: Vec<CopyContext<'a>>,
    checklist: Vec<TaskContext>,
    options: Vec<OptionContext<'a>>,
    rules: Vec<RuleContext<'a>>,
    next: Option<NodeReference<'a>>,
    call: Option<CallContext<'a>>,
    result: Option<Ending>,
    /// HTML, with markup for inputs.
    status: Option<String>,
    record: Option<&'a str>,
    multiple: bool,
    aliases: Vec<&'a str>,
    from: Vec<NodeReference<'a>>,
    /// Of an outcome: the answers that lead to it on the shortest path.
    answers: Vec<AnswerContext<'a>>,
}

/// A decision on the path to an outcome.
#[derive(Serialize)]
struct AnswerContext<'a> {
    node: NodeReference<'a>,
    answer: String,
}

/// A reference to another node.
#[derive(Clone, Serialize)]
struct NodeReference<'a> {
    id: &'a str,
    number: usize,
    title: Option<String>,
}

#[derive(Serialize)]
struct SourceContext<'a> {
    title: &'a str,
    url: String,
}

#[derive(Serialize)]
struct AskContext<'a> {
    name: &'a str,
    label: &'a str,
    r#type: &'static str,
    example: Option<&'a str>,
    required: bool,
    error: Option<&'a str>,
    choices: &'a [Choice],
}

#[derive(Serialize)]
struct LinkContext<'a> {
    label: &'a str,
    /// `None` for an address with inputs.
    url: Option<String>,
    template: Option<String>,
}

#[derive(Serialize)]
struct CopyContext<'a> {
    label: &'a str,
    html: String,
}

#[derive(Serialize)]
struct TaskContext {
    html: String,
    /// In minutes.
    timer: Option<u32>,
}

#[derive(Serialize)]
struct OptionContext<'a> {
    id: &'a str,
    /// HTML, as the hint.
    label: String,
    hint: Option<String>,
    next: Option<NodeReference<'a>>,
}

#[derive(Serialize)]
struct RuleContext<'a> {
    text: String,
    next: Option<NodeReference<'a>>,
}

#[derive(Serialize)]
struct CallContext<'a> {
    title: &'a str,
    url: String,
    outcomes: Vec<OutcomeContext<'a>>,
}

#[derive(Serialize)]
struct OutcomeContext<'a> {
    id: &'a str,
    title: &'a str,
    next: Option<NodeReference<'a>>,
}

pub(super) fn render(renderer: &Renderer<'_>, id: FlowId, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
    let flow = renderer.site.flow(id);
    let entry = Entry::Flow(id);
    let addresses = Addresses::From(&flow.route);
    let json = flow_json::render(renderer, id);
    let data = json_for_html(&json);
    let mut page = renderer.page_context(entry);
    page.layout = "flow";
    let writer = NodeWriter::new(renderer, id, BodyWriter { renderer, addresses, entry, place: None });
    let flow_context = FlowContext {
        id: flow.slug(),
        start: flow.start.map(|start| flow.node(start).id.value.as_str()),
        json: "flow.json",
        diagram: "diagram.svg",
        version: fingerprint(std::iter::once(("", data.as_bytes()))),
        data,
        nodes: flow.order.iter().map(|id| writer.node(*id)).collect(),
    };
    let context = FlowPageContext { entry: renderer.entry_context(entry, page, addresses), flow: flow_context };
    let page = renderer.render_template("flow.html", &context, index_of(&flow.route), flow.file, diagnostics);
    let text = flow_json::pretty(&json);
    let svg = svg::write(renderer.labels(), id, Marks::default());
    let file = |name: &str, text: String| {
        let path = format!("{}{name}", flow.route.trim_start_matches('/'));
        OutputFile { path, contents: Contents::Bytes(text.into_bytes()), source: Some(flow.file) }
    };
    page.into_iter().chain([file("flow.json", text), file("diagram.svg", svg)]).collect()
}

/// Writes the sections of one flow.
struct NodeWriter<'a> {
    renderer: &'a Renderer<'a>,
    id: FlowId,
    flow: &'a Flow,
    body: BodyWriter<'a>,
    numbers: HashMap<NodeId, usize>,
    /// For each node, those with an edge to it.
    origins: HashMap<NodeId, Vec<NodeId>>,
    /// For each node, the last decision on the shortest path to it.
    decisions: Vec<Option<Transition>>,
}

impl<'a> NodeWriter<'a> {
    fn new(renderer: &'a Renderer<'a>, id: FlowId, body: BodyWriter<'a>) -> Self {
        let flow = renderer.site.flow(id);
        let numbers = flow.order.iter().enumerate().map(|(index, id)| (*id, index + 1)).collect();
        let mut origins: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        for id in &flow.order {
            for target in flow.node(*id).targets() {
                let list = origins.entry(target).or_default();
                if !list.contains(id) {
                    list.push(*id);
                }
            }
        }
        Self { renderer, id, flow, body, numbers, origins, decisions: last_decisions(flow) }
    }

    fn node(&self, id: NodeId) -> NodeContext<'a> {
        let node = self.flow.node(id);
        let context = NodeContext {
            id: &node.id.value,
            number: self.numbers[&id],
            kind: node.kind_name(),
            title: node.title.as_deref().map(|title| self.html_of(title)),
            content: node.content.as_ref().map(|content| self.body_of(node, "content").write_transclusion(content)),
            content_source: self.content_source(node),
            text: node.text.as_ref().map(|text| self.body_of(node, "text").write(text)),
            ask: node.ask.iter().filter_map(|name| self.flow.find_input(&name.value)).map(ask).collect(),
            links: node.links.iter().filter_map(|link| self.link(link)).collect(),
            copy: node.copy.iter().map(|copy| self.copy(copy)).collect(),
            checklist: node.checklist.iter().map(|task| self.task(task)).collect(),
            aliases: node.aliases.iter().map(|alias| alias.value.as_str()).collect(),
            from: self.origins.get(&id).into_iter().flatten().filter_map(|id| self.reference(Some(*id))).collect(),
            ..NodeContext::default()
        };
        self.with_exits(context, node)
    }

    /// The writer of a part of a node, which has its own footnotes.
    fn body_of(&self, node: &'a Node, part: &'static str) -> BodyWriter<'a> {
        BodyWriter { place: Some((&node.id.value, part)), ..self.body }
    }

    fn with_exits(&self, mut context: NodeContext<'a>, node: &'a Node) -> NodeContext<'a> {
        match &node.kind {
            NodeKind::Question { options, multiple } => {
                context.multiple = *multiple;
                context.options = options.iter().map(|option| self.option(option)).collect();
            }
            NodeKind::Step { next } => context.next = self.reference(*next),
            NodeKind::Branch { rules } => context.rules = rules.iter().map(|rule| self.rule(rule)).collect(),
            NodeKind::Call { flow, outcomes } => context.call = flow.map(|flow| self.call(flow, outcomes)),
            NodeKind::Outcome { result, status, record } => {
                context.result = Some(*result);
                context.status = status.as_deref().map(|status| self.html_of(status));
                context.record = record.as_deref();
                context.answers = self.answers_to(&node.id.value);
            }
            NodeKind::Unknown => {}
        }
        context
    }

    fn reference(&self, id: Option<NodeId>) -> Option<NodeReference<'a>> {
        let node = self.flow.node(id?);
        let title = node.title.as_deref().map(|title| self.body.fill_with_examples(&Template::parse(title)));
        Some(NodeReference { id: &node.id.value, number: self.numbers[&id?], title })
    }

    /// The answers that lead to a node on the shortest path; empty where there are more than [`MOST_ANSWERS`].
    fn answers_to(&self, id: &str) -> Vec<AnswerContext<'a>> {
        let mut answers = Vec::new();
        let mut next = self.flow.find_node(id).and_then(|node| self.decisions[node.0]);
        while let Some(Transition { node, exit, .. }) = next {
            if answers.len() == MOST_ANSWERS {
                return Vec::new();
            }
            let answer = self.renderer.labels().exit(self.id, node, exit);
            answers.extend(self.reference(Some(node)).map(|node| AnswerContext { node, answer }));
            next = self.decisions[node.0];
        }
        answers.reverse();
        answers
    }

    /// A text as HTML, with markup for inputs.
    fn html_of(&self, text: &str) -> String {
        self.body.write_template(&Template::parse(text))
    }

    fn content_source(&self, node: &'a Node) -> Option<SourceContext<'a>> {
        let content = node.content.as_ref()?;
        let entry = Entry::Page(content.page);
        if !self.renderer.site.is_published(entry) {
            return None;
        }
        let url = self.body.addresses.of_entry(self.renderer.site, entry, content.anchor.as_deref());
        Some(SourceContext { title: self.renderer.site.metadata_of(entry).nav_title(), url })
    }

    fn link(&self, link: &'a NodeLink) -> Option<LinkContext<'a>> {
        let (url, template) = match &link.target {
            Target::External(template) => match self.body.input_template(template) {
                Some(template) => (None, Some(template)),
                None => (Some(self.renderer.with_values(template)), None),
            },
            target => (Some(self.body.addresses.of_target(self.renderer.site, target)?), None),
        };
        Some(LinkContext { label: &link.label, url, template })
    }

    fn copy(&self, copy: &'a TemplatedText) -> CopyContext<'a> {
        CopyContext { label: &copy.label, html: self.body.write_template(&copy.template) }
    }

    fn task(&self, task: &'a Task) -> TaskContext {
        TaskContext { html: self.body.write(&task.text), timer: task.timer.map(|seconds| seconds.div_ceil(60)) }
    }

    fn option(&self, option: &'a AnswerOption) -> OptionContext<'a> {
        OptionContext {
            id: &option.id.value,
            label: self.html_of(&option.label.value),
            hint: option.hint.as_deref().map(|hint| self.html_of(hint)),
            next: self.reference(option.next),
        }
    }

    fn rule(&self, rule: &'a Rule) -> RuleContext<'a> {
        let flows = &self.renderer.site.flows;
        let words = ConditionText { theme: self.renderer.theme, flow: self.flow, flows };
        RuleContext { text: words.of_rule(rule.when.as_ref()), next: self.reference(rule.next) }
    }

    fn call(&self, id: FlowId, outcomes: &'a [CallOutcome]) -> CallContext<'a> {
        let callee = self.renderer.site.flow(id);
        let outcome = |outcome: &'a CallOutcome| OutcomeContext {
            id: &outcome.outcome.value,
            title: callee
                .find_node(&outcome.outcome.value)
                .and_then(|id| callee.node(id).title.as_deref())
                .unwrap_or(&outcome.outcome.value),
            next: self.reference(outcome.next),
        };
        CallContext {
            title: &callee.metadata.title.value,
            url: self.body.addresses.of_entry(self.renderer.site, Entry::Flow(id), None),
            outcomes: outcomes.iter().map(outcome).collect(),
        }
    }
}

fn ask(input: &Input) -> AskContext<'_> {
    AskContext {
        name: &input.name.value,
        label: &input.label,
        r#type: input.kind.as_str(),
        example: input.example.as_ref().map(|example| example.value.as_str()),
        required: input.required,
        error: input.error.as_deref(),
        choices: &input.choices,
    }
}
