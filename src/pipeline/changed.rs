//! A site with other texts in memory: resolved and checked again, before anything is written.
//!
//! Used by `rename` and `fix`, which compare the findings before and after. Nothing is rendered.

use std::collections::BTreeMap;

use super::Options;
use super::run::{assets, with_options};
use crate::check;
use crate::config::Config;
use crate::content::flow::RawFlow;
use crate::content::section::Section;
use crate::content::{self, Document};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::project::{Asset, Project, Refused, is_section_file};
use crate::site::{self, Site};
use crate::source::{FileId, Sources};
use crate::suppression;

/// A resolved and checked site, with its unresolved flows.
pub(super) struct Resolved {
    pub(super) site: Site,
    pub(super) flows: Vec<RawFlow>,
    pub(super) sections: Vec<Section>,
    pub(super) found: Vec<Diagnostic>,
}

/// Resolves and checks the texts of a project.
pub(super) fn resolve(
    project: &mut Project,
    config: Config,
    mut diagnostics: Diagnostics,
    options: &Options,
) -> Resolved {
    let config = with_options(config, options);
    let Project { sources, documents, .. } = &*project;
    let (sections, documents): (Vec<FileId>, Vec<FileId>) =
        documents.iter().copied().partition(|file| is_section_file(sources.path(*file)));
    let sections: Vec<_> =
        sections.iter().map(|file| content::section::parse(*file, sources, &mut diagnostics)).collect();
    let documents: Vec<Document> =
        documents.iter().map(|file| content::parse(*file, sources, &mut diagnostics)).collect();
    let flow = |document: &Document| match document {
        Document::Flow(flow) => Some(flow.clone()),
        Document::Page(_) => None,
    };
    let flows = documents.iter().filter_map(flow).collect();
    let mut sources = std::mem::take(&mut project.sources);
    let site =
        site::resolve(documents, &sections, config, &mut sources, assets(project), options.drafts, &mut diagnostics);
    check::check(&site, &sources, options.today, &mut diagnostics);
    let files: Vec<FileId> = std::iter::once(project.config).chain(project.documents.iter().copied()).collect();
    let suppressions = suppression::find(&files, &sources, &site.config, &mut diagnostics);
    suppressions.apply(&mut diagnostics);
    project.sources = sources;
    let found = diagnostics.finish(|code| site.config.severity_of(code));
    Resolved { site, flows, sections, found }
}

/// The project with new texts, and new paths below a moved file or folder.
pub(super) fn with_texts(
    project: &Project,
    refused: Vec<Refused>,
    moved: Option<&(String, String)>,
    texts: &BTreeMap<FileId, String>,
) -> Project {
    let moved = |path: &str| match moved {
        Some((old, new)) if path == old => new.clone(),
        Some((old, new)) => match path.strip_prefix(old.as_str()).filter(|rest| rest.starts_with('/')) {
            Some(rest) => format!("{new}{rest}"),
            None => path.to_owned(),
        },
        None => path.to_owned(),
    };
    let mut sources = Sources::default();
    let mut ids = BTreeMap::new();
    for file in std::iter::once(project.config).chain(project.documents.iter().copied()) {
        let text = texts.get(&file).map_or_else(|| project.sources.text(file), String::as_str);
        ids.insert(file, sources.add(moved(project.sources.path(file)), text));
    }
    let mut documents: Vec<FileId> = project.documents.iter().map(|file| ids[file]).collect();
    documents.sort_by(|one, other| sources.path(*one).cmp(sources.path(*other)));
    let content_assets = project.content_assets.iter().map(|asset| {
        let path = moved(&format!("content/{}", asset.path));
        Asset { path: path.trim_start_matches("content/").to_owned(), ..asset.clone() }
    });
    Project {
        config: ids[&project.config],
        documents,
        content_assets: content_assets.collect(),
        static_assets: project.static_assets.clone(),
        theme_files: Vec::new(),
        refused,
        sources,
    }
}

/// The first finding of a code that the site had less often before.
pub(super) fn find_new_problem<'f>(before: &[Diagnostic], after: &'f [Diagnostic]) -> Option<&'f Diagnostic> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for found in before {
        *counts.entry(found.code).or_default() += 1;
    }
    after.iter().find(|found| match counts.get_mut(&found.code) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    })
}
