//! How far a long run has come, for whoever watches it.
//!
//! In: what a stage says while it works. Out: a [`Progress`] to the [`Observer`] that was given. Nothing is shown here, and what
//! is made does not depend on who watches. Entry points: [`Observer`], and `Steps` for work that is done in parallel.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A part of a run that may take long, in the order of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files are read from the disk.
    Reading,
    /// Pages and flows are understood, each on its own.
    Parsing,
    /// Links are resolved, flows and their scenarios checked.
    Checking,
    /// Pages are made.
    Rendering,
    /// What would be published is read as a browser reads it.
    Inspecting,
    /// Other sites are asked.
    Asking,
    /// Outputs go to the disk.
    Writing,
}

/// How far a stage has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many of its pieces are done.
    pub done: usize,
    /// How many there are; 0 where nobody knows.
    pub total: usize,
}

type Told = dyn Fn(Progress) + Send + Sync;

/// Whoever watches a run; nobody by default. It is told from many threads at once, and should not take long to listen.
#[derive(Clone, Default)]
pub struct Observer(Option<Arc<Told>>);

impl Observer {
    /// Tells everything to `told`.
    pub fn new(told: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    /// Says that a stage begins whose pieces are not counted.
    pub(crate) fn begin(&self, stage: Stage) {
        self.tell(Progress { stage, done: 0, total: 0 });
    }

    /// Says that a stage begins that has so many pieces.
    pub(crate) fn steps(&self, stage: Stage, total: usize) -> Steps<'_> {
        self.tell(Progress { stage, done: 0, total });
        Steps { observer: self, stage, total, done: AtomicUsize::new(0) }
    }

    fn tell(&self, progress: Progress) {
        if let Some(told) = &self.0 {
            told(progress);
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_some() { "Observer(somebody)" } else { "Observer(nobody)" })
    }
}

/// The pieces of a stage, which may be done in any order and at once.
#[derive(Debug)]
pub(crate) struct Steps<'a> {
    observer: &'a Observer,
    stage: Stage,
    total: usize,
    done: AtomicUsize,
}

impl Steps<'_> {
    /// One more is done.
    pub(crate) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.observer.tell(Progress { stage: self.stage, done, total: self.total });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn tells_the_beginning_and_every_step() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        let observer = Observer::new(move |progress| heard.lock().unwrap().push((progress.done, progress.total)));
        let steps = observer.steps(Stage::Rendering, 2);
        steps.step();
        steps.step();
        observer.begin(Stage::Writing);
        assert_eq!(*told.lock().unwrap(), [(0, 2), (1, 2), (2, 2), (0, 0)]);
    }
}
