//! Cost of a regular expression in a browser, whose engine tries one path after the other.
//!
//! In: the syntax tree of a pattern. Out: whether some text of [`LONGEST_TEXT`] units needs too many attempts. Entry point:
//! [`is_bounded`].
//!
//! 1. [`Fragment`]: the pattern as an automaton. Each position is one class of characters; an edge has the number of
//!    different paths between two positions, so `(a*)*` has two edges from `a` to `a`.
//! 2. [`has_exponential_paths`]: a text leads from a position back to it by two different paths. This is exact: the product
//!    of the automaton with itself has a cycle through an equal and an unequal pair of positions.
//! 3. [`Automaton::find_most_attempts`]: the attempts on the worst texts that a greedy search finds, for patterns such as
//!    `\d*\d*\d*\d*x` and `(a{1,9}){1,9}`.
//!
//! Assertions are read as empty, and a pattern is refused even where a shorter match always succeeds.

use std::collections::{BTreeSet, HashMap};

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{Ast, RepetitionKind, RepetitionRange};
use regex_syntax::hir::{Class, HirKind};

/// The most UTF-16 units of a text that is matched; a longer one matches no pattern. `logic/inputs.js` has the same limit.
pub(crate) const LONGEST_TEXT: usize = 500;

/// The most attempts to match one character: about a tenth of a second in a browser.
const MOST_ATTEMPTS: f64 = 2e7;

/// The most positions of an automaton.
const MOST_POSITIONS: usize = 1000;

/// Repetitions beyond this count are read as any number.
const MOST_COPIES: u32 = 40;

/// The texts that the search keeps at each length, and the positions it begins at.
const BEAM: usize = 4;
const MOST_SEEDS: usize = 16;

/// The characters of one position, as sorted ranges.
type Ranges = Vec<(char, char)>;

/// Positions with the number of paths to each.
type Paths = Vec<(usize, f64)>;

/// The automaton of a part of a pattern.
#[derive(Clone, Default)]
struct Fragment {
    first: Paths,
    last: Paths,
    /// The paths that match the empty text.
    empty: f64,
}

#[derive(Default)]
struct Automaton<'a> {
    text: &'a str,
    /// The class of each position.
    classes: Vec<usize>,
    edges: Vec<Paths>,
    ranges: Vec<Ranges>,
    by_text: HashMap<&'a str, usize>,
    is_too_large: bool,
}

/// True if no text makes a browser try too often. `text` is a pattern that `regex` accepts.
pub(super) fn is_bounded(text: &str) -> bool {
    let Ok(ast) = Parser::new().parse(text) else { return false };
    let mut automaton = Automaton { text, ..Automaton::default() };
    let whole = automaton.read(&ast);
    if automaton.is_too_large {
        return false;
    }
    let letters = automaton.find_letters();
    let ambiguity = automaton.find_ambiguity(&letters);
    if has_exponential_paths(&ambiguity) {
        return false;
    }
    let is_ambiguous = ambiguity.meets || whole.empty > 1.0 || has_parallel(&whole.first) || has_parallel(&whole.last);
    !is_ambiguous || automaton.find_most_attempts(&whole, &letters) <= MOST_ATTEMPTS
}

impl<'a> Automaton<'a> {
    fn read(&mut self, ast: &Ast) -> Fragment {
        match ast {
            Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) => Fragment { empty: 1.0, ..Fragment::default() },
            Ast::Group(group) => self.read(&group.ast),
            Ast::Alternation(choice) => {
                let mut whole = Fragment::default();
                for one in &choice.asts {
                    let part = self.read(one);
                    whole.empty += part.empty;
                    merge(&mut whole.first, &part.first, 1.0);
                    merge(&mut whole.last, &part.last, 1.0);
                }
                whole
            }
            Ast::Concat(parts) => {
                let mut whole = Fragment { empty: 1.0, ..Fragment::default() };
                for one in &parts.asts {
                    let part = self.read(one);
                    whole = self.join(whole, part);
                }
                whole
            }
            Ast::Repetition(repetition) => self.read_repetition(&repetition.ast, &repetition.op.kind),
            Ast::Literal(_) | Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => {
                let span = ast.span();
                self.read_class(&self.text[span.start.offset..span.end.offset])
            }
        }
    }

    fn read_class(&mut self, written: &'a str) -> Fragment {
        if self.classes.len() >= MOST_POSITIONS {
            self.is_too_large = true;
            return Fragment::default();
        }
        let known = self.ranges.len();
        let class = *self.by_text.entry(written).or_insert(known);
        if class == known {
            self.ranges.push(ranges_of(written));
        }
        let position = self.classes.len();
        self.classes.push(class);
        self.edges.push(Paths::new());
        Fragment { first: vec![(position, 1.0)], last: vec![(position, 1.0)], empty: 0.0 }
    }

    fn connect(&mut self, last: &Paths, first: &Paths) {
        for (from, paths) in last {
            merge(&mut self.edges[*from], first, *paths);
        }
    }

    fn join(&mut self, one: Fragment, other: Fragment) -> Fragment {
        self.connect(&one.last, &other.first);
        let (mut first, mut last) = (one.first, other.last);
        merge(&mut first, &other.first, one.empty);
        merge(&mut last, &one.last, other.empty);
        Fragment { first, last, empty: one.empty * other.empty }
    }

    /// Required copies, then optional ones within each other, as in `x(x(x)?)?`, or a loop.
    fn read_repetition(&mut self, ast: &Ast, kind: &RepetitionKind) -> Fragment {
        let (least, most) = match kind {
            RepetitionKind::ZeroOrOne => (0, Some(1)),
            RepetitionKind::ZeroOrMore => (0, None),
            RepetitionKind::OneOrMore => (1, None),
            RepetitionKind::Range(RepetitionRange::Exactly(count)) => (*count, Some(*count)),
            RepetitionKind::Range(RepetitionRange::AtLeast(count)) => (*count, None),
            RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (*least, Some(*most)),
        };
        let mut whole = Fragment { empty: 1.0, ..Fragment::default() };
        for _ in 0..least.min(MOST_COPIES) {
            if self.is_too_large {
                break;
            }
            let copy = self.read(ast);
            whole = self.join(whole, copy);
        }
        let rest = match most.map(|most| most - least) {
            Some(optional) if optional <= MOST_COPIES => self.read_optional(ast, optional),
            _ => self.read_loop(ast),
        };
        self.join(whole, rest)
    }

    /// A repetition that a browser need not make never matches the empty text.
    fn read_optional(&mut self, ast: &Ast, count: u32) -> Fragment {
        let mut rest = Fragment { empty: 1.0, ..Fragment::default() };
        for _ in 0..count {
            if self.is_too_large {
                break;
            }
            let copy = self.read(ast);
            rest = self.join(Fragment { empty: 0.0, ..copy }, rest);
            rest.empty = 1.0;
        }
        rest
    }

    fn read_loop(&mut self, ast: &Ast) -> Fragment {
        let body = self.read(ast);
        self.connect(&body.last, &body.first);
        Fragment { empty: 1.0, ..body }
    }

    /// One letter for each set of classes that some character belongs to: the positions that match it.
    fn find_letters(&self) -> Vec<Vec<bool>> {
        let starts: BTreeSet<char> = self.ranges.iter().flatten().map(|(start, _)| *start).collect();
        let classes_of = |c: char| -> Vec<bool> {
            let holds = |ranges: &Ranges| ranges.iter().any(|(start, end)| (*start..=*end).contains(&c));
            self.ranges.iter().map(holds).collect()
        };
        let letters: BTreeSet<Vec<bool>> = starts.into_iter().map(classes_of).collect();
        letters.into_iter().map(|of| self.classes.iter().map(|class| of[*class]).collect()).collect()
    }

    /// The pairs of positions that one text reaches, from equal pairs.
    fn find_ambiguity(&self, letters: &[Vec<bool>]) -> Ambiguity {
        let share = |one: usize, other: usize| letters.iter().any(|letter| letter[one] && letter[other]);
        let mut found = Ambiguity::default();
        let mut pairs: Vec<(usize, usize)> = (0..self.classes.len()).map(|position| (position, position)).collect();
        for pair in &pairs {
            found.index_of(*pair);
        }
        while let Some((one, other)) = pairs.pop() {
            let from = found.index_of((one, other));
            for (next, paths) in &self.edges[one] {
                for (other_next, _) in self.edges[other].iter().filter(|(other_next, _)| share(*next, *other_next)) {
                    // Pairs have no order.
                    let pair = (*next.min(other_next), *next.max(other_next));
                    if !found.indexes.contains_key(&pair) {
                        pairs.push(pair);
                    }
                    let to = found.index_of(pair);
                    let is_equal = one == other && next == other_next;
                    found.meets |= (one != other && next == other_next) || (is_equal && *paths > 1.0);
                    found.graph.add_edge(from, to, is_equal && *paths > 1.0);
                }
            }
        }
        found
    }

    /// The attempts on the worst texts of a greedy search, from the start and from each position that begins an ambiguity.
    fn find_most_attempts(&self, whole: &Fragment, letters: &[Vec<bool>]) -> f64 {
        let start = State { attempts: whole.empty + sum(&whole.first), next: whole.first.clone() };
        let ends: HashMap<usize, f64> = whole.last.iter().copied().collect();
        let mut seeds = vec![start];
        let branching = |position: &usize| self.edges[*position].len() > 1 || has_parallel(&self.edges[*position]);
        let positions: Vec<usize> = (0..self.classes.len()).filter(branching).collect();
        let step = positions.len().div_ceil(MOST_SEEDS).max(1);
        seeds.extend(
            positions.iter().step_by(step).map(|position| State { attempts: 1.0, next: self.edges[*position].clone() }),
        );
        seeds.into_iter().map(|seed| self.search(seed, &ends, letters)).fold(0.0, f64::max)
    }

    fn search(&self, seed: State, ends: &HashMap<usize, f64>, letters: &[Vec<bool>]) -> f64 {
        let mut most = seed.attempts;
        let mut states = vec![seed];
        for _ in 0..LONGEST_TEXT {
            let mut longer: Vec<State> = Vec::new();
            for state in &states {
                longer.extend(letters.iter().map(|letter| self.read_letter(state, letter, ends)));
            }
            longer.retain(|state| !state.next.is_empty());
            longer.sort_by(|one, other| sum(&other.next).total_cmp(&sum(&one.next)));
            longer.truncate(BEAM);
            most = longer.iter().map(|state| state.attempts).fold(most, f64::max);
            if longer.is_empty() || most > MOST_ATTEMPTS {
                break;
            }
            states = longer;
        }
        most
    }

    fn read_letter(&self, state: &State, letter: &[bool], ends: &HashMap<usize, f64>) -> State {
        let mut read = State { attempts: state.attempts, next: Paths::new() };
        for (position, paths) in state.next.iter().filter(|(position, _)| letter[*position]) {
            merge(&mut read.next, &self.edges[*position], *paths);
            read.attempts += paths * (sum(&self.edges[*position]) + ends.get(position).copied().unwrap_or_default());
        }
        read
    }
}

/// What a browser has tried after a text.
struct State {
    attempts: f64,
    /// The positions to try, each with its paths.
    next: Paths,
}

/// The product of an automaton with itself.
#[derive(Default)]
struct Ambiguity {
    /// An edge is `true` if it has more than one path.
    graph: DiGraph<bool, bool>,
    indexes: HashMap<(usize, usize), NodeIndex>,
    /// Two paths of one text meet again.
    meets: bool,
}

impl Ambiguity {
    /// The node of a pair; it is `true` for equal positions.
    fn index_of(&mut self, pair: (usize, usize)) -> NodeIndex {
        *self.indexes.entry(pair).or_insert_with(|| self.graph.add_node(pair.0 == pair.1))
    }
}

fn has_exponential_paths(ambiguity: &Ambiguity) -> bool {
    let graph = &ambiguity.graph;
    let mut component_of = vec![0; graph.node_count()];
    for (number, component) in tarjan_scc(graph).into_iter().enumerate() {
        for node in &component {
            component_of[node.index()] = number;
        }
        let is_equal = |node: &NodeIndex| graph[*node];
        if component.iter().any(is_equal) && !component.iter().all(is_equal) {
            return true;
        }
    }
    let inside = |edge: NodeIndex, other: NodeIndex| component_of[edge.index()] == component_of[other.index()];
    graph.raw_edges().iter().any(|edge| edge.weight && inside(edge.source(), edge.target()))
}

fn has_parallel(paths: &Paths) -> bool {
    paths.iter().any(|(_, count)| *count > 1.0)
}

fn sum(paths: &Paths) -> f64 {
    paths.iter().map(|(_, count)| count).sum()
}

/// Adds paths, each `times` as often. Both lists are sorted.
fn merge(into: &mut Paths, from: &Paths, times: f64) {
    if times == 0.0 {
        return;
    }
    for (position, count) in from {
        match into.binary_search_by_key(position, |(position, _)| *position) {
            Ok(at) => into[at].1 += count * times,
            Err(at) => into.insert(at, (*position, count * times)),
        }
    }
}

/// The characters of a literal or a class.
fn ranges_of(written: &str) -> Ranges {
    match regex_syntax::parse(written).map(regex_syntax::hir::Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Ok(HirKind::Literal(literal)) => String::from_utf8_lossy(&literal.0).chars().map(|c| (c, c)).collect(),
        _ => Ranges::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATTERNS: &str = include_str!("../../tests/vectors/patterns.json");

    fn patterns(kind: &str) -> Vec<String> {
        let all: serde_json::Value = serde_json::from_str(PATTERNS).unwrap();
        all[kind].as_array().unwrap().iter().map(|one| one["pattern"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn refuses_patterns_that_freeze_a_browser() {
        for pattern in patterns("refused") {
            assert!(!is_bounded(&pattern), "{pattern}");
        }
    }

    #[test]
    fn accepts_common_patterns() {
        for pattern in patterns("accepted") {
            assert!(is_bounded(&pattern), "{pattern}");
        }
    }

    #[test]
    fn refuses_an_automaton_that_is_too_large() {
        assert!(!is_bounded("(?:(?:a{40}){40}){40}"));
    }
}
