//! The one file that knows Tera: compiles a theme's templates and renders them, errors as diagnostics.

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::theme::Theme;
use crate::diagnostic::{Diagnostic, Diagnostics, catalogue};
use crate::source::Span;

/// Compiled templates, with what every page shares.
pub(super) struct Templates {
    tera: Tera,
    /// Overridden templates by name, for the place of errors.
    sources: Vec<(String, crate::source::FileId)>,
}

impl Templates {
    /// No templates, for what is no page.
    pub(super) fn none() -> Self {
        Self { tera: Tera::new(), sources: Vec::new() }
    }

    /// Compiles all templates of a theme; `None`, reported, when one of them is wrong.
    pub(super) fn compile(theme: &Theme, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut tera = Tera::new();
        let mut templates = Self { tera: Tera::new(), sources: theme.template_sources() };
        if let Err(error) = tera.add_raw_templates(theme.templates()) {
            diagnostics.push(templates.explain(&error, None));
            return None;
        }
        tera.global_context().insert("t", &theme.strings);
        tera.global_context().insert("strings", &theme.script_strings());
        templates.tera = tera;
        Some(templates)
    }

    /// Renders one page; `None`, reported with the page's path, when the template fails.
    pub(super) fn render(
        &self,
        name: &str,
        context: &impl Serialize,
        about: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        let context = Context::from_serialize(context).expect("a context is a map of plain values");
        match self.tera.render(name, &context) {
            Ok(html) => Some(html),
            Err(error) => {
                diagnostics.push(self.explain(&error, Some(about)));
                None
            }
        }
    }

    /// True when the theme has this template.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The theme's templates that a page may name as its layout.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.tera.get_template_names().filter(|name| !name.contains('/')).collect();
        names.sort_unstable();
        names
    }

    fn explain(&self, error: &tera::Error, about: Option<&str>) -> Diagnostic {
        let (place, message, is_syntax) = match error.kind() {
            ErrorKind::SyntaxError(report) => (Some(report), report.message().to_owned(), true),
            ErrorKind::RenderingError(report) => (Some(report), report.message().to_owned(), false),
            _ => (None, error.to_string(), about.is_none()),
        };
        let name = place.map_or(String::new(), |report| report.filename().to_owned());
        let span = place.and_then(|report| {
            let file = self.sources.iter().find(|(known, _)| *known == name)?.1;
            Some(Span::new(file, report.span().range.start, report.span().range.end))
        });
        let line = place.map_or(0, |report| report.span().start_line);
        let column = place.map_or(0, |report| report.span().start_col + 1);
        let diagnostic = if is_syntax {
            catalogue::theme::syntax(span, format!("{name}:{line}:{column}"), message)
        } else {
            catalogue::theme::render(span, format!("{name}:{line}:{column}"), message)
        };
        match about {
            Some(page) => diagnostic.help(catalogue::theme::while_rendering(page)),
            None => diagnostic,
        }
    }
}
