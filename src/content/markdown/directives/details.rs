//! `:::details[Title]{#id open}`: a collapsible section.

use super::Directive;
use crate::content::markdown::attributes::DirectiveLine;
use crate::content::markdown::writer::Writer;

pub(super) const DETAILS: Directive = Directive { names: &["details"], attributes: &["open"], open, close };

fn open(writer: &mut Writer<'_>, line: &DirectiveLine) {
    writer.body.has_details = true;
    writer.html("<details");
    writer.write_directive_id(line);
    if line.find("open").is_some() {
        writer.html(" open");
    }
    writer.html("><summary><span class=\"expand-control-text\">");
    if let Some(title) = writer.require_argument(line) {
        writer.write_inline(title);
    }
    writer.html("</span></summary><div class=\"details-body\">\n");
}

fn close(writer: &mut Writer<'_>) {
    writer.html("</div></details>\n");
}
