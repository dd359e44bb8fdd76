//! A Mermaid flowchart. Nodes are named by their numbers, for ids such as `end` are words of Mermaid's own.

use std::fmt::Write;

use super::{Labels, Marks, RED, Sketch};
use crate::site::flow::FlowId;

/// Writes a flow as a flowchart.
pub(crate) fn write(labels: Labels<'_>, id: FlowId, marks: Marks<'_>) -> String {
    write_sketch(&Sketch::new(labels, labels.site.flow(id), marks))
}

/// Writes the flowchart: questions are diamonds, branches hexagons, calls boxes with double sides, outcomes capsules.
fn write_sketch(sketch: &Sketch) -> String {
    let mut text = format!("flowchart TD\n  %% {}\n", sketch.title);
    for (index, node) in sketch.nodes.iter().enumerate() {
        let (open, close) = shape(node.kind);
        let number = index + 1;
        let title = escaped(&format!("{number}. {}", node.title));
        writeln!(text, "  n{number}{open}\"{title}\"{close}").expect("a String takes any text");
    }
    for way in &sketch.ways {
        let label = if way.label.is_empty() { String::new() } else { format!("|\"{}\"|", escaped(&way.label)) };
        let arrow = if way.is_back() { "-.->" } else { "-->" };
        writeln!(text, "  n{} {arrow}{label} n{}", way.from, way.to).expect("a String takes any text");
    }
    write_unvisited(&mut text, sketch);
    write_weights(&mut text, sketch);
    text
}

/// What no scenario visits is drawn in red dots.
fn write_unvisited(text: &mut String, sketch: &Sketch) {
    let numbers = |marked: Vec<usize>, prefix: &str| {
        marked.iter().map(|number| format!("{prefix}{number}")).collect::<Vec<_>>().join(",")
    };
    let nodes =
        sketch.nodes.iter().enumerate().filter(|(_, node)| node.is_unvisited).map(|(index, _)| index + 1).collect();
    let ways = sketch.ways.iter().enumerate().filter(|(_, way)| way.is_unvisited).map(|(index, _)| index).collect();
    let (nodes, ways) = (numbers(nodes, "n"), numbers(ways, ""));
    if !nodes.is_empty() {
        writeln!(text, "  classDef unvisited stroke:{RED},stroke-dasharray:2 4\n  class {nodes} unvisited")
            .expect("a String takes any text");
    }
    if !ways.is_empty() {
        writeln!(text, "  linkStyle {ways} stroke:{RED}").expect("a String takes any text");
    }
}

/// Ways that many readers took are drawn heavier.
fn write_weights(text: &mut String, sketch: &Sketch) {
    for (index, way) in sketch.ways.iter().enumerate() {
        if let Some(weight) = way.weight {
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

/// Letters, digits, spaces, commas, question and exclamation marks and hyphens inside words stand for themselves. All else is
/// written by its number, for Mermaid takes quotes, `#` and `;` for its own, and `1.`, `*`, `<` and addresses for Markdown.
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
    fn each_kind_has_its_shape_and_ways_back_are_dotted() {
        let lines = [
            "flowchart TD",
            "  %% Pós-venda",
            "  n1{\"1#46; Pós-venda\"}",
            "  n2[\"2#46; Pós-venda\"]",
            "  n3{{\"3#46; Pós-venda\"}}",
            "  n4[[\"4#46; Pós-venda\"]]",
            "  n5([\"5#46; Pós-venda\"])",
            "  n1 -->|\"Sim\"| n2",
            "  n2 -.-> n1",
            "  classDef unvisited stroke:#b3123c,stroke-dasharray:2 4",
            "  class n4 unvisited",
            "  linkStyle 1 stroke:#b3123c",
            "  linkStyle 0 stroke-width:7px",
        ];
        assert_eq!(write_sketch(&sample("Pós-venda", "Sim")).lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn any_title_is_safe() {
        assert_eq!(escaped(r#"Diz "não"; #1 <b> `x`"#), "Diz #34;não#34;#59; #35;1 #60;b#62; #96;x#96;");
        assert_eq!(escaped("- end | fim --> ]"), "#45; end #124; fim #45;#45;#62; #93;");
    }
}
