//! Filling of templates: `{name}`, `{name|filter}`, `{values.name}`.

use super::filter::apply;
use super::input::ParsedValue;
use crate::content::template::{Filter, Placeholder, Template};

/// Fills a template in one pass, so that a typed text is never read as a template. A placeholder for which `find`
/// gives
/// nothing stays as written.
pub(crate) fn fill(template: &Template, find: impl Fn(&str) -> Option<ParsedValue>) -> String {
    template.fill(|placeholder| written(placeholder, &find(&placeholder.name)?))
}

fn written(placeholder: &Placeholder, parsed: &ParsedValue) -> Option<String> {
    match &placeholder.filter {
        None => Some(parsed.text.clone()),
        Some(name) => Filter::from_name(name).and_then(|filter| apply(filter, parsed)),
    }
}
