//! Components of MDX, elements of HTML, and shortcodes of Hugo that begin a line.

use std::sync::LazyLock;

use regex::Regex;

use super::Dialect;
use super::titles::{self, Target};

/// An element with its attributes and body.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    /// Values without a key have an empty one.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) body: String,
    /// What follows in the last line.
    pub(super) rest: String,
}

/// Most lines of an opening tag.
const LONGEST_TAG: usize = 40;

static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*<([A-Za-z][\w.]*)((?:\s+[^<>]*?(?:=>[^<>]*?)*)?)(/?)>").expect("a pattern"));
static SHORTCODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*\{\{[<%]\s*([\w./-]+)(.*?)(/?)\s*[%>]\}\}").expect("a pattern"));
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"([\w:@-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}|([^\s"'>]+))|"([^"]*)"|([^\s"']+)"#)
        .expect("a pattern")
});
static SUMMARY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)^\s*<summary[^>]*>(.*?)</summary>").expect("a pattern"));
static ANY_TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<[^>]*>").expect("a pattern"));

/// The element that begins in the first line, and the number of its lines.
pub(super) fn find(lines: &[String], dialect: Dialect) -> Option<(Element, usize)> {
    let first = lines[0].trim_start();
    let is_shortcode = dialect == Dialect::Hugo && (first.starts_with("{{<") || first.starts_with("{{%"));
    if !is_shortcode && !first.starts_with('<') {
        return None;
    }
    let mut head = lines[0].clone();
    let mut used = 1;
    let pattern = if is_shortcode { &SHORTCODE } else { &TAG };
    while !pattern.is_match(&head) && used < LONGEST_TAG.min(lines.len()) && !lines[used].trim().is_empty() {
        head.push('\n');
        head.push_str(&lines[used]);
        used += 1;
    }
    let found = pattern.captures(&head)?;
    let name = found[1].to_owned();
    let is_component = dialect.has_components() && name.starts_with(char::is_uppercase);
    let is_known = matches!(name.as_str(), "details" | "script" | "style") || is_component || is_shortcode;
    if !is_known || name == "ref" || name == "relref" {
        return None;
    }
    let attributes = attributes_of(&found[2]);
    let after = head[found[0].len()..].to_owned();
    let element = Element { name, attributes, ..Element::default() };
    if &found[3] == "/" {
        return Some((Element { rest: after, ..element }, used));
    }
    let text = std::iter::once(after.clone()).chain(lines[used..].iter().cloned()).collect::<Vec<_>>().join("\n");
    match close_of(&text, &element.name, is_shortcode) {
        Some((start, end)) => {
            let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
            let used = used + text[..end].matches('\n').count();
            let body = text[..start].trim_matches('\n').to_owned();
            Some((Element { body, rest: text[end..line_end].to_owned(), ..element }, used))
        }
        None if is_shortcode => Some((Element { rest: after, ..element }, used)),
        None => None,
    }
}

/// Where the closing tag begins and ends.
fn close_of(text: &str, name: &str, is_shortcode: bool) -> Option<(usize, usize)> {
    let name = regex::escape(name);
    let pattern = if is_shortcode {
        format!(r"\{{\{{[<%]\s*(/?)\s*{name}(?:\s[^>%]*)?[>%]\}}\}}")
    } else {
        format!(r"<(/?){name}(?:\s[^>]*)?>")
    };
    let pattern = Regex::new(&pattern).ok()?;
    let mut depth = 1_usize;
    for found in pattern.captures_iter(text) {
        let whole = found.get(0)?;
        if found[1].is_empty() {
            let closes_itself = whole.as_str().trim_end_matches(['>', '%', '}']).trim_end().ends_with('/');
            depth += usize::from(!closes_itself);
        } else {
            depth -= 1;
        }
        if depth == 0 {
            return Some((whole.start(), whole.end()));
        }
    }
    None
}

fn attributes_of(text: &str) -> Vec<(String, String)> {
    let pairs = ATTRIBUTE.captures_iter(text).map(|found| {
        let value = found.iter().skip(2).flatten().next().map_or("", |value| value.as_str());
        match found.get(1) {
            Some(key) => (key.as_str().to_owned(), value.to_owned()),
            None if found.get(6).is_some() => (String::new(), value.to_owned()),
            None => (value.to_owned(), String::new()),
        }
    });
    pairs.collect()
}

impl Element {
    fn attribute(&self, keys: &[&str]) -> Option<String> {
        let value = |key: &&str| self.attributes.iter().find(|(other, _)| other == key).map(|(_, value)| value.clone());
        keys.iter().find_map(value)
    }

    /// What it becomes, and its title; `None` if it has no counterpart.
    pub(super) fn target(&self) -> Option<(Target, Option<String>)> {
        let title = self.attribute(&["title", "label", "header", "summary", "name", ""]);
        match self.name.to_lowercase().as_str() {
            "details" | "expand" | "collapse" | "accordion" => Some((Target::Details, title)),
            "tabs" | "tabpane" => Some((Target::Tabs, None)),
            "tabitem" | "tab" => Some((Target::Tab, title.or_else(|| self.attribute(&["value"])))),
            "admonition" | "alert" | "notice" | "callout" | "hint" | "note" | "warning" | "tip" => {
                let kind = self.attribute(&["type", "color", "kind"]).unwrap_or_default();
                let first = self.attributes.first().map(|(key, _)| key.to_lowercase()).unwrap_or_default();
                let names = [kind.to_lowercase(), first, self.name.to_lowercase()];
                let callout = names.iter().find_map(|name| titles::callout_of(name)).unwrap_or("note");
                Some((Target::Callout(callout), self.attribute(&["title"])))
            }
            _ => None,
        }
    }

    /// The picture of a shortcode.
    pub(super) fn image(&self) -> Option<String> {
        if self.name != "figure" {
            return None;
        }
        let alt = self.attribute(&["alt", "caption", "title"]).unwrap_or_default();
        let image = format!("![{}]({})", crate::import::write::escape_title(&alt), self.attribute(&["src"])?);
        let caption = self.attribute(&["caption"]).filter(|caption| !caption.is_empty());
        Some(
            caption
                .map_or(image.clone(), |caption| format!("{image} *{}*", crate::import::write::escape_line(&caption))),
        )
    }

    /// True for scripts and styles.
    pub(super) fn is_program(&self) -> bool {
        matches!(self.name.as_str(), "script" | "style")
    }

    /// The texts of its attributes.
    pub(super) fn shown(&self) -> String {
        let pairs = self.attributes.iter().filter(|(_, value)| !value.is_empty());
        let texts = pairs.map(|(key, value)| if key.is_empty() { value.clone() } else { format!("{key}: {value}") });
        texts.collect::<Vec<_>>().join(", ")
    }
}

/// The title of a collapsible section, and the rest of its body.
pub(super) fn split_summary(body: &[String]) -> (Option<String>, Vec<String>) {
    let text = body.join("\n");
    let Some(found) = SUMMARY.captures(&text) else { return (None, body.to_vec()) };
    let title = ANY_TAG.replace_all(&found[1], "").split_whitespace().collect::<Vec<_>>().join(" ");
    (Some(title), text[found[0].len()..].lines().map(str::to_owned).collect())
}
