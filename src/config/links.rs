//! Settings of links: allowed schemes, and how `vereda check --external` requests them.

use std::sync::LazyLock;
use std::time::Duration;

use jiff::civil::Date;
use regex::Regex;
use schemars::{Schema, SchemaGenerator};

use crate::diagnostic::catalogue;
use crate::source::Spanned;
use crate::url::{is_active_scheme, scheme_of};
use crate::yaml::{ByName, Context, FromYaml, Meaning, Named, Node, yaml_map, yaml_scalar};

yaml_map! {
    /// O que se confere nos links.
    #[derive(Clone, Debug)]
    #[owner("`links`")]
    pub(crate) struct LinkSettings {
        // Beside `COMMON_SCHEMES`.
        /// Os programas que os links podem abrir, além de `https`, `http`, `mailto`, `tel`, `sms` e `ftp`: o que vem antes dos
        /// dois-pontos de um endereço.
        ///
        /// Exemplo: `schemes: [zoommtg, whatsapp]`.
        optional schemes: Vec<Scheme>,
        /// Como `vereda check --external` consulta outros sites. Sem `--external`, ninguém é consultado.
        optional external: ExternalSettings = {},
    }
}

/// The scheme of an address in lower case, without its colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scheme(String);

impl Scheme {
    fn parse(text: &str) -> Option<Self> {
        let scheme = scheme_of(&format!("{text}:")).filter(|scheme| scheme.eq_ignore_ascii_case(text))?;
        (!is_active_scheme(&scheme)).then_some(Self(scheme))
    }
}

impl AsRef<str> for Scheme {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

yaml_scalar! {
    Scheme: Text => Self,
    read: |node| Self::parse(node.as_text()?),
    message: catalogue::yaml::expected_scheme,
    schema: {
        "type": "string",
        "pattern": "^[A-Za-z][A-Za-z0-9+.-]*$",
        "patternErrorMessage": "Escreva só o que vem antes dos dois-pontos, como zoommtg."
    },
}

yaml_map! {
    /// Como se consultam outros sites.
    #[derive(Clone, Debug)]
    #[owner("`external`")]
    pub(crate) struct ExternalSettings {
        /// Quantos pedidos se fazem ao mesmo tempo.
        optional threads: Limited<1, 256> = 16,
        /// Quantos deles, no máximo, ao mesmo site.
        optional per_host: Limited<1> = 2,
        // Between the beginnings of two requests.
        /// Quanto se espera entre dois pedidos ao mesmo site.
        optional delay: Duration = "200ms",
        /// Quanto se espera por uma conexão.
        optional connect_timeout: Duration = "10s",
        /// Quanto um pedido pode demorar, com a resposta.
        optional timeout: Duration = "30s",
        /// Quantas vezes se pergunta de novo a um site que está fora do ar.
        optional retries: Limited<0, 10> = 2,
        /// Quanto se espera antes de perguntar de novo, o dobro a cada vez. Se o site diz quanto esperar, vale o que ele diz.
        optional backoff: Duration = "1s",
        /// Quanto se espera, no máximo. Um site que pede mais do que isso não é consultado de novo.
        optional longest_wait: Duration = "60s",
        /// Quantas vezes, no máximo, um endereço pode mandar a outro.
        optional redirects: usize = 10,
        /// As respostas que são boas. Exemplo: `accept: ['200-299', 403]`.
        optional accept: Vec<StatusRange> = ["200-299"],
        // By host, then by name of the header.
        /// Cabeçalhos que só alguns sites recebem. Segredos vêm de variáveis de ambiente, escritas `${VEREDA_HEADER_NOME}`,
        /// e só vão aos sites que `--allow-header` permite.
        ///
        /// Exemplo: `headers: { wiki.example.com: { Authorization: 'Bearer ${VEREDA_HEADER_WIKI}' } }`.
        optional headers: ByName<RequestHeaders>,
        /// Endereços que não se consultam, e por quê.
        ///
        /// Exemplo: `exclude: [{ match: 'https://example.com/*', reason: Em obras, until: 2027-01-31 }]`.
        optional exclude: Vec<Exclusion>,
        /// Sites que ficam em uma rede privada, como os da empresa, e mesmo assim se consultam. Exemplo:
        /// `allow_private: ['*.intranet.example.com']`.
        optional allow_private: Vec<Wildcard>,
        /// Se `true`, não se consulta o que o `robots.txt` de um site não deixa.
        optional robots: bool = false,
        /// Se `true`, toda página é lida, para saber se diz “página não encontrada”.
        optional soft_404: bool = false,
        /// Por quanto tempo se acredita no que um site respondeu. O que se sabe fica em `.vereda/links.json`.
        optional cache: CacheLife = {},
    }
}

yaml_map! {
    /// Por quanto tempo se acredita em uma resposta.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[owner("`cache`")]
    pub(crate) struct CacheLife {
        /// Quando o endereço é bom.
        optional good: Duration = "7d",
        /// Quando mudou para sempre.
        optional moved: Duration = "1d",
        /// Quando não existe mais.
        optional gone: Duration = "1d",
        /// Quando o site não respondeu, ou recusou.
        optional failed: Duration = "0s",
    }
}

yaml_map! {
    /// Um endereço que não se consulta.
    #[derive(Clone, Debug)]
    #[owner("`exclude`")]
    #[title("Exclusão")]
    pub(crate) struct Exclusion {
        /// O endereço; `*` vale por qualquer texto.
        required matched("match"): Spanned<Wildcard>,
        /// Por que não se consulta.
        required reason: Reason,
        /// O último dia em que não se consulta. Depois dele, há um aviso.
        optional until: Option<Date>,
    }
}

/// Statuses from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatusRange {
    first: u16,
    last: u16,
}

/// A text in which `*` stands for anything.
#[derive(Clone, Debug)]
pub(crate) struct Wildcard {
    pub(crate) written: String,
    regex: Regex,
}

impl ExternalSettings {
    /// True for a status of a link that works.
    pub(crate) fn accepts(&self, status: u16) -> bool {
        self.accept.iter().any(|range| range.holds(status))
    }
}

/// What holds for a folder without `vereda.yaml`.
impl Default for ExternalSettings {
    fn default() -> Self {
        let start = crate::source::Span::new(crate::source::Sources::default().add("", ""), 0, 0);
        let mut diagnostics = crate::diagnostic::Diagnostics::default();
        let mut context = Context { dialect: super::DIALECT, diagnostics: &mut diagnostics };
        crate::yaml::read_file::<Self>(None, "", start, &mut context)
    }
}

impl StatusRange {
    /// Reads `403` or `200-299`.
    fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let status = |text: &str| text.parse().ok().filter(|status| (100..=999).contains(status) && text.len() == 3);
        let range = Self { first: status(first)?, last: status(last)? };
        (range.first <= range.last).then_some(range)
    }

    fn holds(self, status: u16) -> bool {
        (self.first..=self.last).contains(&status)
    }
}

impl Wildcard {
    /// Letter case does not count, as in names of hosts.
    pub(crate) fn new(written: &str) -> Self {
        let pattern = written.split('*').map(regex::escape).collect::<Vec<_>>().join(".*");
        let regex = Regex::new(&format!("(?is)^{pattern}$")).expect("what is escaped is a pattern");
        Self { written: written.to_owned(), regex }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// The most digits of a duration.
const MOST_DIGITS: usize = 9;

/// Reads `200ms`, `30s`, `5m`, `2h` or `7d`.
fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits <= MOST_DIGITS)?;
    let count: u64 = text[..digits].parse().ok()?;
    let seconds = |each: u64| count.checked_mul(each).map(Duration::from_secs);
    match &text[digits..] {
        "ms" => Some(Duration::from_millis(count)),
        "s" => seconds(1),
        "m" => seconds(60),
        "h" => seconds(3600),
        "d" => seconds(24 * 3600),
        _ => None,
    }
}

/// A whole number; one that is out of range becomes the nearest limit.
pub(crate) struct Limited<const LEAST: usize, const MOST: usize = { usize::MAX }>;

impl<const LEAST: usize, const MOST: usize> FromYaml for Limited<LEAST, MOST> {
    type Value = usize;
    const MEANING: Meaning = Meaning::Other;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<usize> {
        usize::from_yaml(key, node, context).map(|count| count.clamp(LEAST, MOST))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        usize::schema(generator)
    }
}

/// The beginning of the names of variables that a header may have: `vereda.yaml` cannot name other secrets of CI.
pub(crate) const SECRET_PREFIX: &str = "VEREDA_HEADER_";

/// A variable in the value of a header.
static VARIABLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}").expect("the pattern is valid"));

/// The names of the variables in the value of a header: `NAME` for `${NAME}`.
pub(crate) fn variables_of(value: &str) -> impl Iterator<Item = &str> {
    VARIABLE.captures_iter(value).filter_map(|found| found.get(1)).map(|name| name.as_str())
}

/// Request headers by name. A name is a token (RFC 9110, 5.6.2).
pub(crate) struct RequestHeaders;

impl FromYaml for RequestHeaders {
    type Value = Vec<Named<Spanned<String>>>;
    const MEANING: Meaning = ByName::<String>::MEANING;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self::Value> {
        let headers = ByName::<Spanned<String>>::from_yaml(key, node, context)?;
        let is_token = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
        };
        for header in headers.iter().filter(|header| !is_token(&header.name.value)) {
            context.report(header.name.span, catalogue::yaml::expected_header(&header.name.value));
        }
        for header in &headers {
            for name in variables_of(&header.value.value).filter(|name| !name.starts_with(SECRET_PREFIX)) {
                context.report(header.value.span, catalogue::yaml::expected_variable(name, SECRET_PREFIX));
            }
        }
        Some(headers)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        ByName::<String>::schema(generator)
    }
}

/// A text that is not blank, without the spaces around it.
pub(crate) struct Reason;

impl FromYaml for Reason {
    type Value = String;
    const MEANING: Meaning = Meaning::Text;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<String> {
        match String::from_yaml(key, node, context)?.trim() {
            "" => context.refuse(node.span, catalogue::yaml::expected_reason()),
            text => Some(text.to_owned()),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = String::schema(generator);
        schema.insert("minLength".into(), 1.into());
        schema
    }
}

yaml_scalar! {
    Wildcard: Text => Self,
    read: |node| node.as_text().map(str::trim).filter(|text| !text.is_empty()).map(Self::new),
    message: catalogue::yaml::expected_text,
    schema: { "type": ["string", "number"] },
}

yaml_scalar! {
    StatusRange: Other => Self,
    read: |node| Self::parse(node.as_text()?),
    message: catalogue::yaml::expected_statuses,
    schema: {
        "type": ["string", "integer"],
        "pattern": "^[1-9][0-9]{2}(-[1-9][0-9]{2})?$",
        "patternErrorMessage": "Escreva uma resposta, como 403, ou da primeira à última, como '200-299'.",
        "minimum": 100,
        "maximum": 999
    },
}

yaml_scalar! {
    Duration: Other => Self,
    read: |node| parse_duration(node.as_text()?),
    message: catalogue::yaml::expected_duration,
    schema: {
        "type": "string",
        "pattern": "^[0-9]{1,9}(ms|s|m|h|d)$",
        "patternErrorMessage": "Escreva um número e ms, s, m, h ou d: 200ms, 30s, 5m, 2h, 7d."
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_durations() {
        assert_eq!(parse_duration("200ms"), Some(Duration::from_millis(200)));
        assert_eq!(parse_duration("2h"), Some(Duration::from_hours(2)));
        assert_eq!(parse_duration("0s"), Some(Duration::ZERO));
        for wrong in ["", "5", "s", "1.5s", "-1s", "5 s", "99999999999999999999s", "18446744073709551615d"] {
            assert_eq!(parse_duration(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn reads_statuses() {
        assert!(StatusRange::parse("200-299").unwrap().holds(299));
        assert!(!StatusRange::parse("403").unwrap().holds(404));
        assert!(StatusRange::parse("999").is_some());
        for wrong in ["", "2xx", "299-200", "20", "99", "1000", "+20", "200-", "200-299-300"] {
            assert_eq!(StatusRange::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_star_stands_for_anything() {
        let of = |written: &str, text: &str| Wildcard::new(written).matches(text);
        assert!(of("https://x.org/*", "https://X.org/a?b"));
        assert!(of("*.x.org", "a.b.x.org") && !of("*.x.org", "x.org"));
        assert!(!of("https://x.org", "https://x.org/a") && !of("x.org", "xyorg"));
        assert!(of("*", "") && of("*", "a\nb"));
    }
}
