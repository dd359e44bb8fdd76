//! A walk with a person, or with a script: a screen out, a line in.
//!
//! At a terminal options are pointed at with the arrow keys. Where the standard input is no terminal nothing but the screens is
//! printed, and an answer that is refused ends the walk, so that a script never goes on from a place it did not expect.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use console::Term;
use vereda::diagnostic::{Text, walk as words};
use vereda::error::Error;
use vereda::inspect::{Prompt, Screen, Walkthrough};

use super::super::{Failure, Outcome, Verdict};
use super::Telling;
use super::pointer::{Pointer, Pressed};

/// Who answers, and how.
#[derive(Clone, Debug)]
enum Reader {
    Script,
    /// A person whose terminal has only lines.
    Lines,
    /// A person who can point at options.
    Keys(Term),
}

impl Reader {
    fn find() -> Self {
        let term = Term::stdout();
        match (io::stdin().is_terminal(), term.is_term()) {
            (false, _) => Self::Script,
            (true, false) => Self::Lines,
            (true, true) => Self::Keys(term),
        }
    }

    fn is_person(&self) -> bool {
        !matches!(self, Self::Script)
    }
}

/// What a line asks for.
enum Next {
    /// The next screen.
    Show,
    /// The same one: something was refused, and that was said.
    Again,
    Quit,
}

/// Walks until the end of the lines, or `q`.
pub(super) fn walk(telling: Telling<'_>) -> Outcome {
    let reader = Reader::find();
    let mut walkthrough = Walkthrough::new(telling.flow);
    if reader.is_person() {
        telling.session.terminal.tell(words::keys().in_language(telling.language));
    }
    telling.print(&format!("# {}\n", telling.flow.title()))?;
    let mut has_news = true;
    while let Some(screen) = walkthrough.screen() {
        if has_news {
            telling.print(&screen_text(&screen, telling, &reader))?;
        }
        let line = match &reader {
            Reader::Keys(term) if !matches!(screen.prompt, Prompt::Input { .. }) => {
                Some(point(term, &screen.prompt, telling)?)
            }
            _ => read_line(&reader, telling)?,
        };
        let Some(line) = line else { break };
        match follow(&mut walkthrough, line.trim(), reader.is_person(), telling)? {
            Next::Show => has_news = true,
            Next::Again => has_news = false,
            Next::Quit => break,
        }
    }
    Ok(Verdict::Clean)
}

/// Lets a person point at an option: what they would have typed.
fn point(term: &Term, wait: &Prompt, telling: Telling<'_>) -> Result<String, Failure> {
    let (options, is_multiple) = match wait {
        Prompt::Choice { options, multiple } => (options.as_slice(), *multiple),
        _ => (&[][..], false),
    };
    let fail = |error| Failure::from(Error::Read(PathBuf::from("stdin"), error)).in_language(telling.flow.language());
    let mut pointer = Pointer::new(options.len(), is_multiple);
    telling.print(&pointed_text(options, &pointer, term))?;
    loop {
        match pointer.press(&term.read_key_raw().map_err(fail)?) {
            Pressed::Nothing => {}
            Pressed::Said(line) => return Ok(line),
            Pressed::Moved => {
                term.clear_last_lines(options.len()).map_err(fail)?;
                telling.print(&pointed_text(options, &pointer, term))?;
            }
        }
    }
}

/// A line an option, cut to the width of the terminal, so that as many lines can be taken back.
fn pointed_text(options: &[(String, Option<String>)], pointer: &Pointer, term: &Term) -> String {
    let width = usize::from(term.size().1).max(20) - 1;
    let mut text = String::new();
    for (index, line) in options_text(options).lines().enumerate() {
        let arrow = if index == pointer.at() { '›' } else { ' ' };
        let mark = pointer.mark(index).map_or("", |is_marked| if is_marked { "[x] " } else { "[ ] " });
        let line = format!("{arrow} {mark}{}", line.trim_start());
        writeln!(text, "{}", console::truncate_str(&line, width, "…")).expect("a String takes any text");
    }
    text
}

/// The next line; `None` at the end.
fn read_line(reader: &Reader, telling: Telling<'_>) -> Result<Option<String>, Failure> {
    if reader.is_person() {
        telling.print("> ")?;
    }
    let mut line = String::new();
    let fail = |error| Failure::from(Error::Read(PathBuf::from("stdin"), error)).in_language(telling.flow.language());
    let length = io::stdin().read_line(&mut line).map_err(fail)?;
    Ok((length > 0).then_some(line))
}

fn follow(
    walkthrough: &mut Walkthrough<'_>,
    line: &str,
    is_person: bool,
    telling: Telling<'_>,
) -> Result<Next, Failure> {
    let said = match line {
        "q" => return Ok(Next::Quit),
        "r" => {
            walkthrough.restart();
            Ok(())
        }
        "b" if walkthrough.back() => Ok(()),
        "b" => Err(words::at_the_start()),
        line => walkthrough.answer(line),
    };
    match said {
        Ok(()) => Ok(Next::Show),
        Err(cause) if is_person => {
            telling.session.terminal.complain(cause.in_language(telling.language));
            Ok(Next::Again)
        }
        Err(cause) => Err(refused(line, &cause).in_language(telling.flow.language())),
    }
}

fn refused(line: &str, cause: &Text) -> Failure {
    let (pt, en) = (words::refused_line(line, &cause.pt).pt, words::refused_line(line, &cause.en).en);
    Failure::new(Text { pt, en })
}

fn screen_text(screen: &Screen, telling: Telling<'_>, reader: &Reader) -> String {
    let own = format!("{}. {}", screen.number, screen.title);
    let place = screen.calls.iter().cloned().chain([own]).collect::<Vec<_>>().join(" › ");
    let mut text = format!("\n{place}\n");
    let tasks = screen.tasks.iter().map(|task| format!("  [ ] {task}\n"));
    let links = screen.links.iter().map(|(label, url)| format!("  {label}: {url}\n"));
    let copies = screen.copies.iter().map(|(label, copy)| format!("  {label}: {copy}\n"));
    text.extend(tasks.chain(links).chain(copies));
    text += &wait_text(&screen.prompt, telling, reader);
    text
}

fn wait_text(wait: &Prompt, telling: Telling<'_>, reader: &Reader) -> String {
    let said = |text: &Text| format!("  {}\n", text.in_language(telling.language));
    let hint = |text: Text| if reader.is_person() { said(&text) } else { String::new() };
    match wait {
        Prompt::Input { label, example } => {
            let example = example.as_ref().map(|example| hint(words::for_example(example))).unwrap_or_default();
            format!("  {label}?\n{example}")
        }
        Prompt::Choice { multiple, .. } if matches!(reader, Reader::Keys(_)) => {
            said(&if *multiple { words::mark_several() } else { words::point() })
        }
        Prompt::Choice { options, multiple } => {
            let choose = if *multiple { words::choose_several() } else { words::choose() };
            options_text(options) + &hint(choose)
        }
        Prompt::Continue => hint(words::press_enter()),
        Prompt::Outcome { result, status, record } => {
            let end = match status {
                Some(status) => words::result_with_status(result, status),
                None => words::result(result),
            };
            let record = record.as_ref().map(|record| format!("\n{record}\n")).unwrap_or_default();
            said(&end) + &record
        }
        Prompt::Stuck(cause) => said(cause),
    }
}

fn options_text(options: &[(String, Option<String>)]) -> String {
    let mut text = String::new();
    for (index, (label, hint)) in options.iter().enumerate() {
        let hint = hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        writeln!(text, "  {}) {label}{hint}", index + 1).expect("a String takes any text");
    }
    text
}
