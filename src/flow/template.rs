//! Templates filled in: `{name}`, `{name|filter}`, `{values.name}`.

use super::filter::apply;
use super::input::ParsedValue;
use crate::content::template::{Filter, Placeholder, Template};

/// The text with every name that `find` knows put in, in one pass: what a reader typed is never read as a template. A name
/// without a value yet, and one nobody declared, stay as written.
pub(crate) fn fill(template: &Template, find: impl Fn(&str) -> Option<ParsedValue>) -> String {
    template.fill(|placeholder| written(placeholder, &find(&placeholder.name)?))
}

fn written(placeholder: &Placeholder, parsed: &ParsedValue) -> Option<String> {
    match &placeholder.filter {
        None => Some(parsed.text.clone()),
        Some(name) => Filter::from_name(name).map(|filter| apply(filter, parsed)),
    }
}
