//! The column and the row of each node.
//!
//! The main path has the first column, outcomes have the last. The other nodes form branches: paths that stand in one
//! column, at the height of the node from which they come. A node stands beside or below all nodes that lead to it,
//! where there is room. A few single detours, such as calls, share the last column with the outcomes.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::spine::{Forward, find_spine};
use super::{Edge, NodeBox};

/// At most this many detours share the column of the outcomes.
const MAX_SHARED: usize = 3;
/// A column has about this many times more rows than there are columns.
const ROWS_BY_COLUMN: f64 = 6.0;
/// While nodes are placed, the number of the last column.
const LAST: usize = usize::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) row: usize,
}

#[derive(Debug)]
pub(super) struct Grid {
    /// By node.
    pub(super) cells: Vec<Cell>,
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// By column, the rows of its nodes.
    taken_rows: Vec<Vec<usize>>,
    /// By row, the columns of its nodes.
    taken_columns: Vec<Vec<usize>>,
    /// By row and column.
    nodes: std::collections::HashMap<(usize, usize), usize>,
}

impl Grid {
    pub(super) fn new(nodes: &[NodeBox], edges: &[Edge]) -> Self {
        let forward = Forward::new(nodes.len(), edges);
        let mut placement = Placement::new(nodes, &forward);
        placement.place_all();
        Self::of(placement.cells)
    }

    fn of(placed: Vec<Cell>) -> Self {
        let middle = placed.iter().map(|cell| cell.column).filter(|column| *column != LAST).max();
        let last = middle.map_or(0, |middle| middle + 1);
        let column = |column: usize| if column == LAST { last } else { column };
        let cells: Vec<Cell> = placed.into_iter().map(|cell| Cell { column: column(cell.column), ..cell }).collect();
        let columns = cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0);
        let rows = cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0);
        let mut grid = Self {
            taken_rows: vec![Vec::new(); columns],
            taken_columns: vec![Vec::new(); rows],
            nodes: cells.iter().enumerate().map(|(node, cell)| ((cell.row, cell.column), node)).collect(),
            cells,
            columns,
            rows,
        };
        for cell in &grid.cells {
            grid.taken_rows[cell.column].push(cell.row);
            grid.taken_columns[cell.row].push(cell.column);
        }
        grid.taken_rows.iter_mut().chain(&mut grid.taken_columns).for_each(|taken| taken.sort_unstable());
        grid
    }

    pub(super) fn node_at(&self, row: usize, column: usize) -> Option<usize> {
        self.nodes.get(&(row, column)).copied()
    }

    /// True where no node of the column stands between the two rows.
    pub(super) fn is_column_free(&self, column: usize, above: usize, below: usize) -> bool {
        is_free(&self.taken_rows[column], above, below)
    }

    /// True where no node of the row stands between the two columns.
    pub(super) fn is_row_free(&self, row: usize, left: usize, right: usize) -> bool {
        is_free(&self.taken_columns[row], left, right)
    }
}

fn is_free(taken: &[usize], after: usize, before: usize) -> bool {
    let next = taken.partition_point(|place| *place <= after);
    taken.get(next).is_none_or(|place| *place >= before)
}

/// A sweep over the rows, from the top.
struct Placement<'a> {
    nodes: &'a [NodeBox],
    forward: &'a Forward,
    cells: Vec<Cell>,
    /// Nodes that have a place or will get one.
    is_claimed: Vec<bool>,
    /// By node of the main path, the node after it.
    spine_next: Vec<Option<usize>>,
    on_spine: Vec<bool>,
    is_in_last: Vec<bool>,
    /// By node, the longest branch that begins there.
    reach: Vec<usize>,
    /// By column of branches, the first free row.
    free: Vec<usize>,
    free_in_last: usize,
    /// By node its row, without the rows by which its column was delayed.
    base: Vec<usize>,
    /// By column without the last, the rows by which its remaining nodes are delayed.
    delays: Vec<usize>,
    queue: BinaryHeap<Reverse<(usize, usize, usize)>>,
}

impl<'a> Placement<'a> {
    fn new(nodes: &'a [NodeBox], forward: &'a Forward) -> Self {
        let count = nodes.len();
        let spine = find_spine(nodes, forward);
        let mut on_spine = vec![false; count];
        let mut spine_next = vec![None; count];
        for (place, node) in spine.iter().enumerate() {
            on_spine[*node] = !nodes[*node].is_outcome;
            spine_next[*node] = spine.get(place + 1).copied().filter(|next| !nodes[*next].is_outcome);
        }
        let is_branch: Vec<bool> = (0..count).map(|node| !on_spine[node] && !nodes[node].is_outcome).collect();
        let mut reach = vec![0; count];
        for node in (0..count).rev().filter(|node| is_branch[*node]) {
            let next = forward.targets[node].iter().filter(|to| is_branch[**to] && forward.is_tight(node, **to));
            reach[node] = 1 + next.map(|to| reach[*to]).max().unwrap_or(0);
        }
        let branches = is_branch.iter().filter(|is_branch| **is_branch).count();
        let leads_on = |node: usize| forward.targets[node].iter().any(|to| is_branch[*to]);
        let is_shared = branches <= MAX_SHARED && (0..count).all(|node| !is_branch[node] || !leads_on(node));
        let is_in_last = (0..count).map(|node| nodes[node].is_outcome || (is_shared && is_branch[node])).collect();
        Self {
            nodes,
            forward,
            cells: vec![Cell { column: LAST, row: 0 }; count],
            is_claimed: on_spine.clone(),
            spine_next,
            on_spine,
            is_in_last,
            reach,
            free: vec![0; count_columns(branches)],
            free_in_last: 0,
            base: vec![0; count],
            delays: vec![0; count_columns(branches) + 1],
            queue: BinaryHeap::new(),
        }
    }

    fn place_all(&mut self) {
        if self.on_spine.first() == Some(&true) {
            self.queue.push(Reverse((0, 0, 0)));
            self.sweep();
        }
        for node in 0..self.nodes.len() {
            if !self.is_claimed[node] {
                self.claim(node, Cell { column: 0, row: 0 });
                self.sweep();
            }
        }
    }

    fn sweep(&mut self) {
        while let Some(Reverse((row, column, node))) = self.queue.pop() {
            if column != LAST {
                let due = self.base[node] + self.delays[column];
                let wait = if self.is_fork(node) { self.free_in_last.saturating_sub(due) } else { 0 };
                self.delays[column] += wait;
                if column > 0 {
                    self.free[column - 1] += wait;
                }
                if due + wait > row {
                    self.queue.push(Reverse((due + wait, column, node)));
                    continue;
                }
            }
            let cell = Cell { column, row };
            self.cells[node] = cell;
            for to in &self.forward.targets[node] {
                if !self.is_claimed[*to] && self.forward.is_tight(node, *to) {
                    self.claim(*to, cell);
                }
            }
            if let Some(next) = self.spine_next[node] {
                self.enqueue(next, 0, row + 1);
            }
        }
    }

    /// Plans a node of a column for a row.
    fn enqueue(&mut self, node: usize, column: usize, row: usize) {
        self.base[node] = row - self.delays[column];
        self.queue.push(Reverse((row, column, node)));
    }

    /// True for a node with edges to the side: it waits for outcomes of nodes above, so that its own stand beside it.
    fn is_fork(&self, node: usize) -> bool {
        let targets = &self.forward.targets[node];
        targets.len() > 1 || targets.iter().any(|to| self.is_in_last[*to])
    }

    /// Chooses the place of a node, and of the branch that begins with it, beside the cell that leads to it.
    fn claim(&mut self, node: usize, source: Cell) {
        if self.is_in_last[node] {
            let row = self.free_in_last.max(source.row);
            self.free_in_last = row + 1;
            self.is_claimed[node] = true;
            self.queue.push(Reverse((row, LAST, node)));
            return;
        }
        let path = self.follow(node);
        let start = |column: usize| self.free[column - 1].max(source.row + usize::from(column <= source.column));
        let from = source.column.min(self.free.len());
        let cost = |column: usize| 2 * (start(column) - source.row) + 3 * column.abs_diff(from);
        let column = (1..=self.free.len()).min_by_key(|column| cost(*column)).unwrap_or(1);
        let first = start(column);
        self.free[column - 1] = first + path.len();
        for (place, node) in path.into_iter().enumerate() {
            self.enqueue(node, column, first + place);
        }
    }

    /// The longest branch from a node, of nodes without a place.
    fn follow(&mut self, node: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut current = Some(node);
        while let Some(node) = current {
            self.is_claimed[node] = true;
            path.push(node);
            let is_next =
                |to: &usize| !self.is_claimed[*to] && !self.is_in_last[*to] && self.forward.is_tight(node, *to);
            let next = self.forward.targets[node].iter().copied().filter(is_next);
            current = next.max_by_key(|to| (self.reach[*to], Reverse(*to)));
        }
        path
    }
}

/// The columns for a number of nodes beside the main path, so that the drawing is about as wide as high.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small count"
)]
fn count_columns(branches: usize) -> usize {
    ((branches as f64 / ROWS_BY_COLUMN).sqrt().ceil() as usize).max(1)
}
