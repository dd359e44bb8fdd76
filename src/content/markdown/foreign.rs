//! Syntax of other tools in a page: one finding for each kind, with the tool and our form.
//!
//! In: the shown text of a page, and its raw HTML. Entry point: [`find_foreign`].

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A form of another tool.
pub(super) struct Foreign {
    /// A text that every match has.
    part: &'static str,
    pattern: &'static str,
    pub(super) tool: &'static str,
    pub(super) ours: &'static str,
}

static FORMS: [Foreign; 10] = [
    Foreign { part: "!!!", pattern: r"(!!!\+?[ ]+\w[^\n\x00]*)", tool: "MkDocs", ours: ":::note[…]" },
    Foreign { part: "???", pattern: r"(\?\?\?\+?[ ]+\w[^\n\x00]*)", tool: "MkDocs", ours: ":::details[…]" },
    Foreign { part: "===", pattern: r#"(===[+!]? +"[^\n]*)"#, tool: "MkDocs", ours: ":::tabs" },
    Foreign { part: "///", pattern: r"(/// ?[a-z][^\n\x00]*)", tool: "MkDocs", ours: ":::note[…]" },
    Foreign { part: "8<", pattern: r"(-{1,2}8<-{1,2}[^\n\x00]*)", tool: "MkDocs", ours: ":::include[…]" },
    Foreign { part: "{*", pattern: r"(\{\* +[^*\n]+\*\})", tool: "MkDocs", ours: ":::include[…]" },
    Foreign { part: "{{", pattern: r"(\{\{[<%] *[^\n]*?[>%]\}\})", tool: "Hugo", ours: ":::" },
    Foreign { part: "{%", pattern: r"(\{% *\w[^\n]*?%\})", tool: "Jekyll", ours: ":::" },
    Foreign { part: "[", pattern: r"(\[\[?(?:TOC|toc|_TOC_)\]?\])", tool: "MkDocs, VitePress", ours: "toc: true" },
    Foreign {
        part: "port ",
        pattern: r"((?:import [\w{}*, ]+ from |export (?:const|default) )[^\n]*)",
        tool: "MDX",
        ours: ":::include[…]",
    },
];

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

/// True for a component of MDX or Vue.
pub(super) fn is_component(html: &str) -> bool {
    COMPONENT.is_match(html)
}
