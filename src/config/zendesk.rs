//! Zendesk, whose macros are compared with those of the content: `zendesk` of `vereda.yaml`.

use crate::source::Spanned;
use crate::yaml::yaml_map;

yaml_map! {
    /// O Zendesk da equipe.
    #[derive(Clone, Debug, Default)]
    #[owner("`zendesk`")]
    pub(crate) struct ZendeskSettings {
        // Relative to the root.
        /// O arquivo com as macros do Zendesk: a resposta de `/api/v2/macros.json`, salva na pasta do site. `vereda check` compara
        /// com ele cada macro que o conteúdo manda aplicar. Exemplo: `macros: zendesk/macros.json`.
        optional macros: Option<Spanned<String>>,
    }
}

impl ZendeskSettings {
    /// The path of the file of macros, as in the sources.
    pub(crate) fn macros_path(&self) -> Option<&str> {
        self.macros.as_ref().map(|path| path.value.trim_start_matches("./"))
    }
}
