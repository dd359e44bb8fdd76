//! A walk with a person or a script: prints a screen, then reads a line.
//!
//! On a terminal, the arrow keys choose an option. If the standard input is no terminal, only the screens are printed, and
//! a refused answer ends the walk, so that a script never continues from an unexpected node.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use console::Term;
use vereda::diagnostic::{Text, walk as words};
use vereda::error::Error;
use vereda::inspect::{Prompt, Screen, Walkthrough};

use super::super::{CommandResult, Failure, Verdict};
use super::FlowPrinter;
use super::pointer::{Pointer, Pressed};

/// Source of the answers.
#[derive(Clone, Debug)]
enum AnswerSource {
    Script,
    /// A person, who types lines.
    Lines,
    /// A person, who chooses options with the arrow keys.
    Keys(Term),
}

impl AnswerSource {
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

/// Effect of a line.
enum LineEffect {
    NextScreen,
    /// The line was refused; the screen stays.
    Refused,
    Quit,
}

/// Walks until the end of the input, or `q`.
pub(super) fn walk(printer: FlowPrinter<'_>) -> CommandResult {
    let source = AnswerSource::find();
    let mut walkthrough = Walkthrough::new(printer.flow);
    if source.is_person() {
        printer.session.log(&words::keys());
    }
    printer.print(&format!("# {}\n", printer.flow.title()))?;
    let mut is_new_screen = true;
    while let Some(screen) = walkthrough.screen() {
        if is_new_screen {
            printer.print(&screen_text(&screen, printer, &source))?;
        }
        let line = match &source {
            AnswerSource::Keys(term) if !matches!(screen.prompt, Prompt::Input { .. }) => {
                Some(read_choice(term, &screen.prompt, printer)?)
            }
            _ => read_line(&source, printer)?,
        };
        let Some(line) = line else { break };
        match apply_line(&mut walkthrough, line.trim(), source.is_person(), printer)? {
            LineEffect::NextScreen => is_new_screen = true,
            LineEffect::Refused => is_new_screen = false,
            LineEffect::Quit => break,
        }
    }
    Ok(Verdict::Clean)
}

/// Lets a person choose with the arrow keys; returns the line that they could have typed.
fn read_choice(term: &Term, prompt: &Prompt, printer: FlowPrinter<'_>) -> Result<String, Failure> {
    let (options, is_multiple) = match prompt {
        Prompt::Choice { options, multiple } => (options.as_slice(), *multiple),
        _ => (&[][..], false),
    };
    let fail = |error| Failure::from(Error::Read(PathBuf::from("stdin"), error));
    let mut pointer = Pointer::new(options.len(), is_multiple);
    printer.print(&choice_text(options, &pointer, term))?;
    loop {
        match pointer.press(&term.read_key_raw().map_err(fail)?) {
            Pressed::Nothing => {}
            Pressed::Line(line) => return Ok(line),
            Pressed::Moved => {
                term.clear_last_lines(options.len()).map_err(fail)?;
                printer.print(&choice_text(options, &pointer, term))?;
            }
        }
    }
}

/// One line for each option, cropped to the width of the terminal, so that the lines can be erased.
fn choice_text(options: &[(String, Option<String>)], pointer: &Pointer, term: &Term) -> String {
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
fn read_line(source: &AnswerSource, printer: FlowPrinter<'_>) -> Result<Option<String>, Failure> {
    if source.is_person() {
        printer.print("> ")?;
    }
    let mut line = String::new();
    let fail = |error| Failure::from(Error::Read(PathBuf::from("stdin"), error));
    let length = io::stdin().read_line(&mut line).map_err(fail)?;
    Ok((length > 0).then_some(line))
}

fn apply_line(
    walkthrough: &mut Walkthrough<'_>,
    line: &str,
    is_person: bool,
    printer: FlowPrinter<'_>,
) -> Result<LineEffect, Failure> {
    let accepted = match line {
        "q" => return Ok(LineEffect::Quit),
        "r" => {
            walkthrough.restart();
            Ok(())
        }
        "b" if walkthrough.back() => Ok(()),
        "b" => Err(words::at_the_start()),
        line => walkthrough.answer(line),
    };
    match accepted {
        Ok(()) => Ok(LineEffect::NextScreen),
        Err(cause) if is_person => {
            printer.session.terminal.print_error(printer.translate(&cause));
            Ok(LineEffect::Refused)
        }
        Err(cause) => Err(refused(line, &cause)),
    }
}

fn refused(line: &str, cause: &Text) -> Failure {
    let (pt, en) = (words::refused_line(line, &cause.pt).pt, words::refused_line(line, &cause.en).en);
    Failure::new(Text { pt, en })
}

fn screen_text(screen: &Screen, printer: FlowPrinter<'_>, source: &AnswerSource) -> String {
    let own = format!("{}. {}", screen.number, screen.title);
    let place = screen.calls.iter().cloned().chain([own]).collect::<Vec<_>>().join(" › ");
    let mut text = format!("\n{place}\n");
    let tasks = screen.tasks.iter().map(|task| format!("  [ ] {task}\n"));
    let links = screen.links.iter().map(|(label, url)| format!("  {label}: {url}\n"));
    let copies = screen.copies.iter().map(|(label, copy)| format!("  {label}: {copy}\n"));
    text.extend(tasks.chain(links).chain(copies));
    text += &prompt_text(&screen.prompt, printer, source);
    text
}

fn prompt_text(prompt: &Prompt, printer: FlowPrinter<'_>, source: &AnswerSource) -> String {
    let indented = |text: &Text| format!("  {}\n", printer.translate(text));
    let hint = |text: Text| if source.is_person() { indented(&text) } else { String::new() };
    match prompt {
        Prompt::Input { label, example } => {
            let example = example.as_ref().map(|example| hint(words::for_example(example))).unwrap_or_default();
            format!("  {label}?\n{example}")
        }
        Prompt::Choice { multiple, .. } if matches!(source, AnswerSource::Keys(_)) => {
            indented(&if *multiple { words::mark_several() } else { words::point() })
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
            indented(&end) + &record
        }
        Prompt::Stuck(cause) => indented(cause),
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
