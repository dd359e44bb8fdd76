//! `vereda check --suggest-scenarios`.

use crate::site::{PAGE, Site};

const CONFIG: &str = "title: Teste\ncheck: { coverage: { nodes: 100, options: 100, rules: 100 } }\n";

const FLOW: &str = "\
title: Cobrança
owner: Equipe
inputs:
  valor: { label: Valor, type: money, example: '10' }
nodes:
  inicio:
    title: A cobrança existe?
    options:
      - { id: 'yes', label: 'Sim, d''água', next: quanto }
      - { id: nao, label: Não, next: ajuda }
      - { id: volta, label: Ver de novo, next: inicio }
  quanto:
    title: Quanto?
    loop: true
    ask: [valor]
    rules:
      - { when: { valor: { gt: 500 } }, next: ajuda }
      - { when: { valor: { gt: 100 } }, next: outro }
      - { otherwise: fim }
  outro:
    call: b.flow.yaml
    outcomes: { bom: fim, ruim: ajuda }
  fim: { title: Fim, result: resolved }
  ajuda: { title: Peça ajuda, result: escalated }
";

const CALLED: &str = "\
title: Outro
owner: Equipe
nodes:
  b1:
    title: Está bom?
    options:
      - { id: sim, label: Sim, next: bom }
      - { id: nao, label: Não, next: ruim }
  bom: { title: Bom, result: resolved }
  ruim: { title: Ruim, result: pending }
";

fn site(scenarios: &str) -> Site {
    let flow = format!("{FLOW}scenarios:\n{scenarios}");
    Site::new().config(CONFIG).page("index.md", PAGE).flow("a.flow.yaml", &flow).flow("b.flow.yaml", CALLED)
}

#[test]
fn suggested_scenarios_cover_everything() {
    let site = site("  []\n");
    let before = site.check().exits(1);
    before.reports("scenario/uncovered-option").has_severity("error").times(2);
    let suggested = site.run(&["check", "--suggest-scenarios", "a"]).exits(0).tells("confira se cada desfecho");
    assert_eq!(suggested.stdout.matches("- name: ").count(), 4, "{suggested}");
    let inner = site.run(&["check", "--suggest-scenarios", "b"]).exits(0);
    let site = site.flow("a.flow.yaml", &format!("{FLOW}scenarios:\n{}", suggested.stdout));
    let site = site.flow("b.flow.yaml", &format!("{CALLED}scenarios:\n{}", inner.stdout));
    let coverage = site.check().exits(0).summary()["coverage"].clone();
    for share in ["scenarios", "nodes", "options", "rules"] {
        assert_eq!(coverage[0][share]["covered"], coverage[0][share]["total"], "{coverage}");
    }
    let again = site.run(&["check", "--suggest-scenarios", "a"]).exits(0).tells("já passam por todos");
    assert_eq!(again.stdout, "");
}

#[test]
fn suggests_scenarios_despite_failing_ones() {
    let site = site("  - { name: x, answers: { inicio: nao }, outcome: fim }\n");
    let run =
        site.run(&["check", "--suggest-scenarios", "/a/", "--lang", "en"]).exits(0).tells("check that each outcome");
    assert!(run.stdout.contains("  - name: 'Sim, d''água · Valor 500,01 → Peça ajuda'\n"), "{run}");
    assert!(run.stdout.contains("    answers: { inicio: 'yes', outro/b1: sim }\n"), "{run}");
}

#[test]
fn suggests_the_nearest_flow() {
    site("  []\n").run(&["check", "--suggest-scenarios", "aa"]).exits(2).tells("`aa`");
}
