//! `check --external` over TLS: certificates, and `http:` links that work with `https:`.
//!
//! A proxy on loopback answers for every host: on port 443 with its own certificate, on port 80 without TLS.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::site::{Run, Site};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// Runs until the tests end.
struct Web {
    port: u16,
    /// Who trusts this trusts the web.
    certificate: String,
}

impl Web {
    fn new(hosts: &[&str]) -> Self {
        let hosts: Vec<_> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let made = rcgen::generate_simple_self_signed(hosts).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![made.cert.der().clone()], key).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let config = Arc::new(config);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let config = Arc::clone(&config);
                thread::spawn(move || serve(stream, config));
            }
        });
        Self { port, certificate: made.cert.pem() }
    }

    /// Checks a page with these addresses; where the web is trusted, by its certificate alone.
    fn check(&self, is_trusted: bool, urls: &[&str]) -> Run {
        let links: Vec<_> = urls.iter().map(|url| format!("[Um lugar]({url})")).collect();
        let site = Site::new()
            .config("title: T\nlinks: { external: { retries: 0, delay: 0s } }\n")
            .page("index.md", &format!("---\ntitle: I\nowner: E\n---\n\n{}\n", links.join("\n")))
            .file("certificate.pem", &self.certificate);
        let with = |command: &mut Command| {
            let proxy = format!("http://127.0.0.1:{}", self.port);
            command.env("HTTP_PROXY", &proxy).env("HTTPS_PROXY", &proxy);
            if is_trusted {
                command.env("SSL_CERT_FILE", site.path("certificate.pem"));
            }
        };
        site.run_with(&["check", "--external", "--format", "json", "--lang", "en"], with)
    }
}

fn serve(mut stream: TcpStream, config: Arc<ServerConfig>) -> Option<()> {
    let asked = read_head(&mut stream)?;
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
    if !asked.starts_with("CONNECT ") {
        return None;
    }
    if asked.contains(":443 ") {
        let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream);
        read_head(&mut stream)?;
        stream.write_all(ANSWER).ok()?;
        stream.conn.send_close_notify();
        stream.flush().ok()
    } else {
        read_head(&mut stream)?;
        stream.write_all(ANSWER).ok()
    }
}

fn read_head(stream: &mut impl Read) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.extend(byte);
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}

#[test]
fn accepts_trusted_certificates_only() {
    let web = Web::new(&["bom.test"]);
    web.check(true, &["https://bom.test/a"]).exits(0).reports_nothing();
    web.check(false, &["https://bom.test/a"]).reports("external/tls").says("bom.test").has_severity("warning");
    web.check(true, &["https://outro.test/"]).reports("external/tls").says("outro.test");
}

#[test]
fn suggests_https_when_it_works() {
    let web = Web::new(&["bom.test"]);
    let urls = ["http://bom.test/a?b#:~:text=c", "http://sem.test/a", "https://bom.test/a"];
    let run = web.check(true, &urls).exits(0);
    let found = run.reports("external/insecure").times(1).at("content/index.md:6:12").has_severity("note");
    found.helps("`https://bom.test/a?b#:~:text=c`");
}
