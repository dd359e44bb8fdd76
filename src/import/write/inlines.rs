//! The text of a block as Markdown.
//!
//! Styles use the signs of Markdown where these certainly open and close (`CommonMark` 0.31, 6.2), and elements of HTML where
//! not: inside a word, beside other signs.

use pulldown_cmark_escape::escape_html;

use super::escape::{Container, Place, escape, escape_address};
use crate::import::tree::{Inline, Style};
use crate::url::is_absolute;

/// A part of a text whose signs are not decided yet.
enum Token {
    /// Markdown.
    Written(String),
    Break,
    Open(Style),
    Close(Style),
}

/// Writes a text. Footnotes are added to `notes`.
pub(super) fn write_inlines(inlines: &[Inline], container: Container, notes: &mut Vec<Vec<Inline>>) -> String {
    let place = Place {
        container,
        starts_line: container == Container::Paragraph,
        is_in_brackets: container == Container::Title,
    };
    let mut tokens = Tokens { list: Vec::new(), place, notes };
    tokens.add_all(inlines);
    let tokens = tokens.list;
    let breaks = if container == Container::Cell { "<br>" } else { "\\\n" };
    Signs { out: String::new(), open: Vec::new() }.write(&tokens, breaks)
}

struct Tokens<'n> {
    list: Vec<Token>,
    place: Place,
    notes: &'n mut Vec<Vec<Inline>>,
}

impl Tokens<'_> {
    fn add_all(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.add(inline);
        }
    }

    fn add(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => {
                let written = escape(text, self.place_here());
                self.written(written);
            }
            Inline::Styled(style, inner) => {
                self.list.push(Token::Open(*style));
                self.add_all(inner);
                self.list.push(Token::Close(*style));
            }
            Inline::Code(text) => {
                let written = self.code(text);
                self.written(written);
            }
            Inline::Link { address, text } => self.add_link(address, text),
            Inline::Image { address, alt } => {
                let alt = escape(alt, Place { is_in_brackets: true, ..self.place_inside() });
                self.written(format!("![{alt}]({})", escape_address(address)));
            }
            Inline::Break => self.list.push(Token::Break),
            Inline::Anchor(id) => self.written(format!("<span id=\"{}\"></span>", attribute(id))),
            Inline::Footnote(text) => {
                self.notes.push(text.clone());
                let mark = format!("[^{}]", self.notes.len());
                self.written(mark);
            }
        }
    }

    fn add_link(&mut self, address: &str, text: &[Inline]) {
        let is_own_text = matches!(text, [Inline::Text(text)] if text == address) && is_absolute(address);
        let is_plain = !address.contains(|c: char| c.is_whitespace() || "<>\\{}|&`\"^*_[]~".contains(c));
        if is_own_text && is_plain && !address.starts_with("//") && self.place.container != Container::Heading {
            return self.written(format!("<{address}>"));
        }
        if let Some(Token::Written(before)) = self.list.last_mut()
            && before.ends_with('!')
        {
            // The link would be an image.
            before.insert(before.len() - 1, '\\');
        }
        self.written("[".to_owned());
        let outer = self.place.is_in_brackets;
        self.place.is_in_brackets = true;
        self.add_all(text);
        self.place.is_in_brackets = outer;
        self.written(format!("]({})", escape_address(address)));
    }

    fn place_inside(&self) -> Place {
        Place { starts_line: false, ..self.place }
    }

    fn place_here(&self) -> Place {
        let starts_line = self.place.starts_line && matches!(self.list.last(), None | Some(Token::Break));
        Place { starts_line, ..self.place }
    }

    fn written(&mut self, text: String) {
        self.list.push(Token::Written(text));
    }

    /// Code between backticks, or in an element where these cannot say it.
    fn code(&self, text: &str) -> String {
        let is_balanced = !self.place.is_in_brackets || !text.contains(['[', ']', '\\']);
        let is_plain = !text.contains('`')
            && text.trim() == text
            && !(self.place.container == Container::Cell && text.contains('|'));
        let is_open = self.place.container == Container::Heading && text.contains(['{', '}', '#']);
        if is_plain && is_balanced && !is_open {
            return format!("`{text}`");
        }
        format!("<code>{}</code>", escape(text, self.place_inside()))
    }
}

/// Decides the signs of styles, from left to right.
struct Signs {
    out: String,
    open: Vec<&'static str>,
}

impl Signs {
    fn write(mut self, tokens: &[Token], breaks: &str) -> String {
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Written(text) => self.out.push_str(text),
                Token::Break => self.out.push_str(breaks),
                Token::Open(style) => {
                    let sign = self.find_sign(*style, tokens, at);
                    match sign {
                        Some(sign) => self.out.push_str(sign),
                        None => self.out.extend(["<", style.element(), ">"]),
                    }
                    self.open.push(sign.unwrap_or_default());
                }
                Token::Close(style) => match self.open.pop() {
                    Some(sign) if !sign.is_empty() => self.out.push_str(sign),
                    _ => self.out.extend(["</", style.element(), ">"]),
                },
            }
        }
        self.out
    }

    /// The sign that certainly opens here and closes at the end of this style.
    fn find_sign(&self, style: Style, tokens: &[Token], at: usize) -> Option<&'static str> {
        let close = find_close(tokens, at)?;
        let after = match tokens.get(close + 1) {
            None | Some(Token::Break) => None,
            Some(Token::Written(text)) => text.chars().next(),
            Some(Token::Open(_) | Token::Close(_)) => Some('<'),
        };
        let before = self.out.chars().next_back();
        let is_edge = |c: Option<char>, sign: char| {
            c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation() && c != sign && c != '\\')
        };
        let ends_in_sign = |sign: char| match tokens.get(close - 1) {
            Some(Token::Written(text)) => text.ends_with(sign),
            _ => false,
        };
        let starts_in_sign = |sign: char| matches!(&tokens[at + 1], Token::Written(text) if text.starts_with(sign));
        style.signs().iter().copied().find(|sign| {
            let c = sign.chars().next().expect("a sign has a character");
            let is_taken = self.open.iter().any(|open| open.starts_with(c));
            let neighbours_open = matches!(tokens.get(close + 1), Some(Token::Open(_)));
            !is_taken
                && !neighbours_open
                && is_edge(before, c)
                && is_edge(after, c)
                && !ends_in_sign(c)
                && !starts_in_sign(c)
        })
    }
}

fn find_close(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    tokens[open..]
        .iter()
        .position(|token| {
            match token {
                Token::Open(_) => depth += 1,
                Token::Close(_) => depth -= 1,
                _ => {}
            }
            depth == 0
        })
        .map(|length| open + length)
}

/// The value of an attribute of HTML.
pub(super) fn attribute(value: &str) -> String {
    let mut out = String::new();
    escape_html(&mut out, value).expect("a String takes any text");
    out
}
