//! The editor's guide shows what the program prints today.

use std::fs;
use std::path::Path;

use crate::site::Site;

/// What `check` prints of the site that the guide tells of.
fn printed(format: &str) -> String {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/report");
    let mut site = Site::empty();
    for path in ["vereda.yaml", "content/index.md", "content/trocas.md", "content/troca.flow.yaml"] {
        site = site.file(path, fs::read(fixture.join(path)).unwrap());
    }
    site.run(&["check", "--format", format]).exits(1).stdout
}

#[test]
fn the_sample_reports_of_the_guide_are_what_check_prints() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guia/relatorios.md");
    let page = fs::read_to_string(page).unwrap();
    for (format, language) in [("human", "text"), ("github", "text"), ("junit", "xml")] {
        let block = format!("\n```{language}\n{}```\n", printed(format));
        assert!(page.contains(&block), "content/guia/relatorios.md does not show this report ({format}):{block}");
    }
}
