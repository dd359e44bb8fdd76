//! The limit of open connections.
//!
//! At the limit, a new connection takes the place of the oldest one that has sent no request; if every connection has
//! sent one, it waits. So connections that send nothing, or send it slowly, keep no browser waiting.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// Most connections at once. With the files that are sent it stays below the 256 descriptors that a process has on macOS.
const MOST: usize = 112;

/// The open connections.
#[derive(Debug)]
pub(super) struct Connections {
    free: Arc<Semaphore>,
    /// Connections without a request, the oldest first.
    silent: Mutex<VecDeque<Arc<Notify>>>,
}

/// The place of one connection, which is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    eviction: Arc<Notify>,
    _permit: OwnedSemaphorePermit,
}

impl Default for Connections {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(MOST)), silent: Mutex::default() }
    }
}

impl Connections {
    /// Waits for a place.
    pub(super) async fn enter(&self) -> Place {
        if self.free.available_permits() == 0
            && let Some(oldest) = self.silent().pop_front()
        {
            oldest.notify_one();
        }
        let permit = Arc::clone(&self.free).acquire_owned().await.expect("the semaphore is never closed");
        let eviction = Arc::new(Notify::new());
        self.silent().push_back(Arc::clone(&eviction));
        Place { eviction, _permit: permit }
    }

    /// Removes a connection that sent a request, or that ended, from the silent ones.
    pub(super) fn remove_silent(&self, place: &Place) {
        self.silent().retain(|silent| !Arc::ptr_eq(silent, &place.eviction));
    }

    fn silent(&self) -> std::sync::MutexGuard<'_, VecDeque<Arc<Notify>>> {
        self.silent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Waits until the place is needed by another connection.
    pub(super) async fn evicted(&self) {
        self.eviction.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn poll<T>(future: impl Future<Output = T>) -> Poll<T> {
        pin!(future).poll(&mut Context::from_waker(Waker::noop()))
    }

    fn enter(connections: &Connections) -> Option<Place> {
        match poll(connections.enter()) {
            Poll::Ready(place) => Some(place),
            Poll::Pending => None,
        }
    }

    #[test]
    fn evicts_the_oldest_silent_connection() {
        let connections = Connections::default();
        let places: Vec<Place> = (0..MOST).map(|_| enter(&connections).unwrap()).collect();
        connections.remove_silent(&places[0]);
        assert!(enter(&connections).is_none());
        assert_eq!(poll(places[0].evicted()), Poll::Pending);
        assert_eq!(poll(places[1].evicted()), Poll::Ready(()));
        assert_eq!(poll(places[2].evicted()), Poll::Pending);
    }

    #[test]
    fn waits_while_every_connection_is_active() {
        let connections = Connections::default();
        let mut places: Vec<Place> = (0..MOST).map(|_| enter(&connections).unwrap()).collect();
        for place in &places {
            connections.remove_silent(place);
        }
        assert!(enter(&connections).is_none());
        places.pop();
        assert!(enter(&connections).is_some());
    }
}
