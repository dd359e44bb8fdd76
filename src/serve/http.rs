//! The HTTP server of the preview: connections, their limits and their time-outs.
//!
//! One thread serves every connection. The only file that knows hyper and tokio's network.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use futures_util::future::select;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ETAG, HeaderMap};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use mime_guess::Mime;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio_io_timeout::TimeoutStream;
use tower_http::services::ServeFile;

use super::connections::{Connections, Place};
use super::guard::may_subscribe;
use super::response::{Answer, EVENTS, add_common_headers, answer, text};
use super::session::Shared;
use super::subscribers::EVENT_STREAM;
use crate::error::{Error, Result};

/// How many ports are tried.
const TRIES: u16 = 100;

/// Largest request line and header fields, in bytes.
const LARGEST_HEADERS: usize = 16 * 1024;

/// Longest time from the start of a connection, or from its last response, to the end of a request's headers.
const HEADER_TIME: Duration = Duration::from_secs(5);

/// Longest time in which a client reads nothing of a response.
const WRITE_TIME: Duration = Duration::from_secs(30);

/// Pause after a connection could not be accepted, for example because no file descriptor is free.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// A server with an address.
pub(super) struct Bound {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
    /// The requested port, if another had to be used.
    pub(super) port_taken: Option<u16>,
}

/// Binds the port, or the next one that is free.
pub(super) fn bind(host: &str, port: u16) -> Result<Bound> {
    let bind = || -> io::Result<Bound> {
        let listener = listen(host, port)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let port_taken = (port != 0 && address.port() != port).then_some(port);
        let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
        Ok(Bound { runtime, listener, address, port_taken })
    };
    bind().map_err(|cause| Error::Bind(format!("{host}:{port}"), cause.to_string()))
}

fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
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
    /// The address for clients on this machine: `http://127.0.0.1:4400`.
    pub(super) fn origin(&self) -> String {
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        format!("http://{}", SocketAddr::new(ip, self.address.port()))
    }
}

/// What every connection shares.
struct Server {
    shared: Arc<Shared>,
    host: String,
    connections: Connections,
}

/// Serves requests in a thread, until the process ends.
pub(super) fn start(bound: Bound, shared: Arc<Shared>, host: &str) {
    let server = Arc::new(Server { shared, host: host.to_owned(), connections: Connections::default() });
    thread::spawn(move || bound.runtime.block_on(accept(bound.listener, server)));
}

async fn accept(listener: TcpListener, server: Arc<Server>) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("the listener does not block");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let place = server.connections.enter().await;
                tokio::spawn(serve_connection(stream, Arc::clone(&server), place));
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}

/// Serves a connection until the client ends it, a time-out passes, or its place is needed.
async fn serve_connection(stream: TcpStream, server: Arc<Server>, place: Place) {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let service = service_fn(|request| {
        server.connections.remove_silent(&place);
        respond(request, &server)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_header_size(LARGEST_HEADERS);
    let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service);
    // A client may break off at any moment.
    let _ = select(pin!(connection), pin!(place.evicted())).await;
    server.connections.remove_silent(&place);
}

async fn respond(request: Request<Incoming>, server: &Server) -> std::result::Result<Response<Body>, Infallible> {
    let mut request = request.map(drop);
    let mut response = if request.uri().path() == EVENTS {
        subscribe(request.headers(), server)
    } else {
        match answer(&mut request, &server.shared.state(), &server.host) {
            Answer::Ready(response) => response.map(whole),
            Answer::File { path, media_type, tag } => {
                let mut response = respond_with_file(request, &path, &media_type).await;
                response.headers_mut().insert(ETAG, tag);
                response
            }
        }
    };
    add_common_headers(response.headers_mut());
    Ok(response)
}

/// Sends a file, or the requested range of it.
async fn respond_with_file(request: Request<()>, path: &std::path::Path, media_type: &Mime) -> Response<Body> {
    let mut file = ServeFile::new_with_mime(path, media_type).ignore_multi_range_requests(true);
    match file.try_call(request.map(|()| Empty::<Bytes>::new())).await {
        Ok(response) => response.map(UnsyncBoxBody::new),
        Err(_) => text(StatusCode::NOT_FOUND, "Not found.").map(whole),
    }
}

/// Opens the event stream of a page of this server.
fn subscribe(headers: &HeaderMap, server: &Server) -> Response<Body> {
    if !may_subscribe(headers, &server.host) {
        return text(StatusCode::FORBIDDEN, "Only pages of this server may subscribe.").map(whole);
    }
    match server.shared.subscribers.subscribe(server.shared.greeting()) {
        Some(stream) => Response::builder()
            .header("Content-Type", EVENT_STREAM)
            .body(UnsyncBoxBody::new(stream))
            .expect("the header is valid"),
        None => text(StatusCode::SERVICE_UNAVAILABLE, "Too many pages subscribe.").map(whole),
    }
}

fn whole(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_next_port_and_reports_the_first() {
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
    fn names_the_address_that_cannot_be_bound() {
        assert!(matches!(bind("host.invalid", 4400), Err(Error::Bind(address, _)) if address == "host.invalid:4400"));
    }
}
