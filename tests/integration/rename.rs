//! `vereda rename`: every reference changes, comments stay, and renaming back gives the same bytes.

use std::collections::BTreeMap;
use std::fs;

use crate::site::Site;

const CONFIG: &str = "title: Teste
values:
  # {values.fone} fica
  fone: '4003'
inputs:
  cnpj: { label: CNPJ, type: cnpj, example: 12.345.678/0001-95 }
calendars:
  comercial: { weekdays: [mon, tue] }
records:
  padrao: '{flow.title} {cnpj}'
search:
  expect: { 'como fazer': guia/passos.md#fazer }
";

const PAGE: &str = "---
title: Início
owner: Equipe
---

Ligue {values.fone}, diga {cnpj}. Código: `{values.fone}`. <!-- x.flow.yaml#pergunta {cnpj} -->

Veja [os passos](guia/passos.md#fazer), [a pergunta](x.flow.yaml#pergunta), [o caminho](x.flow.yaml#fim~pergunta:sim) e
[a referência][r]. ![Foto](guia/foto.png \"Foto\")

:::include[guia/passos.md#fazer]
:::

[r]: ./guia/passos.md
";

const STEPS: &str = "---\r
title: Passos\r
owner: Equipe\r
---\r
\r
[Volte](../index.md), [ou](#fazer). ![foto](foto.png)\r
\r
## Fazer\r
\r
Assim.\r
";

const FLOW: &str = "title: Xis
owner: Equipe
inputs:
  valor: { label: Valor, type: number }
start: pergunta
nodes:
  # pergunta: a primeira
  pergunta:
    title: Sim?
    content: guia/passos.md#fazer
    options:
      - { id: sim, label: Sim, next: regra }   # sim
      - { id: nao, label: Não, next: pergunta-2, set: { valor: 3 } }
  pergunta-2: { title: Espere, ask: [valor], next: regra }
  regra:
    ask: [valor, cnpj]
    rules:
      - { when: { pergunta: { in: [sim] }, valor: { gt: 2 } }, next: fim }
      - { otherwise: fim }
  fim: { title: Fim {valor}, result: resolved, record: padrao, copy: [{ label: L, text: '{values.fone} {valor}' }] }
scenarios:
  - { name: um, inputs: { valor: 3, cnpj: 12.345.678/0001-95 }, answers: { pergunta: sim }, outcome: fim, path: [pergunta, fim] }
  - { name: dois, inputs: { valor: 3, cnpj: 12.345.678/0001-95 }, answers: { pergunta: nao }, outcome: fim }
";

const CALLER: &str = "title: Ípsilon
owner: Equipe
nodes:
  chama:
    call: x.flow.yaml
    outcomes: { fim: hora }
  hora:
    ask: [quando]
    rules:
      - { when: { quando: { within: comercial } }, next: acaba }
      - { otherwise: acaba }
  acaba: { title: Acaba, result: resolved }
inputs: { quando: { label: Quando, type: datetime } }
scenarios:
  - { name: um, inputs: { valor: 3, quando: 2026-10-13T10:00, cnpj: 12.345.678/0001-95 }, answers: { chama/pergunta: sim }, outcome: acaba, path: [chama/fim] }
";

fn site() -> Site {
    Site::new()
        .config(CONFIG)
        .page("index.md", PAGE)
        .page("guia/passos.md", STEPS)
        .page("guia/foto.png", "x")
        .flow("x.flow.yaml", &FLOW.replace("title: Fim {valor}", "title: 'Fim {valor}'"))
        .flow("y.flow.yaml", CALLER)
}

fn texts(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(site.root()).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file() && !entry.path().starts_with(site.path("public")));
    files.map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).unwrap())).collect()
}

/// Renames there and back: the site has no findings that it had not, and in the end the same bytes.
fn check_both_ways(old: &str, new: &str, back: (&str, &str), check: impl Fn(&Site)) {
    let site = site();
    let before = texts(&site);
    let findings = site.run(&["check", "--format", "short"]).exits(0).stdout.lines().count();
    site.run(&["rename", old, new, "--dry-run"]).exits(0);
    assert_eq!(texts(&site), before, "{old}: --dry-run writes");
    site.run(&["rename", old, new]).exits(0);
    let after = site.run(&["check", "--format", "short"]).exits(0);
    assert_eq!(after.stdout.lines().count(), findings, "{old}: {}", after.stdout);
    check(&site);
    site.run(&["rename", back.0, back.1]).exits(0);
    for (path, bytes) in texts(&site) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!(text, String::from_utf8_lossy(before.get(&path).unwrap_or(&Vec::new())), "{old}: {path}");
    }
    assert_eq!(texts(&site), before);
}

#[test]
fn renames_a_node_in_every_file() {
    let flow = "content/x.flow.yaml";
    check_both_ways(&format!("{flow}#pergunta"), "questao", (&format!("{flow}#questao"), "pergunta"), |site| {
        let text = site.read(flow);
        assert!(text.contains("# pergunta: a primeira\n  questao:\n") && text.contains("next: pergunta-2"));
        assert!(text.contains("    aliases: [pergunta]\n  pergunta-2:"), "{text}");
        assert!(text.contains("start: questao\n") && text.contains("when: { questao: { in: [sim] }"));
        assert!(text.contains("answers: { questao: sim }, outcome: fim, path: [questao, fim]"));
        let page = site.read("content/index.md");
        assert!(page.contains("(x.flow.yaml#questao)") && page.contains("x.flow.yaml#fim~questao:sim"));
        assert!(page.contains("<!-- x.flow.yaml#pergunta"));
        assert!(site.read("content/y.flow.yaml").contains("chama/questao: sim"));
    });
    check_both_ways(&format!("{flow}#fim"), "final", (&format!("{flow}#final"), "fim"), |site| {
        assert!(site.read("content/y.flow.yaml").contains("outcomes: { final: hora }"));
        assert!(site.read("content/y.flow.yaml").contains("path: [chama/final]"));
    });
}

#[test]
fn renames_an_option_in_every_file() {
    let flow = "content/x.flow.yaml";
    check_both_ways(&format!("{flow}#pergunta:sim"), "claro", (&format!("{flow}#pergunta:claro"), "sim"), |site| {
        let text = site.read(flow);
        assert!(text.contains("- { id: claro, label: Sim, next: regra, aliases: [sim] }   # sim\n"), "{text}");
        assert!(text.contains("in: [claro]") && text.contains("answers: { pergunta: claro }"));
        assert!(site.read("content/index.md").contains("#fim~pergunta:claro"));
        assert!(site.read("content/y.flow.yaml").contains("chama/pergunta: claro"));
    });
}

#[test]
fn renames_an_anchor_and_keeps_the_old_one() {
    let page = "content/guia/passos.md";
    check_both_ways(&format!("{page}#fazer"), "agir", (&format!("{page}#agir"), "fazer"), |site| {
        let text = site.read(page);
        assert!(
            text.contains("## Fazer {#agir}\r\n") && text.contains("\r\nanchors:\r\n  fazer: agir\r\n---"),
            "{text}"
        );
        assert!(text.contains("[ou](#agir)"));
        assert!(site.read("content/x.flow.yaml").contains("content: guia/passos.md#agir"));
        let index = site.read("content/index.md");
        assert!(index.contains("(guia/passos.md#agir)") && index.contains(":::include[guia/passos.md#agir]"));
        assert!(site.read("vereda.yaml").contains("guia/passos.md#agir"));
        site.build().exits(0);
        assert!(site.output("guia/passos/index.html").contains("<h2 id=\"agir\"><span id=\"fazer\"></span>Fazer"));
    });
}

#[test]
fn renames_settings_in_texts_and_flows() {
    check_both_ways("values.fone", "telefone", ("values.telefone", "fone"), |site| {
        let page = site.read("content/index.md");
        assert!(page.contains("Ligue {values.telefone}") && page.contains("`{values.fone}`"));
        assert!(site.read("vereda.yaml").contains("# {values.fone} fica\n  telefone: '4003'"));
    });
    check_both_ways("inputs.cnpj", "documento", ("inputs.documento", "cnpj"), |site| {
        assert!(site.read("content/index.md").contains("diga {documento}"));
        assert!(site.read("content/x.flow.yaml").contains("ask: [valor, documento]"));
        assert!(site.read("vereda.yaml").contains("padrao: '{flow.title} {documento}'"));
    });
    check_both_ways("calendars.comercial", "horario", ("calendars.horario", "comercial"), |site| {
        assert!(site.read("content/y.flow.yaml").contains("within: horario"));
    });
    check_both_ways("records.padrao", "curto", ("records.curto", "padrao"), |site| {
        assert!(site.read("content/x.flow.yaml").contains("record: curto"));
    });
    let flow = "content/x.flow.yaml";
    check_both_ways(&format!("{flow}#inputs.valor"), "quantia", (&format!("{flow}#inputs.quantia"), "valor"), |site| {
        let text = site.read(flow);
        assert!(
            text.contains("Fim {quantia}") && text.contains("ask: [quantia, cnpj]") && !text.contains("valor"),
            "{text}"
        );
        assert!(site.read("content/y.flow.yaml").contains("inputs: { quantia: 3"));
    });
}

#[test]
fn moves_pages_flows_and_folders() {
    let (old, new) = ("content/guia/passos.md", "content/a/b/passo-a-passo.md");
    check_both_ways(old, new, (new, old), |site| {
        let text = site.read(new);
        assert!(text.contains("[Volte](../../index.md), [ou](#fazer). ![foto](../../guia/foto.png)"), "{text}");
        assert!(text.contains("aliases: [/guia/passos/]"));
        let index = site.read("content/index.md");
        assert!(
            index.contains("(a/b/passo-a-passo.md#fazer)") && index.contains("[r]: ./a/b/passo-a-passo.md"),
            "{index}"
        );
        assert!(site.read("content/x.flow.yaml").contains("content: a/b/passo-a-passo.md#fazer"));
    });
    check_both_ways(
        "content/x.flow.yaml",
        "content/f/x.flow.yaml",
        ("content/f/x.flow.yaml", "content/x.flow.yaml"),
        |site| {
            assert!(site.read("content/y.flow.yaml").contains("call: f/x.flow.yaml"));
            assert!(site.read("content/f/x.flow.yaml").contains("content: ../guia/passos.md#fazer"));
        },
    );
    check_both_ways("content/guia", "content/ajuda", ("content/ajuda", "content/guia"), |site| {
        assert!(site.read("content/index.md").contains("![Foto](ajuda/foto.png"));
        assert!(site.path("content/ajuda/foto.png").exists() && !site.path("content/guia").exists());
    });
}

#[test]
fn refuses_renamings_with_a_reason() {
    let site = site();
    let before = texts(&site);
    for (old, new, reason) in [
        ("content/x.flow.yaml#pergunta", "fim", "`fim` already exists"),
        ("content/x.flow.yaml#pergunta", "Não", "`Não` is no valid name"),
        ("content/x.flow.yaml#perguntas", "a", "did you mean `pergunta`?"),
        ("values.nada", "a", "`values.nada` does not exist"),
        ("content/guia/passos.md", "content/index.md", "`content/index.md` already exists"),
        ("content/guia/passos.md", "passos.md", "`passos.md` is not in `content`"),
        ("content/guia", "content/guia/dentro", "is inside the folder itself"),
        ("content/guia/passos.md", "content/passos.flow.yaml", "does not end as the present file does"),
    ] {
        let run = site.run(&["rename", old, new, "--lang", "en"]).exits(2);
        assert!(run.stderr.contains(reason), "{old}: {}", run.stderr);
    }
    assert_eq!(texts(&site), before);
}
