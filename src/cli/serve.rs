//! `vereda serve`: the site in the browser while it is edited; what happens is told on the standard error.

use std::time::Duration;

use vereda::diagnostic::{Language, Text, cli};
use vereda::error::Error;
use vereda::pipeline::{Options, Report, find_language};
use vereda::report::Format;
use vereda::serve::{Event, Settings, serve};

use super::arguments::ServeArguments;
use super::report::{Showing, language_of, show};
use super::session::Session;
use super::terminal::Stream;
use super::{Failure, Outcome, Verdict};

/// How often to look for changes where the file system tells nothing.
const POLL: Duration = Duration::from_millis(500);

/// How many addresses a rebuild names.
const NAMED: usize = 3;

/// Serves until the process ends.
pub(crate) fn run(arguments: &ServeArguments, session: &Session) -> Outcome {
    let Some(language) = find_language(&session.root) else {
        return Err(Error::NotASite(session.root.clone()).into());
    };
    let options = Options { drafts: arguments.drafts, preview: true, ..session.options() };
    let settings = Settings {
        host: arguments.host.clone(),
        port: arguments.port,
        open: arguments.open,
        language: session.asked_language(),
        poll: arguments.poll.then_some(POLL),
    };
    let mut teller = Teller { session, language: session.language_or(language), has_site: false, has_news: true };
    serve(&options, &settings, |event| teller.tell(&event))
        .map_err(|error| Failure::from(error).in_language(language))?;
    Ok(Verdict::Clean)
}

/// Tells a person what happens.
struct Teller<'a> {
    session: &'a Session,
    language: Language,
    /// A good site is shown.
    has_site: bool,
    /// That the site has no problem is worth saying: it is the first build, or the last one failed.
    has_news: bool,
}

impl Teller<'_> {
    fn tell(&mut self, event: &Event<'_>) {
        match event {
            Event::Ready { url, port_taken } => self.tell_address(url, *port_taken),
            Event::Rebuilt { report, duration, changed } => self.tell_rebuilt(report, *duration, changed),
            Event::Failed { report, .. } => {
                self.show(report);
                self.tell_failed();
            }
            Event::Unreadable { error } => {
                Failure::new(error.text()).in_language(self.language).tell(self.session);
                self.tell_failed();
            }
        }
    }

    fn tell_address(&self, url: &str, port_taken: Option<u16>) {
        if let Some(port) = port_taken {
            self.say(&cli::port_taken(port));
        }
        self.say(&cli::serving(url));
    }

    fn tell_rebuilt(&mut self, report: &Report, duration: Duration, changed: &[String]) {
        self.language = language_of(report, self.session);
        if self.has_news || !report.diagnostics.is_empty() {
            self.show(report);
        }
        if self.has_site {
            self.say(&self.rebuilt(duration, changed));
        }
        (self.has_site, self.has_news) = (true, false);
    }

    /// `atualizado em 35 ms: /whatsapp/`
    fn rebuilt(&self, duration: Duration, changed: &[String]) -> Text {
        let duration = self.written(duration);
        let named = changed.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        match changed.len().saturating_sub(NAMED) {
            _ if changed.is_empty() => cli::nothing_changed(duration),
            0 => cli::rebuilt(duration, named),
            more => cli::rebuilt_more(duration, named, more),
        }
    }

    /// `35 ms` or `1,2 s`.
    fn written(&self, duration: Duration) -> String {
        if duration < Duration::from_secs(1) {
            return format!("{} ms", duration.as_millis());
        }
        let seconds = format!("{:.1} s", duration.as_secs_f64());
        if self.language == Language::PtBr { seconds.replace('.', ",") } else { seconds }
    }

    fn tell_failed(&mut self) {
        self.has_news = true;
        if self.has_site {
            self.say(&cli::last_site_stays());
        }
    }

    fn show(&self, report: &Report) {
        let showing = Showing::of(Format::Human, Stream::Error);
        // A standard error that is closed has nobody to tell, and the browser shows the same.
        let _ = show(report, showing, self.session);
    }

    fn say(&self, text: &Text) {
        self.session.terminal.tell(text.in_language(self.language));
    }
}
