//! Generator of valid flows of any size: questions with six answers, calls, rules, and paths of many lengths.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Answers of a question.
const ANSWERS: usize = 6;

/// Maximum number of nodes that an answer skips.
const REACH: usize = 40;

const CALLED: &str = "title: Conferir\nowner: Medida\nnodes:\n  q:\n    title: Está certo?\n    options:\n      - { id: sim, label: Sim, next: bom }\n      \
                      - { id: nao, label: Não, next: ruim }\n  bom: { title: Certo, result: resolved }\n  ruim: { title: Errado, result: open }\n";

/// Writes a site with one flow of `nodes` nodes, the same bytes every time. Returns the number of its exits: answers,
/// rules and mapped outcomes.
pub(crate) fn write_flow_site(root: &Path, nodes: usize) -> io::Result<usize> {
    let content = root.join("content");
    fs::create_dir_all(&content)?;
    fs::write(root.join("vereda.yaml"), "title: Medida\nbase_url: https://example.com/\nlanguage: pt-BR\n")?;
    fs::write(content.join("index.md"), "---\ntitle: Início\n---\n\nUm site para medir.\n")?;
    fs::write(content.join("conferir.flow.yaml"), CALLED)?;
    let (text, exits) = flow_text(nodes);
    fs::write(content.join("grande.flow.yaml"), text)?;
    Ok(exits)
}

fn flow_text(nodes: usize) -> (String, usize) {
    let mut text =
        "title: Grande\nowner: Medida\ninputs:\n  valor: { label: Valor, type: money, example: '10' }\nnodes:\n"
            .to_owned();
    let mut exits = 0;
    let last = nodes - 3;
    let ahead = |node: usize, by: usize| {
        let to = node + 1 + (node * 7 + by * by * 13) % REACH;
        if by == 0 { node_id(node + 1, last) } else { node_id(to, last) }
    };
    for node in 0..last {
        let _ = writeln!(text, "  n{node}:");
        match node % 20 {
            7 => {
                let (good, bad) = (ahead(node, 0), ahead(node, 1));
                let _ = writeln!(text, "    call: conferir.flow.yaml\n    outcomes: {{ bom: {good}, ruim: {bad} }}");
                exits += 2;
            }
            13 => {
                let (other, next) = (ahead(node, 1), ahead(node, 0));
                let _ = writeln!(text, "    title: Quanto?\n    ask: [valor]\n    loop: true\n    rules:");
                let _ = writeln!(
                    text,
                    "      - {{ when: {{ valor: {{ gt: {node} }} }}, next: {other} }}\n      - {{ otherwise: {next} }}"
                );
                exits += 2;
            }
            _ => {
                let _ = writeln!(text, "    title: Pergunta de número {node} sobre o atendimento?\n    options:");
                for answer in 0..ANSWERS {
                    let _ = writeln!(
                        text,
                        "      - {{ id: o{answer}, label: Resposta {answer}, next: {} }}",
                        ahead(node, answer)
                    );
                }
                exits += ANSWERS;
            }
        }
    }
    text += "  fim: { title: Fim, result: resolved }\n  outro: { title: Outro, result: pending }\n  apoio: { title: Apoio, result: escalated }\n";
    (text, exits)
}

/// Id of a node; numbers after the last node are the three outcomes.
fn node_id(node: usize, last: usize) -> String {
    if node < last { format!("n{node}") } else { ["fim", "outro", "apoio"][node % 3].to_owned() }
}
