//! Front matter of an imported page.

use std::fmt::Write;

/// Words that YAML does not read as text.
const RESERVED: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// The keys that a source can give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FrontMatter {
    pub(crate) title: String,
    pub(crate) nav_title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) order: Option<i64>,
    pub(crate) is_draft: bool,
    pub(crate) tags: Vec<String>,
    pub(crate) aliases: Vec<String>,
}

impl FrontMatter {
    pub(super) fn write(&self) -> String {
        let mut text = format!("---\ntitle: {}\n", yaml_text(&self.title));
        let mut line = |key: &str, value: &str| _ = writeln!(text, "{key}: {value}");
        self.nav_title.iter().for_each(|title| line("nav_title", &yaml_text(title)));
        self.description.iter().for_each(|description| line("description", &yaml_text(description)));
        self.order.iter().for_each(|order| line("order", &order.to_string()));
        if self.is_draft {
            line("draft", "true");
        }
        for (key, list) in [("tags", &self.tags), ("aliases", &self.aliases)] {
            let values: Vec<String> = list.iter().map(|value| yaml_text(value)).collect();
            if !values.is_empty() {
                line(key, &format!("[{}]", values.join(", ")));
            }
        }
        text + "---\n"
    }
}

/// A text as a YAML scalar, in quotes where it needs them.
pub(crate) fn yaml_text(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let is_word = |c: char| c.is_alphanumeric() || c == ' ' || c == '-';
    let is_plain = text.starts_with(char::is_alphabetic) && text.chars().all(is_word) && text.trim() == text;
    if is_plain && !RESERVED.contains(&text.to_lowercase().as_str()) {
        return text;
    }
    format!("'{}'", text.replace('\'', "''"))
}
