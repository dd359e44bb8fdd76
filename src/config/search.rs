//! Settings of the search: expectations, pinned results, and pages that rank lower.

use crate::source::Spanned;
use crate::yaml::{ByName, Named, yaml_map};

yaml_map! {
    /// O que a busca do site deve achar.
    #[derive(Clone, Debug, Default)]
    #[owner("`search`")]
    pub(crate) struct SearchSettings {
        /// O que se espera da busca: para cada pergunta, como alguém a digita, a página que deve estar entre as três primeiras
        /// respostas. `vereda check` confere.
        ///
        /// Exemplo: `expect: { 'transferir chat': whatsapp/index.md#transferir-chat }`.
        optional expect: ByName<Spanned<String>>,
        /// A página que vem sempre em primeiro lugar, quando se digita exatamente isto.
        ///
        /// Exemplo: `pinned: { ramais: contatos/index.md }`.
        optional pinned: ByName<Spanned<String>>,
        /// Partes do site cujas páginas vêm depois das outras. Exemplo: `lower: [/guia/]`.
        optional lower: Vec<Spanned<String>>,
    }
}

/// A query with a page, as written.
pub(crate) type QueryPage = Named<Spanned<String>>;
