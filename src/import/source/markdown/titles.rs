//! Names of callouts in other dialects, with the titles that they show.

/// What a block of the source becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Callout(&'static str),
    Details,
    Tabs,
    Tab,
    Plain,
}

/// Names that show a title of their own, and ours.
const CALLOUTS: [(&str, &str); 34] = [
    ("note", "note"),
    ("secondary", "note"),
    ("info", "note"),
    ("primary", "note"),
    ("abstract", "note"),
    ("summary", "note"),
    ("tldr", "note"),
    ("todo", "note"),
    ("question", "note"),
    ("help", "note"),
    ("faq", "note"),
    ("example", "note"),
    ("quote", "note"),
    ("cite", "note"),
    ("seealso", "note"),
    ("tip", "tip"),
    ("hint", "tip"),
    ("success", "tip"),
    ("check", "tip"),
    ("done", "tip"),
    ("important", "important"),
    ("warning", "warning"),
    ("attention", "warning"),
    ("caution", "caution"),
    ("danger", "caution"),
    ("error", "caution"),
    ("failure", "caution"),
    ("fail", "caution"),
    ("missing", "caution"),
    ("bug", "caution"),
    ("alert", "note"),
    ("admonition", "note"),
    ("notice", "note"),
    ("callout", "note"),
];

/// Names whose title the theme writes.
const OURS: [&str; 7] = ["note", "tip", "important", "warning", "caution", "info", "danger"];

/// What a block with this name becomes, and its title.
pub(super) fn target_of(name: &str, title: Option<String>) -> (Target, Option<String>) {
    let name = name.to_lowercase();
    match name.as_str() {
        "details" => return (Target::Details, title),
        "tabs" | "code-group" => return (Target::Tabs, None),
        "tab" => return (Target::Tab, title),
        _ => {}
    }
    match callout_of(&name) {
        Some(callout) if OURS.contains(&name.as_str()) => (Target::Callout(callout), title),
        Some(callout) => (Target::Callout(callout), title.or_else(|| Some(capitalized(&name)))),
        None => (Target::Plain, title),
    }
}

/// The callout of a name.
pub(super) fn callout_of(name: &str) -> Option<&'static str> {
    CALLOUTS.iter().find(|(other, _)| *other == name).map(|(_, callout)| *callout)
}

/// A word with a capital letter.
pub(super) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A title without the braces at its end, and what these say.
pub(super) fn split_options(title: String) -> (Option<String>, String) {
    match title.rsplit_once('{') {
        Some((before, options)) if options.ends_with('}') && !before.ends_with('\\') => {
            (Some(before.trim().to_owned()).filter(|title| !title.is_empty()), options.to_owned())
        }
        _ => (Some(title).filter(|title| !title.is_empty()), String::new()),
    }
}
