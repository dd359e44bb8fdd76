//! The text of lines outside of code: links, attributes, keys and marks of other dialects.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::code::fence_length;
use super::plan::{Page, Plan, letters_of};
use super::{Dialect, Remark, Wanted};
use crate::diagnostic::Text;
use crate::diagnostic::catalogue::import as texts;
use crate::import::names::{file_name_of, slug_of};
use crate::import::report::Level;
use crate::import::write::{escape_dialect, escape_line};
use crate::project::archive::Archive;
use crate::url::{
    AddressUse, Parts, decode, encode_readable_path, find_host_fault, find_refusal, folder_of, is_absolute,
    relative_path, resolve_path,
};

/// Rewrites the lines of a page.
pub(super) struct Inlines<'a> {
    page: &'a Page,
    plan: &'a Plan,
    archive: &'a Archive,
    dialect: Dialect,
    wanted: &'a Wanted<'a>,
    pub(super) remarks: Vec<Remark>,
    /// Files to copy, by their path below the folder of the import.
    pub(super) files: BTreeMap<String, String>,
    /// Cautions for the end of the paragraph.
    pending: Vec<String>,
    gaps: usize,
}

/// Where an address leads.
enum Target {
    Address(String),
    /// Nowhere; the name is for the report.
    Nothing(String),
}

static REF: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\{\{[<%]\s*(?:rel)?ref\s+"?([^">%\s]+)"?\s*[>%]\}\}"#).expect("a pattern"));
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(!?)\[((?:[^\[\]\\]|\\.|!?\[[^\]]*\](?:\([^)]*\))?)*)\]\((?:<([^>]*)>|((?:[^\s()]|\([^()]*\))*))(\s+(?:"[^"]*"|'[^']*'))?\s*\)(\{:?\s*[.#\w][^{}]*\})?"#)
        .expect("a pattern")
});
static DEFINITION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\s{0,3}\[[^\]^][^\]]*\]:\s*)<?([^\s>]+)>?(.*)$").expect("a pattern"));
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\b(href|src)=(?:"([^"]*)"|'([^']*)')"#).expect("a pattern"));
static HEADING_ID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\s{0,3}#{1,6}\s.*?)\s*\{(?:/\*)?:?\s*(?:[^}#]*\s)?#([\w.:-]+)[^}]*\}\s*$").expect("a pattern")
});
static ATTR_LIST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\s*\{:?\s*(?:[.#][\w-]+|[\w-]+=(?:"[^"]*"|[^\s}]+))(?:\s+[^{}]*)?\}"#).expect("a pattern")
});
static KEYS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\+\+([a-z0-9-]+(?:\+[a-z0-9-]+)*)\+\+").expect("a pattern"));
static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"==(\S(?:[^=]*\S)?)==").expect("a pattern"));
static INSERTED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\^\^(\S(?:[^\^]*\S)?)\^\^").expect("a pattern"));
static ICON: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r":(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:\s?").expect("a pattern"));
static COMPONENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"</?([A-Z][\w.]*)((?:\s+[\w:@-]+(?:=(?:"[^"]*"|'[^']*'|\{[^}]*\}))?)*)\s*/?>"#).expect("a pattern")
});
static SHORTCODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{\{[<%]\s*(/?)\s*([\w./-]+)(.*?)[%>]\}\}").expect("a pattern"));
static QUOTED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?:([\w-]+)=)?"([^"]*)""#).expect("a pattern"));
static COMMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{/\*.*?\*/\}").expect("a pattern"));

impl<'a> Inlines<'a> {
    pub(super) fn new(
        page: &'a Page,
        plan: &'a Plan,
        archive: &'a Archive,
        dialect: Dialect,
        wanted: &'a Wanted<'a>,
    ) -> Self {
        let (remarks, files, pending) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self { page, plan, archive, dialect, wanted, remarks, files, pending, gaps: 0 }
    }

    /// Rewrites a text.
    pub(super) fn rewrite(&mut self, text: &str) -> String {
        let mut out: Vec<String> = Vec::new();
        let mut fence: Option<String> = None;
        for line in text.lines() {
            if let Some(open) = &fence {
                if line.trim().starts_with(open.as_str()) && line.trim().chars().all(|c| open.starts_with(c)) {
                    fence = None;
                }
                out.push(line.to_owned());
                continue;
            }
            if line.trim().is_empty() && out.last().is_none_or(|line| line.trim().is_empty()) {
                continue;
            }
            if line.trim().is_empty() || line.trim_start().starts_with(":::") {
                self.flush(&mut out);
            }
            if let Some((_, length)) = fence_length(line) {
                self.flush(&mut out);
                fence = Some(line.trim_start()[..length].to_owned());
                out.push(line.to_owned());
            } else {
                out.push(self.rewrite_line(line));
            }
        }
        self.flush(&mut out);
        let text = out.join("\n");
        let text = text.trim_matches('\n').to_owned();
        if text.is_empty() { text } else { text + "\n" }
    }

    fn flush(&mut self, out: &mut Vec<String>) {
        for lines in std::mem::take(&mut self.pending) {
            out.push(String::new());
            out.push(lines);
        }
    }

    fn rewrite_line(&mut self, line: &str) -> String {
        let line = REF.replace_all(line, "$1").into_owned();
        if let Some(found) = HEADING_ID.captures(&line) {
            return format!("{} {{#{}}}", self.rewrite_spans(&found[1]), &found[2]);
        }
        if let Some(found) = DEFINITION.captures(&line) {
            let address = match self.resolve(&found[2], false) {
                Target::Address(address) => address,
                Target::Nothing(_) => found[2].to_owned(),
            };
            return format!("{}{address}{}", &found[1], &found[3]);
        }
        self.rewrite_spans(&line)
    }

    /// Rewrites a line outside of its code spans.
    fn rewrite_spans(&mut self, line: &str) -> String {
        let indent = line[..line.len() - line.trim_start().len()].to_owned();
        // A link may contain code: links go first, in the whole line; code that only looks like one has no link sign.
        let mut codes = Vec::new();
        let hidden = hide_code(line, &mut codes);
        let text =
            LINK.replace_all(&hidden, |found: &Captures<'_>| self.rewrite_link(found, &indent, &codes)).into_owned();
        let text = self.rewrite_signs(text, &indent);
        let text = ATTRIBUTE
            .replace_all(&text, |found: &Captures<'_>| {
                let address = found.get(2).or_else(|| found.get(3)).map_or("", |address| address.as_str());
                match self.resolve(address, &found[1] == "src") {
                    Target::Address(address) => format!("{}=\"{address}\"", &found[1]),
                    Target::Nothing(name) if &found[1] == "src" => {
                        self.gap(&indent, &name, "image/missing", &texts::gap_image(&name));
                        String::new()
                    }
                    Target::Nothing(name) => {
                        self.note("link/outside", texts::outside_link(&name));
                        String::new()
                    }
                }
            })
            .into_owned();
        show_code(&escape_dialect(&text), &codes)
    }

    fn rewrite_signs(&mut self, text: String, indent: &str) -> String {
        let mut text = text;
        if self.dialect == Dialect::Mkdocs {
            text = KEYS.replace_all(&text, |found: &Captures<'_>| format!(":kbd[{}]", keys_of(&found[1]))).into_owned();
            text = MARK.replace_all(&text, "<mark>$1</mark>").into_owned();
            text = INSERTED.replace_all(&text, "<ins>$1</ins>").into_owned();
            text = self.drop_all(&text, &ICON, "page/icon", texts::dropped_icon);
            if !text.trim_start().starts_with(":::") {
                text = self.drop_all(&text, &ATTR_LIST, "page/attributes", texts::dropped_attributes);
            }
        }
        if self.dialect.has_components() {
            text = COMMENT.replace_all(&text, "").into_owned();
            text = COMPONENT
                .replace_all(&text, |found: &Captures<'_>| {
                    self.drop_component(&found[1], &found[2], found[0].starts_with("</"), indent)
                })
                .into_owned();
        }
        if self.dialect == Dialect::Hugo {
            text =
                SHORTCODE.replace_all(&text, |found: &Captures<'_>| self.rewrite_shortcode(found, indent)).into_owned();
        }
        text
    }

    fn drop_all(&mut self, text: &str, pattern: &Regex, code: &'static str, note: fn() -> Text) -> String {
        if pattern.is_match(text) {
            self.note(code, note());
        }
        pattern.replace_all(text, "").into_owned()
    }

    fn drop_component(&mut self, name: &str, attributes: &str, closes: bool, indent: &str) -> String {
        if !closes {
            let shown = shown_in(attributes);
            self.gap(
                indent,
                name,
                "component/lost",
                &match shown.as_str() {
                    "" => texts::gap_component(name),
                    shown => texts::gap_component_with(name, shown),
                },
            );
        }
        String::new()
    }

    fn rewrite_shortcode(&mut self, found: &Captures<'_>, indent: &str) -> String {
        if &found[1] == "/" {
            return String::new();
        }
        let value = |key: &str| {
            QUOTED
                .captures_iter(&found[3])
                .find(|pair| pair.get(1).is_some_and(|name| name.as_str() == key))
                .map(|pair| pair[2].to_owned())
        };
        match (&found[2], value("src")) {
            ("figure", Some(address)) => {
                let caption = value("caption").or_else(|| value("title"));
                let alt = value("alt").or_else(|| caption.clone()).unwrap_or_default();
                let image = self.write_image(&escape_line(&alt), &address, indent);
                caption.map_or(image.clone(), |caption| format!("{image} *{}*", escape_line(&caption)))
            }
            (name, _) => self.drop_component(name, &found[3], false, indent),
        }
    }

    fn rewrite_link(&mut self, found: &Captures<'_>, indent: &str, codes: &[String]) -> String {
        let address = found.get(3).or_else(|| found.get(4)).map_or("", |address| address.as_str());
        let title = found.get(5).map_or("", |title| title.as_str());
        if found.get(6).is_some() {
            self.note("page/attributes", texts::dropped_attributes());
        }
        if &found[1] == "!" {
            return self.write_image(&show_code(&found[2], codes), address, indent);
        }
        let text =
            LINK.replace_all(&found[2], |inner: &Captures<'_>| self.rewrite_link(inner, indent, codes)).into_owned();
        match self.resolve(&show_code(address, codes), false) {
            Target::Address(address) => format!("[{text}]({}{title})", in_brackets(&address)),
            Target::Nothing(name) => {
                self.note("link/outside", texts::outside_link(&name));
                text
            }
        }
    }

    fn write_image(&mut self, alt: &str, address: &str, indent: &str) -> String {
        match self.resolve(address, true) {
            Target::Address(address) => format!("![{alt}]({})", in_brackets(&address)),
            Target::Nothing(name) => {
                let shown = if alt.is_empty() { name } else { format!("{alt} ({name})") };
                self.gap(indent, &shown, "image/missing", &texts::gap_image(&shown));
                String::new()
            }
        }
    }

    fn resolve(&mut self, address: &str, is_image: bool) -> Target {
        if address.is_empty() || is_absolute(address) {
            let usage = if is_image { AddressUse::Image } else { AddressUse::Open };
            let is_wrong = find_refusal(address, usage, &[] as &[&str]).is_some() || find_host_fault(address).is_some();
            return if is_wrong { Target::Nothing(address.to_owned()) } else { Target::Address(address.to_owned()) };
        }
        let parts = Parts::of(address);
        if parts.path.is_empty() {
            return match Self::anchor_of(self.page, parts).filter(|anchor| !anchor.is_empty()) {
                Some(anchor) => Target::Address(format!("#{anchor}")),
                None => Target::Nothing(address.to_owned()),
            };
        }
        let path = decode(parts.path);
        if let Some(page) = (!is_image).then(|| self.find_page(&path)).flatten() {
            if page.front.is_draft && !self.page.front.is_draft {
                return Target::Nothing(page.front.title.clone());
            }
            let anchor = if parts.fragment.is_empty() { None } else { Self::anchor_of(page, parts) };
            if anchor.is_none() && !parts.fragment.is_empty() {
                self.note("link/anchor", texts::unknown_anchor(parts.fragment));
            }
            let anchor =
                anchor.filter(|anchor| !anchor.is_empty()).map(|anchor| format!("#{anchor}")).unwrap_or_default();
            let written = relative_path(&self.page.path, &page.path);
            return Target::Address(format!("{}{anchor}", encode_readable_path(&written)));
        }
        if let Some(name) = self.find_file(&path) {
            let below = name.strip_prefix(&self.plan.root).unwrap_or(&name);
            let below = below.trim_start_matches("static/").trim_start_matches("public/");
            let folder = folder_of(below);
            let copied = format!("{folder}{}", file_name_of(&below[folder.len()..]));
            let written = relative_path(&self.page.path, &copied);
            self.files.insert(copied, name);
            return Target::Address(encode_readable_path(&written));
        }
        match self.wanted.base {
            Some(base) => self.outside(base, &path, parts),
            None => Target::Nothing(address.to_owned()),
        }
    }

    /// The old address of a page that is not imported.
    fn outside(&self, base: &str, path: &str, parts: Parts<'_>) -> Target {
        let below = self.page.name.strip_prefix(&self.plan.root).unwrap_or(&self.page.name);
        let folder = if path.starts_with('/') { "" } else { folder_of(below) };
        let path = resolve_path(folder, path).unwrap_or_default();
        let path = path.strip_suffix(".md").map_or(path.clone(), |stem| format!("{stem}/"));
        Target::Address(format!("{base}/{}{}{}", encode_readable_path(&path), parts.query, parts.fragment))
    }

    /// The id in our page: empty for its title, `None` if there is no such anchor.
    fn anchor_of(page: &Page, parts: Parts<'_>) -> Option<String> {
        let anchor = parts.anchor().unwrap_or_default();
        page.anchors.get(&letters_of(&anchor)).cloned()
    }

    fn find_page(&self, path: &str) -> Option<&'a Page> {
        let bases = self.bases(path);
        let path = path.trim_start_matches('/');
        let stem = path.trim_end_matches(".html");
        for base in bases {
            let Some(whole) = resolve_path(&base, path) else { continue };
            let Some(stem) = resolve_path(&base, stem) else { continue };
            let stem = stem.trim_end_matches('/');
            let slash = if stem.is_empty() || stem.ends_with('/') { "" } else { "/" };
            let names = [
                whole.clone(),
                format!("{stem}.md"),
                format!("{stem}.mdx"),
                format!("{stem}{slash}index.md"),
                format!("{stem}{slash}_index.md"),
                format!("{stem}{slash}index.mdx"),
                format!("{stem}{slash}README.md"),
            ];
            if let Some(at) = names.iter().find_map(|name| self.plan.by_name.get(name)) {
                return self.plan.pages.get(*at);
            }
        }
        let route = resolve_path("", path)?;
        let route = route.trim_matches('/').trim_end_matches(".html");
        let route = route.strip_prefix("docs/").filter(|_| self.dialect == Dialect::Docusaurus).unwrap_or(route);
        self.plan.by_route.get(route).and_then(|at| self.plan.pages.get(*at))
    }

    fn find_file(&self, path: &str) -> Option<String> {
        let mut bases = self.bases(path);
        bases.extend(["static/", "public/", "assets/", ""].map(str::to_owned));
        bases.push(format!("{}public/", self.plan.root));
        let names = bases.iter().filter_map(|base| resolve_path(base, path.trim_start_matches('/')));
        names.into_iter().find(|name| self.archive.has(name) && !super::plan::is_page(name))
    }

    /// The folders from which a path may be meant: that of the file, that of the published page, and the root.
    fn bases(&self, path: &str) -> Vec<String> {
        let root = self.plan.root.clone();
        if path.starts_with('/') {
            return vec![root];
        }
        let folder = folder_of(&self.page.name).to_owned();
        let stem = self.page.name.rsplit_once('.').map_or("", |(stem, _)| stem);
        let parent = folder_of(folder.trim_end_matches('/')).to_owned();
        let is_bundle = self.dialect == Dialect::Hugo && parent.starts_with(&root);
        let bundle = is_bundle.then_some(parent);
        [folder, format!("{stem}/")].into_iter().chain(bundle).chain([root]).collect()
    }

    fn gap(&mut self, indent: &str, name: &str, code: &'static str, text: &Text) {
        self.remarks.push(Remark { code, level: Level::Gap, text: text.clone() });
        self.gaps += 1;
        let title = texts::gap_title().in_language(self.wanted.language).to_owned();
        let slug = slug_of(name);
        let id = format!("pendente-texto-{}-{}", crate::import::names::cut(&slug), self.gaps);
        let id = id.replace("--", "-");
        let words = escape_line(text.in_language(self.wanted.language));
        self.pending.push(format!("{indent}:::caution[{title}]{{#{id}}}\n{indent}{words}\n{indent}:::"));
    }

    fn note(&mut self, code: &'static str, text: Text) {
        self.remarks.push(Remark { code, level: Level::Note, text });
    }
}

fn in_brackets(address: &str) -> String {
    if address.contains([' ', '(', ')']) { format!("<{address}>") } else { address.to_owned() }
}

fn shown_in(attributes: &str) -> String {
    let pairs = QUOTED.captures_iter(attributes).filter(|pair| !pair[2].is_empty());
    let texts = pairs.map(|pair| match pair.get(1) {
        Some(key) => format!("{}: {}", key.as_str(), &pair[2]),
        None => pair[2].to_owned(),
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// Keys as they are written on a keyboard.
fn keys_of(names: &str) -> String {
    names.split('+').map(super::titles::capitalized).collect::<Vec<_>>().join("+")
}

/// Replaces code spans by marks that no pattern matches.
fn hide_code(line: &str, codes: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let length = rest[at..].bytes().take_while(|c| *c == b'`').count();
        let sign = &rest[at..at + length];
        let inside = &rest[at + length..];
        let mut end = None;
        let mut from = 0;
        while let Some(found) = inside[from..].find('`') {
            let start = from + found;
            let run = inside[start..].bytes().take_while(|c| *c == b'`').count();
            from = start + run;
            if run == length {
                end = Some(from);
                break;
            }
        }
        let is_escaped = rest[..at].ends_with('\\');
        out.push_str(&rest[..at]);
        if let Some(end) = end.filter(|_| !is_escaped) {
            out.extend(["\u{E000}", &codes.len().to_string(), "\u{E001}"]);
            codes.push(format!("{sign}{}", &inside[..end]));
            rest = &inside[end..];
        } else {
            out.push_str(sign);
            rest = inside;
        }
    }
    out + rest
}

fn show_code(text: &str, codes: &[String]) -> String {
    static HIDDEN: LazyLock<Regex> = LazyLock::new(|| Regex::new("\u{E000}(\\d+)\u{E001}").expect("a pattern"));
    let shown =
        |found: &Captures<'_>| found[1].parse::<usize>().ok().and_then(|at| codes.get(at).cloned()).unwrap_or_default();
    HIDDEN.replace_all(text, shown).into_owned()
}
