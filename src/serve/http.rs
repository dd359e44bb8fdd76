//! The socket: requests in, answers out.
//!
//! The only file that knows `tiny_http`, which gives connections to a pool of threads, each busy until its connection ends. Of
//! two that come at the same moment one may be left in the queue while the other, kept by a browser for later, says nothing.
//! So every answer ends its connection, and [`nudge`] wakes the pool from time to time.

use std::io::{self, ErrorKind, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tiny_http::{Header, Request, Server};

use super::answer::{Answer, EVENTS, Question, answer};
use super::guard::{is_allowed_host, is_allowed_origin};
use super::session::Shared;
use crate::error::{Error, Result};

/// How many ports are tried.
const TRIES: u16 = 100;

/// How many requests are answered at once, those of listening browsers included.
const MOST: usize = 256;

/// The longest that a connection is left in the queue of `tiny_http`, where no more than [`NUDGES`] are before it.
const NUDGE: Duration = Duration::from_millis(250);

/// How many connections are taken from the queue at a time: a burst of slow ones should not hold up one that is quick.
const NUDGES: usize = 8;

/// A server that has an address.
pub(super) struct Bound {
    server: Server,
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
    let server = Server::from_listener(listener, None).map_err(|cause| cannot_bind(cause.to_string()))?;
    Ok(Bound { server, address, port_taken })
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
        format!("http://{}", self.own_address())
    }

    fn own_address(&self) -> SocketAddr {
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        SocketAddr::new(ip, self.address.port())
    }
}

/// Answers requests from now on, until the process ends.
pub(super) fn start(bound: Bound, shared: Arc<Shared>, host: &str) {
    let host: Arc<str> = host.into();
    let busy = Arc::new(AtomicUsize::new(0));
    let address = bound.own_address();
    thread::spawn(move || nudge(address));
    thread::spawn(move || {
        for request in bound.server.incoming_requests() {
            let (shared, host, busy) = (Arc::clone(&shared), Arc::clone(&host), Arc::clone(&busy));
            thread::spawn(move || {
                // A browser may go at any moment; there is nobody to tell.
                let _ = match busy.fetch_add(1, Ordering::SeqCst) {
                    count if count < MOST => respond(request, &shared, &host),
                    _ => send(request, Answer::text(503, "Too many requests at once."), true),
                };
                busy.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
}

/// Connects and goes: each thread that sees it end takes the next connection from the queue.
fn nudge(address: SocketAddr) {
    loop {
        thread::sleep(NUDGE);
        (0..NUDGES).for_each(|_| drop(TcpStream::connect_timeout(&address, NUDGE)));
    }
}

fn respond(request: Request, shared: &Shared, host: &str) -> io::Result<()> {
    let question = question_of(&request);
    if question.path_and_query().0 == EVENTS {
        return listen_to(request, &question, shared, host);
    }
    let answer = answer(&question, &shared.shown(), host);
    let has_body = question.method != "HEAD" && answer.status != 304;
    send(request, answer, has_body)
}

/// Lets a page of this server listen, for as long as it does.
fn listen_to(request: Request, question: &Question, shared: &Shared, host: &str) -> io::Result<()> {
    let (name, origin) = (question.header("Host"), question.header("Origin"));
    if !is_allowed_host(name, host) || !is_allowed_origin(origin, name) {
        return send(request, Answer::text(403, "Only pages of this server may listen."), true);
    }
    match shared.clients.join() {
        Some(listener) => listener.listen(&shared.greeting(), &mut request.into_writer()),
        None => send(request, Answer::text(503, "Too many pages listen."), true),
    }
}

fn question_of(request: &Request) -> Question {
    let header = |header: &Header| (header.field.to_string(), header.value.to_string());
    Question {
        method: request.method().to_string(),
        url: request.url().to_owned(),
        headers: request.headers().iter().map(header).collect(),
    }
}

fn send(request: Request, answer: Answer, has_body: bool) -> io::Result<()> {
    let length = answer.body.length();
    let mut writer = request.into_writer();
    writer.write_all(head_of(&answer).as_bytes())?;
    if has_body {
        // A file that became shorter meanwhile cannot be sent as promised.
        let sent = io::copy(&mut answer.body.reader(), &mut writer)?;
        if sent != length {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
    writer.flush()
}

fn head_of(answer: &Answer) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    // The body of a 304 is not there, and its length is that of another (RFC 9110, section 15.4.5).
    if answer.status != 304 {
        head.extend(["Content-Length: ", &answer.body.length().to_string(), "\r\n"]);
    }
    head.push_str("Connection: close\r\n\r\n");
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
    fn writes_heads_that_end_the_connection() {
        let answer = Answer::text(404, "Not found.");
        let head = head_of(&answer);
        assert!(head.starts_with("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\n"), "{head}");
        assert!(head.ends_with("Content-Length: 11\r\nConnection: close\r\n\r\n"), "{head}");
    }

    #[test]
    fn says_what_cannot_be_bound() {
        assert!(matches!(bind("host.invalid", 4400), Err(Error::Bind(address, _)) if address == "host.invalid:4400"));
    }
}
