//! A Graphviz digraph.

use std::fmt::Write;

use super::{Labels, Marks, RED, Sketch};
use crate::site::flow::FlowId;

/// Writes a flow as a digraph.
pub(crate) fn write(labels: Labels<'_>, id: FlowId, marks: Marks<'_>) -> String {
    write_sketch(&Sketch::new(labels, labels.site.flow(id), marks))
}

/// Writes the digraph: questions are diamonds, branches hexagons, calls boxes with double sides, outcomes ellipses. Ways back
/// are dashed and do not pull their node down.
fn write_sketch(sketch: &Sketch) -> String {
    let title = quoted(&sketch.title);
    let mut text = format!(
        "digraph {title} {{\n  graph [label={title}, labelloc=t, rankdir=TB, fontname=\"sans-serif\"];\n  \
         node [fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n"
    );
    for (index, node) in sketch.nodes.iter().enumerate() {
        let number = index + 1;
        let title = quoted(&format!("{number}. {}", node.title));
        let red = if node.is_unvisited { format!(", style=dotted, color=\"{RED}\"") } else { String::new() };
        writeln!(text, "  n{number} [label={title}, shape={}{red}];", shape(node.kind))
            .expect("a String takes any text");
    }
    for way in &sketch.ways {
        let label = (!way.label.is_empty()).then(|| format!("label={}", quoted(&way.label)));
        let back = way.is_back().then(|| "style=dashed, constraint=false".to_owned());
        let red = way.is_unvisited.then(|| format!("color=\"{RED}\""));
        let heavy = way.weight.map(|weight| format!("penwidth={}", weight + 1));
        let attributes = label.into_iter().chain(back).chain(red).chain(heavy).collect::<Vec<_>>().join(", ");
        let attributes = if attributes.is_empty() { attributes } else { format!(" [{attributes}]") };
        writeln!(text, "  n{} -> n{}{attributes};", way.from, way.to).expect("a String takes any text");
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

/// A quoted string. Graphviz reads `\N` and `&lt;` inside one: both are kept as they were written.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;"))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn each_kind_has_its_shape_and_ways_back_do_not_pull() {
        let text = write_sketch(&sample("Fim", "Sim"));
        assert!(text.starts_with("digraph \"Fim\" {\n"), "{text}");
        for line in [
            "  n1 [label=\"1. Fim\", shape=diamond];",
            "  n2 [label=\"2. Fim\", shape=box];",
            "  n3 [label=\"3. Fim\", shape=hexagon];",
            "  n4 [label=\"4. Fim\", shape=box, peripheries=2, style=dotted, color=\"#b3123c\"];",
            "  n5 [label=\"5. Fim\", shape=ellipse];",
            "  n1 -> n2 [label=\"Sim\", penwidth=4];",
            "  n2 -> n1 [style=dashed, constraint=false, color=\"#b3123c\"];",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }

    #[test]
    fn any_title_is_safe() {
        assert_eq!(quoted(r#"Diz "não" \N &lt;"#), r#""Diz \"não\" \\N &amp;lt;""#);
    }
}
