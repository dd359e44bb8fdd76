//! Builds of the preview: a change → a build → the served state and messages to the browsers.
//!
//! A build is served in spite of its errors, with each error over its page. A page that cannot be rendered keeps its last
//! version. While the configuration or the templates cannot be read, the last build is served.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use serde::Serialize;

use super::changes::{Restyled, compare};
use super::editor::EditorLinks;
use super::findings::PreviewFindings;
use super::preview::Preview;
use super::results::Results;
use super::subscribers::{Message, Subscribers, message};
use super::{Event, Settings};
use crate::config::BaseUrl;
use crate::diagnostic::{Code, Language};
use crate::error::Result;
use crate::output::{Contents, OutputFile};
use crate::pipeline::{Options, PreviewBuild, SiteRoot};
use crate::source::FileId;
use crate::url::encode_path;

/// A longer list is not sent; the browsers request the version of their page instead.
const LISTED: usize = 200;

/// The served state.
#[derive(Clone, Debug, Default)]
pub(super) struct PreviewState {
    /// The last build that could be rendered.
    pub(super) good: Option<Arc<Preview>>,
    /// Findings of the last build.
    pub(super) findings: Arc<PreviewFindings>,
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
    editor: Option<EditorLinks>,
    /// Path of the home page, as it will be published.
    base: String,
    /// Scheme, address and port of the server.
    origin: String,
    shared: Arc<Shared>,
}

/// `hello`: the served build, and the findings of the last one.
#[derive(Serialize)]
struct Hello<'a> {
    build: Option<String>,
    findings: &'a PreviewFindings,
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

impl PreviewState {
    fn hello(&self) -> Hello<'_> {
        let build = self.good.as_ref().map(|preview| preview.id.to_string());
        Hello { build, findings: &self.findings, scenarios: &self.results }
    }

    /// The content of [`Shared::greeting`], for a page that shares the event stream of another.
    pub(super) fn greeting_json(&self) -> String {
        serde_json::to_string(&self.hello()).expect("messages are plain structures")
    }
}

impl Shared {
    pub(super) fn state(&self) -> PreviewState {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The first message to a browser.
    pub(super) fn greeting(&self) -> Message {
        message("hello", &self.state().hello())
    }

    fn show(&self, state: PreviewState) {
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

impl<B: FnMut(SiteRoot, &Options) -> Result<PreviewBuild>> PreviewSession<B> {
    /// A session for the server at `origin`.
    pub(super) fn new(build: B, root: SiteRoot, options: Options, settings: &Settings, origin: String) -> Self {
        let (path, base) = (root.path.clone(), "/".to_owned());
        let (language, editor) = (settings.language, settings.editor.clone());
        Self { build, path, first_root: Some(root), options, language, editor, base, origin, shared: Arc::default() }
    }

    pub(super) fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }

    /// The address of the home page.
    pub(super) fn home(&self) -> String {
        format!("{}{}", self.origin, encode_path(&self.base))
    }

    /// Builds the site, and shows it with its findings.
    pub(super) fn rebuild(&mut self, on_event: &mut impl FnMut(Event<'_>)) {
        let start = Instant::now();
        match self.build() {
            Ok(PreviewBuild { mut report, routes }) => {
                let language = self.language.unwrap_or(report.language);
                let base = &self.base;
                let address = |(file, route): (FileId, String)| (file, format!("{base}{}", &route[1..]));
                let routes: BTreeMap<_, _> = routes.into_iter().map(address).collect();
                let findings = PreviewFindings::of_report(&report, &routes, self.editor.as_ref(), language);
                self.show_results(Results::of(&report, base, language));
                let is_readable = !report.has(Code::CONFIG_SYNTAX) || self.shared.state().good.is_none();
                if report.outputs.is_empty() || !is_readable {
                    self.show_findings(findings.over_earlier_build());
                    return on_event(Event::Failed { report: &report, duration: start.elapsed() });
                }
                let outputs = std::mem::take(&mut report.outputs);
                let changed = self.show_build(self.complete(outputs, &routes, &findings));
                self.show_findings(findings);
                on_event(Event::Rebuilt { report: &report, duration: start.elapsed(), changed: &changed });
            }
            Err(error) => {
                let findings = PreviewFindings::of_error(&error, self.language.unwrap_or_default());
                self.show_findings(findings.over_earlier_build());
                on_event(Event::Unreadable { error: &error });
            }
        }
    }

    /// Adds the pages that could not be rendered: their last version, or else their findings.
    fn complete(
        &self,
        mut outputs: Vec<OutputFile>,
        routes: &BTreeMap<FileId, String>,
        findings: &PreviewFindings,
    ) -> Preview {
        let paths: BTreeSet<String> = outputs.iter().map(|output| output.path.clone()).collect();
        let last = self.shared.state().good;
        for (file, route) in routes {
            let path = format!("{}index.html", route.strip_prefix(&self.base).unwrap_or(route));
            if paths.contains(&path) {
                continue;
            }
            let held = last.as_ref().and_then(|last| last.outputs.find(&path).map(|(_, held)| held.contents.clone()));
            let contents = held.unwrap_or_else(|| Contents::Bytes(findings.page(Some(route)).into_bytes()));
            outputs.push(OutputFile { path, contents, source: Some(*file) });
        }
        Preview::new(outputs, self.base.clone())
    }

    /// Builds at the path of the published site, so that addresses look as they will be published.
    fn build(&mut self) -> Result<PreviewBuild> {
        let root = self.first_root.take().map_or_else(|| SiteRoot::open(&self.path), Ok)?;
        let given = self.options.base_url.as_deref().and_then(BaseUrl::parse);
        self.base = given.map_or_else(|| root.config.base_url.path.clone(), |url| url.path);
        let base_url = Some(format!("{}{}", self.origin, self.base));
        (self.build)(root, &Options { base_url, ..self.options.clone() })
    }

    /// Shows a build and sends its changes. Returns the changed addresses.
    fn show_build(&self, preview: Preview) -> Vec<String> {
        let build = preview.id.to_string();
        let preview = Arc::new(preview);
        let before = self.shared.state();
        self.shared.show(PreviewState { good: Some(Arc::clone(&preview)), ..before.clone() });
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

    fn show_findings(&self, findings: PreviewFindings) {
        let state = self.shared.state();
        if *state.findings == findings {
            return;
        }
        let message_text = message("findings", &findings);
        self.shared.show(PreviewState { findings: Arc::new(findings), ..state });
        self.shared.subscribers.send(&message_text);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::diagnostic::{Diagnostic, Text};
    use crate::error::Error;
    use crate::pipeline::Report;
    use crate::report::Summary;
    use crate::source::Sources;

    fn build_of(pages: &[(&str, &str)], diagnostics: Vec<Diagnostic>) -> PreviewBuild {
        let output = |(path, text): &(&str, &str)| OutputFile {
            path: (*path).to_owned(),
            contents: Contents::Bytes(text.as_bytes().to_vec()),
            source: None,
        };
        let mut sources = Sources::default();
        let file = sources.add("content/a.md", "");
        let report = Report {
            sources,
            diagnostics,
            outputs: pages.iter().map(output).collect(),
            summary: Summary::default(),
            language: Language::En,
        };
        PreviewBuild { report, routes: BTreeMap::from([(file, "/a/".to_owned())]) }
    }

    fn finding(code: Code) -> Vec<Diagnostic> {
        vec![Diagnostic::new(code, None, Text { pt: "quebrado".to_owned(), en: "broken".to_owned() })]
    }

    /// Events and messages during these builds, in order, and the last state.
    fn run_builds(builds: Vec<PreviewBuild>) -> (Vec<String>, Vec<String>, PreviewState) {
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
        let settings = Settings::default();
        let mut session = PreviewSession::new(build, root, options, &settings, "http://127.0.0.1:1".to_owned());
        let mut messages = session.shared().subscribers.record();
        let mut events = Vec::new();
        while events.len() < 3 {
            session.rebuild(&mut |event| events.push(name(&event)));
        }
        let state = session.shared().state();
        drop(session);
        let received = std::iter::from_fn(|| messages.try_recv().ok());
        (events, received.map(|message| String::from_utf8(message.into()).unwrap()).collect(), state)
    }

    fn names(received: &[String]) -> Vec<&str> {
        received.iter().map(|text| text.lines().next().unwrap().trim_start_matches("event: ")).collect()
    }

    fn text_of(state: &PreviewState, path: &str) -> String {
        match &state.good.as_ref().unwrap().outputs.find(path).unwrap().1.contents {
            Contents::Bytes(bytes) => String::from_utf8(bytes.clone()).unwrap(),
            Contents::Copy(_) => String::new(),
        }
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
    fn sends_the_changes_between_builds() {
        let pages = |text| build_of(&[("index.html", "i"), ("a/index.html", text)], vec![]);
        let (events, received, _) = run_builds(vec![pages("a"), pages("b"), pages("b")]);
        assert_eq!(events, ["rebuilt []", "rebuilt [\"/docs/a/\"]", "rebuilt []"]);
        assert_eq!(names(&received), ["built", "findings", "built", "reload", "built"]);
        assert!(received[3].contains("\"routes\":[\"/docs/a/\"]"), "{}", received[3]);
    }

    #[test]
    fn shows_a_build_in_spite_of_its_errors() {
        let pages = |text, found| build_of(&[("index.html", text), ("a/index.html", "a")], found);
        let builds = vec![pages("i", vec![]), pages("j", finding(Code::LINK_MISSING_FILE)), pages("j", vec![])];
        let (events, received, _) = run_builds(builds);
        assert_eq!(events, ["rebuilt []", "rebuilt [\"/docs/\"]", "rebuilt []"]);
        assert_eq!(names(&received), ["built", "findings", "built", "reload", "findings", "built", "findings"]);
        assert!(received[4].contains("broken") && !received[6].contains("broken"), "{}", received[4]);
    }

    #[test]
    fn keeps_the_last_build_without_templates_or_settings() {
        let good = || build_of(&[("index.html", "i"), ("a/index.html", "a")], vec![]);
        let without_settings = build_of(&[("index.html", "x")], finding(Code::CONFIG_SYNTAX));
        let without_templates = build_of(&[], finding(Code::THEME_INVALID));
        let (events, received, state) = run_builds(vec![good(), without_templates, without_settings]);
        assert_eq!(events, ["rebuilt []", "failed", "failed"]);
        assert_eq!(names(&received), ["built", "findings", "findings", "findings"]);
        assert!(received[2].contains("\"is_stale\":true"), "{}", received[2]);
        assert_eq!(text_of(&state, "index.html"), "i");
    }

    #[test]
    fn keeps_the_last_version_of_a_page_that_fails() {
        let failed = |text| build_of(&[("index.html", text)], finding(Code::THEME_RENDER));
        let (_, _, state) = run_builds(vec![failed("i"), failed("j"), failed("k")]);
        assert!(text_of(&state, "a/index.html").contains("broken"), "the findings, since it never rendered");
        let good = build_of(&[("index.html", "i"), ("a/index.html", "a")], vec![]);
        let (_, _, state) = run_builds(vec![good, failed("j"), failed("k")]);
        assert_eq!((text_of(&state, "index.html"), text_of(&state, "a/index.html")), ("k".to_owned(), "a".to_owned()));
    }

    #[test]
    fn greets_with_the_findings() {
        let shared = Shared::default();
        let findings = PreviewFindings::of_error(&Error::NotASite("x".into()), Language::En);
        shared.show(PreviewState { findings: Arc::new(findings), ..PreviewState::default() });
        let greeting = String::from_utf8(shared.greeting().into()).unwrap();
        assert!(greeting.starts_with("event: hello\ndata: {\"build\":null,\"findings\":{"), "{greeting}");
        assert!(greeting.contains(&shared.state().greeting_json()));
    }
}
