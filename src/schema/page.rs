//! The front matter of a page, and the keys that it shares with a flow.

use schemars::JsonSchema;

use super::scalar::{Date, Number, Period, Text};

/// O cabeçalho de uma página: o que fica entre as duas linhas `---` do começo do arquivo. Só `title` é obrigatório.
#[derive(JsonSchema)]
#[schemars(title = "Cabeçalho de uma página da Vereda", deny_unknown_fields)]
pub(super) struct Page {
    #[schemars(flatten)]
    metadata: Metadata,
    /// Se a página mostra o sumário, a lista dos seus títulos. Escreva `false` para não mostrar.
    #[schemars(extend("default" = true))]
    toc: Option<bool>,
    /// Outro modelo de página do tema, pelo nome. Sem esta chave, vale o modelo comum.
    layout: Option<Text>,
}

/// O que uma página ou um fluxo diz de si.
#[derive(JsonSchema)]
pub(super) struct Metadata {
    /// O título, no alto da página e no menu. Exemplo: `title: Pendência financeira`.
    title: Text,
    /// Um nome mais curto que o título, só para o menu. Exemplo: `nav_title: Auditoria`.
    nav_title: Option<Text>,
    /// Do que trata, em uma frase.
    description: Option<Text>,
    /// A posição entre as páginas da mesma pasta: 1 vem antes de 2. As que não têm vêm depois, pelo título.
    order: Option<Number>,
    /// Escreva `true` enquanto for rascunho: não é publicado.
    #[schemars(extend("default" = false))]
    draft: Option<bool>,
    /// Os assuntos. Exemplo: `tags: [whatsapp, zendesk]`.
    tags: Option<Vec<Text>>,
    /// Endereços antigos, que passam a levar a esta página. Exemplo: `aliases: [/whatsapp/antigo/]`.
    aliases: Option<Vec<Text>>,
    /// A pessoa ou a equipe que responde pelo texto. Exemplo: `owner: Projeto e Processo`.
    owner: Option<Text>,
    /// O dia em que o texto foi conferido pela última vez. Exemplo: `reviewed: 2026-10-13`.
    reviewed: Option<Date>,
    /// De quanto em quanto tempo o texto deve ser conferido. Passado o prazo, um aviso lembra.
    ///
    /// Um número e uma letra: `90d` são 90 dias; `2w`, 2 semanas; `6m`, 6 meses; `1y`, 1 ano.
    #[schemars(extend("examples" = ["90d", "6m", "1y"]))]
    review_every: Option<Period>,
    /// Se aparece na busca do site. Escreva `false` para não aparecer.
    #[schemars(extend("default" = true))]
    search: Option<bool>,
}
