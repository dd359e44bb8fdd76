//! `diagram.svg`: the drawing of a flow, with shapes, texts, links and a text equivalent.
//!
//! A question or branch is a box with cut corners, a step a plain box, a call a box with double sides, an outcome a capsule with its
//! result. The file has its own style, light and dark; each node links to its place in the page of the flow. [`layout`] computes
//! the positions. Entry point: [`write()`].

use std::fmt::Write;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::layout::{self, Drawing, Edge, Line, Point, Size};
use super::{DiagramGraph, GraphEdge, GraphNode, Labels, Marks};
use crate::site::flow::FlowId;
use crate::theme::Theme;

const STYLE: &str = include_str!("svg.css");

/// Edges that many readers took are thicker; an edge that no reader took is dotted.
const WEIGHTS: &str = ".diagram-way[data-weight=\"0\"] path{stroke-dasharray:1 4}.diagram-way[data-weight=\"2\"] path{stroke-width:3}\
     .diagram-way[data-weight=\"3\"] path{stroke-width:5}.diagram-way[data-weight=\"4\"] path{stroke-width:7}";

/// Attribute of nodes and edges that no scenario visits.
const UNVISITED: &str = " data-unvisited=\"\"";

/// Points nearer to a straight line than this are removed from it.
const STRAIGHT: f64 = 6.0;

/// Space around the drawing.
const MARGIN: f64 = 12.0;
const NODE_WIDTH: f64 = 208.0;
const LINE_HEIGHT: f64 = 18.0;
/// Mean width of a character in a node.
const NODE_CHARACTER: f64 = 7.4;
/// Mean width of a character in a label.
const LABEL_CHARACTER: f64 = 6.6;
/// Longer titles are cut; the text equivalent has them whole.
const MAX_TITLE_LINES: usize = 4;
/// Longer labels are cut, in characters.
const MAX_LABEL: usize = 34;

pub(crate) fn write(labels: Labels<'_>, id: FlowId, marks: Marks<'_>) -> String {
    let graph = DiagramGraph::new(labels, labels.site.flow(id), marks);
    Picture::new(labels.theme, &graph).write(marks.counts.is_some())
}

struct Picture<'a> {
    theme: &'a Theme,
    graph: &'a DiagramGraph<'a>,
    /// By node.
    texts: Vec<NodeText>,
    /// By edge.
    labels: Vec<String>,
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
        let result = node.result.as_ref().map(|key| theme.string(key).to_owned());
        let unvisited = node.is_unvisited.then(|| theme.string("unvisited").to_owned());
        let marks = result.into_iter().chain(unvisited).chain(node.visits.clone()).collect();
        Self { marks, title: wrap(&node.title) }
    }

    fn height_in_lines(&self) -> f64 {
        number(self.marks.len() + self.title.len())
    }

    fn size(&self) -> Size {
        Size { width: NODE_WIDTH, height: self.height_in_lines() * LINE_HEIGHT + 20.0 }
    }
}

impl<'a> Picture<'a> {
    fn new(theme: &'a Theme, graph: &'a DiagramGraph<'a>) -> Self {
        let texts: Vec<_> = graph.nodes.iter().map(|node| NodeText::new(node, theme)).collect();
        let labels: Vec<_> = graph.edges.iter().map(|edge| edge.label(shorten)).collect();
        let sizes: Vec<_> = texts.iter().map(NodeText::size).collect();
        let mut edges = Vec::new();
        for (edge, label) in graph.edges.iter().zip(&labels) {
            edges.push(Edge { from: edge.from, to: edge.to, label: label_size(label) });
        }
        Self { theme, graph, texts, labels, drawing: layout::draw(&sizes, &edges) }
    }

    fn write(&self, has_counts: bool) -> String {
        let Size { width, height } = self.drawing.size;
        let (width, height) = (width + 2.0 * MARGIN, height + 2.0 * MARGIN);
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
        svg.push_str(
            "<defs><marker id=\"diagram-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"12\" markerHeight=\"12\" \
             markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path class=\"diagram-arrow\" d=\"M0 0L8 4L0 8Z\"/></marker></defs>",
        );
        for (edge, (label, line)) in self.graph.edges.iter().zip(self.labels.iter().zip(&self.drawing.edges)) {
            self.write_edge(&mut svg, edge, label, line);
        }
        for (node, (text, centre)) in self.graph.nodes.iter().zip(self.texts.iter().zip(&self.drawing.nodes)) {
            write_node(&mut svg, node, text, *centre);
        }
        svg.push_str("</svg>\n");
        svg
    }

    /// One sentence for each node.
    fn text_equivalent(&self) -> String {
        let mut text = String::new();
        for (position, node) in self.graph.nodes.iter().enumerate() {
            let _ = write!(text, "{}. {}. ", position + 1, node.title);
            for (edge, label) in self.graph.edges.iter().zip(&self.labels).filter(|(edge, _)| edge.from == position) {
                let label = if label.is_empty() { self.theme.string("continue") } else { label };
                let _ = write!(text, "{label} → {}. ", edge.to + 1);
            }
        }
        text.trim_end().to_owned()
    }

    fn write_edge(&self, svg: &mut String, edge: &GraphEdge<'_>, label: &str, line: &Line) {
        let (from, to) = (self.graph.nodes[edge.from].id, self.graph.nodes[edge.to].id);
        let _ = write!(svg, "<g class=\"diagram-way\" data-from=\"{from}\" data-to=\"{to}\"");
        if let Some(option) = edge.option {
            let _ = write!(svg, " data-option=\"{option}\"");
        }
        let back = if line.is_back { " data-back=\"\"" } else { "" };
        let unvisited = if edge.is_unvisited { UNVISITED } else { "" };
        let weight = edge.weight().map(|weight| format!(" data-weight=\"{weight}\"")).unwrap_or_default();
        let path = path_of(&line.points);
        let _ = write!(svg, "{back}{unvisited}{weight}><path d=\"{path}\" marker-end=\"url(#diagram-arrow)\"/>");
        if !label.is_empty() {
            let Point { x, y } = line.label;
            let _ = write!(svg, "<text x=\"{x}\" y=\"{}\">{}</text>", round(y + 4.0), escaped(label));
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
    svg.push_str(if node.is_unvisited { UNVISITED } else { "" });
    svg.push('>');
    write_shape(svg, kind, centre, text.size());
    let Point { x, y } = centre;
    let top = y - (text.height_in_lines() - 1.0) * LINE_HEIGHT / 2.0 + 5.0;
    let marks = text.marks.iter().map(|mark| (mark, " class=\"diagram-result\""));
    for (index, (line, class)) in marks.chain(text.title.iter().map(|line| (line, ""))).enumerate() {
        let y = round(top + number(index) * LINE_HEIGHT);
        let _ = write!(svg, "<text{class} x=\"{x}\" y=\"{y}\">{}</text>", escaped(line));
    }
    svg.push_str("</a>");
}

fn label_size(label: &str) -> Size {
    if label.is_empty() {
        return Size::default();
    }
    Size { width: number(label.chars().count()) * LABEL_CHARACTER + 8.0, height: LINE_HEIGHT }
}

/// Breaks a title into lines that fit a node.
fn wrap(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in title.split_whitespace() {
        let last = lines.last_mut().expect("there is a line from the start");
        let width = number(last.chars().count() + word.chars().count() + 1) * NODE_CHARACTER;
        if !last.is_empty() && width > NODE_WIDTH - 24.0 {
            lines.push(word.to_owned());
        } else {
            last.push_str(if last.is_empty() { "" } else { " " });
            last.push_str(word);
        }
    }
    if lines.len() > MAX_TITLE_LINES {
        lines.truncate(MAX_TITLE_LINES);
        lines[MAX_TITLE_LINES - 1].push('…');
    }
    lines
}

fn shorten(label: &str) -> String {
    if label.chars().count() <= MAX_LABEL {
        return label.to_owned();
    }
    label.chars().take(MAX_LABEL - 1).chain(['…']).collect()
}

fn write_shape(svg: &mut String, kind: &str, centre: Point, size: Size) {
    let (left, top) = (round(centre.x - size.width / 2.0), round(centre.y - size.height / 2.0));
    let Size { width, height } = size;
    let mut rect = |inset: f64, radius: f64| {
        let _ = write!(
            svg,
            "<rect x=\"{}\" y=\"{top}\" width=\"{}\" height=\"{height}\" rx=\"{radius}\"/>",
            left + inset,
            width - 2.0 * inset
        );
    };
    match kind {
        "outcome" => rect(0.0, height / 2.0),
        "call" => {
            rect(0.0, 2.0);
            rect(8.0, 0.0);
        }
        "step" => rect(0.0, 4.0),
        _ => {
            let cut = 12.0;
            let _ = write!(
                svg,
                "<path d=\"M{} {top}h{}l{cut} {}l-{cut} {}h-{}l-{cut} -{}Z\"/>",
                left + cut,
                width - 2.0 * cut,
                height / 2.0,
                height / 2.0,
                width - 2.0 * cut,
                height / 2.0
            );
        }
    }
}

/// Removes points that hardly change the line.
fn simplified(points: &[Point]) -> Vec<Point> {
    let mut kept = vec![0];
    for index in 1..points.len() - 1 {
        let last = kept[kept.len() - 1];
        let (from, to) = (points[last], points[index + 1]);
        let is_on_line = |point: &Point| {
            let share = (point.y - from.y) / (to.y - from.y);
            (from.x + (to.x - from.x) * share - point.x).abs() < STRAIGHT
        };
        if !points[last + 1..=index].iter().all(is_on_line) {
            kept.push(index);
        }
    }
    kept.push(points.len() - 1);
    kept.into_iter().map(|index| points[index]).collect()
}

/// A smooth path through the points (Catmull-Rom spline), vertical at both ends.
fn path_of(points: &[Point]) -> String {
    let points = simplified(points);
    let tangent = |index: usize| {
        let (before, after) = (points[index.saturating_sub(1)], points[(index + 1).min(points.len() - 1)]);
        let is_end = index == 0 || index + 1 == points.len();
        Point {
            x: if is_end { 0.0 } else { (after.x - before.x) / 6.0 },
            y: (after.y - before.y) / if is_end { 2.0 } else { 6.0 },
        }
    };
    let pair = |point: Point| format!("{} {}", round(point.x), round(point.y));
    let first = Point { x: points[0].x + tangent(0).x, y: points[0].y + tangent(0).y };
    let mut path = format!("M{}C{} ", pair(points[0]), pair(first));
    for (index, to) in points.iter().enumerate().skip(1) {
        let reach = tangent(index);
        // `S` continues the tangent of the point before.
        path += if index == 1 { "" } else { "S" };
        let _ = write!(path, "{} {}", pair(Point { x: to.x - reach.x, y: to.y - reach.y }), pair(*to));
    }
    path
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
