//! `vereda build --single-file`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;
use sha2::{Digest, Sha256};

use crate::site::{PAGE, Site};

const FLOW: &str = "\
title: F
owner: E
nodes:
  a:
    title: Qual?
    text: '![Tela](tela.png) e [início](../index.md) e [aqui](#fim)'
    options:
      - { id: sim, label: Sim, next: b }
      - { id: nao, label: Não, next: fim }
  b: { call: g.flow.yaml, outcomes: { fim: fim } }
  fim: { title: Fim, result: resolved }
scenarios:
  - { name: sim, answers: { a: sim }, outcome: fim }
  - { name: nao, answers: { a: nao }, outcome: fim }
";

const CALLED: &str = "title: G\nowner: E\nnodes:\n  fim: { title: Fim, text: Texto de G., result: resolved }\n\
                      scenarios:\n  - { name: g, outcome: fim }\n";

fn site() -> Site {
    Site::new()
        .page("index.md", PAGE)
        .flow("x/f.flow.yaml", FLOW)
        .flow("x/g.flow.yaml", CALLED)
        .file("content/x/tela.png", "png")
}

/// What a policy calls a text.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// The text between tags.
fn inside<'h>(html: &'h str, open: &str, close: &str) -> &'h str {
    let start = html.find(open).unwrap_or_else(|| panic!("no {open}")) + open.len();
    &html[start..start + html[start..].find(close).unwrap()]
}

#[test]
fn contains_every_resource_with_its_hash_in_the_policy() {
    let site = site();
    let base = ["--base-url", "https://x.org/docs/"];
    site.run(&[&["build", "--single-file", "x/f", "--out", "f.html"], &base[..]].concat())
        .exits(0)
        .tells("criado: f.html");
    let html = site.read("f.html");
    let policy = inside(&html, "Content-Security-Policy\" content=\"", "\"").replace("&#39;", "'");
    assert!(policy.contains(&format!("script-src {};", hash(inside(&html, "<script type=\"module\">", "</script>")))));
    assert!(policy.contains(&format!("style-src {};", hash(inside(&html, "<style>", "</style>")))));
    assert!(html.contains(&format!("src=\"data:image/png;base64,{}\"", STANDARD.encode("png"))));
    assert!(html.contains("Texto de G."), "the text of the called flow");
    let address = Regex::new("(?:href|src)=\"([^\"]*)\"").unwrap();
    let shown = html.replace(inside(&html, "id=\"files\">", "</script>"), "");
    for found in address.captures_iter(&shown) {
        let is_alone = ["#", "data:", "https://x.org/docs/"].iter().any(|start| found[1].starts_with(start));
        assert!(is_alone, "{}", &found[1]);
    }
    assert!(html.contains("<a href=\"https://x.org/docs/\">início</a>"));
    assert!(html.contains("<a href=\"#fim\">aqui</a>"));
    assert!(!html.contains("data-worker"));
}

#[test]
fn links_become_text_without_a_base_url() {
    let site = site();
    site.run(&["build", "--single-file", "/x/f/", "--out", "f.html"]).exits(0);
    let html = site.read("f.html");
    assert!(html.contains("<a >início</a>") || html.contains("<a>início</a>"));
    assert!(html.contains("<a href=\"#fim\">aqui</a>"));
}

#[test]
fn is_reproducible_and_writes_no_site() {
    let site = site();
    site.run(&["build", "--single-file", "content/x/f.flow.yaml"]).exits(0).tells("f.html");
    let first = site.read("f.html");
    site.run(&["build", "--single-file", "x/f"]).exits(0);
    assert_eq!(site.read("f.html"), first);
    assert!(!site.path("public").exists());
}

#[test]
fn suggests_the_nearest_flow() {
    let site = site();
    site.run(&["build", "--single-file", "x/ff", "--lang", "en"]).exits(2).tells("did you mean `x/f`?");
    site.run(&["build", "--single-file", "x/f", "--since", "HEAD"]).exits(2).tells("--since");
}

#[test]
fn writes_nothing_when_there_are_errors() {
    let site = site().page("b.md", "---\ntitle: B\n---\n\n[a](nada.md)\n");
    site.run(&["build", "--single-file", "x/f", "--out", "f.html"]).exits(1).tells("link/missing-file");
    assert!(!site.path("f.html").exists());
}

#[test]
fn reports_scripts_that_cannot_be_bundled() {
    let site = site().file("themes/orange/js/main.js", "import './components/page.js';\n");
    site.run(&["build", "--single-file", "x/f", "--out", "f.html"]).exits(2).tells("themes/README.md");
    assert!(!site.path("f.html").exists());
}
