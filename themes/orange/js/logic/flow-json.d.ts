// The shape of flow.json, version 1. Generated from src/render/flow_json/shape.rs by
// VEREDA_UPDATE=1 cargo test --lib published_types

/** A resolved flow with everything that another program needs to run it. */
export type Flow = {
  /** Earlier ids of nodes, with the present ones. */
  aliases: Record<string, string>;
  /** The calendars that the flow and the flows it calls name. */
  calendars: Record<string, Calendar>;
  /** The letters that begin the path codes of the flow: `AUD` of `AUD·n.1.s` (docs/walkthrough.md). `/flows.json` lists those of every flow. */
  code: string;
  /** Every flow that is reached by calls, by route. */
  flows: Record<string, Graph>;
  /** The last part of `url`. */
  id: string;
  /** The inputs that a node asks for, sets, decides by or writes. */
  inputs: Record<string, Input>;
  /** The nodes by id. */
  nodes: Record<string, Node>;
  /** The ids of the nodes in the order of the numbered document. */
  order: string[];
  /** The templates of texts for a ticket that outcomes name. Beside inputs and `{values.name}` they hold `{flow.title}`, `{outcome.title}`, `{outcome.status}`, `{answers}` (a line an answered question: "Question? Answer"), `{path}` (a line a stop), `{inputs}` (a line for each input of the path: "Label: value"), `{copies}` (a line a copied text, with its label), `{copy}` (the same without labels) and, known to the page alone, `{date}` and `{code}`. A line whose placeholders are all empty is left out. */
  records: Record<string, string>;
  /** The id of the first node. */
  start: string;
  /** An IANA name. Date-times with an offset are compared on the clock of this time zone. */
  timezone: string;
  /** Plain text. */
  title: string;
  /** The route below the base of the site, which begins and ends with `/`. */
  url: string;
  /** The constants of the site that `records` name. Elsewhere constants are already put in. */
  values: Record<string, string>;
  /** The version of this format. */
  version: 1;
};

/** An answer of a question. */
export type AnswerOption = {
  /** Former ids, which saved answers and links can have. Absent if there is none. */
  aliases?: string[];
  /** A second line below the label. */
  hint: string | null;
  /** The answer in a state and in conditions. */
  id: string;
  /** The text that the reader chooses. */
  label: string;
  /** The id of the node that follows. */
  next: string;
  /** The inputs that this answer fills in. A number is shown with a comma. */
  set: Record<string, Constant>;
};

/** Working hours. Times are compared to the minute. */
export type Calendar = {
  /** Days such as `2026-12-25`, and names: `brasil` (the national holidays of Brazil in any year), `carnaval` (its Monday and Tuesday) and `corpus-christi`. */
  holidays: string[];
  /** Beginnings and ends, both included. An end before its beginning is on the next day. */
  hours: [string, string][];
  /** An IANA name. Date-times with an offset are compared on the clock of this time zone. */
  timezone: string;
  /** From 1 (Monday) to 7. */
  weekdays: number[];
};

/** A value of an input of type `choice`. */
export type Choice = {
  /** The value in conditions and answers. */
  id: string;
  /** The text that the reader sees. */
  label: string;
};

/** A comparison with a constant. */
export type Comparison = {
  /** An input, or the id of an earlier question: its answer is the id of the option, or a list of ids when `multiple`. */
  name: string;
  /** How the value is compared. `within` and `outside` name a calendar, `matches` a pattern. */
  op: "is" | "in" | "not" | "gt" | "gte" | "lt" | "lte" | "matches" | "answered" | "within" | "outside";
  /** What the value is compared with. */
  value: Operand;
};

/** A condition of a rule. */
export type Condition = {
  /** Every condition holds. */
  all: Condition[];
} | {
  /** At least one condition holds. */
  any: Condition[];
} | Comparison;

/** A constant as the type of its input understands it: dates are `2026-10-13`, times `10:00`, date-times `2026-10-13T10:00`, money and numbers are numbers. */
export type Constant = boolean | Scalar;

/** A text that the reader copies. */
export type CopiedText = {
  /** The heading of the text. */
  label: string;
  /** A template: holds `{name}` and `{name|filter}`, whose names are inputs. */
  text: string;
};

/** A flow, or one that it calls. A called flow uses the calendars, values, records and flows of the one that is run. */
export type Graph = {
  /** Earlier ids of nodes, with the present ones. */
  aliases: Record<string, string>;
  /** The last part of `url`. */
  id: string;
  /** The inputs that a node asks for, sets, decides by or writes. */
  inputs: Record<string, Input>;
  /** The nodes by id. */
  nodes: Record<string, Node>;
  /** The ids of the nodes in the order of the numbered document. */
  order: string[];
  /** The id of the first node. */
  start: string;
  /** Plain text. */
  title: string;
  /** The route below the base of the site, which begins and ends with `/`. */
  url: string;
  /** The version of this format. */
  version: 1;
};

/** A value that the reader types. */
export type Input = {
  /** The values of an input of type `choice`; else empty. */
  choices: Choice[];
  /** The editor's message for a wrong value. */
  error: string | null;
  /** A value as a reader types it. */
  example: string | null;
  /** The name that the reader sees. */
  label: string;
  /** The largest value, or the latest. */
  max: Scalar | null;
  /** The smallest value, or the earliest. */
  min: Scalar | null;
  /** A regular expression for the whole value. */
  pattern: string | null;
  /** True for a value that never leaves the page. */
  private: boolean;
  /** False where the reader may leave it empty. */
  required: boolean;
  /** How the value is checked, compared and formatted. */
  type: "text" | "number" | "money" | "date" | "time" | "datetime" | "cnpj" | "cpf" | "phone" | "email" | "url" | "choice";
};

/** A link to another system. */
export type Link = {
  /** The text of the link. */
  label: string;
  /** A template: holds `{name}` and `{name|filter}`, whose names are inputs. */
  url: string;
};

/** A stop of the flow. */
export type Node = {
  /** The names of the inputs that the node asks for. An outcome that asks ends the flow when it has them. */
  ask: string[];
  /** What the reader ticks off. */
  checklist: Task[];
  /** Texts that the reader copies. */
  copy: CopiedText[];
  /** Links to other systems. */
  links: Link[];
  /** The place in `order`, from 1. */
  number: number;
  /** Plain text, or null. */
  title: string | null;
} & ({
  kind: "question";
  /** Stands only where the question takes several options. */
  multiple?: true;
  /** The answers in the order in which they are shown. */
  options: AnswerOption[];
  call?: undefined;
  next?: undefined;
  outcomes?: undefined;
  record?: undefined;
  result?: undefined;
  rules?: undefined;
  status?: undefined;
} | {
  kind: "step";
  /** The id of the node that follows. */
  next: string;
  call?: undefined;
  multiple?: undefined;
  options?: undefined;
  outcomes?: undefined;
  record?: undefined;
  result?: undefined;
  rules?: undefined;
  status?: undefined;
} | {
  kind: "branch";
  /** The first rule that holds decides. */
  rules: Rule[];
  call?: undefined;
  multiple?: undefined;
  next?: undefined;
  options?: undefined;
  outcomes?: undefined;
  record?: undefined;
  result?: undefined;
  status?: undefined;
} | {
  /** The route of the called flow. */
  call: string;
  kind: "call";
  /** The outcomes of the called flow, with the nodes of this one that follow. */
  outcomes: Record<string, string>;
  multiple?: undefined;
  next?: undefined;
  options?: undefined;
  record?: undefined;
  result?: undefined;
  rules?: undefined;
  status?: undefined;
} | {
  kind: "outcome";
  /** The name of a template in `records`. */
  record: string | null;
  /** How the case ends. */
  result: "resolved" | "pending" | "open" | "escalated" | "transferred" | "not_applicable";
  /** The status to give the ticket. */
  status: string | null;
  call?: undefined;
  multiple?: undefined;
  next?: undefined;
  options?: undefined;
  outcomes?: undefined;
  rules?: undefined;
});

/** One constant, or a list of them. */
export type Operand = Constant | Constant[];

/** A rule of a branch. */
export type Rule = {
  /** The id of the node that follows. */
  next: string;
  /** Null is "otherwise". */
  when: Condition | null;
};

/** A number or a text. */
export type Scalar = string | number;

/** An item of a checklist. */
export type Task = {
  /** Without markup; inputs as written. */
  text: string;
  /** How long the reader waits, in seconds. */
  timer: number | null;
};
