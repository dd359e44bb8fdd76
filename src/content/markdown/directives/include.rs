//! `:::include[file.md#anchor]`: the text of another page's anchor.

use super::Directive;
use crate::content::body::HoleKind;
use crate::content::markdown::attributes::DirectiveLine;
use crate::content::markdown::writer::Writer;

pub(super) const INCLUDE: Directive = Directive { names: &["include"], attributes: &[], open, close: |_| () };

fn open(writer: &mut Writer<'_>, line: &DirectiveLine) {
    if let Some(range) = writer.require_argument(line) {
        let mask = writer.mask;
        let link = writer.raw_link(&mask.blocks[range.clone()], range);
        writer.hole(HoleKind::Include(link));
    }
}
