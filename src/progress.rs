//! Progress of a run, reported to an observer.
//!
//! In: the steps of each stage. Out: [`Progress`] values for an [`Observer`]. Nothing is printed here, and the observer
//! does not influence the outputs. `Steps` counts work that is done in parallel.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A stage of a run, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reads files from the disk.
    Reading,
    /// Parses pages and flows.
    Parsing,
    /// Resolves links, checks flows and runs scenarios.
    Checking,
    /// Renders pages.
    Rendering,
    /// Checks the rendered outputs.
    Inspecting,
    /// Checks links to other sites.
    Asking,
    /// Writes outputs to the disk.
    Writing,
}

/// Progress of one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Current stage.
    pub stage: Stage,
    /// Number of completed steps.
    pub done: usize,
    /// Number of steps; 0 when it is unknown.
    pub total: usize,
}

type Callback = dyn Fn(Progress) + Send + Sync;

/// A callback for progress; by default there is none. It is called from many threads and should return quickly.
#[derive(Clone, Default)]
pub struct Observer(Option<Arc<Callback>>);

impl Observer {
    /// An observer that calls `callback` for every step.
    pub fn new(callback: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(callback)))
    }

    /// Begins a stage without counted steps.
    pub(crate) fn begin(&self, stage: Stage) {
        self.report(Progress { stage, done: 0, total: 0 });
    }

    /// Begins a stage with `total` steps.
    pub(crate) fn steps(&self, stage: Stage, total: usize) -> Steps<'_> {
        self.report(Progress { stage, done: 0, total });
        Steps { observer: self, stage, total, done: AtomicUsize::new(0) }
    }

    fn report(&self, progress: Progress) {
        if let Some(callback) = &self.0 {
            callback(progress);
        }
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_some() { "Observer(set)" } else { "Observer(none)" })
    }
}

/// Counter of a stage's steps, for use from several threads.
#[derive(Debug)]
pub(crate) struct Steps<'a> {
    observer: &'a Observer,
    stage: Stage,
    total: usize,
    done: AtomicUsize,
}

impl Steps<'_> {
    /// Completes one step.
    pub(crate) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.observer.report(Progress { stage: self.stage, done, total: self.total });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn reports_the_beginning_and_every_step() {
        let reported = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&reported);
        let observer = Observer::new(move |progress| recorded.lock().unwrap().push((progress.done, progress.total)));
        let steps = observer.steps(Stage::Rendering, 2);
        steps.step();
        steps.step();
        observer.begin(Stage::Writing);
        assert_eq!(*reported.lock().unwrap(), [(0, 2), (1, 2), (2, 2), (0, 0)]);
    }
}
