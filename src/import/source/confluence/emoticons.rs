//! Emoticons: the sign of the export, or that of the old name.

use crate::import::source::xml::Element;
use crate::import::tree::Inline;

/// Names of Confluence and their signs.
const SIGNS: [(&str, &str); 26] = [
    ("tick", "✔"),
    ("cross", "✖"),
    ("warning", "⚠"),
    ("information", "ℹ"),
    ("plus", "➕"),
    ("minus", "➖"),
    ("question", "❓"),
    ("light-on", "💡"),
    ("light-off", "💡"),
    ("yellow-star", "⭐"),
    ("red-star", "⭐"),
    ("green-star", "⭐"),
    ("blue-star", "⭐"),
    ("heart", "❤"),
    ("broken-heart", "💔"),
    ("thumbs-up", "👍"),
    ("thumbs-down", "👎"),
    ("smile", "🙂"),
    ("sad", "🙁"),
    ("cheeky", "😛"),
    ("laugh", "😀"),
    ("wink", "😉"),
    ("check_mark", "✔"),
    ("cross_mark", "✖"),
    ("info", "ℹ"),
    ("error", "✖"),
];

/// The sign of an emoticon; its name if nothing else is known.
pub(super) fn emoticon(element: &Element) -> Inline {
    let fallback = element.find("ac:emoji-fallback").filter(|fallback| !fallback.is_empty());
    let name = element.find("ac:name").unwrap_or_default();
    let of_name = SIGNS.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign);
    let short = element.find("ac:emoji-shortname").filter(|short| !short.is_empty());
    let sign = fallback.or(of_name).or(short).map_or_else(|| format!("({name})"), str::to_owned);
    Inline::Text(sign)
}
