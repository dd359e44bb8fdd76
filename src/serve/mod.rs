//! The preview server: watches the sources, serves the site from memory and pushes changes to the browser.
//!
//! In: a root, options and an address. Out: [`Event`]s for a callback. Entry point: [`serve()`]. Nothing is written to disk
//! or printed.
//!
//! | file | what it does |
//! |---|---|
//! | `watch`, `debounce` | events of the file system → batches of changes |
//! | `session` | a batch → a build → served state and messages |
//! | `preview`, `changes` | a build by URL path; the differences of two builds |
//! | `findings`, `editor` | findings by page, and links that open their place in an editor |
//! | `results` | results of scenarios, in a corner of the page |
//! | `http`, `connections` | connections, their limits and time-outs |
//! | `response`, `guard` | a request → a response |
//! | `subscribers` | the subscribed pages and their queues |
//! | `client.js` | the client script; the server adds it to pages, a build does not |

mod changes;
mod connections;
mod debounce;
mod editor;
mod findings;
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
use crate::pipeline::{Options, Report, SiteRoot, build_preview};

pub use editor::{EditorLinks, VSCODE, find_editor};
pub use guard::is_loopback;

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
    /// Links of findings to an editor; `None` for no links.
    pub editor: Option<EditorLinks>,
    /// Language of messages over the pages; `None` for the site's.
    pub language: Option<Language>,
    /// Interval of polling, for file systems without events; `None` to use events.
    pub poll: Option<Duration>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 4400, open: false, editor: None, language: None, poll: None }
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
    /// A build, which is served now. It can have errors.
    Rebuilt {
        /// The report, without outputs.
        report: &'a Report,
        /// Time from the change to the end of the build.
        duration: Duration,
        /// Addresses whose output differs from the build before, as paths: `/whatsapp/`. Empty for the first build.
        changed: &'a [String],
    },
    /// A build that cannot be served: the templates or the settings have errors. The build before is still served.
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
    /// The sources could not be read. The build before is still served.
    Unreadable {
        /// The cause.
        error: &'a Error,
    },
}

/// Builds the site, serves it, and builds it again at every change, until the process ends.
///
/// Fails if no address can be bound or the root does not exist. Errors of the site are no failure: each is shown
/// over its page until a change corrects it.
pub fn serve(
    root: SiteRoot,
    options: &Options,
    settings: &Settings,
    mut on_event: impl FnMut(Event<'_>),
) -> Result<()> {
    let bound = http::bind(&settings.host, settings.port)?;
    let mut watch = Watch::start(root.path(), settings.poll)?;
    let mut session = PreviewSession::new(build_preview, root, options.clone(), settings, bound.origin());
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
