//! Progress bar on the standard error, if it is a terminal. It is erased at the end.
//!
//! A thread draws it, so that it appears during long steps too. Short work ends before the first drawing. Entry point:
//! [`watch`].

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use console::Term;
use vereda::diagnostic::{Language, cli};
use vereda::progress::{Observer, Progress, Stage};

use super::session::Session;

/// Delay before the first drawing.
const DELAY: Duration = Duration::from_millis(500);

/// Time between two drawings.
const PERIOD: Duration = Duration::from_millis(100);

/// Columns of the bar itself.
const BAR: usize = 24;

/// Runs `work`, with a progress bar if the session shows one.
pub(crate) fn watch<T>(session: &Session, work: impl FnOnce(Observer) -> T) -> T {
    if !session.shows_bar() {
        return work(Observer::default());
    }
    let latest = Arc::new(Mutex::new(None));
    let reported = Arc::clone(&latest);
    let bar = Bar::start(latest, session.language());
    let observer = Observer::new(move |progress| keep_furthest(&reported, progress));
    let made = work(observer);
    drop(bar);
    made
}

/// The latest progress.
type Latest = Arc<Mutex<Option<Progress>>>;

/// Stores a progress unless a later one is stored: parallel steps are reported in any order.
fn keep_furthest(latest: &Latest, progress: Progress) {
    let mut latest = latest.lock().unwrap_or_else(PoisonError::into_inner);
    let is_behind = |old: &Progress| old.stage == progress.stage && old.done > progress.done;
    if !latest.as_ref().is_some_and(is_behind) {
        *latest = Some(progress);
    }
}

/// The drawing thread; ends when dropped.
struct Bar {
    end: Option<Sender<()>>,
    drawing: Option<JoinHandle<()>>,
}

impl Bar {
    fn start(latest: Latest, language: Language) -> Self {
        let (end, ended) = mpsc::channel::<()>();
        let drawing = thread::spawn(move || {
            let term = Term::stderr();
            let mut wait = DELAY;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = PERIOD;
                let progress = *latest.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(progress) = progress {
                    draw(&term, &line(progress, language, usize::from(term.size().1)));
                }
            }
            if wait == PERIOD {
                // A closed terminal is ignored.
                let _ = term.clear_line();
            }
        });
        Self { end: Some(end), drawing: Some(drawing) }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(drawing) = self.drawing.take() {
            let _ = drawing.join();
        }
    }
}

/// Draws with a single write, so that the bar does not flicker.
fn draw(term: &Term, line: &str) {
    let _ = term.write_str(&format!("\r\u{1b}[2K{line}"));
}

/// One line, shorter than the width: in the last column, terminals wrap.
fn line(progress: Progress, language: Language, width: usize) -> String {
    let name = name(progress.stage).in_language(language).to_owned();
    let Progress { done, total, .. } = progress;
    if total == 0 {
        return crop(&format!("{name}…"), width);
    }
    let filled = BAR * done.min(total) / total;
    let count = format!("{done}/{total}");
    let bar = format!("{}{}", "━".repeat(filled), "╌".repeat(BAR - filled));
    let whole = format!("{name} {bar} {count}");
    if whole.chars().count() < width { whole } else { crop(&format!("{name} {count}"), width) }
}

fn crop(text: &str, width: usize) -> String {
    text.chars().take(width.saturating_sub(1)).collect()
}

fn name(stage: Stage) -> vereda::diagnostic::Text {
    match stage {
        Stage::Reading => cli::reading(),
        Stage::Parsing => cli::parsing(),
        Stage::Checking => cli::checking(),
        Stage::Rendering => cli::rendering(),
        Stage::Inspecting => cli::inspecting(),
        Stage::Asking => cli::asking(),
        Stage::Writing => cli::writing(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(done: usize, total: usize, width: usize) -> String {
        line(Progress { stage: Stage::Rendering, done, total }, Language::En, width)
    }

    #[test]
    fn shows_the_stage_and_its_steps() {
        assert_eq!(at(0, 0, 80), "rendering pages…");
        assert_eq!(at(5, 10, 80), "rendering pages ━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌ 5/10");
        assert_eq!(at(10, 10, 80), "rendering pages ━━━━━━━━━━━━━━━━━━━━━━━━ 10/10");
    }

    #[test]
    fn fits_a_narrow_terminal() {
        assert_eq!(at(5, 10, 30), "rendering pages 5/10");
        assert_eq!(at(5, 10, 10), "rendering");
    }

    #[test]
    fn ignores_steps_that_are_reported_late() {
        let latest = Latest::default();
        let report = |stage, done| {
            keep_furthest(&latest, Progress { stage, done, total: 9 });
            latest.lock().unwrap().map(|progress| progress.done)
        };
        assert_eq!(report(Stage::Parsing, 4), Some(4));
        assert_eq!(report(Stage::Parsing, 3), Some(4));
        assert_eq!(report(Stage::Rendering, 0), Some(0));
    }
}
