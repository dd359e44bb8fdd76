//! Headers for certain hosts, with secrets from the environment: `Authorization: 'Bearer ${TOKEN}'`.

use regex::Regex;

use crate::config::{ExternalSettings, Wildcard};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::source::Spanned;

/// Headers by host pattern. It holds secrets, so it has no `Debug`.
#[derive(Default)]
pub(super) struct HostHeaders {
    by_host: Vec<(Wildcard, String, String)>,
}

impl HostHeaders {
    /// Replaces variables by their values. A header with an unset variable is reported and left out.
    pub(super) fn read(
        settings: &ExternalSettings,
        lookup: &dyn Fn(&str) -> Option<String>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut by_host = Vec::new();
        for host in &settings.headers {
            for header in &host.value {
                if let Some(value) = fill(&header.value, lookup, diagnostics) {
                    by_host.push((Wildcard::new(&host.name.value), header.name.value.clone(), value));
                }
            }
        }
        Self { by_host }
    }

    pub(super) fn of_host(&self, host: &str) -> impl Iterator<Item = (&str, &str)> {
        let matching = self.by_host.iter().filter(move |(pattern, ..)| pattern.matches(host));
        matching.map(|(_, name, value)| (name.as_str(), value.as_str()))
    }
}

fn fill(
    written: &Spanned<String>,
    lookup: &dyn Fn(&str) -> Option<String>,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let variable = Regex::new(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}").expect("a constant that a test uses");
    let names = variable.captures_iter(&written.value).map(|found| found[1].to_owned());
    let missing: Vec<String> = names.filter(|name| lookup(name).is_none_or(|value| value.is_empty())).collect();
    for name in &missing {
        diagnostics.push(catalogue::external::missing_variable(written.span, name));
    }
    let value =
        variable.replace_all(&written.value, |found: &regex::Captures<'_>| lookup(&found[1]).unwrap_or_default());
    // A line break would start another header.
    missing.is_empty().then(|| value.replace(['\r', '\n'], ""))
}
