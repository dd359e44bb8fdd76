//! Reader of a map, key by key: each mistake is reported, and reading goes on.

use schemars::{Schema, SchemaGenerator};

use super::mistakes::is_blank_like;
use super::parse::is_blank;
use super::{Dialect, MapEntry, Node, Value};
use crate::diagnostic::catalogue::yaml::place_of;
use crate::diagnostic::{Diagnostic, Diagnostics, Text, catalogue, nearest};
use crate::source::{Span, Spanned};

/// The diagnostics of a file and their codes.
pub(crate) struct Context<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) diagnostics: &'a mut Diagnostics,
}

impl Context<'_> {
    /// Reports an invalid value.
    pub(crate) fn report(&mut self, span: Span, message: Text) {
        self.diagnostics.push(Diagnostic::new(self.dialect.invalid_value, span, message));
    }

    /// Reports an invalid value, and drops it.
    pub(crate) fn refuse<T>(&mut self, span: Span, message: Text) -> Option<T> {
        self.report(span, message);
        None
    }

    /// Reports a word that is none of a list, with the list and the nearest word of it.
    pub(crate) fn report_unknown_word(&mut self, key: &str, written: &str, span: Span, words: &[&str]) {
        let message = catalogue::yaml::expected_one_of(key, words.join(", "));
        let diagnostic = Diagnostic::new(self.dialect.invalid_value, span, message);
        self.diagnostics.push(diagnostic.suggest_for(written, nearest(written, words.iter().copied())));
    }

    /// The entries of a map whose keys the editor chooses. `None`, reported, when the node is not a map.
    pub(crate) fn read_entries<'n>(&mut self, key: &Spanned<String>, node: &'n Node) -> Option<&'n [MapEntry]> {
        let Value::Map(entries) = &node.value else {
            return self.refuse(node.span, catalogue::yaml::expected_map(format!("`{}`", key.value)));
        };
        self.report_duplicates(entries);
        Some(entries)
    }

    /// Reports a key that is written again in the same map.
    fn report_duplicates(&mut self, entries: &[MapEntry]) {
        for (index, entry) in entries.iter().enumerate() {
            let earlier = entries[..index].iter().find(|earlier| earlier.key.value == entry.key.value);
            if let Some(earlier) = earlier {
                let message = catalogue::yaml::duplicate_key(&entry.key.value);
                let diagnostic = Diagnostic::new(self.dialect.duplicate_key, entry.key.span, message);
                self.diagnostics.push(diagnostic.label(earlier.key.span, catalogue::help::first_here()));
            }
        }
    }
}

/// A form in which an editor writes a value.
pub(crate) trait FromYaml {
    /// The value that the program holds.
    type Value;

    /// What the scalars are meant to be.
    const MEANING: Meaning;

    /// Reads a value; `None` when it was refused and reported. `key` is the nearest key above it, for messages.
    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self::Value>;

    /// What may be written, as a JSON Schema.
    fn schema(generator: &mut SchemaGenerator) -> Schema;
}

/// The intended type of a value. It decides which plain scalars are YAML traps. A list means the same as its items.
#[derive(Clone, Copy)]
pub(crate) enum Meaning {
    Text,
    /// Dates, numbers and truth values are meant.
    Constant,
    /// As a reader types it, in the notation of Portuguese.
    Typed,
    /// No text, such as a number, or a word of a list.
    Other,
    /// A map with declared keys: the meaning of each.
    Map(fn(&str) -> Option<Meaning>),
    /// A map whose keys the editor chooses.
    Named(&'static Meaning),
    /// A text, or a map.
    TextOr(&'static Meaning),
}

/// Reads a map key by key. The keys that were looked up are the keys that exist: [`Fields::finish`] reports the others.
pub(crate) struct Fields<'n, 'c, 'd> {
    owner: &'static str,
    key: &'n Spanned<String>,
    entries: &'n [MapEntry],
    span: Span,
    known: Vec<&'static str>,
    /// Required keys that are not written, with their diagnostics.
    missing: Vec<(&'static str, Diagnostic)>,
    pub(crate) context: &'c mut Context<'d>,
}

impl<'n, 'c, 'd> Fields<'n, 'c, 'd> {
    /// `owner` names the kind of map in messages. `None`, reported, when the node is not a map.
    pub(crate) fn of(
        owner: &'static str,
        key: &'n Spanned<String>,
        node: &'n Node,
        context: &'c mut Context<'d>,
    ) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            return context.refuse(node.span, catalogue::yaml::expected_map_at(place_of(owner), owner));
        };
        context.report_duplicates(entries);
        Some(Self { owner, key, entries, span: node.span, known: Vec::new(), missing: Vec::new(), context })
    }

    /// The span of the whole map, for what is missing from it.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The key under which the map is written.
    pub(crate) fn key(&self) -> &Spanned<String> {
        self.key
    }

    /// From the map to the end of its last value.
    pub(crate) fn whole_span(&self) -> Span {
        let last = self.entries.iter().map(|entry| entry.value.span).max_by_key(|span| span.end);
        last.map_or(self.span, |last| self.span.to(last))
    }

    /// Makes a key known, and finds it. A null value counts as absent.
    pub(crate) fn find(&mut self, key: &'static str) -> Option<&'n MapEntry> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries.iter().find(|entry| entry.key.value == key && entry.value.value != Value::Null)
    }

    /// Finds a key, with or without a value.
    fn find_written(&self, key: &str) -> Option<&'n MapEntry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }

    /// Reports an optional key without a value. It counts as absent. An empty `owner` is `review/no-owner`.
    fn report_empty(&mut self, key: &str) {
        if let Some(entry) = self.find_written(key).filter(|_| key != "owner") {
            let message = catalogue::yaml::empty_key(key, place_of(self.owner), self.owner);
            let finding = Diagnostic::new(self.context.dialect.trap, entry.key.span, message);
            self.context.diagnostics.push(finding.help(catalogue::yaml::write_or_delete()));
        }
    }

    /// Reads a key that may be absent.
    pub(crate) fn optional<F: FromYaml>(&mut self, key: &'static str) -> Option<F::Value> {
        let Some(entry) = self.find(key) else {
            self.report_empty(key);
            return None;
        };
        F::from_yaml(&entry.key, &entry.value, self.context)
    }

    /// Reads a key that must be present. Its absence is reported at the end. A blank text counts as absent.
    pub(crate) fn required<F: FromYaml>(&mut self, key: &'static str) -> Option<F::Value> {
        let (span, message) = match (self.find(key), self.find_written(key)) {
            (None, None) => {
                let message = catalogue::yaml::missing_key(key, place_of(self.owner), self.owner);
                let finding = Diagnostic::new(self.context.dialect.missing_key, self.span, message);
                self.missing.push((key, finding));
                return None;
            }
            (None, Some(empty)) => (empty.key.span, catalogue::yaml::empty_key(key, place_of(self.owner), self.owner)),
            (Some(entry), _) if entry.value.is_blank() => {
                (entry.value.span, catalogue::yaml::blank_key(key, place_of(self.owner), self.owner))
            }
            (Some(entry), _) => return F::from_yaml(&entry.key, &entry.value, self.context),
        };
        self.context.diagnostics.push(Diagnostic::new(self.context.dialect.missing_key, span, message));
        None
    }

    /// Reads a default as if an editor had written it.
    pub(crate) fn read_default<F: FromYaml>(&mut self, default: &serde_json::Value) -> F::Value {
        let node = node_of(default, self.span);
        F::from_yaml(self.key, &node, self.context).expect("a declared default is valid")
    }

    /// A value that follows from the map itself.
    pub(crate) fn derive<T>(&self, derive: impl FnOnce(&Self) -> T) -> T {
        derive(self)
    }

    /// Reports every unknown key, with the nearest known one, and the missing keys that no unknown one is meant as.
    pub(crate) fn finish(mut self) {
        for entry in self.entries {
            let key = &entry.key;
            // A special blank in a key is reported as such.
            let is_reported = key.value.contains(|c: char| !c.is_ascii() && is_blank_like(c));
            if !is_reported && !self.known.iter().any(|known| *known == key.value) {
                let message = catalogue::yaml::unknown_key(&key.value, place_of(self.owner), self.owner);
                let diagnostic = Diagnostic::new(self.context.dialect.unknown_key, key.span, message);
                let suggestion = self.find_meant(&key.value);
                self.missing.retain(|(missing, _)| Some(*missing) != suggestion);
                let diagnostic = match suggestion {
                    None => diagnostic.help(catalogue::help::known_keys(self.known.join(", "))),
                    suggestion => diagnostic.suggest_for(&key.value, suggestion),
                };
                self.context.diagnostics.push(diagnostic);
            }
        }
        self.missing.into_iter().for_each(|(_, finding)| self.context.diagnostics.push(finding));
    }

    /// The known key that an unknown one is meant as: in Portuguese, or misspelt.
    fn find_meant(&self, key: &str) -> Option<&'static str> {
        let lower = key.to_lowercase();
        let translated = TRANSLATED_KEYS.iter().filter(|(portuguese, _)| *portuguese == lower).map(|(_, name)| *name);
        let known = |name: &&'static str| self.known.contains(name);
        translated.into_iter().find(known).or_else(|| nearest(&lower, self.known.iter().copied()))
    }
}

/// Names of keys that editors write in Portuguese.
const TRANSLATED_KEYS: [(&str, &str); 22] = [
    ("titulo", "title"),
    ("título", "title"),
    ("descricao", "description"),
    ("descrição", "description"),
    ("rascunho", "draft"),
    ("ordem", "order"),
    ("responsavel", "owner"),
    ("responsável", "owner"),
    ("dono", "owner"),
    ("revisado", "reviewed"),
    ("revisao", "review_every"),
    ("revisão", "review_every"),
    ("etiquetas", "tags"),
    ("assuntos", "tags"),
    ("rotulo", "label"),
    ("rótulo", "label"),
    ("exemplo", "example"),
    ("obrigatorio", "required"),
    ("obrigatório", "required"),
    ("idioma", "language"),
    ("valores", "values"),
    ("opcoes", "options"),
];

/// A default as a tree, all of it at one span.
fn node_of(default: &serde_json::Value, span: Span) -> Node {
    let scalar = |text: String| Value::Scalar { text, is_plain: true };
    let entry = |(key, value): (&String, _)| MapEntry {
        key: Spanned { value: key.clone(), span },
        value: node_of(value, span),
    };
    let value = match default {
        serde_json::Value::Object(entries) => Value::Map(entries.iter().map(entry).collect()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(|item| node_of(item, span)).collect()),
        serde_json::Value::String(text) => scalar(text.clone()),
        other => scalar(other.to_string()),
    };
    Node { value, span }
}

/// Reads the map that a whole text holds. `root` is its tree; one that was refused has the defaults, without more reports.
pub(crate) fn read_file<F: FromYaml>(
    root: Option<&Node>,
    text: &str,
    start: Span,
    context: &mut Context<'_>,
) -> F::Value {
    let key = Spanned { value: String::new(), span: start };
    let empty = Node { value: Value::Map(Vec::new()), span: start };
    let root = root.or_else(|| is_blank(text).then_some(&empty));
    if let Some(value) = root.and_then(|root| F::from_yaml(&key, root, context)) {
        return value;
    }
    let mut unreported = Context { dialect: context.dialect, diagnostics: &mut Diagnostics::default() };
    F::from_yaml(&key, &empty, &mut unreported).expect("every required key of a file has a fallback")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::Sources;

    #[test]
    fn reports_every_unknown_missing_and_repeated_key() {
        let dialect = Dialect {
            syntax: Code::CONFIG_SYNTAX,
            unknown_key: Code::CONFIG_UNKNOWN_KEY,
            missing_key: Code::CONFIG_MISSING_KEY,
            invalid_value: Code::CONFIG_INVALID_VALUE,
            duplicate_key: Code::CONFIG_INVALID_VALUE,
            trap: Code::CONFIG_YAML_TRAP,
        };
        let file = Sources::default().add("vereda.yaml", "");
        let mut diagnostics = Diagnostics::default();
        let node =
            crate::yaml::parse("titel: a\nother: b\nother: c\n", file, 0, dialect, Meaning::Other, &mut diagnostics)
                .unwrap();
        let key = Spanned { value: String::new(), span: node.span };
        let mut context = Context { dialect, diagnostics: &mut diagnostics };
        let mut fields = Fields::of("vereda.yaml", &key, &node, &mut context).unwrap();
        assert_eq!(fields.required::<String>("title"), None);
        assert_eq!(fields.required::<String>("language"), None);
        fields.finish();
        let codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
        assert_eq!(
            codes,
            [
                "config/invalid-value",
                "config/unknown-key",
                "config/unknown-key",
                "config/unknown-key",
                "config/missing-key"
            ]
        );
    }
}
