//! `:::include[file.md#anchor]`: the text of another page's anchor.

use super::{Directive, DirectiveLine, Writer};
use crate::content::body::HoleKind;

pub(super) const INCLUDE: Directive =
    Directive { names: &["include"], needs_argument: true, open, ..Directive::NAMELESS };

fn open(writer: &mut Writer<'_>, line: &DirectiveLine) {
    if let Some(range) = line.argument.clone() {
        let mask = writer.mask;
        let link = writer.raw_link(&mask.blocks[range.clone()], range);
        writer.hole(HoleKind::Include(link));
    }
}
