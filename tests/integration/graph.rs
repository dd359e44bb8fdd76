//! `vereda graph`.

use crate::site::{PAGE, Site};

const FLOW: &str = "\
title: 'Fluxo \"A\" & B'
owner: Equipe
nodes:
  a:
    title: 'Diz \"sim\"; #1?'
    options:
      - { id: sim, label: 'Sim <b>', next: fim }
      - { id: nao, label: Não, next: a }
  fim: { title: Fim, result: resolved }
scenarios:
  - { name: sim, answers: { a: sim }, outcome: fim }
";

fn site() -> Site {
    Site::new()
        .page("index.md", PAGE)
        .flow("x/f.flow.yaml", &FLOW.replace("    options", "    loop: true\n    options"))
}

#[test]
fn svg_and_json_are_what_the_site_publishes() {
    let site = site();
    site.build().exits(0);
    assert_eq!(site.run(&["graph", "x/f"]).exits(0).stdout, site.output("x/f/diagram.svg"));
    assert_eq!(site.run(&["graph", "/x/f/", "--format", "json"]).exits(0).stdout, site.output("x/f/flow.json"));
}

#[test]
fn mermaid_and_dot_escape_titles_and_mark_ways_back() {
    let site = site();
    site.run(&["graph", "content/x/f.flow.yaml", "--format", "mermaid"])
        .exits(0)
        .prints("flowchart TD\n")
        .prints("n1{\"1#46; Diz #34;sim#34;#59; #35;1?\"}\n")
        .prints("n1 -->|\"Sim #60;b#62;\"| n2\n")
        .prints("n1 -.->|\"Não\"| n1\n");
    site.run(&["graph", "x/f.flow.yaml", "--format", "dot"])
        .exits(0)
        .prints("digraph \"Fluxo \\\"A\\\" &amp; B\" {\n")
        .prints("n2 [label=\"2. Fim\", shape=ellipse];\n")
        .prints("n1 -> n1 [label=\"Não\", style=dashed, constraint=false];\n");
}

#[test]
fn output_names_a_file() {
    let site = site();
    let run = site.run(&["graph", "x/f", "--format", "dot", "--output", "f.dot"]).exits(0).tells("criado: f.dot");
    assert_eq!(run.stdout, "");
    assert!(site.read("f.dot").starts_with("digraph"));
    site.run(&["graph", "x/f", "--output", "nowhere/f.svg"]).exits(2).tells("não foi possível gravar");
}

#[test]
fn an_unknown_flow_exits_with_2_and_a_suggestion() {
    let site = site();
    let run = site.run(&["graph", "x/g"]).exits(2).tells("você quis dizer `x/f`?");
    assert_eq!(run.stdout, "");
    site.run(&["graph", "qwerty", "--lang", "en"]).exits(2).tells("there is no flow `qwerty`");
    site.run(&["graph", "x/f", "--format", "png"]).exits(2).tells("mermaid");
}

#[test]
fn errors_of_the_flow_are_reported_and_those_of_other_files_are_not() {
    let site = site().page("b.md", &format!("{PAGE}\n[a](nada.md)\n"));
    site.check().exits(1);
    site.run(&["graph", "x/f"]).exits(0).prints("<svg");
    let site = site.flow("x/f.flow.yaml", &FLOW.replace("next: fim", "next: fin"));
    let run = site.run(&["graph", "x/f"]).exits(1).tells("erro[flow/").tells("content/x/f.flow.yaml:7");
    assert_eq!(run.stdout, "");
    assert!(!run.stderr.contains("nada.md"), "{run}");
}

#[test]
fn a_draft_can_be_drawn() {
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", &FLOW.replace("owner:", "draft: true\nowner:"));
    site.run(&["graph", "f"]).exits(0).prints("<svg");
}

#[test]
fn coverage_marks_what_no_scenario_visits() {
    let flow = FLOW.replace("next: a }", "next: outro }") + "\n";
    let flow = flow.replace("scenarios", "  outro: { title: Outro, result: open }\nscenarios");
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", &flow);
    let svg = site.run(&["graph", "f", "--coverage"]).exits(0).stdout;
    let marked: Vec<&str> = svg.split('<').filter(|tag| tag.contains("data-unvisited=\"\"")).collect();
    assert_eq!(marked.len(), 2, "{marked:?}");
    assert!(marked[0].contains("data-to=\"outro\"") && marked[1].contains("data-node=\"outro\""), "{marked:?}");
    assert!(svg.contains(">Sem cenário</text>"));
    assert!(!site.run(&["graph", "f"]).stdout.contains("data-unvisited=\"\""));
    site.run(&["graph", "f", "--coverage", "--format", "mermaid"])
        .exits(0)
        .prints("class n3 unvisited\n")
        .prints("linkStyle 1 stroke");
}
