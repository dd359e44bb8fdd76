//! `vereda.yaml` → [`Config`].
//!
//! In: the text of the configuration. Out: every setting, with the spans that later stages report. Entry point:
//! [`parse`]. A setting that was refused keeps its default, so that one mistake does not hide the others.

mod backtracking;
mod calendar;
mod check;
mod holiday;
mod id;
mod input;
mod links;
mod origin;
mod pattern;
mod search;
mod zendesk;

pub(crate) use calendar::{Calendar, Hours};
pub(crate) use check::CheckSettings;
#[cfg(test)]
pub(crate) use holiday::Holiday;
pub(crate) use id::{ById, Id, has_letter, is_id};
pub(crate) use input::{Choice, Input, InputType, Inputs};
pub(crate) use links::{ExternalSettings, LinkSettings, SECRET_PREFIX, Wildcard, variables_of};
pub(crate) use origin::Origin;
pub(crate) use pattern::Pattern;
use search::Synonyms;
pub(crate) use search::{QueryPage, SearchSettings};
pub(crate) use zendesk::ZendeskSettings;

use crate::diagnostic::{Code, Diagnostics, Severity, catalogue};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::url::encode_readable_path;
use crate::words::words;
use crate::yaml::{ByName, Context, Dialect, FromYaml, read_file, yaml_map, yaml_scalar};

/// Name of the configuration file; a folder that has one is a site.
pub(crate) const FILE_NAME: &str = "vereda.yaml";

/// The codes of mistakes in `vereda.yaml`.
const DIALECT: Dialect = Dialect {
    syntax: Code::CONFIG_SYNTAX,
    unknown_key: Code::CONFIG_UNKNOWN_KEY,
    missing_key: Code::CONFIG_MISSING_KEY,
    invalid_value: Code::CONFIG_INVALID_VALUE,
    duplicate_key: Code::CONFIG_INVALID_VALUE,
    trap: Code::CONFIG_YAML_TRAP,
};

yaml_map! {
    /// As configurações do site. Só `title` é obrigatório.
    #[derive(Clone, Debug)]
    #[owner(FILE_NAME)]
    #[title("Configuração de um site da Vereda")]
    pub(crate) struct Config {
        /// O nome do site, no alto de todas as páginas. Exemplo: `title: Atendimento`.
        required title: String => |_| String::new(),
        /// O endereço em que o site será publicado. Exemplo: `base_url: https://example.com/manual/`.
        optional base_url: BaseUrl,
        // A BCP 47 tag.
        /// A língua do conteúdo.
        #[examples("pt-BR", "en")]
        optional language: String = "pt-BR",
        /// O tema, que decide a aparência do site: `orange`, ou o nome de uma pasta de `themes`.
        optional theme: Spanned<String> = "orange",
        /// A coluna à esquerda do texto em telas largas: nenhuma, as páginas da seção, ou também as outras seções. As páginas estão
        /// sempre no botão do alto, à esquerda.
        optional sidebar: Sidebar = "section",
        /// Textos usados em mais de um lugar, como um telefone ou o nome de uma macro. Escreva `{values.NOME}` onde o texto deve
        /// aparecer: uma mudança aqui vale em todas as páginas e fluxos.
        ///
        /// Exemplo: `values: { telefone: (11) 4003-0015 }`.
        optional values: ByName<String>,
        /// O que o leitor digita, igual em qualquer página ou fluxo. Escreva `{NOME}` onde o valor deve aparecer.
        optional inputs: Inputs,
        /// Horários de atendimento, para as condições `within` (dentro) e `outside` (fora) dos fluxos.
        optional calendars: ByName<Calendar>,
        /// Modelos do registro, o texto que o agente cola no ticket ao chegar a um desfecho. O desfecho escolhe o modelo com
        /// `record: NOME`.
        ///
        /// Podem ter `{flow.title}`, `{outcome.title}`, `{outcome.status}`, `{answers}` (as perguntas com as respostas), `{path}`
        /// (o caminho percorrido), `{inputs}` (o que foi digitado), `{copies}` (o que foi copiado, com os rótulos), `{copy}` (só os
        /// textos copiados), `{date}` (a data e a hora em que se copia), `{code}` (o código do caminho) e
        /// entradas, como `{cnpj}`. Uma linha cujos valores estão todos vazios não aparece.
        optional records: ByName<Spanned<String>>,
        /// Palavras e expressões que querem dizer o mesmo: a busca por uma acha as outras.
        ///
        /// Exemplo: `synonyms: [[2ª via, segunda via], [cliente, organização]]`.
        optional synonyms: Vec<Synonyms>,
        /// O que a busca do site deve achar.
        optional search: SearchSettings,
        /// O que se confere nos links.
        optional links: LinkSettings = {},
        /// Outros sites de que as páginas podem mostrar imagens, sons, vídeos e quadros (`iframe`). O que vem de outro lugar o
        /// navegador não mostra.
        ///
        /// Exemplo: `embed: [https://imagens.example.com]`.
        optional embed: Vec<Origin>,
        /// Se o site publicado abre sem rede depois da primeira visita.
        optional offline: bool = true,
        /// O Zendesk da equipe, cujas macros `vereda check` compara com as do conteúdo.
        ///
        /// Exemplo: `zendesk: { macros: zendesk/macros.json }`.
        optional zendesk: ZendeskSettings,
        /// O rigor da conferência que `vereda check` faz.
        optional check: CheckSettings,
    }
}

words! {
    /// The column of pages on wide windows.
    pub(crate) enum Sidebar {
        Hidden "hidden" "Nenhuma coluna: as páginas só aparecem no painel, quando se pede.",
        Section "section" "As páginas da seção em que se está.",
        Full "full" "As páginas da seção em que se está, e as outras seções.",
    }
}

/// Where the site will be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// Scheme and host, without a slash at the end.
    pub(crate) origin: String,
    /// Begins and ends with `/`.
    pub(crate) path: String,
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self { origin: "http://localhost".into(), path: "/".into() }
    }
}

impl BaseUrl {
    /// Reads an `http` or `https` address without query or fragment.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let is_valid =
            matches!(scheme, "http" | "https") && !host.is_empty() && !text.contains(['?', '#', ' ', '"', '<', '>']);
        let path = path.trim_matches('/');
        let path = if path.is_empty() { "/".to_owned() } else { format!("/{path}/") };
        is_valid.then(|| Self { origin: format!("{scheme}://{host}"), path })
    }

    /// The absolute address of a route or of the path of an output, percent-encoded.
    pub(crate) fn join(&self, route: &str) -> String {
        format!("{}{}{}", self.origin, self.path, encode_readable_path(route.trim_start_matches('/')))
    }
}

impl Config {
    /// The severity of a code on this site.
    pub(crate) fn severity_of(&self, code: Code) -> Severity {
        self.check.severity.get(&code).copied().flatten().unwrap_or_else(|| code.severity())
    }

    /// The codes that are suppressed on the whole site.
    pub(crate) fn ignored_codes(&self) -> Vec<Code> {
        let ignored = self.check.severity.iter().filter(|(_, severity)| severity.is_none());
        ignored.map(|(code, _)| *code).collect()
    }

    /// Finds a shared constant.
    pub(crate) fn find_value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|value| value.name.value == name).map(|value| value.value.as_str())
    }
}

/// Reads the configuration. What is wrong is reported and keeps its default.
pub(crate) fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    let text = sources.text(file);
    let root = crate::yaml::parse(text, file, 0, DIALECT, Config::MEANING, diagnostics);
    let mut context = Context { dialect: DIALECT, diagnostics };
    read_file::<Config>(root.as_ref(), text, Span::new(file, 0, 0), &mut context)
}

yaml_scalar! {
    BaseUrl: Text => Self,
    read: |node| Self::parse(node.as_text()?),
    message: |_: &str| catalogue::yaml::expected_base_url(),
    schema: {
        "type": "string",
        "pattern": "^https?://[^/?# \"<>]+(/[^?# \"<>]*)?$",
        "patternErrorMessage": "Escreva o endereço completo, como https://example.com/manual/."
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_the_base_url() {
        let base = BaseUrl::parse("https://x.org/docs").unwrap();
        assert_eq!(base.join("/a/"), "https://x.org/docs/a/");
        assert_eq!(BaseUrl::parse("https://x.org").unwrap().path, "/");
        for wrong in ["x.org", "ftp://x.org/", "https://", "https://x.org/?q"] {
            assert_eq!(BaseUrl::parse(wrong), None, "{wrong}");
        }
    }
}
