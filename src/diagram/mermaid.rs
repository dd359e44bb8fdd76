//! Diagram as a Mermaid flowchart.
//!
//! Nodes are named by their numbers, since ids such as `end` are keywords of Mermaid.

use std::fmt::Write;

use super::{DiagramGraph, Labels, Marks, RED, one_line};
use crate::site::flow::FlowId;

pub(crate) fn write(labels: Labels<'_>, id: FlowId, marks: Marks<'_>) -> String {
    write_graph(&DiagramGraph::new(labels, labels.site.flow(id), marks))
}

/// Questions are diamonds, branches hexagons, calls boxes with double sides, outcomes capsules.
fn write_graph(graph: &DiagramGraph<'_>) -> String {
    let mut text = format!("flowchart TD\n  %% {}\n", one_line(&graph.title));
    for (index, node) in graph.nodes.iter().enumerate() {
        let (open, close) = shape(node.kind);
        let number = index + 1;
        let title = escaped(&format!("{number}. {}", node.one_line_title()));
        writeln!(text, "  n{number}{open}\"{title}\"{close}").expect("a String takes any text");
    }
    for edge in &graph.edges {
        let label = edge.label(&edge.text);
        let label = if label.is_empty() { label } else { format!("|\"{}\"|", escaped(&label)) };
        let arrow = if edge.is_back() { "-.->" } else { "-->" };
        writeln!(text, "  n{} {arrow}{label} n{}", edge.from + 1, edge.to + 1).expect("a String takes any text");
    }
    write_unvisited(&mut text, graph);
    write_weights(&mut text, graph);
    text
}

/// Draws nodes and edges that no scenario visits in red.
fn write_unvisited(text: &mut String, graph: &DiagramGraph<'_>) {
    let nodes = graph.nodes.iter().enumerate().filter(|(_, node)| node.is_unvisited);
    let nodes = nodes.map(|(index, _)| format!("n{}", index + 1)).collect::<Vec<_>>().join(",");
    let edges = graph.edges.iter().enumerate().filter(|(_, edge)| edge.is_unvisited);
    let edges = edges.map(|(index, _)| index.to_string()).collect::<Vec<_>>().join(",");
    if !nodes.is_empty() {
        writeln!(text, "  classDef unvisited stroke:{RED},stroke-dasharray:2 4\n  class {nodes} unvisited")
            .expect("a String takes any text");
    }
    if !edges.is_empty() {
        writeln!(text, "  linkStyle {edges} stroke:{RED}").expect("a String takes any text");
    }
}

/// Draws edges that many readers took thicker.
fn write_weights(text: &mut String, graph: &DiagramGraph<'_>) {
    for (index, edge) in graph.edges.iter().enumerate() {
        if let Some(weight) = edge.weight() {
            writeln!(text, "  linkStyle {index} stroke-width:{}px", weight * 2 + 1).expect("a String takes any text");
        }
    }
}

fn shape(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "question" => ("{", "}"),
        "branch" => ("{{", "}}"),
        "call" => ("[[", "]]"),
        "outcome" => ("([", "])"),
        _ => ("[", "]"),
    }
}

/// Writes other characters than letters, digits, spaces, `,?!` and hyphens inside words by their code points: Mermaid gives
/// quotes, `#` and `;` a meaning, and reads `1.`, `*`, `<` and URLs as Markdown.
fn escaped(text: &str) -> String {
    let mut label = String::new();
    let mut characters = text.chars().peekable();
    let mut last = ' ';
    while let Some(character) = characters.next() {
        let is_inside = last.is_alphanumeric() && characters.peek().is_some_and(|next| next.is_alphanumeric());
        let is_plain = !character.is_ascii() || character.is_ascii_alphanumeric() || " ,?!".contains(character);
        if is_plain || (character == '-' && is_inside) {
            label.push(character);
        } else {
            write!(label, "#{};", u32::from(character)).expect("a String takes any text");
        }
        last = character;
    }
    label
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn draws_each_kind_in_its_shape_and_dots_back_edges() {
        let lines = [
            "flowchart TD",
            "  %% Pós-venda",
            "  n1{\"1#46; Pós-venda\"}",
            "  n2[\"2#46; Pós-venda\"]",
            "  n3{{\"3#46; Pós-venda\"}}",
            "  n4[[\"4#46; Pós-venda\"]]",
            "  n5([\"5#46; Pós-venda\"])",
            "  n1 -->|\"Sim · 2 #40;67 #37;#41;\"| n2",
            "  n2 -.-> n1",
            "  classDef unvisited stroke:#b3123c,stroke-dasharray:2 4",
            "  class n4 unvisited",
            "  linkStyle 1 stroke:#b3123c",
            "  linkStyle 0 stroke-width:7px",
        ];
        assert_eq!(write_graph(&sample("Pós-venda", "Sim")).lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn escapes_titles() {
        assert_eq!(escaped(r#"Diz "não"; #1 <b> `x`"#), "Diz #34;não#34;#59; #35;1 #60;b#62; #96;x#96;");
        assert_eq!(escaped("- end | fim --> ]"), "#45; end #124; fim #45;#45;#62; #93;");
    }
}
