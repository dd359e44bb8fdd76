//! Service worker of a published site.

use serde_json::Value;

use crate::site::{PAGE, Site};

/// What the worker's first line says.
fn manifest(site: &Site) -> Value {
    let worker = site.output("sw.js");
    let line = worker.lines().next().unwrap();
    serde_json::from_str(line.strip_prefix("const site = ").unwrap().strip_suffix(';').unwrap()).unwrap()
}

#[test]
fn worker_lists_pages_and_their_resources() {
    let flow = "title: F\nowner: E\nnodes:\n  fim: { title: Fim, result: resolved }\n";
    let site = Site::new()
        .page("index.md", PAGE)
        .page("a b/ação.md", PAGE)
        .flow("f.flow.yaml", flow)
        .file("static/robots.txt", "x")
        .file("static/_headers", "x")
        .file("static/.well-known/x.html", "x")
        .file("static/a.png", "png");
    site.build().exits(0);
    let manifest = manifest(&site);
    let pages: Vec<_> = manifest["pages"].as_object().unwrap().keys().map(String::as_str).collect();
    for address in ["./", "./404.html", "./a%20b/ação/", "./f/", "./f/diagram.svg"] {
        assert!(pages.contains(&address), "{address}: {pages:?}");
    }
    let others: Vec<_> = manifest["others"].as_object().unwrap().keys().collect();
    let (search, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|address| address.starts_with("./search/"));
    assert!(search.iter().any(|address| *address == "./search/index.json"), "{search:?}");
    assert_eq!(others, ["./a.png"]);
    assert_eq!(manifest["whole"], true);
    assert!(site.output("index.html").contains("data-worker=\"sw.js\""));
    assert!(site.output("f/index.html").contains("data-worker=\"../sw.js\""));
}

#[test]
fn version_changes_with_published_files_only() {
    let site = Site::new().page("index.md", PAGE).file("static/a.png", "png");
    let version = |site: &Site| {
        site.build().exits(0);
        manifest(site)["version"].as_str().unwrap().to_owned()
    };
    let before = version(&site);
    assert_eq!(version(&site), before);
    let site = site.file("static/a.png", "PNG");
    assert_ne!(version(&site), before);
}

#[test]
fn publishes_a_worker_that_removes_caches() {
    let site = Site::new().config("title: T\noffline: false\n").page("index.md", PAGE);
    site.build().exits(0);
    assert!(site.output("sw.js").contains("registration.unregister()"));
    assert!(!site.output("index.html").contains("data-worker"));
}

#[test]
fn rejects_a_copied_file_at_the_path_of_the_worker() {
    let site = Site::new().page("index.md", PAGE).file("static/sw.js", "own");
    site.check().exits(1).reports("asset/collision").says("sw.js");
    let site = site.config("title: T\noffline: false\n");
    site.build().exits(0);
    assert_eq!(site.output("sw.js"), "own");
}
