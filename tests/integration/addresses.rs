//! Addresses that a site can have, and what is published of them.

use crate::site::{PAGE, Site};

/// Every address of a page that begins with a scheme other than `https` and `http`.
fn foreign_schemes(html: &str) -> Vec<String> {
    let scheme = regex::Regex::new(r#"(?:href|src)="([A-Za-z][A-Za-z0-9+.-]*):"#).unwrap();
    let found = scheme.captures_iter(html).map(|found| found[1].to_owned());
    found.filter(|scheme| !matches!(scheme.as_str(), "http" | "https")).collect()
}

#[test]
fn settings_allow_a_scheme_but_no_active_one() {
    let page = format!("{PAGE}\n[Sala](zoommtg://zoom.us/join) <a href=\"ZOOMMTG:1\">Outra</a>\n");
    let site = Site::new().config("title: T\nlinks: { schemes: [ZoomMtg] }\n").page("index.md", &page);
    site.build().exits(0);
    assert_eq!(foreign_schemes(&site.output("index.html")), ["zoommtg", "ZOOMMTG"]);
    for scheme in ["javascript", "Data", "vbscript", "blob", "view-source", "'a b'", "'x:'"] {
        let site = Site::new().config(&format!("title: T\nlinks: {{ schemes: [{scheme}] }}\n")).page("index.md", PAGE);
        site.check().exits(1).reports("config/invalid-value").at("vereda.yaml:2");
    }
}
