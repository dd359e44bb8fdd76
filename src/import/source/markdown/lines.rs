//! Blocks of other dialects of Markdown as ours, line by line. What is the same in both is copied as it stands.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::code::{fence_length, rewrite_info};
use super::elements::{self, Element};
use super::titles::Target;
use super::{Dialect, Remark, titles};
use crate::diagnostic::catalogue::import as texts;
use crate::diagnostic::{Language, Text};
use crate::import::names::slug_of;
use crate::import::report::Level;
use crate::import::write::escape_title;

/// Most includes within one another.
const DEEPEST: usize = 8;

/// Reads an included file by the path that the page names.
pub(super) type ReadInclude<'a> = dyn FnMut(&str) -> Option<String> + 'a;

/// Rewrites the blocks of a page.
pub(super) struct Lines<'a> {
    pub(super) dialect: Dialect,
    pub(super) language: Language,
    pub(super) read_include: &'a mut ReadInclude<'a>,
    pub(super) remarks: Vec<Remark>,
    pub(super) ids: HashSet<String>,
    pub(super) depth: usize,
}

/// A block of the source with its body.
struct Found<'t> {
    target: Target,
    title: Option<String>,
    is_open: bool,
    indent: &'t str,
    body: Vec<String>,
}

/// The lines of a level that are written, and where a group of tabs ends in them.
#[derive(Default)]
struct Written {
    lines: Vec<String>,
    tabs_end: usize,
}

static INDENTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^(\s*)(!!!|\?\?\?\+?|===[+!]*)\s+(?:([\w-]+)(?:\s+[\w-]+)*\s*)?(?:"(.*)")?\s*$"#).expect("a pattern")
});
static CONTAINER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\s*)(:{3,}|/{3,})\s*([a-zA-Z][\w-]*)\s*(?:\|\s*(.*)|\[(.*)\]\s*(?:\{.*\})?|(.*?))\s*$")
        .expect("a pattern")
});
static CONTAINER_END: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s*(:{3,}|/{3,})\s*$").expect("a pattern"));
static INCLUDE: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        r#"-+8<-+\s+"([^"]+)""#,
        r"\{\*\s*(\S+)[^}]*\*\}",
        r"<<<\s*([^{\s\[]+).*",
        r"<!--\s*@include:\s*(\S+?)\s*-->",
        r"\{\{\s*#(?:rustdoc_)?include\s+([^}\s]+)\s*\}\}",
        r"\{\{\s*#playground\s+([^}\s]+)[^}]*\}\}",
    ];
    Regex::new(&format!(r"^(\s*)(?:{})\s*$", forms.join("|"))).expect("a pattern")
});
static TOC: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*(\[\[_?toc_?\]\]|\[toc\])\s*$").expect("a pattern"));
static MODULE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^(import\s.*(from\s+)?['"].*['"];?|export\s.*)\s*$"#).expect("a pattern"));

impl Lines<'_> {
    /// Rewrites a text.
    pub(super) fn rewrite(&mut self, text: &str) -> String {
        let lines: Vec<String> = text.lines().map(|line| line.trim_end_matches('\r').to_owned()).collect();
        self.rewrite_lines(&lines).join("\n")
    }

    fn rewrite_lines(&mut self, lines: &[String]) -> Vec<String> {
        let mut out = Written::default();
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let rest = &lines[at..];
            let used = self
                .copy_code(rest, &mut out)
                .or_else(|| self.rewrite_indented(rest, &mut out))
                .or_else(|| self.rewrite_container(rest, &mut out))
                .or_else(|| self.rewrite_include(line, &mut out))
                .or_else(|| self.rewrite_element(rest, &mut out))
                .or_else(|| self.drop_line(line));
            at += used.unwrap_or_else(|| {
                out.lines.push(line.clone());
                1
            });
        }
        out.lines
    }

    /// Copies a fenced block; its title goes above it, and includes inside are filled in.
    fn copy_code(&mut self, lines: &[String], out: &mut Written) -> Option<usize> {
        let (indent, length) = fence_length(&lines[0])?;
        let sign = lines[0].trim_start().chars().next()?;
        let closes = |line: &&String| {
            let trimmed = line.trim();
            trimmed.len() >= length && trimmed.chars().all(|c| c == sign)
        };
        let end = lines.iter().skip(1).position(|line| closes(&line)).map_or(lines.len(), |at| at + 1);
        let fence: String = std::iter::repeat_n(sign, length).collect();
        let info = rewrite_info(&lines[0].trim_start()[length..]);
        if info.has_marked_lines {
            self.note("code/marked-lines", texts::dropped_marked_lines());
        }
        out.lines.extend(info.title.iter().flat_map(|title| [format!("{indent}**{title}**"), String::new()]));
        out.lines.push(format!("{indent}{fence}{}", info.language));
        for line in &lines[1..end] {
            match self.included_by(line) {
                Some((path, Some(text))) => {
                    self.note("include/copied", texts::copied_include(&path));
                    out.lines.extend(text.lines().map(|line| format!("{indent}{line}")));
                }
                _ if info.language == "rust" && self.dialect == Dialect::Mdbook && is_hidden(line) => {}
                _ => out.lines.push(line.clone()),
            }
        }
        out.lines.push(format!("{indent}{fence}"));
        Some((end + 1).min(lines.len()))
    }

    /// The path of an include, and its text if it was found.
    fn included_by(&mut self, line: &str) -> Option<(String, Option<String>)> {
        let found = INCLUDE.captures(line)?;
        let path = found.iter().skip(2).flatten().next()?.as_str().to_owned();
        let text = (self.read_include)(&path);
        Some((path, text))
    }

    fn rewrite_include(&mut self, line: &str, out: &mut Written) -> Option<usize> {
        let indent = &line[..line.len() - line.trim_start().len()];
        let (path, text) = self.included_by(line)?;
        let file = path.split([':', '#']).next().unwrap_or_default();
        let is_page = matches!(file.rsplit('.').next(), Some("md" | "markdown" | "mdx"));
        match text {
            Some(text) if is_page && self.depth < DEEPEST => {
                self.note("include/copied", texts::copied_include(&path));
                self.depth += 1;
                let lines = self.rewrite(&text);
                self.depth -= 1;
                out.lines.extend(lines.lines().map(|line| format!("{indent}{line}")));
            }
            Some(text) => {
                self.note("include/copied", texts::copied_include(&path));
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest.max(2) + 1);
                let language = file.rsplit_once('.').map_or("", |(_, ending)| ending);
                out.lines.push(format!("{indent}{fence}{language}"));
                out.lines.extend(text.lines().map(|line| format!("{indent}{line}")));
                out.lines.push(format!("{indent}{fence}"));
            }
            None => out.lines.extend(self.gap(indent, &path, "include/missing", &texts::gap_include(&path))),
        }
        Some(1)
    }

    /// `!!!`, `???` and `===` with a body that is indented.
    fn rewrite_indented(&mut self, lines: &[String], out: &mut Written) -> Option<usize> {
        if self.dialect != Dialect::Mkdocs {
            return None;
        }
        let found = INDENTED.captures(&lines[0])?;
        let indent = found.get(1).map_or("", |indent| indent.as_str());
        let inner = format!("{indent}    ");
        let is_body = |line: &String| line.trim().is_empty() || line.starts_with(&inner);
        let end = 1 + lines[1..].iter().take_while(|line| is_body(line)).count();
        let body = lines[1..end].iter().map(|line| line.strip_prefix(&inner).unwrap_or_default().to_owned()).collect();
        let name = found.get(3).map_or("", |name| name.as_str());
        let title = found.get(4).map(|title| title.as_str().to_owned());
        let (target, title) = match &found[2] {
            sign if sign.starts_with('=') => (Target::Tab, title.or_else(|| Some(name.to_owned()))),
            sign if sign.starts_with('?') => (Target::Details, title.or_else(|| Some(titles::capitalized(name)))),
            _ => titles::target_of(name, title),
        };
        let is_open = found[2].ends_with('+');
        self.write(Found { target, title, is_open, indent, body }, out);
        Some(end)
    }

    /// `:::` and `///` with a line that ends them.
    fn rewrite_container(&mut self, lines: &[String], out: &mut Written) -> Option<usize> {
        let found = CONTAINER.captures(&lines[0])?;
        let sign = &found[2][..1];
        let is_of = |line: &str| line.trim_start().starts_with(&sign.repeat(3));
        let opens = |line: &str| is_of(line) && CONTAINER.is_match(line);
        let end = find_end(lines, opens, |line| is_of(line) && CONTAINER_END.is_match(line))?;
        let indent = &lines[0][..lines[0].len() - lines[0].trim_start().len()];
        let title = found.iter().skip(4).flatten().next().map(|title| title.as_str().trim().to_owned());
        let (title, options) = title.map_or((None, String::new()), titles::split_options);
        let (target, title) = titles::target_of(&found[3], title);
        let mut body: Vec<String> = lines[1..end]
            .iter()
            .map(|line| line.strip_prefix(indent).unwrap_or(line.trim_start()).to_owned())
            .collect();
        while sign == "/"
            && body.first().is_some_and(|line| {
                line.starts_with("    ") && line.trim().ends_with(|c: char| c.is_alphanumeric()) && line.contains(": ")
            })
        {
            body.remove(0);
        }
        if &found[3] == "code-group" {
            body = tabs_of_code(&body);
        }
        let is_open = options.contains("open");
        self.write(Found { target, title, is_open, indent, body }, out);
        Some(end + 1)
    }

    /// Elements and shortcodes that begin a line.
    fn rewrite_element(&mut self, lines: &[String], out: &mut Written) -> Option<usize> {
        let (element, used) = elements::find(lines, self.dialect)?;
        let indent = &lines[0][..lines[0].len() - lines[0].trim_start().len()];
        let body: Vec<String> =
            element.body.lines().map(|line| line.strip_prefix(indent).unwrap_or(line).to_owned()).collect();
        match element.target() {
            Some((target, title)) => {
                let is_open = element.attributes.iter().any(|(key, _)| key == "open");
                let (title, body) = match title {
                    None if target == Target::Details => elements::split_summary(&body),
                    title => (title, body),
                };
                self.write(Found { target, title, is_open, indent, body }, out);
            }
            None => self.write_unknown(&element, indent, &body, out),
        }
        if !element.rest.trim().is_empty() {
            out.lines.extend([String::new(), format!("{indent}{}", element.rest.trim())]);
        }
        Some(used)
    }

    fn write_unknown(&mut self, element: &Element, indent: &str, body: &[String], out: &mut Written) {
        if let Some(image) = element.image() {
            out.lines.push(format!("{indent}{image}"));
            return;
        }
        if element.is_program() {
            self.note("page/script", texts::dropped_script());
            return;
        }
        let text = match element.shown().as_str() {
            "" => texts::gap_component(&element.name),
            shown => texts::gap_component_with(&element.name, shown),
        };
        out.lines.extend(self.gap(indent, &element.name, "component/lost", &text));
        let body = self.rewrite_lines(body);
        out.lines.extend(body.iter().map(|line| indent_line(indent, line)));
    }

    fn drop_line(&mut self, line: &str) -> Option<usize> {
        if TOC.is_match(line) {
            self.note("page/toc", texts::without_words("toc"));
            return Some(1);
        }
        let is_module = self.dialect == Dialect::Docusaurus && MODULE.is_match(line);
        is_module.then(|| self.note("page/script", texts::dropped_script()))?;
        Some(1)
    }

    /// Writes a block in our dialect.
    fn write(&mut self, found: Found<'_>, out: &mut Written) {
        let Found { target, title, is_open, indent, body } = found;
        let body = self.rewrite_lines(&body);
        let body: Vec<String> = trimmed(&body).iter().map(|line| indent_line(indent, line)).collect();
        let argument = title.filter(|title| !title.is_empty()).map(|title| escape_title(&title));
        let in_brackets = argument.as_ref().map(|title| format!("[{title}]")).unwrap_or_default();
        let head = match target {
            Target::Plain => {
                out.lines.extend(argument.iter().flat_map(|title| [format!("{indent}**{title}**"), String::new()]));
                out.lines.extend(body);
                return;
            }
            Target::Callout(name) => format!(":::{name}{in_brackets}"),
            Target::Tabs => ":::tabs".to_owned(),
            Target::Tab => return write_tab(indent, &argument.unwrap_or_else(|| "…".to_owned()), body, out),
            Target::Details => {
                let shown = argument.unwrap_or_else(|| texts::open_here().in_language(self.language).to_owned());
                let open = if is_open { " open" } else { "" };
                format!(":::details[{shown}]{{#{}{open}}}", self.take_id(&shown))
            }
        };
        let body = if target == Target::Tabs { without_tabs(body) } else { body };
        write_block(indent, &head, body, out);
    }

    /// A caution for what has no counterpart.
    pub(super) fn gap(&mut self, indent: &str, name: &str, code: &'static str, text: &Text) -> Vec<String> {
        self.remarks.push(Remark { code, level: Level::Gap, text: text.clone() });
        let id = self.take_id(&format!("pendente {name}"));
        let title = texts::gap_title().in_language(self.language).to_owned();
        let words = crate::import::write::escape_line(text.in_language(self.language));
        let lines = [format!(":::caution[{title}]{{#{id}}}"), words, ":::".to_owned()];
        let blank = std::iter::once(String::new());
        blank.clone().chain(lines.map(|line| format!("{indent}{line}"))).chain(blank).collect()
    }

    fn note(&mut self, code: &'static str, text: Text) {
        self.remarks.push(Remark { code, level: Level::Note, text });
    }

    fn take_id(&mut self, title: &str) -> String {
        let slug = slug_of(title);
        let first = if slug.is_empty() { "bloco".to_owned() } else { slug };
        let others = (2..).map(|number| format!("{first}-{number}"));
        let free = std::iter::once(first.clone()).chain(others).find(|id| !self.ids.contains(id));
        let free = free.unwrap_or(first);
        self.ids.insert(free.clone());
        free
    }
}

fn write_block(indent: &str, head: &str, body: Vec<String>, out: &mut Written) {
    if out.lines.last().is_some_and(|line| !line.trim().is_empty()) {
        out.lines.push(String::new());
    }
    out.lines.push(format!("{indent}{head}"));
    extend_body(out, body);
    out.lines.extend([format!("{indent}:::"), String::new()]);
}

/// Adds a body. An element of HTML goes on up to an empty line, and would hold the end of the block.
fn extend_body(out: &mut Written, body: Vec<String>) {
    let ends_in_html = body.last().is_some_and(|line| line.trim_end().ends_with('>'));
    out.lines.extend(body);
    out.lines.extend(ends_in_html.then(String::new));
}

/// Adds a tab to the group above it, or begins a group.
fn write_tab(indent: &str, title: &str, body: Vec<String>, out: &mut Written) {
    while out.lines.last().is_some_and(|line| line.trim().is_empty()) {
        out.lines.pop();
    }
    let follows = out.tabs_end > 0 && out.tabs_end == out.lines.len();
    if follows {
        out.lines.pop();
    } else {
        out.lines.extend([String::new(), format!("{indent}:::tabs")]);
    }
    out.lines.push(format!("{indent}:::tab[{title}]"));
    extend_body(out, body);
    out.lines.extend([format!("{indent}:::"), format!("{indent}:::")]);
    out.tabs_end = out.lines.len();
    out.lines.push(String::new());
}

/// The tabs of a body without the group that `write_tab` made of them.
fn without_tabs(body: Vec<String>) -> Vec<String> {
    match body.as_slice() {
        [first, inner @ .., last] if first.trim() == ":::tabs" && last.trim() == ":::" => inner.to_vec(),
        _ => body,
    }
}

/// A group of code blocks with titles as tabs.
fn tabs_of_code(body: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(line) = body.get(at) {
        let Some((_, length)) = fence_length(line) else {
            out.push(line.clone());
            at += 1;
            continue;
        };
        let fence = &line.trim_start()[..length];
        let end =
            body[at + 1..].iter().position(|line| line.trim() == fence).map_or(body.len() - 1, |end| at + 1 + end);
        let info = rewrite_info(&line.trim_start()[length..]);
        let title = info.title.unwrap_or_else(|| info.language.clone());
        out.push(format!("::: tab {title}"));
        out.push(format!("{fence}{}", info.language));
        out.extend_from_slice(&body[at + 1..=end]);
        out.push(":::".to_owned());
        at = end + 1;
    }
    out
}

/// The line that closes the block of the first line.
fn find_end(lines: &[String], opens: impl Fn(&str) -> bool, closes: impl Fn(&str) -> bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut fence: Option<String> = None;
    for (at, line) in lines.iter().enumerate() {
        if let Some(open) = &fence {
            let trimmed = line.trim();
            if trimmed.starts_with(open.as_str()) && trimmed.chars().all(|c| open.starts_with(c)) {
                fence = None;
            }
        } else if let Some((_, length)) = fence_length(line) {
            fence = Some(line.trim_start()[..length].to_owned());
        } else if closes(line) {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        } else if opens(line) {
            depth += 1;
        }
    }
    None
}

fn indent_line(indent: &str, line: &str) -> String {
    if line.is_empty() { String::new() } else { format!("{indent}{line}") }
}

/// Lines without blank ones at both ends.
fn trimmed(lines: &[String]) -> &[String] {
    let is_text = |line: &String| !line.trim().is_empty();
    let Some(start) = lines.iter().position(is_text) else { return &[] };
    let end = lines.iter().rposition(is_text).unwrap_or(start);
    &lines[start..=end]
}

/// True for a line of Rust that mdBook does not show.
fn is_hidden(line: &str) -> bool {
    line.trim() == "#" || line.trim_start().starts_with("# ")
}
