//! The preview: watch the sources, serve the site from memory, push what changed to the browser.
//!
//! In: what to build and where to serve. Out: [`Event`]s, for whoever tells a person. Entry point: [`serve()`]. Nothing is
//! written to disk and nothing is printed here.
//!
//! | file | what it does |
//! |---|---|
//! | `watch`, `gather` | events of the file system → one batch of changes |
//! | `session` | a batch → a build → what is shown and what is pushed |
//! | `preview`, `changes` | a good build as addresses; what differs between two |
//! | `failure` | a build with errors, for the page and for the overlay |
//! | `results` | what came of the scenarios, for a corner of the page |
//! | `http`, `connections` | connections, their limits and time-outs |
//! | `response`, `guard` | a request → a response |
//! | `subscribers` | the subscribed pages and their queues |
//! | `client.js` | what runs in the browser; put into pages when they are served, never by a build |

mod changes;
mod connections;
mod failure;
mod gather;
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

use session::Session;
use watch::Watch;

/// Where and how to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name or address to listen on. Anything but loopback shows the site to the network.
    pub host: String,
    /// The port, or the first of those tried. 0 lets the system choose.
    pub port: u16,
    /// Open the browser once the site is there.
    pub open: bool,
    /// The language of what is shown over the pages; `None` for the site's.
    pub language: Option<Language>,
    /// Look for changes this often, for file systems that tell nothing; `None` to be told by the system.
    pub poll: Option<Duration>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 4400, open: false, language: None, poll: None }
    }
}

/// What a person who previews a site should hear of.
#[derive(Debug)]
pub enum Event<'a> {
    /// The site is served. Comes once, after the first build.
    Ready {
        /// Address of the home page.
        url: &'a str,
        /// The port that was asked for, where another had to be used.
        port_taken: Option<u16>,
    },
    /// A build without errors, now shown.
    Rebuilt {
        /// What was found. Its outputs have been taken by the server.
        report: &'a Report,
        /// Time from the change to the page.
        duration: Duration,
        /// Addresses whose output differs from the last good build, as paths: `/whatsapp/`. Empty for the first build.
        changed: &'a [String],
    },
    /// A build with errors. The last good site stays up.
    Failed {
        /// What was found.
        report: &'a Report,
        /// Time from the change to the answer.
        duration: Duration,
    },
    /// The sources could not be read. The last good site stays up.
    Unreadable {
        /// Why.
        error: &'a Error,
    },
}

/// Builds the site, serves it, and builds it again at every change, until the process ends.
///
/// Fails if no address can be bound or the root cannot be watched. Errors of the site are no failure: a page with the
/// errors is served until a change corrects them.
pub fn serve(
    root: SiteRoot,
    options: &Options,
    settings: &Settings,
    mut on_event: impl FnMut(Event<'_>),
) -> Result<()> {
    let bound = http::bind(&settings.host, settings.port)?;
    let mut watch = Watch::start(root.path(), settings.poll)?;
    let mut session = Session::new(build, root, options.clone(), settings.language, bound.origin());
    session.rebuild(&mut on_event);
    let (url, port_taken) = (session.home(), bound.port_taken);
    http::start(bound, session.shared(), &settings.host);
    on_event(Event::Ready { url: &url, port_taken });
    if settings.open {
        // Whoever has no browser has the address.
        let _ = opener::open(&url);
    }
    while watch.wait() {
        session.rebuild(&mut on_event);
    }
    Ok(())
}
