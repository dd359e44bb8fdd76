//! `diagram.svg`: the drawing of a flow, with shapes, texts, links and a text equivalent.
//!
//! A question or branch is a box with cut corners, a step a plain box, a call a box with double sides, an outcome a
//! capsule with its result. The file has its own style, light and dark; each node links to its place in the page of the
//! flow. [`layout`] computes the positions. Entry point: [`write()`].

use std::fmt::Write;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::layout::{self, Drawing, Edge, LABEL_WIDTH, Line, NodeBox, Point, Size};
use super::text::{measure, wrap};
use super::{DiagramGraph, GraphEdge, GraphNode, Labels, Marks};
use crate::site::flow::FlowId;
use crate::theme::Theme;

const STYLE: &str = include_str!("svg.css");

/// Edges that many readers took are thicker; only an edge that no reader took is dashed.
const WEIGHTS: &str = ".diagram-way[data-weight] .diagram-line{stroke-dasharray:none}\
     .diagram-way[data-weight=\"0\"] .diagram-line{stroke-dasharray:5 4}\
     .diagram-way[data-weight=\"2\"] .diagram-line{stroke-width:3}\
     .diagram-way[data-weight=\"3\"] .diagram-line{stroke-width:5}\
     .diagram-way[data-weight=\"4\"] .diagram-line{stroke-width:7}";

/// Attribute of nodes and edges that no scenario visits.
const UNVISITED: &str = " data-unvisited=\"\"";

/// Space around the drawing.
const MARGIN: f64 = 14.0;
const NODE_WIDTH: f64 = 256.0;
/// Space beside the text of a node.
const NODE_PADDING: f64 = 18.0;
/// Space above and below the text of a node.
const NODE_MARGIN: f64 = 11.0;
const TITLE_SIZE: f64 = 14.0;
const TITLE_LINE: f64 = 18.0;
const LABEL_SIZE: f64 = 13.0;
const LABEL_LINE: f64 = 16.0;
/// The part of a line that its arrow covers, and half the width of the arrow.
const ARROW_LENGTH: f64 = 9.0;
const ARROW_HALF: f64 = 5.0;
/// The largest radius of corners: of lines, and of outcomes.
const CORNER: f64 = 10.0;
const CAPSULE: f64 = 26.0;
/// The cut corners of questions.
const CUT: f64 = 14.0;

pub(crate) fn write(labels: Labels<'_>, id: FlowId, marks: Marks<'_>) -> String {
    let graph = DiagramGraph::new(labels, labels.site.flow(id), marks);
    Picture::new(labels.theme, &graph).write(marks.counts.is_some())
}

struct Picture<'a> {
    theme: &'a Theme,
    graph: &'a DiagramGraph<'a>,
    /// By node.
    texts: Vec<NodeText>,
    /// By edge, the lines of its label.
    labels: Vec<Vec<String>>,
    drawing: Drawing,
}

/// The lines of a node.
struct NodeText {
    /// Above the title: the result, "not visited", and the number of visits.
    marks: Vec<String>,
    title: Vec<String>,
}

impl NodeText {
    fn new(node: &GraphNode<'_>, theme: &Theme) -> Self {
        let result = node.result.as_ref().map(|key| format!("{} {}", sign_of(key), theme.string(key)));
        let unvisited = node.is_unvisited.then(|| theme.string("unvisited").to_owned());
        let marks = result.into_iter().chain(unvisited).chain(node.visits.clone());
        let lines = |text: &str| wrap(text, NODE_WIDTH - 2.0 * NODE_PADDING, TITLE_SIZE);
        Self { marks: marks.flat_map(|mark| lines(&mark)).collect(), title: lines(&node.title) }
    }

    fn height_in_lines(&self) -> f64 {
        number(self.marks.len() + self.title.len())
    }

    fn size(&self) -> Size {
        Size { width: NODE_WIDTH, height: self.height_in_lines() * TITLE_LINE + 2.0 * NODE_MARGIN }
    }
}

impl<'a> Picture<'a> {
    fn new(theme: &'a Theme, graph: &'a DiagramGraph<'a>) -> Self {
        let texts: Vec<_> = graph.nodes.iter().map(|node| NodeText::new(node, theme)).collect();
        let labels: Vec<_> =
            graph.edges.iter().map(|edge| wrap(&edge.label(&edge.short_text), LABEL_WIDTH, LABEL_SIZE)).collect();
        let boxes = graph.nodes.iter().zip(&texts).map(|(node, text)| NodeBox {
            size: text.size(),
            is_outcome: node.kind == "outcome",
            is_detour: node.kind == "call",
        });
        let edges = graph.edges.iter().zip(&labels);
        let edges = edges.map(|(edge, label)| Edge { from: edge.from, to: edge.to, label: label_size(label) });
        let drawing = layout::draw(&boxes.collect::<Vec<_>>(), &edges.collect::<Vec<_>>());
        Self { theme, graph, texts, labels, drawing }
    }

    fn write(&self, has_counts: bool) -> String {
        let Size { width, height } = self.drawing.size;
        let (width, height) = (round(width + 2.0 * MARGIN), round(height + 2.0 * MARGIN));
        let title = &self.graph.title;
        let mut svg = format!(
            "<svg class=\"diagram\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{} {} {width} {height}\" \
             width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"",
            -MARGIN, -MARGIN
        );
        escape_html(&mut svg, &format!("{}: {title}", self.theme.string("diagram"))).expect("a String takes any text");
        svg.push_str("\">");
        let _ = write!(svg, "<title>{}</title><desc>{}</desc>", escaped(title), escaped(&self.text_equivalent()));
        let _ = write!(svg, "<style>{STYLE}{}</style>", if has_counts { WEIGHTS } else { "" });
        self.write_edges(&mut svg);
        for (node, (text, centre)) in self.graph.nodes.iter().zip(self.texts.iter().zip(&self.drawing.nodes)) {
            write_node(&mut svg, node, text, *centre);
        }
        svg.push_str("</svg>\n");
        svg
    }

    /// One sentence for each node.
    fn text_equivalent(&self) -> String {
        let mut text = String::new();
        let mut edges = self.graph.edges.chunk_by(|one, other| one.from == other.from).peekable();
        for (position, node) in self.graph.nodes.iter().enumerate() {
            let _ = write!(text, "{}. {}. ", position + 1, node.title);
            for edge in edges.next_if(|edges| edges[0].from == position).unwrap_or_default() {
                let label = edge.label(&edge.text);
                let label = if label.is_empty() { self.theme.string("continue") } else { &label };
                let _ = write!(text, "{label} → {}. ", edge.to + 1);
            }
        }
        text.trim_end().to_owned()
    }

    /// The edges, by the node that they leave. A bed in the colour of the paper keeps them apart from those before:
    /// dashes that lie on other dashes would look like a solid line.
    fn write_edges(&self, svg: &mut String) {
        let border = |(edge, line): (&GraphEdge<'_>, &Line)| {
            let kind = self.graph.nodes[edge.to].kind;
            paths_of(&to_border(line, kind, self.drawing.nodes[edge.to], self.texts[edge.to].size()))
        };
        let paths: Vec<_> = self.graph.edges.iter().zip(&self.drawing.edges).map(border).collect();
        let mut start = 0;
        for edges in self.graph.edges.chunk_by(|one, other| one.from == other.from) {
            let end = start + edges.len();
            let bed: String = paths[start..end].iter().map(|(path, _)| path.as_str()).collect();
            let _ = write!(svg, "<path class=\"diagram-bed\" d=\"{bed}\"/>");
            for (offset, path) in paths[start..end].iter().enumerate() {
                self.write_edge(svg, start + offset, path);
            }
            start = end;
        }
    }

    fn write_edge(&self, svg: &mut String, index: usize, (path, head): &(String, String)) {
        let (edge, label, line) = (&self.graph.edges[index], &self.labels[index], &self.drawing.edges[index]);
        let (from, to) = (&self.graph.nodes[edge.from], &self.graph.nodes[edge.to]);
        let _ = write!(svg, "<g class=\"diagram-way\" data-from=\"{}\" data-to=\"{}\"", from.id, to.id);
        if let Some(option) = edge.option {
            let _ = write!(svg, " data-option=\"{option}\"");
        }
        let back = if edge.is_back() { " data-back=\"\"" } else { "" };
        let unvisited = if edge.is_unvisited { UNVISITED } else { "" };
        let weight = edge.weight().map(|weight| format!(" data-weight=\"{weight}\"")).unwrap_or_default();
        let _ = write!(svg, "{back}{unvisited}{weight}>");
        if edge.short_text != edge.text {
            let _ = write!(svg, "<title>{}</title>", escaped(&edge.text));
        }
        let _ = write!(svg, "<path class=\"diagram-line\" d=\"{path}\"/><path class=\"diagram-head\" d=\"{head}\"/>");
        let top = line.label.y - number(label.len()) * LABEL_LINE;
        for (index, text) in label.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let y = round(top + number(index) * LABEL_LINE + 12.5);
            let _ = write!(svg, "<text x=\"{}\" y=\"{y}\">{}</text>", round(line.label.x), escaped(text));
        }
        svg.push_str("</g>");
    }
}

fn write_node(svg: &mut String, node: &GraphNode<'_>, text: &NodeText, centre: Point) {
    let (id, kind) = (node.id, node.kind);
    let _ = write!(svg, "<a class=\"diagram-node\" href=\"./#{id}\" data-node=\"{id}\" data-kind=\"{kind}\"");
    if let Some(result) = &node.result {
        let _ = write!(svg, " data-result=\"{}\"", result.trim_start_matches("result_"));
    }
    let name = text.marks.iter().map(String::as_str).chain([node.title.as_str()]).collect::<Vec<_>>().join(" ");
    svg.push_str(" aria-label=\"");
    escape_html(&mut *svg, &name).expect("a String takes any text");
    svg.push('"');
    svg.push_str(if node.is_unvisited { UNVISITED } else { "" });
    svg.push('>');
    let size = text.size();
    write_shape(svg, kind, centre, size);
    let x = round(centre.x);
    let top = centre.y - (text.height_in_lines() - 1.0) * TITLE_LINE / 2.0 + 5.0;
    let marks = text.marks.iter().map(|mark| (mark, " class=\"diagram-result\""));
    for (index, (line, class)) in marks.chain(text.title.iter().map(|line| (line, ""))).enumerate() {
        let y = round(top + number(index) * TITLE_LINE);
        let _ = write!(svg, "<text{class} x=\"{x}\" y=\"{y}\">{}</text>", escaped(line));
    }
    let (x, y) = (round(centre.x - size.width / 2.0), round(centre.y));
    let _ = write!(svg, "<circle class=\"diagram-stop\" cx=\"{x}\" cy=\"{y}\" r=\"6\"/></a>");
}

/// The sign of a result, by its key.
fn sign_of(key: &str) -> &'static str {
    match key {
        "result_resolved" => "✓",
        "result_pending" => "…",
        "result_escalated" => "↑",
        "result_transferred" => "→",
        "result_not_applicable" => "–",
        _ => "○",
    }
}

fn label_size(lines: &[String]) -> Size {
    let width = lines.iter().map(|line| measure(line, LABEL_SIZE)).fold(0.0, f64::max);
    if width > 0.0 { Size { width, height: number(lines.len()) * LABEL_LINE } } else { Size::default() }
}

fn write_shape(svg: &mut String, kind: &str, centre: Point, size: Size) {
    let (left, top) = (round(centre.x - size.width / 2.0), round(centre.y - size.height / 2.0));
    let Size { width, height } = size;
    let mut rect = |inset: f64, radius: f64| {
        let (x, width) = (round(left + inset), width - 2.0 * inset);
        let _ = write!(svg, "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>");
    };
    match kind {
        "outcome" => rect(0.0, (height / 2.0).min(CAPSULE)),
        "call" => {
            rect(0.0, 2.0);
            rect(8.0, 0.0);
        }
        "step" => rect(0.0, 5.0),
        _ => {
            let (half, inner) = (height / 2.0, width - 2.0 * CUT);
            let _ = write!(
                svg,
                "<path d=\"M{} {top}h{inner}l{CUT} {half}l-{CUT} {half}h-{inner}l-{CUT} -{half}Z\"/>",
                left + CUT
            );
        }
    }
}

/// Prolongs a line to the border of a shape whose corners are round or cut.
fn to_border(line: &Line, kind: &str, centre: Point, size: Size) -> Vec<Point> {
    let mut points = line.points.clone();
    let [.., before, end] = points.as_mut_slice() else { return points };
    let (half_width, half_height) = (size.width / 2.0, size.height / 2.0);
    let radius = half_height.min(CAPSULE);
    let depth = |distance: f64| radius - (radius * radius - distance * distance).max(0.0).sqrt();
    if (before.x - end.x).abs() < 0.05 {
        let beyond = (end.x - centre.x).abs() - (half_width - radius);
        end.y += if kind == "outcome" && beyond > 0.0 { depth(beyond) } else { 0.0 };
    } else {
        let off = (end.y - centre.y).abs();
        end.x += match kind {
            "outcome" if off > half_height - radius => depth(off - (half_height - radius)),
            "question" | "branch" | "unknown" => CUT * off / half_height,
            _ => 0.0,
        };
    }
    points
}

/// The path through the points with round corners, and its arrow.
fn paths_of(points: &[Point]) -> (String, String) {
    let last = points[points.len() - 1];
    let towards = |from: Point, to: Point, distance: f64| {
        let length = (to.x - from.x).abs() + (to.y - from.y).abs();
        let share = if length > 0.0 { distance / length } else { 0.0 };
        Point { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
    };
    let pair = |point: Point| format!("{} {}", round(point.x), round(point.y));
    let length = |from: Point, to: Point| (to.x - from.x).abs() + (to.y - from.y).abs();
    let mut path = format!("M{}", pair(points[0]));
    for around in points.windows(3) {
        let [before, corner, after] = around else { continue };
        let radius = CORNER.min(length(*before, *corner) / 2.0).min(length(*corner, *after) / 2.0);
        let (start, end) = (towards(*corner, *before, radius), towards(*corner, *after, radius));
        let _ = write!(path, "L{}Q{} {}", pair(start), pair(*corner), pair(end));
    }
    let before = points[points.len() - 2];
    let base = towards(last, before, ARROW_LENGTH);
    let _ = write!(path, "L{}", pair(towards(last, before, ARROW_LENGTH - 2.0)));
    let is_vertical = (last.x - before.x).abs() < 0.05;
    let (x, y) = if is_vertical { (ARROW_HALF, 0.0) } else { (0.0, ARROW_HALF) };
    let head = format!(
        "M{}L{}L{}Z",
        pair(Point { x: base.x - x, y: base.y - y }),
        pair(last),
        pair(Point { x: base.x + x, y: base.y + y })
    );
    (path, head)
}

fn escaped(text: &str) -> String {
    let mut html = String::new();
    escape_html_body_text(&mut html, text).expect("a String takes any text");
    html
}

#[expect(clippy::cast_precision_loss, reason = "counts of lines and characters are small")]
fn number(count: usize) -> f64 {
    count as f64
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The width of a shape at a height above or below its centre.
    fn width_at(kind: &str, size: Size, distance: f64) -> f64 {
        let half = size.height / 2.0;
        let radius = half.min(CAPSULE);
        match kind {
            "outcome" => {
                let beyond = (distance - (half - radius)).max(0.0);
                size.width - 2.0 * (radius - (radius * radius - beyond * beyond).max(0.0).sqrt())
            }
            "call" => size.width - 16.0,
            "step" => size.width,
            _ => size.width - 2.0 * CUT * distance / half,
        }
    }

    proptest! {
        #[test]
        fn every_text_fits_its_shape(title in "[a-zA-Zçã漢 ]{0,200}", kind in 0..5_usize, has_mark in any::<bool>()) {
            let kind = ["question", "step", "branch", "call", "outcome"][kind];
            let lines = |text: &str| wrap(text, NODE_WIDTH - 2.0 * NODE_PADDING, TITLE_SIZE);
            let marks = if has_mark { lines("✓ Resolvido") } else { Vec::new() };
            let text = NodeText { marks, title: lines(&title) };
            let size = text.size();
            let top = -size.height / 2.0 + NODE_MARGIN;
            for (index, line) in text.marks.iter().chain(&text.title).enumerate() {
                // Letters reach from 3 px below the top of the line to 2 px above its bottom.
                let upper = top + number(index) * TITLE_LINE + 3.0;
                let lower = top + number(index + 1) * TITLE_LINE - 2.0;
                let width = width_at(kind, size, upper.abs().max(lower.abs()));
                prop_assert!(measure(line, TITLE_SIZE) <= width - 4.0, "{} in {}", line, kind);
            }
        }

        #[test]
        fn lines_end_at_round_and_cut_borders(share in -1.0..1.0_f64, lines in 1..6_u32) {
            let size = Size { width: NODE_WIDTH, height: f64::from(lines) * TITLE_LINE + 2.0 * NODE_MARGIN };
            let at = |x: f64, y: f64| Point { x, y };
            let y = share * size.height / 2.0;
            for kind in ["question", "outcome", "step"] {
                let line = Line { points: vec![at(-300.0, y), at(-128.0, y)], label: Point::default() };
                let end = to_border(&line, kind, Point::default(), size)[1];
                prop_assert!((2.0 * -end.x - width_at(kind, size, y.abs())).abs() < 0.01, "{kind}: {end:?}");
            }
        }
    }
}
