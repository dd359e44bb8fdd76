//! Copied files that look like pages, flows or settings of folders, by their names and by their keys.

use std::path::Path;

use super::{Asset, CONTENT, FLOW_ENDINGS, SECTION_FILE, file};
use crate::diagnostic::catalogue::asset;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Sources, Span};

/// Extensions that other programs give to pages, in lower case.
const PAGES: [&str; 6] = ["md", "markdown", "mdown", "mkd", "mkdn", "mdx"];

/// Extensions of YAML, in lower case.
const YAML: [&str; 2] = ["yaml", "yml"];

/// Names that look like that of the settings of a folder, in lower case.
const SECTIONS: [&str; 4] = ["_section.yaml", "_section.yml", "_sections.yaml", "_category_.json"];

/// Reports each file of `content/` that is copied although it looks like a page, a flow or the settings of a folder.
pub(super) fn report_lookalikes(files: &[Asset], sources: &mut Sources, diagnostics: &mut Diagnostics) {
    for one in files {
        if let Some(report) = find_lookalike(one) {
            let path = format!("{CONTENT}/{}", one.path);
            let name = one.path.rsplit('/').next().unwrap_or_default();
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let span = Span::new(sources.add(path.clone(), ""), 0, 0);
            diagnostics.push(report(span, &path, stem));
        }
    }
}

type Report = fn(Span, &str, &str) -> Diagnostic;

fn find_lookalike(one: &Asset) -> Option<Report> {
    let name = one.path.rsplit('/').next().unwrap_or_default().to_lowercase();
    if SECTIONS.contains(&name.as_str()) {
        return Some(|span, path, _| asset::looks_like_section(span, path, SECTION_FILE));
    }
    let extension = Path::new(&one.path).extension()?.to_str()?.to_ascii_lowercase();
    if PAGES.contains(&extension.as_str()) {
        return Some(|span, path, stem| asset::looks_like_page(span, path, format!("{stem}.md")));
    }
    let is_flow = YAML.contains(&extension.as_str()) && has_nodes(&one.absolute);
    is_flow.then_some(|span, path, stem| {
        let stem = stem.strip_suffix(".flow").or_else(|| stem.strip_suffix(".FLOW")).unwrap_or(stem);
        asset::looks_like_flow(span, path, format!("{stem}{}", FLOW_ENDINGS[0]))
    })
}

/// True for a YAML file with a top-level key `nodes`.
fn has_nodes(path: &Path) -> bool {
    let text = file::read(path).unwrap_or_default();
    let mut lines = text.split(|byte| *byte == b'\n');
    lines.any(|line| line.strip_prefix(b"nodes").is_some_and(|rest| rest.trim_ascii_start().starts_with(b":")))
}
