//! `:::steps`: an ordered list whose items are the steps of a procedure.

use super::Directive;

pub(super) const STEPS: Directive = Directive {
    names: &["steps"],
    open: |writer, line| {
        writer.html("<div class=\"steps\"");
        writer.write_directive_id(line);
        writer.html(">\n");
    },
    close: |writer| writer.html("</div>\n"),
    ..Directive::NAMELESS
};
