//! The browsers that listen.
//!
//! Server-sent events. A message is put into a browser's queue and never waited for: one that does not read is let go when its
//! queue is full, comes back, and is told then whether its page is stale.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;

/// At most so many browsers listen at once.
pub(super) const MOST: usize = 64;

/// So many messages wait for a slow browser.
const QUEUE: usize = 16;

/// A browser that went away is noticed by writing to it.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// In chunks (RFC 9112, section 7.1), because the connection does not end with the stream: `tiny_http` holds it until the browser
/// lets go, and the browser only comes back when it is told the end.
const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                    X-Content-Type-Options: nosniff\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";

/// The end of the stream: an empty chunk.
const END: &str = "0\r\n\r\n";

/// A line of JSON under a name, ready to be sent.
pub(super) type Message = Arc<str>;

/// Every browser that listens.
#[derive(Debug, Default)]
pub(super) struct Clients {
    queues: Mutex<Vec<SyncSender<Message>>>,
    threads: Arc<AtomicUsize>,
}

/// A message, which the script in the browser knows by its name.
pub(super) fn message(name: &str, content: &impl Serialize) -> Message {
    let json = serde_json::to_string(content).expect("messages are plain structures");
    format!("event: {name}\ndata: {json}\n\n").into()
}

impl Clients {
    /// Tells every browser, without waiting for any.
    pub(super) fn tell(&self, message: &Message) {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        queues.retain(|queue| queue.try_send(Arc::clone(message)).is_ok());
    }

    /// A place for one more browser; `None` when there are enough.
    pub(super) fn join(&self) -> Option<Listener> {
        let seat = Seat::take(&self.threads)?;
        let (queue, messages) = sync_channel(QUEUE);
        self.queues.lock().unwrap_or_else(PoisonError::into_inner).push(queue);
        Some(Listener { messages, _seat: seat })
    }
}

/// A browser that is told everything from now on.
#[derive(Debug)]
pub(super) struct Listener {
    messages: Receiver<Message>,
    _seat: Seat,
}

impl Listener {
    /// Sends the greeting and then every message, until the browser or the server goes.
    pub(super) fn listen(self, greeting: &str, writer: &mut dyn Write) -> io::Result<()> {
        writer.write_all(HEAD.as_bytes())?;
        send("retry: 300\n\n", writer)?;
        send(greeting, writer)?;
        loop {
            match self.messages.recv_timeout(HEARTBEAT) {
                Ok(message) => send(&message, writer)?,
                Err(RecvTimeoutError::Timeout) => send(":\n\n", writer)?,
                Err(RecvTimeoutError::Disconnected) => return end(writer),
            }
        }
    }

    /// Everything that was told, once nobody can tell any more.
    #[cfg(test)]
    pub(super) fn received(self) -> Vec<String> {
        self.messages.iter().map(|message| message.to_string()).collect()
    }
}

fn send(text: &str, writer: &mut dyn Write) -> io::Result<()> {
    write!(writer, "{:x}\r\n{text}\r\n", text.len())?;
    writer.flush()
}

fn end(writer: &mut dyn Write) -> io::Result<()> {
    writer.write_all(END.as_bytes())?;
    writer.flush()
}

/// One of [`MOST`], given back when dropped.
#[derive(Debug)]
struct Seat(Arc<AtomicUsize>);

impl Seat {
    fn take(taken: &Arc<AtomicUsize>) -> Option<Self> {
        let seat = Self(Arc::clone(taken));
        (taken.fetch_add(1, Ordering::SeqCst) < MOST).then_some(seat)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greets_and_then_tells_everything() {
        let clients = Clients::default();
        let listener = clients.join().unwrap();
        clients.tell(&message("reload", &["/a/"]));
        drop(clients);
        let mut sent = Vec::new();
        listener.listen(&message("hello", &1), &mut sent).unwrap();
        let text = String::from_utf8(sent).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
        let chunks = "16\r\nevent: hello\ndata: 1\n\n\r\n1d\r\nevent: reload\ndata: [\"/a/\"]\n\n\r\n0\r\n\r\n";
        assert!(text.ends_with(chunks), "{text}");
    }

    #[test]
    fn lets_go_a_browser_that_does_not_read() {
        let clients = Clients::default();
        let slow = clients.join().unwrap();
        for number in 0..=QUEUE {
            clients.tell(&message("reload", &number));
        }
        assert_eq!(clients.queues.lock().unwrap().len(), 0);
        assert_eq!(slow.messages.iter().count(), QUEUE, "it reads what was queued and then comes to the end");
    }

    #[test]
    fn has_a_limited_number_of_places() {
        let clients = Clients::default();
        let mut listeners: Vec<_> = (0..MOST).map(|_| clients.join().unwrap()).collect();
        assert!(clients.join().is_none());
        listeners.pop();
        assert!(clients.join().is_some());
    }
}
