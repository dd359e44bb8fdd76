//! The index of a site alone, for searches in the terminal.

use super::run::{resolve, with_options};
use super::{Options, SiteRoot};
use crate::error::Result;
use crate::search::SiteSearch;

/// Reads a site and indexes it. Mistakes in it are ignored: what can be read can be found.
pub fn open_search(root: SiteRoot, options: &Options) -> Result<SiteSearch> {
    let (mut project, config, mut diagnostics) = root.read()?;
    let site = resolve(options, with_options(config, options), &mut project, &mut diagnostics);
    Ok(SiteSearch::new(&site))
}
