//! Command `vereda graph`.

use crate::site::{PAGE, Site};

pub(crate) const FLOW: &str = "\
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
fn svg_and_json_equal_the_published_files() {
    let site = site();
    site.build().exits(0);
    assert_eq!(site.run(&["graph", "x/f"]).exits(0).stdout, site.output("x/f/diagram.svg"));
    assert_eq!(site.run(&["graph", "/x/f/", "--format", "json"]).exits(0).stdout, site.output("x/f/flow.json"));
}

#[test]
fn mermaid_and_dot_escape_titles_and_mark_back_edges() {
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
fn writes_to_the_output_file() {
    let site = site();
    let run = site.run(&["graph", "x/f", "--format", "dot", "--output", "f.dot"]).exits(0).tells("criado: f.dot");
    assert_eq!(run.stdout, "");
    assert!(site.read("f.dot").starts_with("digraph"));
    site.run(&["graph", "x/f", "--output", "nowhere/f.svg"]).exits(2).tells("não foi possível gravar");
}

#[test]
fn suggests_the_nearest_flow() {
    let site = site();
    let run = site.run(&["graph", "x/g"]).exits(2).tells("você quis dizer `x/f`?");
    assert_eq!(run.stdout, "");
    site.run(&["graph", "qwerty", "--lang", "en"]).exits(2).tells("there is no flow `qwerty`");
    site.run(&["graph", "x/f", "--format", "png"]).exits(2).tells("mermaid");
}

#[test]
fn reports_errors_of_this_flow_only() {
    let site = site().page("b.md", &format!("{PAGE}\n[a](nada.md)\n"));
    site.check().exits(1);
    site.run(&["graph", "x/f"]).exits(0).prints("<svg");
    let site = site.flow("x/f.flow.yaml", &FLOW.replace("next: fim", "next: fin"));
    let run = site.run(&["graph", "x/f"]).exits(1).tells("erro[flow/").tells("content/x/f.flow.yaml:7");
    assert_eq!(run.stdout, "");
    assert!(!run.stderr.contains("nada.md"), "{run}");
}

#[test]
fn draws_drafts() {
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", &FLOW.replace("owner:", "draft: true\nowner:"));
    site.run(&["graph", "f"]).exits(0).prints("<svg");
}

#[test]
fn coverage_marks_unvisited_nodes_and_edges() {
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

const EVERY_KIND: &str = "\
title: Todos
owner: Equipe
inputs: { valor: { label: Valor, type: money } }
nodes:
  q:
    title: Existe?
    loop: true
    options:
      - { id: sim, label: Sim, next: s }
      - { id: volta, label: De novo, next: q }
  s: { title: Faça, next: r }
  r:
    title: Quanto?
    ask: [valor]
    rules:
      - { when: { valor: { gt: 500 } }, next: c }
      - { otherwise: fim }
  c: { title: Outro fluxo, call: g.flow.yaml, outcomes: { certo: fim, errado: ajuda } }
  fim: { title: Fim, result: resolved }
  ajuda: { title: Peça ajuda, result: escalated }
";

const CALLED: &str = "title: G\nowner: E\nnodes:\n  x: { title: X?, options: [{ id: a, label: A, next: certo }, { id: b, label: B, next: errado }] }\n  \
                      certo: { title: Deu certo, result: resolved }\n  errado: { title: Deu errado, result: open }\n";

#[test]
fn svg_has_shapes_labels_links_and_a_text_equivalent() {
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", EVERY_KIND).flow("g.flow.yaml", CALLED);
    let svg = site.run(&["graph", "f"]).exits(0).stdout;
    let document = roxmltree::Document::parse(&svg).unwrap();
    let text_of = |name: &str| document.descendants().find(|node| node.has_tag_name(name)).unwrap().text().unwrap();
    let with =
        |class: &str| document.descendants().filter(|node| node.attribute("class") == Some(class)).collect::<Vec<_>>();
    assert_eq!(document.root_element().attribute("aria-label"), Some("Diagrama: Todos"));
    assert_eq!(text_of("title"), "Todos");
    let desc = text_of("desc");
    for sentence in
        ["1. Existe?. Sim → 2. De novo → 1.", "2. Faça. Continuar → 3.", "Deu certo → 6. Deu errado → 5.", "6. Fim."]
    {
        assert!(desc.contains(sentence), "{sentence} is not in {desc}");
    }
    assert!(text_of("style").contains("prefers-color-scheme:dark"));

    let mut shapes = std::collections::BTreeMap::new();
    for node in with("diagram-node") {
        let id = node.attribute("data-node").unwrap();
        assert_eq!(node.attribute("href"), Some(format!("./#{id}").as_str()));
        let drawn = node.children().filter(|part| !part.has_tag_name("text"));
        let shape: Vec<_> = drawn.map(|part| (part.tag_name().name().to_owned(), part.attribute("rx"))).collect();
        shapes.insert(node.attribute("data-kind").unwrap(), shape);
    }
    assert_eq!(shapes.keys().copied().collect::<Vec<_>>(), ["branch", "call", "outcome", "question", "step"]);
    let distinct: std::collections::BTreeSet<_> =
        ["call", "outcome", "question", "step"].iter().map(|kind| &shapes[kind]).collect();
    assert_eq!(distinct.len(), 4, "{shapes:?}");

    let mark = |id: &str| {
        let node = with("diagram-node").into_iter().find(|node| node.attribute("data-node") == Some(id)).unwrap();
        let texts: Vec<_> = node.descendants().filter_map(|part| part.text()).collect();
        (node.attribute("data-result").unwrap().to_owned(), texts[0].to_owned())
    };
    assert_eq!(mark("fim"), ("resolved".to_owned(), "✓ Resolvido".to_owned()));
    assert_eq!(mark("ajuda"), ("escalated".to_owned(), "↑ Escalado".to_owned()));

    let ways = with("diagram-way");
    let label = |from: &str, to: &str| {
        let is_it = |way: &&roxmltree::Node<'_, '_>| {
            way.attribute("data-from") == Some(from) && way.attribute("data-to") == Some(to)
        };
        let way = ways.iter().find(is_it).unwrap();
        (way.descendants().find_map(|part| part.text().map(str::to_owned)), way.attribute("data-back").is_some())
    };
    assert_eq!(label("q", "s"), (Some("Sim".to_owned()), false));
    assert_eq!(label("q", "q"), (Some("De novo".to_owned()), true));
    assert_eq!(label("s", "r"), (None, false));
    assert_eq!(label("c", "ajuda"), (Some("Deu errado".to_owned()), false));
}

/// The texts of the edges from `r`, and the descriptions of those that are shortened.
fn labels_from_branch(flow: &str) -> Vec<(String, Option<String>)> {
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", flow).flow("g.flow.yaml", CALLED);
    let svg = site.run(&["graph", "f"]).exits(0).stdout;
    let document = roxmltree::Document::parse(&svg).unwrap();
    let is_way = |node: &roxmltree::Node<'_, '_>| node.attribute("data-from") == Some("r");
    let texts = |way: &roxmltree::Node<'_, '_>, tag: &str| -> Vec<String> {
        way.children().filter(|part| part.has_tag_name(tag)).map(|part| part.text().unwrap().to_owned()).collect()
    };
    let ways = document.descendants().filter(is_way);
    ways.map(|way| (texts(&way, "text").join(" "), texts(&way, "title").first().cloned())).collect()
}

#[test]
fn svg_leaves_out_what_the_title_of_a_branch_asks() {
    let whole = Some("Valor maior que 500".to_owned());
    let others = ("Nos outros casos".to_owned(), None);
    assert_eq!(labels_from_branch(EVERY_KIND), [("Maior que 500".to_owned(), whole), others.clone()]);
    let untitled = EVERY_KIND.replace("    title: Quanto?\n", "");
    assert_eq!(labels_from_branch(&untitled), [("Valor maior que 500".to_owned(), None), others.clone()]);
    let two = EVERY_KIND.replace("{ valor: { gt: 500 } }", "{ valor: { gt: 500 }, q: sim }");
    assert_eq!(labels_from_branch(&two)[0], ("Valor maior que 500 e Existe?: Sim".to_owned(), None));
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", EVERY_KIND).flow("g.flow.yaml", CALLED);
    site.run(&["graph", "f", "--format", "dot"]).exits(0).prints("[label=\"Valor maior que 500\"]");
}

#[test]
fn svg_breaks_long_labels_and_cuts_none() {
    let label = "Um caso em que o rótulo da opção é muito mais comprido do que a linha que vai ao próximo passo";
    let flow = EVERY_KIND.replace("label: Sim", &format!("label: {label}"));
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", &flow).flow("g.flow.yaml", CALLED);
    let svg = site.run(&["graph", "f"]).exits(0).stdout;
    let document = roxmltree::Document::parse(&svg).unwrap();
    let way = document.descendants().find(|node| node.attribute("data-option") == Some("sim")).unwrap();
    let lines: Vec<&str> =
        way.children().filter(|part| part.has_tag_name("text")).filter_map(|part| part.text()).collect();
    assert!(lines.len() > 2, "{lines:?}");
    assert_eq!(lines.join(" "), label);
}

const COUNTS: &str = r#"{"version":1,"flow":"/x/f/","walks":4,"nodes":{"a":4,"fim":4},"options":{"a":{"sim":3,"nao":1}},"outcomes":{"fim":4}}"#;

#[test]
fn draws_sums_of_counts_with_shares_and_weights() {
    let site = site().file("one.json", COUNTS).file("two.json", COUNTS.replace("\"nao\":1", "\"talvez\":1"));
    let graph = |format: &str| site.run(&["graph", "x/f", "--format", format, "--counts", "one.json", "two.json"]);
    graph("svg")
        .exits(0)
        .prints("Sim &lt;b&gt; · 6 (75 %)")
        .prints("Não · 1 (13 %)")
        .prints("data-weight=\"4\"")
        .prints(">8×</text>")
        .tells("o fluxo não tem mais: a:talvez");
    graph("dot").exits(0).prints("n1 -> n2 [label=\"Sim <b> · 6 (75 %)\", penwidth=5];");
    graph("mermaid").exits(0).prints("linkStyle 0 stroke-width:9px");
    let json: serde_json::Value = serde_json::from_str(&graph("json").exits(0).stdout).unwrap();
    assert_eq!(
        json["counts"],
        serde_json::json!({"walks": 8, "nodes": {"a": 8, "fim": 8}, "options": {"a": {"nao": 1, "sim": 6}}})
    );
}

#[test]
fn refuses_files_without_counts_of_the_flow() {
    let site = site().file("other.json", COUNTS.replace("/x/f/", "/x/g/")).file("broken.json", "{\n  1");
    let refused = |file: &str| site.run(&["graph", "x/f", "--counts", file]).exits(2);
    refused("other.json").tells("`other.json` conta outro fluxo, o de `/x/g/`");
    refused("broken.json").tells("`broken.json`, linha 2, coluna 3");
    refused("none.json").tells("none.json");
}
