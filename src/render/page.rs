//! Output file of a Markdown page.

use super::address::Addresses;
use super::body::BodyWriter;
use super::{Renderer, index_of};
use crate::diagnostic::{Diagnostics, catalogue, nearest};
use crate::output::OutputFile;
use crate::site::flow::PageId;
use crate::site::{Entry, SitePage};

pub(super) fn render(renderer: &Renderer<'_>, id: PageId, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
    let page = renderer.site.page(id);
    let entry = Entry::Page(id);
    let addresses = Addresses::From(&page.route);
    let layout = find_layout(renderer, page, diagnostics);
    let body = write_body(renderer, id);
    let mut context = renderer.page_context(entry);
    context.body = Some(body);
    context.headings = if page.front_matter.toc { renderer.headings(id) } else { Vec::new() };
    context.has_details = page.body.body.has_details;
    context.has_title = page.body.body.headings.iter().any(|heading| heading.level == 1);
    context.layout = layout;
    let context = renderer.entry_context(entry, context, addresses);
    let template = format!("{layout}.html");
    renderer.render_template(&template, &context, index_of(&page.route), page.file, diagnostics).into_iter().collect()
}

pub(super) fn write_body(renderer: &Renderer<'_>, id: PageId) -> String {
    let page = renderer.site.page(id);
    BodyWriter { renderer, addresses: Addresses::From(&page.route), entry: Entry::Page(id), place: None }
        .write(&page.body)
}

/// Reports a template that the theme does not have.
fn find_layout<'p>(renderer: &Renderer<'_>, page: &'p SitePage, diagnostics: &mut Diagnostics) -> &'p str {
    let Some(layout) = &page.front_matter.layout else { return "page" };
    if renderer.templates.has(&format!("{}.html", layout.value)) {
        return &layout.value;
    }
    let names = renderer.templates.names();
    let names = names.iter().filter_map(|name| name.strip_suffix(".html"));
    let diagnostic = catalogue::theme::missing_template(layout.span, &layout.value);
    diagnostics.push(diagnostic.suggest(nearest(&layout.value, names)));
    "page"
}
