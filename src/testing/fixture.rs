//! Small sites for unit tests, resolved from texts.

use crate::content::Document;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::flow::FlowSet;
use crate::flow::walk::{NodeAnswer, WalkState};
use crate::site::{Assets, Site};
use crate::source::{FileId, Sources};

/// A resolved site with its diagnostics.
pub(crate) struct Fixture {
    pub(crate) sources: Sources,
    pub(crate) site: Site,
    pub(crate) diagnostics: Diagnostics,
}

impl Fixture {
    /// Resolves a site from its files. Paths are below `content/`; without `vereda.yaml` the site has only a title.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::default();
        let config = files.iter().find(|(path, _)| *path == "vereda.yaml").map_or("title: Site\n", |(_, text)| text);
        let config = sources.add("vereda.yaml", config);
        let config = crate::config::parse(config, &sources, &mut diagnostics);
        let contents = files.iter().filter(|(path, _)| *path != "vereda.yaml");
        let ids: Vec<FileId> = contents.map(|(path, text)| sources.add(format!("content/{path}"), *text)).collect();
        let is_section = |id: &FileId| crate::project::is_section_file(sources.path(*id));
        let (sections, ids): (Vec<FileId>, Vec<FileId>) = ids.into_iter().partition(is_section);
        let section = |id: &FileId| crate::content::section::parse(*id, &sources, &mut diagnostics);
        let sections: Vec<_> = sections.iter().map(section).collect();
        let parse = |id: &FileId| -> Document { crate::content::parse(*id, &sources, &mut diagnostics) };
        let documents = ids.iter().map(parse).collect();
        let assets = Assets { content: &[], fixed: &[], refused: &[] };
        let site = crate::site::resolve(documents, &sections, config, &mut sources, assets, false, &mut diagnostics);
        Self { sources, site, diagnostics }
    }

    /// A site with one flow, `f.flow.yaml`.
    pub(crate) fn of_flow(text: &str) -> Self {
        Self::of(&[("f.flow.yaml", text)])
    }

    /// The flows and settings of the site.
    pub(crate) fn flow_set(&self) -> FlowSet<'_> {
        FlowSet { flows: &self.site.flows, config: &self.site.config }
    }

    /// `line code` of every diagnostic, by position.
    pub(crate) fn found(&self) -> Vec<String> {
        let mut found: Vec<(usize, &Diagnostic)> =
            self.diagnostics.iter().map(|found| (self.line_of(found), found)).collect();
        found.sort_by_key(|(line, found)| (found.span.map(|span| span.file), *line, found.code));
        found.iter().map(|(line, found)| format!("{line} {}", found.code.as_str())).collect()
    }

    fn line_of(&self, found: &Diagnostic) -> usize {
        found.span.map_or(0, |span| self.sources.position(span.file, span.start).line)
    }
}

/// The state of a walk from `key=option,option` and `name:text`.
pub(crate) fn state(said: &[&str]) -> WalkState {
    let mut state = WalkState { is_scenario: true, ..WalkState::default() };
    for part in said {
        match (part.split_once('='), part.split_once(':')) {
            (Some((key, options)), _) => {
                let ids = options.split(',').map(str::to_owned).collect();
                state.answers.insert(key.to_owned(), NodeAnswer::Options(ids));
            }
            (None, Some((name, typed))) => drop(state.inputs.insert(name.to_owned(), typed.to_owned())),
            (None, None) => panic!("`{part}` is neither an answer nor an input"),
        }
    }
    state
}
