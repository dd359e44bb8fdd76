//! The socket: connections in, answers out.
//!
//! A thread a connection, so that who reads slowly or says nothing keeps nobody waiting, and a limit to every wait. The server is
//! our own, small as it is: `tiny_http` gives connections to a pool, where one that comes at the same moment as another can
//! be left waiting until an older one ends, and browsers keep theirs. Two pages of a site were enough to see it.

use std::io::{self, BufReader, ErrorKind, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::answer::{Answer, EVENTS, Question, answer};
use super::guard::{is_allowed_host, is_allowed_origin};
use super::request::{Request, read_request};
use super::session::Shared;
use crate::error::{Error, Result};

/// How many ports are tried.
const TRIES: u16 = 100;

/// How many connections there may be at once, those of listening browsers included.
const MOST: usize = 256;

/// How long a connection may say nothing, or not read what it asked for.
const PATIENCE: Duration = Duration::from_secs(20);

/// A socket that has an address.
pub(super) struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    /// The port that was asked for, where another had to be used.
    pub(super) port_taken: Option<u16>,
}

/// Binds the port, or the next that is free.
pub(super) fn bind(host: &str, port: u16) -> Result<Bound> {
    let cannot_bind = |cause: String| Error::Bind(format!("{host}:{port}"), cause);
    let listener = listen(host, port).map_err(|cause| cannot_bind(cause.to_string()))?;
    let address = listener.local_addr().map_err(|cause| cannot_bind(cause.to_string()))?;
    let port_taken = (port != 0 && address.port() != port).then_some(port);
    Ok(Bound { listener, address, port_taken })
}

fn listen(host: &str, port: u16) -> std::io::Result<TcpListener> {
    let last = port.saturating_add(TRIES);
    let mut result = TcpListener::bind((host, port));
    for next in (port..=last).skip(1) {
        match result {
            Err(cause) if cause.kind() == ErrorKind::AddrInUse => result = TcpListener::bind((host, next)),
            _ => break,
        }
    }
    result
}

impl Bound {
    /// Where this machine reaches the server: `http://127.0.0.1:4400`.
    pub(super) fn origin(&self) -> String {
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        format!("http://{}", SocketAddr::new(ip, self.address.port()))
    }
}

/// Answers requests from now on, until the process ends.
pub(super) fn start(bound: Bound, shared: Arc<Shared>, host: &str) {
    let host: Arc<str> = host.into();
    let open = Arc::new(AtomicUsize::new(0));
    thread::spawn(move || {
        for stream in bound.listener.incoming() {
            let Ok(stream) = stream else {
                // No more files may be opened: some will be closed.
                thread::sleep(Duration::from_millis(10));
                continue;
            };
            let (shared, host, open) = (Arc::clone(&shared), Arc::clone(&host), Arc::clone(&open));
            thread::spawn(move || {
                if open.fetch_add(1, Ordering::SeqCst) < MOST {
                    // A browser may go at any moment; there is nobody to tell.
                    let _ = converse(&stream, &shared, &host);
                }
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
}

/// Answers every request of a connection.
fn converse(stream: &TcpStream, shared: &Shared, host: &str) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let request = match read_request(&mut reader) {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(()),
            Err(cause) if cause.kind() == ErrorKind::InvalidData => {
                return send(stream, Answer::text(400, "This is no request."), true, false);
            }
            Err(cause) => return Err(cause),
        };
        if request.question.path_and_query().0 == EVENTS {
            return listen_to(stream, &request.question, shared, host);
        }
        respond(stream, &request, shared, host)?;
        if !request.keeps_open {
            return Ok(());
        }
    }
}

fn respond(stream: &TcpStream, request: &Request, shared: &Shared, host: &str) -> io::Result<()> {
    let answer = answer(&request.question, &shared.shown(), host);
    let has_body = request.question.method != "HEAD" && answer.status != 304;
    send(stream, answer, has_body, request.keeps_open)
}

/// Lets a page of this server listen, for as long as it does.
fn listen_to(stream: &TcpStream, question: &Question, shared: &Shared, host: &str) -> io::Result<()> {
    let (name, origin) = (question.header("Host"), question.header("Origin"));
    if !is_allowed_host(name, host) || !is_allowed_origin(origin, name) {
        return send(stream, Answer::text(403, "Only pages of this server may listen."), true, false);
    }
    match shared.clients.join() {
        Some(listener) => listener.listen(&shared.greeting(), &mut &*stream),
        None => send(stream, Answer::text(503, "Too many pages listen."), true, false),
    }
}

fn send(mut stream: &TcpStream, answer: Answer, has_body: bool, keeps_open: bool) -> io::Result<()> {
    let length = answer.body.length();
    stream.write_all(head_of(&answer, keeps_open).as_bytes())?;
    if !has_body {
        return Ok(());
    }
    // A file that became shorter meanwhile cannot be sent as promised: the connection ends.
    let sent = io::copy(&mut answer.body.reader(), &mut stream)?;
    if sent == length { Ok(()) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

fn head_of(answer: &Answer, keeps_open: bool) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    // The body of a 304 is not there, and its length is that of another (RFC 9110, section 15.4.5).
    if answer.status != 304 {
        head.extend(["Content-Length: ", &answer.body.length().to_string(), "\r\n"]);
    }
    head.push_str(if keeps_open { "\r\n" } else { "Connection: close\r\n\r\n" });
    head
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        416 => "Range Not Satisfiable",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_next_port_and_says_which_was_taken() {
        let other = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = other.local_addr().unwrap().port();
        let bound = bind("127.0.0.1", port).unwrap();
        assert_eq!(bound.port_taken, Some(port));
        assert!(bound.address.port() > port);
        assert_eq!(bound.origin(), format!("http://127.0.0.1:{}", bound.address.port()));
    }

    #[test]
    fn lets_the_system_choose_a_port() {
        assert_eq!(bind("127.0.0.1", 0).unwrap().port_taken, None);
        assert!(bind("0.0.0.0", 0).unwrap().origin().starts_with("http://127.0.0.1:"));
    }

    #[test]
    fn writes_heads_that_end_or_keep_a_connection() {
        let answer = Answer::text(404, "Not found.");
        let head = head_of(&answer, true);
        assert!(head.starts_with("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\n"), "{head}");
        assert!(head.ends_with("Content-Length: 11\r\n\r\n"), "{head}");
        assert!(head_of(&answer, false).ends_with("Connection: close\r\n\r\n"));
    }

    #[test]
    fn says_what_cannot_be_bound() {
        assert!(matches!(bind("host.invalid", 4400), Err(Error::Bind(address, _)) if address == "host.invalid:4400"));
    }
}
