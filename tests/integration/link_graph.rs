//! `links.json`: outgoing links and backlinks of pages and flows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::site::{PAGE, Site};

const FLOW: &str = "\
title: Cobrança
owner: Equipe
inputs:
  sessao: { label: Sessão, type: text, example: '1' }
nodes:
  canal:
    title: Qual?
    ask: [sessao]
    content: index.md#estorno
    links: [{ label: Abrir, url: 'https://example.com/{sessao|digits}?t={values.cst}' }]
    options:
      - { id: loja, label: Loja, next: outro }
      - { id: site, label: Site, next: fim }
  outro: { title: Outro, call: outro.flow.yaml, outcomes: { fim: fim } }
  fim: { title: Fim, text: 'Veja [o início](index.md).', result: resolved, aliases: [final] }
scenarios:
  - { name: loja, inputs: { sessao: '1' }, answers: { canal: loja }, outcome: fim }
  - { name: site, inputs: { sessao: '1' }, answers: { canal: site }, outcome: fim }
";

const INDEX: &str = "\
---
title: Início
owner: Equipe
---

## Estorno

Veja [o fim](f.flow.yaml#final~canal:loja), [de novo](f.flow.yaml#final~canal:loja), [daqui](#estorno) e <https://example.org/>.

![Tela](tela.png)

<a href=\"b.md\">A outra página</a> <video poster=\"tela.png\"></video>

:::include[b.md]
:::

:::flow[f.flow.yaml]
:::
";

fn site() -> Site {
    Site::new()
        .config("title: Teste\nvalues: { cst: '4003' }\n")
        .page("index.md", INDEX)
        .page("b.md", PAGE)
        .page("rascunho.md", "---\ntitle: Rascunho\nowner: Equipe\ndraft: true\n---\n\n[Início](index.md)\n")
        .flow("f.flow.yaml", FLOW)
        .flow("outro.flow.yaml", "title: Outro\nowner: Equipe\nnodes:\n  fim: { title: Fim, result: open }\n")
        .file("content/tela.png", "png")
}

fn graph(site: &Site) -> Value {
    serde_json::from_str(&site.output("links.json")).unwrap()
}

/// The page or flow at an address.
fn place<'a>(graph: &'a Value, url: &str) -> &'a Value {
    graph["pages"].as_array().unwrap().iter().find(|page| page["url"] == url).unwrap()
}

#[track_caller]
fn assert_has_documented_shape(graph: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/links.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let wrong: Vec<_> =
        validator.iter_errors(graph).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn lists_links_of_a_page_in_the_order_of_its_text() {
    let site = site();
    site.build().exits(0);
    let graph = graph(&site);
    assert_has_documented_shape(&graph);
    let home = place(&graph, "/");
    assert_eq!(home["title"], "Início");
    assert_eq!(home["kind"], "page");
    assert_eq!(home["file"], "content/index.md");
    assert_eq!(
        home["links"],
        json!([
            { "kind": "link", "to": "/f/", "fragment": "final~canal:loja", "node": "fim" },
            { "kind": "link", "to": "/f/", "fragment": "final~canal:loja", "node": "fim" },
            { "kind": "link", "to": "/", "fragment": "estorno" },
            { "kind": "link", "external": "https://example.org/" },
            { "kind": "image", "file": "tela.png" },
            { "kind": "link", "to": "/b/" },
            { "kind": "image", "file": "tela.png" },
            { "kind": "transclusion", "to": "/b/" },
            { "kind": "flow", "to": "/f/" },
        ])
    );
}

#[test]
fn lists_links_of_each_node() {
    let site = site();
    site.build().exits(0);
    assert_eq!(
        place(&graph(&site), "/f/")["links"],
        json!([
            { "kind": "content", "from_node": "canal", "to": "/", "fragment": "estorno" },
            { "kind": "link", "from_node": "canal", "external": "https://example.com/{sessao|digits}?t=4003" },
            { "kind": "call", "from_node": "outro", "to": "/outro/" },
            { "kind": "link", "from_node": "fim", "to": "/" },
        ])
    );
}

#[test]
fn lists_each_backlink_once_without_self_links() {
    let site = site();
    site.build().exits(0);
    let graph = graph(&site);
    let backlinks = |url: &str| place(&graph, url)["backlinks"].clone();
    assert_eq!(
        backlinks("/"),
        json!([
            { "from": "/f/", "from_node": "canal", "kind": "content", "fragment": "estorno" },
            { "from": "/f/", "from_node": "fim", "kind": "link" },
        ])
    );
    assert_eq!(backlinks("/b/"), json!([{ "from": "/", "kind": "link" }, { "from": "/", "kind": "transclusion" }]));
    let fim = json!({ "from": "/", "kind": "link", "fragment": "final~canal:loja", "node": "fim" });
    assert_eq!(backlinks("/f/"), json!([{ "from": "/", "kind": "flow" }, fim]));
    assert_eq!(backlinks("/outro/"), json!([{ "from": "/f/", "from_node": "outro", "kind": "call" }]));
    let files = json!([{ "file": "tela.png", "backlinks": [{ "from": "/", "kind": "image" }] }]);
    assert_eq!(graph["files"], files);
}

#[test]
fn includes_published_drafts() {
    let site = site();
    site.build().exits(0);
    assert!(!site.output("links.json").contains("rascunho"));
    site.run(&["build", "--drafts"]).exits(0);
    let graph = graph(&site);
    assert_has_documented_shape(&graph);
    assert_eq!(place(&graph, "/rascunho/")["links"], json!([{ "kind": "link", "to": "/" }]));
}

#[test]
fn rejects_copied_files_in_place_of_generated_ones() {
    let names = ["404.html", "copies.json", "flows.json", "links.json", "sitemap.xml", "versions.json"];
    let site = names.iter().fold(site(), |site, name| site.file(&format!("static/{name}"), "x"));
    let run = site.check().exits(1);
    run.reports("asset/collision").times(6).says("`copies.json`");
}

#[test]
fn every_link_has_a_backlink() {
    let out = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = ["build", "--root", root.to_str().unwrap(), "--out", out.path().to_str().unwrap()];
    Site::empty().run(&options).exits(0);
    let graph: Value = serde_json::from_str(&fs::read_to_string(out.path().join("links.json")).unwrap()).unwrap();
    assert_has_documented_shape(&graph);
    let (there, back) = (edges(&graph, "links", "to", true), edges(&graph, "backlinks", "from", false));
    assert!(there.len() > 30, "{there:?}");
    assert_eq!(there, back);
}

/// Every edge between two places, as (from, to, kind, fragment).
fn edges(graph: &Value, key: &str, other: &str, leads_away: bool) -> BTreeSet<[String; 4]> {
    let mut edges = BTreeSet::new();
    for page in graph["pages"].as_array().unwrap() {
        let here = page["url"].as_str().unwrap().to_owned();
        for edge in page[key].as_array().unwrap().iter().filter(|edge| edge.get(other).is_some()) {
            let there = edge[other].as_str().unwrap().to_owned();
            let (from, to) = if leads_away { (here.clone(), there) } else { (there, here.clone()) };
            let text = |key: &str| edge[key].as_str().unwrap_or_default().to_owned();
            if from != to {
                edges.insert([from, to, text("kind"), text("fragment")]);
            }
        }
    }
    edges
}
