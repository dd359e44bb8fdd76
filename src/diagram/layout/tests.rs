//! Properties of the layout on random graphs.

use proptest::prelude::*;

use super::*;

/// A rectangle: left, top, right, bottom.
type Rect = [f64; 4];

fn node(height: f64, is_outcome: bool) -> NodeBox {
    NodeBox { size: Size { width: 256.0, height }, is_outcome, is_detour: false }
}

fn edge(from: usize, to: usize) -> Edge {
    Edge { from, to, label: Size { width: 60.0, height: 16.0 } }
}

/// Up to `count` nodes with up to four edges each, of which most lead on to a near node.
fn any_graph(count: usize) -> impl Strategy<Value = (Vec<NodeBox>, Vec<Edge>)> {
    let label = (0..4_u32, 10.0..LABEL_WIDTH);
    let exit = (any::<u32>(), 0..10_u32, label);
    let node = (0..10_u32, 1..5_u32, prop::collection::vec(exit, 1..5));
    prop::collection::vec(node, 1..count).prop_map(|generated| {
        let count = generated.len();
        let mut nodes = Vec::new();
        let mut edges = Vec::new();
        for (from, (kind, lines, exits)) in generated.into_iter().enumerate() {
            let size = Size { width: 256.0, height: f64::from(lines) * 18.0 + 22.0 };
            nodes.push(NodeBox { size, is_outcome: kind > 7, is_detour: kind == 0 });
            for (target, near, (lines, width)) in exits.into_iter().take(if kind > 7 { 0 } else { 4 }) {
                let target = usize::try_from(target).unwrap();
                let to = if near > 1 { (from + 1 + target % 6).min(count - 1) } else { target % count };
                let width = if lines == 0 { 0.0 } else { width };
                edges.push(Edge { from, to, label: Size { width, height: f64::from(lines) * 16.0 } });
            }
        }
        (nodes, edges)
    })
}

fn rects(nodes: &[NodeBox], drawing: &Drawing) -> Vec<Rect> {
    let rect = |(node, at): (&NodeBox, &Point)| {
        let Size { width, height } = node.size;
        [at.x - width / 2.0, at.y - height / 2.0, at.x + width / 2.0, at.y + height / 2.0]
    };
    nodes.iter().zip(&drawing.nodes).map(rect).collect()
}

fn label_rects(edges: &[Edge], drawing: &Drawing) -> Vec<Option<Rect>> {
    let rect = |(edge, line): (&Edge, &Line)| {
        let Size { width, height } = edge.label;
        (height > 0.0).then_some([line.label.x, line.label.y - height, line.label.x + width, line.label.y])
    };
    edges.iter().zip(&drawing.edges).map(rect).collect()
}

fn pieces(line: &Line) -> Vec<Rect> {
    let piece = |ends: &[Point]| {
        let (one, other) = (ends[0], ends[1]);
        [one.x.min(other.x), one.y.min(other.y), one.x.max(other.x), one.y.max(other.y)]
    };
    line.points.windows(2).map(piece).collect()
}

/// True where two rectangles have more than a border in common.
fn overlap(one: Rect, other: Rect) -> bool {
    let inner = 0.01;
    one[0] + inner < other[2] && other[0] + inner < one[2] && one[1] + inner < other[3] && other[1] + inner < one[3]
}

/// True where two pieces run along each other for more than a point.
fn run_together(one: Rect, other: Rect) -> bool {
    let is_flat = |piece: Rect| piece[3] - piece[1] < 0.01;
    let [low, high] = if is_flat(one) { [0, 2] } else { [1, 3] };
    let is_same_line = (one[1 - low] - other[1 - low]).abs() < 2.0;
    is_flat(one) == is_flat(other) && is_same_line && one[low] + 2.0 < other[high] && other[low] + 2.0 < one[high]
}

fn assert_tidy(nodes: &[NodeBox], edges: &[Edge]) {
    let drawing = draw(nodes, edges);
    let boxes = rects(nodes, &drawing);
    let labels = label_rects(edges, &drawing);
    for (index, one) in boxes.iter().enumerate() {
        assert!(one[0] >= 0.0 && one[1] >= 0.0, "box {index} is outside");
        assert!(one[2] <= drawing.size.width && one[3] <= drawing.size.height, "box {index} is outside");
        assert!(!boxes[..index].iter().any(|other| overlap(*one, *other)), "box {index} overlaps a box");
    }
    for (index, label) in labels.iter().enumerate().filter_map(|(index, label)| Some((index, (*label)?))) {
        assert!(label[2] <= drawing.size.width && label[3] <= drawing.size.height, "label {index} is outside");
        assert!(!boxes.iter().any(|other| overlap(label, *other)), "label {index} overlaps a box");
        assert!(
            !labels[..index].iter().flatten().any(|other| overlap(label, *other)),
            "label {index} overlaps a label"
        );
    }
    for (index, line) in drawing.edges.iter().enumerate() {
        assert_line(index, line, (nodes, edges), &boxes, &labels);
    }
    assert_apart(edges, &drawing);
}

fn assert_line(
    index: usize,
    line: &Line,
    (nodes, edges): (&[NodeBox], &[Edge]),
    boxes: &[Rect],
    labels: &[Option<Rect>],
) {
    assert!(line.points.len() >= 2, "edge {index} has no line");
    let is_at = |node: usize, point: Point| {
        let [left, top, right, bottom] = boxes[node];
        let is_inside = overlap([point.x - 0.1, point.y - 0.1, point.x + 0.1, point.y + 0.1], boxes[node]);
        let is_border = [point.x - left, right - point.x, point.y - top, bottom - point.y];
        is_inside && is_border.into_iter().any(|distance| distance.abs() < 0.01)
    };
    assert!(is_at(edges[index].from, line.points[0]), "edge {index} does not begin at its node");
    assert!(is_at(edges[index].to, line.points[line.points.len() - 1]), "edge {index} does not end at its node");
    for piece in pieces(line) {
        let is_orthogonal = piece[2] - piece[0] < 0.01 || piece[3] - piece[1] < 0.01;
        assert!(is_orthogonal, "edge {index} is not orthogonal: {piece:?}");
        let wide = [piece[0] - 0.1, piece[1] - 0.1, piece[2] + 0.1, piece[3] + 0.1];
        for (node, other) in boxes.iter().enumerate().take(nodes.len()) {
            let inner = [other[0] + 1.0, other[1] + 1.0, other[2] - 1.0, other[3] - 1.0];
            assert!(!overlap(wide, inner), "edge {index} crosses box {node}");
        }
        for (other, label) in labels.iter().enumerate().filter_map(|(other, label)| Some((other, (*label)?))) {
            assert!(!overlap(wide, label), "edge {index} crosses label {other}");
        }
    }
}

/// Only edges from the same node, or to the same node, run along each other.
fn assert_apart(edges: &[Edge], drawing: &Drawing) {
    let pieces: Vec<Vec<Rect>> = drawing.edges.iter().map(pieces).collect();
    for (index, one) in edges.iter().enumerate() {
        for (place, other) in edges[..index].iter().enumerate() {
            if one.from == other.from || one.to == other.to {
                continue;
            }
            let meet = pieces[index].iter().any(|piece| pieces[place].iter().any(|other| run_together(*piece, *other)));
            assert!(!meet, "edges {place} and {index} run along each other");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn nothing_overlaps_in_small_graphs((nodes, edges) in any_graph(12)) {
        assert_tidy(&nodes, &edges);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_overlaps_in_large_graphs((nodes, edges) in any_graph(80)) {
        assert_tidy(&nodes, &edges);
    }
}

#[test]
fn main_path_has_the_first_column_and_outcomes_the_last() {
    let mut nodes = vec![node(40.0, false); 8];
    nodes[6].is_outcome = true;
    nodes[7].is_outcome = true;
    let edges =
        [(0, 1), (0, 2), (1, 3), (2, 6), (3, 4), (3, 5), (4, 6), (5, 7), (5, 0)].map(|(one, two)| edge(one, two));
    let drawing = draw(&nodes, &edges);
    let x = |node: usize| drawing.nodes[node].x;
    assert!([1, 3].iter().all(|node| (x(*node) - x(0)).abs() < 0.01), "{drawing:?}");
    assert!((x(6) - x(7)).abs() < 0.01 && (0..6).all(|node| x(node) <= x(6)), "{drawing:?}");
}

#[test]
fn main_path_avoids_calls_that_are_detours() {
    let mut nodes = vec![node(40.0, false); 4];
    nodes[1].is_detour = true;
    nodes[3].is_outcome = true;
    let edges = [edge(0, 1), edge(0, 2), edge(1, 2), edge(2, 3)];
    let drawing = draw(&nodes, &edges);
    assert!(drawing.nodes[1].x > drawing.nodes[2].x);
    assert!((drawing.nodes[0].x - drawing.nodes[2].x).abs() < 0.01);
    assert!((drawing.nodes[0].y - drawing.nodes[1].y).abs() < 0.01, "a detour is beside its question");
}

#[test]
fn branches_stand_beside_each_other() {
    let edges: Vec<Edge> = (1..45).map(|node| edge((node - 1) / 3, node)).collect();
    let nodes: Vec<NodeBox> = (0..45).map(|index| node(40.0, index > 40)).collect();
    let Size { width, height } = draw(&nodes, &edges).size;
    assert!(width < 2_400.0 && height < 2_400.0, "{width} × {height}");
}

#[test]
fn draws_an_empty_graph() {
    assert_eq!(draw(&[], &[]).size, Size::default());
}

#[test]
fn same_graph_has_the_same_layout() {
    let edges: Vec<_> = (0..200).map(|index| edge(index % 40, (index * 7) % 40)).collect();
    let nodes: Vec<_> = (0..40).map(|index| node(40.0, index % 9 == 8)).collect();
    assert_eq!(draw(&nodes, &edges), draw(&nodes, &edges));
}
