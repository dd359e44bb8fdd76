//! `robots.txt` (RFC 9309), requested once for each origin.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use url::{Position, Url};

use super::http::{Fetch, Method, ReadBody, Request};

/// The product token of this program in `robots.txt`.
const PRODUCT_TOKEN: &str = "vereda";

/// The `robots.txt` files of a run. While one is requested, other threads that need it wait.
#[derive(Debug, Default)]
pub(super) struct RobotsCache {
    by_origin: Mutex<HashMap<String, Arc<Mutex<Option<RobotsTxt>>>>>,
}

impl RobotsCache {
    /// True if a URL may be requested. A missing or unreadable `robots.txt` allows everything.
    pub(super) fn allows(&self, url: &Url, client: &impl Fetch) -> bool {
        let origin = url.origin().ascii_serialization();
        let own = Arc::clone(self.by_origin.lock().unwrap_or_else(PoisonError::into_inner).entry(origin).or_default());
        let mut robots = own.lock().unwrap_or_else(PoisonError::into_inner);
        let robots = robots.get_or_insert_with(|| fetch_robots_txt(url, client));
        robots.allows(&url[Position::BeforePath..Position::AfterQuery])
    }
}

fn fetch_robots_txt(url: &Url, client: &impl Fetch) -> RobotsTxt {
    let Ok(url) = url.join("/robots.txt") else { return RobotsTxt::default() };
    let request =
        Request { url: &url, method: Method::Get, read_body: ReadBody::Always, has_headers: false, cookie: None };
    let text = client.fetch(&request).ok().and_then(|response| response.text);
    text.map(|text| RobotsTxt::parse(&text.text)).unwrap_or_default()
}

/// The rules of a `robots.txt` for this program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct RobotsTxt {
    /// A path pattern, and whether it is allowed.
    rules: Vec<(String, bool)>,
}

impl RobotsTxt {
    /// Reads the rules of the group `vereda`, or else of the group `*`.
    fn parse(text: &str) -> Self {
        let (mut own, mut general) = (None, Vec::new());
        let (mut is_own, mut is_general, mut is_group_head) = (false, false, false);
        for line in text.lines() {
            let Some((key, value)) = line.split('#').next().unwrap_or_default().split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if !is_group_head {
                        (is_own, is_general) = (false, false);
                    }
                    is_group_head = true;
                    is_own |= value.eq_ignore_ascii_case(PRODUCT_TOKEN);
                    is_general |= value == "*";
                    if is_own {
                        own.get_or_insert_with(Vec::new);
                    }
                }
                rule @ ("allow" | "disallow") => {
                    is_group_head = false;
                    let rule = (value.to_owned(), rule == "allow");
                    if !value.is_empty() && is_own {
                        own.get_or_insert_with(Vec::new).push(rule.clone());
                    }
                    if !value.is_empty() && is_general {
                        general.push(rule);
                    }
                }
                _ => {}
            }
        }
        Self { rules: own.unwrap_or(general) }
    }

    /// The longest matching rule decides; of two of the same length, the one that allows.
    fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern, path));
        matching
            .max_by_key(|(pattern, is_allowed)| (pattern.len(), *is_allowed))
            .is_none_or(|(_, is_allowed)| *is_allowed)
    }
}

/// Matches a path prefix. `*` stands for any text, `$` at the end for the end of the path.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, is_whole) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut has_star = false;
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        has_star = true;
        let is_last = index + 1 == parts.len();
        if is_last && is_whole {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    has_star || !is_whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applies_the_longest_rule() {
        let robots = RobotsTxt::parse("User-agent: *\nDisallow: /a\nAllow: /a/b # sim\nDisallow:\nDisallow: /*.pdf$\n");
        for (path, is_allowed) in
            [("/", true), ("/a/c", false), ("/a/b/c", true), ("/x.pdf", false), ("/x.pdf?y", true), ("/A", true)]
        {
            assert_eq!(robots.allows(path), is_allowed, "{path}");
        }
    }

    #[test]
    fn prefers_rules_for_vereda() {
        let text = "user-agent: *\ndisallow: /\n\nUser-Agent: outro\nUser-Agent: Vereda\nDisallow: /x\n";
        assert!(RobotsTxt::parse(text).allows("/a") && !RobotsTxt::parse(text).allows("/x"));
        assert!(!RobotsTxt::parse(&text.replace("Vereda", "mais")).allows("/a"));
        assert!(RobotsTxt::parse("<html>").allows("/"));
    }
}
