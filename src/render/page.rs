//! Output file of a Markdown page.

use std::collections::BTreeMap;

use serde_json::json;

use super::address::Addresses;
use super::body::BodyWriter;
use super::{Renderer, flow_json, index_of};
use crate::content::template::Template;
use crate::diagnostic::{Diagnostics, catalogue, nearest};
use crate::output::OutputFile;
use crate::site::flow::PageId;
use crate::site::{Entry, SitePage};
use crate::theme::json_for_html;

pub(super) fn render(renderer: &Renderer<'_>, id: PageId, diagnostics: &mut Diagnostics) -> Vec<OutputFile> {
    let page = renderer.site.page(id);
    let entry = Entry::Page(id);
    let addresses = Addresses::From(&page.route);
    let layout = find_layout(renderer, page, diagnostics);
    let body = write_body(renderer, id);
    let mut context = renderer.page_context(entry);
    context.inputs = write_inputs(renderer, &body);
    context.example_code = (page.route == "/").then(|| renderer.example_code()).flatten();
    context.body = Some(body);
    context.headings = if page.front_matter.toc { renderer.contents(id) } else { Vec::new() };
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

/// The inputs that a body shows or links with, as JSON safe in HTML.
pub(super) fn write_inputs(renderer: &Renderer<'_>, body: &str) -> Option<String> {
    let templates: Vec<_> = body.split("data-template=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let is_shown = |name: &str| {
        let is_in_address = || {
            let mut placeholders =
                templates.iter().flat_map(|text| Template::parse(text).placeholders().cloned().collect::<Vec<_>>());
            placeholders.any(|placeholder| placeholder.name == name)
        };
        body.contains(&format!("data-input=\"{name}\"")) || is_in_address()
    };
    let zone = renderer.flow_set().zone();
    let inputs = renderer.site.config.inputs.iter().filter(|input| is_shown(&input.name.value));
    let inputs: BTreeMap<_, _> =
        inputs.map(|input| (input.name.value.as_str(), flow_json::input_json(input, zone))).collect();
    (!inputs.is_empty()).then(|| json_for_html(&json!({ "zone": zone, "inputs": inputs })))
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
