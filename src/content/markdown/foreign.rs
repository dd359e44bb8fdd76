//! Syntax of other tools in a page: one finding for each kind, with the tool and our form.
//!
//! In: the shown text of a page, and its raw HTML. Entry point: [`find_foreign`].

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::writer::Writer;
use crate::diagnostic::catalogue;
use crate::source::Span;

/// A form of another tool.
pub(super) struct Foreign {
    /// A text that every match has.
    part: &'static str,
    pattern: &'static str,
    pub(super) tool: &'static str,
    pub(super) ours: &'static str,
}

/// A component of MDX or Vue.
pub(super) static COMPONENT_FORM: Foreign = Foreign::of("<Name>", "MDX, Vue", ":::");

/// A heading whose link makes it a tab: `# [C#](#tab/csharp)`.
pub(super) static TAB_FORM: Foreign = Foreign::of(TAB_ADDRESS, "DocFX", ":::tabs");

/// A directive that ends in its first line: `:::image source="a.png":::`.
pub(super) static ONE_LINE_FORM: Foreign = Foreign::of(":::name …:::", "DocFX", ":::name[…]");

/// Beginning of the address of a tab.
const TAB_ADDRESS: &str = "#tab/";

static FORMS: [Foreign; 11] = [
    Foreign { part: "!!!", pattern: r"(!!!\+?[ ]+\w[^\n\x00]*)", tool: "MkDocs", ours: ":::note[…]" },
    Foreign { part: "???", pattern: r"(\?\?\?\+?[ ]+\w[^\n\x00]*)", tool: "MkDocs", ours: ":::details[…]" },
    Foreign { part: "===", pattern: r#"(===[+!]? +"[^\n]*)"#, tool: "MkDocs", ours: ":::tabs" },
    Foreign { part: "///", pattern: r"(/// ?[a-z][^\n\x00]*)", tool: "MkDocs", ours: ":::note[…]" },
    Foreign { part: "8<", pattern: r"(-{1,2}8<-{1,2}[^\n\x00]*)", tool: "MkDocs", ours: ":::include[…]" },
    Foreign { part: "{*", pattern: r"(\{\* +[^*\n]+\*\})", tool: "MkDocs", ours: ":::include[…]" },
    Foreign { part: "{{", pattern: r"(\{\{[<%] *[^\n]*?[>%]\}\})", tool: "Hugo", ours: ":::" },
    Foreign { part: "{%", pattern: r"(\{% *\w[^\n]*?%\})", tool: "Jekyll", ours: ":::" },
    Foreign { part: "[", pattern: r"(\[\[?(?:TOC|toc|_TOC_)\]?\])", tool: "MkDocs, VitePress", ours: "toc: true" },
    Foreign { part: "[!", pattern: r"(\[!(?i:include|code)\b[^\n\x00]*)", tool: "DocFX", ours: ":::include[…]" },
    Foreign {
        part: "port ",
        pattern: r"((?:import [\w{}*, ]+ from |export (?:const|default) )[^\n]*)",
        tool: "MDX",
        ours: ":::include[…]",
    },
];

impl Foreign {
    /// A form that is recognized by the structure of the page, and not by a pattern.
    const fn of(part: &'static str, tool: &'static str, ours: &'static str) -> Self {
        Self { part, pattern: "", tool, ours }
    }
}

impl Writer<'_> {
    /// Reports a form, once in each page.
    pub(super) fn report_foreign(&mut self, form: &'static Foreign, span: Span, written: impl Into<String>) {
        if self.reported_forms.insert(form.part) {
            let finding = catalogue::page::foreign_syntax(span, written.into(), form.tool, form.ours);
            self.diagnostics.push(finding);
        }
    }
}

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let whole = |form: &Foreign| Regex::new(&format!(r"(?m)^[ \x00]*{}", form.pattern));
    FORMS.iter().map(|form| whole(form).expect("the pattern is valid")).collect()
});

/// A component of MDX or Vue: a capital first letter and a small one, with attributes or closed at once.
static COMPONENT: LazyLock<Regex> = LazyLock::new(|| {
    let component = r#"^<[A-Z][A-Za-z0-9.]*[a-z0-9][A-Za-z0-9.]*(?:\s+[^<>]*=\s*["'{][^<>]*|\s*/)>"#;
    Regex::new(component).expect("the pattern is valid")
});

/// Finds the first text of each form.
pub(super) fn find_foreign(shown: &str) -> Vec<(Range<usize>, &'static Foreign)> {
    let first = |(form, pattern): (&'static Foreign, &Regex)| {
        if !shown.contains(form.part) {
            return None;
        }
        let found = pattern.captures(shown)?.get(1)?;
        let end = found.start() + found.as_str().trim_end().len();
        Some((found.start()..end, form))
    };
    FORMS.iter().zip(PATTERNS.iter()).filter_map(first).collect()
}

/// True for the address of a tab of `DocFX`.
pub(super) fn is_tab(address: &str) -> bool {
    address.starts_with(TAB_ADDRESS)
}

/// True for a component of MDX or Vue.
pub(super) fn is_component(html: &str) -> bool {
    COMPONENT.is_match(html)
}
