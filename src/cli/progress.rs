//! A bar for a person who waits: on the standard error, where it is a terminal, and gone without a trace when the work is done.
//!
//! A thread of its own draws it, so that a stage which takes long is seen too; short work ends before anything is drawn.
//! Entry point: [`watch`].

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use console::Term;
use vereda::diagnostic::{Language, cli};
use vereda::progress::{Observer, Progress, Stage};

use super::session::Session;

/// Work that ends before shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Between two drawings.
const PERIOD: Duration = Duration::from_millis(100);

/// Columns of the bar itself.
const BAR: usize = 24;

/// Does some work and shows how far it has come, where a person is looking.
pub(crate) fn watch<T>(session: &Session, work: impl FnOnce(Observer) -> T) -> T {
    if !session.shows_bar() {
        return work(Observer::default());
    }
    let latest = Arc::new(Mutex::new(None));
    let heard = Arc::clone(&latest);
    let bar = Bar::start(latest, session.language());
    let observer = Observer::new(move |progress| keep_furthest(&heard, progress));
    let made = work(observer);
    drop(bar);
    made
}

/// What was told last.
type Latest = Arc<Mutex<Option<Progress>>>;

/// Steps that are done at once are told in any order.
fn keep_furthest(latest: &Latest, progress: Progress) {
    let mut latest = latest.lock().unwrap_or_else(PoisonError::into_inner);
    let is_behind = |old: &Progress| old.stage == progress.stage && old.done > progress.done;
    if !latest.as_ref().is_some_and(is_behind) {
        *latest = Some(progress);
    }
}

/// The thread that draws, until this is dropped.
struct Bar {
    end: Option<Sender<()>>,
    drawing: Option<JoinHandle<()>>,
}

impl Bar {
    fn start(latest: Latest, language: Language) -> Self {
        let (end, ended) = mpsc::channel::<()>();
        let drawing = thread::spawn(move || {
            let term = Term::stderr();
            let mut wait = PATIENCE;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = PERIOD;
                let progress = *latest.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(progress) = progress {
                    draw(&term, &line(progress, language, usize::from(term.size().1)));
                }
            }
            if wait == PERIOD {
                // A terminal that went away has nobody to tell.
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

/// One writing, so that nothing blinks.
fn draw(term: &Term, line: &str) {
    let _ = term.write_str(&format!("\r\u{1b}[2K{line}"));
}

/// A line that leaves the last column free: beyond it terminals begin the next one.
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
    fn a_line_tells_the_stage_and_how_far_it_has_come() {
        assert_eq!(at(0, 0, 80), "rendering pages…");
        assert_eq!(at(5, 10, 80), "rendering pages ━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌ 5/10");
        assert_eq!(at(10, 10, 80), "rendering pages ━━━━━━━━━━━━━━━━━━━━━━━━ 10/10");
    }

    #[test]
    fn a_narrow_terminal_has_it_on_one_line() {
        assert_eq!(at(5, 10, 30), "rendering pages 5/10");
        assert_eq!(at(5, 10, 10), "rendering");
    }

    #[test]
    fn steps_told_late_do_not_lead_back() {
        let latest = Latest::default();
        let told = |stage, done| {
            keep_furthest(&latest, Progress { stage, done, total: 9 });
            latest.lock().unwrap().map(|progress| progress.done)
        };
        assert_eq!(told(Stage::Parsing, 4), Some(4));
        assert_eq!(told(Stage::Parsing, 3), Some(4));
        assert_eq!(told(Stage::Rendering, 0), Some(0));
    }
}
