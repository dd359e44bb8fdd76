//! SARIF 2.1.0 format, for code scanning and editors.
//!
//! Specification:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html>.
//! One run: a rule for each reported code, with explanations in the language of the report and, as a translation, in the
//! other language; one result a diagnostic. Columns are in characters (`columnKind`). URIs are relative to `%SRCROOT%`,
//! the root of the repository. Its own URI is left out, so the bytes are the same on every machine.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::{Findings, Look};
use crate::diagnostic::catalogue::report;
use crate::diagnostic::{Code, Diagnostic, Explanation, Label, Language, explain_code};
use crate::source::Span;
use crate::url::encode_path;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of the tool.
const NAME: &str = "Vereda";

/// The conventional name of the root of the repository.
const ROOT: &str = "%SRCROOT%";

/// Renders the log as indented JSON.
pub(super) fn render(findings: Findings<'_>, look: Look) -> String {
    let (language, other) = (look.language, look.language.other());
    let codes: BTreeSet<Code> = findings.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let driver: Vec<Value> = codes.iter().map(|code| driver_rule(*code, language)).collect();
    let translated: Vec<Value> = codes.iter().map(|code| rule(*code, other)).collect();
    let found = findings.diagnostics.iter().zip(fingerprints(findings));
    let results: Vec<Value> =
        found.map(|(diagnostic, fingerprint)| result(diagnostic, &fingerprint, &codes, findings, language)).collect();
    let version = env!("CARGO_PKG_VERSION");
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": NAME, "version": version, "language": language.tag(), "rules": driver } },
            "language": language.tag(),
            "translations": [{
                "name": NAME,
                "version": version,
                "language": other.tag(),
                "contents": ["localizedData"],
                "translationMetadata": { "name": other.tag() },
                "associatedComponent": { "name": NAME },
                "rules": translated,
            }],
            "invocations": [{ "executionSuccessful": true }],
            "originalUriBaseIds": { ROOT: { "description": message(report::site_root().in_language(language)) } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// The texts of a code (`reportingDescriptor`).
fn rule(code: Code, language: Language) -> Value {
    let Explanation { cause, body, .. } = explain_code(code, language);
    let cause = plain(&cause.replace('\n', " "));
    let first = cause.split_inclusive(". ").next().unwrap_or_default().trim_end();
    json!({
        "id": code.as_str(),
        "shortDescription": message(first),
        "fullDescription": message(&cause),
        "help": { "text": plain(body), "markdown": body },
    })
}

/// The texts of a code with its name and its severity.
fn driver_rule(code: Code, language: Language) -> Value {
    let mut rule = rule(code, language);
    rule["name"] = rule_name(code).into();
    rule["defaultConfiguration"] = json!({ "level": code.severity() });
    rule
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

fn message(text: &str) -> Value {
    json!({ "text": text })
}

/// A diagnostic as a SARIF result.
fn result(
    diagnostic: &Diagnostic,
    fingerprint: &str,
    codes: &[Code],
    findings: Findings<'_>,
    language: Language,
) -> Value {
    let help = diagnostic.help.iter();
    let sentences: Vec<_> =
        [&diagnostic.message].into_iter().chain(help).map(|text| text.in_language(language)).collect();
    let locations: Vec<Value> = diagnostic.span.iter().map(|span| location(*span, findings)).collect();
    let mut result = json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": codes.binary_search(&diagnostic.code).expect("the rules are those of the diagnostics"),
        "level": diagnostic.severity,
        "message": message(&sentences.join("\n")),
        "locations": locations,
        "partialFingerprints": { "finding/v1": fingerprint },
    });
    if !diagnostic.labels.is_empty() {
        let labels = diagnostic.labels.iter().zip(1..);
        result["relatedLocations"] =
            labels.map(|(label, id)| related_location(label, id, findings, language)).collect();
    }
    result
}

fn related_location(label: &Label, id: usize, findings: Findings<'_>, language: Language) -> Value {
    let mut location = location(label.span, findings);
    location["id"] = id.into();
    location["message"] = message(label.text.in_language(language));
    location
}

/// A place. Lines and columns count from 1; the end column is one past the last character.
fn location(span: Span, findings: Findings<'_>) -> Value {
    let start = findings.sources.position(span.file, span.start);
    let end = findings.sources.position(span.file, span.end);
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": encode_path(&findings.path_in_repository(span.file)), "uriBaseId": ROOT },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    } })
}

#[cfg(test)]
mod tests {
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
