//! `flows.json`: every flow with the first part of its path codes.
//!
//! The browser finds the flow of a pasted code with it.

use serde_json::json;

use super::address::address_of;
use super::{Renderer, SiteFile};
use crate::diagnostic::Diagnostics;
use crate::site::Entry;

pub(super) const FLOWS_JSON: SiteFile = SiteFile { path: "flows.json", render };

fn render(renderer: &Renderer<'_>, _: &mut Diagnostics) -> String {
    let flows = renderer.site.navigation.sequence.iter().filter_map(|entry| match entry {
        Entry::Flow(id) => Some((renderer.code_of(*id), renderer.site.flow(*id))),
        Entry::Page(_) => None,
    });
    let list: Vec<_> = flows
        .map(|(code, flow)| json!({ "code": code, "title": flow.metadata.title.value, "url": address_of(&flow.route) }))
        .collect();
    serde_json::to_string(&list).expect("plain values have a JSON form")
}
