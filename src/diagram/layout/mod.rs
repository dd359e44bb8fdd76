//! Orthogonal layout of a flow on a grid: positions of nodes, lines and labels.
//!
//! In: the nodes in the order of the numbered document, and the edges between them with the sizes of their labels. Out:
//! a [`Drawing`]. Steps: the main path ([`spine`]), a column and a row for each node ([`grid`]), the course of each
//! edge ([`route`]), heights of rows and widths of channels ([`space`]), points.
//!
//! Between two columns there is a channel: first the trunks, from which the edges of a node fork, then a zone that only
//! horizontal lines cross, where the labels stand, then the tracks, vertical lines that edges to the same node share.
//! Between two rows there is a gap with horizontal lines to the nodes below. Lines in a gap, and lines of the same row
//! in a channel, have heights of their own. Therefore no label covers a box, another label or the line of another edge.
//! The layout is deterministic, and does not depend on the walk. Entry point: [`draw`].

mod grid;
mod route;
mod space;
mod spine;
#[cfg(test)]
mod tests;

use grid::Grid;
use route::{Entry, Exit, Plan};
use space::{Heights, Widths};

/// Width and height, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Size {
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// Pixels from the upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct NodeBox {
    pub(crate) size: Size,
    /// Outcomes share the last column.
    pub(crate) is_outcome: bool,
    /// A call: the main path avoids it where another path has as many other nodes.
    pub(crate) is_detour: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// At most [`LABEL_WIDTH`] wide; zero without a label.
    pub(crate) label: Size,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drawing {
    pub(crate) size: Size,
    /// Centres, by node.
    pub(crate) nodes: Vec<Point>,
    /// By edge.
    pub(crate) edges: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// From the border of one node to the border of the other; each piece is horizontal or vertical.
    pub(crate) points: Vec<Point>,
    /// Lower left corner of the label.
    pub(crate) label: Point,
}

/// The widest label: it fits beside the line to the next node of a column.
pub(crate) const LABEL_WIDTH: f64 = 172.0;

/// Distances of lines from the left border of a box: from the left, out to the left, and to the next node below.
const ENTRY_LEFT: f64 = 18.0;
const EXIT_LEFT: f64 = 26.0;
const AXIS: f64 = 44.0;
/// Distance from the right border of a box, of lines that come from the right.
const ENTRY_RIGHT: f64 = 20.0;
/// Distance between a label and its line.
const LABEL_GAP: f64 = 6.0;

/// The indices of the nodes follow the order of the document.
pub(crate) fn draw(nodes: &[NodeBox], edges: &[Edge]) -> Drawing {
    let grid = Grid::new(nodes, edges);
    let plan = Plan::new(&grid, edges);
    let heights = Heights::new(nodes, edges, &grid, &plan);
    let widths = Widths::new(nodes, edges, &grid, &plan, &heights);
    let drawing = Pen { nodes, grid: &grid, plan: &plan, heights: &heights, widths: &widths };
    let centres = (0..nodes.len()).map(|node| drawing.centre(node)).collect();
    let lines = edges.iter().enumerate().map(|(index, edge)| drawing.line(index, edge)).collect();
    Drawing { size: Size { width: widths.total, height: heights.total }, nodes: centres, edges: lines }
}

struct Pen<'a> {
    nodes: &'a [NodeBox],
    grid: &'a Grid,
    plan: &'a Plan,
    heights: &'a Heights,
    widths: &'a Widths,
}

impl Pen<'_> {
    fn centre(&self, node: usize) -> Point {
        let cell = self.grid.cells[node];
        let x = self.widths.columns[cell.column] + self.nodes[node].size.width / 2.0;
        Point { x, y: self.heights.centres[cell.row] }
    }

    fn top(&self, node: usize) -> f64 {
        self.centre(node).y - self.nodes[node].size.height / 2.0
    }

    fn bottom(&self, node: usize) -> f64 {
        self.centre(node).y + self.nodes[node].size.height / 2.0
    }

    fn left(&self, node: usize) -> f64 {
        self.widths.columns[self.grid.cells[node].column]
    }

    fn right(&self, node: usize) -> f64 {
        self.left(node) + self.nodes[node].size.width
    }

    fn line(&self, index: usize, edge: &Edge) -> Line {
        let mut points = self.first_points(index, edge);
        let label = self.label(index, edge, points[points.len() - 1]);
        self.add_last_points(index, edge, &mut points);
        points.dedup();
        Line { points, label }
    }

    /// From the node to the horizontal line of the edge.
    fn first_points(&self, index: usize, edge: &Edge) -> Vec<Point> {
        let from = edge.from;
        match self.plan.routes[index].exit {
            Exit::Down => vec![Point { x: self.left(from) + AXIS, y: self.bottom(from) }],
            Exit::Right { .. } => {
                let start = Point { x: self.right(from), y: self.centre(from).y };
                let y = self.heights.exits[index];
                let trunk = self.widths.trunks[from];
                if (y - start.y).abs() < 0.5 {
                    return vec![start];
                }
                vec![start, Point { x: trunk, y: start.y }, Point { x: trunk, y }]
            }
            Exit::Left { line } => {
                let x = self.left(from) + EXIT_LEFT;
                vec![Point { x, y: self.bottom(from) }, Point { x, y: self.heights.lines[line] }]
            }
        }
    }

    fn add_last_points(&self, index: usize, edge: &Edge, points: &mut Vec<Point>) {
        let y = points[points.len() - 1].y;
        let route = &self.plan.routes[index];
        let to = edge.to;
        let (left, top, centre) = (self.left(to), self.top(to), self.centre(to).y);
        let end = match route.entry {
            Entry::Below => Point { x: left + AXIS, y: top },
            Entry::Left => Point { x: left, y },
            Entry::LowerLeft => Point { x: left, y: centre + space::LOWER },
            Entry::TopLeft => Point { x: left + ENTRY_LEFT, y: top },
            Entry::TopRight => Point { x: self.right(to) - ENTRY_RIGHT, y: top },
        };
        let is_from_above = matches!(route.entry, Entry::TopLeft | Entry::TopRight);
        let mut level = y;
        if let Some(track) = route.track {
            level = route.rail.map_or(end.y, |rail| self.heights.lines[rail]);
            let x = self.widths.tracks[track];
            points.extend([Point { x, y }, Point { x, y: level }]);
        }
        if is_from_above {
            points.push(Point { x: end.x, y: level });
        }
        points.push(end);
    }

    /// The lower left corner of a label: beside the line to the node below, or above the horizontal line.
    fn label(&self, index: usize, edge: &Edge, from: Point) -> Point {
        let channel = self.grid.cells[edge.from].column;
        match self.plan.routes[index].exit {
            Exit::Down => Point {
                x: self.left(edge.from) + AXIS + 10.0,
                y: self.heights.label_tops[self.grid.cells[edge.from].row] + edge.label.height,
            },
            Exit::Right { .. } => Point { x: self.widths.labels[channel], y: from.y - LABEL_GAP },
            Exit::Left { .. } => Point { x: self.widths.labels[channel.saturating_sub(1)], y: from.y - LABEL_GAP },
        }
    }
}
