//! The base URL of a folder of HTML, from the canonical address of its home page.

use super::text_of;
use crate::config::BaseUrl;
use crate::html::{self, HtmlToken};
use crate::output::OutputFile;

/// Finds the canonical address of `index.html`, without `index.html` at its end. `None` if the page has none.
pub(crate) fn find_base_url(outputs: &[OutputFile]) -> Option<BaseUrl> {
    let home = outputs.iter().find(|output| output.path == "index.html")?;
    let address = find_canonical(&text_of(home)?)?;
    let address = address.strip_suffix("index.html").unwrap_or(&address);
    BaseUrl::parse(address).filter(|_| address.ends_with('/') || address.matches('/').count() == 2)
}

fn find_canonical(html: &str) -> Option<String> {
    let mut found = None;
    html::read(html, |token| {
        let HtmlToken::StartTag(tag) = token else { return };
        let is_canonical = tag.name == "link"
            && tag
                .value_of("rel")
                .is_some_and(|rel| rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("canonical")));
        if is_canonical && found.is_none() {
            found = tag.value_of("href").map(|href| href.trim().to_owned());
        }
    });
    found
}
