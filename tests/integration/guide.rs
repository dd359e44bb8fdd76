//! The sample reports in the editor's guide.

use std::fs;
use std::path::Path;

use crate::site::Site;

/// The report of the guide's sample site.
fn printed(format: &str) -> String {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/report");
    let mut site = Site::empty();
    for path in ["vereda.yaml", "content/index.md", "content/trocas.md", "content/troca.flow.yaml"] {
        site = site.file(path, fs::read(fixture.join(path)).unwrap());
    }
    site.run(&["check", "--format", format]).exits(1).stdout
}

#[test]
fn guide_shows_current_reports() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guia/relatorios.md");
    let page = fs::read_to_string(page).unwrap();
    for (format, language) in [("human", "text"), ("github", "text"), ("junit", "xml")] {
        let block = format!("\n```{language}\n{}```\n", printed(format));
        assert!(page.contains(&block), "content/guia/relatorios.md does not show this report ({format}):{block}");
    }
}
