//! The socket: requests in, answers out.
//!
//! The only file that knows `tiny_http`. A thread a request, so that who reads slowly keeps nobody waiting.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tiny_http::{Header, Request, Response, Server, StatusCode};

use super::answer::{Answer, EVENTS, Question, answer};
use super::guard::{is_allowed_host, is_allowed_origin};
use super::session::Shared;
use crate::error::{Error, Result};

/// How many ports are tried.
const TRIES: u16 = 100;

/// How many requests are answered at once.
const MOST: usize = 256;

/// A server that has an address.
pub(super) struct Bound {
    pub(super) server: Server,
    /// The port that was asked for, where another had to be used.
    pub(super) port_taken: Option<u16>,
    address: SocketAddr,
}

/// Binds the port, or the next that is free.
pub(super) fn bind(host: &str, port: u16) -> Result<Bound> {
    let cannot_bind = |cause: String| Error::Bind(format!("{host}:{port}"), cause);
    let listener = listen(host, port).map_err(|cause| cannot_bind(cause.to_string()))?;
    let address = listener.local_addr().map_err(|cause| cannot_bind(cause.to_string()))?;
    let server = Server::from_listener(listener, None).map_err(|cause| cannot_bind(cause.to_string()))?;
    let port_taken = (port != 0 && address.port() != port).then_some(port);
    Ok(Bound { server, port_taken, address })
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
pub(super) fn start(server: Server, shared: Arc<Shared>, host: &str) {
    let host: Arc<str> = host.into();
    let busy = Arc::new(AtomicUsize::new(0));
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let (shared, host, busy) = (Arc::clone(&shared), Arc::clone(&host), Arc::clone(&busy));
            if busy.fetch_add(1, Ordering::SeqCst) < MOST {
                thread::spawn(move || {
                    respond(request, &shared, &host);
                    busy.fetch_sub(1, Ordering::SeqCst);
                });
            } else {
                send(request, Answer::text(503, "Too many requests at once."));
                busy.fetch_sub(1, Ordering::SeqCst);
            }
        }
    });
}

fn respond(request: Request, shared: &Shared, host: &str) {
    let question = question_of(&request);
    if question.path_and_query().0 == EVENTS {
        return listen_to(request, &question, shared, host);
    }
    let answer = answer(&question, &shared.shown(), host);
    send(request, answer);
}

/// Lets a page of this server listen.
fn listen_to(request: Request, question: &Question, shared: &Shared, host: &str) {
    let (name, origin) = (question.header("Host"), question.header("Origin"));
    if !is_allowed_host(name, host) || !is_allowed_origin(origin, name) {
        return send(request, Answer::text(403, "Only pages of this server may listen."));
    }
    match shared.clients.join() {
        Some(listener) => listener.listen(shared.greeting(), request.into_writer()),
        None => send(request, Answer::text(503, "Too many pages listen.")),
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

fn send(request: Request, answer: Answer) {
    let header = |(name, value): &(&str, String)| Header::from_bytes(name.as_bytes(), value.as_bytes()).ok();
    let headers = answer.headers.iter().filter_map(header).collect();
    let length = usize::try_from(answer.body.length()).ok();
    let response = Response::new(StatusCode(answer.status), headers, answer.body.reader(), length, None);
    // A browser may go before it has the answer; there is nobody to tell.
    let _ = request.respond(response.with_chunked_threshold(usize::MAX));
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
    fn says_what_cannot_be_bound() {
        assert!(matches!(bind("host.invalid", 4400), Err(Error::Bind(address, _)) if address == "host.invalid:4400"));
    }
}
