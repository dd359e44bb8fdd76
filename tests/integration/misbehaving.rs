//! A server on loopback that answers as a test wants, badly too, and remembers what it was asked.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// The first byte of a safe connection, to which this server answers as one that knows none.
const TLS: u8 = 22;

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The whole head.
    pub(crate) head: String,
    pub(crate) at: Instant,
    /// How often this path was asked before.
    pub(crate) before: usize,
}

/// What is done with a request.
pub(crate) enum Reply {
    /// These bytes, and the end.
    Bytes(Vec<u8>),
    /// Nothing for a while, and the end.
    Silence(Duration),
    /// The connection is reset.
    Reset,
    /// This, and then the same text as long as anybody listens.
    Endless(Vec<u8>, &'static str),
}

/// Runs until the tests end.
pub(crate) struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub(crate) fn new(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, reply) = (Arc::clone(&asked), Arc::new(reply));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, reply) = (Arc::clone(&log), Arc::clone(&reply));
                thread::spawn(move || serve(stream, &log, reply.as_ref()));
            }
        });
        Self { port, asked }
    }

    /// An address of this server.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The same server, called otherwise.
    pub(crate) fn url_of(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Every request so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The methods by which a path was asked, in order.
    pub(crate) fn methods(&self, path: &str) -> Vec<String> {
        self.asked().into_iter().filter(|asked| asked.path == path).map(|asked| asked.method).collect()
    }
}

/// An answer with a length.
pub(crate) fn page(status: u16, headers: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::Bytes(
        format!("HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}")
            .into_bytes(),
    )
}

/// A redirect.
pub(crate) fn redirect(status: u16, to: &str) -> Reply {
    page(status, &format!("Location: {to}\r\n"), "")
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Asked>>, reply: &(impl Fn(&Asked) -> Reply + ?Sized)) {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut first = [0];
    if stream.peek(&mut first).is_ok() && first == [TLS] {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        return;
    }
    // What was looked at and not read makes the system reset the connection.
    let Some(head) = peek(&stream) else { return };
    let mut words = head.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let asked = {
        let mut log = log.lock().unwrap();
        let before = log.iter().filter(|asked| asked.path == path).count();
        log.push(Asked { method, path, head: head.clone(), at: Instant::now(), before });
        log.last().unwrap().clone()
    };
    let reply = reply(&asked);
    if matches!(reply, Reply::Reset) {
        return;
    }
    stream.read_exact(&mut vec![0; head.len()]).unwrap();
    match reply {
        Reply::Bytes(bytes) => {
            let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
            let _ = stream.write_all(if asked.method == "HEAD" { &bytes[..end] } else { &bytes });
        }
        Reply::Silence(time) => thread::sleep(time),
        Reply::Endless(head, text) => {
            let _ = stream.write_all(&head);
            while stream.write_all(text.as_bytes()).is_ok() {}
        }
        Reply::Reset => {}
    }
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read_to_end(&mut Vec::new());
}

/// The head of a request, left where it is.
fn peek(stream: &TcpStream) -> Option<String> {
    let mut bytes = vec![0; 16 * 1024];
    for _ in 0..1000 {
        let length = stream.peek(&mut bytes).ok().filter(|length| *length > 0)?;
        let text = String::from_utf8_lossy(&bytes[..length]);
        if let Some(end) = text.find("\r\n\r\n") {
            return Some(text[..end + 4].to_owned());
        }
        thread::sleep(Duration::from_millis(1));
    }
    None
}
