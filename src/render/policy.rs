//! Content-Security-Policy of every page, for its `<meta>` element.
//!
//! In: the settings. Out: one line. Entry point: [`policy`]. Scripts and styles come from files of the site only, never from a page
//! itself; images, media and frames also from the origins in `embed`. Only a server can set `frame-ancestors`: `docs/hosting.md`.

use crate::config::{Config, Origin};

/// W3C, Content Security Policy Level 3.
pub(super) fn policy(config: &Config) -> String {
    let embed: String = config.embed.iter().map(Origin::as_str).flat_map(|origin| [" ", origin]).collect();
    let with_embed = |source: &str| format!("{source}{embed}");
    let directives = [
        ("default-src", "'none'".to_owned()),
        ("script-src", "'self'".to_owned()),
        ("style-src", "'self'".to_owned()),
        ("img-src", with_embed("'self' data:")),
        ("media-src", with_embed("'self'")),
        ("frame-src", with_embed("'self'")),
        ("font-src", "'self'".to_owned()),
        ("connect-src", "'self'".to_owned()),
        ("manifest-src", "'self'".to_owned()),
        ("worker-src", "'self'".to_owned()),
        ("base-uri", "'none'".to_owned()),
        ("form-action", "'none'".to_owned()),
    ];
    directives.map(|(name, sources)| format!("{name} {sources}")).join("; ")
}
