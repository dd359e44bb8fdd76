//! Layered layout of a flow (Sugiyama): positions of nodes, lines and labels.
//!
//! In: the sizes of the nodes in the order of the numbered document, and the edges between them with the sizes of their labels.
//! Out: a [`Drawing`]. Steps: ranks ([`rank`]), an order in each rank with few crossings ([`order`]), positions ([`position`]), lines.
//! A back edge is reversed for the layout, so there are no cycles. Labels have ranks of their own between those of the nodes, so
//! that nothing covers them. The layout is deterministic, and begins with the order of the document, so that a small edit moves
//! little. Entry point: [`draw`].

mod order;
mod position;
mod rank;

use rank::Layered;

/// Space between neighbours of a rank, and between ranks.
const GAP: Size = Size { width: 28.0, height: 22.0 };

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
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
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
    /// From the border of one node to the border of the other.
    pub(crate) points: Vec<Point>,
    /// Centre of the label.
    pub(crate) label: Point,
    /// True for an edge to an earlier node, or to the node itself.
    pub(crate) is_back: bool,
}

/// The indices of the nodes follow the order of the document.
pub(crate) fn draw(nodes: &[Size], edges: &[Edge]) -> Drawing {
    let mut layers = Layered::new(nodes, edges);
    order::reduce_crossings(&mut layers);
    let centres = position::place(&layers);
    let lines =
        edges.iter().enumerate().map(|(index, edge)| line(edge, &layers.chains[index], &layers, &centres)).collect();
    let right = |vertex: usize| centres[vertex].x + layers.vertices[vertex].size.width / 2.0;
    let bottom = |vertex: usize| centres[vertex].y + layers.vertices[vertex].size.height / 2.0;
    let all = || 0..layers.vertices.len();
    let size = Size { width: all().map(right).fold(0.0, f64::max), height: all().map(bottom).fold(0.0, f64::max) };
    Drawing { size, nodes: centres[..nodes.len()].to_vec(), edges: lines }
}

/// The points of an edge, from the node it leaves to the node it reaches.
fn line(edge: &Edge, chain: &[usize], layers: &Layered, centres: &[Point]) -> Line {
    let is_back = edge.to <= edge.from;
    let label = chain[chain.len() / 2];
    if edge.from == edge.to {
        return loop_line(edge.from, chain[0], layers, centres);
    }
    let (upper, lower) = if is_back { (edge.to, edge.from) } else { (edge.from, edge.to) };
    let first = port(upper, centres[chain[0]].x, 1.0, layers, centres);
    let last = port(lower, centres[chain[chain.len() - 1]].x, -1.0, layers, centres);
    let inner = chain.iter().map(|vertex| centres[*vertex]);
    let mut points: Vec<Point> = [first].into_iter().chain(inner).chain([last]).collect();
    if is_back {
        points.reverse();
    }
    Line { points, label: centres[label], is_back }
}

/// The end of a line at a node: below or above its centre, moved towards the other end.
fn port(node: usize, towards: f64, side: f64, layers: &Layered, centres: &[Point]) -> Point {
    let size = layers.vertices[node].size;
    let reach = size.width * 0.3;
    let x = centres[node].x + ((towards - centres[node].x) * 0.3).clamp(-reach, reach);
    Point { x, y: centres[node].y + side * size.height / 2.0 }
}

/// From the right side of a node, around its label, back to the right side.
fn loop_line(node: usize, label: usize, layers: &Layered, centres: &[Point]) -> Line {
    let Size { width, height } = layers.vertices[node].size;
    let right = centres[node].x + width / 2.0;
    let out = Point { x: right, y: centres[node].y + height / 4.0 };
    let back = Point { x: right, y: centres[node].y - height / 4.0 };
    let far = right + GAP.width / 2.0;
    let points = vec![out, Point { x: far, y: out.y }, Point { x: far, y: back.y }, back];
    Line { points, label: centres[label], is_back: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Size = Size { width: 100.0, height: 40.0 };

    fn edge(from: usize, to: usize) -> Edge {
        Edge { from, to, label: Size { width: 30.0, height: 16.0 } }
    }

    #[test]
    fn nodes_do_not_overlap_and_edges_point_down() {
        let edges = [edge(0, 1), edge(0, 2), edge(1, 3), edge(2, 3), edge(0, 3), edge(3, 0)];
        let drawing = draw(&[BOX; 4], &edges);
        for (index, one) in drawing.nodes.iter().enumerate() {
            for other in &drawing.nodes[..index] {
                assert!((one.x - other.x).abs() >= BOX.width || (one.y - other.y).abs() >= BOX.height);
            }
        }
        for (edge, line) in edges.iter().zip(&drawing.edges) {
            assert_eq!(line.is_back, edge.to <= edge.from);
            assert_eq!(drawing.nodes[edge.to].y > drawing.nodes[edge.from].y, !line.is_back);
        }
    }

    #[test]
    fn draws_an_edge_to_the_same_node() {
        let drawing = draw(&[BOX, BOX], &[edge(0, 0), edge(0, 1)]);
        assert!(drawing.edges[0].is_back);
        assert!(drawing.nodes.iter().all(|node| node.x.is_finite()));
    }

    #[test]
    fn draws_an_empty_graph() {
        assert_eq!(draw(&[], &[]).size, Size::default());
    }

    /// Pairs of nodes that are side by side in both drawings, and how many of them changed sides.
    fn count_swaps(before: &Drawing, after: &Drawing) -> (usize, usize) {
        let pairs = (0..before.nodes.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        let is_beside =
            |drawing: &Drawing, one: usize, other: usize| (drawing.nodes[one].y - drawing.nodes[other].y).abs() < 1.0;
        let beside = pairs.filter(|(one, other)| is_beside(before, *one, *other) && is_beside(after, *one, *other));
        let is_left = |drawing: &Drawing, one: usize, other: usize| drawing.nodes[one].x < drawing.nodes[other].x;
        beside.fold((0, 0), |(all, swapped), (one, other)| {
            (all + 1, swapped + usize::from(is_left(before, one, other) != is_left(after, one, other)))
        })
    }

    #[test]
    fn small_edits_move_little() {
        let edges: Vec<_> = (1..40).flat_map(|node| [edge((node - 1) / 3, node), edge(node / 4, node)]).collect();
        let before = draw(&[BOX; 40], &edges);
        let one_more = [edges.as_slice(), &[edge(17, 40)]].concat();
        let one_less = &edges[..edges.len() - 2];
        for edited in [draw(&[BOX; 41], &one_more), draw(&[BOX; 40], one_less)] {
            let (all, swapped) = count_swaps(&before, &edited);
            assert!(all > 100 && swapped * 20 < all, "{swapped} of {all}");
        }
    }

    #[test]
    fn layout_is_deterministic() {
        let edges: Vec<_> = (0..200).map(|index| edge(index % 40, (index * 7) % 40)).collect();
        assert_eq!(draw(&[BOX; 40], &edges), draw(&[BOX; 40], &edges));
    }
}
