//! Heights of rows and gaps, and widths of columns and channels.

use super::grid::Grid;
use super::route::{Exit, Plan};
use super::{Edge, LABEL_GAP, NodeBox};

/// Distance below the centre of a node, of lines that come from a track.
pub(super) const LOWER: f64 = 12.0;

/// Distances between lines, and of lines from nodes. An arrow needs more room than a line.
const LINE_GAP: f64 = 10.0;
const EXIT_GAP: f64 = 24.0;
const ARROW: f64 = 18.0;
/// The least height of a gap and width of a channel with lines.
const MIN_GAP: f64 = 36.0;
/// Room above and below the labels in a gap.
const PADDING: f64 = 8.0;

#[derive(Debug)]
pub(super) struct Heights {
    /// By row.
    pub(super) centres: Vec<f64>,
    /// By edge, the line that leaves a node at its right side.
    pub(super) exits: Vec<f64>,
    /// By line of a gap.
    pub(super) lines: Vec<f64>,
    /// By row, the upper end of labels below the row.
    pub(super) label_tops: Vec<f64>,
    pub(super) total: f64,
}

/// The room of a row above and below its centre.
#[derive(Clone, Copy, Default)]
struct Reach {
    up: f64,
    down: f64,
}

impl Heights {
    pub(super) fn new(nodes: &[NodeBox], edges: &[Edge], grid: &Grid, plan: &Plan) -> Self {
        let (offsets, reaches) = place_exits(nodes, edges, grid, plan);
        let gaps = Gaps::new(edges, grid, plan);
        let mut heights =
            Self { centres: Vec::new(), exits: Vec::new(), lines: gaps.offsets, label_tops: Vec::new(), total: 0.0 };
        let mut tops = Vec::new();
        let mut y = 0.0;
        for (row, reach) in reaches.iter().enumerate() {
            tops.push(y);
            heights.centres.push(y + gaps.heights[row] + reach.up);
            y += gaps.heights[row] + reach.up + reach.down;
            heights.label_tops.push(y + PADDING);
        }
        tops.push(y);
        heights.total = y + gaps.heights[grid.rows];
        for (line, offset) in plan.lines.iter().zip(&mut heights.lines) {
            *offset += tops[line.gap];
        }
        for (index, edge) in edges.iter().enumerate() {
            let row = match plan.routes[index].exit {
                Exit::Right { row: Some(row) } => row,
                _ => grid.cells[edge.from].row,
            };
            heights.exits.push(heights.centres[row] + offsets[index]);
        }
        heights
    }
}

/// By edge its distance from the centre of its row, and the reach of each row.
fn place_exits(nodes: &[NodeBox], edges: &[Edge], grid: &Grid, plan: &Plan) -> (Vec<f64>, Vec<Reach>) {
    let mut offsets = vec![0.0; edges.len()];
    let mut reaches = vec![Reach::default(); grid.rows];
    let label = |edge: usize| if edges[edge].label.height > 0.0 { edges[edge].label.height + LABEL_GAP } else { 0.0 };
    for (node, fork) in plan.forks.iter().enumerate() {
        let row = grid.cells[node].row;
        let half = nodes[node].size.height / 2.0;
        let mut reach = Reach { up: half.max(fork.centre.map_or(0.0, label)), down: half };
        let (mut y, mut last) = (0.0, fork.centre);
        for edge in &fork.above {
            y -= EXIT_GAP.max(last.map_or(0.0, label) + PADDING);
            last = Some(*edge);
            offsets[*edge] = y;
            reach.up = reach.up.max(label(*edge) - y);
        }
        y = 0.0;
        for edge in &fork.below {
            y += EXIT_GAP.max(label(*edge) + PADDING);
            offsets[*edge] = y;
            reach.down = reach.down.max(y + PADDING);
        }
        reaches[row].up = reaches[row].up.max(reach.up);
        reaches[row].down = reaches[row].down.max(reach.down);
        for edge in &fork.aligned {
            let row = grid.cells[edges[*edge].to].row;
            reaches[row].up = reaches[row].up.max(label(*edge));
        }
    }
    (offsets, reaches)
}

struct Gaps {
    /// By gap; there is one above each row and one below the last.
    heights: Vec<f64>,
    /// By line, from the top of its gap.
    offsets: Vec<f64>,
}

impl Gaps {
    fn new(edges: &[Edge], grid: &Grid, plan: &Plan) -> Self {
        let mut labels = vec![0.0_f64; grid.rows + 1];
        for (edge, route) in edges.iter().zip(&plan.routes) {
            if route.exit == Exit::Down {
                let label = &mut labels[grid.cells[edge.from].row + 1];
                *label = label.max(edge.label.height);
            }
        }
        let mut lines: Vec<Vec<usize>> = vec![Vec::new(); grid.rows + 1];
        for (index, line) in plan.lines.iter().enumerate() {
            lines[line.gap].push(index);
        }
        let mut gaps = Self { heights: Vec::new(), offsets: vec![0.0; plan.lines.len()] };
        for (gap, (lines, label)) in lines.iter().zip(labels).enumerate() {
            let top = if label > 0.0 { label + PADDING } else { 0.0 };
            let bottom = gaps.stack(plan, lines, top);
            let is_outer = gap == 0 || gap == grid.rows;
            let height = if is_outer && lines.is_empty() { 0.0 } else { (bottom + ARROW).max(MIN_GAP) };
            gaps.heights.push(height);
        }
        gaps
    }

    /// Gives lines that overlap different heights, and returns the lowest.
    fn stack(&mut self, plan: &Plan, lines: &[usize], top: f64) -> f64 {
        let mut order: Vec<usize> = lines.to_vec();
        // Lines with labels are nearer to the nodes above, rails nearer to those below.
        order.sort_by(|one, other| {
            let (one, other) = (&plan.lines[*one], &plan.lines[*other]);
            other.label.total_cmp(&one.label).then(one.from.cmp(&other.from))
        });
        let mut levels: Vec<(f64, Vec<usize>)> = Vec::new();
        for index in order {
            let line = &plan.lines[index];
            let overlaps = |other: &usize| plan.lines[*other].from <= line.to && line.from <= plan.lines[*other].to;
            match levels.iter_mut().find(|(_, members)| !members.iter().any(overlaps)) {
                Some((_, members)) => members.push(index),
                None => levels.push((line.label, vec![index])),
            }
        }
        let mut y = top;
        for (label, members) in levels {
            y += LINE_GAP.max(label + LABEL_GAP + PADDING);
            for index in members {
                self.offsets[index] = y;
            }
        }
        y
    }
}

#[derive(Debug)]
pub(super) struct Widths {
    /// By column, its left border.
    pub(super) columns: Vec<f64>,
    /// By channel, the left border of its labels.
    pub(super) labels: Vec<f64>,
    /// By node with a fork.
    pub(super) trunks: Vec<f64>,
    /// By track.
    pub(super) tracks: Vec<f64>,
    pub(super) total: f64,
}

/// A vertical line of a channel.
struct Span {
    /// A node or a track.
    index: usize,
    top: f64,
    bottom: f64,
}

impl Widths {
    pub(super) fn new(nodes: &[NodeBox], edges: &[Edge], grid: &Grid, plan: &Plan, heights: &Heights) -> Self {
        let mut columns = vec![0.0_f64; grid.columns];
        for (node, cell) in nodes.iter().zip(&grid.cells) {
            columns[cell.column] = columns[cell.column].max(node.size.width);
        }
        let labels = measure_labels(edges, grid, plan);
        let trunks = find_trunks(grid, plan, heights);
        let tracks = find_tracks(edges, grid, plan, heights);
        let mut widths = Self {
            columns: Vec::new(),
            labels: Vec::new(),
            trunks: vec![0.0; nodes.len()],
            tracks: vec![0.0; plan.tracks.len()],
            total: 0.0,
        };
        let mut x = 0.0;
        for (column, width) in columns.iter().enumerate() {
            widths.columns.push(x);
            x += width;
            widths.total = x;
            let (levels, count) = pack(&trunks[column]);
            for (span, level) in trunks[column].iter().zip(levels) {
                widths.trunks[span.index] = x + (level + 1.0) * LINE_GAP + 4.0;
            }
            x += LINE_GAP * (count + 1.0) + 4.0;
            widths.labels.push(x);
            x += labels[column];
            let (levels, count) = pack(&tracks[column]);
            for (span, level) in tracks[column].iter().zip(levels) {
                widths.tracks[span.index] = x + (count - level) * LINE_GAP;
            }
            let is_used = labels[column] > 0.0 || count > 0.0;
            x += LINE_GAP * count + ARROW + if is_used { 0.0 } else { MIN_GAP };
            widths.total = if is_used { x } else { widths.total };
        }
        widths
    }
}

/// By channel, the widest label.
fn measure_labels(edges: &[Edge], grid: &Grid, plan: &Plan) -> Vec<f64> {
    let mut widths = vec![0.0_f64; grid.columns];
    for (edge, route) in edges.iter().zip(&plan.routes) {
        let column = grid.cells[edge.from].column;
        let channel = match route.exit {
            Exit::Down => continue,
            Exit::Right { .. } => column,
            Exit::Left { .. } => column - 1,
        };
        widths[channel] = widths[channel].max(edge.label.width);
    }
    widths
}

/// By channel.
fn find_trunks(grid: &Grid, plan: &Plan, heights: &Heights) -> Vec<Vec<Span>> {
    let mut found: Vec<Vec<Span>> = (0..grid.columns).map(|_| Vec::new()).collect();
    for (node, fork) in plan.forks.iter().enumerate().filter(|(_, fork)| fork.has_trunk()) {
        let cell = grid.cells[node];
        let centre = heights.centres[cell.row];
        let mut span = Span { index: node, top: centre, bottom: centre };
        for edge in fork.above.iter().chain(&fork.below).chain(&fork.aligned) {
            span.top = span.top.min(heights.exits[*edge]);
            span.bottom = span.bottom.max(heights.exits[*edge]);
        }
        found[cell.column].push(span);
    }
    found
}

/// By channel.
fn find_tracks(edges: &[Edge], grid: &Grid, plan: &Plan, heights: &Heights) -> Vec<Vec<Span>> {
    let mut spans: Vec<Span> =
        (0..plan.tracks.len()).map(|index| Span { index, top: f64::INFINITY, bottom: f64::NEG_INFINITY }).collect();
    for (index, (edge, route)) in edges.iter().zip(&plan.routes).enumerate() {
        let Some(track) = route.track else { continue };
        let start = match route.exit {
            Exit::Left { line } => heights.lines[line],
            _ => heights.exits[index],
        };
        let end = match route.rail {
            Some(rail) => heights.lines[rail],
            None => heights.centres[grid.cells[edge.to].row] + LOWER,
        };
        let span = &mut spans[track];
        span.top = span.top.min(start).min(end);
        span.bottom = span.bottom.max(start).max(end);
    }
    let mut found: Vec<Vec<Span>> = (0..grid.columns).map(|_| Vec::new()).collect();
    for (span, channel) in spans.into_iter().zip(&plan.tracks) {
        found[*channel].push(span);
    }
    found
}

/// Gives each span a level, so that spans of one level do not touch; also returns the number of levels.
fn pack(spans: &[Span]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by(|one, other| {
        spans[*one].top.total_cmp(&spans[*other].top).then(spans[*one].bottom.total_cmp(&spans[*other].bottom))
    });
    let mut levels = vec![0.0; spans.len()];
    let mut ends: Vec<(f64, f64)> = Vec::new();
    let mut count = 0.0;
    for index in order {
        let span = &spans[index];
        if let Some((end, level)) = ends.iter_mut().find(|(end, _)| *end + LINE_GAP < span.top) {
            *end = span.bottom;
            levels[index] = *level;
        } else {
            ends.push((span.bottom, count));
            levels[index] = count;
            count += 1.0;
        }
    }
    (levels, count)
}
