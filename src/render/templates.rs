//! Compilation and rendering of templates with Tera, which only this file and [`super::template_errors`] use.

use serde::Serialize;
use tera::{Context, Tera};

use super::template_errors::{SiteTemplates, explain_compiling, explain_rendering};
use crate::diagnostic::Diagnostics;
use crate::theme::Theme;

/// Compiled templates, with the variables that every page shares.
pub(super) struct Templates {
    tera: Tera,
    /// For the places of errors.
    own: SiteTemplates,
}

impl Templates {
    /// For output files without a template.
    pub(super) fn none() -> Self {
        Self { tera: Tera::new(), own: SiteTemplates::new() }
    }

    /// Compiles all templates of a theme; reports an invalid one and returns `None`.
    pub(super) fn compile(theme: &Theme, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut tera = Tera::new();
        let mut templates = Self { tera: Tera::new(), own: theme.template_sources() };
        if let Err(error) = tera.add_raw_templates(theme.templates()) {
            for finding in explain_compiling(&error, theme, &templates.own) {
                diagnostics.push(finding);
            }
            return None;
        }
        tera.global_context().insert("t", &theme.strings);
        tera.global_context().insert("strings", &theme.script_strings(false));
        tera.global_context().insert("flow_strings", &theme.script_strings(true));
        templates.tera = tera;
        Some(templates)
    }

    /// Renders one page; reports a failed template with the path of the page and returns `None`.
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
                diagnostics.push(explain_rendering(&error, about, &self.own));
                None
            }
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The templates that a page may name as its `layout`.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.tera.get_template_names().filter(|name| !name.contains('/')).collect();
        names.sort_unstable();
        names
    }
}
