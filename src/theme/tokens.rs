//! Tokens of JavaScript with their text: enough to minify and to bundle modules without a change of meaning.
//!
//! The only hard question is whether `/` begins a regular expression. It is answered from the tokens before it; where only a
//! parser could answer, as after `}`, the text is refused. Tokens tile the text: joined, they are the text.

pub(super) const NEWLINES: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// After these words a value begins, so `/` begins a regular expression.
const BEFORE_VALUE: [&str; 13] = [
    "return",
    "typeof",
    "instanceof",
    "in",
    "new",
    "delete",
    "void",
    "throw",
    "case",
    "do",
    "else",
    "default",
    "extends",
];

/// Keywords in some places and names in others.
const AMBIGUOUS: [&str; 3] = ["of", "yield", "await"];

/// Words before a parenthesis after which a statement begins.
const HEADS: [&str; 4] = ["if", "while", "for", "with"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Space,
    Comment,
    /// A name, a keyword, a private name or a number.
    Word,
    String,
    /// A part of a template literal, from `` ` `` or `}` to `${` or `` ` ``.
    Template,
    Regex,
    Punctuator,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScriptToken<'t> {
    pub(super) kind: TokenKind,
    pub(super) text: &'t str,
    /// Offset in bytes.
    pub(super) start: usize,
    /// Of a word: it follows a dot, so it is no keyword. Of a template: it follows a value, so it is tagged.
    pub(super) is_attached: bool,
}

impl ScriptToken<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_code(&self) -> bool {
        !matches!(self.kind, TokenKind::Space | TokenKind::Comment)
    }

    pub(super) fn is(&self, punctuator: &str) -> bool {
        self.kind == TokenKind::Punctuator && self.text == punctuator
    }

    /// True of a word that is no property after a dot.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && !self.is_attached && self.text == word
    }

    pub(super) fn has_newline(&self) -> bool {
        self.text.contains(NEWLINES)
    }
}

/// The tokens of a script; `None` where it is wrong, or where they need a parser to be known.
pub(super) fn tokenize(text: &str) -> Option<Vec<ScriptToken<'_>>> {
    let mut scanner = Scanner { text, at: 0, tokens: Vec::new(), open: Vec::new(), before: Before::Start };
    while scanner.at < text.len() {
        scanner.read_token()?;
    }
    scanner.open.is_empty().then_some(scanner.tokens)
}

/// What stands before a `/`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing, an operator or a keyword: a regular expression follows.
    Start,
    /// A division follows.
    Value,
    Unknown,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// The parenthesis of `if (…)` and the like.
    Head,
    Parenthesis,
    Bracket,
    Brace,
    /// `${` of a template literal.
    Template {
        is_tagged: bool,
    },
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<ScriptToken<'t>>,
    open: Vec<Open>,
    before: Before,
}

impl<'t> Scanner<'t> {
    fn read_token(&mut self) -> Option<()> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let second = rest[first.len_utf8()..].chars().next();
        match first {
            _ if is_space(first) => self.push(TokenKind::Space, rest.find(|c| !is_space(c)).unwrap_or(rest.len())),
            '/' if second == Some('/') => self.push(TokenKind::Comment, rest.find(NEWLINES).unwrap_or(rest.len())),
            '/' if second == Some('*') => self.push(TokenKind::Comment, rest[2..].find("*/")? + 4),
            '/' => match self.before {
                Before::Start => self.push_value(TokenKind::Regex, regex_length(rest)?),
                Before::Value => self.push_punctuator(1)?,
                Before::Unknown => return None,
            },
            '"' | '\'' => self.push_value(TokenKind::String, string_length(rest, first)?),
            '`' => self.read_template(rest, self.before != Before::Start)?,
            '}' if let Some(&Open::Template { is_tagged }) = self.open.last() => {
                self.open.pop();
                self.read_template(rest, is_tagged)?;
            }
            '.' if second.is_some_and(|c| c.is_ascii_digit()) => self.push_value(TokenKind::Word, number_length(rest)),
            '0'..='9' => self.push_value(TokenKind::Word, number_length(rest)),
            '#' if second.is_some_and(is_name) => self.push_value(TokenKind::Word, 1 + name_length(&rest[1..])),
            _ if is_name(first) => self.read_word(name_length(rest)),
            '#' | '@' | '\\' => return None,
            _ if !first.is_ascii_punctuation() => return None,
            _ if rest.starts_with("...") => self.push_punctuator(3)?,
            _ if rest.starts_with("++") || rest.starts_with("--") => self.push_step(),
            _ => self.push_punctuator(1)?,
        }
        Some(())
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let is_attached = kind == TokenKind::Word && self.last_code().is_some_and(|last| last.is("."));
        self.push_token(kind, length, is_attached);
    }

    fn push_token(&mut self, kind: TokenKind, length: usize, is_attached: bool) {
        let text = &self.text[self.at..self.at + length];
        self.tokens.push(ScriptToken { kind, text, start: self.at, is_attached });
        self.at += length;
    }

    fn push_value(&mut self, kind: TokenKind, length: usize) {
        self.push(kind, length);
        self.before = Before::Value;
    }

    fn last_code(&self) -> Option<&ScriptToken<'t>> {
        self.tokens.iter().rev().find(|token| token.is_code())
    }

    fn read_word(&mut self, length: usize) {
        self.push(TokenKind::Word, length);
        let is_any =
            |words: &[&str]| self.tokens.last().is_some_and(|last| words.iter().any(|word| last.is_word(word)));
        self.before = match () {
            () if is_any(&BEFORE_VALUE) => Before::Start,
            () if is_any(&AMBIGUOUS) => Before::Unknown,
            () => Before::Value,
        };
    }

    /// From `` ` `` or `}` to the next `${` or `` ` ``.
    fn read_template(&mut self, rest: &str, is_tagged: bool) -> Option<()> {
        let mut characters = rest.char_indices().skip(1);
        while let Some((at, c)) = characters.next() {
            match c {
                '\\' => drop(characters.next()?),
                '`' => {
                    self.push_token(TokenKind::Template, at + 1, is_tagged);
                    self.before = Before::Value;
                    return Some(());
                }
                '$' if rest[at..].starts_with("${") => {
                    self.push_token(TokenKind::Template, at + 2, is_tagged);
                    self.before = Before::Start;
                    self.open.push(Open::Template { is_tagged });
                    return Some(());
                }
                _ => {}
            }
        }
        None
    }

    fn push_punctuator(&mut self, length: usize) -> Option<()> {
        let text = &self.text[self.at..self.at + length];
        let opened = match text {
            "(" => Some(if self.is_head() { Open::Head } else { Open::Parenthesis }),
            "[" => Some(Open::Bracket),
            "{" => Some(Open::Brace),
            _ => None,
        };
        self.before = match (text, if matches!(text, ")" | "]" | "}") { self.open.pop() } else { None }) {
            (")", Some(Open::Parenthesis)) | ("]", Some(Open::Bracket)) => Before::Value,
            (")", Some(Open::Head)) => Before::Start,
            ("}", Some(Open::Brace)) => Before::Unknown,
            (")" | "]" | "}", _) => return None,
            _ => Before::Start,
        };
        self.open.extend(opened);
        self.push(TokenKind::Punctuator, length);
        Some(())
    }

    /// `++` and `--` stand after a value on its line, or before one.
    fn push_step(&mut self) {
        let gap = self.tokens.iter().rev().take_while(|token| !token.is_code());
        if gap.into_iter().any(ScriptToken::has_newline) {
            self.before = Before::Start;
        }
        self.push(TokenKind::Punctuator, 2);
    }

    /// Whether a parenthesis here belongs to `if (…)` and the like.
    fn is_head(&self) -> bool {
        let mut words = self.tokens.iter().rev().filter(|token| token.is_code());
        match words.next() {
            Some(last) if last.is_word("await") => words.next().is_some_and(|word| word.is_word("for")),
            Some(last) => HEADS.iter().any(|head| last.is_word(head)),
            None => false,
        }
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '\u{200c}' | '\u{200d}')
}

fn name_length(rest: &str) -> usize {
    rest.find(|c| !is_name(c)).unwrap_or(rest.len())
}

fn number_length(rest: &str) -> usize {
    let (bytes, mut has_point) = (rest.as_bytes(), false);
    let is_decimal = !bytes.get(1).is_some_and(|mark| b"xXoObB".contains(mark));
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'.' if is_decimal && !has_point => has_point = true,
            b'+' | b'-' if is_decimal && bytes[at - 1].eq_ignore_ascii_case(&b'e') => {}
            _ if byte.is_ascii_alphanumeric() || *byte == b'_' => {}
            _ => break,
        }
        at += 1;
    }
    at
}

/// `None` where the string does not end on its line.
fn string_length(rest: &str, quote: char) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => drop(characters.next()?),
            '\n' | '\r' => return None,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// With its flags; `None` where it does not end on its line.
fn regex_length(rest: &str) -> Option<usize> {
    let (mut characters, mut is_class) = (rest.char_indices().skip(1), false);
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => drop(characters.next().filter(|(_, c)| !NEWLINES.contains(c))?),
            _ if NEWLINES.contains(&c) => return None,
            '[' => is_class = true,
            ']' => is_class = false,
            '/' if !is_class => return Some(at + 1 + name_length(&rest[at + 1..])),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code tokens of a script, each in brackets.
    fn code(text: &str) -> String {
        let Some(tokens) = tokenize(text) else { return "refused".to_owned() };
        let code: Vec<_> = tokens.iter().filter(|token| token.is_code()).map(|token| token.text).collect();
        format!("[{}]", code.join("]["))
    }

    fn has(text: &str, kind: TokenKind, wanted: &str) -> bool {
        tokenize(text).is_some_and(|tokens| tokens.iter().any(|token| token.kind == kind && token.text == wanted))
    }

    #[test]
    fn distinguishes_division_from_regular_expression() {
        assert_eq!(code("a / b / c"), "[a][/][b][/][c]");
        assert_eq!(code("(a) / b[0] / c"), "[(][a][)][/][b][[][0][]][/][c]");
        assert_eq!(code("a++ / b"), "[a][++][/][b]");
        for (text, regex) in [
            ("x = y / /re/.exec(z)", "/re/"),
            ("return /re/g", "/re/g"),
            ("if (x) /'/.test(y)", "/'/"),
            ("for await (x of y) /'/.test(x)", "/'/"),
            ("a(/[/*]'/u)", "/[/*]'/u"),
            ("a = b ?? /\\/*x/", "/\\/*x/"),
            ("`${/}`/}`", "/}`/"),
            ("a\n++/x/.lastIndex", "/x/"),
        ] {
            assert!(has(text, TokenKind::Regex, regex), "{text}: {}", code(text));
        }
        for division in
            ["x.return / y / z", "f(x) / y / z", "if (x) y / z / 1", "1. / y / z", "'a' / y / z", "`a` / y / z"]
        {
            assert!(!tokenize(division).unwrap().iter().any(|token| token.kind == TokenKind::Regex), "{division}");
        }
    }

    #[test]
    fn keeps_what_looks_like_a_comment_in_literals() {
        let lines = "`\n  first\n  // second\n  /* third */\n  fourth`";
        assert!(has(lines, TokenKind::Template, lines));
        assert!(has("\"a /** @b */ c\"", TokenKind::String, "\"a /** @b */ c\""));
        assert!(has("'\\'// x'", TokenKind::String, "'\\'// x'"));
        assert!(has("a // '\nb", TokenKind::Comment, "// '"));
        assert!(has("a /* ` */ b", TokenKind::Comment, "/* ` */"));
    }

    #[test]
    fn nests_templates() {
        assert_eq!(code("`a${ `b${ { c: 1 } }` }d`"), "[`a${][`b${][{][c][:][1][}][}`][}d`]");
        assert_eq!(code("`\\${`"), "[`\\${`]");
        assert!(tokenize("String.raw`a`").unwrap().last().unwrap().is_attached);
        assert!(!tokenize("return `a`").unwrap().last().unwrap().is_attached);
    }

    #[test]
    fn reads_numbers_names_and_dots() {
        assert_eq!(code("1.5e-3+.5-0x1e+1..a"), "[1.5e-3][+][.5][-][0x1e][+][1.][.][a]");
        assert_eq!(code("a?.5:b?.c"), "[a][?][.5][:][b][?][.][c]");
        assert_eq!(code("#a in $b, ...ç"), "[#a][in][$b][,][...][ç]");
    }

    #[test]
    fn refuses_what_needs_a_parser() {
        for text in [
            "{} / 1",
            "x = {} /a/g",
            "of / 1",
            "'a\n'",
            "`a",
            "/a",
            "(]",
            "a }",
            "{",
            "@a class b {}",
            "\\u0061",
            "/* a",
        ] {
            assert_eq!(code(text), "refused", "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn tokens_tile_the_text(text in r#"([a-z0-9 \n/*'"`$\{\}()\[\].+\\;]|=>|return |//|/\*|\*/|\$\{|é|\PC){0,40}"#) {
            let Some(tokens) = tokenize(&text) else { return Ok(()) };
            proptest::prop_assert_eq!(tokens.iter().map(|token| token.text).collect::<String>(), text.as_str());
            let ends = [0].into_iter().chain(tokens.iter().map(ScriptToken::end));
            for (token, end) in tokens.iter().zip(ends) {
                proptest::prop_assert_eq!(token.start, end);
                proptest::prop_assert!(!token.text.is_empty());
            }
        }
    }
}
