//! `vereda serve`: a preview in the browser. Events are logged on the standard error.

use std::time::Duration;

use vereda::diagnostic::{Language, Severity, Text, cli};
use vereda::pipeline::{Options, Report};
use vereda::report::Format;
use vereda::serve::{EditorLinks, Event, Settings, VSCODE, find_editor, is_loopback, serve};

use super::arguments::ServeArguments;
use super::report::{Showing, show};
use super::session::Session;
use super::terminal::Stream;
use super::{CommandResult, Failure, Verdict};

/// Interval of `--poll`.
const POLL: Duration = Duration::from_millis(500);

/// Value of `--editor` for no links.
const NO_EDITOR: &str = "none";

/// At most this many changed addresses are listed.
const LISTED: usize = 3;

/// Serves until the process ends.
pub(crate) fn run(arguments: &ServeArguments, session: &Session) -> CommandResult {
    let root = session.open_site()?;
    let options = Options { drafts: arguments.drafts, preview: true, ..session.options() };
    let settings = Settings {
        host: arguments.host.clone(),
        port: arguments.port,
        open: arguments.open,
        editor: find_editor_links(arguments, session)?,
        language: session.language_option(),
        poll: arguments.poll.then_some(POLL),
    };
    let mut log = EventLog { session, has_site: false, was_clean: false };
    serve(root, &options, &settings, |event| log.log(&event))?;
    Ok(Verdict::Clean)
}

/// Links to the files of the site: by `--editor`, else by the environment, else for VS Code. A server of the network has
/// none: its readers have other files.
fn find_editor_links(arguments: &ServeArguments, session: &Session) -> Result<Option<EditorLinks>, Failure> {
    let chosen = arguments.editor.as_deref();
    if chosen == Some(NO_EDITOR) || !is_loopback(&arguments.host) {
        return Ok(None);
    }
    let template = match chosen {
        Some(template) if template.contains("{path}") => template,
        Some(name) => find_editor(name).ok_or_else(|| Failure::new(cli::unknown_editor(name)))?,
        None => Session::editor_commands().iter().find_map(|command| find_editor(command)).unwrap_or(VSCODE),
    };
    Ok(session.absolute_root().map(|root| EditorLinks::new(template, root)))
}

/// Logs the events of a preview.
struct EventLog<'a> {
    session: &'a Session,
    /// A site is shown.
    has_site: bool,
    /// The last build had no errors. After one that had, a report without diagnostics is shown too.
    was_clean: bool,
}

impl EventLog<'_> {
    fn log(&mut self, event: &Event<'_>) {
        match event {
            Event::Ready { url, port_taken } => self.log_address(url, *port_taken),
            Event::Rebuilt { report, duration, changed } => self.log_rebuilt(report, *duration, changed),
            Event::Failed { report, .. } => {
                self.session.set_site_language(report.language);
                self.show(report);
                self.log_failed();
            }
            Event::Polling { cause } => self.session.log(&cli::polling(cause)),
            Event::Unreadable { error } => {
                Failure::new(error.text()).print(self.session);
                self.log_failed();
            }
        }
    }

    fn log_address(&self, url: &str, port_taken: Option<u16>) {
        if let Some(port) = port_taken {
            self.session.log(&cli::port_taken(port));
        }
        self.session.log(&cli::serving(url));
    }

    fn log_rebuilt(&mut self, report: &Report, duration: Duration, changed: &[String]) {
        self.session.set_site_language(report.language);
        if !self.was_clean || !report.diagnostics.is_empty() {
            self.show(report);
        }
        if self.has_site {
            self.session.log(&self.rebuilt_text(duration, changed));
        }
        (self.has_site, self.was_clean) = (true, report.count(Severity::Error) == 0);
    }

    /// `atualizado em 35 ms: /whatsapp/`
    fn rebuilt_text(&self, duration: Duration, changed: &[String]) -> Text {
        let duration = self.duration_text(duration);
        let listed = changed.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
        match changed.len().saturating_sub(LISTED) {
            _ if changed.is_empty() => cli::nothing_changed(duration),
            0 => cli::rebuilt(duration, listed),
            more => cli::rebuilt_more(duration, listed, more),
        }
    }

    /// `35 ms` or `1,2 s`.
    fn duration_text(&self, duration: Duration) -> String {
        if duration < Duration::from_secs(1) {
            return format!("{} ms", duration.as_millis());
        }
        let seconds = format!("{:.1} s", duration.as_secs_f64());
        if self.session.language() == Language::PtBr { seconds.replace('.', ",") } else { seconds }
    }

    fn log_failed(&mut self) {
        self.was_clean = false;
        if self.has_site {
            self.session.log(&cli::last_site_stays());
        }
    }

    fn show(&self, report: &Report) {
        let showing = Showing::of(Format::Human, Stream::Error);
        // A closed standard error is ignored: the browser shows the same.
        let _ = show(report, showing, self.session);
    }
}
