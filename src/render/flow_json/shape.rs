//! Structs of `flow.json`, version 1.
//!
//! `docs/flow.schema.json` and the types of the browser's walker are generated from these structs, and their comments are
//! its documentation. `testing::published_types` compares them and updates them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::InputType;
use crate::content::condition::Operator;
use crate::content::flow_node::Ending;
use crate::words::Words;

/// Increased when a key is removed or changes its meaning.
pub(super) const VERSION: u32 = 1;

const ROUTE: &str = "^/(.*/)?$";

/// A resolved flow with everything that another program needs to run it.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "flow.json, version 1", deny_unknown_fields)]
pub(crate) struct Flow<'a> {
    #[serde(flatten)]
    pub(super) graph: Graph<'a>,
    /// The letters that begin the path codes of the flow: `AUD` of `AUD·n.1.s` (docs/walkthrough.md). `/flows.json` lists
    /// those of every flow.
    #[schemars(regex(pattern = "^[A-Z]*[0-9]*$"))]
    pub(super) code: &'a str,
    /// An IANA name. Date-times with an offset are compared on the clock of this time zone.
    pub(super) timezone: &'a str,
    /// The calendars that the flow and the flows it calls name.
    pub(super) calendars: BTreeMap<&'a str, Calendar<'a>>,
    /// The constants of the site that `records` name. Elsewhere constants are already put in.
    pub(super) values: BTreeMap<&'a str, &'a str>,
    /// The templates of texts for a ticket that outcomes name. Beside inputs and `{values.name}` they hold `{flow.title}`,
    /// `{outcome.title}`, `{outcome.status}`, `{answers}` (a line an answered question: "Question? Answer"), `{path}` (a
    /// line a stop), `{inputs}` (a line for each input of the path: "Label: value"), `{copies}` (a line a copied text, with its
    /// label), `{copy}` (the same without labels) and, known to the page alone, `{date}` and `{code}`. A
    /// line whose placeholders are all empty is left out.
    pub(super) records: BTreeMap<&'a str, &'a str>,
    /// Every flow that is reached by calls, by route.
    #[schemars(extend("propertyNames" = { "pattern": ROUTE }))]
    pub(super) flows: BTreeMap<String, Graph<'a>>,
}

/// A flow, or one that it calls. A called flow uses the calendars, values, records and flows of the one that is run.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Graph<'a> {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    pub(super) version: u32,
    /// The last part of `url`.
    pub(super) id: &'a str,
    /// Plain text.
    pub(super) title: &'a str,
    /// The route below the base of the site, which begins and ends with `/`.
    #[schemars(regex(pattern = ROUTE))]
    pub(super) url: String,
    /// The id of the first node.
    pub(super) start: &'a str,
    /// The inputs that a node asks for, sets, decides by or writes.
    pub(super) inputs: BTreeMap<&'a str, Input<'a>>,
    /// The ids of the nodes in the order of the numbered document.
    pub(super) order: Vec<&'a str>,
    /// The nodes by id.
    pub(super) nodes: BTreeMap<&'a str, Node<'a>>,
    /// Earlier ids of nodes, with the present ones.
    pub(super) aliases: BTreeMap<&'a str, &'a str>,
}

/// A value that the reader types.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Input<'a> {
    /// The name that the reader sees.
    pub(super) label: &'a str,
    /// How the value is checked, compared and formatted.
    #[schemars(extend("enum" = InputType::names()))]
    pub(super) r#type: &'static str,
    /// A regular expression for the whole value.
    pub(super) pattern: Option<&'a str>,
    /// A value as a reader types it.
    pub(super) example: Option<&'a str>,
    /// The editor's message for a wrong value.
    pub(super) error: Option<&'a str>,
    /// True for a value that never leaves the page.
    pub(super) private: bool,
    /// False where the reader may leave it empty.
    pub(super) required: bool,
    /// The smallest value, or the earliest.
    pub(super) min: Option<Scalar>,
    /// The largest value, or the latest.
    pub(super) max: Option<Scalar>,
    /// The values of an input of type `choice`; else empty.
    pub(super) choices: Vec<Choice<'a>>,
}

/// A value of an input of type `choice`.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Choice<'a> {
    /// The value in conditions and answers.
    pub(super) id: &'a str,
    /// The text that the reader sees.
    pub(super) label: &'a str,
}

/// Working hours. Times are compared to the minute.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Calendar<'a> {
    /// From 1 (Monday) to 7.
    #[schemars(inner(range(min = 1, max = 7)))]
    pub(super) weekdays: Vec<i8>,
    /// Beginnings and ends, both included. An end before its beginning is on the next day.
    #[schemars(inner(inner(regex(pattern = "^[0-2][0-9]:[0-5][0-9]$"))))]
    pub(super) hours: Vec<[String; 2]>,
    /// Days such as `2026-12-25`, and names: `brasil` (the national holidays of Brazil in any year), `carnaval` (its Monday and
    /// Tuesday) and `corpus-christi`.
    #[schemars(inner(regex(pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2}|brasil|carnaval|corpus-christi)$")))]
    pub(super) holidays: Vec<String>,
    /// An IANA name. Date-times with an offset are compared on the clock of this time zone.
    pub(super) timezone: &'a str,
}

/// A stop of the flow.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Node<'a> {
    #[serde(flatten)]
    pub(super) exits: Exits<'a>,
    /// The place in `order`, from 1.
    #[schemars(range(min = 1))]
    pub(super) number: usize,
    /// Plain text, or null.
    pub(super) title: Option<&'a str>,
    /// The names of the inputs that the node asks for. An outcome that asks ends the flow when it has them.
    pub(super) ask: Vec<&'a str>,
    /// Links to other systems.
    pub(super) links: Vec<Link<'a>>,
    /// Texts that the reader copies.
    pub(super) copy: Vec<CopiedText<'a>>,
    /// What the reader ticks off.
    pub(super) checklist: Vec<Task>,
}

/// What kind of node it is, and the nodes that follow.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Exits<'a> {
    Question {
        /// The answers in the order in which they are shown.
        #[schemars(length(min = 1))]
        options: Vec<AnswerOption<'a>>,
        /// Stands only where the question takes several options.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        #[schemars(extend("const" = true))]
        multiple: bool,
    },
    Step {
        /// The id of the node that follows.
        next: &'a str,
    },
    Branch {
        /// The first rule that holds decides.
        #[schemars(length(min = 1))]
        rules: Vec<Rule<'a>>,
    },
    Call {
        /// The route of the called flow.
        #[schemars(regex(pattern = ROUTE))]
        call: String,
        /// The outcomes of the called flow, with the nodes of this one that follow.
        outcomes: BTreeMap<&'a str, &'a str>,
    },
    Outcome {
        /// How the case ends.
        #[schemars(extend("enum" = Ending::names()), with = "String")]
        result: Ending,
        /// The status to give the ticket.
        status: Option<&'a str>,
        /// The name of a template in `records`.
        record: Option<&'a str>,
    },
}

/// A link to another system.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Link<'a> {
    /// The text of the link.
    pub(super) label: &'a str,
    /// A template: holds `{name}` and `{name|filter}`, whose names are inputs.
    pub(super) url: String,
}

/// A text that the reader copies.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct CopiedText<'a> {
    /// The heading of the text.
    pub(super) label: &'a str,
    /// A template: holds `{name}` and `{name|filter}`, whose names are inputs.
    pub(super) text: String,
}

/// An item of a checklist.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Task {
    /// Without markup; inputs as written.
    pub(super) text: String,
    /// How long the reader waits, in seconds.
    pub(super) timer: Option<u32>,
}

/// An answer of a question.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct AnswerOption<'a> {
    /// The answer in a state and in conditions.
    pub(super) id: &'a str,
    /// The text that the reader chooses.
    pub(super) label: &'a str,
    /// A second line below the label.
    pub(super) hint: Option<&'a str>,
    /// The id of the node that follows.
    pub(super) next: &'a str,
    /// The inputs that this answer fills in. A number is shown with a comma.
    pub(super) set: BTreeMap<&'a str, Constant>,
    /// Former ids, which saved answers and links can have. Absent if there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) aliases: Vec<&'a str>,
}

/// A rule of a branch.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Rule<'a> {
    /// Null is "otherwise".
    pub(super) when: Option<Condition<'a>>,
    /// The id of the node that follows.
    pub(super) next: &'a str,
}

/// A condition of a rule.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(deny_unknown_fields)]
pub(super) enum Condition<'a> {
    All {
        /// Every condition holds.
        all: Vec<Condition<'a>>,
    },
    Any {
        /// At least one condition holds.
        any: Vec<Condition<'a>>,
    },
    Comparison(Comparison<'a>),
}

/// A comparison with a constant.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Comparison<'a> {
    /// An input, or the id of an earlier question: its answer is the id of the option, or a list of ids when `multiple`.
    pub(super) name: &'a str,
    /// How the value is compared. `within` and `outside` name a calendar, `matches` a pattern.
    #[schemars(extend("enum" = Operator::names()))]
    pub(super) op: &'static str,
    /// What the value is compared with.
    pub(super) value: Operand,
}

/// One constant, or a list of them.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Operand {
    One(Constant),
    Many(Vec<Constant>),
}

/// A constant as the type of its input understands it: dates are `2026-10-13`, times `10:00`, date-times
/// `2026-10-13T10:00`, money and numbers are numbers.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Constant {
    Bool(bool),
    Scalar(Scalar),
}

/// A number or a text.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Scalar {
    Text(String),
    Number(serde_json::Number),
}
