//! `vereda check --fix`: certain corrections are written, guesses only with `--fix=all`, and a second run changes nothing.

use std::fs;

use crate::site::{PAGE, Site};

const STEPS: &str = "---\ntitle: Passos\naliases: [/antigo/]\nowner: E\n---\n\n## Pendência {#pendencia}\n\nx\n";

const INDEX: &str = "---
title: Início
ownr: Equipe
---

Veja [a](whats/Pasos.md), [b](whats/passos.md#pendecia), [c](/antigo/) e [d](whats/passos.md#xyzw).
Ligue {values.foen}. `{values.foen}`

:::note Atenção
x
:::

:::detials[A]
y
:::

[e](whats/passo-2.md)
";

const FLOW: &str = "title: F
owner: E
nodes:
  # a pergunta
  a:
    title: on
    options:
      - { id: sim, label: Sim, nxt: fim-do-caso }   # sim
      - { id: nao, label: no, next: fim_do_caso }
  fim-do-caso: { title: Fim, result: resolvd }
scenarios:
  - { name: x, answers: { a: sin }, outcome: fim-do-casso }
  - { name: z, answers: { a: nao }, outcome: fim-do-casso }
";

const CONFIG: &str =
    "titel: Teste\nvalues: { fone: '4003', hora: 12:30 }\ncheck: { severity: { link/mising-anchor: error } }\n";

fn site() -> Site {
    Site::empty().config(CONFIG).page("index.md", INDEX).page("whats/passos.md", STEPS).flow("f.flow.yaml", FLOW)
}

#[test]
fn writes_certain_corrections() {
    let site = site();
    let run = site.run(&["check", "--fix", "--format", "json"]).exits(1);
    let mut codes: Vec<_> = run.findings().iter().map(|found| found["code"].as_str().unwrap().to_owned()).collect();
    codes.dedup();
    assert_eq!(codes, ["flow/idle-question", "scenario/unknown-name", "link/missing-anchor", "link/missing-file"]);
    let index = site.read("content/index.md");
    assert!(index.contains("[a](whats/passos.md), [b](whats/passos.md#pendencia), [c](whats/passos.md) e [d](whats/"));
    assert!(index.contains("Ligue {values.fone}. `{values.foen}`\n") && index.contains("\nowner: Equipe\n"));
    assert!(index.contains(":::note[Atenção]\n") && index.contains(":::details[A]\n"));
    let flow = site.read("content/f.flow.yaml");
    assert!(flow.contains("  # a pergunta\n  a:\n    title: 'on'\n"), "{flow}");
    assert!(flow.contains("- { id: sim, label: Sim, next: fim-do-caso }   # sim\n"));
    assert!(flow.contains("label: 'no', next: fim-do-caso }") && flow.contains("result: resolved }"));
    assert_eq!(flow.matches("outcome: fim-do-caso }").count(), 2);
    assert!(site.read("vereda.yaml").contains("title: Teste\nvalues: { fone: '4003', hora: '12:30' }"));
}

#[test]
fn second_run_changes_nothing() {
    for which in ["--fix", "--fix=all"] {
        let site = site();
        site.run(&["check", which]);
        let first = ["vereda.yaml", "content/index.md", "content/f.flow.yaml"].map(|path| site.read(path));
        site.run(&["check", which, "--lang", "en"]).tells("corrections: 0");
        assert_eq!(first, ["vereda.yaml", "content/index.md", "content/f.flow.yaml"].map(|path| site.read(path)));
    }
}

#[test]
fn shows_and_writes_guesses_on_request() {
    let site = site();
    let run = site.run(&["check", "--fix=all", "--lang", "en"]).exits(1);
    assert!(run.stderr.contains("  - [e](whats/passo-2.md)\n  + [e](whats/passos.md)\n"), "{run:?}", run = run.stderr);
    assert!(site.read("content/f.flow.yaml").contains("answers: { a: sim }"));
    assert!(site.read("content/index.md").contains("#xyzw"), "no name is near");
}

#[test]
fn keeps_line_breaks_and_byte_order_mark() {
    let text = format!("\u{feff}{}", PAGE.replace("owner", "ownr").replace('\n', "\r\n"));
    let site = Site::new().page("index.md", &text);
    site.run(&["check", "--fix"]).exits(0);
    assert_eq!(fs::read_to_string(site.path("content/index.md")).unwrap(), text.replace("ownr", "owner"));
}

#[test]
fn leaves_a_clean_site_and_suppressed_findings() {
    let page = PAGE.to_owned()
        + "\n[Texto](#incio) <!-- vereda-ignore link/missing-anchor: volta logo -->\n\n## Início {#inicio}\n";
    let site = Site::new().page("index.md", &page);
    site.run(&["check", "--fix=all", "--lang", "en"]).exits(0).tells("corrections: 0");
    assert_eq!(site.read("content/index.md"), page);
}
