//! `vereda init`: the new site, and the folders that it refuses.

use crate::site::{PAGE, Site};

/// The files that a guide shows: a paragraph with the path, then the text in a fence.
fn examples(guide: &str) -> Vec<(String, String)> {
    let mut examples = Vec::new();
    let mut rest = guide;
    while let Some((before, after)) = rest.split_once("`\n\n```") {
        let path = before.rsplit('`').next().unwrap();
        let (_, text) = after.split_once('\n').unwrap();
        let (text, after) = text.split_once("\n```\n").unwrap();
        examples.push((path.to_owned(), format!("{text}\n")));
        rest = after;
    }
    examples
}

#[test]
fn creates_a_site_without_diagnostics_in_both_languages() {
    for (language, title) in [("pt-BR", "Manual de atendimento"), ("en", "Service handbook")] {
        let site = Site::empty();
        site.run(&["init", "manual", "--lang", language]).exits(0).tells("vereda serve");
        site.run(&["check", "--strict", "--root", "manual", "--format", "json"]).exits(0).reports_nothing();
        site.run(&["build", "--strict", "--root", "manual"]).exits(0);
        assert!(site.read("manual/public/index.html").contains(title));
    }
}

#[test]
fn accepts_the_examples_of_its_guide() {
    for (language, guide) in [("pt-BR", "content/guia.md"), ("en", "content/guide.md")] {
        let site = Site::empty();
        site.run(&["init", ".", "--lang", language]).exits(0);
        let examples = examples(&site.read(guide));
        let endings: Vec<&str> = examples.iter().map(|(path, _)| path.split_once('.').unwrap().1).collect();
        assert_eq!(endings, ["md", "flow.yaml"]);
        let site = examples.into_iter().fold(site, |site, (path, text)| site.file(&path, text));
        site.run(&["check", "--strict", "--format", "json"]).exits(0);
    }
}

#[test]
fn creates_a_flow_with_full_coverage() {
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
fn creates_a_portuguese_site_and_the_files_of_a_repository() {
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
fn accepts_a_folder_with_only_git() {
    let site = Site::empty().file(".git/HEAD", "ref: refs/heads/main\n");
    site.run(&["init", "."]).exits(0);
    let site = site.page("nova.md", PAGE);
    site.check().exits(0);
}
