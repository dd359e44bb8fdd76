//! Snippets of nodes, one for each kind. Editors of the VS Code family offer them where the name of a node is typed.
//!
//! `${1:text}` is a text to replace; the Tab key goes to the next one.

use serde_json::{Value, json};

use crate::content::flow_node::Ending;
use crate::words::Words;

/// The word an editor types, what it is, and the node.
const SNIPPETS: [(&str, &str, &str); 5] = [
    (
        "pergunta",
        "Uma pergunta: o leitor escolhe uma resposta, e cada resposta leva a um nó.",
        "\
${1:nome-da-pergunta}:
  title: ${2:A pergunta?}
  options:
    - { id: sim, label: Sim, next: ${3:um-no} }
    - { id: nao, label: Não, next: ${4:outro-no} }
",
    ),
    (
        "passo",
        "Um passo: uma tela com um só caminho, “Continuar”.",
        "\
${1:nome-do-passo}:
  title: ${2:O que fazer}
  next: ${3:um-no}
",
    ),
    (
        "regra",
        "Uma regra: o próprio fluxo decide, pelo que já sabe. Vale a primeira que se cumpre.",
        "\
${1:nome-da-regra}:
  rules:
    - { when: { ${2:entrada}: { is: ${3:valor} } }, next: ${4:um-no} }
    - { otherwise: ${5:outro-no} }
",
    ),
    (
        "chamada",
        "Uma chamada: percorre outro fluxo e volta. Cada desfecho dele precisa de um destino.",
        "\
${1:nome-da-chamada}:
  title: ${2:O que fazer}
  call: ${3:outro.flow.yaml}
  outcomes: { ${4:desfecho}: ${5:um-no} }
",
    ),
    (
        "desfecho",
        "Um desfecho: o fim do fluxo.",
        "\
${1:nome-do-desfecho}:
  title: ${2:Como termina}
  result: ${3|ENDINGS|}
",
    ),
];

/// The snippets, as editors read them.
pub(super) fn of_nodes() -> Value {
    let endings = Ending::names().join(",");
    let snippets = SNIPPETS.map(|(label, description, text)| {
        json!({ "label": label, "description": description, "bodyText": text.replace("ENDINGS", &endings) })
    });
    snippets.to_vec().into()
}
