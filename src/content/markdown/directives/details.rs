//! `:::details[Title]{#id open}`: a collapsible section.

use super::{Directive, DirectiveLine, Writer};

pub(super) const DETAILS: Directive =
    Directive { names: &["details"], attributes: &["open"], needs_argument: true, open, close, ..Directive::NAMELESS };

fn open(writer: &mut Writer<'_>, line: &DirectiveLine) {
    writer.body.has_details = true;
    writer.html("<details");
    writer.write_details_id(line);
    if line.find("open").is_some() {
        writer.html(" open");
    }
    writer.html("><summary><span class=\"expand-control-text\">");
    if let Some(title) = line.argument.clone() {
        writer.write_details_title(line, title);
    }
    writer.html("</span></summary><div class=\"details-body\">\n");
}

fn close(writer: &mut Writer<'_>) {
    writer.html("</div></details>\n");
}
