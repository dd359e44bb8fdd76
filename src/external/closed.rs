//! Hosts that are left alone for the rest of a run: nobody is there, or they asked to be.
//!
//! A site with two hundred links to a host that is down would else wait two hundred times.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use url::Url;

use super::ask::Failure;
use super::outcome::End;

/// So many addresses of one host must be too slow, each asked as often as the settings say, before the others are not asked.
const SLOW: usize = 3;

/// What is known of each origin.
#[derive(Debug, Default)]
pub(super) struct Closed {
    known: Mutex<HashMap<String, Known>>,
}

#[derive(Debug, Default)]
struct Known {
    slow: usize,
    end: Option<End>,
}

impl Closed {
    /// How asking would end; `None` where it is worth while.
    pub(super) fn find(&self, url: &Url) -> Option<End> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&origin(url))?.end.clone()
    }

    /// Remembers how asking ended, as often as the settings say.
    pub(super) fn remember(&self, url: &Url, end: &End) {
        let closes_at = match end {
            End::Failed(Failure::UnknownHost | Failure::NoConnection) | End::Status(429) => 1,
            End::Failed(Failure::TooSlow) => SLOW,
            _ => return,
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.entry(origin(url)).or_default();
        known.slow += 1;
        if known.slow >= closes_at {
            known.end.get_or_insert_with(|| end.clone());
        }
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_left_alone_when_nobody_is_there() {
        let closed = Closed::default();
        let [one, other, port] =
            ["https://x.org/a", "https://x.org/b", "https://x.org:8443/"].map(|url| url.parse().unwrap());
        closed.remember(&one, &End::Status(404));
        assert_eq!(closed.find(&other), None);
        let nobody = End::Failed(Failure::NoConnection);
        closed.remember(&one, &nobody);
        assert_eq!((closed.find(&other), closed.find(&port)), (Some(nobody), None));
    }

    #[test]
    fn a_slow_page_does_not_speak_for_its_host() {
        let (closed, url, slow) = (Closed::default(), "https://x.org/".parse().unwrap(), End::Failed(Failure::TooSlow));
        for _ in 1..SLOW {
            closed.remember(&url, &slow);
            assert_eq!(closed.find(&url), None);
        }
        closed.remember(&url, &slow);
        assert_eq!(closed.find(&url), Some(slow));
    }
}
