//! What a page takes from other sites and its policy does not let through: the reader would not see it.

use crate::config::{Config, Origin};
use crate::content::body::{HoleKind, RawLink};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::Site;
use crate::site::link::{ResolvedBody, Target};

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for page in &site.pages {
        check_body(&page.body, &site.config, diagnostics);
    }
    for node in site.flows.iter().flat_map(|flow| &flow.nodes) {
        for body in node.text.iter().chain(node.checklist.iter().map(|task| &task.text)) {
            check_body(body, &site.config, diagnostics);
        }
    }
}

fn check_body(body: &ResolvedBody, config: &Config, diagnostics: &mut Diagnostics) {
    for (hole, target) in body.body.holes.iter().zip(&body.targets) {
        if let (HoleKind::Image(link) | HoleKind::Address(link), Some(Target::External(_))) = (&hole.kind, target) {
            check_address(link, config, diagnostics);
        }
    }
}

/// A placeholder that stands for the host makes it any host.
fn check_address(link: &RawLink, config: &Config, diagnostics: &mut Diagnostics) {
    let value = |name: &str| config.find_value(name).map(str::to_owned);
    let written = link.text.fill(|placeholder| value(placeholder.value_name()?));
    if written.get(.."data:".len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        return;
    }
    // The scheme of the page is not known: that of the web is taken.
    let address = if written.starts_with("//") { format!("https:{written}") } else { written };
    let finding = match Origin::of_address(&address) {
        Some(origin) if config.embed.contains(&origin) => return,
        Some(origin) => catalogue::page::blocked_origin(link.span, origin.as_str())
            .help(catalogue::page::name_origin(origin.as_str())),
        None => catalogue::page::blocked_address(link.span, &link.written),
    };
    diagnostics.push(finding);
}
