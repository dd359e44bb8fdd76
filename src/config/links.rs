//! How links to other sites are checked, when that is asked for: `links.external`.

use std::time::Duration;

use jiff::civil::Date;
use regex::Regex;

use super::Count;
use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::yaml::{Context, Fields, FromYaml, Named, Node, Value};

/// Everything that is said of links.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkSettings {
    pub(crate) external: ExternalSettings,
}

/// How other sites are asked.
#[derive(Clone, Debug)]
pub(crate) struct ExternalSettings {
    /// Requests at the same time, and of these on one host.
    pub(crate) threads: usize,
    pub(crate) per_host: usize,
    /// Between the beginnings of two requests on one host.
    pub(crate) delay: Duration,
    pub(crate) connect_timeout: Duration,
    /// For one request, its answer included.
    pub(crate) timeout: Duration,
    /// How often it is asked again, and after how long; each time after twice as long.
    pub(crate) retries: usize,
    pub(crate) backoff: Duration,
    /// A host that asks to wait longer is not asked again.
    pub(crate) longest_wait: Duration,
    pub(crate) redirects: usize,
    pub(crate) accept: Vec<StatusRange>,
    /// By host, then by name of the header.
    pub(crate) headers: Vec<Named<Vec<Named<Spanned<String>>>>>,
    pub(crate) exclude: Vec<Exclusion>,
    /// Hosts that may have an address of a private network.
    pub(crate) allow_private: Vec<Wildcard>,
    pub(crate) robots: bool,
    /// Whole pages are asked for, to see whether they say that there is nothing.
    pub(crate) soft_404: bool,
    pub(crate) cache: CacheLife,
}

/// How long an answer is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CacheLife {
    pub(crate) good: Duration,
    pub(crate) moved: Duration,
    pub(crate) gone: Duration,
    pub(crate) failed: Duration,
}

/// Statuses from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatusRange {
    first: u16,
    last: u16,
}

/// Addresses that are not asked.
#[derive(Clone, Debug)]
pub(crate) struct Exclusion {
    pub(crate) matched: Spanned<Wildcard>,
    pub(crate) reason: String,
    /// The last day on which it holds.
    pub(crate) until: Option<Date>,
}

/// A text in which `*` stands for anything.
#[derive(Clone, Debug)]
pub(crate) struct Wildcard {
    pub(crate) written: String,
    regex: Regex,
}

impl Default for ExternalSettings {
    fn default() -> Self {
        Self {
            threads: 16,
            per_host: 2,
            delay: Duration::from_millis(200),
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            retries: 2,
            backoff: Duration::from_secs(1),
            longest_wait: Duration::from_mins(1),
            redirects: 10,
            accept: vec![StatusRange { first: 200, last: 299 }],
            headers: Vec::new(),
            exclude: Vec::new(),
            allow_private: Vec::new(),
            robots: false,
            soft_404: false,
            cache: CacheLife::default(),
        }
    }
}

impl ExternalSettings {
    /// True for a status of a link that works.
    pub(crate) fn accepts(&self, status: u16) -> bool {
        self.accept.iter().any(|range| range.holds(status))
    }
}

impl Default for CacheLife {
    fn default() -> Self {
        let hours = Duration::from_hours;
        Self { good: hours(7 * 24), moved: hours(24), gone: hours(24), failed: Duration::ZERO }
    }
}

impl StatusRange {
    /// Reads `403` or `200-299`.
    fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let status = |text: &str| text.parse().ok().filter(|status| (100..=999).contains(status) && text.len() == 3);
        let range = Self { first: status(first)?, last: status(last)? };
        (range.first <= range.last).then_some(range)
    }

    fn holds(self, status: u16) -> bool {
        (self.first..=self.last).contains(&status)
    }
}

impl Wildcard {
    /// Capitals do not count, as in names of hosts.
    pub(crate) fn new(written: &str) -> Self {
        let pattern = written.split('*').map(regex::escape).collect::<Vec<_>>().join(".*");
        let regex = Regex::new(&format!("(?is)^{pattern}$")).expect("what is escaped is a pattern");
        Self { written: written.to_owned(), regex }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// Of the number of a duration: what is longer is a mistake.
const MOST_DIGITS: usize = 9;

/// Reads `200ms`, `30s`, `5m`, `2h` or `7d`.
fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits <= MOST_DIGITS)?;
    let count: u64 = text[..digits].parse().ok()?;
    let seconds = |each: u64| count.checked_mul(each).map(Duration::from_secs);
    match &text[digits..] {
        "ms" => Some(Duration::from_millis(count)),
        "s" => seconds(1),
        "m" => seconds(60),
        "h" => seconds(3600),
        "d" => seconds(24 * 3600),
        _ => None,
    }
}

impl FromYaml for LinkSettings {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::of("`links`", node, context)?;
        let settings = Self { external: fields.optional("external").unwrap_or_default() };
        fields.finish();
        Some(settings)
    }
}

impl FromYaml for ExternalSettings {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::of("`external`", node, context)?;
        let plain = Self::default();
        let settings = Self {
            threads: read_count(&mut fields, "threads").unwrap_or(plain.threads).clamp(1, 256),
            per_host: read_count(&mut fields, "per_host").unwrap_or(plain.per_host).max(1),
            delay: fields.optional("delay").unwrap_or(plain.delay),
            connect_timeout: fields.optional("connect_timeout").unwrap_or(plain.connect_timeout),
            timeout: fields.optional("timeout").unwrap_or(plain.timeout),
            retries: read_count(&mut fields, "retries").unwrap_or(plain.retries).min(10),
            backoff: fields.optional("backoff").unwrap_or(plain.backoff),
            longest_wait: fields.optional("longest_wait").unwrap_or(plain.longest_wait),
            redirects: read_count(&mut fields, "redirects").unwrap_or(plain.redirects),
            accept: fields.optional("accept").unwrap_or(plain.accept),
            headers: read_headers(&mut fields),
            exclude: fields.optional("exclude").unwrap_or_default(),
            allow_private: fields.optional("allow_private").unwrap_or_default(),
            robots: fields.optional("robots").unwrap_or(plain.robots),
            soft_404: fields.optional("soft_404").unwrap_or(plain.soft_404),
            cache: fields.optional("cache").unwrap_or(plain.cache),
        };
        fields.finish();
        Some(settings)
    }
}

fn read_count(fields: &mut Fields<'_, '_, '_>, key: &'static str) -> Option<usize> {
    fields.optional::<Count>(key).map(|Count(count)| count)
}

/// A name is a token (RFC 9110, 5.6.2).
fn read_headers(fields: &mut Fields<'_, '_, '_>) -> Vec<Named<Vec<Named<Spanned<String>>>>> {
    let headers: Vec<Named<Vec<Named<Spanned<String>>>>> = fields.optional("headers").unwrap_or_default();
    let is_token = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
    };
    for header in headers.iter().flat_map(|host| &host.value).filter(|header| !is_token(&header.name.value)) {
        fields.context.report(header.name.span, catalogue::yaml::expected_header(&header.name.value));
    }
    headers
}

impl FromYaml for CacheLife {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::of("`cache`", node, context)?;
        let plain = Self::default();
        let life = Self {
            good: fields.optional("good").unwrap_or(plain.good),
            moved: fields.optional("moved").unwrap_or(plain.moved),
            gone: fields.optional("gone").unwrap_or(plain.gone),
            failed: fields.optional("failed").unwrap_or(plain.failed),
        };
        fields.finish();
        Some(life)
    }
}

impl FromYaml for Exclusion {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::of("`exclude`", node, context)?;
        let matched = fields.required("match");
        let reason: Option<Spanned<String>> = fields.required("reason");
        let until = fields.optional("until");
        let reason = reason.and_then(|reason| match reason.value.trim() {
            "" => fields.context.refuse(reason.span, catalogue::yaml::expected_reason()),
            text => Some(text.to_owned()),
        });
        fields.finish();
        Some(Self { matched: matched?, reason: reason?, until })
    }
}

impl FromYaml for Wildcard {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_text() {
            Some(text) if !text.trim().is_empty() => Some(Self::new(text.trim())),
            _ => context.refuse(node.span, catalogue::yaml::expected_text(key)),
        }
    }
}

impl FromYaml for StatusRange {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_text().and_then(Self::parse) {
            Some(range) => Some(range),
            None => context.refuse(node.span, catalogue::yaml::expected_statuses(key)),
        }
    }
}

impl FromYaml for Duration {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match (&node.value, node.as_text().and_then(parse_duration)) {
            (Value::Scalar { .. }, Some(duration)) => Some(duration),
            _ => context.refuse(node.span, catalogue::yaml::expected_duration(key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_durations() {
        assert_eq!(parse_duration("200ms"), Some(Duration::from_millis(200)));
        assert_eq!(parse_duration("2h"), Some(Duration::from_hours(2)));
        assert_eq!(parse_duration("0s"), Some(Duration::ZERO));
        for wrong in ["", "5", "s", "1.5s", "-1s", "5 s", "99999999999999999999s", "18446744073709551615d"] {
            assert_eq!(parse_duration(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn reads_statuses() {
        assert!(StatusRange::parse("200-299").unwrap().holds(299));
        assert!(!StatusRange::parse("403").unwrap().holds(404));
        assert!(StatusRange::parse("999").is_some());
        for wrong in ["", "2xx", "299-200", "20", "99", "1000", "+20", "200-", "200-299-300"] {
            assert_eq!(StatusRange::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_star_stands_for_anything() {
        let of = |written: &str, text: &str| Wildcard::new(written).matches(text);
        assert!(of("https://x.org/*", "https://X.org/a?b"));
        assert!(of("*.x.org", "a.b.x.org") && !of("*.x.org", "x.org"));
        assert!(!of("https://x.org", "https://x.org/a") && !of("x.org", "xyorg"));
        assert!(of("*", "") && of("*", "a\nb"));
    }
}
