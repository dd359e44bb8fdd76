//! `vereda.yaml` → [`Config`].
//!
//! In: the text of the configuration. Out: every setting, with the place of those that later stages report on. Entry point:
//! [`parse`]. A setting that was refused keeps its default, so that one mistake does not hide the others.

mod calendar;
mod input;
mod links;
mod origin;
mod pattern;

use std::collections::HashMap;

pub(crate) use calendar::{Calendar, Hours, WEEKDAYS};
pub(crate) use input::{Choice, Input, InputType, is_id, parse_inputs};
pub(crate) use links::{ExternalSettings, LinkSettings, Wildcard};
pub(crate) use origin::Origin;
pub(crate) use pattern::Pattern;

use crate::diagnostic::{Code, Diagnostics, Severity, catalogue, nearest};
use crate::source::{FileId, Sources, Spanned};
use crate::yaml::{Context, Dialect, Fields, FromYaml, Named, Node, Value};

/// Name of the configuration file; a folder that has one is a site.
pub(crate) const FILE_NAME: &str = "vereda.yaml";

/// The severity of a code that is not to be told.
pub(crate) const IGNORE: &str = "ignore";

/// The codes of mistakes in `vereda.yaml`.
const DIALECT: Dialect = Dialect {
    syntax: Code::CONFIG_SYNTAX,
    unknown_key: Code::CONFIG_UNKNOWN_KEY,
    missing_key: Code::CONFIG_MISSING_KEY,
    invalid_value: Code::CONFIG_INVALID_VALUE,
    duplicate_key: Code::CONFIG_INVALID_VALUE,
};

/// The settings of a site.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) title: String,
    pub(crate) base_url: BaseUrl,
    /// BCP 47 tag of the content's language.
    pub(crate) language: String,
    pub(crate) theme: Spanned<String>,
    pub(crate) inputs: Vec<Input>,
    /// Shared constants, `{values.NAME}` in pages and flows.
    pub(crate) values: Vec<Named<String>>,
    pub(crate) calendars: Vec<Named<Calendar>>,
    /// Templates of the text an agent pastes in the ticket.
    pub(crate) records: Vec<Named<Spanned<String>>>,
    pub(crate) links: LinkSettings,
    /// Other sites whose images, sounds, films and frames the pages may show.
    pub(crate) embed: Vec<Origin>,
    /// The published site opens without a network after the first visit.
    pub(crate) offline: bool,
    pub(crate) check: CheckSettings,
}

/// Where the site will be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// Scheme and host, without a slash at the end.
    pub(crate) origin: String,
    /// Begins and ends with `/`.
    pub(crate) path: String,
}

/// How strict `check` is.
#[derive(Clone, Debug, Default)]
pub(crate) struct CheckSettings {
    /// `None` where the code is not to be told.
    pub(crate) severity: HashMap<Code, Option<Severity>>,
    pub(crate) coverage: CoverageThresholds,
    /// A path that asks more questions is too long.
    pub(crate) max_questions: Option<usize>,
}

/// The share of a flow, in percent, that scenarios must visit; below it, what is not covered is an error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct CoverageThresholds {
    pub(crate) nodes: Option<f64>,
    pub(crate) options: Option<f64>,
    pub(crate) rules: Option<f64>,
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

    /// The absolute address of a route, which begins with `/`.
    pub(crate) fn join(&self, route: &str) -> String {
        format!("{}{}{}", self.origin, self.path, route.trim_start_matches('/'))
    }
}

impl Config {
    /// The severity this site wants for a code.
    pub(crate) fn severity_of(&self, code: Code) -> Severity {
        self.check.severity.get(&code).copied().flatten().unwrap_or_else(|| code.severity())
    }

    /// The codes that are not to be told anywhere.
    pub(crate) fn ignored_codes(&self) -> Vec<Code> {
        let ignored = self.check.severity.iter().filter(|(_, severity)| severity.is_none());
        ignored.map(|(code, _)| *code).collect()
    }

    /// Finds a shared constant.
    pub(crate) fn find_value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|value| value.name.value == name).map(|value| value.value.as_str())
    }

    /// What holds before anything is read.
    fn empty(file: FileId) -> Self {
        let start = crate::source::Span::new(file, 0, 0);
        Self {
            title: String::new(),
            base_url: BaseUrl::default(),
            language: "pt-BR".into(),
            theme: Spanned { value: "orange".into(), span: start },
            inputs: Vec::new(),
            values: Vec::new(),
            calendars: Vec::new(),
            records: Vec::new(),
            links: LinkSettings::default(),
            embed: Vec::new(),
            offline: true,
            check: CheckSettings::default(),
        }
    }
}

/// Reads the configuration; whatever is wrong is reported and left at its default.
pub(crate) fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Config {
    let mut config = Config::empty(file);
    let text = sources.text(file);
    let start = crate::source::Span::new(file, 0, 0);
    let root = crate::yaml::parse(text, file, 0, DIALECT, diagnostics);
    let root = root.unwrap_or(Node { value: Value::Map(Vec::new()), span: start });
    let mut context = Context { dialect: DIALECT, diagnostics };
    if let Some(fields) = Fields::of(FILE_NAME, &root, &mut context) {
        read_settings(fields, &mut config);
    }
    config
}

fn read_settings(mut fields: Fields<'_, '_, '_>, config: &mut Config) {
    config.title = fields.required("title").unwrap_or_default();
    config.base_url = fields.optional("base_url").unwrap_or(config.base_url.clone());
    config.language = fields.optional("language").unwrap_or(config.language.clone());
    config.theme = fields.optional("theme").unwrap_or(config.theme.clone());
    config.values = fields.optional("values").unwrap_or_default();
    config.inputs = fields.find("inputs").map(|entry| parse_inputs(&entry.value, fields.context)).unwrap_or_default();
    config.calendars = fields.optional("calendars").unwrap_or_default();
    config.records = fields.optional("records").unwrap_or_default();
    config.links = fields.optional("links").unwrap_or_default();
    config.embed = fields.optional("embed").unwrap_or_default();
    config.offline = fields.optional("offline").unwrap_or(config.offline);
    config.check = fields.optional("check").unwrap_or_default();
    fields.finish();
}

impl FromYaml for BaseUrl {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_text().and_then(BaseUrl::parse) {
            Some(url) => Some(url),
            None => context.refuse(node.span, catalogue::yaml::expected_base_url()),
        }
    }
}

impl FromYaml for CheckSettings {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::of("`check`", node, context)?;
        let severity = fields.find("severity").map(|entry| read_severities(&entry.value, fields.context));
        let settings = Self {
            severity: severity.unwrap_or_default(),
            coverage: fields.optional("coverage").unwrap_or_default(),
            max_questions: fields.optional::<Count>("max_questions").map(|Count(count)| count),
        };
        fields.finish();
        Some(settings)
    }
}

impl FromYaml for CoverageThresholds {
    fn from_yaml(_: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let mut fields = Fields::of("`coverage`", node, context)?;
        let thresholds = Self {
            nodes: fields.optional("nodes"),
            options: fields.optional("options"),
            rules: fields.optional("rules"),
        };
        fields.finish();
        Some(thresholds)
    }
}

fn read_severities(node: &Node, context: &mut Context<'_>) -> HashMap<Code, Option<Severity>> {
    let mut severities = HashMap::new();
    for entry in node.entries() {
        let Some(code) = Code::from_name(&entry.key.value) else {
            refuse_code(&entry.key, context);
            continue;
        };
        let words = severity_words(code);
        if let Some(severity) = crate::yaml::read_choice(&entry.key.value, &entry.value, &words, context) {
            severities.insert(code, severity);
        }
    }
    severities
}

/// What a site can make of a code; what is essential cannot be ignored.
pub(crate) fn severity_words(code: Code) -> Vec<(&'static str, Option<Severity>)> {
    let severities = Severity::ALL.into_iter().map(|severity| (severity.as_str(), Some(severity)));
    severities.chain((!code.is_essential()).then_some((IGNORE, None))).collect()
}

fn refuse_code(name: &Spanned<String>, context: &mut Context<'_>) {
    let message = catalogue::yaml::unknown_code(&name.value);
    let diagnostic = crate::diagnostic::Diagnostic::new(DIALECT.invalid_value, name.span, message);
    let suggestion = nearest(&name.value, Code::all().map(Code::as_str));
    context.diagnostics.push(diagnostic.suggest(suggestion));
}

/// How many.
struct Count(usize);

impl FromYaml for Count {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_number().and_then(|_| node.as_text()?.parse().ok()) {
            Some(count) => Some(Self(count)),
            None => context.refuse(node.span, catalogue::yaml::expected_count(key)),
        }
    }
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
