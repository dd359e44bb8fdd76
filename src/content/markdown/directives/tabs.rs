//! `:::tabs` holding `:::tab[Title]`: without a script, sections one after another.

use super::Directive;
use crate::content::markdown::attributes::DirectiveLine;
use crate::content::markdown::writer::Writer;
use crate::diagnostic::catalogue;

pub(super) const TABS: Directive = Directive {
    names: &["tabs"],
    attributes: &[],
    open: |writer, line| {
        writer.html("<div class=\"tabs\" data-component=\"tabs\"");
        writer.write_directive_id(line);
        writer.html(">\n");
    },
    close: |writer| writer.html("</div>\n"),
};

pub(super) const TAB: Directive =
    Directive { names: &["tab"], attributes: &[], open: open_tab, close: |writer| writer.html("</section>\n") };

fn open_tab(writer: &mut Writer<'_>, line: &DirectiveLine) {
    let is_inside_tabs = writer.open_directives.last().is_some_and(|open| open.directive.names == TABS.names);
    if !is_inside_tabs {
        let span = writer.span(line.range.clone());
        writer.diagnostics.push(catalogue::directive::tab_outside_tabs(span));
    }
    let title = writer.plain_argument(line).unwrap_or_default().to_owned();
    writer.html("<section class=\"tab\"");
    writer.write_directive_id(line);
    writer.attribute("aria-label", &title);
    writer.html("><p class=\"tab-title\">");
    if let Some(title) = writer.require_argument(line) {
        writer.write_inline(title);
    }
    writer.html("</p>\n");
}
