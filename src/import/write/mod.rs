//! Writer of Markdown: a tree in its normal form → a text that our parser reads as the same tree.
//!
//! `blocks` writes blocks, `inlines` the text of one, `escape` every character of a source. Entry point: [`write()`].

mod blocks;
mod escape;
mod front_matter;
mod inlines;
#[cfg(test)]
mod read_back;

pub(crate) use escape::{escape_dialect, escape_line, escape_title};
pub(crate) use front_matter::{FrontMatter, yaml_text};

use super::normal::normalize;
use super::tree::Block;

/// Writes a page.
pub(crate) fn write(front_matter: &FrontMatter, blocks: Vec<Block>) -> String {
    format!("{}\n{}", front_matter.write(), write_body(blocks))
}

/// Writes a page whose text is Markdown already.
pub(crate) fn write_text(front_matter: &FrontMatter, body: &str) -> String {
    let gap = if body.is_empty() { "" } else { "\n" };
    format!("{}{gap}{body}", front_matter.write())
}

/// Writes the text of a page without its front matter.
pub(crate) fn write_body(blocks: Vec<Block>) -> String {
    blocks::write_page(&normalize(blocks))
}
