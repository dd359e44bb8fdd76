//! The page of exact texts, `copies.json`, `vereda where`, and the macros of Zendesk.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::site::{PAGE, Site};

const CONFIG: &str = "\
title: Teste
language: pt-BR
values:
  macro-a: 'Auditoria | Abandono'
  catalogo-a: '99 > 007'
  nota: 'Só texto'
inputs: { ticket: { label: Ticket, type: text, example: 'XXXX' } }
";

const INDEX: &str = "\
---
title: Início
owner: Equipe
---

## Encerrar

1. Aplique a macro :copy[{values.macro-a}]. {#aplicar}

:::details[Título **do** ticket]{#titulo}
Copie :copy[Ticket {ticket}].
:::

{values.nota} em outro lugar.
";

const FLOW: &str = "\
title: Auditar
owner: Equipe
nodes:
  caso:
    title: Qual?
    options:
      - { id: um, label: Um, next: passo }
      - { id: dois, label: Dois, next: fim }
  passo: { title: Passo, text: Espere., next: outra }
  outra:
    title: E agora?
    options:
      - { id: a, label: Ainda, next: longe }
      - { id: b, label: Não, next: fim }
  fim:
    title: Fim
    copy:
      - { label: Macro, text: '{values.macro-a}' }
      - { label: Catálogo, text: '{values.catalogo-a}' }
    result: resolved
  longe: { title: Longe, content: 'index.md#aplicar', result: open }
scenarios:
  - { name: dois, answers: { caso: dois }, outcome: fim }
  - { name: um, answers: { caso: um, outra: a }, outcome: longe }
";

const CALLER: &str = "\
title: De fora
owner: Equipe
nodes:
  q:
    title: Vai?
    options:
      - { id: sim, label: Vai, next: chama }
      - { id: nao, label: Fica, next: aqui }
  chama: { title: Chama, call: f.flow.yaml, outcomes: { fim: aqui, longe: aqui } }
  aqui: { title: Aqui, text: 'Veja [o fim](f.flow.yaml#fim).', result: open }
";

fn site() -> Site {
    Site::new().config(CONFIG).page("index.md", INDEX).flow("f.flow.yaml", FLOW).flow("g.flow.yaml", CALLER)
}

fn copies(site: &Site) -> Value {
    serde_json::from_str(&site.output("copies.json")).unwrap()
}

#[test]
fn lists_every_text_with_its_places() {
    let site = site();
    site.build().exits(0);
    let list = copies(&site);
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/copies.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap().validate(&list).unwrap();
    let texts: Vec<_> = list["copies"].as_array().unwrap().iter().map(|copy| copy["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["Auditoria | Abandono", "99 > 007", "Ticket {ticket}", "Só texto"]);
    let places = json!([
        { "url": "/", "fragment": "aplicar", "title": "Aplique a macro Auditoria | Abandono.", "page": "Início", "copied": true },
        { "url": "/f/", "fragment": "fim", "title": "Fim", "page": "Auditar", "copied": true },
        { "url": "/f/", "fragment": "longe", "title": "Longe", "page": "Auditar", "copied": true },
    ]);
    assert_eq!(list["copies"][0]["places"], places);
    assert_eq!(list["copies"][1]["label"], "Catálogo");
    assert_eq!(list["copies"][2]["inputs"], json!(["ticket"]));
    assert_eq!(list["copies"][2]["places"][0]["title"], "Título do ticket");
    assert_eq!(list["copies"][3]["kind"], "value");
}

#[test]
fn page_of_texts_has_copies_and_links() {
    let site = site();
    site.build().exits(0);
    let page = site.output("macros/index.html");
    assert!(page.contains("<span class=\"copy-value\">Auditoria | Abandono</span>"), "{page}");
    assert!(page.contains("<a href=\"../f/#fim\">Fim</a>") && page.contains("data-input=\"ticket\""), "{page}");
    assert!(site.output("sitemap.xml").contains("/macros/</loc>"));
    assert!(site.output("index.html").contains("href=\"macros/\""));
}

#[test]
fn site_without_copies_has_no_such_page() {
    let site =
        Site::new().config("title: T\nvalues: { nota: A }\n").page("index.md", &format!("{PAGE}\n{{values.nota}}\n"));
    site.build().exits(0);
    assert!(!site.path("public/macros").exists());
    assert!(!site.output("index.html").contains("macros"));
}

#[test]
fn page_of_the_site_wins_the_route() {
    let site = site().page("macros.md", &PAGE.replace("Início", "As nossas"));
    site.check().exits(0).reports("page/copies-route").at("content/macros.md:1:1");
    site.build().exits(0);
    assert!(site.output("macros/index.html").contains("As nossas"));
    let none = Site::new().page("index.md", PAGE).page("macros.md", PAGE);
    assert!(!none.check().exits(0).stdout.contains("page/copies-route"));
}

#[test]
fn where_prints_each_use_of_a_text() {
    let site = site();
    let lines = "Auditoria | Abandono (macro, values.macro-a)\n  content/f.flow.yaml:18:31  fim\n  \
                 content/f.flow.yaml:21:3  longe  (text of another page, shown here)\n  content/index.md:8:20  #aplicar\n";
    for query in ["Auditoria | Abandono", "macro-a", "values.macro-a", "auditoria | ABANDONO", "abandono"] {
        let run = site.run(&["where", query, "--lang", "en"]).exits(0);
        let mut found: Vec<_> = run.stdout.lines().collect();
        let mut expected: Vec<_> = lines.lines().collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }
    site.run(&["where", "Só texto"]).exits(0).prints("Só texto (values.nota)\n  content/index.md:14:1  #encerrar\n");
    site.run(&["where", "Auditoria | Abandon", "--lang", "en"]).exits(0).prints("Auditoria | Abandono (");
    site.run(&["where", "Auditroia | Abandono", "--lang", "en"]).exits(2).tells("did you mean “Auditoria | Abandono”?");
}

#[test]
fn where_writes_an_object_for_each_text() {
    let run = site().run(&["where", "macro-a", "--format", "json"]).exits(0);
    let found: Value = serde_json::from_str(run.stdout.trim_end()).unwrap();
    assert_eq!(found["values"], json!(["macro-a"]));
    let uses = found["uses"].as_array().unwrap();
    let place = json!({ "file": "content/f.flow.yaml", "line": 18, "column": 31, "node": "fim", "anchor": null, "transcluded": false });
    assert!(uses.contains(&place), "{uses:?}");
}

#[test]
fn where_prints_what_leads_to_a_node() {
    let site = site();
    site.run(&["where", "f#longe", "--lang", "en"])
        .exits(0)
        .prints("content/f.flow.yaml:21:3  longe\n  Qual?: Um\n  E agora?: Ainda\n  → longe: Longe\n")
        .prints("\nCalled by “De fora”:\n  content/g.flow.yaml:9:3  chama\n  Vai?: Vai\n  → chama: Chama\n");
    site.run(&["where", "content/f.flow.yaml#fim", "--lang", "en"])
        .exits(0)
        .prints("  Qual?: Dois\n  → fim: Fim\n")
        .prints("\nLinks to it:\n  content/g.flow.yaml:10:30  aqui\n");
    site.run(&["where", "f#fimm", "--lang", "en"]).exits(2).tells("did you mean “fim”?");
    let run = site.run(&["where", "f#longe", "--format", "json"]).exits(0);
    let found: Value = serde_json::from_str(run.stdout.trim_end()).unwrap();
    let answers: Vec<_> = found["path"]["decisions"].as_array().unwrap().iter().map(|one| &one["answer"]).collect();
    assert_eq!(answers, ["Um", "Ainda"]);
}

#[test]
fn outcome_shows_the_shortest_answers() {
    let site = site();
    site.build().exits(0);
    let page = site.output("f/index.html");
    assert!(page.contains("<a href=\"#caso\">1 Um</a> → <a href=\"#outra\">3 Ainda</a>"), "{page}");
}

#[cfg(unix)]
#[test]
fn refuses_pipes_links_and_large_files_of_macros() {
    use std::os::unix::fs::symlink;
    let named = |name: &str| site().config(&format!("{CONFIG}zendesk: {{ macros: {name} }}\n"));
    let pipe = named("pipe.json");
    let made = std::process::Command::new("mkfifo").arg(pipe.path("pipe.json")).status().unwrap();
    assert!(made.success());
    pipe.check().exits(1).reports("macro/file").at("vereda.yaml:8:20").says("`pipe.json`");
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("macros.json"), "{\"macros\":[]}").unwrap();
    let linked = named("link.json");
    symlink(outside.path().join("macros.json"), linked.path("link.json")).unwrap();
    linked.check().exits(1).reports("macro/file").at("vereda.yaml:8:20");
    let large = named("large.json");
    fs::File::create(large.path("large.json")).unwrap().set_len(33 << 20).unwrap();
    large.check().exits(1).reports("macro/file").says("32");
    named("macros.json").file("macros.json", [b'{', 0xff]).check().exits(1).reports("macro/file").at("macros.json:1:2");
}
