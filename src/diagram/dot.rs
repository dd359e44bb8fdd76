//! Diagram in the DOT language of Graphviz.

use std::fmt::Write;

use super::{DiagramGraph, Labels, Marks, RED, one_line};
use crate::site::flow::FlowId;

pub(crate) fn write(labels: Labels<'_>, id: FlowId, marks: Marks<'_>) -> String {
    write_graph(&DiagramGraph::new(labels, labels.site.flow(id), marks))
}

/// Questions are diamonds, branches hexagons, calls boxes with double sides, outcomes ellipses. Back edges are dashed and do not
/// affect the layout.
fn write_graph(graph: &DiagramGraph<'_>) -> String {
    let title = quoted(&one_line(&graph.title));
    let mut text = format!(
        "digraph {title} {{\n  graph [label={title}, labelloc=t, rankdir=TB, fontname=\"sans-serif\"];\n  \
         node [fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n"
    );
    for (index, node) in graph.nodes.iter().enumerate() {
        let number = index + 1;
        let title = quoted(&format!("{number}. {}", node.one_line_title()));
        let red = if node.is_unvisited { format!(", style=dotted, color=\"{RED}\"") } else { String::new() };
        writeln!(text, "  n{number} [label={title}, shape={}{red}];", shape(node.kind))
            .expect("a String takes any text");
    }
    for edge in &graph.edges {
        let label = edge.label(&edge.text);
        let label = (!label.is_empty()).then(|| format!("label={}", quoted(&label)));
        let back = edge.is_back().then(|| "style=dashed, constraint=false".to_owned());
        let red = edge.is_unvisited.then(|| format!("color=\"{RED}\""));
        let heavy = edge.weight().map(|weight| format!("penwidth={}", weight + 1));
        let attributes = label.into_iter().chain(back).chain(red).chain(heavy).collect::<Vec<_>>().join(", ");
        let attributes = if attributes.is_empty() { attributes } else { format!(" [{attributes}]") };
        writeln!(text, "  n{} -> n{}{attributes};", edge.from + 1, edge.to + 1).expect("a String takes any text");
    }
    text + "}\n"
}

fn shape(kind: &str) -> &'static str {
    match kind {
        "question" => "diamond",
        "branch" => "hexagon",
        "call" => "box, peripheries=2",
        "outcome" => "ellipse",
        _ => "box",
    }
}

/// A quoted string. Escapes such as `\N` and `&lt;` would have a meaning in it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;"))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn draws_each_kind_in_its_shape_and_dashes_back_edges() {
        let text = write_graph(&sample("Fim", "Sim"));
        assert!(text.starts_with("digraph \"Fim\" {\n"), "{text}");
        for line in [
            "  n1 [label=\"1. Fim\", shape=diamond];",
            "  n2 [label=\"2. Fim\", shape=box];",
            "  n3 [label=\"3. Fim\", shape=hexagon];",
            "  n4 [label=\"4. Fim\", shape=box, peripheries=2, style=dotted, color=\"#b3123c\"];",
            "  n5 [label=\"5. Fim\", shape=ellipse];",
            "  n1 -> n2 [label=\"Sim · 2 (67 %)\", penwidth=4];",
            "  n2 -> n1 [style=dashed, constraint=false, color=\"#b3123c\"];",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }

    #[test]
    fn escapes_titles() {
        assert_eq!(quoted(r#"Diz "não" \N &lt;"#), r#""Diz \"não\" \\N &amp;lt;""#);
    }
}
