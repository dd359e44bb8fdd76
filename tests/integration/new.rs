//! `vereda new page` and `vereda new flow`.

use crate::site::{PAGE, Site};

fn site() -> Site {
    Site::new().page("index.md", PAGE)
}

#[test]
fn creates_a_page_without_findings() {
    let site = site();
    site.run(&["new", "page", "whatsapp/boas-vindas", "--owner", "Equipe: N1"]).exits(0).tells("boas-vindas.md");
    let text = site.read("content/whatsapp/boas-vindas.md");
    assert!(text.starts_with("---\ntitle: Boas vindas\nowner: 'Equipe: N1'\nreviewed: 2026-11-22\n"), "{text}");
    site.run(&["check", "--strict", "--format", "json"]).exits(0).reports_nothing();
}

#[test]
fn creates_a_covered_flow_without_findings() {
    for (config, owner) in [("title: A\n", "Equipe"), ("title: A\nlanguage: en\n", "Team")] {
        let site = site().config(&format!("{config}check: {{ coverage: {{ nodes: 100, options: 100 }} }}\n"));
        site.run(&["new", "flow", "a/no", "--owner", owner]).exits(0);
        assert!(site.read("content/a/no.flow.yaml").starts_with("title: 'No'\n"));
        let run = site.run(&["check", "--strict", "--format", "json"]).exits(0).reports_nothing();
        assert_eq!(run.summary()["flows"], 1);
    }
}

#[test]
fn reports_only_the_missing_owner() {
    let site = site();
    site.run(&["new", "page", "a"]).exits(0);
    site.run(&["new", "flow", "b"]).exits(0);
    let run = site.check().exits(0);
    run.reports("review/no-owner").at("content/a.md");
    run.reports("review/no-owner").at("content/b.flow.yaml");
    assert_eq!(run.findings().len(), 2, "{run}");
}

#[test]
fn accepts_paths_with_content_and_extension() {
    let site = site();
    site.run(&["new", "page", "content/a/x.md"]).exits(0);
    site.run(&["new", "flow", "content/a/y.flow.yaml"]).exits(0);
    assert!(site.path("content/a/x.md").exists());
    assert!(site.path("content/a/y.flow.yaml").exists());
}

#[test]
fn overwrites_nothing() {
    let site = site();
    site.run(&["new", "page", "index"]).exits(2).tells("já existe");
    assert_eq!(site.read("content/index.md"), PAGE);
}

#[test]
fn writes_only_below_content() {
    let site = site();
    site.run(&["new", "page", "../fora"]).exits(2).tells("não é um lugar da pasta `content`");
    assert!(!site.path("fora.md").exists());
}
