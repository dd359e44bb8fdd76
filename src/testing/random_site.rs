//! Generator of random sites and walk states, for tests.
//!
//! The flows have nodes of every kind, inputs of every type, and call each other. The same seed generates the same
//! site.
//! Entry points: [`generate_site`] and [`generate_state`].

use serde_json::{Map, Value, json};

use crate::flow::FlowSet;
use crate::flow::random_walk::Random;
use crate::flow::walk::{NodeAnswer, WalkEnd, WalkPosition, WalkState, walk};
use crate::site::flow::{FlowId, NodeKind};

/// Number of nodes of a generated flow.
const SIZE: usize = 7;

/// An input type with valid and invalid texts, and constants to compare with.
struct InputSample {
    name: &'static str,
    kind: &'static str,
    typed: &'static [&'static str],
    constants: &'static [&'static str],
}

const SAMPLES: [InputSample; 12] = [
    InputSample {
        name: "texto",
        kind: "text",
        typed: &["12", " 1234 ", "AB", "{valor}", "e\u{301}", "\u{feff}12", "<b>&", "a | b"],
        constants: &["\"12\"", "12", "\"AB\"", "\"é\"", "true"],
    },
    InputSample {
        name: "numero",
        kind: "number",
        typed: &["5", "5,5", "-5", "1.234,56", "0", "1e3", "abc", "99999999999999999", "1.234", "0,1", "0,0000001"],
        constants: &["5", "5.5", "-5", "1234.56", "0", "0.1"],
    },
    InputSample {
        name: "valor",
        kind: "money",
        typed: &["R$ 1.234,56", "600", "500,00", "500,01", "0", "-1", "1,234", "R$0,005", "r$ 7"],
        constants: &["500", "500.01", "0", "1234.56", "\"R$ 1.234,56\""],
    },
    InputSample {
        name: "dia",
        kind: "date",
        typed: &["2026-12-25", "13/10/2026", "17/10/2026", "2026-02-30", "1/1/2027", "31/12/0000", "18/10/2026"],
        constants: &["\"2026-12-25\"", "\"13/10/2026\"", "\"2026-10-17\""],
    },
    InputSample {
        name: "hora",
        kind: "time",
        typed: &["08:00", "7h59", "18:00:59", "18:01", "24:00", "22h", "02:00", "2:01", "7:59h"],
        constants: &["\"08:00\"", "\"18:00\"", "\"7h59\""],
    },
    InputSample {
        name: "momento",
        kind: "datetime",
        typed: &[
            "2026-10-13T10:00",
            "13/10/2026 às 18:01",
            "2026-12-25 10:00",
            "2026-10-13T10:00-05:00",
            "2026-10-17T03:00Z",
            "2026-10-17, 01:30",
            "2018-11-04T00:30",
            "13/10/2026",
        ],
        constants: &["\"2026-10-13T10:00\"", "\"2026-10-13T10:00-05:00\"", "\"17/10/2026 01:30\""],
    },
    InputSample {
        name: "empresa",
        kind: "cnpj",
        typed: &["12.345.678/0001-95", "12abc34501de35", "11.111.111/1111-11", "12345678000190", "11222333000181"],
        constants: &["\"12.345.678/0001-95\"", "\"12ABC34501DE35\""],
    },
    InputSample {
        name: "pessoa",
        kind: "cpf",
        typed: &["529.982.247-25", "52998224725", "529.982.247-26", "111.111.111-11"],
        constants: &["\"529.982.247-25\""],
    },
    InputSample {
        name: "telefone",
        kind: "phone",
        typed: &["(11) 98765-4321", "+55 11 4003-0015", "0800 123 4567", "123", "4003-0015"],
        constants: &["\"(11) 98765-4321\"", "\"40030015\""],
    },
    InputSample {
        name: "correio",
        kind: "email",
        typed: &["a@b.co", "A@B.co", "a@b", "ç@b.co", "a b@c.d"],
        constants: &["\"a@b.co\""],
    },
    InputSample {
        name: "endereco",
        kind: "url",
        typed: &["https://a.b/c", "HTTP://a.b", "ftp://a", "http://", "javascript:x", "https://a b"],
        constants: &["\"https://a.b/c\""],
    },
    InputSample {
        name: "escolha",
        kind: "choice",
        typed: &["um", "Dois", "dois", "três", "UM"],
        constants: &["\"um\"", "\"dois\""],
    },
];

/// Unusual texts.
const UNUSUAL: [&str; 4] = ["", "   ", "ÿ", "0"];

const ORDERED: [&str; 5] = ["number", "money", "date", "time", "datetime"];
const FILTERS: [&str; 5] = ["digits", "upper", "url", "brl", "date"];
const PATTERNS: [&str; 2] = ["[0-9A-Z]+", "0\\.0+1|.*-.*"];
const CALENDARS: [&str; 2] = ["comercial", "plantao"];

/// `vereda.yaml` of every generated site.
const CONFIG: &str = r"
title: S
values: { macro: 'A | B', fone: (11) 4003-0015 }
inputs:
  texto: { label: Texto, type: text, pattern: '[0-9]{2,4}|[A-Zé{}<>&b|a-]+' }
  valor: { label: Valor, type: money, min: 0.01, max: 1500 }
  momento: { label: Momento, type: datetime, required: false }
  escolha: { label: Escolha, type: choice, choices: [{ id: um, label: Um }, { id: dois, label: Dois }, dois-e-meio] }
  fora: { label: Ninguém pergunta, type: text }
calendars:
  comercial: { weekdays: [mon, tue, wed, thu, fri], hours: ['08:00-18:00'], holidays: [2026-12-25], timezone: America/Sao_Paulo }
  plantao: { weekdays: [fri, sat], hours: ['22:00-02:00', '12:00-13:00'], holidays: [2027-01-01], timezone: Europe/Lisbon }
records:
  padrao: |
    {flow.title}: {outcome.title} ({outcome.status})
    {path}
    {inputs}
    {copy}
    {texto} {valor|brl} {dia|date} {values.macro} {nada} {n0} {n1} \{x}
";

/// Generates the files of a site: `f` calls `g` and `h`, `g` calls `h`.
pub(crate) fn generate_site(seed: u64) -> Vec<(&'static str, String)> {
    let mut random = Random(seed);
    let h = FlowGenerator::new(&mut random, &[]).write();
    let g = FlowGenerator::new(&mut random, &[("h.flow.yaml", &h)]).write();
    let f = FlowGenerator::new(&mut random, &[("g.flow.yaml", &g), ("h.flow.yaml", &h)]).write();
    let config = if random.chance(4) { CONFIG.replace("  comercial:", "  zeladoria:") } else { CONFIG.to_owned() };
    let (f, g, h) = (f.to_string(), g.to_string(), h.to_string());
    vec![("vereda.yaml", config), ("f.flow.yaml", f), ("g.flow.yaml", g), ("h.flow.yaml", h)]
}

/// Generator of one flow as JSON, which is also YAML.
struct FlowGenerator<'a> {
    random: &'a mut Random,
    called: &'a [(&'a str, &'a Value)],
    /// Indices of the samples that the flow uses.
    inputs: Vec<usize>,
    /// The kind of each node.
    kinds: Vec<GeneratedKind>,
}

/// Kind of a generated node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GeneratedKind {
    Question,
    Step,
    Branch,
    Call,
    Outcome,
}

impl<'a> FlowGenerator<'a> {
    fn new(random: &'a mut Random, called: &'a [(&'a str, &'a Value)]) -> Self {
        use GeneratedKind::{Branch, Call, Outcome, Question, Step};
        let mut inputs: Vec<usize> = (0..4).map(|_| random.index(SAMPLES.len())).collect();
        inputs.sort_unstable();
        inputs.dedup();
        let some = [Question, Question, Question, Step, Step, Branch, Branch, Call, Call, Outcome];
        let is_possible = |kind: &GeneratedKind| *kind != Call || !called.is_empty();
        let some: Vec<GeneratedKind> = some.into_iter().filter(is_possible).collect();
        let mut kinds: Vec<GeneratedKind> = (1..SIZE).map(|_| some[random.index(some.len())]).collect();
        kinds.push(Outcome);
        Self { random, called, inputs, kinds }
    }

    fn write(&mut self) -> Value {
        let nodes: Map<String, Value> = (0..SIZE).map(|index| (format!("n{index}"), self.node(index))).collect();
        let inputs: Map<String, Value> =
            self.inputs.clone().into_iter().map(|index| (SAMPLES[index].name.to_owned(), self.input(index))).collect();
        json!({ "title": "Fluxo {values.fone}", "owner": "A", "start": "n0", "inputs": inputs, "nodes": nodes })
    }

    fn input(&mut self, index: usize) -> Value {
        let InputSample { name, kind, constants, .. } = &SAMPLES[index];
        let mut input =
            json!({ "label": format!("Rótulo de {name}"), "type": kind, "required": self.random.chance(2) });
        if *kind == "choice" {
            input["choices"] = json!([{ "id": "um", "label": "Um" }, { "id": "dois", "label": "Dois" }]);
        }
        if ORDERED.contains(kind) && self.random.chance(3) {
            let limit = ["min", "max"][self.random.index(2)];
            input[limit] = yaml(constants[self.random.index(constants.len())]);
        }
        if *kind == "text" && self.random.chance(2) {
            input["pattern"] = json!("[0-9]{2,4}|[A-Z]+|é");
        }
        input
    }

    fn node(&mut self, index: usize) -> Value {
        let mut node = json!({ "ask": self.inputs_to_ask(), "aliases": [format!("old{index}")] });
        if self.random.chance(4) {
            node["title"] = json!(format!("N{index} {}", self.placeholder()));
        } else {
            node["title"] = json!(format!("N{index}"));
        }
        if self.random.chance(2) {
            node["copy"] =
                json!([{ "label": "Um", "text": self.template() }, { "label": "Dois", "text": self.template() }]);
        }
        match self.kinds[index] {
            GeneratedKind::Question => self.question(&mut node),
            GeneratedKind::Step => node["next"] = json!(self.target()),
            GeneratedKind::Branch => self.branch(&mut node),
            GeneratedKind::Call => self.call(&mut node),
            GeneratedKind::Outcome => {
                node["result"] = json!("resolved");
                node["status"] = json!("Resolvido");
                node["record"] = json!("padrao");
            }
        }
        node
    }

    fn question(&mut self, node: &mut Value) {
        let count = 1 + self.random.index(3);
        let options: Vec<Value> = (0..count)
            .map(|index| {
                let set = if self.random.chance(3) { self.set() } else { json!({}) };
                json!({ "id": format!("o{index}"), "label": format!("O{index}"), "next": self.target(), "set": set })
            })
            .collect();
        node["options"] = json!(options);
        node["multiple"] = json!(self.random.chance(3));
    }

    fn set(&mut self) -> Value {
        let InputSample { name, constants, .. } = self.sample();
        json!({ *name: yaml(constants[self.random.index(constants.len())]) })
    }

    fn branch(&mut self, node: &mut Value) {
        let count = 1 + self.random.index(3);
        let mut rules: Vec<Value> =
            (0..count).map(|_| json!({ "when": self.condition(2), "next": self.target() })).collect();
        if !self.random.chance(4) {
            rules.push(json!({ "otherwise": self.target() }));
        }
        node["rules"] = json!(rules);
        if self.random.chance(2) {
            node["ask"] = json!([]);
        }
    }

    /// One test, a conjunction or a disjunction.
    fn condition(&mut self, depth: usize) -> Value {
        match self.random.index(4) {
            0 if depth > 0 => json!([self.condition(depth - 1), self.condition(depth - 1)]),
            1 => {
                let mut all = self.test();
                let other = self.test();
                all.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
                all
            }
            _ => self.test(),
        }
    }

    fn test(&mut self) -> Value {
        let questions: Vec<usize> = (0..SIZE).filter(|index| self.kinds[*index] == GeneratedKind::Question).collect();
        if !questions.is_empty() && self.random.chance(4) {
            let node = format!("n{}", questions[self.random.index(questions.len())]);
            let operator = ["is", "not", "in"][self.random.index(3)];
            let option = format!("o{}", self.random.index(3));
            return json!({ node: { operator: if operator == "in" { json!([option, "o0"]) } else { json!(option) } } });
        }
        let InputSample { name, kind, constants, .. } = self.sample();
        let mut constant = || yaml(constants[self.random.index(constants.len())]);
        let one = constant();
        let two = json!([constant(), constant()]);
        let has_calendar = ["date", "time", "datetime"].contains(kind);
        let comparison = match self.random.index(9) {
            0 | 1 => json!({ "is": one }),
            2 => json!({ "in": two }),
            3 => json!({ "not": one }),
            4 => json!({ "answered": self.random.chance(2) }),
            5 | 6 if has_calendar => {
                json!({ ["within", "outside"][self.random.index(2)]: CALENDARS[self.random.index(2)] })
            }
            5..=7 if ORDERED.contains(kind) => json!({ ["gt", "gte", "lt", "lte"][self.random.index(4)]: one }),
            8 if !has_calendar => json!({ "matches": PATTERNS[self.random.index(2)] }),
            _ => json!({ "not": two }),
        };
        json!({ *name: comparison })
    }

    fn call(&mut self, node: &mut Value) {
        let (path, flow) = self.called[self.random.index(self.called.len())];
        let nodes = flow["nodes"].as_object().unwrap().iter().filter(|(_, node)| node.get("result").is_some());
        let outcomes: Map<String, Value> = nodes
            .map(|(id, _)| {
                let id = if self.random.chance(4) { id.replace('n', "old") } else { id.clone() };
                (id, json!(self.target()))
            })
            .collect();
        node["call"] = json!(path);
        node["outcomes"] = json!(outcomes);
    }

    /// Mostly a later node, so that walks are long and end.
    fn target(&mut self) -> String {
        let index = self.random.index(SIZE).max(self.random.index(SIZE));
        format!("n{index}")
    }

    fn inputs_to_ask(&mut self) -> Vec<&'static str> {
        let mut inputs_to_ask: Vec<&str> = (0..self.random.index(3)).map(|_| self.sample().name).collect();
        inputs_to_ask.dedup();
        inputs_to_ask
    }

    fn sample(&mut self) -> &'static InputSample {
        let index = self.random.index(self.inputs.len());
        &SAMPLES[self.inputs[index]]
    }

    fn template(&mut self) -> String {
        format!("{} \\{{x}} {}", self.placeholder(), self.placeholder())
    }

    fn placeholder(&mut self) -> String {
        let filter = FILTERS[self.random.index(FILTERS.len())];
        match self.random.index(6) {
            0 => "{values.macro}".to_owned(),
            1 => "{fora|upper}".to_owned(),
            3 => format!("{{{}|{filter}}}", self.sample().name),
            _ => format!("{{{}}}", self.sample().name),
        }
    }
}

/// A constant in YAML.
fn yaml(written: &str) -> Value {
    serde_json::from_str(written).unwrap()
}

/// Generates the state of a reader who walked part of a flow, with stray answers.
pub(crate) fn generate_state(flow_set: FlowSet<'_>, flow: FlowId, random: &mut Random) -> WalkState {
    let mut state = WalkState::default();
    for _ in 0..random.index(40) {
        let walk = walk(flow_set, flow, &state);
        let Some(position) = walk.current else { break };
        match walk.end {
            WalkEnd::Unanswered => answer(flow_set, &position, &mut state, random),
            WalkEnd::NotPassed => drop(state.answers.insert(position.key, NodeAnswer::Passed)),
            WalkEnd::RefusedInputs(missing) => {
                for (name, _) in &missing {
                    state.inputs.insert(name.clone(), type_text(name, random));
                }
            }
            _ => break,
        }
    }
    mutate(&mut state, random);
    state
}

fn answer(flow_set: FlowSet<'_>, position: &WalkPosition, state: &mut WalkState, random: &mut Random) {
    let NodeKind::Question { options, .. } = &position.resolve(flow_set).kind else { return };
    let count = if random.chance(2) { 1 } else { random.index(4) };
    let ids = (0..count).map(|_| options[random.index(options.len())].id.value.clone()).collect();
    state.answers.insert(position.key.clone(), NodeAnswer::Options(ids));
}

fn type_text(name: &str, random: &mut Random) -> String {
    let sample = SAMPLES.iter().find(|sample| sample.name == name);
    let typed = sample.map_or(UNUSUAL.as_slice(), |sample| sample.typed);
    let typed = if random.chance(12) { UNUSUAL.as_slice() } else { typed };
    typed[random.index(typed.len())].to_owned()
}

/// Removes or changes an answer, and adds answers that are off the path or do not exist.
fn mutate(state: &mut WalkState, random: &mut Random) {
    if random.chance(4) && !state.answers.is_empty() {
        state.answers.swap_remove_index(random.index(state.answers.len()));
    }
    if random.chance(3) {
        let name = SAMPLES[random.index(SAMPLES.len())].name;
        state.inputs.insert(name.to_owned(), type_text(name, random));
    }
    for _ in 0..random.index(3) {
        let node = format!("{}{}", ["n", "old", "n1/n", "x"][random.index(4)], random.index(SIZE));
        let given = [
            NodeAnswer::Passed,
            NodeAnswer::Options(vec!["o0".to_owned()]),
            NodeAnswer::Options(vec!["nada".to_owned(), "o1".to_owned()]),
            NodeAnswer::Options(Vec::new()),
        ];
        state.answers.insert(node, given[random.index(given.len())].clone());
    }
}
