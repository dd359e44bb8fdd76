//! Fuzz targets: any bytes as one file of a small site, through every stage.
//!
//! In: the bytes of a flow, a page or an import. No input may panic, and every reported span must lie in its file, on character
//! boundaries. The targets in `fuzz/` and a test over their corpus call [`flow`], [`page`] and [`import`].

use std::sync::LazyLock;

use crate::check::check;
use crate::config::Config;
use crate::content;
use crate::diagnostic::{Diagnostics, Language, Severity};
use crate::diagram::Marks;
use crate::flow::FlowSet;
use crate::flow::random_walk::random_walks;
use crate::inspect::{GraphFormat, write_graph};
use crate::render::Renderer;
use crate::report::Summary;
use crate::report::{Findings, Format, Look, render};
use crate::site::flow::{FlowId, PageId};
use crate::site::{Assets, Site};
use crate::source::{FileId, Sources, Span};
use crate::theme;
use crate::words::Words;

/// The other files of the site, which the fuzzed file can refer to.
const OTHER_FILES: [(&str, &str); 3] = [
    ("vereda.yaml", include_str!("../../fuzz/site/vereda.yaml")),
    ("content/g.flow.yaml", include_str!("../../fuzz/site/g.flow.yaml")),
    ("content/index.md", include_str!("../../fuzz/site/index.md")),
];

/// Path of the fuzzed file: before the other files, so that it is the first flow or the first page.
const FLOW: &str = "content/f.flow.yaml";
const PAGE: &str = "content/a.md";

/// Number of random walks through each flow.
const WALKS: usize = 8;

static THEME: LazyLock<theme::Theme> = LazyLock::new(|| {
    let mut sources = Sources::default();
    let file = sources.add(OTHER_FILES[0].0, OTHER_FILES[0].1);
    let config = crate::config::parse(file, &sources, &mut Diagnostics::default());
    theme::load(&config, &[], &mut sources, &mut Diagnostics::default())
});

/// Resolves, checks and walks the bytes as a flow, and writes its graph, with or without errors.
pub fn flow(bytes: &[u8]) {
    let fuzzed = FuzzedSite::of(FLOW, bytes);
    let around = FlowSet { flows: &fuzzed.site.flows, config: &fuzzed.site.config };
    for index in 0..around.flows.len() {
        random_walks(around, FlowId(index), WALKS, 7);
    }
    // The preview renders a flow in spite of its errors.
    for format in GraphFormat::ALL {
        write_graph(&fuzzed.renderer(), FlowId(0), *format, Marks::default());
    }
}

/// Resolves the bytes as a page and renders its body, with or without errors.
pub fn page(bytes: &[u8]) {
    let fuzzed = FuzzedSite::of(PAGE, bytes);
    for index in 0..fuzzed.site.pages.len() {
        fuzzed.renderer().body_of(PageId(index));
    }
}

/// Imports the bytes as a page and as an export of Confluence, and resolves the written page.
pub fn import(bytes: &[u8]) {
    page(crate::import::read_any(bytes).as_bytes());
}

/// A small site with the fuzzed file.
struct FuzzedSite {
    sources: Sources,
    site: Site,
    is_clean: bool,
}

impl FuzzedSite {
    fn of(path: &str, bytes: &[u8]) -> Self {
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        let mut add = |(path, text): (&str, &str)| sources.add(path, text);
        let fuzzed = add((path, &String::from_utf8_lossy(bytes)));
        let around = OTHER_FILES.map(&mut add);
        let config: Config = crate::config::parse(around[0], &sources, &mut found);
        let mut documents = |files: &[FileId]| -> Vec<_> {
            files.iter().map(|file| content::parse(*file, &sources, &mut found)).collect()
        };
        let documents = documents(&[fuzzed, around[1], around[2]]);
        let assets = Assets { content: &[], fixed: &[], refused: &[] };
        let site = crate::site::resolve(documents, &[], config, &mut sources, assets, true, &mut found);
        check(&site, &sources, jiff::civil::date(2026, 11, 22), &mut found);
        let is_clean = assert_sound(found, &site, &sources);
        Self { sources, site, is_clean }
    }

    fn renderer(&self) -> Renderer<'_> {
        Renderer::without_templates(&self.site, &THEME, &self.sources)
    }
}

/// Asserts that all spans lie in their files on character boundaries. True when there is no error.
fn assert_sound(found: Diagnostics, site: &Site, sources: &Sources) -> bool {
    let diagnostics = found.finish(|code| site.config.severity_of(code));
    for found in &diagnostics {
        for span in found.span.iter().chain(found.labels.iter().map(|label| &label.span)) {
            assert!(
                is_inside(*span, sources),
                "{}: {span:?} is not in {}",
                found.code.as_str(),
                sources.path(span.file)
            );
        }
    }
    let summary = Summary::default();
    let findings = Findings::new(sources, &diagnostics, &summary);
    for format in Format::ALL.iter().copied() {
        render(findings, format, Look { language: Language::PtBr, is_coloured: false, width: 100 });
    }
    findings.count(Severity::Error) == 0
}

fn is_inside(span: Span, sources: &Sources) -> bool {
    sources.text(span.file).get(span.range()).is_some()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn corpus(name: &str) -> Vec<Vec<u8>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let files = fs::read_dir(&folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
        files.collect()
    }

    #[test]
    fn accepts_the_other_files_of_the_site() {
        assert!(FuzzedSite::of(PAGE, b"---\ntitle: A\n---\n\nA.\n").is_clean);
    }

    #[test]
    fn accepts_every_flow_of_the_corpus() {
        for bytes in corpus("flow") {
            flow(&bytes);
        }
    }

    #[test]
    fn accepts_every_page_of_the_corpus() {
        for bytes in corpus("page") {
            page(&bytes);
        }
    }

    #[test]
    fn accepts_hostile_sources_of_an_import() {
        let entities = "<!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c \"&b;&b;\">]><p>&b;</p>";
        let macros = "<ac:structured-macro ac:name=\"expand\"><ac:rich-text-body>";
        let sources = [
            entities.to_owned(),
            nested("", macros, 3_000, ""),
            nested("", "<ul><li>", 3_000, "</li></ul>"),
            nested("", "<table><tr><td>", 500, "</td></tr></table>"),
            nested("", "<strong><em>", 5_000, ""),
            nested("", "<", 20_000, ">"),
            nested("", "<a b=\"", 5_000, ""),
            nested("<p>", "*_`[", 5_000, "</p>"),
            nested("", "<![CDATA[", 5_000, "]]>"),
            nested("", "<object class=\"Page\"><property name=\"title\">", 5_000, ""),
            "<p>\u{0}\u{1}\u{FFFE}</p>".to_owned(),
        ];
        for text in sources {
            import(text.as_bytes());
        }
    }

    /// Nests `open` and `close` the given number of times: `{open}{open}…{close}{close}`.
    fn nested(before: &str, open: &str, times: usize, close: &str) -> String {
        format!("{before}{}{}", open.repeat(times), close.repeat(times))
    }

    #[test]
    fn accepts_deeply_nested_flows() {
        let title = "title: T\nnodes: ";
        let blocks: Vec<String> = (0..600).map(|depth| " ".repeat(depth) + "a:\n").collect();
        let options = "      - { id: o, label: O, next: fim }\n".repeat(500);
        let flows = [
            nested(title, "[", 100_000, "]"),
            nested(title, "{a: ", 20_000, "}"),
            nested(title, "[{a: ", 300, "}]"),
            nested(title, "[", 100_000, ""),
            format!("title: T\n{}", blocks.concat()),
            nested("title: T\nnodes:\n  b: { rules: [{ when: ", "[{ v: 1 }, ", 120, "]") + " }] }\n",
            nested("title: T\nnodes:\n  b: { rules: [{ when: ", "[{ v: 1 }, ", 5_000, "]") + " }] }\n",
            format!("title: {}", "é".repeat(200_000)),
            "a: &a [*a, *a]\n".to_owned(),
            format!("a: &a {{ b: 1 }}\nnodes:\n{}", "  <<: *a\n".repeat(2_000)),
            format!("title: T\nnodes: [{}]", "? ".repeat(20_000)),
            format!("- {}", "- ".repeat(20_000)),
            format!(
                "title: T\nnodes:\n  q:\n    title: Q\n    options:\n{options}  fim: {{ title: F, result: open }}\n"
            ),
        ];
        for text in flows {
            flow(text.as_bytes());
        }
    }

    #[test]
    fn accepts_deeply_nested_pages() {
        let title = "---\ntitle: A\n---\n\n";
        let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(500));
        let pages = [
            nested(title, "> ", 50_000, ""),
            nested(title, "- ", 50_000, ""),
            nested(title, "[", 20_000, "](x)"),
            nested(title, "![", 20_000, "](x)"),
            nested(title, "*a _b ", 20_000, ""),
            nested(title, "**a", 20_000, "**"),
            nested(title, "`", 100_000, "a"),
            nested(title, "<div>\n", 20_000, ""),
            nested(title, ":::note[A]\n", 2_000, ":::\n"),
            nested(title, ":copy[", 10_000, "]"),
            nested(title, "{t|", 20_000, "}"),
            nested(title, "[^1]: ", 10_000, ""),
            nested(title, "[a]: <", 10_000, ">"),
            nested(title, "<!-- ", 20_000, "-->"),
            nested(title, "\\", 100_000, ""),
            nested(title, "1. a\n   ", 5_000, ""),
            format!("{title}{}{}{}", row("a"), row("-"), row("{t}").repeat(20)),
            format!("{title}{}", "# A\n".repeat(5_000)),
            format!("{title}{}", ":::include[a.md]\n:::\n".repeat(500)),
            format!("---\n{}\n---\n", "[".repeat(100_000)),
        ];
        for text in pages {
            page(text.as_bytes());
        }
    }
}
