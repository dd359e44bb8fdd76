//! The course of each edge, before positions are known.
//!
//! An edge to the next node of its column goes straight down. Other edges to the right, to the same column or upwards
//! leave a node at its right side, with the label beside it; edges to the left leave at the bottom. They reach their
//! node directly, by a vertical track of a channel, or by a track and a horizontal rail above the node. Edges to the
//! same node share both.

use std::collections::{HashMap, HashSet};

use super::Edge;
use super::grid::{Cell, Grid};

/// A fork has lines to rows at most this far away; other lines begin beside the node.
const MAX_FORK: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Exit {
    /// From the bottom, to the next node of the column.
    Down,
    /// From the right side; with a row, along the centre of that row.
    Right { row: Option<usize> },
    /// From the bottom to the left, along a line of a gap.
    Left { line: usize },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Entry {
    /// From the node above in the column.
    Below,
    /// At the left side, in its centre or below it.
    Left,
    LowerLeft,
    /// From above, for lines from the left and from the right.
    TopLeft,
    TopRight,
}

#[derive(Clone, Debug)]
pub(super) struct Route {
    pub(super) exit: Exit,
    pub(super) entry: Entry,
    /// A vertical line in a channel.
    pub(super) track: Option<usize>,
    /// The line in the gap above the node, after the track.
    pub(super) rail: Option<usize>,
}

/// A horizontal line in the gap above a row.
#[derive(Clone, Debug)]
pub(super) struct GapLine {
    pub(super) gap: usize,
    /// Ends: column `c` is `2c`, the channel after it `2c + 1`.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Height of the label above it.
    pub(super) label: f64,
}

/// The edges that leave a node at its right side.
#[derive(Clone, Debug, Default)]
pub(super) struct Fork {
    /// Along the centre of the node.
    pub(super) centre: Option<usize>,
    /// Beside the node, from the centre upwards and downwards.
    pub(super) above: Vec<usize>,
    pub(super) below: Vec<usize>,
    /// Along the centres of other rows.
    pub(super) aligned: Vec<usize>,
}

impl Fork {
    /// True where the lines do not all leave at the centre.
    pub(super) fn has_trunk(&self) -> bool {
        !(self.above.is_empty() && self.below.is_empty() && self.aligned.is_empty())
    }
}

pub(super) struct Plan {
    /// By edge.
    pub(super) routes: Vec<Route>,
    pub(super) lines: Vec<GapLine>,
    /// By track, its channel.
    pub(super) tracks: Vec<usize>,
    /// By node.
    pub(super) forks: Vec<Fork>,
}

impl Plan {
    pub(super) fn new(grid: &Grid, edges: &[Edge]) -> Self {
        let mut planner = Planner::new(grid, edges);
        let routes: Vec<Option<Route>> = edges.iter().map(|edge| planner.leave_at_bottom(edge)).collect();
        for (edge, route) in edges.iter().zip(&routes) {
            planner.has_fork[edge.from] |= route.is_none();
        }
        let mut plan = Self { routes: Vec::new(), lines: Vec::new(), tracks: Vec::new(), forks: Vec::new() };
        for (edge, route) in edges.iter().zip(routes) {
            plan.routes.push(route.unwrap_or_else(|| planner.leave_at_right(edge)));
        }
        plan.lines = planner.lines;
        plan.tracks = planner.tracks;
        plan.forks = find_forks(grid, edges, &plan.routes);
        plan
    }
}

struct Planner<'a> {
    grid: &'a Grid,
    lines: Vec<GapLine>,
    tracks: Vec<usize>,
    /// Nodes with an edge down.
    has_down: Vec<bool>,
    /// Nodes with edges at the right side.
    has_fork: Vec<bool>,
    /// Channels and rows whose centre has a line with a label.
    centres: HashSet<(usize, usize)>,
    /// Tracks by channel and node, rails by node and side.
    track_of: HashMap<(usize, usize), usize>,
    rail_of: HashMap<(usize, bool), usize>,
}

impl<'a> Planner<'a> {
    fn new(grid: &'a Grid, edges: &[Edge]) -> Self {
        let count = grid.cells.len();
        Self {
            grid,
            lines: Vec::with_capacity(edges.len()),
            tracks: Vec::new(),
            has_down: vec![false; count],
            has_fork: vec![false; count],
            centres: HashSet::new(),
            track_of: HashMap::new(),
            rail_of: HashMap::new(),
        }
    }

    /// Down, or to the left; `None` for edges that leave at the right side.
    fn leave_at_bottom(&mut self, edge: &Edge) -> Option<Route> {
        let (from, to) = (self.grid.cells[edge.from], self.grid.cells[edge.to]);
        let is_free = |column: usize| from.row < to.row && self.grid.is_column_free(column, from.row, to.row);
        if from.column == to.column && is_free(to.column) && !self.has_down[edge.from] {
            self.has_down[edge.from] = true;
            return Some(Route { exit: Exit::Down, entry: Entry::Below, track: None, rail: None });
        }
        if to.column >= from.column {
            return None;
        }
        let gap = if is_free(to.column) {
            from.row + 1
        } else if is_free(from.column) {
            to.row
        } else if edge.label.height > 0.0 {
            return None;
        } else {
            return Some(self.leave_by_left_track(edge));
        };
        let line = self.add_line(gap, 2 * to.column, 2 * from.column, edge.label.height);
        Some(Route { exit: Exit::Left { line }, entry: Entry::TopRight, track: None, rail: None })
    }

    /// To the left without a label: a track of the channel at the left.
    fn leave_by_left_track(&mut self, edge: &Edge) -> Route {
        let from = self.grid.cells[edge.from];
        let channel = from.column - 1;
        let line = self.add_line(from.row + 1, 2 * channel + 1, 2 * from.column, 0.0);
        let rail = self.rail(edge.to, channel);
        let track = Some(self.track(channel, edge.to));
        Route { exit: Exit::Left { line }, entry: Entry::TopRight, track, rail: Some(rail) }
    }

    fn leave_at_right(&mut self, edge: &Edge) -> Route {
        let (from, to) = (self.grid.cells[edge.from], self.grid.cells[edge.to]);
        if from.column < to.column && self.can_follow_row(edge, from, to) {
            self.centres.insert((from.column, to.row));
            let exit = Exit::Right { row: Some(to.row) };
            return Route { exit, entry: Entry::Left, track: None, rail: None };
        }
        let (exit, channel) = (Exit::Right { row: None }, from.column);
        let track = Some(self.track(channel, edge.to));
        if from.column + 1 == to.column {
            return Route { exit, entry: Entry::LowerLeft, track, rail: None };
        }
        let entry = if from.column < to.column { Entry::TopLeft } else { Entry::TopRight };
        Route { exit, entry, track, rail: Some(self.rail(edge.to, channel)) }
    }

    /// True where the line can follow the row of its target.
    fn can_follow_row(&self, edge: &Edge, from: Cell, to: Cell) -> bool {
        let is_near = from.row.abs_diff(to.row) <= MAX_FORK;
        let beside = self.grid.node_at(to.row, from.column);
        let is_beside_free = beside.is_none_or(|node| node == edge.from || !self.has_fork[node]);
        let is_unused = !self.centres.contains(&(from.column, to.row));
        is_near && is_beside_free && is_unused && self.grid.is_row_free(to.row, from.column, to.column)
    }

    fn add_line(&mut self, gap: usize, from: usize, to: usize, label: f64) -> usize {
        self.lines.push(GapLine { gap, from, to, label });
        self.lines.len() - 1
    }

    /// The rail above a node, prolonged to a channel.
    fn rail(&mut self, node: usize, channel: usize) -> usize {
        let Cell { column, row } = self.grid.cells[node];
        let key = (node, channel >= column);
        let (from, to) = (2 * column.min(channel) + usize::from(channel < column), 2 * column.max(channel) + 1);
        let to = if channel < column { 2 * column } else { to };
        let Some(rail) = self.rail_of.get(&key).copied() else {
            let rail = self.add_line(row, from, to, 0.0);
            self.rail_of.insert(key, rail);
            return rail;
        };
        let line = &mut self.lines[rail];
        (line.from, line.to) = (line.from.min(from), line.to.max(to));
        rail
    }

    fn track(&mut self, channel: usize, node: usize) -> usize {
        let tracks = &mut self.tracks;
        *self.track_of.entry((channel, node)).or_insert_with(|| {
            tracks.push(channel);
            tracks.len() - 1
        })
    }
}

fn find_forks(grid: &Grid, edges: &[Edge], routes: &[Route]) -> Vec<Fork> {
    let mut forks = vec![Fork::default(); grid.cells.len()];
    for (index, (edge, route)) in edges.iter().zip(routes).enumerate() {
        let Exit::Right { row } = route.exit else { continue };
        let fork = &mut forks[edge.from];
        let (from, to) = (grid.cells[edge.from].row, grid.cells[edge.to].row);
        match row {
            Some(row) if row == from => fork.centre = Some(index),
            Some(_) => fork.aligned.push(index),
            None if to < from || (to == from && route.rail.is_some()) => fork.above.push(index),
            None => fork.below.push(index),
        }
    }
    for fork in &mut forks {
        let row = |edge: &usize| grid.cells[edges[*edge].to].row;
        fork.above.sort_by_key(|edge| std::cmp::Reverse(row(edge)));
        fork.below.sort_by_key(row);
        if fork.centre.is_none() {
            let side = if fork.below.is_empty() { &mut fork.above } else { &mut fork.below };
            fork.centre = (!side.is_empty()).then(|| side.remove(0));
        }
    }
    forks
}
