//! `vereda schema`: the schemas accept what the readers accept.
//!
//! A diagnostic of an unknown key lists the known keys, and one of an unknown word lists the known words. From these lists
//! each map of a schema is compared with its reader.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::Value;
use vereda::diagnostic::Code;

use crate::site::{PAGE, Run, Site};

/// A key and a word that nothing is called.
const STRANGE: &str = "zzzzzzzz";

/// Every key of `vereda.yaml`.
const CONFIG: &str = "\
title: Teste
base_url: https://example.com/manual/
language: pt-BR
theme: orange
sidebar: section
values: { telefone: (11) 4003-0015 }
inputs: { sessao: { label: Sessão, type: text, pattern: '[0-9]{6,12}', example: '215531931' } }
calendars:
  comercial:
    weekdays: [mon, tue]
    hours: ['08:00-18:00']
    holidays: [2026-12-25]
    timezone: America/Sao_Paulo
records: { padrao: '{flow.title}: {outcome.title}' }
zendesk: { macros: macros.json }
links:
  external:
    threads: 4
    per_host: 1
    delay: 200ms
    connect_timeout: 5s
    timeout: 1m
    retries: 1
    backoff: 500ms
    longest_wait: 2h
    redirects: 5
    accept: ['200-299', 403]
    headers: { wiki.example.com: { Authorization: 'Bearer ${VEREDA_HEADER_TOKEN}' } }
    exclude: [{ match: 'https://example.com/*', reason: Em obras, until: 2027-01-31 }]
    allow_private: ['*.intranet.example.com']
    robots: true
    soft_404: false
    cache: { good: 7d, moved: 1d, gone: 1d, failed: 0s }
embed: [https://imagens.example.com, 'http://localhost:8080/']
offline: false
synonyms: [[ticket, chamado], [2ª via, segunda via]]
search:
  expect: { olá: index.md }
  pinned: { ramais: /f/ }
  lower: [/outro/]
check:
  severity: { flow/loop: note }
  coverage: { nodes: 0, options: 0, rules: 0 }
  max_questions: 9
";

/// Every key of a front matter.
const FRONT_MATTER: &str = "\
title: Página
nav_title: P
description: Uma página.
order: 1.5
draft: false
tags: [um, 2]
aliases: [/antiga/]
owner: Equipe
reviewed: 2026-11-20
review_every: 90d
language: en
search: true
toc: false
layout: page
";

/// Every key of a flow.
const FLOW: &str = "\
title: Fluxo
nav_title: F
description: Um fluxo.
order: 2
draft: false
tags: [um]
aliases: [/fluxo-antigo/]
owner: Equipe
reviewed: 2026-11-20
review_every: 6m
search: true
start: pergunta
inputs:
  valor: { label: Valor, type: money, min: 0, max: 900, example: 10, error: Só números, private: false, required: true }
  canal: { label: Canal, type: choice, choices: [loja, { id: site, label: Site }] }
  aberto: { label: Aberto, type: datetime }
nodes:
  pergunta:
    title: Qual?
    content: index.md
    text: Um texto.
    ask: [valor, aberto, sessao]
    links: [{ label: Abrir, url: 'https://example.com/{sessao|digits}' }]
    copy: [{ label: Macro, text: '{sessao}' }]
    checklist: [Um, { text: Dois, timer: 90m }]
    aliases: [antiga]
    loop: true
    multiple: false
    options:
      - { id: sim, label: Sim, hint: De novo, next: regra, set: { canal: loja } }
      - { id: nao, label: Não, next: regra, set: { canal: site } }
  regra:
    rules:
      - { when: { valor: { gt: 500 }, canal: loja }, next: fim }
      - { when: [{ aberto: { outside: comercial } }, { pergunta: { in: [sim, nao] } }], next: chamada }
      - { otherwise: passo }
  chamada: { title: Outro, call: outro.flow.yaml, outcomes: { fim: passo } }
  passo: { title: Siga, next: fim }
  fim: { title: Fim, result: resolved, status: Resolvido, record: padrao }
scenarios:
  - name: um
    inputs: { valor: 600, aberto: '2026-11-23T10:00', sessao: '215531931' }
    answers: { pergunta: sim }
    outcome: fim
    copied: {}
";

const SECTION: &str = "title: Pasta\norder: 1.5\nchildren: [um]\n";

/// A site in which each of the four is right, or of which one was replaced.
fn site(subject: &str, text: &str) -> Site {
    let of = |wanted: &str, right: &str| if subject == wanted { text.to_owned() } else { right.to_owned() };
    Site::new()
        .config(&of("config", CONFIG))
        .file("macros.json", "{\"macros\":[]}")
        .page("index.md", &format!("---\n{}---\n\nOlá.\n", of("page", FRONT_MATTER)))
        .page("pasta/_section.yaml", &of("section", SECTION))
        .page("pasta/um.md", PAGE)
        .flow("f.flow.yaml", &of("flow", FLOW))
        .flow("outro.flow.yaml", "title: Outro\nowner: Equipe\nnodes:\n  fim: { title: Fim, result: open }\n")
}

fn right(subject: &str) -> &'static str {
    match subject {
        "flow" => FLOW,
        "page" => FRONT_MATTER,
        "section" => SECTION,
        _ => CONFIG,
    }
}

fn schema(subject: &str) -> Value {
    serde_json::from_str(&Site::empty().run(&["schema", subject]).exits(0).stdout).unwrap()
}

fn validator(subject: &str) -> Validator {
    jsonschema::draft202012::new(&schema(subject)).unwrap()
}

/// YAML as the language servers of editors read it: YAML 1.2, in which `no` is a text.
fn yaml(text: &str) -> Value {
    serde_saphyr::from_str_with_options(text, serde_saphyr::options! { strict_booleans: true }).unwrap()
}

#[track_caller]
fn assert_accepts(validator: &Validator, text: &str, name: &str) {
    let value = yaml(text);
    let wrong: Vec<_> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{name}: {wrong:#?}");
}

#[test]
fn accepts_a_file_with_every_key() {
    for subject in ["flow", "page", "section", "config"] {
        assert_accepts(&validator(subject), right(subject), subject);
    }
    let run = site("", "").check().exits(0);
    assert!(run.findings().iter().all(|finding| finding["severity"] != "error"), "{run}");
}

/// What stands in a file that is right, and what is put in its place.
type Change = (&'static str, &'static str);

/// Where a schema closes a map: the subject, a pointer to the map, and changes by each of which the reader meets a strange key
/// in it.
const MAPS: &[(&str, &str, &[Change])] = &[
    ("flow", "", &[("start:", "zzzzzzzz: 1\nstart:")]),
    ("flow", "/$defs/Input", &[("{ label: Valor,", "{ zzzzzzzz: 1, label: Valor,")]),
    ("flow", "/$defs/Choice", &[("{ id: site,", "{ zzzzzzzz: 1, id: site,")]),
    (
        "flow",
        "/$defs/Node",
        &[
            ("    title: Qual?", "    zzzzzzzz: 1"),
            ("    rules:", "    zzzzzzzz: 1\n    rules:"),
            ("{ title: Outro,", "{ zzzzzzzz: 1,"),
            ("{ title: Siga,", "{ zzzzzzzz: 1,"),
            ("{ title: Fim,", "{ zzzzzzzz: 1,"),
        ],
    ),
    ("flow", "/$defs/NodeLink", &[("{ label: Abrir,", "{ zzzzzzzz: 1, label: Abrir,")]),
    ("flow", "/$defs/Copy", &[("{ label: Macro,", "{ zzzzzzzz: 1, label: Macro,")]),
    ("flow", "/$defs/Task", &[("{ text: Dois,", "{ zzzzzzzz: 1, text: Dois,")]),
    ("flow", "/$defs/Option", &[("{ id: sim,", "{ zzzzzzzz: 1, id: sim,")]),
    (
        "flow",
        "/$defs/Rule",
        &[("{ when: { valor", "{ zzzzzzzz: 1, when: { valor"), ("{ otherwise:", "{ zzzzzzzz: 1, otherwise:")],
    ),
    ("flow", "/$defs/Condition/anyOf/1/additionalProperties/anyOf/0", &[("{ gt: 500 }", "{ zzzzzzzz: 500 }")]),
    ("flow", "/$defs/Scenario", &[("    outcome: fim", "    zzzzzzzz: 1\n    outcome: fim")]),
    ("page", "", &[("toc:", "zzzzzzzz: 1\ntoc:")]),
    ("section", "", &[("order:", "zzzzzzzz: 1\norder:")]),
    ("config", "", &[("theme:", "zzzzzzzz: 1\ntheme:")]),
    ("config", "/$defs/Input", &[("{ label: Sessão,", "{ zzzzzzzz: 1, label: Sessão,")]),
    // The same type as in a flow, whose reader is the same too.
    ("config", "/$defs/Choice", &[("type: text,", "type: choice, choices: [{ zzzzzzzz: 1, id: a, label: A }],")]),
    ("config", "/$defs/Calendar", &[("    hours:", "    zzzzzzzz: 1\n    hours:")]),
    ("config", "/properties/zendesk", &[("zendesk: {", "zendesk: { zzzzzzzz: 1,")]),
    ("config", "/properties/links", &[("  external:", "  zzzzzzzz: 1\n  external:")]),
    ("config", "/properties/links/properties/external", &[("    threads:", "    zzzzzzzz: 1\n    threads:")]),
    ("config", "/properties/links/properties/external/properties/cache", &[("{ good:", "{ zzzzzzzz: 1, good:")]),
    ("config", "/$defs/Exclusion", &[("{ match:", "{ zzzzzzzz: 1, match:")]),
    ("config", "/properties/search", &[("  expect:", "  zzzzzzzz: 1\n  expect:")]),
    ("config", "/properties/check", &[("  max_questions:", "  zzzzzzzz: 1\n  max_questions:")]),
    ("config", "/properties/check/properties/coverage", &[("{ nodes: 0,", "{ zzzzzzzz: 1, nodes: 0,")]),
    ("config", "/properties/check/properties/severity", &[("{ flow/loop: note }", "{ zzzzzzzz: note }")]),
];

#[test]
fn schema_and_reader_know_the_same_keys() {
    for (subject, pointer, mistakes) in MAPS {
        let mut known = BTreeSet::new();
        for (from, to) in *mistakes {
            known.extend(known_keys(&site(subject, &mistaken(subject, from, to)).check()));
        }
        let schema = schema(subject);
        let properties = schema.pointer(&format!("{pointer}/properties")).and_then(Value::as_object);
        let keys: BTreeSet<_> = properties.unwrap_or_else(|| panic!("{subject}{pointer}")).keys().cloned().collect();
        assert_eq!(keys, known, "{subject}{pointer}: the schema's keys, and the reader's");
    }
}

#[test]
fn compares_every_closed_map() {
    for subject in ["flow", "page", "config"] {
        let mut closed = BTreeSet::new();
        find_closed(&schema(subject), "", &mut closed);
        let compared = MAPS.iter().filter(|map| map.0 == subject).map(|map| map.1.to_owned()).collect();
        assert_eq!(closed, compared, "{subject}");
    }
}

/// Pointers to the maps that have keys of their own; each refuses all others.
fn find_closed(schema: &Value, pointer: &str, found: &mut BTreeSet<String>) {
    if schema["type"] == "object" && schema.get("properties").is_some() {
        assert_eq!(schema["additionalProperties"], false, "{pointer} is open");
        found.insert(pointer.to_owned());
    }
    match schema {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| find_closed(value, &format!("{pointer}/{key}"), found));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| {
            find_closed(item, &format!("{pointer}/{index}"), found);
        }),
        _ => {}
    }
}

/// The keys that the reader says there are, where it refuses the strange one.
fn known_keys(run: &Run) -> BTreeSet<String> {
    let refused = format!("`{STRANGE}`");
    let findings = run.findings();
    let about = |finding: &&Value| finding["message"].as_str().unwrap().contains(&refused);
    let finding = findings.iter().find(about).unwrap_or_else(|| panic!("{STRANGE} is not refused by {run}"));
    if finding["code"] == "config/invalid-value" {
        return Code::all().map(|code| code.as_str().to_owned()).collect();
    }
    let list = if finding["code"] == "flow/invalid-value" { "message" } else { "help" };
    listed(
        finding[list]
            .as_str()
            .and_then(|text| text.lines().next())
            .unwrap_or_else(|| panic!("no list of keys in {run}")),
    )
}

/// The words after the last colon of a sentence.
fn listed(sentence: &str) -> BTreeSet<String> {
    sentence.rsplit_once(": ").unwrap().1.split(", ").map(str::to_owned).collect()
}

fn mistaken(subject: &str, from: &str, to: &str) -> String {
    let right = right(subject);
    assert!(right.contains(from), "{subject}: {from}");
    right.replacen(from, to, 1)
}

#[test]
fn schema_and_reader_know_the_same_words() {
    let lists = [
        ("flow", "/$defs/Input/properties/type", "type: money", "type: zzzzzzzz"),
        ("flow", "/$defs/Node/properties/result", "result: resolved", "result: zzzzzzzz"),
        ("config", "/$defs/Calendar/properties/weekdays/items", "[mon, tue]", "[zzzzzzzz]"),
        ("config", "/properties/sidebar", "sidebar: section", "sidebar: zzzzzzzz"),
        ("config", "/properties/check/properties/severity/properties/flow~1loop", "loop: note", "loop: zzzzzzzz"),
    ];
    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    for (subject, pointer, from, to) in lists {
        let run = site(subject, &mistaken(subject, from, to)).check();
        let finding = run.findings().into_iter().find(|finding| finding["severity"] == "error").unwrap();
        let words = schema(subject).pointer(&format!("{pointer}/enum")).unwrap().as_array().unwrap().clone();
        let words: BTreeSet<_> = words.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
        assert_eq!(words, listed(finding["message"].as_str().unwrap()), "{subject}{pointer}");
        *compared.entry(subject).or_default() += 1;
    }
    assert_eq!(schema("flow").to_string().matches("\"enum\":").count(), compared["flow"]);
    // `type` of an input, which the flow's schema has too, `sidebar`, and a severity a code.
    assert_eq!(schema("config").to_string().matches("\"enum\":").count(), 3 + Code::all().count());
}

/// One mistake each.
const MISTAKES: &[(&str, &str, &str)] = &[
    // Keys.
    ("flow", "title: Fluxo", "titel: Fluxo"),
    ("flow", "title: Fluxo\n", ""),
    ("flow", "    title: Qual?", "    titulo: Qual?"),
    ("flow", "{ id: sim, label: Sim,", "{ label: Sim,"),
    ("flow", "{ id: sim, label: Sim,", "{ id: sim,"),
    ("flow", "{ id: nao, label: Não, next: regra,", "{ id: nao, label: Não,"),
    ("flow", "{ label: Abrir, url: 'https://example.com/{sessao|digits}' }", "{ label: Abrir }"),
    ("flow", "{ label: Macro, text: '{sessao}' }", "{ text: '{sessao}' }"),
    ("flow", "{ text: Dois, timer: 90m }", "{ timer: 90m }"),
    ("flow", "{ id: site, label: Site }", "{ id: site }"),
    ("flow", "{ label: Valor, type: money", "{ type: money"),
    ("flow", "  - name: um\n    inputs", "  - inputs"),
    ("flow", "    outcome: fim\n", ""),
    ("flow", "canal: loja }, next: fim }", "canal: loja } }"),
    ("flow", "{ when: { valor: { gt: 500 }, canal: loja }, next: fim }", "{ next: fim }"),
    // How a node goes on.
    ("flow", "{ title: Siga, next: fim }", "{ title: Siga }"),
    ("flow", "{ title: Siga, next: fim }", "{ title: Siga, next: fim, result: open }"),
    ("flow", "{ title: Siga, next: fim }", "{ title: Siga, next: fim, status: Aberto }"),
    ("flow", "{ title: Siga, next: fim }", "{ title: Siga, next: fim, record: padrao }"),
    ("flow", "{ title: Siga, next: fim }", "{ title: Siga, next: fim, multiple: true }"),
    ("flow", "{ title: Siga, next: fim }", "{ title: Siga, next: fim, outcomes: { fim: fim } }"),
    ("flow", "call: outro.flow.yaml, outcomes: { fim: passo }", "call: outro.flow.yaml"),
    // Ids.
    ("flow", "  passo: {", "  Passo_1: {"),
    ("flow", "{ id: nao,", "{ id: Não,"),
    ("flow", "  aberto: {", "  Aberto: {"),
    ("flow", "{ title: Siga, next: fim }", "{ title: Siga, next: O fim }"),
    ("flow", "{ otherwise: passo }", "{ otherwise: O passo }"),
    ("flow", "start: pergunta", "start: A pergunta"),
    ("config", "inputs: { sessao:", "inputs: { Sessão:"),
    // Words.
    ("flow", "type: money", "type: dinheiro"),
    ("flow", "result: resolved", "result: resolvido"),
    ("flow", "{ gt: 500 }", "{ maior: 500 }"),
    ("config", "[mon, tue]", "[seg]"),
    ("config", "{ flow/loop: note }", "{ flow/loop: grave }"),
    ("config", "{ flow/loop: note }", "{ flow/lop: note }"),
    // Values.
    ("flow", "timer: 90m", "timer: 90 minutos"),
    ("flow", "review_every: 6m", "review_every: sempre"),
    ("flow", "reviewed: 2026-11-20", "reviewed: 20/11/2026"),
    ("flow", "draft: false", "draft: não"),
    ("flow", "order: 2", "order: segundo"),
    ("flow", "tags: [um]", "tags: um"),
    ("flow", "ask: [valor, aberto, sessao]", "ask: valor"),
    ("flow", "checklist: [Um, { text: Dois, timer: 90m }]", "checklist: Um"),
    ("flow", "loop: true", "loop: sim"),
    ("flow", "private: false", "private: não"),
    ("flow", "{ gt: 500 }", "{ gt: [500] }"),
    ("flow", "{ outside: comercial }", "{ answered: sim }"),
    ("flow", "when: { valor: { gt: 500 }, canal: loja }", "when: sempre"),
    ("flow", "title: Fluxo", "title: [Fluxo]"),
    ("flow", "answers: { pergunta: sim }", "answers: [sim]"),
    ("page", "title: Página\n", ""),
    ("page", "owner:", "dono:"),
    ("page", "toc: false", "toc: nunca"),
    ("page", "order: 1.5", "order: primeiro"),
    ("page", "tags: [um, 2]", "tags: um"),
    ("page", "review_every: 90d", "review_every: 0d"),
    ("page", "review_every: 90d", "review_every: 90"),
    ("page", "reviewed: 2026-11-20", "reviewed: 2026-13-20"),
    ("config", "title: Teste\n", ""),
    ("config", "theme:", "tema:"),
    ("config", "https://example.com/manual/", "example.com"),
    ("config", "https://example.com/manual/", "https://example.com/?a"),
    ("config", "['08:00-18:00']", "['8h às 18h']"),
    ("config", "['08:00-18:00']", "['08:00-25:00']"),
    ("config", "['08:00-18:00']", "08:00-18:00"),
    ("config", "[2026-12-25]", "[25/12]"),
    ("config", "nodes: 0", "nodes: tudo"),
    ("config", "delay: 200ms", "delay: 200"),
    ("config", "delay: 200ms", "delay: logo"),
    ("config", "retries: 1", "retries: sempre"),
    ("config", "'200-299'", "2xx"),
    ("config", "403]", "4030]"),
    ("config", "reason: Em obras", "reason: ''"),
    ("config", "reason: Em obras, ", ""),
    ("config", "match: 'https://example.com/*', ", ""),
    ("config", "until: 2027-01-31", "until: depois"),
    ("config", "robots: true", "robots: sim"),
    ("config", "good: 7d", "bom: 7d"),
    ("config", "allow_private: ['*.intranet.example.com']", "allow_private: true"),
    ("config", "max_questions: 9", "max_questions: nove"),
    ("config", "max_questions: 9", "max_questions: -1"),
    ("config", "max_questions: 9", "max_questions: 1.5"),
    ("config", "values: { telefone: (11) 4003-0015 }", "values: { telefone: [11] }"),
];

#[test]
fn schema_and_reader_refuse_the_same_mistakes() {
    for (subject, from, to) in MISTAKES {
        let text = mistaken(subject, from, to);
        let run = site(subject, &text).check();
        assert_eq!(run.code, Some(1), "{subject}: the reader accepts `{to}` for `{from}`: {run}");
        assert!(!validator(subject).is_valid(&yaml(&text)), "{subject}: the schema accepts `{to}` for `{from}`");
    }
}

#[test]
fn accepts_every_file_of_this_repository() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seen = assert_files_are_right(&["content", "tests/fixtures", "vereda.yaml"].map(|path| root.join(path)));
    assert!(seen["flow"] > 4 && seen["page"] > 7 && seen["config"] > 2, "{seen:?}");
}

#[test]
fn accepts_files_of_init_and_new() {
    for language in ["pt-BR", "en"] {
        let site = Site::empty();
        site.run(&["init", ".", "--lang", language]).exits(0);
        site.run(&["new", "page", "nova", "--owner", "Equipe", "--lang", language]).exits(0);
        site.run(&["new", "flow", "novo", "--owner", "Equipe", "--lang", language]).exits(0);
        let seen = assert_files_are_right(&[site.path("content"), site.path("vereda.yaml")]);
        assert_eq!((seen["flow"], seen["config"]), (2, 1), "{seen:?}");
        assert!(seen["page"] > 2, "{seen:?}");
    }
}

/// Validates whatever has a schema below some places, and counts it.
fn assert_files_are_right(places: &[PathBuf]) -> BTreeMap<&'static str, usize> {
    let mut seen = BTreeMap::new();
    let validators: BTreeMap<_, _> = ["flow", "page", "config"].map(|subject| (subject, validator(subject))).into();
    let files = places.iter().flat_map(walkdir::WalkDir::new).map(|entry| entry.unwrap().into_path());
    // The pages of other tools, and what is made of them.
    let is_imported = |path: &PathBuf| path.to_str().unwrap().contains("fixtures/import/");
    for file in files.filter(|path| path.is_file() && !is_imported(path)) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let (subject, text) = match name {
            "vereda.yaml" => ("config", fs::read_to_string(&file).unwrap()),
            _ if name.ends_with(".flow.yaml") => ("flow", fs::read_to_string(&file).unwrap()),
            _ if name.ends_with(".md") => ("page", front_matter(&fs::read_to_string(&file).unwrap())),
            _ => continue,
        };
        assert_accepts(&validators[subject], &text, &file.display().to_string());
        *seen.entry(subject).or_default() += 1;
    }
    seen
}

fn front_matter(page: &str) -> String {
    let rest = page.strip_prefix("---\n").unwrap_or_else(|| panic!("no front matter: {page}"));
    rest.split_once("---\n").unwrap().0.to_owned()
}

#[test]
fn explains_every_key_and_word() {
    for subject in ["flow", "page", "config"] {
        assert_explained(&schema(subject), subject);
    }
}

fn assert_explained(schema: &Value, pointer: &str) {
    if let Some(Value::Object(properties)) = schema.get("properties").filter(|_| schema["type"] == "object") {
        for (key, property) in properties {
            let description = property["description"].as_str().unwrap_or_default();
            assert!(description.len() > 10, "{pointer}: `{key}` is not explained");
            assert!(!description.contains('`') && description.ends_with(['.', ':']), "{pointer}: {description}");
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        assert_eq!(schema["enumDescriptions"].as_array().map(Vec::len), Some(words.len()), "{pointer}");
    }
    match schema {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| assert_explained(value, &format!("{pointer}/{key}")));
        }
        Value::Array(items) => items.iter().for_each(|item| assert_explained(item, pointer)),
        _ => {}
    }
}

#[test]
fn snippets_are_valid_nodes_of_each_kind() {
    let schema = schema("flow");
    let snippets = schema["properties"]["nodes"]["defaultSnippets"].as_array().unwrap();
    let place = regex::Regex::new(r"\$\{[0-9][:|]([^,|}]*)[^}]*\}").unwrap();
    let mut kinds = BTreeSet::new();
    for snippet in snippets {
        let node = place.replace_all(snippet["bodyText"].as_str().unwrap(), "$1");
        let flow = format!("title: F\nnodes:\n  {}", node.trim_end().replace('\n', "\n  "));
        assert_accepts(&validator("flow"), &flow, &flow);
        let nodes = yaml(&flow)["nodes"].as_object().unwrap().clone();
        let keys = nodes.values().flat_map(|node| node.as_object().unwrap().keys().cloned());
        kinds.extend(keys.filter(|key| ["options", "next", "rules", "call", "result"].contains(&key.as_str())));
    }
    assert_eq!((kinds.len(), snippets.len()), (5, 5));
}

#[test]
fn writes_schema_to_output_or_file() {
    let site = Site::new().page("index.md", PAGE);
    let printed = site.run(&["schema", "page"]).exits(0).stdout;
    assert_eq!(schema("page")["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert!(printed.starts_with("{\n") && printed.ends_with("}\n"));
    let run = site.run(&["schema", "page", "--output", "p.json"]).exits(0).tells("created: p.json");
    assert_eq!(run.stdout, "");
    assert_eq!(site.read("p.json"), printed);
    site.run(&["schema", "page", "--output", "p.json", "--lang", "pt-BR"]).exits(0).tells("criado: p.json");
    site.run(&["schema", "flow", "--output", "nowhere/f.json"]).exits(2).tells("nowhere/f.json");
    site.run(&["schema", "site"]).exits(2).tells("flow");
}

#[test]
fn editor_settings_are_those_of_init() {
    let site = Site::empty();
    site.run(&["init", "."]).exits(0);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(".vscode");
    for subject in ["flow", "page", "config"] {
        let name = format!("schemas/{subject}.schema.json");
        assert!(
            fs::read_to_string(root.join(&name)).ok() == Some(site.run(&["schema", subject]).stdout),
            "`.vscode/{name}` is old: run `cargo run -- schema {subject} --output .vscode/{name}`"
        );
        assert_eq!(site.read(&format!(".vscode/{name}")), site.run(&["schema", subject]).stdout);
    }
    for name in ["settings.json", "extensions.json"] {
        let written = site.read(&format!(".vscode/{name}"));
        assert_eq!(fs::read_to_string(root.join(name)).unwrap(), written, "copy `src/cli/init/vscode/{name}`");
        assert!(serde_json::from_str::<Value>(&written).is_ok_and(|settings| settings.is_object()));
    }
}

#[test]
fn settings_name_existing_schemas() {
    let site = Site::empty();
    site.run(&["init", ".", "--lang", "en"]).exits(0);
    let settings: Value = serde_json::from_str(&site.read(".vscode/settings.json")).unwrap();
    let schemas = settings["yaml.schemas"].as_object().unwrap();
    assert_eq!(schemas.len(), 3);
    for (path, pattern) in schemas {
        assert!(site.path(path).is_file(), "{path}");
        assert!(["*.flow.yaml", "_section.yaml", "vereda.yaml"].contains(&pattern.as_str().unwrap()), "{pattern}");
    }
    assert!(site.read(".vscode/extensions.json").contains("\"redhat.vscode-yaml\""));
}
