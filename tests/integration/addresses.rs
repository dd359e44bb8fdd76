//! Schemes of addresses, active files, and the published form of addresses.

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
        site.check().exits(1).reports("config/invalid-value").at("vereda.yaml:2:20");
    }
}

#[test]
fn refuses_images_with_scripts_at_their_place() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\">\n  <g onload=\"x()\"/>\n  <script>x()</script>\n</svg>\n";
    let page = format!("{PAGE}\n![Fluxo](fluxo.svg)\n");
    let site = Site::new().page("index.md", &page).file("content/fluxo.svg", svg).file("static/a/B.SVG", svg);
    let run = site.run(&["build", "--format", "json"]).exits(1);
    run.reports("asset/active-image").times(4);
    run.reports("asset/active-image").at("content/fluxo.svg:2:6").until("2:18").says("`onload`");
    run.reports("asset/active-image").at("static/a/B.SVG:3:3").says("`<script>`");
    assert!(!site.path("public").exists());
    let harmless = "<svg xmlns=\"http://www.w3.org/2000/svg\"><style>a{}</style><text>onload</text></svg>";
    let site = Site::new().page("index.md", &page).file("content/fluxo.svg", harmless);
    site.build().exits(0).does_not_report("asset/active-image");
}

#[test]
fn warns_of_scripts_in_copied_documents() {
    let html = "<!doctype html>\n<title>C</title>\n<script src=c.js></script><body onload=x()>\n";
    let xml = "<a xmlns:h=\"http://www.w3.org/1999/xhtml\">\n<h:script>x()</h:script></a>\n";
    let site = Site::new().page("index.md", PAGE).file("static/c/index.html", html).file("static/c/c.js", "x");
    let site = site.file("static/d.xml", xml).file("static/e.html", "<p>x</p><script type=text/x>x</script>");
    let run = site.check().exits(0);
    run.reports("asset/active-page").has_severity("warning").at("static/c/index.html:3:1").says("`<script>`");
    run.reports("asset/active-page").at("static/d.xml:2:1");
    run.reports("asset/active-page").times(2);
    site.build().exits(0);
    site.config("title: T\ncheck: { severity: { asset/active-page: ignore } }\n")
        .check()
        .does_not_report("asset/active-page");
}

#[test]
fn headings_cannot_have_ids_of_the_theme() {
    let id = regex::Regex::new(r#"\bid="([^"]*)""#).unwrap();
    let site = Site::new().page("index.md", PAGE).page("a/index.md", PAGE).page("a/b.md", PAGE);
    let flow =
        "title: F\nowner: E\nnodes:\n  s: { title: S, next: s-title }\n  s-title: { title: T, result: resolved }\n";
    let site = site.flow("f.flow.yaml", flow);
    site.build().exits(0);
    let html = ["index.html", "a/index.html", "f/index.html"].map(|path| site.output(path)).concat();
    let ids: Vec<&str> = id.captures_iter(&html).map(|found| found.extract::<1>().1[0]).collect();
    assert!(ids.len() > 8, "{ids:?}");
    let heading = |id: &&str| format!("## {id}\n\n## {}\n\n", id.replace('-', " "));
    let headings = ids.iter().map(heading).collect::<Vec<_>>().concat();
    let site = Site::new().page("a/index.md", &format!("{PAGE}\n{headings}")).page("a/b.md", PAGE);
    let site = site.page("index.md", PAGE).flow("f.flow.yaml", flow);
    site.check().does_not_report("output/duplicate-id").does_not_report("page/duplicate-id");
}

#[test]
fn old_address_runs_the_script_that_keeps_the_fragment() {
    let page = PAGE.replace("owner:", "aliases: [/antiga/]\nowner:");
    let site = Site::new().page("index.md", PAGE).page("nova.md", &page);
    site.check().exits(0);
    site.build().exits(0);
    let html = site.output("antiga/index.html");
    assert!(html.contains("data-component=\"redirect\"") && html.contains("<a href=\"../nova/\""), "{html}");
    assert!(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"0; url=../nova/\"></noscript>"), "{html}");
}
