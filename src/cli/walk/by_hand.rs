//! A walk with a person, or with a script: a screen out, a line in.
//!
//! Where the standard input is no terminal nothing but the screens is printed, and an answer that is refused ends the walk, so
//! that a script never goes on from a place it did not expect.

use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use vereda::diagnostic::{Text, walk as words};
use vereda::error::Error;
use vereda::opened::{Screen, Wait, Walkthrough};

use super::super::{Failure, Outcome, Verdict};
use super::Telling;

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
    let is_person = io::stdin().is_terminal();
    let mut walkthrough = Walkthrough::new(telling.flow);
    if is_person {
        telling.session.terminal.tell(words::keys().in_language(telling.language));
    }
    telling.print(&format!("# {}\n", telling.flow.title()))?;
    let mut has_news = true;
    while let Some(screen) = walkthrough.screen() {
        if has_news {
            telling.print(&screen_text(&screen, telling, is_person))?;
        }
        if is_person {
            telling.print("> ")?;
        }
        let Some(line) = read_line(telling)? else { break };
        match follow(&mut walkthrough, line.trim(), is_person, telling)? {
            Next::Show => has_news = true,
            Next::Again => has_news = false,
            Next::Quit => break,
        }
    }
    Ok(Verdict::Clean)
}

/// The next line; `None` at the end.
fn read_line(telling: Telling<'_>) -> Result<Option<String>, Failure> {
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
        line => walkthrough.say(line),
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

fn screen_text(screen: &Screen, telling: Telling<'_>, is_person: bool) -> String {
    let own = format!("{}. {}", screen.number, screen.title);
    let place = screen.calls.iter().cloned().chain([own]).collect::<Vec<_>>().join(" › ");
    let mut text = format!("\n{place}\n");
    let tasks = screen.tasks.iter().map(|task| format!("  [ ] {task}\n"));
    let links = screen.links.iter().map(|(label, url)| format!("  {label}: {url}\n"));
    let copies = screen.copies.iter().map(|(label, copy)| format!("  {label}: {copy}\n"));
    text.extend(tasks.chain(links).chain(copies));
    text += &wait_text(&screen.wait, telling, is_person);
    text
}

fn wait_text(wait: &Wait, telling: Telling<'_>, is_person: bool) -> String {
    let said = |text: &Text| format!("  {}\n", text.in_language(telling.language));
    let hint = |text: Text| if is_person { said(&text) } else { String::new() };
    match wait {
        Wait::Input { label, example } => {
            let example = example.as_ref().map(|example| hint(words::for_example(example))).unwrap_or_default();
            format!("  {label}?\n{example}")
        }
        Wait::Choice { options, multiple } => {
            let choose = if *multiple { words::choose_several() } else { words::choose() };
            options_text(options) + &hint(choose)
        }
        Wait::Continue => hint(words::press_enter()),
        Wait::Outcome { result, status, record } => {
            let end = match status {
                Some(status) => words::result_with_status(result, status),
                None => words::result(result),
            };
            let record = record.as_ref().map(|record| format!("\n{record}\n")).unwrap_or_default();
            said(&end) + &record
        }
        Wait::Stuck(cause) => said(cause),
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
