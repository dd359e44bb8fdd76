//! Content-Security-Policy of the pages, and the same headers in the samples of `docs/hosting`.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;
use sha2::{Digest, Sha256};

use crate::site::{PAGE, Site};

const FLOW: &str = "title: F\nowner: E\nnodes:\n  fim: { title: Fim, result: resolved }\n";

/// The policy in the page's `<meta>`.
fn policy_of(html: &str) -> String {
    let meta = Regex::new("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">").unwrap();
    let content = &meta.captures(html).expect("every page has its policy")[1];
    content.replace("&#x27;", "'").replace("&#39;", "'")
}

/// The style of a drawing as a policy names it.
fn hash_of_style(svg: &str) -> String {
    let style = &Regex::new("<style>([^<]*)</style>").unwrap().captures(svg).unwrap()[1];
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(style)))
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn pages_share_a_policy_and_have_no_inline_scripts() {
    let page = PAGE.replace("owner:", "aliases: [/antiga/]\nowner:");
    let site = Site::new().page("index.md", &page).flow("f.flow.yaml", FLOW);
    site.build().exits(0);
    let policy = policy_of(&site.output("index.html"));
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; "), "{policy}");
    let inline = Regex::new("<style|<script>|<script type=\"module\">|<[^>]* (style|on[a-z]+)=").unwrap();
    for path in ["index.html", "f/index.html", "antiga/index.html", "404.html"] {
        let html = site.output(path);
        assert_eq!(policy_of(&html), policy, "{path}");
        assert!(!inline.is_match(&html), "{path}");
    }
}

#[test]
fn policy_comes_before_resources() {
    let site = Site::new().page("index.md", PAGE);
    site.build().exits(0);
    let html = site.output("index.html");
    let policy = html.find("Content-Security-Policy").unwrap();
    assert!(["<link", "<script", "<img"].iter().all(|tag| html.find(tag).is_none_or(|at| at > policy)));
}

#[test]
fn policy_allows_origins_of_the_settings() {
    let config = "title: T\nembed: [https://img.example.com/, 'http://localhost:8080']\n";
    let site = Site::new().config(config).page("index.md", PAGE);
    site.build().exits(0);
    let policy = policy_of(&site.output("index.html"));
    for directive in ["img-src 'self' data:", "media-src 'self'", "frame-src 'self'"] {
        let expected = format!("{directive} https://img.example.com http://localhost:8080;");
        assert!(policy.contains(&expected), "{policy}");
    }
    assert!(policy.contains("script-src 'self';"), "{policy}");
    let site = site.config("title: T\nembed: ['https://img.example.com; script-src *']\n");
    site.check().exits(1).reports("config/invalid-value").at("vereda.yaml:2:9");
}

#[test]
fn sample_headers_match_the_policy_of_pages() {
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", FLOW);
    site.build().exits(0);
    let policy = policy_of(&site.output("index.html"));
    let hash = hash_of_style(&site.output("f/diagram.svg"));
    let header = policy.replace("style-src 'self'", &format!("style-src 'self' {hash}")) + "; frame-ancestors 'self'";
    for name in ["nginx.conf", "Caddyfile", "apache.htaccess", "_headers"] {
        let text = read(&format!("docs/hosting/{name}"));
        assert!(text.contains(&header), "docs/hosting/{name} should have\n{header}");
        assert_eq!(text.matches("default-src").count(), 1, "{name}");
    }
    let told = read("docs/hosting.md").replace(";\n", "; ");
    assert!(told.contains(&policy), "docs/hosting.md should have\n{policy}");
}
