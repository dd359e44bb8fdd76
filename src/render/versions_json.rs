//! `versions.json`: the title and a hash of the source of each page and flow.
//!
//! The home page compares it with what the browser stored at the last visit, and lists what changed.

use std::collections::BTreeMap;

use serde_json::json;

use super::address::address_of;
use super::{Renderer, SiteFile};
use crate::diagnostic::Diagnostics;
use crate::theme::fingerprint;

pub(super) const VERSIONS_JSON: SiteFile = SiteFile { path: "versions.json", render };

/// Pages that no editor wrote are left out: they change with others.
fn render(renderer: &Renderer<'_>, _: &mut Diagnostics) -> String {
    let written = renderer.site.navigation.sequence.iter().filter(|entry| !renderer.is_generated(**entry));
    let versions: BTreeMap<String, _> = written
        .map(|entry| {
            let text = renderer.sources.text(renderer.site.file_of(*entry));
            let version = fingerprint(std::iter::once(("", text.as_bytes())));
            let title = &renderer.site.metadata_of(*entry).title.value;
            (address_of(renderer.site.route_of(*entry)), json!([title, version]))
        })
        .collect();
    serde_json::to_string(&versions).expect("plain values have a JSON form")
}
