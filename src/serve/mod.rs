//! The preview server: watches the sources, serves the site from memory and pushes changes to the browser.
//!
//! In: a root, options and an address. Out: [`Event`]s for a callback. Entry point: [`serve()`]. Nothing is written to disk
//! or printed.
//!
//! | file | what it does |
//! |---|---|
//! | `watch`, `debounce` | events of the file system → batches of changes |
//! | `session` | a batch → a build → served state and messages |
//! | `preview`, `changes` | a good build by URL path; the differences of two builds |
//! | `error_view` | a build with errors, as a page and as an overlay |
//! | `results` | results of scenarios, in a corner of the page |
//! | `http`, `connections` | connections, their limits and time-outs |
//! | `response`, `guard` | a request → a response |
//! | `subscribers` | the subscribed pages and their queues |
//! | `client.js` | the client script; the server adds it to pages, a build does not |

mod changes;
mod connections;
mod debounce;
mod error_view;
mod guard;
mod http;
mod preview;
mod response;
mod results;
mod session;
mod subscribers;
mod watch;

use std::time::Duration;

use crate::diagnostic::Language;
use crate::error::{Error, Result};
use crate::pipeline::{Options, Report, SiteRoot, build};

use session::PreviewSession;
use watch::Watch;

/// Where and how to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name or address to listen on. Any other than loopback serves to the network.
    pub host: String,
    /// The port, or the first of those tried. 0 lets the system choose.
    pub port: u16,
    /// Open the browser after the first build.
    pub open: bool,
    /// Language of messages over the pages; `None` for the site's.
    pub language: Option<Language>,
    /// Interval of polling, for file systems without events; `None` to use events.
    pub poll: Option<Duration>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 4400, open: false, language: None, poll: None }
    }
}

/// Events of a preview.
#[derive(Debug)]
pub enum Event<'a> {
    /// The site is served. Sent once, after the first build.
    Ready {
        /// Address of the home page.
        url: &'a str,
        /// The requested port, if it was in use.
        port_taken: Option<u16>,
    },
    /// A build without errors, which is served now.
    Rebuilt {
        /// The report, without outputs.
        report: &'a Report,
        /// Time from the change to the end of the build.
        duration: Duration,
        /// Addresses whose output differs from the last good build, as paths: `/whatsapp/`. Empty for the first build.
        changed: &'a [String],
    },
    /// A build with errors. The last good build is still served.
    Failed {
        /// The report.
        report: &'a Report,
        /// Time from the change to the end of the build.
        duration: Duration,
    },
    /// The system reports no file events; the sources are polled.
    Polling {
        /// The answer of the system.
        cause: &'a str,
    },
    /// The sources could not be read. The last good build is still served.
    Unreadable {
        /// The cause.
        error: &'a Error,
    },
}

/// Builds the site, serves it, and builds it again at every change, until the process ends.
///
/// Fails if no address can be bound or the root does not exist. Errors of the site are no failure: a page with the
/// errors is served until a change corrects them.
pub fn serve(
    root: SiteRoot,
    options: &Options,
    settings: &Settings,
    mut on_event: impl FnMut(Event<'_>),
) -> Result<()> {
    let bound = http::bind(&settings.host, settings.port)?;
    let mut watch = Watch::start(root.path(), settings.poll)?;
    let mut session = PreviewSession::new(build, root, options.clone(), settings.language, bound.origin());
    session.rebuild(&mut on_event);
    let (url, port_taken) = (session.home(), bound.port_taken);
    http::start(bound, session.shared(), &settings.host);
    on_event(Event::Ready { url: &url, port_taken });
    if settings.open {
        // Without a browser, the address is in the log.
        let _ = opener::open(&url);
    }
    loop {
        if let Some(cause) = watch.take_failure() {
            on_event(Event::Polling { cause: &cause });
        }
        if !watch.wait() {
            return Ok(());
        }
        session.rebuild(&mut on_event);
    }
}
