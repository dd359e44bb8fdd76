//! `vereda explain`.

use crate::site::Site;

#[test]
fn explains_a_code_in_the_language_of_the_site() {
    let site = Site::new();
    site.run(&["explain", "link/missing-anchor"])
        .exits(0)
        .prints("## link/missing-anchor\n")
        .prints("**Como corrigir**");
    let site = site.config("title: A\nlanguage: en\n");
    site.run(&["explain", "link/missing-anchor"]).exits(0).prints("**How to mend it**");
}

#[test]
fn outside_a_site_speaks_the_language_of_the_environment() {
    let site = Site::empty();
    site.run(&["explain", "flow/trap"]).exits(0).prints("**How to mend it**");
    site.run(&["explain", "flow/trap", "--lang", "pt-BR"]).exits(0).prints("**Como corrigir**");
}

#[test]
fn suggests_the_code_that_was_meant() {
    let site = Site::new();
    let run = site.run(&["explain", "link/mising-anchor"]).exits(2).tells("`link/missing-anchor`?");
    assert_eq!(run.stdout, "");
    site.run(&["explain", "xyz"]).exits(2).tells("xyz");
}
