//! `:::tabs` with a `:::tab[Title]` for each tab. Without a script they are sections, one after the other.

use super::{Directive, DirectiveLine, Writer};

pub(super) const TABS: Directive = Directive {
    names: &["tabs"],
    open: |writer, line| {
        writer.html("<div class=\"tabs\" data-component=\"tabs\"");
        writer.write_directive_id(line);
        writer.html(">\n");
    },
    close: |writer| writer.html("</div>\n"),
    ..Directive::NAMELESS
};

pub(super) const TAB: Directive = Directive {
    names: &["tab"],
    needs_argument: true,
    parent: Some("tabs"),
    open: open_tab,
    close: |writer| writer.html("</section>\n"),
    ..Directive::NAMELESS
};

fn open_tab(writer: &mut Writer<'_>, line: &DirectiveLine) {
    let title = writer.plain_argument(line).unwrap_or_default().to_owned();
    writer.html("<section class=\"tab\"");
    writer.write_directive_id(line);
    writer.attribute("aria-label", &title);
    writer.html("><p class=\"tab-title\">");
    if let Some(title) = line.argument.clone() {
        writer.write_inline(title);
    }
    writer.html("</p>\n");
}
