//! Server-sent events: the subscribed pages and their queues.
//!
//! A message is put into the queue of each subscriber, without waiting. A subscriber whose queue is full is dropped; its
//! page connects again, and the greeting reports whether it is stale.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream;
use http_body_util::StreamBody;
use hyper::body::{Body, Bytes, Frame};
use serde::Serialize;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The media type of event streams.
pub(super) const EVENT_STREAM: &str = "text/event-stream";

/// Most subscribers at once.
pub(super) const MOST: usize = 64;

/// Most waiting messages of one subscriber.
const QUEUE: usize = 16;

/// Interval of empty comments. Writing one detects a client that is gone.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// A named line of JSON in the syntax of event streams.
pub(super) type Message = Bytes;

/// The subscribed pages.
#[derive(Debug)]
pub(super) struct Subscribers {
    queues: Mutex<Vec<Sender<Message>>>,
    free: Arc<Semaphore>,
}

/// Makes a message; the script in the page knows it by its name.
pub(super) fn message(name: &str, content: &impl Serialize) -> Message {
    let json = serde_json::to_string(content).expect("messages are plain structures");
    format!("event: {name}\ndata: {json}\n\n").into()
}

impl Default for Subscribers {
    fn default() -> Self {
        Self { queues: Mutex::default(), free: Arc::new(Semaphore::new(MOST)) }
    }
}

impl Subscribers {
    /// Sends a message to every subscriber.
    pub(super) fn send(&self, message: &Message) {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|queue| queue.try_send(message.clone()).is_ok());
    }

    /// Adds a subscriber. Its stream begins with the greeting. `None` at the limit.
    pub(super) fn subscribe(&self, greeting: Message) -> Option<impl Body<Data = Bytes, Error = io::Error> + use<>> {
        let subscription = self.add(greeting)?;
        Some(StreamBody::new(stream::unfold(subscription, |mut subscription| async {
            let message = subscription.next().await?;
            Some((Ok(Frame::data(message)), subscription))
        })))
    }

    fn add(&self, greeting: Message) -> Option<Subscription> {
        let permit = Arc::clone(&self.free).try_acquire_owned().ok()?;
        let (queue, messages) = channel(QUEUE);
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|queue| !queue.is_closed());
        queues.push(queue);
        Some(Subscription { greeting: Some(greeting), messages, _permit: permit })
    }

    /// The messages of a new subscriber, for tests.
    #[cfg(test)]
    pub(super) fn record(&self) -> Receiver<Message> {
        self.add(Message::new()).expect("a test has few subscribers").messages
    }
}

/// The messages of one subscriber.
struct Subscription {
    greeting: Option<Message>,
    messages: Receiver<Message>,
    _permit: OwnedSemaphorePermit,
}

impl Subscription {
    /// The next message, or a heartbeat; `None` after the last message.
    async fn next(&mut self) -> Option<Message> {
        match self.greeting.take() {
            Some(greeting) => Some([b"retry: 300\n\n", greeting.as_ref()].concat().into()),
            None => timeout(HEARTBEAT, self.messages.recv()).await.unwrap_or(Some(Message::from_static(b":\n\n"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sends_the_greeting_and_then_every_message() {
        let subscribers = Subscribers::default();
        let mut subscription = subscribers.add(message("hello", &1)).unwrap();
        subscribers.send(&message("reload", &["/a/"]));
        drop(subscribers);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let mut next = || runtime.block_on(subscription.next()).map(|bytes| String::from_utf8(bytes.into()).unwrap());
        assert_eq!(next().unwrap(), "retry: 300\n\nevent: hello\ndata: 1\n\n");
        assert_eq!(next().unwrap(), "event: reload\ndata: [\"/a/\"]\n\n");
        assert_eq!(next(), None);
    }

    #[test]
    fn drops_a_subscriber_that_does_not_read() {
        let subscribers = Subscribers::default();
        let mut slow = subscribers.add(Message::new()).unwrap();
        for number in 0..=QUEUE {
            subscribers.send(&message("reload", &number));
        }
        assert_eq!(subscribers.queues.lock().unwrap().len(), 0);
        let queued = std::iter::from_fn(|| slow.messages.try_recv().ok()).count();
        assert_eq!(queued, QUEUE, "the queued messages stay readable");
    }

    #[test]
    fn limits_the_subscribers() {
        let subscribers = Subscribers::default();
        let mut all: Vec<_> = (0..MOST).map(|_| subscribers.add(Message::new()).unwrap()).collect();
        assert!(subscribers.add(Message::new()).is_none());
        all.pop();
        assert!(subscribers.add(Message::new()).is_some());
    }
}
