//! Images and other resources of other sites that the content security policy of the pages blocks.

use crate::config::{Config, Origin};
use crate::content::body::RawLink;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::site::Site;
use crate::site::links::LinkKind;
use crate::url::with_scheme;

pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (_, link) in site.links() {
        if let Some(source) = link.source.filter(|_| link.kind == LinkKind::Image && link.target.is_external()) {
            check_address(source, &site.config, diagnostics);
        }
    }
}

/// A placeholder of an input in place of the host can be any host, which is reported too.
fn check_address(link: &RawLink, config: &Config, diagnostics: &mut Diagnostics) {
    let value = |name: &str| config.find_value(name).map(str::to_owned);
    let written = link.text.fill(|placeholder| value(placeholder.value_name()?));
    if written.get(.."data:".len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        return;
    }
    // An address without a scheme takes that of the page, which is not known here: `https` is assumed.
    let finding = match Origin::of_address(&with_scheme(&written)) {
        Some(origin) if config.embed.contains(&origin) => return,
        Some(origin) => catalogue::page::blocked_origin(link.span, origin.as_str()),
        None => catalogue::page::blocked_address(link.span, &link.written),
    };
    diagnostics.push(finding);
}
