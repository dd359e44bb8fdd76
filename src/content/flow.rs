//! A flow file's YAML → [`RawFlow`]: every key read, every name still only a name.
//!
//! In: the text of a `*.flow.yaml`. Out: nodes, options, rules and scenarios with their places. Entry point: [`parse`].
//! Whether the names exist is decided by `site`; whether the flow makes sense, by `check`.

use crate::config::{Input, is_id, parse_inputs};
use crate::content::condition::{Constant, RawRule};
use crate::content::front_matter::{Metadata, read_metadata};
use crate::content::yaml_trap;
use crate::diagnostic::{Code, Diagnostics, catalogue};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::yaml::{Context, Dialect, Entry, Fields, FromYaml, Named, Node, Value, read_choice};

/// The codes of mistakes in a flow.
pub(crate) const DIALECT: Dialect = Dialect {
    syntax: Code::FLOW_SYNTAX,
    unknown_key: Code::FLOW_UNKNOWN_KEY,
    missing_key: Code::FLOW_MISSING_KEY,
    invalid_value: Code::FLOW_INVALID_VALUE,
    duplicate_key: Code::FLOW_DUPLICATE_ID,
};

/// A flow as written.
#[derive(Clone, Debug)]
pub(crate) struct RawFlow {
    pub(crate) file: FileId,
    pub(crate) metadata: Metadata,
    /// Default: the first node.
    pub(crate) start: Option<Spanned<String>>,
    /// The flow's own, which come after the site's.
    pub(crate) inputs: Vec<Input>,
    pub(crate) nodes: Vec<RawNode>,
    pub(crate) scenarios: Vec<RawScenario>,
}

/// A node as written.
#[derive(Clone, Debug)]
pub(crate) struct RawNode {
    pub(crate) id: Spanned<String>,
    pub(crate) title: Option<Spanned<String>>,
    /// File link to the anchor whose text is shown.
    pub(crate) content: Option<Spanned<String>>,
    /// Markdown of the node's own.
    pub(crate) text: Option<Spanned<String>>,
    pub(crate) ask: Vec<Spanned<String>>,
    pub(crate) links: Vec<Labelled>,
    pub(crate) copy: Vec<Labelled>,
    pub(crate) checklist: Vec<RawTask>,
    /// Ids the node had before.
    pub(crate) aliases: Vec<Spanned<String>>,
    /// The editor knows that a choice leads back here.
    pub(crate) may_loop: bool,
    pub(crate) kind: RawNodeKind,
}

/// How a node goes on.
#[derive(Clone, Debug)]
pub(crate) enum RawNodeKind {
    Question {
        options: Vec<RawOption>,
        multiple: bool,
    },
    Step {
        next: Spanned<String>,
    },
    Branch {
        rules: Vec<RawRule>,
    },
    Call {
        flow: Spanned<String>,
        outcomes: Vec<Named<Spanned<String>>>,
    },
    Outcome {
        result: Ending,
        status: Option<String>,
        record: Option<Spanned<String>>,
    },
    /// None or several of the above, or one that could not be read: reported, and a dead end nobody reports again.
    Unknown,
}

/// One answer of a question.
#[derive(Clone, Debug)]
pub(crate) struct RawOption {
    pub(crate) id: Spanned<String>,
    pub(crate) label: Spanned<String>,
    pub(crate) hint: Option<Spanned<String>>,
    /// Its absence was reported.
    pub(crate) next: Option<Spanned<String>>,
    /// Inputs this answer fills in.
    pub(crate) set: Vec<Named<Spanned<Constant>>>,
}

/// A label with a templated text: an address, or something to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub(crate) label: Spanned<String>,
    pub(crate) text: Spanned<String>,
}

/// An item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawTask {
    /// Inline Markdown.
    pub(crate) text: Spanned<String>,
    /// In seconds.
    pub(crate) timer: Option<u32>,
}

/// How a flow ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ending {
    Resolved,
    Pending,
    Open,
    Escalated,
    Transferred,
    NotApplicable,
}

/// A test of the flow.
#[derive(Clone, Debug)]
pub(crate) struct RawScenario {
    pub(crate) name: Spanned<String>,
    pub(crate) inputs: Vec<Named<Spanned<String>>>,
    /// By node id; several for a question with `multiple`.
    pub(crate) answers: Vec<Named<Answers>>,
    pub(crate) outcome: Spanned<String>,
    /// Nodes that are passed in this order; others may stand between them.
    pub(crate) path: Vec<Spanned<String>>,
    /// By the label of what is copied.
    pub(crate) copied: Vec<Named<Spanned<String>>>,
    /// The whole text for the ticket.
    pub(crate) record: Option<Spanned<String>>,
}

/// The options chosen at one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answers(pub(crate) Vec<Spanned<String>>);

impl Ending {
    /// Every ending by the word an editor writes.
    pub(crate) const NAMES: [(&'static str, Self); 6] = [
        ("resolved", Self::Resolved),
        ("pending", Self::Pending),
        ("open", Self::Open),
        ("escalated", Self::Escalated),
        ("transferred", Self::Transferred),
        ("not_applicable", Self::NotApplicable),
    ];
}

/// Parses a flow file. What was refused is left out; the rest stays.
pub(crate) fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> RawFlow {
    let text = sources.text(file);
    let start = Span::new(file, 0, 0);
    let root = crate::yaml::parse(text, file, 0, DIALECT, diagnostics);
    let was_refused = root.is_none() && !text.trim().is_empty();
    let root = root.unwrap_or(Node { value: Value::Map(Vec::new()), span: start });
    let mut flow = RawFlow {
        file,
        metadata: Metadata::empty(start),
        start: None,
        inputs: Vec::new(),
        nodes: Vec::new(),
        scenarios: Vec::new(),
    };
    if was_refused {
        return flow;
    }
    yaml_trap::report(&root, sources, diagnostics);
    let mut context = Context { dialect: DIALECT, diagnostics };
    if let Some(fields) = Fields::of("flow", &root, &mut context) {
        read_flow(fields, &mut flow);
    }
    flow
}

fn read_flow(mut fields: Fields<'_, '_, '_>, flow: &mut RawFlow) {
    flow.metadata = read_metadata(&mut fields);
    flow.start = fields.optional("start");
    flow.inputs = fields.find("inputs").map(|entry| parse_inputs(&entry.value, fields.context)).unwrap_or_default();
    let nodes: Option<Node> = fields.required("nodes");
    flow.nodes = nodes.map(|nodes| parse_nodes(&nodes, fields.context)).unwrap_or_default();
    flow.scenarios = fields.optional("scenarios").unwrap_or_default();
    fields.finish();
}

fn parse_nodes(node: &Node, context: &mut Context<'_>) -> Vec<RawNode> {
    if !matches!(node.value, Value::Map(_)) {
        context.report(node.span, catalogue::yaml::expected_map("`nodes`"));
    }
    let mut nodes: Vec<RawNode> = Vec::new();
    for entry in node.entries() {
        let earlier = nodes.iter().find(|node| node.id.value == entry.key.value).map(|node| node.id.span);
        match earlier {
            Some(first) => context.diagnostics.push(
                catalogue::flow::duplicate_node(entry.key.span, &entry.key.value)
                    .label(first, catalogue::help::first_here()),
            ),
            None => nodes.extend(parse_node(entry, context)),
        }
    }
    nodes
}

fn parse_node(entry: &Entry, context: &mut Context<'_>) -> Option<RawNode> {
    if !is_id(&entry.key.value) {
        context.report(entry.key.span, catalogue::yaml::expected_id(&entry.key.value));
    }
    let mut fields = Fields::of("node", &entry.value, context)?;
    let node = RawNode {
        id: entry.key.clone(),
        title: fields.optional("title"),
        content: fields.optional("content"),
        text: fields.optional("text"),
        ask: fields.optional("ask").unwrap_or_default(),
        links: read_labelled(&mut fields, "links", "url"),
        copy: read_labelled(&mut fields, "copy", "text"),
        checklist: fields.optional("checklist").unwrap_or_default(),
        aliases: fields.optional("aliases").unwrap_or_default(),
        may_loop: fields.optional("loop").unwrap_or(false),
        kind: parse_kind(&entry.key, &mut fields),
    };
    fields.finish();
    Some(node)
}

/// The keys that say what a node is, in the order of the contract.
pub(crate) const WAYS: [&str; 5] = ["options", "next", "rules", "call", "result"];

fn parse_kind(id: &Spanned<String>, fields: &mut Fields<'_, '_, '_>) -> RawNodeKind {
    let present: Vec<_> = WAYS.into_iter().filter(|key| fields.find(key).is_some()).collect();
    let way = match present.as_slice() {
        ["options"] => parse_question(fields),
        ["next"] => fields.required("next").map(|next| RawNodeKind::Step { next }),
        ["rules"] => fields.required("rules").map(|rules| RawNodeKind::Branch { rules }),
        ["call"] => parse_call(fields),
        ["result"] => parse_outcome(fields),
        _ => {
            let found = if present.is_empty() { "—".to_owned() } else { present.join(", ") };
            fields.context.diagnostics.push(catalogue::flow::ambiguous_node(id.span, &id.value, found));
            None
        }
    };
    for key in ["multiple", "outcomes", "status", "record"] {
        if way.is_none() {
            fields.find(key);
        }
    }
    way.unwrap_or(RawNodeKind::Unknown)
}

fn parse_question(fields: &mut Fields<'_, '_, '_>) -> Option<RawNodeKind> {
    let multiple = fields.optional("multiple").unwrap_or(false);
    let written: Vec<RawOption> = fields.required("options")?;
    let mut options: Vec<RawOption> = Vec::new();
    for option in written {
        match options.iter().find(|earlier| earlier.id.value == option.id.value) {
            Some(earlier) => fields.context.diagnostics.push(
                catalogue::flow::duplicate_option_id(option.id.span, &option.id.value)
                    .label(earlier.id.span, catalogue::help::first_here()),
            ),
            None => options.push(option),
        }
    }
    Some(RawNodeKind::Question { options, multiple })
}

fn parse_call(fields: &mut Fields<'_, '_, '_>) -> Option<RawNodeKind> {
    let flow = fields.required("call");
    let outcomes = fields.required("outcomes").unwrap_or_default();
    Some(RawNodeKind::Call { flow: flow?, outcomes })
}

fn parse_outcome(fields: &mut Fields<'_, '_, '_>) -> Option<RawNodeKind> {
    let status = fields.optional("status");
    let record = fields.optional("record");
    Some(RawNodeKind::Outcome { result: fields.required("result")?, status, record })
}

/// Reads a list of `{ label, KEY }`.
fn read_labelled(fields: &mut Fields<'_, '_, '_>, list: &'static str, key: &'static str) -> Vec<Labelled> {
    let items: Vec<Node> = fields.optional(list).unwrap_or_default();
    let mut read = |item: &Node| {
        let mut fields = Fields::of(list, item, fields.context)?;
        let label = fields.required("label");
        let text = fields.required(key);
        fields.finish();
        Some(Labelled { label: label?, text: text? })
    };
    items.iter().filter_map(&mut read).collect()
}

impl FromYaml for Ending {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        read_choice(key, node, &Self::NAMES, context)
    }
}

/// Only an option without an id is left out: what else is wrong with one must not make its target look unreachable.
impl FromYaml for RawOption {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::of("option", node, context)?;
        let id: Option<Spanned<String>> = fields.required("id");
        let label: Option<Spanned<String>> = fields.required("label");
        let next: Option<Spanned<String>> = fields.required("next");
        let hint = fields.optional("hint");
        let set = fields.optional("set").unwrap_or_default();
        fields.finish();
        let id = id?;
        if !is_id(&id.value) {
            context.report(id.span, catalogue::yaml::expected_id(&id.value));
        }
        let label = label.unwrap_or_else(|| id.clone());
        Some(Self { id, label, hint, next, set })
    }
}

/// An item is a text, or `{ text, timer }`.
impl FromYaml for RawTask {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        if node.as_text().is_some() {
            let text = Spanned::from_yaml(key, node, context)?;
            return Some(Self { text, timer: None });
        }
        let mut fields = Fields::of("checklist", node, context)?;
        let text = fields.required("text");
        let timer = fields.optional::<Seconds>("timer").map(|Seconds(seconds)| seconds);
        fields.finish();
        Some(Self { text: text?, timer })
    }
}

/// A time such as `30s`, `90m` or `2h`.
struct Seconds(u32);

impl FromYaml for Seconds {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let parse = |text: &str| {
            let unit = match text.chars().last()? {
                's' => 1,
                'm' => 60,
                'h' => 3600,
                _ => return None,
            };
            let count: u32 = text[..text.len() - 1].parse().ok()?;
            count.checked_mul(unit)
        };
        match node.as_text().and_then(parse) {
            Some(seconds) => Some(Seconds(seconds)),
            None => context.refuse(node.span, catalogue::yaml::expected_timer(key)),
        }
    }
}

impl FromYaml for RawScenario {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::of("scenario", node, context)?;
        let name = fields.required("name");
        let inputs = fields.optional("inputs").unwrap_or_default();
        let answers = fields.optional("answers").unwrap_or_default();
        let outcome = fields.required("outcome");
        let path = fields.optional("path").unwrap_or_default();
        let copied = fields.optional("copied").unwrap_or_default();
        let record = fields.optional("record");
        fields.finish();
        Some(Self { name: name?, inputs, answers, outcome: outcome?, path, copied, record })
    }
}

impl FromYaml for Answers {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        if matches!(node.value, Value::List(_)) {
            return Some(Self(Vec::from_yaml(key, node, context)?));
        }
        Some(Self(vec![Spanned::from_yaml(key, node, context)?]))
    }
}
