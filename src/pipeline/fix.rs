//! Cures of findings, applied in memory until none is left, with the findings compared after each round.

use std::collections::{BTreeMap, HashSet};

use super::changed::{Resolved, find_new_problem, resolve, with_texts};
use super::{Options, SiteRoot};
use crate::config;
use crate::diagnostic::{Certainty, Code, Diagnostic, Diagnostics, Replacement};
use crate::error::Result;
use crate::output::{FileEdit, SiteEdits};
use crate::project::Project;
use crate::source::{FileId, Sources};
use crate::splice::{Splice, apply};

/// Rounds after which the rest stays: a cure can uncover other findings.
const MOST_ROUNDS: usize = 20;

/// Cures that are tried one by one where all together cause another finding.
const MOST_TRIED: usize = 60;

/// Cures to write.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The changes of files.
    pub edits: SiteEdits,
    /// How many findings they correct.
    pub count: usize,
}

/// The splices of one finding, by file.
type FindingSplices = Vec<(FileId, Splice)>;

/// A site with the cures of earlier rounds.
struct Round {
    project: Project,
    run: Resolved,
}

/// Plans the cures of at least this certainty. A cure that causes another finding is left out.
pub fn fix(root: SiteRoot, options: &Options, least: Certainty) -> Result<Fixed> {
    let folder = root.path.clone();
    let (mut project, config, diagnostics) = root.read()?;
    let read: BTreeMap<String, String> = project_files(&project)
        .map(|file| (project.sources.path(file).to_owned(), project.sources.text(file).to_owned()))
        .collect();
    let run = resolve(&mut project, config, diagnostics, options);
    let mut round = Round { project, run };
    let (mut count, mut refused) = (0, HashSet::new());
    for _ in 0..MOST_ROUNDS {
        let cures = find_cures(&round, least, &refused);
        if cures.is_empty() {
            break;
        }
        match try_cures(&mut round, &cures, options) {
            Some(next) => (round, count) = (next, count + cures.len()),
            None => {
                for cure in cures.into_iter().take(MOST_TRIED) {
                    match try_cures(&mut round, std::slice::from_ref(&cure), options) {
                        Some(next) => {
                            (round, count) = (next, count + 1);
                            // The offsets of the others are old now.
                            break;
                        }
                        None => drop(refused.insert(key_of(&cure.1, &round.project.sources))),
                    }
                }
            }
        }
    }
    let sources = &round.project.sources;
    let edit = |file: FileId| {
        let (path, after) = (sources.path(file).to_owned(), sources.text(file).to_owned());
        let before = read.get(&path)?.clone();
        (before != after).then_some(FileEdit { path, before, after })
    };
    let edits = project_files(&round.project).filter_map(edit).collect();
    Ok(Fixed { edits: SiteEdits { root: folder, edits, moved: None }, count })
}

fn project_files(project: &Project) -> impl Iterator<Item = FileId> {
    std::iter::once(project.config).chain(project.documents.iter().copied())
}

/// A cure by its files and texts, without offsets, which change.
fn key_of(splices: &FindingSplices, sources: &Sources) -> String {
    let part = |(file, splice): &(FileId, Splice)| {
        format!("{}\0{}\0{}\0", sources.path(*file), &sources.text(*file)[splice.range()], splice.text)
    };
    splices.iter().map(part).collect()
}

/// The cures of a round that do not overlap, each with its finding.
fn find_cures(round: &Round, least: Certainty, refused: &HashSet<String>) -> Vec<(Diagnostic, FindingSplices)> {
    let sources = &round.project.sources;
    let files: HashSet<FileId> = project_files(&round.project).collect();
    let mut by_file: BTreeMap<FileId, Vec<Splice>> = BTreeMap::new();
    let mut found = Vec::new();
    for finding in &round.run.found {
        let Some(cure) = finding.cure.as_ref().filter(|cure| cure.certainty >= least) else { continue };
        let splices: Option<FindingSplices> = cure.replacements.iter().map(|part| splice_of(part, sources)).collect();
        let Some(splices) = splices.filter(|splices| splices.iter().all(|(file, _)| files.contains(file))) else {
            continue;
        };
        let is_free = splices.iter().all(|(file, splice)| {
            let others = by_file.get(file).into_iter().flatten();
            others.into_iter().all(|other| splice.end < other.start || other.end < splice.start)
        });
        if !is_free || refused.contains(&key_of(&splices, sources)) {
            continue;
        }
        for (file, splice) in &splices {
            by_file.entry(*file).or_default().push(splice.clone());
        }
        found.push((finding.clone(), splices));
    }
    found
}

/// The splice of a replacement. `None` if its text does not stand there once, or if nothing changes.
fn splice_of(part: &Replacement, sources: &Sources) -> Option<(FileId, Splice)> {
    let (text, start) = (sources.slice(part.span), part.span.range().start);
    let Some(from) = &part.from else {
        return (text != part.to).then(|| (part.span.file, Splice::new(part.span.range(), &part.to)));
    };
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_whole = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(is_letter) && from.starts_with(is_letter);
        let after = text[at + from.len()..].chars().next().is_some_and(is_letter) && from.ends_with(is_letter);
        !before && !after
    };
    let mut places = text.match_indices(from.as_str()).map(|(at, _)| at).filter(|at| is_whole(*at));
    let at = places.next().filter(|_| !from.is_empty() && *from != part.to)?;
    places.next().is_none().then(|| (part.span.file, Splice::new(start + at..start + at + from.len(), &part.to)))
}

/// The site with cures; `None` if a finding stays or another one comes that the corrected ones did not hide.
fn try_cures(round: &mut Round, cures: &[(Diagnostic, FindingSplices)], options: &Options) -> Option<Round> {
    let mut by_file: BTreeMap<FileId, Vec<Splice>> = BTreeMap::new();
    for (file, splice) in cures.iter().flat_map(|(_, splices)| splices) {
        by_file.entry(*file).or_default().push(splice.clone());
    }
    let sources = &round.project.sources;
    let texts: Option<BTreeMap<FileId, String>> =
        by_file.iter().map(|(file, splices)| Some((*file, apply(sources.text(*file), splices)?))).collect();
    let texts = texts?;
    let refused = std::mem::take(&mut round.project.refused);
    let mut project = with_texts(&round.project, refused, None, &texts);
    let mut found = Diagnostics::default();
    let config = config::parse(project.config, &project.sources, &mut found);
    let run = resolve(&mut project, config, found, options);
    let may_hide = cures.iter().any(|(finding, _)| hides_others(finding));
    let of_code = |found: &[Diagnostic], code| found.iter().filter(|each| each.code == code).count();
    let is_corrected = cures.iter().all(|(finding, _)| {
        let corrected = cures.iter().filter(|(other, _)| other.code == finding.code).count();
        may_hide || of_code(&run.found, finding.code) + corrected <= of_code(&round.run.found, finding.code)
    });
    if is_corrected && (may_hide || find_new_problem(&round.run.found, &run.found).is_none()) {
        return Some(Round { project, run });
    }
    round.project.refused = std::mem::take(&mut project.refused);
    None
}

/// True for a mistake behind which others are not reported: a part of a file, a page or a scenario was not read.
fn hides_others(finding: &Diagnostic) -> bool {
    let is_of_target =
        matches!(finding.code, Code::LINK_MISSING_FILE | Code::FLOW_MISSING_CONTENT | Code::SCENARIO_UNKNOWN_NAME);
    let name = finding.code.as_str();
    let is_of_key = name.ends_with("/unknown-key") || name.ends_with("/invalid-value");
    is_of_target || is_of_key || finding.code.breaks_flow() || finding.consequences > 0
}
