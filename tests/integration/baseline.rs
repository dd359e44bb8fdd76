//! `vereda check --baseline`, `--write-baseline` and `--deny`.

use crate::site::{PAGE, Site};

const HEAD: &str = "---\ntitle: A\nowner: E\n---\n\n";

fn page(site: Site, body: &str) -> Site {
    site.page("index.md", &format!("{HEAD}{body}"))
}

/// Two empty links and one link to a missing file, all known.
fn known() -> Site {
    let site = page(Site::new(), "[a]()\n[b](b.md)\n[c]()\n");
    let run = site.run(&["check", "--write-baseline", "known.json"]).exits(0).tells("problemas: 3");
    assert_eq!(run.stdout, "");
    site
}

#[test]
fn known_problems_pass_after_lines_move() {
    let site = page(known(), "Mais texto.\n\n[c]()\n\n[b](b.md)\n[a]()\n");
    let run = site.run(&["check", "--baseline", "known.json", "--strict"]).exits(0);
    run.prints("nenhum problema").tells("problemas já conhecidos, em `known.json`: 3");
}

#[test]
fn reports_only_new_problems() {
    let site = page(known(), "[a]()\n[b](b.md)\n[c]()\n[d](d.md)\n");
    let run = site.run(&["check", "--baseline", "known.json", "--format", "json"]).exits(1);
    run.reports("link/missing-file")
        .at("content/index.md:9:5")
        .times(1)
        .and()
        .reports("link/missing-file")
        .says("d.md");
    assert_eq!(run.findings().len(), 1);
    assert_eq!(run.summary()["errors"], 1);
    let sarif = site.run(&["check", "--baseline", "known.json", "--format", "sarif"]).exits(1);
    assert_eq!(sarif.stdout.matches("\"ruleId\"").count(), 1);
    let third = page(site, "[a]()\n[b](b.md)\n[c]()\n[d]()\n");
    third.run(&["check", "--baseline", "known.json"]).exits(0);
    third.run(&["check", "--baseline", "known.json", "--strict"]).exits(1).prints("1 aviso");
}

#[test]
fn reports_fixed_problems() {
    let site = page(known(), "[a]()\n");
    let run = site.run(&["check", "--baseline", "known.json"]).exits(0);
    run.tells("de `known.json` que já não há: 2")
        .tells("  content/index.md: [link/missing-file]: ")
        .tells("  content/index.md: [link/empty]: ");
    site.run(&["check", "--write-baseline", "known.json"]).exits(0);
    assert_eq!(site.read("known.json").matches("\"code\"").count(), 1);
    let run = site.run(&["check", "--baseline", "known.json", "--quiet"]).exits(0);
    assert_eq!(run.stderr, "");
}

#[test]
fn baseline_is_same_in_every_language() {
    let site = known();
    let before = site.read("known.json");
    site.run(&["check", "--write-baseline", "known.json", "--lang", "en"]).exits(0);
    assert_eq!(site.read("known.json"), before);
    site.run(&["check", "--baseline", "known.json", "--lang", "en"]).exits(0).tells("known problems");
}

#[test]
fn rejects_unreadable_baseline() {
    let site = known().file("bad.json", "{}");
    site.run(&["check", "--baseline", "none.json"]).exits(2).tells("none.json");
    site.run(&["check", "--baseline", "bad.json"]).exits(2).tells("bad.json").tells("version");
    site.run(&["check", "--baseline", "a", "--write-baseline", "b"]).exits(2);
}

#[test]
fn deny_makes_warnings_errors() {
    let site = page(Site::new(), "[a]()\n");
    site.run(&["check", "--format", "json"]).exits(0).reports("link/empty").has_severity("warning");
    for deny in ["warnings", "link/empty"] {
        let run = site.run(&["check", "--deny", deny, "--format", "json"]).exits(1);
        run.reports("link/empty").has_severity("error");
        assert_eq!(run.summary()["errors"], 1);
    }
    site.run(&["check", "--deny", "review/no-owner", "--deny", "link/missing-file"]).exits(0);
    let noted = page(Site::new().config("title: A\ncheck: { severity: { link/empty: note } }\n"), "[a]()\n");
    noted.run(&["check", "--deny", "warnings"]).exits(0);
    noted.run(&["check", "--deny", "link/empty"]).exits(1).prints("erro[link/empty]");
    Site::new().page("index.md", PAGE).run(&["check", "--deny", "warnings"]).exits(0);
}

#[test]
fn rejects_unknown_code_to_deny() {
    let site = known();
    site.run(&["check", "--deny", "link/emtpy"]).exits(2).tells("link/empty");
    site.run(&["check", "--deny", "xyz"]).exits(2).tells("warnings");
}

#[test]
fn build_writes_site_with_only_known_problems() {
    let site = page(Site::new(), "[Ali](sumiu.md) e [clique aqui](#x).\n\n## X\n");
    site.run(&["check", "--write-baseline", "known.json"]).exits(0);
    site.run(&["build"]).exits(1).tells("nada foi gravado");
    let run = site.run(&["build", "--strict", "--baseline", "known.json"]).exits(0).tells("site gravado em `public`");
    assert!(!run.stderr.contains("link/"), "{run}");
    let before = site.output("index.html");
    assert!(before.contains("<a>Ali</a>"), "{before}");
    let site = page(site, "[Ali](sumiu.md), [acolá](nada.md) e [clique aqui](#x).\n\n## X\n");
    let run = site.run(&["build", "--baseline", "known.json"]).exits(1).tells("nada.md").tells("nada foi gravado");
    assert_eq!(run.stderr.matches("erro[").count(), 1, "{run}");
    assert_eq!(site.output("index.html"), before);
    site.run(&["build", "--baseline", "none.json"]).exits(2).tells("none.json");
}

#[test]
fn build_accepts_a_known_problem_that_repeats() {
    let site = page(Site::new(), "[um][d] e [dois][d].\n\n[d]: nao.md\n");
    site.run(&["check", "--write-baseline", "known.json"]).exits(0);
    site.run(&["build", "--baseline", "known.json"]).exits(0).tells("site gravado");
    let site = page(site, "[um][d], [dois][d] e [três](nada.md).\n\n[d]: nao.md\n");
    let run = site.run(&["build", "--baseline", "known.json"]).exits(1).tells("nada.md");
    assert_eq!(run.stderr.matches("erro[").count(), 1, "{run}");
}

#[test]
fn build_fails_for_known_essential_errors() {
    let site = page(Site::new(), "[a](javascript:x)\n");
    site.run(&["check", "--write-baseline", "known.json"]).exits(0);
    site.run(&["build", "--baseline", "known.json"]).exits(1).tells("link/unsafe-url").tells("nada foi gravado");
    assert!(!site.path("public").exists());
}
