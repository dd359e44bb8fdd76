//! Causes and consequences: a mistake that breaks a file is reported without its consequences.
//!
//! In: the diagnostics of a run, with the file that each depends on. Out: the causes, each with the number of its
//! consequences, before all other diagnostics. Entry point: [`fold`].

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity, catalogue};
use crate::source::FileId;

/// The file, or its whole front matter, could not be read.
const UNREADABLE: [Code; 5] = [
    Code::CONFIG_SYNTAX,
    Code::FRONT_MATTER_SYNTAX,
    Code::FRONT_MATTER_UNCLOSED,
    Code::FLOW_SYNTAX,
    Code::PAGE_CONFLICT,
];

/// A part of a flow was dropped, or a name in it has no meaning: its graph is not the intended one.
const SHAPELESS: [Code; 9] = [
    Code::FLOW_UNKNOWN_KEY,
    Code::FLOW_MISSING_KEY,
    Code::FLOW_INVALID_VALUE,
    Code::FLOW_DUPLICATE_ID,
    Code::FLOW_AMBIGUOUS_NODE,
    Code::FLOW_UNKNOWN_NODE,
    Code::FLOW_UNKNOWN_FLOW,
    Code::FLOW_UNKNOWN_NAME,
    Code::FLOW_RECURSIVE_CALL,
];

/// Effects of the graph of a flow, beside all codes of scenarios.
const BEHAVIOUR: [Code; 15] = [
    Code::FLOW_UNREACHABLE_NODE,
    Code::FLOW_TRAP,
    Code::FLOW_LOOP_WITHOUT_CHOICE,
    Code::FLOW_LOOP,
    Code::FLOW_SINGLE_OPTION,
    Code::FLOW_IDLE_QUESTION,
    Code::FLOW_TWIN_OUTCOMES,
    Code::FLOW_RULES_GAP,
    Code::FLOW_DEAD_RULE,
    Code::FLOW_OVERLAPPING_RULES,
    Code::FLOW_UNANSWERED_INPUT,
    Code::FLOW_UNUSED_INPUT,
    Code::FLOW_ASKED_TWICE,
    Code::FLOW_UNMAPPED_OUTCOME,
    Code::FLOW_FORGOTTEN_SECTION,
];

impl Code {
    /// True if the file could not be read.
    pub(crate) fn is_unreadable(self) -> bool {
        UNREADABLE.contains(&self)
    }

    /// True if the graph of a flow is not the intended one.
    pub(crate) fn breaks_flow(self) -> bool {
        SHAPELESS.contains(&self) || self.is_unreadable()
    }

    /// True if it is about what a reader may rely on, not about what a page shows: scenarios, coverage and reviews.
    pub(crate) fn is_about_trust(self) -> bool {
        matches!(self.as_str().split('/').next(), Some("scenario" | "review"))
    }

    /// True for an effect of the graph of a flow.
    pub(crate) fn is_behaviour(self) -> bool {
        BEHAVIOUR.contains(&self) || self.as_str().starts_with("scenario/")
    }
}

/// Removes consequences, counts them at their causes, and puts the causes first. The diagnostics are in their final order.
pub(super) fn fold(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let causes = Causes::of(&found);
    let parents: Vec<_> = found.iter().enumerate().map(|(index, finding)| causes.find(index, finding)).collect();
    let mut counts = vec![0; found.len()];
    for index in 0..found.len() {
        let root = find_root(index, &parents);
        counts[root] += usize::from(root != index);
    }
    let mut kept = Vec::new();
    for (index, mut finding) in found.into_iter().enumerate() {
        if find_root(index, &parents) == index {
            finding.consequences = counts[index];
            finding.help.extend(match counts[index] {
                0 => None,
                1 => Some(catalogue::help::one_consequence()),
                count => Some(catalogue::help::consequences(count)),
            });
            kept.push(finding);
        }
    }
    kept.sort_by_key(|finding| !finding.code.is_unreadable());
    kept
}

/// The cause at the beginning of a chain. A chain that comes back to its beginning has none.
fn find_root(index: usize, parents: &[Option<usize>]) -> usize {
    let mut root = index;
    for _ in 0..parents.len() {
        match parents[root] {
            Some(parent) if parent == index => return index,
            Some(parent) => root = parent,
            None => return root,
        }
    }
    index
}

/// The first error of each file that can have consequences, by its index.
struct Causes {
    config: Option<(usize, bool)>,
    unreadable: BTreeMap<FileId, (usize, Code)>,
    files: BTreeMap<FileId, usize>,
}

impl Causes {
    fn of(found: &[Diagnostic]) -> Self {
        let mut causes = Self { config: None, unreadable: BTreeMap::new(), files: BTreeMap::new() };
        let errors = found.iter().enumerate().filter(|(_, finding)| finding.severity == Severity::Error);
        for (index, finding) in errors {
            let is_unreadable = finding.code.is_unreadable();
            if matches!(finding.code, Code::CONFIG_SYNTAX | Code::CONFIG_INVALID_VALUE) {
                causes.config.get_or_insert((index, is_unreadable));
            }
            let Some(file) = finding.span.map(|span| span.file) else { continue };
            if is_unreadable {
                causes.unreadable.entry(file).or_insert((index, finding.code));
            }
            if finding.code.breaks_flow() {
                causes.files.entry(file).or_insert(index);
            }
        }
        causes
    }

    /// The index of the direct cause of a finding.
    fn find(&self, index: usize, finding: &Diagnostic) -> Option<usize> {
        if finding.code.is_unreadable() {
            return None;
        }
        let by_config =
            self.config.filter(|(_, is_unreadable)| *is_unreadable || finding.code == Code::FLOW_UNKNOWN_NAME);
        if let Some((config, _)) = by_config.filter(|(config, _)| *config != index) {
            return Some(config);
        }
        let own = finding.span.and_then(|span| self.unreadable.get(&span.file));
        let own = own.filter(|(_, code)| {
            let is_whole = !matches!(*code, Code::FRONT_MATTER_SYNTAX | Code::FRONT_MATTER_UNCLOSED);
            let area = finding.code.as_str().split('/').next().unwrap_or_default();
            is_whole || matches!(area, "front-matter" | "review") || finding.code == Code::PAGE_ORPHAN
        });
        let other = finding.depends_on.and_then(|file| self.files.get(&file).copied());
        own.map(|(index, _)| *index).or(other).filter(|cause| *cause != index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Sources, Span};

    fn finding(code: Code, file: FileId, at: usize) -> Diagnostic {
        Diagnostic::new(code, Span::new(file, at, at), catalogue::help::quote_it())
    }

    fn codes(found: Vec<Diagnostic>) -> Vec<(&'static str, usize)> {
        fold(found).iter().map(|finding| (finding.code.as_str(), finding.consequences)).collect()
    }

    #[test]
    fn counts_consequences_at_their_cause() {
        let mut sources = Sources::default();
        let (page, flow) = (sources.add("a.md", "abc"), sources.add("f.flow.yaml", "abc"));
        let behaviour = Diagnostic { depends_on: Some(flow), ..finding(Code::FLOW_TRAP, flow, 0) };
        let link = Diagnostic { depends_on: Some(flow), ..finding(Code::LINK_MISSING_ANCHOR, page, 2) };
        let other = finding(Code::LINK_MISSING_FILE, page, 1);
        let cause = finding(Code::FLOW_UNKNOWN_NODE, flow, 2);
        let found = vec![other.clone(), link, behaviour.clone(), cause];
        assert_eq!(codes(found), [("link/missing-file", 0), ("flow/unknown-node", 2)]);
        assert_eq!(codes(vec![other, behaviour]), [("link/missing-file", 0), ("flow/trap", 0)]);
    }

    #[test]
    fn puts_unreadable_files_first() {
        let mut sources = Sources::default();
        let (page, flow) = (sources.add("a.md", "abc"), sources.add("f.flow.yaml", "abc"));
        let found = vec![
            finding(Code::LINK_MISSING_FILE, page, 1),
            finding(Code::REVIEW_NO_OWNER, flow, 0),
            finding(Code::FLOW_SYNTAX, flow, 2),
        ];
        assert_eq!(codes(found), [("flow/syntax", 1), ("link/missing-file", 0)]);
    }

    #[test]
    fn unreadable_settings_are_the_cause_of_the_rest() {
        let mut sources = Sources::default();
        let (config, flow) = (sources.add("vereda.yaml", "abc"), sources.add("f.flow.yaml", "abc"));
        let found = vec![
            finding(Code::CONFIG_SYNTAX, config, 1),
            finding(Code::FLOW_UNKNOWN_NAME, flow, 0),
            finding(Code::FLOW_SYNTAX, flow, 1),
        ];
        assert_eq!(codes(found), [("config/syntax", 1), ("flow/syntax", 0)]);
    }
}
