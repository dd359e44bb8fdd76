//! YAML text → a tree in which everything knows its place, and a reader of maps that reports every problem and goes on.
//!
//! Plain `Deserialize` stops at the first mistake; a file with three mistakes deserves three diagnostics. So the text becomes
//! a [`Node`] tree (by `serde-saphyr`, which has exact spans and refuses alias bombs), and each schema is read field by field
//! with [`Fields`]. Entry point: [`parse`]. What a key means is left to the callers, and the codes come from their [`Dialect`].

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::{DuplicateKeyPolicy, Options};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Text, catalogue, nearest};
use crate::source::{FileId, Span, Spanned};

/// Deeper than any flow is written; reading goes as deep into the stack.
const DEEPEST: usize = 32;

/// What aliases repeat, in values and in the beginnings and ends of lists and maps.
const MOST_REPEATED: usize = 20_000;

/// The codes that mistakes of one kind of file get.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    pub(crate) syntax: Code,
    pub(crate) unknown_key: Code,
    pub(crate) missing_key: Code,
    pub(crate) invalid_value: Code,
    pub(crate) duplicate_key: Code,
}

/// One value with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) span: Span,
}

/// What a node holds. Scalars keep their text as written, so that `0123` and `no` lose nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Scalar { text: String, is_plain: bool },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One pair of a map, in the author's order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: Spanned<String>,
    pub(crate) value: Node,
}

impl Node {
    /// The text of a scalar.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// `true` or `false` written without quotes.
    pub(crate) fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Scalar { text, is_plain: true } => text.parse().ok(),
            _ => None,
        }
    }

    /// A decimal number written without quotes.
    pub(crate) fn as_number(&self) -> Option<f64> {
        match &self.value {
            Value::Scalar { text, is_plain: true } => text.parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }

    /// The entries of a map; none for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }
}

/// Parses the text `file[start..start + text.len()]`. `None` when it is empty or was refused and reported.
pub(crate) fn parse(
    text: &str,
    file: FileId,
    start: usize,
    dialect: Dialect,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let origin = Origin { text, file, start };
    match serde_saphyr::from_str_with_options::<RawNode>(text, options()) {
        Ok(raw) => Some(origin.node(raw)).filter(|node| node.value != Value::Null),
        Err(_) if is_blank(text) => None,
        Err(error) => {
            diagnostics.push(Diagnostic::new(dialect.syntax, origin.span_of(&error), reason(&error)));
            None
        }
    }
}

/// Why a text is no YAML, or more of it than is read.
fn reason(error: &serde_saphyr::Error) -> Text {
    use serde_saphyr::Error::{AliasError, Budget};
    match error.without_snippet() {
        Budget { breach: BudgetBreach::Depth { .. }, .. } => catalogue::yaml::too_deep(DEEPEST),
        // A tree takes every value, so that only a limit stops what an alias repeats.
        Budget { .. } | AliasError { .. } => catalogue::yaml::too_large(),
        error => {
            let cause = error.to_string();
            if cause.starts_with("recursion limit exceeded") {
                return catalogue::yaml::too_deep(DEEPEST);
            }
            catalogue::yaml::syntax(cause.split_once(": ").map_or(cause.as_str(), |(_, cause)| cause))
        }
    }
}

/// Nothing but blank lines and comments.
fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// `no` stays a text and `0123` keeps its zero; a repeated key reaches us and is reported with its place.
fn options() -> Options {
    serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        with_snippet: false,
        budget: serde_saphyr::budget! { max_depth: DEEPEST },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: MOST_REPEATED },
    }
}

/// The text being parsed and where it stands in its file.
struct Origin<'a> {
    text: &'a str,
    file: FileId,
    start: usize,
}

impl Origin<'_> {
    fn node(&self, raw: RawNode) -> Node {
        let range = raw.range.unwrap_or(0..0);
        let span = Span::new(self.file, self.start + range.start, self.start + range.end);
        let written = self.text.get(range).unwrap_or("");
        let is_plain = !written.starts_with(['"', '\'']);
        let value = match raw.value {
            RawValue::Null => Value::Null,
            RawValue::Typed => Value::Scalar { text: written.to_owned(), is_plain: true },
            RawValue::Text(text) => Value::Scalar { is_plain: is_plain && text == written, text },
            RawValue::List(items) => Value::List(items.into_iter().map(|item| self.node(item)).collect()),
            RawValue::Map(entries) => Value::Map(entries.into_iter().map(|pair| self.entry(pair)).collect()),
        };
        Node { value, span }
    }

    fn entry(&self, (key, value): (RawNode, RawNode)) -> Entry {
        let key = self.node(key);
        let text = key.as_text().unwrap_or_default().to_owned();
        let mut value = self.node(value);
        let is_unwritten = value.value == Value::Null && value.span.range().is_empty();
        if is_unwritten || matches!(value.value, Value::List(_) | Value::Map(_)) {
            value.span = key.span;
        }
        Entry { key: Spanned { value: text, span: key.span }, value }
    }

    fn span_of(&self, error: &serde_saphyr::Error) -> Span {
        let offset = error.location().map_or(0, |place| {
            let line = usize::try_from(place.line()).unwrap_or(1).max(1);
            let column = usize::try_from(place.column()).unwrap_or(1).max(1);
            offset_of(self.text, line, column)
        });
        let length = self.text[offset..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        Span::new(self.file, self.start + offset, self.start + offset + length)
    }
}

/// Byte offset of a line and a column in characters, both from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = &text[line_start..];
    line_start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(offset, _)| offset)
}

/// What `serde-saphyr` gives before spans are made absolute.
struct RawNode {
    value: RawValue,
    range: Option<std::ops::Range<usize>>,
}

enum RawValue {
    Null,
    /// A scalar that YAML reads as a number or a boolean: its text is taken from the source.
    Typed,
    Text(String),
    List(Vec<RawNode>),
    Map(Vec<(RawNode, RawNode)>),
}

impl<'de> Deserialize<'de> for RawNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = serde_saphyr::Spanned::<RawValue>::deserialize(deserializer)?;
        let span = spanned.referenced.span();
        let range = span.byte_offset().zip(span.byte_len()).map(|(start, length)| {
            let start = usize::try_from(start).unwrap_or(0);
            start..start + usize::try_from(length).unwrap_or(0)
        });
        Ok(Self { value: spanned.value, range })
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Typed)
    }

    fn visit_str<E>(self, text: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<RawValue, E> {
        Ok(RawValue::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawValue::Map(map))
    }
}

/// Where readers put what they find wrong.
pub(crate) struct Context<'a> {
    pub(crate) dialect: Dialect,
    pub(crate) diagnostics: &'a mut Diagnostics,
}

impl Context<'_> {
    /// Reports a value that cannot be what its key wants.
    pub(crate) fn report(&mut self, span: Span, message: Text) {
        self.diagnostics.push(Diagnostic::new(self.dialect.invalid_value, span, message));
    }

    /// Reports a value that cannot be what its key wants, which is then left out.
    pub(crate) fn refuse<T>(&mut self, span: Span, message: Text) -> Option<T> {
        self.report(span, message);
        None
    }
}

/// A type that can be read from a node; `None` when it was refused and reported.
pub(crate) trait FromYaml: Sized {
    /// `key` names the value in messages.
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self>;
}

/// Reads a map field by field. The keys it was asked for are the keys that exist: [`Fields::finish`] reports the others.
pub(crate) struct Fields<'n, 'c, 'd> {
    owner: &'static str,
    entries: &'n [Entry],
    span: Span,
    known: Vec<&'static str>,
    pub(crate) context: &'c mut Context<'d>,
}

impl<'n, 'c, 'd> Fields<'n, 'c, 'd> {
    /// `owner` names the kind of map in messages. `None`, reported, when the node is not a map.
    pub(crate) fn of(owner: &'static str, node: &'n Node, context: &'c mut Context<'d>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            return context.refuse(node.span, catalogue::yaml::expected_map(owner));
        };
        report_duplicates(entries, context);
        Some(Self { owner, entries, span: node.span, known: Vec::new(), context })
    }

    /// The whole map's place, for what is missing from it.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Finds the raw value of a key; a null value counts as absent.
    pub(crate) fn find(&mut self, key: &'static str) -> Option<&'n Entry> {
        self.known.push(key);
        self.entries.iter().find(|entry| entry.key.value == key && entry.value.value != Value::Null)
    }

    /// Reads a key that may be absent.
    pub(crate) fn optional<T: FromYaml>(&mut self, key: &'static str) -> Option<T> {
        let entry = self.find(key)?;
        T::from_yaml(key, &entry.value, self.context)
    }

    /// Reads a key that must be there; its absence is reported.
    pub(crate) fn required<T: FromYaml>(&mut self, key: &'static str) -> Option<T> {
        let Some(entry) = self.find(key) else {
            let message = catalogue::yaml::missing_key(key, self.owner);
            self.context.diagnostics.push(Diagnostic::new(self.context.dialect.missing_key, self.span, message));
            return None;
        };
        T::from_yaml(key, &entry.value, self.context)
    }

    /// Reports every key nobody asked for, with the nearest one that exists.
    pub(crate) fn finish(self) {
        for entry in self.entries {
            let key = &entry.key;
            if !self.known.iter().any(|known| *known == key.value) {
                let message = catalogue::yaml::unknown_key(&key.value, self.owner);
                let diagnostic = Diagnostic::new(self.context.dialect.unknown_key, key.span, message);
                let suggestion = nearest(&key.value, self.known.iter().copied());
                let diagnostic = match suggestion {
                    None => diagnostic.help(catalogue::help::known_keys(self.known.join(", "))),
                    suggestion => diagnostic.suggest(suggestion),
                };
                self.context.diagnostics.push(diagnostic);
            }
        }
    }
}

fn report_duplicates(entries: &[Entry], context: &mut Context<'_>) {
    for (index, entry) in entries.iter().enumerate() {
        let earlier = entries[..index].iter().find(|earlier| earlier.key.value == entry.key.value);
        if let Some(earlier) = earlier {
            let message = catalogue::yaml::duplicate_key(&entry.key.value);
            let diagnostic = Diagnostic::new(context.dialect.duplicate_key, entry.key.span, message);
            context.diagnostics.push(diagnostic.label(earlier.key.span, catalogue::help::first_here()));
        }
    }
}

impl FromYaml for Node {
    fn from_yaml(_: &str, node: &Node, _: &mut Context<'_>) -> Option<Self> {
        Some(node.clone())
    }
}

impl FromYaml for String {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_text() {
            Some(text) => Some(text.to_owned()),
            None => context.refuse(node.span, catalogue::yaml::expected_text(key)),
        }
    }
}

impl FromYaml for bool {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_bool() {
            Some(value) => Some(value),
            None => context.refuse(node.span, catalogue::yaml::expected_bool(key)),
        }
    }
}

impl FromYaml for f64 {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_number() {
            Some(value) => Some(value),
            None => context.refuse(node.span, catalogue::yaml::expected_number(key)),
        }
    }
}

impl FromYaml for jiff::civil::Date {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        match node.as_text().and_then(|text| text.parse().ok()) {
            Some(date) => Some(date),
            None => context.refuse(node.span, catalogue::yaml::expected_date(key)),
        }
    }
}

impl<T: FromYaml> FromYaml for Spanned<T> {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let value = T::from_yaml(key, node, context)?;
        Some(Spanned { value, span: node.span })
    }
}

/// Items that were refused are left out; the others stay.
impl<T: FromYaml> FromYaml for Vec<T> {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let Value::List(items) = &node.value else {
            return context.refuse(node.span, catalogue::yaml::expected_list(key));
        };
        Some(items.iter().filter_map(|item| T::from_yaml(key, item, context)).collect())
    }
}

/// A value under a name the author chose.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named<T> {
    pub(crate) name: Spanned<String>,
    pub(crate) value: T,
}

/// Entries that were refused are left out; the others stay, in the author's order.
impl<T: FromYaml> FromYaml for Vec<Named<T>> {
    fn from_yaml(key: &str, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            return context.refuse(node.span, catalogue::yaml::expected_map(format!("`{key}`")));
        };
        report_duplicates(entries, context);
        let read = |entry: &Entry| {
            let value = T::from_yaml(&entry.key.value, &entry.value, context)?;
            Some(Named { name: entry.key.clone(), value })
        };
        Some(entries.iter().filter_map(read).collect())
    }
}

/// Reads a word that must be one of a few, with the nearest of them where it is not.
pub(crate) fn read_choice<T: Copy>(
    key: &str,
    node: &Node,
    choices: &[(&str, T)],
    context: &mut Context<'_>,
) -> Option<T> {
    let text = node.as_text().unwrap_or_default();
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text) {
        return Some(*value);
    }
    let names = || choices.iter().map(|(name, _)| *name);
    let list = names().collect::<Vec<_>>().join(", ");
    let message = catalogue::yaml::expected_one_of(key, list);
    let diagnostic = Diagnostic::new(context.dialect.invalid_value, node.span, message);
    context.diagnostics.push(diagnostic.suggest(nearest(text, names())));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    const DIALECT: Dialect = Dialect {
        syntax: Code::CONFIG_SYNTAX,
        unknown_key: Code::CONFIG_UNKNOWN_KEY,
        missing_key: Code::CONFIG_MISSING_KEY,
        invalid_value: Code::CONFIG_INVALID_VALUE,
        duplicate_key: Code::CONFIG_INVALID_VALUE,
    };

    fn parse_text(text: &str) -> (Sources, Option<Node>, Diagnostics) {
        let mut sources = Sources::default();
        let file = sources.add("vereda.yaml", text);
        let mut diagnostics = Diagnostics::default();
        let node = parse(text, file, 0, DIALECT, &mut diagnostics);
        (sources, node, diagnostics)
    }

    #[test]
    fn keeps_scalars_as_written_and_knows_their_place() {
        let (sources, node, _) = parse_text("título: no\nzero: 0123\n'q': \"a b\"\n");
        let node = node.unwrap();
        let written: Vec<_> = node.entries().iter().map(|entry| sources.slice(entry.value.span)).collect();
        assert_eq!(written, ["no", "0123", "\"a b\""]);
        let texts: Vec<_> = node.entries().iter().map(|entry| entry.value.as_text().unwrap()).collect();
        assert_eq!(texts, ["no", "0123", "a b"]);
    }

    #[test]
    fn reports_every_unknown_missing_and_repeated_key() {
        let (_, node, mut diagnostics) = parse_text("titel: a\nother: b\nother: c\n");
        let node = node.unwrap();
        let mut context = Context { dialect: DIALECT, diagnostics: &mut diagnostics };
        let mut fields = Fields::of("vereda.yaml", &node, &mut context).unwrap();
        assert_eq!(fields.required::<String>("title"), None);
        fields.finish();
        let codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
        assert_eq!(
            codes,
            [
                "config/invalid-value",
                "config/missing-key",
                "config/unknown-key",
                "config/unknown-key",
                "config/unknown-key"
            ]
        );
    }

    /// What is said of a text that is refused whole.
    fn refusal(text: &str) -> String {
        let (_, node, diagnostics) = parse_text(text);
        assert_eq!(node, None);
        diagnostics.iter().next().unwrap().message.en.clone()
    }

    #[test]
    fn refuses_what_goes_too_deep_without_going_there() {
        for opening in ["[", "{a: ", "- "] {
            let text = format!("a:\n  {}", opening.repeat(20_000));
            assert_eq!(refusal(&text), "lists and maps are nested more than 32 levels deep");
        }
    }

    #[test]
    fn refuses_aliases_that_multiply() {
        let mut lines = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x]".to_owned()];
        for level in 1..10 {
            let alias = format!("*a{}", level - 1);
            lines.push(format!("a{level}: &a{level} [{}]", [alias.as_str(); 9].join(", ")));
        }
        assert_eq!(
            refusal(&lines.join("\n")),
            "this YAML is too large, or its aliases (`*name`) repeat too much of it"
        );
    }

    #[test]
    fn points_at_the_place_of_a_syntax_error() {
        let (sources, node, diagnostics) = parse_text("a: 1\nb: [2,\nc: 3\n");
        assert!(node.is_none());
        let span = diagnostics.iter().next().unwrap().span.unwrap();
        assert_eq!(sources.position(span.file, span.start).line, 2);
    }
}
