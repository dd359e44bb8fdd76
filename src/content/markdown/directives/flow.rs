//! `:::flow[file.flow.yaml]{view=card|walk|outline|diagram}`: a flow, shown in a page.

use super::{Directive, DirectiveLine, Writer};
use crate::content::body::{HoleKind, View};
use crate::content::markdown::attributes::DirectiveAttribute;
use crate::diagnostic::{catalogue, nearest};

pub(super) const FLOW: Directive =
    Directive { names: &["flow"], attributes: &["view"], needs_argument: true, open, ..Directive::NAMELESS };

const VIEWS: [(&str, View); 4] =
    [("card", View::Card), ("walk", View::Walk), ("outline", View::Outline), ("diagram", View::Diagram)];

fn open(writer: &mut Writer<'_>, line: &DirectiveLine) {
    let view = line.find("view").map_or(View::default(), |view| read_view(writer, view));
    if let Some(range) = line.argument.clone() {
        let mask = writer.mask;
        let link = writer.raw_link(&mask.blocks[range.clone()], range);
        writer.hole(HoleKind::Flow { link, view });
    }
}

fn read_view(writer: &mut Writer<'_>, attribute: &DirectiveAttribute) -> View {
    let word = attribute.value.as_deref().unwrap_or_default();
    let view = VIEWS.iter().find(|(name, _)| *name == word).map(|(_, view)| *view);
    if view.is_none() {
        let span = writer.span(attribute.range.clone());
        let names = || VIEWS.iter().map(|(name, _)| *name);
        let diagnostic = catalogue::directive::unknown_view(span, word, names().collect::<Vec<_>>().join(", "));
        writer.diagnostics.push(diagnostic.suggest(nearest(word, names())));
    }
    view.unwrap_or_default()
}
