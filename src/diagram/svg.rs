//! `diagram.svg`: the picture of a flow.
//!
//! [`layout`] says where everything stands; here it gets shapes, words and links. A question is a box with cut corners, a
//! step a plain box, a call a box with double sides, an outcome a capsule with the word of its result. The file carries its
//! own style, light and dark, and its text equivalent; each node links to its place in the flow's page.

use std::fmt::Write;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::condition_text::ConditionText;
use super::layout::{self, Drawing, Edge, Line, Point, Size};
use super::{Labels, Marks, counted, result_key, title_of};
use crate::flow::usage_counts::ExitUsage;
use crate::site::flow::{Flow, FlowId, Node, NodeId, NodeKind};
use crate::site::node::{NodeExit, NodeExitKind};
use crate::theme::Theme;

/// Style of the file.
const STYLE: &str = include_str!("svg.css");

/// Ways that many readers took are heavier; one that nobody took is dotted.
const WEIGHTS: &str = ".diagram-way[data-weight=\"0\"] path{stroke-dasharray:1 4}.diagram-way[data-weight=\"2\"] path{stroke-width:3}\
     .diagram-way[data-weight=\"3\"] path{stroke-width:5}.diagram-way[data-weight=\"4\"] path{stroke-width:7}";

/// On what no scenario visits.
const UNVISITED: &str = " data-unvisited=\"\"";

/// Points so near to a straight line are left out of it.
const STRAIGHT: f64 = 6.0;

/// Space around the drawing.
const MARGIN: f64 = 12.0;
const NODE_WIDTH: f64 = 208.0;
const LINE_HEIGHT: f64 = 18.0;
/// Mean width of a character at the size of a node's text, and of a label's.
const NODE_CHARACTER: f64 = 7.4;
const LABEL_CHARACTER: f64 = 6.6;
/// Longer titles and labels are cut; the text beside the picture has them whole.
const MOST_LINES: usize = 4;
const LONGEST_LABEL: usize = 34;

/// A way of the flow, with its words.
struct DrawnWay<'a> {
    edge: Edge,
    /// Among the ways of its node.
    index: usize,
    label: String,
    /// What the reader of the page chose, for the script that marks the path.
    option: Option<&'a str>,
    /// No scenario takes it.
    is_unvisited: bool,
    /// How heavy it is drawn, where readers were counted.
    weight: Option<usize>,
}

/// Draws a flow; its nodes in the order of the numbered document.
pub(crate) fn write(labels: Labels<'_>, id: FlowId, marks: Marks<'_>) -> String {
    let mut svg = String::new();
    Picture::new(labels, labels.site.flow(id), marks).write(&mut svg);
    svg
}

struct Picture<'a> {
    labels: Labels<'a>,
    flow: &'a Flow,
    titles: Vec<Vec<String>>,
    ways: Vec<DrawnWay<'a>>,
    marks: Marks<'a>,
    drawing: Drawing,
}

impl<'a> Picture<'a> {
    fn new(labels: Labels<'a>, flow: &'a Flow, marks: Marks<'a>) -> Self {
        let titles: Vec<_> = flow.order.iter().map(|id| wrap(&title_of(labels.theme, flow.node(*id)))).collect();
        let above = |id: NodeId| marks_of(labels.theme, flow, id, marks).len();
        let sizes = titles.iter().zip(&flow.order).map(|(title, id)| size_of(title.len() + above(*id)));
        let sizes: Vec<_> = sizes.collect();
        let mut positions = vec![0; flow.nodes.len()];
        for (position, id) in flow.order.iter().enumerate() {
            positions[id.0] = position;
        }
        let words = ConditionText { theme: labels.theme, flow, flows: &labels.site.flows };
        let ways = flow.order.iter().flat_map(|id| ways_of(flow, *id, &positions, &words, marks));
        let mut ways: Vec<_> = ways.collect();
        for way in &mut ways {
            let from = flow.order[way.edge.from];
            way.is_unvisited = marks.lacks_way(from, way.index);
        }
        let edges: Vec<_> = ways.iter().map(|way| way.edge).collect();
        let drawing = layout::draw(&sizes, &edges);
        Self { labels, flow, titles, ways, marks, drawing }
    }

    fn write(&self, svg: &mut String) {
        let Size { width, height } = self.drawing.size;
        let (width, height) = (width + 2.0 * MARGIN, height + 2.0 * MARGIN);
        let title = &self.flow.metadata.title.value;
        let _ = write!(
            svg,
            "<svg class=\"diagram\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{} {} {width} {height}\" \
             width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"",
            -MARGIN, -MARGIN
        );
        escape_html(&mut *svg, &format!("{}: {title}", self.labels.theme.string("diagram")))
            .expect("a String takes any text");
        svg.push_str("\">");
        let _ = write!(svg, "<title>{}</title><desc>{}</desc>", escaped(title), escaped(&self.in_words()));
        let _ = write!(svg, "<style>{STYLE}{}</style>", if self.marks.tally.is_some() { WEIGHTS } else { "" });
        svg.push_str(
            "<defs><marker id=\"diagram-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"12\" markerHeight=\"12\" \
             markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path class=\"diagram-arrow\" d=\"M0 0L8 4L0 8Z\"/></marker></defs>",
        );
        for (way, line) in self.ways.iter().zip(&self.drawing.edges) {
            self.write_line(svg, way, line);
        }
        for (position, id) in self.flow.order.iter().enumerate() {
            self.write_node(svg, position, *id);
        }
        svg.push_str("</svg>\n");
    }

    /// The text equivalent: a sentence a node.
    fn in_words(&self) -> String {
        let mut text = String::new();
        for (position, id) in self.flow.order.iter().enumerate() {
            let _ = write!(text, "{}. {}. ", position + 1, title_of(self.labels.theme, self.flow.node(*id)));
            for way in self.ways.iter().filter(|way| way.edge.from == position) {
                let label = if way.label.is_empty() { self.labels.theme.string("continue") } else { &way.label };
                let _ = write!(text, "{label} → {}. ", way.edge.to + 1);
            }
        }
        text.trim_end().to_owned()
    }

    fn write_line(&self, svg: &mut String, way: &DrawnWay<'_>, line: &Line) {
        let id_at = |position: usize| &self.flow.node(self.flow.order[position]).id.value;
        let _ = write!(
            svg,
            "<g class=\"diagram-way\" data-from=\"{}\" data-to=\"{}\"",
            id_at(way.edge.from),
            id_at(way.edge.to)
        );
        if let Some(option) = way.option {
            let _ = write!(svg, " data-option=\"{option}\"");
        }
        let back = if line.is_back { " data-back=\"\"" } else { "" };
        let unvisited = if way.is_unvisited { UNVISITED } else { "" };
        let weight = way.weight.map(|weight| format!(" data-weight=\"{weight}\"")).unwrap_or_default();
        let _ = write!(
            svg,
            "{back}{unvisited}{weight}><path d=\"{}\" marker-end=\"url(#diagram-arrow)\"/>",
            path_of(&line.points)
        );
        if !way.label.is_empty() {
            let Point { x, y } = line.label;
            let _ = write!(svg, "<text x=\"{x}\" y=\"{}\">{}</text>", round(y + 4.0), escaped(&way.label));
        }
        svg.push_str("</g>");
    }

    fn write_node(&self, svg: &mut String, position: usize, id: NodeId) {
        let node = self.flow.node(id);
        let lines = &self.titles[position];
        let marks = marks_of(self.labels.theme, self.flow, id, self.marks);
        let size = size_of(lines.len() + marks.len());
        let Point { x, y } = self.drawing.nodes[position];
        let result = result_of(node);
        let _ = write!(
            svg,
            "<a class=\"diagram-node\" href=\"./#{0}\" data-node=\"{0}\" data-kind=\"{1}\"",
            node.id.value,
            node.kind_name()
        );
        if let Some(result) = &result {
            let _ = write!(svg, " data-result=\"{}\"", result.trim_start_matches("result_"));
        }
        let is_unvisited = self.marks.lacks_node(id);
        svg.push_str(if is_unvisited { UNVISITED } else { "" });
        svg.push('>');
        write_shape(svg, node, Point { x, y }, size);
        let top = y - (number(lines.len() + marks.len()) - 1.0) * LINE_HEIGHT / 2.0 + 5.0;
        let marks = marks.iter().map(|mark| (mark.as_str(), " class=\"diagram-result\""));
        for (index, (text, class)) in marks.chain(lines.iter().map(|line| (line.as_str(), ""))).enumerate() {
            let _ = write!(
                svg,
                "<text{class} x=\"{x}\" y=\"{}\">{}</text>",
                round(top + number(index) * LINE_HEIGHT),
                escaped(text)
            );
        }
        svg.push_str("</a>");
    }
}

/// The ways of a node, in the author's order; those to nowhere were reported.
fn ways_of<'a>(
    flow: &'a Flow,
    id: NodeId,
    positions: &[usize],
    words: &ConditionText<'_>,
    marks: Marks<'_>,
) -> Vec<DrawnWay<'a>> {
    let way = |(index, exit): (usize, NodeExit<'a>)| {
        let taken = marks.taken(flow, id, index);
        let label = counted(&shorten(&words.of_exit(&exit)), taken);
        let option = match exit.kind {
            NodeExitKind::Option(option) => Some(option.id.value.as_str()),
            _ => None,
        };
        let width = number(label.chars().count()) * LABEL_CHARACTER + 8.0;
        let size = if label.is_empty() { Size::default() } else { Size { width, height: LINE_HEIGHT } };
        let edge = Edge { from: positions[id.0], to: positions[exit.target?.0], label: size };
        Some(DrawnWay { edge, index, label, option, is_unvisited: false, weight: taken.map(ExitUsage::weight) })
    };
    flow.node(id).exits().into_iter().enumerate().filter_map(way).collect()
}

/// Key of the word for the result of an outcome.
fn result_of(node: &Node) -> Option<String> {
    match &node.kind {
        NodeKind::Outcome { result, .. } => Some(result_key(*result)),
        _ => None,
    }
}

/// What stands above the title of a node: how it ends, that no scenario visits it, how often readers came there.
fn marks_of(theme: &Theme, flow: &Flow, id: NodeId, marks: Marks<'_>) -> Vec<String> {
    let unvisited = marks.lacks_node(id).then(|| theme.string("unvisited").to_owned());
    result_of(flow.node(id))
        .map(|key| theme.string(&key).to_owned())
        .into_iter()
        .chain(unvisited)
        .chain(marks.visits(flow, id))
        .collect()
}

/// Of a node with so many lines.
fn size_of(lines: usize) -> Size {
    Size { width: NODE_WIDTH, height: number(lines) * LINE_HEIGHT + 20.0 }
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
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        lines[MOST_LINES - 1].push('…');
    }
    lines
}

fn shorten(label: &str) -> String {
    if label.chars().count() <= LONGEST_LABEL {
        return label.to_owned();
    }
    label.chars().take(LONGEST_LABEL - 1).chain(['…']).collect()
}

fn write_shape(svg: &mut String, node: &Node, centre: Point, size: Size) {
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
    match node.kind {
        NodeKind::Outcome { .. } => rect(0.0, height / 2.0),
        NodeKind::Call { .. } => {
            rect(0.0, 2.0);
            rect(8.0, 0.0);
        }
        NodeKind::Step { .. } | NodeKind::Unknown => rect(0.0, 4.0),
        NodeKind::Question { .. } | NodeKind::Branch { .. } => {
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

/// Of the points of a line those without which it would look different.
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

/// A smooth line through the points (Catmull and Rom's), which leaves and reaches the nodes upright.
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
        // `S`: leaves a point as it was reached.
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
