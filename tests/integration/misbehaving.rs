//! Server on loopback with programmed responses, also invalid ones, and a log of its requests.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// The first byte of a TLS connection; this server answers it in plain HTTP.
const TLS: u8 = 22;

#[derive(Clone, Debug)]
pub(crate) struct RecordedRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Request line and headers.
    pub(crate) head: String,
    pub(crate) received: Instant,
    /// The number of earlier requests of this path.
    pub(crate) earlier: usize,
}

pub(crate) enum Reply {
    /// These bytes, then the end of the connection.
    Bytes(Vec<u8>),
    /// No bytes, then the end of the connection.
    Silence(Duration),
    /// The connection is reset.
    Reset,
    /// The first bytes, then the text again and again until the client disconnects.
    Endless(Vec<u8>, &'static str),
}

/// Runs until the tests end.
pub(crate) struct Server {
    port: u16,
    log: Arc<Mutex<Vec<RecordedRequest>>>,
}

impl Server {
    pub(crate) fn new(reply: impl Fn(&RecordedRequest) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (shared, reply) = (Arc::clone(&log), Arc::new(reply));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, reply) = (Arc::clone(&shared), Arc::clone(&reply));
                thread::spawn(move || serve(stream, &log, reply.as_ref()));
            }
        });
        Self { port, log }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// A URL with another host name.
    pub(crate) fn url_of(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.log.lock().unwrap().clone()
    }

    /// The methods of the requests of a path, in order.
    pub(crate) fn methods(&self, path: &str) -> Vec<String> {
        self.requests().into_iter().filter(|request| request.path == path).map(|request| request.method).collect()
    }
}

/// A complete response.
pub(crate) fn page(status: u16, headers: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::Bytes(
        format!("HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}")
            .into_bytes(),
    )
}

pub(crate) fn redirect(status: u16, to: &str) -> Reply {
    page(status, &format!("Location: {to}\r\n"), "")
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<RecordedRequest>>,
    reply: &(impl Fn(&RecordedRequest) -> Reply + ?Sized),
) {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut first = [0];
    if stream.peek(&mut first).is_ok() && first == [TLS] {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        return;
    }
    // Unread bytes make the system reset the connection.
    let Some(head) = peek(&stream) else { return };
    let mut words = head.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let request = {
        let mut log = log.lock().unwrap();
        let earlier = log.iter().filter(|request| request.path == path).count();
        log.push(RecordedRequest { method, path, head: head.clone(), received: Instant::now(), earlier });
        log.last().unwrap().clone()
    };
    let reply = reply(&request);
    if matches!(reply, Reply::Reset) {
        return;
    }
    stream.read_exact(&mut vec![0; head.len()]).unwrap();
    match reply {
        Reply::Bytes(bytes) => {
            let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
            let _ = stream.write_all(if request.method == "HEAD" { &bytes[..end] } else { &bytes });
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

/// The head of a request, which stays unread.
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
