//! Regular expressions with the same meaning here and in the browser.
//!
//! In: a pattern as an editor wrote it. Out: a [`Pattern`] equivalent to `new RegExp('^(?:…)$', 'u')` (ECMA-262), or a
//! [`PatternFault`]. Syntax that a browser rejects or interprets differently is refused, with its replacement; classes such as `\d`
//! get the members that they have in a browser. Matching takes linear time here; [`super::backtracking`] refuses patterns that
//! freeze a browser. Entry point: [`Pattern::new`].

use regex::Regex;
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassAsciiKind, ClassPerl, ClassPerlKind, ClassSetBinaryOp, ClassSetItem, ClassUnicode,
    ClassUnicodeKind, Group, GroupKind, HexLiteralKind, Literal, LiteralKind, Repetition, Span, SpecialLiteralKind,
    Visitor, visit,
};

use schemars::{Schema, SchemaGenerator};

use super::backtracking::{self, LONGEST_TEXT};
use crate::diagnostic::{Text, catalogue};
use crate::source::Spanned;
use crate::yaml::{Context, FromYaml, Meaning, Node};

/// Punctuation that may follow a backslash in a browser.
const ESCAPABLE: &str = "^$\\.*+?()[]{}|/";

/// The members of `\s` in a browser (ECMA-262, `WhiteSpace` and `LineTerminator`).
const SPACES: &str = r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

/// The general categories of Unicode, which have the same names in both (`Cs` cannot be in a text).
const CATEGORIES: [&str; 36] = [
    "L", "Lu", "Ll", "Lt", "LC", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe",
    "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
];

/// A regular expression that must match a whole value.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// As written.
    pub(crate) text: String,
    regex: Regex,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PatternFault {
    /// Not a regular expression, with the cause.
    Syntax(String),
    /// A part with another meaning in a browser, or with none, and its replacement.
    Differs { written: String, instead: Option<String> },
    /// A text exists that a browser matches for so long that the tab freezes.
    Slow,
}

impl Pattern {
    /// A pattern that a browser matches in bounded time.
    pub(crate) fn new(text: &str) -> Result<Self, PatternFault> {
        let (pattern, meaning) = Self::translate(text)?;
        if backtracking::is_bounded(&meaning) { Ok(pattern) } else { Err(PatternFault::Slow) }
    }

    /// As [`Self::new`], of a pattern that was checked before.
    pub(crate) fn of_checked(text: &str) -> Option<Self> {
        Self::translate(text).map(|(pattern, _)| pattern).ok()
    }

    /// The pattern, and its text as `regex` reads it.
    fn translate(text: &str) -> Result<(Self, String), PatternFault> {
        let ast = Parser::new().parse(text).map_err(|error| syntax(&error))?;
        let meanings = visit(&ast, PatternVisitor { text, meanings: Vec::new() })?;
        let meaning = replace(text, &meanings);
        let regex = Regex::new(&format!("^(?:{meaning})$")).map_err(|error| syntax(&error))?;
        Ok((Self { text: text.to_owned(), regex }, meaning))
    }

    /// A text of more than [`LONGEST_TEXT`] UTF-16 units matches no pattern.
    pub(crate) fn is_match(&self, value: &str) -> bool {
        value.encode_utf16().take(LONGEST_TEXT + 1).count() <= LONGEST_TEXT && self.regex.is_match(value)
    }
}

impl PatternFault {
    pub(crate) fn message(&self) -> Text {
        match self {
            Self::Syntax(cause) => catalogue::yaml::invalid_pattern(cause),
            Self::Differs { written, instead: Some(instead) } => catalogue::yaml::pattern_differs(written, instead),
            Self::Differs { written, instead: None } => catalogue::yaml::pattern_unknown(written),
            Self::Slow => catalogue::yaml::pattern_slow(),
        }
    }
}

impl FromYaml for Pattern {
    type Value = Self;
    const MEANING: Meaning = Meaning::Text;

    fn from_yaml(key: &Spanned<String>, node: &Node, context: &mut Context<'_>) -> Option<Self> {
        let text = String::from_yaml(key, node, context)?;
        Self::new(&text).map_err(|fault| context.report(node.span, fault.message())).ok()
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        String::schema(generator)
    }
}

/// The cause is the last line of the parser's message.
fn syntax(error: &impl ToString) -> PatternFault {
    let message = error.to_string();
    PatternFault::Syntax(message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned())
}

/// Replaces parts by their meaning in a browser.
fn replace(text: &str, meanings: &[(Span, String)]) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut at = 0;
    for (span, meaning) in meanings {
        replaced.push_str(&text[at..span.start.offset]);
        replaced.push_str(meaning);
        at = span.end.offset;
    }
    replaced + &text[at..]
}

/// Refuses parts that differ, and collects replacements in the order of the text.
struct PatternVisitor<'a> {
    text: &'a str,
    meanings: Vec<(Span, String)>,
}

type Read = Result<(), PatternFault>;

impl Visitor for PatternVisitor<'_> {
    type Output = Vec<(Span, String)>;
    type Err = PatternFault;

    fn finish(self) -> Result<Self::Output, PatternFault> {
        Ok(self.meanings)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Read {
        match ast {
            Ast::Flags(flags) => self.refuse(&flags.span, Some("[Aa]")),
            Ast::Literal(literal) => self.read_literal(literal, false),
            Ast::Dot(span) => self.replace_by(span, r"[^\n\r\u{2028}\u{2029}]"),
            Ast::Assertion(assertion) => self.read_assertion(&assertion.span, &assertion.kind),
            Ast::ClassUnicode(class) => self.read_unicode(class),
            Ast::ClassPerl(class) => self.read_perl(class),
            Ast::Repetition(repetition) => self.read_repetition(repetition),
            Ast::Group(group) => self.read_group(group),
            Ast::Empty(_) | Ast::ClassBracketed(_) | Ast::Alternation(_) | Ast::Concat(_) => Ok(()),
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Read {
        match item {
            ClassSetItem::Literal(literal) => self.read_literal(literal, true),
            ClassSetItem::Range(range) => {
                self.read_literal(&range.start, true)?;
                self.read_literal(&range.end, true)
            }
            ClassSetItem::Ascii(class) => self.refuse(&class.span, written_out(&class.kind).filter(|_| !class.negated)),
            ClassSetItem::Unicode(class) => self.read_unicode(class),
            ClassSetItem::Perl(class) => self.read_perl(class),
            ClassSetItem::Bracketed(class) => self.refuse(&class.span, Some(r"\[")),
            ClassSetItem::Union(union) => self.read_hyphens(&union.items),
            ClassSetItem::Empty(_) => Ok(()),
        }
    }

    fn visit_class_set_binary_op_pre(&mut self, operation: &ClassSetBinaryOp) -> Read {
        self.refuse(&operation.span, None)
    }
}

impl PatternVisitor<'_> {
    fn written(&self, span: &Span) -> &str {
        &self.text[span.start.offset..span.end.offset]
    }

    fn refuse(&self, span: &Span, instead: Option<&str>) -> Read {
        Err(PatternFault::Differs { written: self.written(span).to_owned(), instead: instead.map(str::to_owned) })
    }

    #[expect(clippy::unnecessary_wraps, reason = "the arms of a match that can fail")]
    fn replace_by(&mut self, span: &Span, meaning: &str) -> Read {
        self.meanings.push((*span, meaning.to_owned()));
        Ok(())
    }

    fn read_literal(&self, literal: &Literal, in_class: bool) -> Read {
        let (c, span) = (literal.c, &literal.span);
        let is_bare = || if in_class { "[]".contains(c) } else { "[]{}".contains(c) };
        let is_escapable = || ESCAPABLE.contains(c) || (in_class && c == '-');
        match &literal.kind {
            LiteralKind::Verbatim if is_bare() => self.refuse(span, Some(&format!(r"\{c}"))),
            LiteralKind::Meta | LiteralKind::Superfluous if !is_escapable() => self.refuse(span, Some(&c.to_string())),
            LiteralKind::HexFixed(HexLiteralKind::UnicodeLong)
            | LiteralKind::HexBrace(HexLiteralKind::X | HexLiteralKind::UnicodeLong)
            | LiteralKind::Octal
            | LiteralKind::Special(SpecialLiteralKind::Bell | SpecialLiteralKind::Space) => {
                self.refuse(span, Some(&format!(r"\u{{{:X}}}", u32::from(c))))
            }
            _ => Ok(()),
        }
    }

    fn read_assertion(&mut self, span: &Span, kind: &AssertionKind) -> Read {
        match kind {
            AssertionKind::StartLine | AssertionKind::EndLine => Ok(()),
            AssertionKind::WordBoundary => self.replace_by(span, r"(?-u:\b)"),
            AssertionKind::StartText => self.refuse(span, Some("^")),
            AssertionKind::EndText => self.refuse(span, Some("$")),
            AssertionKind::NotWordBoundary => self.refuse(span, None),
            _ => self.refuse(span, Some(r"\b")),
        }
    }

    /// `\p{Lu}`, by the short name of a general category.
    fn read_unicode(&self, class: &ClassUnicode) -> Read {
        let sign = if class.negated { 'P' } else { 'p' };
        match &class.kind {
            ClassUnicodeKind::OneLetter(letter) if CATEGORIES.contains(&letter.to_string().as_str()) => {
                self.refuse(&class.span, Some(&format!(r"\{sign}{{{letter}}}")))
            }
            ClassUnicodeKind::Named(name) if CATEGORIES.contains(&name.as_str()) => Ok(()),
            _ => self.refuse(&class.span, None),
        }
    }

    /// The class with its members in a browser; inside brackets it becomes a nested class.
    fn read_perl(&mut self, class: &ClassPerl) -> Read {
        let members = match class.kind {
            ClassPerlKind::Digit => "0-9",
            ClassPerlKind::Word => "0-9A-Za-z_",
            ClassPerlKind::Space => SPACES,
        };
        let not = if class.negated { "^" } else { "" };
        self.replace_by(&class.span, &format!("[{not}{members}]"))
    }

    /// A browser repeats neither a repetition nor an assertion.
    fn read_repetition(&self, repetition: &Repetition) -> Read {
        let operator = self.written(&repetition.op.span);
        let repeated = self.written(repetition.ast.span());
        match &*repetition.ast {
            Ast::Repetition(_) => self.refuse(&repetition.span, Some(&format!("(?:{repeated}){operator}"))),
            Ast::Assertion(_) => self.refuse(&repetition.span, Some(repeated)),
            _ if operator.contains([' ', '\t']) => self.refuse(&repetition.op.span, Some(&operator.replace(' ', ""))),
            _ if operator.starts_with("{,") => self.refuse(&repetition.op.span, Some(&operator.replace("{,", "{0,"))),
            _ => Ok(()),
        }
    }

    fn read_group(&self, group: &Group) -> Read {
        let is_plain = |name: &str| !name.contains(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        match &group.kind {
            GroupKind::CaptureName { starts_with_p: true, name } => {
                self.refuse(&name.span, Some(&format!("(?<{}>", name.name)))
            }
            GroupKind::CaptureName { name, .. } if !is_plain(&name.name) => self.refuse(&name.span, None),
            GroupKind::NonCapturing(flags) if !flags.items.is_empty() => self.refuse(&flags.span, Some("[Aa]")),
            _ => Ok(()),
        }
    }

    /// A hyphen between members of a class is ambiguous.
    fn read_hyphens(&self, members: &[ClassSetItem]) -> Read {
        let inner = members.get(1..members.len().saturating_sub(1)).unwrap_or_default();
        let is_hyphen = |member: &&ClassSetItem| matches!(member, ClassSetItem::Literal(literal) if literal.c == '-' && literal.kind == LiteralKind::Verbatim);
        inner.iter().find(is_hyphen).map_or(Ok(()), |hyphen| self.refuse(hyphen.span(), Some(r"\-")))
    }
}

/// The members of a class such as `[:alpha:]`; `None` for long lists.
fn written_out(kind: &ClassAsciiKind) -> Option<&'static str> {
    match kind {
        ClassAsciiKind::Alnum => Some("0-9A-Za-z"),
        ClassAsciiKind::Alpha => Some("A-Za-z"),
        ClassAsciiKind::Blank => Some(r" \t"),
        ClassAsciiKind::Digit => Some("0-9"),
        ClassAsciiKind::Lower => Some("a-z"),
        ClassAsciiKind::Space => Some(r"\s"),
        ClassAsciiKind::Upper => Some("A-Z"),
        ClassAsciiKind::Word => Some("0-9A-Za-z_"),
        ClassAsciiKind::Xdigit => Some("0-9A-Fa-f"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, value: &str) -> bool {
        Pattern::new(pattern).unwrap().is_match(value)
    }

    /// The suggested replacement, or `—` without one.
    fn instead_of(pattern: &str) -> String {
        match Pattern::new(pattern) {
            Err(PatternFault::Differs { instead, .. }) => instead.unwrap_or_else(|| "—".to_owned()),
            other => panic!("{pattern}: {other:?}"),
        }
    }

    #[test]
    fn matches_the_whole_value() {
        assert!(matches("[0-9]{6,12}|x", "215531931"));
        assert!(matches("[0-9]{6,12}|x", "x"));
        assert!(!matches("[0-9]{6,12}|x", "x215531931"));
        assert!(!matches("x", "x\n"));
    }

    #[test]
    fn classes_have_the_members_of_the_browser() {
        assert!(!matches(r"\d", "٣") && !matches(r"[\d]", "٣") && matches(r"\D", "٣"));
        assert!(!matches(r"\w", "é") && matches(r"[^\w]", "é") && matches(r"[\W]", "é"));
        assert!(matches(r"\s\s", "\u{a0}\u{feff}") && !matches(r"\s", "\u{85}") && matches(r"[\s\d]+", "1 2"));
        assert!(matches(r"a\bé", "aé") && !matches(r"a.b", "a\u{2028}b") && !matches("a.b", "a\rb"));
    }

    #[test]
    fn refuses_other_syntax_with_its_replacement() {
        let cases = [
            ("(?i)sim", "[Aa]"),
            ("(?i:sim)", "[Aa]"),
            (r"\pL+", r"\p{L}"),
            (r"\PL", r"\P{L}"),
            (r"\p{Greek}", "—"),
            (r"\p{letter}", "—"),
            ("(?P<n>a)", "(?<n>"),
            (r"\Aa", "^"),
            (r"a\z", "$"),
            (r"a\B", "—"),
            (r"\b{start}a", r"\b"),
            ("[[:alpha:]]", "A-Za-z"),
            ("[[:^alpha:]]", "—"),
            ("[a[b]]", r"\["),
            ("[a-z&&[^b]]", "—"),
            ("[a-z--b]", "—"),
            (r"a\-b", "-"),
            (r"a\#", "#"),
            ("a]", r"\]"),
            ("[]a]", r"\]"),
            ("a}", r"\}"),
            ("[a-c-e]", r"\-"),
            (r"\x{41}", r"\u{41}"),
            (r"\U0001F600", r"\u{1F600}"),
            (r"\a", r"\u{7}"),
            ("a**", "(?:a*)*"),
            ("^*a", "^"),
        ];
        for (pattern, instead) in cases {
            assert_eq!(instead_of(pattern), instead, "{pattern}");
        }
    }

    #[test]
    fn accepts_common_syntax() {
        let patterns = [
            r"\p{Lu}\P{L}",
            r"[\p{L}\d.-]+",
            r"[a\-z]",
            r"\u0041\x41\u{1F600}",
            r"(?<ano>\d{4})-(?:a|b)?",
            r"\/\.\$\{\}\[\]",
            "[{}]",
            "a+?|^b$|",
            "[-a][a-]",
        ];
        for pattern in patterns {
            assert!(Pattern::new(pattern).is_ok(), "{pattern}: {:?}", Pattern::new(pattern));
        }
    }

    #[test]
    fn reports_the_cause_of_a_syntax_error() {
        for pattern in ["[a", "(", "a{2", "*", r"\1", "(?=a)"] {
            assert!(
                matches!(Pattern::new(pattern), Err(PatternFault::Syntax(cause)) if !cause.is_empty()),
                "{pattern}"
            );
        }
    }
}
