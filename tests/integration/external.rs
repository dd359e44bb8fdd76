//! `check --external`: requests, their limits, and the diagnostics of broken external links.
//!
//! The other sites are servers on loopback; no test uses the network.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::misbehaving::{RecordedRequest, Reply, Server, page, redirect};
use crate::site::{PAGE, Run, Site};

const CHECK: &[&str] = &["check", "--external", "--format", "json", "--lang", "en"];

/// Short delays, and permission to request this machine.
const QUICK: &str = "allow_private: ['127.0.0.1', localhost], delay: 0s, backoff: 10ms, retries: 1, timeout: 20s";

/// [`QUICK`] with some settings replaced.
fn quick(settings: &str) -> String {
    let (allowed, rest) = QUICK.split_at(QUICK.find(", delay").unwrap());
    let is_kept = |setting: &&str| !settings.contains(setting.split(':').next().unwrap());
    let kept = rest[2..].split(", ").filter(is_kept).chain([settings]);
    format!("{allowed}, {}", kept.collect::<Vec<_>>().join(", "))
}

/// A site with a page of these links, one in each line from line 6.
fn site(settings: &str, urls: &[&str]) -> Site {
    let links: Vec<_> = urls.iter().map(|url| format!("[Um lugar]({url})")).collect();
    Site::new()
        .config(&format!("title: Teste\nlinks:\n  external: {{ {settings} }}\n"))
        .page("index.md", &format!("---\ntitle: Início\nowner: Equipe\n---\n\n{}\n", links.join("\n")))
}

fn external(site: &Site) -> Run {
    site.run(CHECK)
}

/// Line and name of the `external/` diagnostics.
fn found(run: &Run) -> Vec<(u64, String)> {
    let findings = run.findings().into_iter().filter(|found| found["code"].as_str().unwrap().starts_with("external/"));
    findings
        .map(|found| (found["line"].as_u64().unwrap_or(0), found["code"].as_str().unwrap()[9..].to_owned()))
        .collect()
}

/// Checks one URL of a server.
fn check_one(
    settings: &str,
    path: &str,
    reply: impl Fn(&RecordedRequest) -> Reply + Send + Sync + 'static,
) -> (Run, Server) {
    let server = Server::new(reply);
    let run = external(&site(&quick(settings), &[&server.url(path)]));
    (run, server)
}

#[test]
fn sends_no_request_without_external() {
    let server = Server::new(|_| page(404, "", ""));
    let site = site(QUICK, &[&server.url("/a")]);
    site.check().exits(0).does_not_report("external/gone");
    site.build().exits(0);
    assert!(server.requests().is_empty());
    assert!(!site.path(".vereda").exists());
}

#[test]
fn requests_each_url_once_by_head_without_cookies() {
    let server = Server::new(|_| page(200, "Set-Cookie: a=b\r\n", ""));
    let urls = [server.url("/a"), server.url("/b"), server.url("/a")];
    let site = site(QUICK, &urls.each_ref().map(String::as_str));
    let run = external(&site).exits(0).tells("addresses of other sites: 2 (checked now: 2; from the cache: 0)");
    assert!(found(&run).is_empty());
    assert_eq!(server.methods("/a"), ["HEAD"]);
    for request in server.requests() {
        let head = request.head.to_ascii_lowercase();
        assert!(head.contains(concat!("user-agent: vereda/", env!("CARGO_PKG_VERSION"))), "{head}");
        assert!(!head.contains("cookie"), "{head}");
    }
}

#[test]
fn reports_a_missing_page_at_every_link() {
    let server = Server::new(|request| page(if request.path == "/410" { 410 } else { 404 }, "", ""));
    let urls = [server.url("/a"), server.url("/410"), server.url("/a"), server.url("/a#b")];
    let site = site(QUICK, &urls.each_ref().map(String::as_str)).flow(
        "f.flow.yaml",
        &format!(
            "title: F\nowner: E\nnodes:\n  a:\n    title: A\n    text: '[x y]({0}) '\n    links: [{{ label: L, url: '{0}' }}]\n    result: open\n",
            server.url("/a")
        ),
    );
    let run = external(&site).exits(1);
    run.reports("external/gone").times(6).at("content/index.md:6:12").says("/a").says("404").has_severity("error");
    run.reports("external/gone").at("content/index.md:7:12").says("410");
    run.reports("external/gone").at("content/f.flow.yaml:6:11");
    run.reports("external/gone").at("content/f.flow.yaml:7:30");
    assert_eq!(server.methods("/a"), ["GET"], "a fragment needs the page");
}

#[test]
fn falls_back_to_get_when_head_fails() {
    for status in [400, 403, 404, 405, 500, 501] {
        let reply =
            move |request: &RecordedRequest| page(if request.method == "HEAD" { status } else { 200 }, "", "Olá");
        let (run, server) = check_one("", "/a", reply);
        assert!(found(&run.exits(0)).is_empty());
        assert_eq!(server.methods("/a"), ["HEAD", "GET"], "{status}");
    }
    let reply = |request: &RecordedRequest| if request.method == "HEAD" { Reply::Reset } else { page(200, "", "") };
    let (run, server) = check_one("", "/a", reply);
    assert!(found(&run.exits(0)).is_empty());
    assert_eq!(server.methods("/a"), ["HEAD", "GET"]);
}

#[test]
fn reports_a_code_for_each_status() {
    for (status, code, severity) in [
        (401, "external/refused", "note"),
        (403, "external/refused", "note"),
        (404, "external/gone", "error"),
        (418, "external/unexpected-status", "warning"),
        (304, "external/unexpected-status", "warning"),
        (429, "external/too-many-requests", "note"),
        (500, "external/unreachable", "warning"),
        (503, "external/unreachable", "warning"),
    ] {
        let (run, _) = check_one("", "/a", move |_| page(status, "", ""));
        run.reports(code).times(1).at("content/index.md:6:12").says(&status.to_string()).has_severity(severity);
    }
    let (run, _) = check_one("", "/a", |_| page(405, "", ""));
    assert!(found(&run).is_empty(), "the URL exists, for another method");
}

#[test]
fn accepts_the_statuses_of_the_settings() {
    let (run, _) = check_one("accept: [403, '500-599']", "/a", |_| page(503, "", ""));
    assert!(found(&run.exits(0)).is_empty());
    let (run, _) = check_one("accept: ['500-599']", "/a", |_| page(200, "", ""));
    run.reports("external/unexpected-status").says("200");
}

#[test]
fn retries_after_a_transient_failure() {
    let (run, server) = check_one("", "/a#b", |request| match request.earlier {
        0 => page(500, "", ""),
        _ => page(200, "", "<p id=b>"),
    });
    assert!(found(&run.exits(0)).is_empty());
    assert_eq!(server.methods("/a"), ["GET", "GET"]);
    let (run, server) = check_one("", "/a", |_| Reply::Reset);
    run.reports("external/unreachable").says("closed").has_severity("warning");
    assert_eq!(server.methods("/a"), ["HEAD", "GET", "GET"]);
}

#[test]
fn waits_as_long_as_retry_after() {
    for wait in ["1", "Sun, 22 Nov 2026 12:00:01 GMT"] {
        let begun = Instant::now();
        let (run, server) = check_one("", "/a", move |request| match request.earlier {
            0 => page(429, &format!("Retry-After: {wait}\r\nDate: Sun, 22 Nov 2026 12:00:00 GMT\r\n"), ""),
            _ => page(200, "", ""),
        });
        assert!(found(&run.exits(0)).is_empty());
        assert_eq!(server.requests().len(), 2);
        assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
    }
    let (run, server) = check_one("", "/a", |_| page(429, "Retry-After: 3600\r\n", ""));
    run.reports("external/too-many-requests");
    assert_eq!(server.requests().len(), 1, "no request before or after a delay of an hour");
}

#[test]
fn reports_a_missing_response_as_unreachable() {
    let (run, _) = check_one("timeout: 300ms, retries: 0", "/a", |_| Reply::Silence(Duration::from_secs(2)));
    run.reports("external/unreachable").says("too long").has_severity("warning");
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let refused = format!("http://127.0.0.1:{free}/");
    external(&site(QUICK, &[&refused])).reports("external/unreachable").says("cannot connect");
    let (run, _) = check_one("", "/a", |_| Reply::Bytes(b"SSH-2.0-x\r\n\r\n".to_vec()));
    run.reports("external/unreachable").says("cannot be read");
    let (run, _) = check_one("", "/a#b", |_| {
        Reply::Bytes(b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<p id=b>".to_vec())
    });
    run.reports("external/unreachable").says("is incomplete");
    let run = external(&site(QUICK, &["http://nenhum-site.invalid/"]));
    run.reports("external/unknown-host").says("nenhum-site.invalid").has_severity("warning");
}

#[test]
fn reports_a_failed_tls_handshake() {
    let server = Server::new(|_| page(200, "", ""));
    let plain = server.url("/a").replace("http:", "https:");
    external(&site(QUICK, &[&plain])).reports("external/tls").says("127.0.0.1").has_severity("warning");
}

#[test]
fn suggests_the_target_of_permanent_redirects() {
    let reply = |request: &RecordedRequest| match request.path.as_str() {
        "/a" => redirect(301, "/b"),
        "/b" => redirect(308, "c?d#e"),
        "/t" => redirect(302, "/b"),
        "/lost" => redirect(301, "/nowhere"),
        "/nowhere" => page(404, "", ""),
        _ => page(200, "", "<p id=x>"),
    };
    let server = Server::new(reply);
    let urls = ["/a", "/a#x", "/t", "/lost"].map(|path| server.url(path));
    let run = external(&site(QUICK, &urls.each_ref().map(String::as_str)));
    let moved: Vec<_> = found(&run).into_iter().filter(|(_, code)| code == "moved").map(|(line, _)| line).collect();
    assert_eq!(moved, [6, 7]);
    run.reports("external/moved").at("content/index.md:6:12").helps(&server.url("/c?d")).has_severity("note");
    run.reports("external/moved").at("content/index.md:7:12").helps(&server.url("/c?d#x"));
    run.reports("external/gone").times(1).at("content/index.md:9:12").helps(&server.url("/nowhere"));
}

#[test]
fn reports_redirect_loops() {
    let reply = |request: &RecordedRequest| match request.path.as_str() {
        "/a" => redirect(302, "/b"),
        "/b" => redirect(302, "/a"),
        path => redirect(302, &format!("{path}x")),
    };
    let server = Server::new(reply);
    let urls = ["/a", "/long"].map(|path| server.url(path));
    let run = external(&site(&quick("redirects: 4"), &urls.each_ref().map(String::as_str)));
    run.reports("external/redirect-loop").times(2).has_severity("warning");
    assert!(server.requests().len() < 10);
}

#[test]
fn reports_missing_fragments() {
    let body = "<h1 id=um>Um</h1><a name=dois></a><p id='seção'>";
    let server = Server::new(move |request| match request.path.as_str() {
        "/pdf" => {
            Reply::Bytes(b"HTTP/1.1 200 X\r\nContent-Type: application/pdf\r\nContent-Length: 2\r\n\r\n%P".to_vec())
        }
        _ => page(200, "", body),
    });
    let good = ["/a#um", "/a#dois", "/a#se%C3%A7%C3%A3o", "/a#top", "/a#/rota", "/a#:~:text=Um", "/pdf#capitulo"];
    let bad = ["/a#tres", "/a#UM"];
    let urls: Vec<_> = good.iter().chain(&bad).map(|path| server.url(path)).collect();
    let run = external(&site(QUICK, &urls.iter().map(String::as_str).collect::<Vec<_>>()));
    run.reports("external/missing-anchor").times(2).at("content/index.md:13:12").says("#tres").has_severity("warning");
    run.reports("external/missing-anchor").at("content/index.md:14:12");
    assert_eq!(server.methods("/a").len(), 1, "a page is requested once");
}

#[test]
fn reads_a_limited_part_of_a_body() {
    const HEAD: &[u8] = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n<p id=b>";
    let (run, _) = check_one("timeout: 20s", "/a#c", |_| Reply::Endless(HEAD.to_vec(), "<p>sem fim</p>"));
    assert!(found(&run.exits(0)).is_empty(), "a fragment after the part that is read is not reported");
    let bomb = |body: Vec<u8>| {
        let head = format!(
            "HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.into_bytes(), body].concat()
    };
    // Sixteen times the maximum, compressed.
    let (run, _) = check_one("timeout: 20s", "/a#z", move |_| Reply::Bytes(bomb(gzip_of_blanks(1 << 26))));
    assert!(found(&run.exits(0)).is_empty());
    let (run, _) = check_one("", "/a#z", |_| {
        Reply::Bytes(
            b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"
                .to_vec(),
        )
    });
    run.reports("external/unreachable");
}

/// A gzip file of `length` blanks, a thousand times smaller (RFC 1951: one block with fixed codes that repeats its first byte).
fn gzip_of_blanks(length: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(0b1, 1);
    bits.put(0b01, 2);
    // A blank is 0x20: its fixed code is 0x30 + 0x20, 8 bits from the highest.
    bits.put_code(0x30 + 0x20, 8);
    for _ in 0..length / 258 {
        // 258 bytes (code 285), copied from one byte before (code 0).
        bits.put_code(0b1100_0101, 8);
        bits.put_code(0, 5);
    }
    bits.put_code(0, 7);
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    file.extend(bits.bytes);
    file
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            *self.bytes.last_mut().unwrap() |= u8::try_from((value >> bit) & 1).unwrap() << (self.used % 8);
            self.used += 1;
        }
    }

    fn put_code(&mut self, code: u32, length: u32) {
        self.put(code.reverse_bits() >> (32 - length), length);
    }
}

#[test]
fn reports_soft_404_pages_as_notes() {
    let reply = |request: &RecordedRequest| match request.path.as_str() {
        "/velha" | "/antiga" => redirect(302, "/"),
        "/some" => page(200, "", "<title>Página não encontrada | Site</title>"),
        _ => page(200, "", "<title>Site</title>"),
    };
    let server = Server::new(reply);
    let urls = ["/velha", "/some", "/", "/outra"].map(|path| server.url(path));
    let urls = urls.each_ref().map(String::as_str);
    let run = external(&site(QUICK, &urls));
    run.reports("external/soft-404").times(1).at("content/index.md:6:12").says("home page").has_severity("note");
    let run = external(&site(&quick("soft_404: true"), &urls));
    run.reports("external/soft-404").times(2).at("content/index.md:7:12").says("Página não encontrada | Site");
}

#[test]
fn refuses_private_addresses() {
    let server = Server::new(|_| page(200, "", ""));
    let port = server.port();
    let urls = [
        server.url("/a"),
        server.url_of("localhost", "/b"),
        server.url_of("0x7f.1", "/c"),
        format!("http://[::ffff:127.0.0.1]:{port}/d"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
    ];
    let urls = urls.each_ref().map(String::as_str);
    let run = external(&site("retries: 0", &urls));
    run.reports("external/private-address").times(5).has_severity("warning").helps("allow_private");
    assert!(server.requests().is_empty());
}

#[test]
fn refuses_redirects_to_private_addresses() {
    let inner = Server::new(|_| page(200, "", "segredo"));
    let target = inner.url_of("localhost", "/segredo");
    let outer = Server::new(move |_| redirect(302, &target));
    let run = external(&site("allow_private: ['127.0.0.1'], delay: 0s", &[&outer.url("/a")]));
    run.reports("external/private-address").says("localhost");
    assert!(inner.requests().is_empty());
}

#[test]
fn sends_secret_headers_to_their_host_only() {
    let inner = Server::new(|_| page(200, "", ""));
    let target = inner.url_of("localhost", "/depois");
    let outer = Server::new(move |_| redirect(302, &target));
    let headers = "headers: { '127.0.0.1': { Authorization: 'Bearer ${VEREDA_HEADER_TEST}', X-A: b } }";
    let site = site(&quick(headers), &[&outer.url("/a")]);
    let run_with = |origin: &str| {
        let allowed = format!("VEREDA_HEADER_TEST={origin}");
        let mut command = site.command(CHECK);
        command.args(["--allow-header", &allowed]).env("VEREDA_HEADER_TEST", "segredo-42").output().unwrap()
    };
    let output = run_with(&outer.url(""));
    assert!(output.status.success());
    assert!(outer.requests()[0].head.to_ascii_lowercase().contains("authorization: bearer segredo-42\r\n"));
    assert!(!inner.requests()[0].head.to_ascii_lowercase().contains("authorization"));
    assert!(!String::from_utf8(output.stdout).unwrap().contains("segredo"));
    assert!(!site.read(".vereda/links.json").contains("segredo"));
    let run = site.run(CHECK);
    run.reports("external/missing-variable").at("vereda.yaml").says("no site may get").helps("--allow-header");
}

#[test]
fn sends_no_secret_that_the_command_does_not_allow() {
    let server = Server::new(|_| page(404, "", ""));
    let headers = "headers: { '*': { Authorization: '${VEREDA_HEADER_TEST}', X-B: '${VEREDA_OTHER}' } }";
    let run_with = |settings: &str, arguments: &[&str]| {
        let site = site(&quick(settings), &[&server.url("/a")]);
        let mut command = site.command(CHECK);
        command.args(arguments).envs([("VEREDA_HEADER_TEST", "segredo-42"), ("VEREDA_OTHER", "segredo-43")]);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(run_with(headers, &[]).contains("and not `VEREDA_OTHER`"));
    let headers = "headers: { '*': { Authorization: '${VEREDA_HEADER_TEST}' } }";
    run_with(headers, &[]);
    let (host, port) = (server.url(""), server.url("").rsplit(':').next().unwrap().parse::<u16>().unwrap());
    for origin in
        [host.replace("http:", "https:"), format!("http://127.0.0.1:{}", port ^ 1), format!("http://localhost:{port}")]
    {
        run_with(headers, &["--allow-header", &format!("VEREDA_HEADER_TEST={origin}")]);
    }
    assert!(server.requests().len() > 4);
    assert!(server.requests().iter().all(|request| !request.head.contains("segredo")));
}

#[test]
fn accepts_a_page_that_first_sets_a_cookie() {
    let (run, server) = check_one("", "/cookie", |request| {
        let has_cookie = request.head.to_ascii_lowercase().contains("cookie: a=1");
        if has_cookie { page(200, "", "") } else { Reply::Bytes(SET_COOKIE.to_vec()) }
    });
    assert!(found(&run).is_empty(), "{:?}", found(&run));
    assert_eq!(server.requests().len(), 2);
    let (run, _) = check_one("", "/cookie", |_| Reply::Bytes(SET_COOKIE.to_vec()));
    assert_eq!(found(&run), [(6, "redirect-loop".into())]);
}

/// A redirect to the same page, with a cookie.
const SET_COOKIE: &[u8] = b"HTTP/1.1 302 X\r\nLocation: /cookie\r\nSet-Cookie: a=1\r\nContent-Length: 0\r\n\r\n";

#[test]
fn decodes_pages_by_their_charset() {
    let latin1 = |request: &RecordedRequest| {
        let kind = if request.path == "/header" { "; charset=iso-8859-1" } else { "" };
        let meta = if request.path == "/meta" { "<meta charset=iso-8859-1>" } else { "" };
        let mut bytes =
            format!("HTTP/1.1 200 X\r\nContent-Type: text/html{kind}\r\nConnection: close\r\n\r\n{meta}").into_bytes();
        bytes.extend(b"<h2 id='se\xe7\xe3o'>");
        Reply::Bytes(bytes)
    };
    let server = Server::new(latin1);
    let good = [server.url("/header#seção"), server.url("/meta#seção"), server.url("/sem#seção")];
    assert!(found(&external(&site(QUICK, &good.each_ref().map(String::as_str)))).is_empty());
    let run = external(&site(QUICK, &[&server.url("/meta#seçao")]));
    assert_eq!(found(&run), [(6, "missing-anchor".into())]);
}

#[test]
fn hides_passwords_of_urls() {
    let server = Server::new(|_| page(404, "", ""));
    let site = site(QUICK, &[&server.url_of("eu:s3nha@127.0.0.1", "/a")]);
    let run = external(&site).exits(1);
    run.reports("external/gone").says("http://***@127.0.0.1");
    assert!(!run.stdout.contains("s3nha") && !site.read(".vereda/links.json").contains("s3nha"));
    assert!(server.requests().iter().all(|request| !request.head.to_ascii_lowercase().contains("authorization")));
}

#[test]
fn excludes_with_a_reason_until_a_day() {
    let server = Server::new(|_| page(404, "", ""));
    let urls = ["/a/1", "/b/1"].map(|path| server.url(path));
    let urls = urls.each_ref().map(String::as_str);
    let exclude = |rest: &str| quick(&format!("exclude: [{{ match: '*/a/*', reason: Em obras{rest} }}]"));
    for rest in ["", ", until: 2026-11-22"] {
        let run = external(&site(&exclude(rest), &urls));
        assert_eq!(found(&run), [(7, "gone".to_owned())], "{rest}");
    }
    let run = external(&site(&exclude(", until: 2026-11-21"), &urls));
    run.reports("external/gone").times(2);
    run.reports("external/exclude-expired")
        .at("vereda.yaml")
        .says("2026-11-21")
        .helps("Em obras")
        .has_severity("warning");
    for without in ["exclude: [{ match: '*' }]", "exclude: [{ match: '*', reason: ' ' }]"] {
        site(without, &urls).check().exits(1).reports("config/missing-key").at("vereda.yaml");
    }
}

#[test]
fn reports_mistakes_in_the_settings() {
    for (settings, code, place, help) in [
        ("acept: [200]", "config/unknown-key", "vereda.yaml:3:15", "accept"),
        ("delay: 5", "config/invalid-value", "vereda.yaml:3:22", ""),
        ("accept: [20x]", "config/invalid-value", "vereda.yaml:3:24", ""),
        ("cache: { bom: 1d }", "config/unknown-key", "vereda.yaml:3:24", ""),
        ("headers: { x: { 'A B': c } }", "config/invalid-value", "vereda.yaml:3:31", ""),
    ] {
        site(settings, &[]).check().exits(1).reports(code).at(place).helps(help);
    }
}

#[test]
fn caches_statuses_for_their_lifetime() {
    let server = Server::new(|request| page(if request.path == "/gone" { 404 } else { 200 }, "", "<p id=x>"));
    let urls = ["/a", "/gone"].map(|path| server.url(path));
    let site = site(QUICK, &urls.each_ref().map(String::as_str));
    external(&site).exits(1);
    let requests = server.requests().len();
    let run = external(&site).exits(1).tells("checked now: 0; from the cache: 2");
    run.reports("external/gone").at("content/index.md:7:12");
    assert_eq!(server.requests().len(), requests);
    // Two days later only the missing page is requested again.
    let text = site.read(".vereda/links.json");
    let number = regex::Regex::new(r#""checked": (\d+)"#).unwrap();
    let earlier =
        |found: &regex::Captures<'_>| format!("\"checked\": {}", found[1].parse::<i64>().unwrap() - 2 * 86400);
    let site = site.file(".vereda/links.json", number.replace_all(&text, earlier).as_bytes());
    external(&site).exits(1).tells("checked now: 1; from the cache: 1");
    // Offline, expired entries count too.
    let site = site.file(".vereda/links.json", text.replace("\"checked\": 1", "\"checked\": "));
    let requests = server.requests().len();
    let offline = site.run(&["check", "--external", "--offline", "--format", "json", "--lang", "en"]).exits(1);
    offline.reports("external/gone").times(1);
    assert_eq!(server.requests().len(), requests);
}

#[test]
fn offline_opens_no_connection() {
    let server = Server::new(|_| page(404, "", ""));
    let site = site(QUICK, &[&server.url("/a")]);
    let run = site.run(&["check", "--external", "--offline", "--format", "json", "--lang", "en"]).exits(0);
    assert!(found(&run).is_empty());
    let run = run.tells("unknown without a request: 1");
    assert!(server.requests().is_empty() && !site.path(".vereda").exists(), "{run}");
    site.run(&["check", "--offline"]).exits(2).tells("--external");
}

#[test]
fn ignores_an_invalid_cache() {
    let server = Server::new(|_| page(404, "", ""));
    for text in ["{", "[]", "\u{0}", r#"{"version":1,"links":{}}"#, r#"{"version":2,"links":{"x":{"checked":"y"}}}"#] {
        let site = site(QUICK, &[&server.url("/a")]).file(".vereda/links.json", text);
        external(&site).exits(1).reports("external/gone");
        assert!(site.read(".vereda/links.json").contains("/a"), "{text}");
    }
    let site = site(QUICK, &[&server.url("/a")]).file(".vereda", "no folder");
    external(&site).exits(1).tells(".vereda/links.json").reports("external/gone");
}

#[test]
fn delays_requests_to_the_same_host() {
    let server = Server::new(|_| page(200, "", ""));
    let urls: Vec<_> = (0..6).map(|number| server.url(&format!("/{number}"))).collect();
    let settings = "allow_private: ['127.0.0.1'], delay: 150ms, per_host: 2";
    let begun = Instant::now();
    external(&site(settings, &urls.iter().map(String::as_str).collect::<Vec<_>>())).exits(0);
    assert_eq!(server.requests().len(), 6);
    assert!(begun.elapsed() >= Duration::from_millis(5 * 150), "{:?}", begun.elapsed());
}

#[test]
fn limits_concurrent_requests() {
    for (settings, most) in
        [("threads: 8, per_host: 2", 4), ("threads: 3, per_host: 8", 3), ("threads: 8, per_host: 1", 2)]
    {
        let now = Arc::new(Mutex::new((0, 0)));
        let seen = Arc::clone(&now);
        let server = Server::new(move |_| {
            let add = |count: i32| {
                let mut now = seen.lock().unwrap();
                now.0 += count;
                now.1 = now.1.max(now.0);
            };
            add(1);
            thread::sleep(Duration::from_millis(30));
            add(-1);
            page(200, "", "")
        });
        let urls = (0..16).map(|number| server.url_of(["127.0.0.1", "localhost"][number % 2], &format!("/{number}")));
        let urls: Vec<_> = urls.collect();
        external(&site(&quick(settings), &urls.iter().map(String::as_str).collect::<Vec<_>>())).exits(0);
        let seen = now.lock().unwrap().1;
        assert!((2..=most).contains(&seen), "{settings}: {seen} at the same time");
    }
}

#[test]
fn does_not_delay_other_hosts_for_a_slow_one() {
    let slow = Server::new(|_| Reply::Silence(Duration::from_secs(2)));
    let prompt = Server::new(|_| page(200, "", ""));
    let mut urls: Vec<_> = (0..8).map(|number| slow.url(&format!("/{number}"))).collect();
    urls.extend((0..8).map(|number| prompt.url_of("localhost", &format!("/{number}"))));
    let settings = quick("threads: 4, timeout: 800ms, retries: 0");
    external(&site(&settings, &urls.iter().map(String::as_str).collect::<Vec<_>>())).exits(0);
    let last = prompt.requests().into_iter().map(|request| request.received).max().unwrap();
    let end = slow.requests().into_iter().map(|request| request.received).max().unwrap();
    assert!(last < end, "the quick host had to wait for the slow one");
}

#[test]
fn obeys_robots_txt_on_request() {
    let reply = |request: &RecordedRequest| match request.path.as_str() {
        "/robots.txt" => page(200, "", "User-agent: *\nDisallow: /privado\n"),
        _ => page(404, "", ""),
    };
    let server = Server::new(reply);
    let urls = ["/privado/a", "/livre", "/privado/b"].map(|path| server.url(path));
    let urls = urls.each_ref().map(String::as_str);
    let run = external(&site(&quick("robots: true"), &urls)).tells("robots.txt excludes from the check: 2");
    assert_eq!(found(&run), [(7, "gone".to_owned())]);
    assert_eq!(server.methods("/robots.txt"), ["GET"]);
    assert!(server.methods("/privado/a").is_empty());
    let run = external(&site(QUICK, &urls));
    assert_eq!(found(&run).len(), 3);
    assert_eq!(server.methods("/robots.txt").len(), 1, "only on request");
}

#[test]
fn uses_the_proxy_of_the_environment() {
    let proxy = Server::new(|_| page(502, "", ""));
    let site = site("retries: 0, delay: 0s", &["https://exemplo.invalid/a"]);
    let address = proxy.url("");
    let run = |variables: &[(&str, &str)]| {
        let mut command = site.command(CHECK);
        command.envs(variables.iter().copied()).output().unwrap();
        proxy.requests().len()
    };
    assert!(run(&[("HTTPS_PROXY", &address), ("NO_PROXY", "exemplo.invalid")]) == 0);
    assert!(run(&[("HTTPS_PROXY", &address)]) > 0);
    assert!(proxy.requests()[0].head.starts_with("CONNECT exemplo.invalid:443 "));
}

#[test]
fn checks_rendered_links_without_reader_values() {
    let server = Server::new(|_| page(404, "", ""));
    let url = |path: &str| server.url(path);
    let site = Site::new()
        .config(&format!(
            "title: Teste\nbase_url: https://exemplo.invalid/docs/\nvalues: {{ onde: '{}' }}\ninputs: {{ cnpj: {{ label: C, type: cnpj, example: 12.345.678/0001-95 }} }}\nlinks: {{ external: {{ {QUICK} }} }}\n",
            url("/valor")
        ))
        .page("index.md", &format!(
            "{PAGE}\n[Um lugar]({{values.onde}}) [Do leitor]({}/{{cnpj|digits}}) [Daqui](https://exemplo.invalid/docs/) <img src=\"{}\" alt=\"\">\n[usada][u] ![Uma foto]({})\n\n[u]: {}\n[solta]: {}\n",
            url("/leitor"), url("/cru.png"), url("/foto.png"), url("/definida"), url("/solta"),
        ))
        .file("static/a.html", format!("<a href='{}'>x</a><link rel=canonical href=//127.0.0.1:{}/b><a href=relativo>", url("/copiado"), server.port()))
        .file("static/relativo", "");
    let run = external(&site);
    for path in ["/valor", "/cru.png", "/foto.png", "/definida", "/solta"] {
        run.reports("external/gone").says(path).at("content/index.md");
    }
    run.reports("external/gone").says("/copiado").at("static/a.html:1:10");
    let paths: Vec<_> = server.requests().into_iter().map(|request| request.path).collect();
    assert!(!paths.iter().any(|path| path.contains("leitor") || path.contains("docs")), "{paths:?}");
}

#[test]
fn reports_a_link_of_many_rendered_files_once() {
    let server = Server::new(|_| page(404, "", ""));
    let mut site = site(QUICK, &[]);
    for number in 0..12 {
        site = site.file(&format!("static/{number:02}.html"), format!("<a href='{}'>x</a>", server.url("/a")));
    }
    external(&site).reports("external/gone").times(1).at("static/00.html:1:10").helps("11");
}

#[test]
fn checks_external_links_of_an_html_folder() {
    let server = Server::new(|_| page(404, "", ""));
    let folder = Site::empty().file("dist/index.html", format!("<a href='{}'>x</a>", server.url("/a"))).file(
        "vereda.yaml",
        format!("title: T\nlinks: {{ external: {{ {QUICK} }} }}\ncheck: {{ severity: {{ external/gone: note }} }}\n"),
    );
    let run = folder.run(&["check", "--html", "dist", "--external", "--format", "json", "--lang", "en"]).exits(0);
    run.reports("external/gone").at("index.html:1:10").has_severity("note");
    let without = Site::empty().file("dist/index.html", format!("<a href='{}'>x</a>", server.url("/a")));
    let run = without.run(&["check", "--html", "dist", "--external", "--format", "json", "--lang", "en"]).exits(0);
    run.reports("external/private-address");
    assert!(!without.path(".vereda").exists());
}

#[test]
fn suppresses_with_and_without_external() {
    let server = Server::new(|_| page(404, "", ""));
    let site = Site::new().config(&format!("title: T\nlinks: {{ external: {{ {QUICK} }} }}\n")).page(
        "index.md",
        &format!("{PAGE}\n[Um lugar]({}) <!-- vereda-ignore external/gone: volta em breve -->\n", server.url("/a")),
    );
    assert!(found(&external(&site).exits(0)).is_empty());
    site.check().exits(0).reports_nothing();
}

#[test]
fn reports_the_same_for_the_same_responses() {
    let reply = |request: &RecordedRequest| match request.path.len() % 3 {
        0 => page(404, "", ""),
        1 => redirect(301, "/bb"),
        _ => page(200, "", ""),
    };
    let server = Server::new(reply);
    let urls: Vec<_> = (1..30).map(|number| server.url(&format!("/{}", "a".repeat(number)))).collect();
    let urls: Vec<_> = urls.iter().map(String::as_str).collect();
    let settings = quick("per_host: 8");
    let (one, other) = (external(&site(&settings, &urls)).stdout, external(&site(&settings, &urls)).stdout);
    assert_eq!(one, other);
}

#[test]
fn skips_further_urls_of_a_failed_host() {
    let server = Server::new(|_| page(429, "Retry-After: 3600\r\n", ""));
    let urls: Vec<_> = (0..20).map(|number| server.url(&format!("/{number}"))).collect();
    let run = external(&site(&quick("per_host: 1"), &urls.iter().map(String::as_str).collect::<Vec<_>>()));
    run.reports("external/too-many-requests").times(20);
    assert_eq!(server.requests().len(), 1);
    let slow = Server::new(|_| Reply::Silence(Duration::from_secs(1)));
    let urls: Vec<_> = (0..20).map(|number| slow.url(&format!("/{number}"))).collect();
    let settings = quick("per_host: 1, timeout: 100ms, retries: 0");
    external(&site(&settings, &urls.iter().map(String::as_str).collect::<Vec<_>>()))
        .reports("external/unreachable")
        .times(20);
    assert!(slow.requests().len() <= 6, "HEAD and GET of three addresses");
}

#[test]
fn keeps_external_links_in_a_baseline() {
    let server = Server::new(|_| page(404, "", ""));
    let site = site(QUICK, &[&server.url("/a")]);
    site.run(&["check", "--external", "--write-baseline", "known.json"]).exits(0);
    site.run(&["check", "--external", "--baseline", "known.json", "--lang", "en"]).exits(0).tells("known problems");
    let without = site.run(&["check", "--baseline", "known.json", "--lang", "en"]).exits(0);
    assert!(!without.stderr.contains("are gone"), "{without}");
}
