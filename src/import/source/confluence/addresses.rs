//! Addresses of Confluence's server, and days.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::diagnostic::Language;
use crate::url::{Parts, decode};

/// What an address on a server of Confluence names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named {
    Id(String),
    Title {
        space: String,
        title: String,
    },
    /// The id of the page and the name of the file.
    File {
        page: String,
        name: String,
    },
}

/// Reads every form that Confluence writes, on any server.
pub(super) fn read_address(address: &str) -> Option<Named> {
    let parts = Parts::of(address);
    let path = parts.path.split_once("://").map_or(parts.path, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    if !path.starts_with('/') {
        return None;
    }
    let query = |key: &str| {
        let pairs = parts.query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(own, _)| *own == key).map(|(_, value)| decode(&value.replace('+', " ")))
    };
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let after = |name: &str| segments.iter().position(|part| *part == name).map(|at| &segments[at + 1..]);
    if path.ends_with("/pages/viewpage.action") {
        if let Some(id) = query("pageId") {
            return Some(Named::Id(id));
        }
        return query("title").map(|title| Named::Title { space: query("spaceKey").unwrap_or_default(), title });
    }
    if let Some([page, name]) = after("attachments") {
        return Some(Named::File { page: (*page).to_owned(), name: decode(&name.replace('+', " ")) });
    }
    if let Some([_, "pages", id, ..]) = after("spaces") {
        return is_id(id).then(|| Named::Id((*id).to_owned()));
    }
    if let Some([space, title]) = after("display") {
        return Some(Named::Title { space: (*space).to_owned(), title: decode(&title.replace('+', " ")) });
    }
    match after("x") {
        Some([short]) if segments.len() <= 3 => read_short(short).map(|id| Named::Id(id.to_string())),
        _ => None,
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The id in a short address: its bytes, the last first, in base64 for addresses.
fn read_short(short: &str) -> Option<u64> {
    let alphabet = |byte: u8| match byte {
        b'-' => b'/',
        b'_' => b'+',
        other => other,
    };
    let coded: Vec<u8> =
        short.bytes().map(alphabet).chain(std::iter::repeat_n(b'A', (11 - short.len().min(11)) % 12)).collect();
    let bytes = STANDARD_NO_PAD.decode(coded.get(..11)?).ok()?;
    let bytes: [u8; 8] = bytes.try_into().ok()?;
    (short.len() <= 11 && !short.is_empty()).then(|| u64::from_le_bytes(bytes))
}

/// A day of the form `2026-11-30` as the site writes it; any other text as it is.
pub(super) fn site_date(day: &str, language: Language) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let Ok(date) = day.get(..10).unwrap_or(day).parse::<jiff::civil::Date>() else { return day.to_owned() };
    match language {
        Language::PtBr => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
        Language::En => {
            let month = usize::try_from(date.month()).unwrap_or(1);
            format!("{} {}, {}", MONTHS[month - 1], date.day(), date.year())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_of_an_address() {
        let id = |id: &str| Some(Named::Id(id.to_owned()));
        for (address, named) in [
            ("https://w.example/pages/viewpage.action?pageId=100002#a", id("100002")),
            ("/wiki/spaces/ATEND/pages/7/Um+dois", id("7")),
            ("https://w.example/x/ooYB", id("100002")),
            (
                "https://w.example/display/ATEND/Auditoria+do+chat",
                Some(Named::Title { space: "ATEND".into(), title: "Auditoria do chat".into() }),
            ),
            (
                "/download/attachments/7/a%20b.png?api=v2",
                Some(Named::File { page: "7".into(), name: "a b.png".into() }),
            ),
            ("https://w.example/other/page", None),
            ("#x", None),
        ] {
            assert_eq!(read_address(address), named, "{address}");
        }
    }

    #[test]
    fn writes_a_day_in_the_language_of_the_site() {
        assert_eq!(site_date("2026-11-30", Language::PtBr), "30/11/2026");
        assert_eq!(site_date("2026-11-30", Language::En), "Nov 30, 2026");
        assert_eq!(site_date("amanhã", Language::PtBr), "amanhã");
    }
}
