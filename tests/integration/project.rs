//! What of a folder is a site. What is wrong with a folder stands in `bad_input`.

use crate::site::{PAGE, Site};

#[test]
fn ignores_what_editors_leave_beside_a_page() {
    let site = ["index.md~", ".index.md.swp", "#index.md#", "4913"]
        .iter()
        .fold(Site::new().page("index.md", PAGE), |site, name| site.page(name, "x"));
    site.build().exits(0).reports_nothing();
    assert!(!site.path("public/4913").exists());
}

#[test]
fn publishes_a_page_under_the_composed_form_of_its_name() {
    let site = Site::new().page("index.md", PAGE).page("sec\u{327}a\u{303}o.md", PAGE);
    site.build().exits(0);
    assert!(site.path("public/seção/index.html").exists());
}

#[cfg(unix)]
#[test]
fn follows_links_that_stay_inside() {
    let site = Site::new().page("index.md", PAGE).file("shared/page.md", PAGE);
    std::os::unix::fs::symlink("../shared", site.path("content/here")).unwrap();
    std::os::unix::fs::symlink("..", site.path("content/back")).unwrap();
    site.build().exits(0).reports_nothing();
    assert!(site.path("public/here/page/index.html").exists());
}
