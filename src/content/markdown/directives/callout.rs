//! Callouts: `:::note[Title]` and the other kinds, and GFM alerts (`> [!NOTE]`), which give the same HTML.

use pulldown_cmark::BlockQuoteKind;

use super::{Directive, DirectiveLine, Writer};
use crate::content::body::{AnchorKind, HoleKind};

/// Text beside the procedure and no part of it, so its anchor is an aside.
pub(super) const CALLOUT: Directive = Directive {
    names: &["note", "tip", "important", "warning", "caution", "info", "danger"],
    anchor: AnchorKind::Aside,
    open,
    close,
    ..Directive::NAMELESS
};

fn open(writer: &mut Writer<'_>, line: &DirectiveLine) {
    let kind = match writer.name_of(line) {
        "info" => "note",
        "danger" => "caution",
        kind => kind,
    };
    let kind = kind.to_owned();
    let title = writer.plain_argument(line).map(str::to_owned);
    writer.html("<aside class=\"callout\" role=\"note\"");
    writer.write_directive_id(line);
    writer.attribute("data-kind", &kind);
    if is_gap(line) {
        writer.html(" data-gap");
    }
    match (title, line.argument.clone()) {
        (Some(title), Some(range)) => {
            writer.attribute("aria-label", &title);
            writer.html("><p class=\"callout-title\">");
            writer.write_inline(range);
        }
        _ => write_default_title(writer, label_of(&kind)),
    }
    writer.html("</p>\n");
}

/// Whether the callout stands for a text that the editors still owe: its id begins with `pendente-` or `pending-`.
fn is_gap(line: &DirectiveLine) -> bool {
    let id = line.find("id").and_then(|id| id.value.as_deref()).unwrap_or_default();
    ["pendente-", "pending-"].iter().any(|prefix| id.starts_with(prefix))
}

fn close(writer: &mut Writer<'_>) {
    writer.html("</aside>\n");
}

/// Opens the callout of a GFM alert.
pub(in crate::content::markdown) fn open_alert(writer: &mut Writer<'_>, kind: BlockQuoteKind) {
    let kind = match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    };
    writer.html("<aside class=\"callout\" role=\"note\"");
    writer.attribute("data-kind", kind);
    write_default_title(writer, label_of(kind));
    writer.html("</p>\n");
}

fn write_default_title(writer: &mut Writer<'_>, label: &'static str) {
    writer.html(" aria-label=\"");
    writer.hole(HoleKind::Label(label));
    writer.html("\"><p class=\"callout-title\">");
    writer.hole(HoleKind::Label(label));
}

fn label_of(kind: &str) -> &'static str {
    match kind {
        "tip" => "callout_tip",
        "important" => "callout_important",
        "warning" => "callout_warning",
        "caution" => "callout_caution",
        _ => "callout_note",
    }
}
