//! The Content-Security-Policy of every page, for its `<meta>`.
//!
//! In: the settings. Out: one line. Entry point: [`policy`]. Scripts and styles come from the site's own files alone, never from
//! the text of a page; what else a page shows comes from the site or from the origins that `embed` names. Who may frame the pages
//! (`frame-ancestors`) can be said by a server only: `docs/hosting.md`.

use crate::config::{Config, Origin};

/// The policy of a site's pages (W3C, Content Security Policy Level 3).
pub(super) fn policy(config: &Config) -> String {
    let embed: String = config.embed.iter().map(Origin::as_str).flat_map(|origin| [" ", origin]).collect();
    let shown = |source: &str| format!("{source}{embed}");
    let directives = [
        ("default-src", "'none'".to_owned()),
        ("script-src", "'self'".to_owned()),
        ("style-src", "'self'".to_owned()),
        ("img-src", shown("'self' data:")),
        ("media-src", shown("'self'")),
        ("frame-src", shown("'self'")),
        ("font-src", "'self'".to_owned()),
        ("connect-src", "'self'".to_owned()),
        ("manifest-src", "'self'".to_owned()),
        ("worker-src", "'self'".to_owned()),
        ("base-uri", "'none'".to_owned()),
        ("form-action", "'none'".to_owned()),
    ];
    directives.map(|(name, sources)| format!("{name} {sources}")).join("; ")
}
