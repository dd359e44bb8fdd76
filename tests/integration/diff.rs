//! `vereda diff` and `vereda build --since`.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::site::{PAGE, Run, Site};

const FLOW: &str = "\
title: Cobrança
owner: Equipe
nodes:
  cadastro:
    title: Há cadastro?
    content: texto.md#cadastro
    options:
      - { id: sim, label: Sim, next: estorno }
      - { id: nao, label: Não, next: apoio }
  estorno:
    title: Estorne
    copy: [{ label: Macro, text: 'Estorno  ::  {values.setor}' }]
    result: resolved
    status: Resolvido
  apoio: { title: Peça apoio, result: escalated }
scenarios:
  - { name: com cadastro, answers: { cadastro: sim }, outcome: estorno }
  - { name: sem cadastro, answers: { cadastro: nao }, outcome: apoio }
";

const TEXT: &str = "---\ntitle: Texto\nowner: Equipe\n---\n\n## Cadastro {#cadastro}\n\nAbra o cadastro.\n";

const CONFIG: &str = "title: Teste\nvalues: { setor: Financeiro }\n";

/// Runs git in a folder, independent of the settings of the machine.
fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args([
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.com",
        "-c",
        "commit.gpgsign=false",
    ]);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.args(arguments).output().expect("`git` is installed");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The site as it was first, committed and tagged `v1`.
fn site() -> Site {
    let site = Site::new().config(CONFIG).page("index.md", PAGE).page("texto.md", TEXT).flow("f.flow.yaml", FLOW);
    commit(&site);
    git(site.root(), &["tag", "v1"]);
    site
}

fn commit(site: &Site) {
    git(site.root(), &["init", "--quiet", "--initial-branch", "main"]);
    git(site.root(), &["add", "--all"]);
    git(site.root(), &["commit", "--quiet", "--message", "texto"]);
}

/// The site with its flow edited, not committed.
fn edited(edit: impl Fn(&str) -> String) -> Site {
    site().flow("f.flow.yaml", &edit(FLOW))
}

/// The objects of a comparison, and its summary.
fn objects(run: &Run) -> (Vec<Value>, Value) {
    let mut objects: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = objects.pop().unwrap_or_else(|| panic!("{run}"));
    (objects, last["summary"].clone())
}

#[test]
fn reports_no_changes_and_succeeds() {
    let site = site();
    let run = site.run(&["diff", "HEAD"]).exits(0).prints("nada mudou no conteúdo\n");
    assert_eq!(run.stderr, "");
    site.run(&["diff", "v1", "--lang", "en"]).exits(0).prints("nothing changed in the content\n");
    let (changes, summary) = objects(&site.run(&["diff", "main", "--format", "json"]).exits(0));
    assert_eq!((changes.len(), &summary["version"], &summary["since"]), (0, &Value::from(1), &Value::from("main")));
}

#[test]
fn reports_changed_outcomes_in_both_languages() {
    let site = edited(|flow| {
        flow.replace("label: Sim, next: estorno", "label: Sim, next: apoio")
            .replace("label: Não, next: apoio", "label: Não, next: estorno")
    });
    site.check().exits(1).reports("scenario/wrong-outcome");
    site.run(&["diff", "v1"])
        .exits(0)
        .prints("O que mudou desde v1 (commit ")
        .prints("Fluxo “Cobrança” (content/f.flow.yaml, /f/)\n  Comportamento\n")
        .prints("    ! quem responde “Há cadastro?”: Sim chegava a “Estorne” e agora chega a “Peça apoio”\n")
        .prints("    ! o cenário “com cadastro” tem outro resultado: antes, chega a “Estorne”; agora, chega a “Peça apoio”\n")
        .prints("  1. Há cadastro? (`cadastro`)\n    ~ “Sim” levava a “Estorne” e agora leva a “Peça apoio”\n")
        .prints("6 mudanças; de comportamento: 4\n");
    site.run(&["diff", "v1", "--lang", "en"])
        .exits(0)
        .prints("What changed since v1 (commit ")
        .prints("! with “Há cadastro?”: Sim, the flow ended at “Estorne” and now ends at “Peça apoio”\n")
        .prints("! the scenario “com cadastro” has another result: before, it ends at “Estorne”; now, it ends at “Peça apoio”\n");
}

#[test]
fn json_has_a_line_for_each_change_and_a_summary() {
    let site = edited(|flow| flow.replace("Estorno  ::", "Estorno ::"));
    let (changes, summary) = objects(&site.run(&["diff", "v1", "--format", "json"]).exits(0));
    let [change] = changes.as_slice() else { panic!("{changes:?}") };
    let keys: Vec<&String> = change.as_object().unwrap().keys().collect();
    let contract =
        ["change", "effect", "subject", "title", "file", "url", "node", "node_title", "item", "old", "new", "message"];
    assert_eq!(keys.len(), contract.len());
    assert!(contract.iter().all(|key| change.get(key).is_some()), "{change}");
    for (key, value) in [
        ("change", "copy/text"),
        ("effect", "changed"),
        ("subject", "flow"),
        ("file", "content/f.flow.yaml"),
        ("url", "/f/"),
        ("node", "estorno"),
        ("item", "Macro"),
        ("old", "Estorno  ::  Financeiro"),
        ("new", "Estorno ::  Financeiro"),
        ("message", "mudou o texto que se copia em “Macro”"),
    ] {
        assert_eq!(change[key], value, "{key}");
    }
    assert_eq!(summary["commit"].as_str().unwrap().len(), 40);
    for (key, count) in [("flows", 1), ("pages", 0), ("changes", 1), ("behaviour", 0), ("old_errors", 0)] {
        assert_eq!(summary[key], count, "{key}");
    }
}

#[test]
fn reports_changes_of_every_part_of_a_node() {
    let site = edited(|flow| {
        let flow = flow
            .replace("  estorno:\n", "  devolucao:\n    aliases: [estorno]\n")
            .replace("next: estorno", "next: devolucao");
        let flow =
            flow.replace("outcome: estorno", "outcome: devolucao").replace("status: Resolvido", "status: Fechado");
        let flow = flow.replace("label: Não", "label: Ainda não, hint: Nenhum resultado");
        flow.replace(
            "title: Há cadastro?",
            "title: Existe cadastro?\n    links: [{ label: Busca, url: 'https://example.com/' }]",
        )
    });
    site.run(&["diff", "v1"])
        .exits(0)
        .prints("o título era “Há cadastro?” e agora é “Existe cadastro?”")
        .prints("+ link novo: “Busca”\n        agora: https://example.com/\n")
        .prints("a opção “Não” agora se chama “Ainda não”")
        .prints("a dica da opção “Ainda não” era “(nada)” e agora é “Nenhum resultado”")
        .prints("o id era `estorno` e agora é `devolucao` (o antigo continua valendo)")
        .prints("o status do ticket era “Resolvido” e agora é “Fechado”")
        .prints("; de comportamento: 0\n");
}

#[test]
fn reports_changed_texts_where_they_are_shown() {
    let site = site()
        .config(&CONFIG.replace("Financeiro", "Contas"))
        .page("texto.md", &TEXT.replace("Abra o", "Procure o").replace("## ", "## Novo {#novo}\n\n## "))
        .page("mais.md", &PAGE.replace("Início", "Mais"));
    site.run(&["diff", "v1"])
        .exits(0)
        .prints("~ o texto mudou\n        antes: Abra o cadastro.\n        agora: Procure o cadastro.\n")
        .prints("antes: Estorno  ::  Financeiro\n        agora: Estorno  ::  Contas\n")
        .prints("Página “Mais” (content/mais.md, /mais/)\n  + página nova\n")
        .prints("+ título novo: “Novo” (`#novo`)")
        .prints("Configuração do site (vereda.yaml)\n  ~ o valor `setor` mudou em todo o site\n");
}

#[test]
fn matches_moved_flows_and_pages() {
    let site = site();
    git(site.root(), &["mv", "content/f.flow.yaml", "content/g.flow.yaml"]);
    git(site.root(), &["rm", "--quiet", "content/index.md"]);
    let site = site.flow("g.flow.yaml", &FLOW.replace("owner", "aliases: [/f/]\nowner"));
    let run = site
        .run(&["diff", "v1"])
        .exits(0)
        .prints("Fluxo “Cobrança” (content/g.flow.yaml, /g/)\n  ~ mudou de endereço: era /f/ e agora é /g/")
        .prints("Página “Início” (content/index.md, /)\n  - a página não existe mais\n");
    assert!(run.stdout.ends_with("\n2 mudanças; de comportamento: 0\n"), "{run}");
}

#[test]
fn compares_a_site_below_the_repository_root() {
    let site = Site::empty()
        .file("docs/site/vereda.yaml", CONFIG)
        .file("docs/site/content/index.md", PAGE)
        .file("docs/site/content/texto.md", TEXT)
        .file("content/index.md", "---\ntitle: De outro site\n---\n\nX\n");
    commit(&site);
    let site = site.file("docs/site/content/texto.md", TEXT.replace("Abra", "Feche"));
    let run = site.run(&["diff", "HEAD", "--root", "docs/site"]).exits(0).prints("agora: Feche o cadastro.");
    assert!(run.stdout.ends_with("1 mudança; de comportamento: 0\n"), "{run}");
}

#[test]
fn changes_neither_working_tree_nor_repository() {
    let site = edited(|flow| flow.replace("Estorne", "Devolva"));
    let status = || {
        let output = Command::new("git").arg("-C").arg(site.root()).args(["status", "--porcelain"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let before = status();
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("mudancas.txt");
    let run = site.run(&["diff", "v1", "--output", file.to_str().unwrap()]).exits(0).tells("mudancas.txt");
    assert!(std::fs::read_to_string(&file).unwrap().contains("Devolva"));
    assert_eq!((run.stdout.as_str(), status()), ("", before));
    assert!(site.read("content/f.flow.yaml").contains("Devolva"));
}

#[test]
fn follows_symbolic_links_of_the_old_version() {
    let site = Site::new().page("a.md", PAGE).page(".rascunho.md", "x").file("fora.md", PAGE.replace("Início", "Fora"));
    #[cfg(unix)]
    std::os::unix::fs::symlink("../fora.md", site.path("content/b.md")).unwrap();
    commit(&site);
    site.run(&["diff", "HEAD"]).exits(0).prints("nada mudou no conteúdo\n");
}

#[test]
fn exits_with_2_when_it_cannot_compare() {
    let outside = Site::new().page("index.md", PAGE);
    outside.run(&["diff", "HEAD"]).exits(2).tells("não está em um repositório git");
    let site = site();
    for revision in ["v2", "HEAD~9", "v1..main", "--help=x", "v1:content", ""] {
        site.run(&["diff", "--", revision]).exits(2).tells(&format!("o repositório não tem a versão `{revision}`"));
    }
    site.run(&["diff", "v2", "--lang", "en"]).exits(2).tells("the repository has no revision `v2`");
    site.run(&["build", "--since", "v2"]).exits(2).tells("o repositório não tem a versão `v2`");
    assert!(!site.path("public").exists());
    let mut without_git = site.command(&["diff", "v1"]);
    let output = without_git.env("PATH", "/none").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("não foi possível chamar o `git`"));
    let late = Site::empty().file("leia.txt", "x");
    commit(&late);
    let late = late.config(CONFIG).page("index.md", PAGE);
    late.run(&["diff", "HEAD"]).exits(2).tells("na versão `HEAD` não havia site em `.`: falta `vereda.yaml`");
}

#[test]
fn counts_old_errors_and_shows_new_ones() {
    let site = edited(|flow| flow.replace("next: estorno", "next: estorn"));
    let run = site.run(&["diff", "v1"]).exits(1).tells("erro[flow/");
    assert_eq!(run.stdout, "");
    git(site.root(), &["commit", "--quiet", "--all", "--message", "errado"]);
    let mended = site.flow("f.flow.yaml", FLOW);
    mended
        .run(&["diff", "HEAD"])
        .exits(0)
        .tells("a versão `HEAD` tem erros no conteúdo (")
        .prints("“Sim” levava a “lugar nenhum” e agora leva a “Estorne”");
}

#[test]
fn since_adds_a_linked_page_to_the_sitemap() {
    let site = site().page("texto.md", &TEXT.replace("Abra o", "Procure o <b>"));
    site.build().exits(0);
    let before = site.output("index.html");
    assert!(!before.contains("o-que-mudou") && !site.path("public/o-que-mudou").exists());
    site.run(&["build", "--since", "v1"]).exits(0);
    let page = site.output("o-que-mudou/index.html");
    for text in [
        "<h1>O que mudou</h1>",
        "desde v1 (commit <code>",
        "href=\"../f/#cadastro\"",
        "href=\"../texto/\"",
        "<del>Abra o cadastro.</del>",
    ] {
        assert!(page.contains(text), "{text} is not in {page}");
    }
    assert!(site.output("index.html").contains("<a href=\"o-que-mudou/\">desde v1</a>"));
    assert!(site.output("sitemap.xml").contains("/o-que-mudou/</loc>"));
    site.run(&["build"]).exits(0);
    assert_eq!(site.output("index.html"), before);
    assert!(!site.path("public/o-que-mudou").exists());
}

#[test]
fn page_of_changes_is_in_the_language_of_the_site() {
    let site =
        site().config(&format!("{CONFIG}language: en\n")).flow("f.flow.yaml", &FLOW.replace("Estorne", "Pay back"));
    site.run(&["build", "--since", "v1", "--lang", "pt-BR"]).exits(0);
    let page = site.output("changes/index.html");
    assert!(
        page.contains("<h1>What changed</h1>") && page.contains("The title changed from “Estorne” to “Pay back”"),
        "{page}"
    );
    site.run(&["build", "--since", "v1"]).exits(0).tells("new or changed: 0");
}

#[test]
fn reports_content_at_the_route_of_the_changes() {
    let taken = site().page("o-que-mudou.md", &PAGE.replace("Início", "Meu"));
    let run = taken.run(&["build", "--since", "v1", "--format", "json"]).exits(1);
    run.reports("page/duplicate-route").at("content/o-que-mudou.md:1:1").says("--since");
    taken.build().exits(0);
    assert!(taken.output("o-que-mudou/index.html").contains("Meu"));
    let copied = site().file("static/o-que-mudou/index.html", "x");
    copied.run(&["build", "--since", "v1", "--format", "json"]).exits(1).reports("asset/collision");
    let alias = site().page("a.md", &PAGE.replace("owner", "aliases: [/o-que-mudou/]\nowner"));
    alias.run(&["build", "--since", "v1", "--format", "json"]).exits(1).reports("page/duplicate-route");
}

#[test]
fn reports_a_missing_template_only_with_since() {
    let config = format!("{CONFIG}theme: meu\n");
    let mut site = site().config(&config).file("themes/meu/theme.yaml", "js: js/main.js\n");
    for template in ["page", "flow", "404", "redirect"] {
        site = site.file(&format!("themes/meu/templates/{template}.html"), "<!DOCTYPE html><title>x</title>");
    }
    site.build().exits(0);
    let run = site.run(&["build", "--since", "v1", "--format", "json"]).exits(1);
    run.reports("theme/invalid").says("changes.html");
}
