//! `vereda init`.

use crate::site::{PAGE, Site};

#[test]
fn makes_a_site_that_builds_and_checks_clean_in_both_languages() {
    for (language, title) in [("pt-BR", "Manual de atendimento"), ("en", "Service handbook")] {
        let site = Site::empty();
        site.run(&["init", "manual", "--lang", language]).exits(0).tells("vereda serve");
        site.run(&["check", "--strict", "--root", "manual", "--format", "json"]).exits(0).reports_nothing();
        site.run(&["build", "--strict", "--root", "manual"]).exits(0);
        assert!(site.read("manual/public/index.html").contains(title));
    }
}

#[test]
fn its_flow_is_wholly_covered() {
    let site = Site::empty();
    site.run(&["init", "."]).exits(0);
    let summary = site.check().exits(0).summary();
    assert_eq!(summary["flows"], 1);
    for part in ["scenarios", "nodes", "options"] {
        let share = &summary["coverage"][0][part];
        assert!(share["total"].as_u64().unwrap() > 1, "{summary}");
        assert_eq!(share["covered"], share["total"], "{summary}");
    }
}

#[test]
fn speaks_portuguese_unless_asked_and_brings_what_a_repository_needs() {
    let site = Site::empty();
    site.run(&["init", "a/b"]).exits(0).tells("site criado em `a/b`");
    assert!(site.read("a/b/vereda.yaml").contains("language: pt-BR"));
    assert_eq!(site.read("a/b/.gitignore"), "/public/\n/.vereda/\n");
    assert!(site.read("a/b/README.md").contains("vereda check"));
    assert!(site.read("a/b/content/index.md").contains("reviewed: 2026-11-22"));
    assert!(!site.path("a/b/gitignore").exists());
    assert!(site.read("a/b/.vscode/extensions.json").contains("redhat.vscode-yaml"));
    assert_eq!(site.read("a/b/.vscode/schemas/flow.schema.json"), site.run(&["schema", "flow"]).exits(0).stdout);
}

#[test]
fn refuses_a_folder_that_is_not_empty() {
    let site = Site::empty().file("manual/minha.txt", "minha").file("arquivo", "x");
    site.run(&["init", "manual"]).exits(2).tells("não está vazia");
    assert!(!site.path("manual/vereda.yaml").exists());
    assert_eq!(site.read("manual/minha.txt"), "minha");
    site.run(&["init", "arquivo", "--lang", "en"]).exits(2).tells("already exists");
}

#[test]
fn a_fresh_repository_counts_as_empty() {
    let site = Site::empty().file(".git/HEAD", "ref: refs/heads/main\n");
    site.run(&["init", "."]).exits(0);
    let site = site.page("nova.md", PAGE);
    site.check().exits(0);
}
