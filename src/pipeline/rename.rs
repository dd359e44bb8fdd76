//! A renaming: plans it, resolves and checks the site that it would make, and gives the changes to write.

use std::collections::{BTreeMap, BTreeSet};

use super::changed::{find_new_problem, resolve, with_texts};
use super::{Options, SiteRoot};
use crate::config;
use crate::diagnostic::{Diagnostics, Text, catalogue};
use crate::error::Result;
use crate::output::{FileEdit, SiteEdits};
use crate::rename::{Plan, RenamedSite, plan};
use crate::source::{FileId, Sources};
use crate::splice::apply;

/// Plans a renaming. `Err` inside is the reason why it is refused.
pub fn rename(root: SiteRoot, options: &Options, old: &str, new: &str) -> Result<Result<SiteEdits, Text>> {
    let folder = root.path.clone();
    let (mut project, config, diagnostics) = root.read()?;
    let before = resolve(&mut project, config, diagnostics, options);
    let unreadable = before.found.iter().find(|found| found.code.is_unreadable());
    if let Some(span) = unreadable.and_then(|found| found.span) {
        return Ok(Err(catalogue::rename::unreadable(project.sources.path(span.file))));
    }
    let copied: BTreeSet<String> = project.content_assets.iter().map(|asset| asset.path.clone()).collect();
    let renamed = RenamedSite {
        site: &before.site,
        flows: &before.flows,
        sections: &before.sections,
        sources: &project.sources,
        config: project.config,
        assets: &copied,
    };
    let plan = match plan(renamed, old, new) {
        Ok(plan) => plan,
        Err(why) => return Ok(Err(why)),
    };
    let texts = match new_texts(&project.sources, &plan) {
        Ok(texts) => texts,
        Err(why) => return Ok(Err(why)),
    };
    let refused = std::mem::take(&mut project.refused);
    let mut after = with_texts(&project, refused, plan.moved.as_ref(), &texts);
    let mut found = Diagnostics::default();
    let config = config::parse(after.config, &after.sources, &mut found);
    let after_run = resolve(&mut after, config, found, options);
    if let Some(problem) = find_new_problem(&before.found, &after_run.found) {
        return Ok(Err(catalogue::rename::new_problem(&problem.message.pt, &problem.message.en)));
    }
    let edits = texts.iter().map(|(file, text)| FileEdit {
        path: project.sources.path(*file).to_owned(),
        before: project.sources.text(*file).to_owned(),
        after: text.clone(),
    });
    Ok(Ok(SiteEdits { root: folder, edits: edits.collect(), moved: plan.moved }))
}

/// The new text of each changed file.
fn new_texts(sources: &Sources, plan: &Plan) -> Result<BTreeMap<FileId, String>, Text> {
    let mut texts = BTreeMap::new();
    for (file, splices) in &plan.splices {
        let splices: Vec<_> = splices.iter().cloned().collect();
        let text = apply(sources.text(*file), &splices).ok_or_else(catalogue::edit::other_meaning)?;
        texts.insert(*file, text);
    }
    Ok(texts)
}
