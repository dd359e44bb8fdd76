//! Lines of `:::`: they open and close the directives of a page.
//!
//! The directives themselves stand in [`directives`](super::directives). The writer gets them as a list.

use std::ops::Range;

use super::attributes::DirectiveLine;
use super::foreign::ONE_LINE_FORM;
use super::leftovers::find_synonym;
use super::writer::{Directive, OpenDirective, Writer};
use crate::diagnostic::{Certainty, catalogue, nearest};
use crate::yaml::is_invisible;

/// Stands in for a directive that does not exist. Its content is still shown.
const UNKNOWN: Directive = Directive {
    open: |writer, _| writer.html("<div>"),
    close: |writer| writer.html("</div>\n"),
    ..Directive::NAMELESS
};

impl Writer<'_> {
    /// Writes a thematic break, or opens or closes the directive whose line was masked as one.
    pub(super) fn write_rule(&mut self, range: &Range<usize>) {
        let mask = self.mask;
        match mask.find_line(range.start) {
            None => self.html("<hr>\n"),
            Some(line) if line.is_closing() => self.close_directive(line),
            Some(line) => self.open_directive(line),
        }
    }

    fn open_directive(&mut self, line: &DirectiveLine) {
        self.close_step_text();
        if line.problem.is_some() && self.mask.original[line.range.clone()].trim_end().ends_with(":::") {
            return self.write_one_line_directive(line);
        }
        let name = &self.mask.original[line.name.clone()];
        if let Some(problem) = &line.problem {
            let diagnostic = catalogue::directive::syntax(self.span(problem.clone()));
            let title = self.mask.original[problem.clone()].trim().to_owned();
            let is_bare_title = !title.starts_with(['[', '{']) && !name.is_empty() && line.argument.is_none();
            let help = is_bare_title.then(|| catalogue::directive::title_in_brackets(name, &title));
            let cured = format!("[{title}]");
            self.diagnostics.push(match help {
                // The blank before the title goes too.
                Some(help) => {
                    let place = self.span(line.name.end..problem.end);
                    diagnostic.help(help).cure(Certainty::Certain, place, cured)
                }
                None => diagnostic,
            });
        }
        let directive = self.directives.iter().find(|directive| directive.names.contains(&name));
        if directive.is_none() && line.problem.is_none() {
            self.report_unknown(name, line);
        }
        let directive = directive.unwrap_or(&UNKNOWN);
        self.check_directive(directive, line);
        (directive.open)(self, line);
        self.depth += 1;
        let anchor = line.find("id").and_then(|id| {
            let span = self.span(id.range.start + 1..id.range.end);
            id.value.clone().map(|id| self.anchor_here(id, span, directive.anchor))
        });
        self.open_directives.push(OpenDirective { directive, line: line.clone(), depth: self.depth, anchor, lists: 0 });
    }

    /// Shows a line of `DocFX` as it is written.
    fn write_one_line_directive(&mut self, line: &DirectiveLine) {
        let written = &self.mask.original[line.range.clone()];
        let span = self.span(line.range.clone());
        self.report_foreign(&ONE_LINE_FORM, span, written);
        self.html("<p>");
        self.write_plain(written);
        self.html("</p>\n");
    }

    fn report_unknown(&mut self, name: &str, line: &DirectiveLine) {
        let known = || self.directives.iter().flat_map(|directive| directive.names.iter().copied());
        let finding = catalogue::directive::unknown(self.span(line.name.clone()), name);
        let finding = match find_synonym(name).or_else(|| nearest(name, known())) {
            Some(near) => finding.suggest(Some(format!(":::{near}"))).replace_name(name, near, name, near),
            None => finding.help(catalogue::directive::known_names(known().collect::<Vec<_>>().join(", "))),
        };
        self.diagnostics.push(finding);
    }

    /// Compares a line with the declaration of its directive: parent, argument and attributes.
    fn check_directive(&mut self, directive: &Directive, line: &DirectiveLine) {
        let is_inside = |parent: &str| self.open_directives.last().is_some_and(|open| open.directive.names == [parent]);
        if let Some(parent) = directive.parent.filter(|parent| !is_inside(parent)) {
            let finding = catalogue::directive::misplaced(self.span(line.range.clone()), self.name_of(line), parent);
            self.diagnostics.push(finding);
        }
        let has_argument =
            line.argument.as_ref().is_some_and(|range| !is_invisible(&self.mask.original[range.clone()]));
        if directive.needs_argument && !has_argument && line.problem.is_none() {
            let name = self.name_of(line).to_owned();
            self.diagnostics.push(catalogue::directive::missing_argument(self.span(line.range.clone()), name));
        }
        self.check_attributes(directive, line);
    }

    fn check_attributes(&mut self, directive: &Directive, line: &DirectiveLine) {
        let known = || directive.attributes.iter().copied().chain(["id", "class"]);
        for attribute in &line.attributes {
            if !directive.names.is_empty() && !known().any(|key| key == attribute.key) {
                let span = self.span(attribute.range.clone());
                let diagnostic = catalogue::directive::unknown_attribute(span, &attribute.key);
                self.diagnostics.push(diagnostic.suggest(nearest(&attribute.key, known())));
            } else if attribute.key == "class" {
                let written = &self.mask.original[attribute.range.clone()];
                let span = self.span(attribute.range.clone());
                self.diagnostics.push(catalogue::page::ignored_attribute(span, written));
            }
        }
    }

    fn close_directive(&mut self, line: &DirectiveLine) {
        let is_here = |open: &OpenDirective| open.depth == self.depth;
        if self.open_directives.last().is_some_and(is_here) {
            self.close_those_inside(line.colons);
            self.end_directive();
        } else if self.closed_by_container > 0 {
            self.closed_by_container -= 1;
        } else {
            self.diagnostics.push(catalogue::directive::unopened(self.span(line.range.clone())));
        }
    }

    /// Where lines differ in colons, a closing line belongs to the one that has as many, and those inside were
    /// forgotten.
    fn close_those_inside(&mut self, colons: usize) {
        let here = self.open_directives.iter().rev();
        let Some(outer) =
            here.take_while(|open| open.line.colons <= colons).position(|open| open.line.colons == colons)
        else {
            return;
        };
        for _ in 0..outer {
            self.report_unclosed();
            self.end_directive();
        }
    }

    /// Closes, and reports, the directives whose content stands at this depth or deeper.
    pub(super) fn close_directives_from(&mut self, depth: usize) {
        while self.open_directives.last().is_some_and(|open| open.depth > depth) {
            self.report_unclosed();
            self.closed_by_container += usize::from(depth > 0);
            self.end_directive();
        }
    }

    fn report_unclosed(&mut self) {
        let Some(open) = self.open_directives.last() else { return };
        let name = &self.mask.original[open.line.name.clone()];
        let span = self.span(open.line.range.clone());
        self.diagnostics.push(catalogue::directive::unclosed(span, name));
    }

    fn end_directive(&mut self) {
        let Some(open) = self.open_directives.pop() else { return };
        self.close_sections(0, open.depth);
        self.depth = open.depth - 1;
        if let Some(anchor) = open.anchor {
            self.end_content(anchor);
        }
        (open.directive.close)(self);
    }

    /// The name of a directive's line.
    pub(super) fn name_of(&self, line: &DirectiveLine) -> &str {
        &self.mask.original[line.name.clone()]
    }

    /// Writes the id of a directive, if it has one.
    pub(super) fn write_directive_id(&mut self, line: &DirectiveLine) {
        if let Some(id) = line.find("id").and_then(|id| id.value.clone()) {
            self.write_id(&id);
        }
    }

    /// The argument as plain text, for attributes.
    pub(super) fn plain_argument(&self, line: &DirectiveLine) -> Option<&str> {
        line.argument.clone().map(|range| &self.mask.original[range])
    }
}
