//! The `robots.txt` of every host, asked for once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

use super::ask::{Ask, Method, Request, Wants};
use super::robots::Robots;

/// By origin; who asks first makes the others wait.
#[derive(Debug, Default)]
pub(super) struct Lawful {
    known: Mutex<HashMap<String, Arc<Mutex<Option<Robots>>>>>,
}

impl Lawful {
    /// True where the host does not mind. One that has no `robots.txt`, or does not give it, does not.
    pub(super) fn allows(&self, url: &Url, ask: &impl Ask) -> bool {
        let origin = url.origin().ascii_serialization();
        let own = Arc::clone(self.known.lock().unwrap_or_else(PoisonError::into_inner).entry(origin).or_default());
        let mut robots = own.lock().unwrap_or_else(PoisonError::into_inner);
        robots.get_or_insert_with(|| find(url, ask)).allows(&url[url::Position::BeforePath..url::Position::AfterQuery])
    }
}

fn find(url: &Url, ask: &impl Ask) -> Robots {
    let Ok(place) = url.join("/robots.txt") else { return Robots::default() };
    let request = Request { url: &place, method: Method::Get, wants: Wants::Text, has_headers: false };
    let text = ask.ask(&request).ok().and_then(|answer| answer.text);
    text.map(|text| Robots::parse(&text.text)).unwrap_or_default()
}
