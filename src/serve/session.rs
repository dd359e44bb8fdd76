//! Builds of the preview: a change → a build → the served state and messages to the browsers.
//!
//! A build with errors replaces nothing: the last good build is served, with the errors over it.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use serde::Serialize;

use super::Event;
use super::changes::{Restyled, compare};
use super::error_view::ErrorView;
use super::preview::Preview;
use super::results::Results;
use super::subscribers::{Message, Subscribers, message};
use crate::config::BaseUrl;
use crate::diagnostic::{Language, Severity};
use crate::error::{Error, Result};
use crate::pipeline::{Options, Report, SiteRoot};
use crate::url::encode_path;

/// A longer list is not sent; the browsers request the version of their page instead.
const LISTED: usize = 200;

/// The served state.
#[derive(Clone, Debug, Default)]
pub(super) struct PreviewState {
    /// The last good build.
    pub(super) good: Option<Arc<Preview>>,
    /// Errors of the last build.
    pub(super) failure: Option<Arc<ErrorView>>,
    /// Results of the scenarios in the last build that ran them.
    pub(super) results: Arc<Results>,
}

/// State that builds and requests share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    state: RwLock<PreviewState>,
    pub(super) subscribers: Subscribers,
}

/// Builds a site after every change.
pub(super) struct PreviewSession<B> {
    build: B,
    path: PathBuf,
    /// The root as it was read before the first build.
    first_root: Option<SiteRoot>,
    options: Options,
    language: Option<Language>,
    /// Path of the home page, as it will be published.
    base: String,
    /// Scheme, address and port of the server.
    origin: String,
    shared: Arc<Shared>,
}

/// `hello`: the served build, and the errors since.
#[derive(Serialize)]
struct Hello<'a> {
    build: Option<String>,
    failure: Option<&'a ErrorView>,
    scenarios: &'a Results,
}

/// `built`: a good build is served.
#[derive(Serialize)]
struct Built {
    build: String,
}

/// `css`: style sheets to replace.
#[derive(Serialize)]
struct Css<'a> {
    build: String,
    styles: &'a [Restyled],
}

/// `reload`: changed addresses; `None` if there are more than [`LISTED`].
#[derive(Serialize)]
struct Reload<'a> {
    build: String,
    routes: Option<&'a [String]>,
}

impl Shared {
    pub(super) fn state(&self) -> PreviewState {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The first message to a browser.
    pub(super) fn greeting(&self) -> Message {
        let state = self.state();
        let build = state.good.map(|preview| preview.id.to_string());
        message("hello", &Hello { build, failure: state.failure.as_deref(), scenarios: &state.results })
    }

    fn show(&self, state: PreviewState) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

impl<B: FnMut(SiteRoot, &Options) -> Result<Report>> PreviewSession<B> {
    /// A session for the server at `origin`.
    pub(super) fn new(build: B, root: SiteRoot, options: Options, language: Option<Language>, origin: String) -> Self {
        let (path, base) = (root.path.clone(), "/".to_owned());
        Self { build, path, first_root: Some(root), options, language, base, origin, shared: Arc::default() }
    }

    pub(super) fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }

    /// The address of the home page.
    pub(super) fn home(&self) -> String {
        format!("{}{}", self.origin, encode_path(&self.base))
    }

    /// Builds the site and shows it, or its errors.
    pub(super) fn rebuild(&mut self, on_event: &mut impl FnMut(Event<'_>)) {
        let start = Instant::now();
        let report = self.build();
        let base = self.base.clone();
        if let Ok(report) = &report {
            self.show_results(Results::of(report, &base, self.language.unwrap_or(report.language)));
        }
        match report {
            Ok(mut report) if report.count(Severity::Error) == 0 => {
                let changed = self.show_good(Preview::new(std::mem::take(&mut report.outputs), base));
                on_event(Event::Rebuilt { report: &report, duration: start.elapsed(), changed: &changed });
            }
            Ok(report) => {
                self.show_failure(ErrorView::of_report(&report, self.language.unwrap_or(report.language)));
                on_event(Event::Failed { report: &report, duration: start.elapsed() });
            }
            Err(error) => {
                self.show_error(&error);
                on_event(Event::Unreadable { error: &error });
            }
        }
    }

    /// Builds at the path of the published site, so that addresses look as they will be published.
    fn build(&mut self) -> Result<Report> {
        let root = self.first_root.take().map_or_else(|| SiteRoot::open(&self.path), Ok)?;
        let given = self.options.base_url.as_deref().and_then(BaseUrl::parse);
        self.base = given.map_or_else(|| root.config.base_url.path.clone(), |url| url.path);
        let base_url = Some(format!("{}{}", self.origin, self.base));
        (self.build)(root, &Options { base_url, ..self.options.clone() })
    }

    /// Shows a good build and sends its changes. Returns the changed addresses.
    fn show_good(&self, preview: Preview) -> Vec<String> {
        let build = preview.id.to_string();
        let preview = Arc::new(preview);
        let before = self.shared.state();
        self.shared.show(PreviewState { good: Some(Arc::clone(&preview)), failure: None, results: before.results });
        let changes = before.good.map(|good| compare(&good, &preview)).unwrap_or_default();
        let subscribers = &self.shared.subscribers;
        subscribers.send(&message("built", &Built { build: build.clone() }));
        if !changes.styles.is_empty() {
            subscribers.send(&message("css", &Css { build: build.clone(), styles: &changes.styles }));
        }
        if !changes.routes.is_empty() {
            let routes = (changes.routes.len() <= LISTED).then_some(changes.routes.as_slice());
            subscribers.send(&message("reload", &Reload { build, routes }));
        }
        changes.all()
    }

    fn show_results(&self, results: Results) {
        let state = self.shared.state();
        if *state.results == results {
            return;
        }
        let message_text = message("scenarios", &results);
        self.shared.show(PreviewState { results: Arc::new(results), ..state });
        self.shared.subscribers.send(&message_text);
    }

    fn show_error(&self, error: &Error) {
        self.show_failure(ErrorView::of_error(error, self.language.unwrap_or_default()));
    }

    fn show_failure(&self, failure: ErrorView) {
        let message_text = message("failure", &failure);
        let state = self.shared.state();
        self.shared.show(PreviewState { failure: Some(Arc::new(failure)), ..state });
        self.shared.subscribers.send(&message_text);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Text};
    use crate::output::{Contents, OutputFile};
    use crate::report::Summary;
    use crate::source::Sources;

    fn report(pages: &[(&str, &str)], diagnostics: Vec<Diagnostic>) -> Report {
        let output = |(path, text): &(&str, &str)| OutputFile {
            path: (*path).to_owned(),
            contents: Contents::Bytes(text.as_bytes().to_vec()),
            source: None,
        };
        Report {
            sources: Sources::default(),
            diagnostics,
            outputs: pages.iter().map(output).collect(),
            summary: Summary::default(),
            language: Language::En,
        }
    }

    fn broken() -> Report {
        let text = Text { pt: "quebrado".to_owned(), en: "broken".to_owned() };
        report(&[], vec![Diagnostic::new(Code::PAGE_NO_CONTENT, None, text)])
    }

    /// Events and messages during these builds, in order.
    fn run_builds(builds: Vec<Report>) -> (Vec<String>, Vec<String>) {
        let mut builds = builds.into_iter();
        let options = Options {
            base_url: Some("https://example.com/docs".to_owned()),
            preview: true,
            ..Options::new(jiff::civil::date(2026, 11, 22))
        };
        let build = |_: SiteRoot, options: &Options| {
            assert_eq!(options.base_url.as_deref(), Some("http://127.0.0.1:1/docs/"));
            Ok(builds.next().unwrap())
        };
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("vereda.yaml"), "title: T").unwrap();
        let root = SiteRoot::open(folder.path()).unwrap();
        let mut session = PreviewSession::new(build, root, options, None, "http://127.0.0.1:1".to_owned());
        let mut messages = session.shared().subscribers.record();
        let mut events = Vec::new();
        while events.len() < 3 {
            session.rebuild(&mut |event| events.push(name(&event)));
        }
        drop(session);
        let received = std::iter::from_fn(|| messages.try_recv().ok());
        (events, received.map(|message| String::from_utf8(message.into()).unwrap()).collect())
    }

    fn name(event: &Event<'_>) -> String {
        match event {
            Event::Ready { .. } => "ready".to_owned(),
            Event::Rebuilt { changed, .. } => format!("rebuilt {changed:?}"),
            Event::Failed { .. } => "failed".to_owned(),
            Event::Unreadable { .. } => "unreadable".to_owned(),
            Event::Polling { .. } => "polling".to_owned(),
        }
    }

    #[test]
    fn sends_the_changes_between_good_builds() {
        let pages = |text| report(&[("index.html", "i"), ("a/index.html", text)], vec![]);
        let (events, received) = run_builds(vec![pages("a"), pages("b"), pages("b")]);
        assert_eq!(events, ["rebuilt []", "rebuilt [\"/docs/a/\"]", "rebuilt []"]);
        let names: Vec<_> = received.iter().map(|text| text.lines().next().unwrap()).collect();
        assert_eq!(names, ["event: built", "event: built", "event: reload", "event: built"]);
        assert!(received[2].contains("\"routes\":[\"/docs/a/\"]"), "{}", received[2]);
    }

    #[test]
    fn keeps_the_last_good_build_during_errors() {
        let good = || report(&[("index.html", "i")], vec![]);
        let (events, received) = run_builds(vec![good(), broken(), good()]);
        assert_eq!(events, ["rebuilt []", "failed", "rebuilt []"]);
        assert!(received[1].starts_with("event: failure\n") && received[1].contains("broken"), "{}", received[1]);
        assert!(received[2].starts_with("event: built\n"));
    }

    #[test]
    fn greets_with_the_errors() {
        let shared = Shared::default();
        let failure = ErrorView::of_error(&Error::NotASite("x".into()), Language::En);
        shared.show(PreviewState { failure: Some(Arc::new(failure)), ..PreviewState::default() });
        let greeting = String::from_utf8(shared.greeting().into()).unwrap();
        assert!(greeting.starts_with("event: hello\ndata: {\"build\":null,\"failure\":{"), "{greeting}");
    }
}
