//! SARIF 2.1.0 format, for code scanning and editors.
//!
//! Specification:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html>.
//! One run: a rule for each reported code, with explanations in the language of the report and, as a translation, in the
//! other language; one result a diagnostic. Columns are in characters (`columnKind`). URIs are relative to `%SRCROOT%`,
//! the root of the repository. Its own URI is left out, so the bytes are the same on every machine.

use std::collections::BTreeSet;

use serde::Serialize;

use super::fingerprint::fingerprints;
use super::{Findings, Look};
use crate::diagnostic::catalogue::report;
use crate::diagnostic::{Code, Diagnostic, Explanation, Language, Severity, explain_code};
use crate::source::Span;
use crate::url::encode_path;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The conventional name of the root of the repository.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct SarifLog<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    language: &'a str,
    translations: [ToolComponent<'a>; 1],
    invocations: [Invocation; 1],
    original_uri_base_ids: UriBaseIds,
    column_kind: &'a str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: ToolComponent<'a>,
}

/// The tool, or its texts in another language.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ToolComponent<'a> {
    name: &'a str,
    version: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contents: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation_metadata: Option<ComponentReference<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    associated_component: Option<ComponentReference<'a>>,
    rules: Vec<ReportingDescriptor<'a>>,
}

#[derive(Serialize)]
struct ComponentReference<'a> {
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportingDescriptor<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    short_description: Message,
    full_description: Message,
    help: MultiformatMessage,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
}

#[derive(Serialize)]
struct Configuration {
    level: Severity,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct MultiformatMessage {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
}

#[derive(Serialize)]
struct UriBaseIds {
    #[serde(rename = "%SRCROOT%")]
    root: UriBase,
}

#[derive(Serialize)]
struct UriBase {
    description: Message,
}

/// A diagnostic as a SARIF result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: Severity,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "finding/v1")]
    finding: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are those of SARIF")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

/// Lines and columns from 1; the end column is one past the last character.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Renders the log as indented JSON.
pub(super) fn render(findings: Findings<'_>, look: Look) -> String {
    let reported: BTreeSet<Code> = findings.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let reported: Vec<Code> = reported.into_iter().collect();
    let results = findings.diagnostics.iter().zip(fingerprints(findings));
    let run = Run {
        tool: Tool { driver: ToolComponent::driver(&reported, look.language) },
        language: look.language.tag(),
        translations: [ToolComponent::translation(&reported, look.language.other())],
        invocations: [Invocation { execution_successful: true }],
        original_uri_base_ids: UriBaseIds {
            root: UriBase { description: message(report::site_root().in_language(look.language)) },
        },
        column_kind: "unicodeCodePoints",
        results: results.map(|(found, own)| SarifResult::of(found, own, &reported, findings, look.language)).collect(),
    };
    let log = SarifLog { schema: SCHEMA, version: "2.1.0", runs: [run] };
    serde_json::to_string_pretty(&log).expect("plain structs of texts and numbers are JSON") + "\n"
}

impl ToolComponent<'_> {
    fn driver(reported: &[Code], language: Language) -> Self {
        let rule = |code: &Code| ReportingDescriptor {
            name: Some(rule_name(*code)),
            default_configuration: Some(Configuration { level: code.severity() }),
            ..ReportingDescriptor::of(*code, language)
        };
        ToolComponent {
            name: "Vereda",
            version: env!("CARGO_PKG_VERSION"),
            language: language.tag(),
            contents: None,
            translation_metadata: None,
            associated_component: None,
            rules: reported.iter().map(rule).collect(),
        }
    }

    fn translation(reported: &[Code], language: Language) -> Self {
        ToolComponent {
            contents: Some(["localizedData"]),
            translation_metadata: Some(ComponentReference { name: language.tag() }),
            associated_component: Some(ComponentReference { name: "Vereda" }),
            rules: reported.iter().map(|code| ReportingDescriptor::of(*code, language)).collect(),
            ..Self::driver(&[], language)
        }
    }
}

impl ReportingDescriptor<'_> {
    fn of(code: Code, language: Language) -> Self {
        let Explanation { cause, body, .. } = explain_code(code, language);
        let cause = plain(&cause.replace('\n', " "));
        let first = cause.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned();
        Self {
            id: code.as_str(),
            name: None,
            short_description: Message { text: first },
            full_description: Message { text: cause },
            help: MultiformatMessage { text: plain(body), markdown: body.to_owned() },
            default_configuration: None,
        }
    }
}

/// The code in Pascal case, as SARIF names rules: `LinkMissingFile`.
fn rule_name(code: Code) -> String {
    let capitalize = |word: &str| word[..1].to_uppercase() + &word[1..];
    code.as_str().split(['/', '-']).map(capitalize).collect()
}

/// Removes Markdown syntax, for readers that show plain text.
fn plain(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| !line.starts_with("```"));
    lines.collect::<Vec<_>>().join("\n").replace("**", "").replace('`', "")
}

fn message(text: &str) -> Message {
    Message { text: text.to_owned() }
}

impl SarifResult<'_> {
    fn of(
        diagnostic: &Diagnostic,
        fingerprint: String,
        reported: &[Code],
        findings: Findings<'_>,
        language: Language,
    ) -> Self {
        let help = diagnostic.help.iter();
        let sentences = [&diagnostic.message].into_iter().chain(help).map(|text| text.in_language(language));
        let labels = diagnostic.labels.iter().enumerate();
        let related = labels.map(|(index, label)| {
            let message = Some(message(label.text.in_language(language)));
            Location { id: Some(index + 1), message, ..Location::of(label.span, findings) }
        });
        Self {
            rule_id: diagnostic.code.as_str(),
            rule_index: reported.binary_search(&diagnostic.code).expect("the rules are those of the diagnostics"),
            level: diagnostic.severity,
            message: message(&sentences.collect::<Vec<_>>().join("\n")),
            locations: diagnostic.span.iter().map(|span| Location::of(*span, findings)).collect(),
            related_locations: related.collect(),
            partial_fingerprints: Fingerprints { finding: fingerprint },
        }
    }
}

impl Location {
    fn of(span: Span, findings: Findings<'_>) -> Self {
        let start = findings.sources.position(span.file, span.start);
        let end = findings.sources.position(span.file, span.end);
        let region =
            Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column };
        let artifact_location =
            ArtifactLocation { uri: encode_path(&findings.path_in_repository(span.file)), uri_base_id: ROOT };
        Self { id: None, physical_location: PhysicalLocation { artifact_location, region }, message: None }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::diagnostic::Text;
    use crate::report::Format;
    use crate::testing::report::Sample;

    fn sarif(sample: &Sample, language: Language) -> Value {
        serde_json::from_str(&sample.render(Format::Sarif, language)).unwrap()
    }

    #[test]
    fn renders_results_with_rules_in_two_languages() {
        let mut sample = Sample::new("content/ação 1.md", "olá\n😀 aqui lá\n");
        let there = sample.span("lá\n");
        sample.add(Code::LINK_MISSING_FILE, Some("aqui"), "não há");
        let text = |pt: &str| Text { pt: pt.to_owned(), en: String::new() };
        let finding = sample.add(Code::LINK_EMPTY, Some("aqui"), "vazio").clone().help(text("apague-o"));
        let labelled = finding.label(there, text("ali"));
        *sample.last() = labelled;
        let log = sarif(&sample, Language::PtBr);
        let run = &log["runs"][0];
        let ids = |component: &Value| {
            component["rules"].as_array().unwrap().iter().map(|rule| rule["id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&run["tool"]["driver"]), ["link/empty", "link/missing-file"]);
        assert_eq!(ids(&run["translations"][0]), ["link/empty", "link/missing-file"]);
        assert_eq!((&run["language"], &run["translations"][0]["language"]), (&json!("pt-BR"), &json!("en")));
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let rule = &run["tool"]["driver"]["rules"][1];
        assert_eq!(
            (&rule["name"], &rule["defaultConfiguration"]["level"]),
            (&json!("LinkMissingFile"), &json!("error"))
        );
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("**Como corrigir**"), "{rule}");
        let outcome = &run["results"][1];
        assert_eq!(
            (&outcome["ruleId"], &outcome["ruleIndex"], &outcome["level"]),
            (&json!("link/empty"), &json!(0), &json!("warning"))
        );
        assert_eq!(outcome["message"]["text"], "vazio\napague-o");
        let place = &outcome["locations"][0]["physicalLocation"];
        let uri = json!({ "uri": "content/a%C3%A7%C3%A3o%201.md", "uriBaseId": "%SRCROOT%" });
        assert_eq!(place["artifactLocation"], uri);
        assert_eq!(place["region"], json!({ "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7 }));
        let related = &outcome["relatedLocations"][0];
        assert_eq!((&related["id"], &related["message"]["text"]), (&json!(1), &json!("ali")));
    }

    #[test]
    fn omits_location_without_place() {
        let mut sample = Sample::new("a.md", "");
        assert_eq!(sarif(&sample, Language::En)["runs"][0]["results"], json!([]));
        sample.add(Code::PAGE_NO_CONTENT, None, "nada");
        assert_eq!(sarif(&sample, Language::En)["runs"][0]["results"][0]["locations"], json!([]));
    }
}
