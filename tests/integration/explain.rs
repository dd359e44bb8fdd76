//! `vereda explain`.

use std::fs;
use std::path::Path;

use vereda::diagnostic::Code;

use crate::site::Site;

#[test]
fn explains_code_in_language_of_site() {
    let site = Site::new();
    site.run(&["explain", "link/missing-anchor"])
        .exits(0)
        .prints("## link/missing-anchor\n")
        .prints("**Como corrigir**");
    let site = site.config("title: A\nlanguage: en\n");
    site.run(&["explain", "link/missing-anchor"]).exits(0).prints("**How to fix it**");
}

#[test]
fn uses_language_of_environment_outside_site() {
    let site = Site::empty();
    site.run(&["explain", "flow/trap"]).exits(0).prints("**How to fix it**");
    site.run(&["explain", "flow/trap", "--lang", "pt-BR"]).exits(0).prints("**Como corrigir**");
}

#[test]
fn suggests_nearest_code() {
    let site = Site::new();
    let run = site.run(&["explain", "link/mising-anchor"]).exits(2).tells("`link/missing-anchor`?");
    assert_eq!(run.stdout, "");
    site.run(&["explain", "xyz"]).exits(2).tells("xyz");
}

#[test]
fn explains_every_code_in_both_languages() {
    for (language, label) in [("pt-BR", "**Como corrigir**"), ("en", "**How to fix it**")] {
        let run = Site::empty().run(&["explain", "--all", "--lang", language]).exits(0);
        assert_eq!(run.stdout.matches(label).count(), Code::all().count());
    }
    Site::empty().run(&["explain"]).exits(2);
    Site::empty().run(&["explain", "--all", "flow/trap"]).exits(2);
}

#[test]
fn guide_ends_with_all_explanations() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("content/guia/diagnosticos.md")).unwrap();
    let run = Site::empty().run(&["explain", "--all", "--lang", "pt-BR"]).exits(0);
    assert!(
        page.ends_with(&format!("\n\n{}", run.stdout)),
        "the guide differs from the explanations; update it with\n  \
         sed -i '/^## Todos os diagnósticos/,$d' content/guia/diagnosticos.md && \
         cargo run -- explain --all --lang pt-BR >> content/guia/diagnosticos.md"
    );
}
