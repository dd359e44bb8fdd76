//! The preview server: responses, refused requests, limits.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use vereda::pipeline::SiteRoot;
use vereda::serve::{Settings, serve};

use crate::preview::{Listener, Preview, Told, page, preview_options, two_pages};

#[test]
fn inserts_the_client_into_pages() {
    let preview = Preview::of(two_pages());
    let answer = preview.get("/a/");
    assert_eq!((answer.status, answer.header("Content-Type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
    assert_eq!(answer.header("Content-Length"), Some(answer.body.len().to_string().as_str()));
    assert!(answer.body.contains("Texto um.") && answer.body.contains("src=\"/__vereda/client.js\""));
    assert!(answer.header("Access-Control-Allow-Origin").is_none());
    assert!(preview.get("/__vereda/client.js").body.contains("EventSource"));
    assert!(!preview.site.path("public").exists(), "nothing is written");
}

#[test]
fn builds_pages_without_the_client() {
    let site = two_pages();
    site.build().exits(0);
    assert!(!site.output("a/index.html").contains("__vereda"));
}

#[test]
fn answers_head_redirects_and_known_versions() {
    let preview = Preview::of(two_pages());
    let head = preview.ask("HEAD", "/a/", &[]);
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let redirect = preview.get("/a");
    assert_eq!((redirect.status, redirect.header("Location")), (302, Some("/a/")));
    let known = preview.ask("GET", "/a/", &[("If-None-Match", head.header("ETag").unwrap())]);
    assert_eq!((known.status, known.body.as_str()), (304, ""));
}

#[test]
fn answers_unknown_paths_with_the_404_page() {
    let preview = Preview::of(two_pages());
    let answer = preview.get("/nowhere/");
    assert_eq!((answer.status, answer.header("Content-Type")), (404, Some("text/html; charset=utf-8")));
    assert!(answer.body.contains("/__vereda/client.js"), "it is loaded again when the page is made");
}

#[test]
fn sends_ranges_of_large_files() {
    let preview = Preview::of(two_pages().file("static/film.mp4", vec![b'x'; 100_000]));
    let part = preview.ask("GET", "/film.mp4", &[("Range", "bytes=99990-")]);
    assert_eq!((part.status, part.body.as_str()), (206, "xxxxxxxxxx"));
    assert_eq!(part.header("Content-Range"), Some("bytes 99990-99999/100000"));
    let whole = preview.get("/film.mp4");
    assert_eq!((whole.status, whole.header("Content-Length")), (200, Some("100000")));
    assert_eq!(whole.header("Content-Type"), Some("video/mp4"));
}

#[test]
fn serves_below_the_path_of_its_base_url() {
    let preview = Preview::of(two_pages().config("title: T\nbase_url: https://example.com/docs/\n"));
    assert!(preview.home.ends_with("/docs/"), "{}", preview.home);
    assert_eq!(preview.get("/docs/a/").status, 200);
    assert_eq!(preview.get("/").header("Location"), Some("/docs/"));
    assert_eq!(preview.get("/a/").status, 404);
    assert!(preview.get("/docs/").body.contains(&preview.home), "its addresses are those of the preview");
}

#[test]
fn refuses_other_hosts_and_origins() {
    let preview = Preview::of(two_pages());
    assert_eq!(preview.ask("GET", "/", &[("Host", "evil.example")]).status, 403);
    assert_eq!(preview.ask("GET", "/__vereda/events", &[("Host", "evil.example")]).status, 403);
    assert_eq!(preview.ask("GET", "/__vereda/state", &[("Host", "evil.example")]).status, 403);
    assert_eq!(preview.ask("GET", "/__vereda/events", &[("Origin", "http://evil.example")]).status, 403);
    assert_eq!(preview.ask("POST", "/", &[]).status, 405);
}

#[test]
fn serves_nothing_outside_the_site() {
    let preview = Preview::of(two_pages());
    for path in
        ["/../vereda.yaml", "/%2e%2e/vereda.yaml", "/a/../../vereda.yaml", "//etc/passwd", "/..%2fvereda.yaml", "/%00"]
    {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("title: Teste"), "{path}");
    }
}

#[test]
fn takes_the_next_free_port() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let (sender, told) = channel();
    let site = two_pages();
    let root = SiteRoot::open(site.root()).unwrap();
    let settings = Settings { port, ..Settings::default() };
    thread::spawn(move || serve(root, &preview_options(), &settings, |event| drop(sender.send(Told::of(&event)))));
    let told = told.iter().find(|told| matches!(told, Told::Ready { .. }));
    let Some(Told::Ready { url, port_taken }) = told else { panic!("{told:?}") };
    assert_eq!(port_taken, Some(port));
    assert!(!url.contains(&format!(":{port}/")), "{url}");
}

#[test]
fn limits_event_streams_to_64() {
    let preview = Preview::of(two_pages());
    let listeners: Vec<Listener> = (0..64).map(|_| preview.listen()).collect();
    assert_eq!(preview.ask("GET", "/__vereda/events", &[]).status, 503);
    assert_eq!(preview.get("/").status, 200, "pages are still served");
    drop(listeners);
}

#[test]
fn answers_beside_silent_connections() {
    let preview = Preview::of(two_pages());
    let connect = |_| TcpStream::connect(&preview.address).unwrap();
    for _ in 0..8 {
        let _silent: Vec<TcpStream> = (0..8).map(connect).collect();
        assert_eq!(preview.get("/").status, 200);
    }
}

#[test]
fn serves_nothing_outside_the_site_in_any_encoding() {
    let preview = Preview::of(two_pages());
    for path in [
        "/%252e%252e/vereda.yaml",
        "/%2e%2e%2fvereda.yaml",
        "/%2e%2e%5cvereda.yaml",
        "/..%5c..%5cvereda.yaml",
        "/a/%2e%2e/%2e%2e/vereda.yaml",
        "/....//vereda.yaml",
        "/%c0%ae%c0%ae/vereda.yaml",
        "/%uff0e%uff0e/vereda.yaml",
        "/%2fetc%2fpasswd",
        "/file:///etc/passwd",
        "/content/a.md",
        "/vereda.yaml",
        "/%",
        "/%zz",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("title: Teste") && !answer.body.contains("root:"), "{path}");
    }
    for path in ["http://127.0.0.1/../vereda.yaml", "*", "vereda.yaml"] {
        assert!(!preview.get(path).body.contains("title: Teste"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn follows_no_link_that_replaces_a_copied_file() {
    use std::os::unix::fs::symlink;
    let secret = tempfile::tempdir().unwrap();
    fs::write(secret.path().join("senha.txt"), "segredo").unwrap();
    fs::write(secret.path().join("p.html"), "<p>segredo</p>").unwrap();
    let site = two_pages().file("static/a.txt", "a").file("static/p.html", "<p>p</p>").file("static/d/b.txt", "b");
    let mut preview = Preview::of(site);
    let fixed = preview.site.path("static");
    fs::remove_file(fixed.join("a.txt")).unwrap();
    fs::remove_file(fixed.join("p.html")).unwrap();
    fs::rename(fixed.join("d"), preview.site.path("longe")).unwrap();
    fs::write(secret.path().join("b.txt"), "segredo").unwrap();
    symlink(secret.path().join("senha.txt"), fixed.join("a.txt")).unwrap();
    symlink(secret.path().join("p.html"), fixed.join("p.html")).unwrap();
    symlink(secret.path(), fixed.join("d")).unwrap();
    for _ in 0..3 {
        for path in ["/a.txt", "/p.html", "/d/b.txt", "/d/senha.txt"] {
            let answer = preview.get(path);
            assert!(!answer.body.contains("segredo"), "{path}: {answer:?}");
        }
        let _ = preview.told.recv_timeout(Duration::from_millis(300));
    }
    preview.write("content/b.md", &page("B", "Texto."));
    preview.wait(|told| !matches!(told, Told::Ready { .. }));
    assert!(!preview.get("/a.txt").body.contains("segredo"));
}

#[test]
fn answers_beside_slow_clients() {
    let mut preview = Preview::of(two_pages().file("static/film.mp4", vec![b'x'; 20_000_000]));
    let never_read: Vec<_> = (0..40).map(|_| preview.send("GET", "/film.mp4", &[])).collect();
    let deaf: Vec<_> = (0..10).map(|_| preview.send("GET", "/__vereda/events", &[])).collect();
    let address = preview.address.clone();
    let mut slow: Vec<_> = (0..40).map(|_| TcpStream::connect(&address).unwrap()).collect();
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nX-Slow: ");
    for stream in &mut slow {
        stream.write_all(request.as_bytes()).unwrap();
    }
    for round in 0..5 {
        for stream in &mut slow {
            stream.write_all(b"x").unwrap();
        }
        let start = Instant::now();
        assert_eq!(preview.get("/a/").status, 200);
        assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
        preview.write("content/a.md", &page("A", &format!("Texto {round}.")));
        preview.rebuilt();
    }
    let mut hearing = preview.listen();
    hearing.hear("hello");
    preview.write("content/a.md", &page("A", "Último texto."));
    hearing.hear("reload");
    let mut last = slow.pop().unwrap();
    last.write_all(b"\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    last.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "who is slow is answered too: {answer}");
    drop((never_read, deaf));
}

#[test]
fn sends_ranges_or_the_whole_file() {
    let preview = Preview::of(two_pages().file("static/film.mp4", "0123456789"));
    let ask = |headers: &[(&str, &str)]| preview.ask("GET", "/film.mp4", headers);
    let tag = ask(&[]).header("ETag").unwrap().to_owned();
    assert_eq!(ask(&[]).header("Accept-Ranges"), Some("bytes"));
    for (range, body) in [("bytes=0-0", "0"), ("bytes=-2", "89"), ("bytes=8-", "89"), ("bytes=1-2", "12")] {
        let part = ask(&[("Range", range)]);
        assert_eq!((part.status, part.body.as_str()), (206, body), "{range}");
        assert_eq!(part.header("Content-Length"), Some(body.len().to_string().as_str()), "{range}");
    }
    for range in ["bytes=10-", "bytes=99-100", "bytes=-0", "bytes=5-1", "items=0-1", "bytes=x-y"] {
        let none = ask(&[("Range", range)]);
        assert_eq!((none.status, none.header("Content-Range")), (416, Some("bytes */10")), "{range}");
    }
    let several = ask(&[("Range", "bytes=0-1,4-5")]);
    assert_eq!((several.status, several.body.len()), (200, 10));
    assert_eq!(ask(&[("Range", "bytes=1-2"), ("If-Range", &tag)]).status, 206);
    for other in ["\"x\"", &format!("W/{tag}"), "Sun, 22 Nov 2026 12:00:00 GMT"] {
        assert_eq!(ask(&[("Range", "bytes=1-2"), ("If-Range", other)]).status, 200, "{other}");
    }
    let head = preview.ask("HEAD", "/film.mp4", &[("Range", "bytes=1-2")]);
    assert_eq!((head.status, head.header("Content-Length"), head.body.as_str()), (200, Some("10"), ""));
}

#[test]
fn sends_media_types() {
    let types = [
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.webmanifest", "application/manifest+json"),
        ("a.avif", "image/avif"),
        ("a.woff2", "font/woff2"),
        ("a.woff", "application/font-woff"),
        ("a.ttf", "font/ttf"),
        ("a.otf", "application/font-sfnt"),
        ("a.svg", "image/svg+xml"),
        ("a.pdf", "application/pdf"),
        ("A.JPG", "image/jpeg"),
        ("a.m4a", "audio/m4a"),
        ("a.atom", "application/atom+xml"),
        ("a.xhtml", "application/xhtml+xml"),
        ("a.desconhecido", "application/octet-stream"),
    ];
    let site = types.iter().fold(two_pages(), |site, (name, _)| site.file(&format!("static/{name}"), "<a/>"));
    let preview = Preview::of(site);
    for (name, kind) in types {
        let answer = preview.get(&format!("/{name}"));
        assert_eq!((answer.status, answer.header("Content-Type")), (200, Some(kind)), "{name}");
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "{name}");
    }
    assert_eq!(preview.get("/links.json").header("Content-Type"), Some("application/json"));
}

/// Sends bytes on a new connection and reads the status line; empty if the server closes without a response.
fn status_line(preview: &Preview, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(&preview.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // The server may close while a large request is still being written.
    let _ = stream.write_all(request);
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response);
    String::from_utf8_lossy(&response).lines().next().unwrap_or_default().to_owned()
}

#[test]
fn survives_a_huge_content_length() {
    let preview = Preview::of(two_pages());
    for method in ["POST", "GET", "PUT"] {
        for host in [preview.address.as_str(), "evil.example"] {
            let length = "Content-Length: 99999999999999\r\nConnection: close";
            let head = format!("{method} / HTTP/1.1\r\nHost: {host}\r\n{length}\r\n\r\nxxxx");
            let status = status_line(&preview, head.as_bytes());
            assert!(status.starts_with("HTTP/1.1 "), "{method} {host}: {status}");
        }
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn refuses_malformed_requests_and_goes_on() {
    let preview = Preview::of(two_pages());
    let long = "a".repeat(300_000);
    let lines = [
        "",
        "GET",
        "GET /",
        "GET / HTTP/9.9",
        "GET / HTTP/0.9",
        "GET / HTTP/1.1 more",
        "GET  / HTTP/1.1",
        "G\u{0}T / HTTP/1.1",
        "GET /\u{7f} HTTP/1.1",
        "GET /\u{1} HTTP/1.1",
        "(GET) / HTTP/1.1",
        "GET / FTP/1.1",
        "\u{0}\u{1}\u{2}\u{3}",
        "PRI * HTTP/2.0",
    ];
    let headers = [
        "Host x",
        "Host : x",
        ": x",
        " Host: x",
        "H\u{0}st: x",
        "Ho st: x",
        "Host: \u{0}",
        "Content-Length: -1",
        "Content-Length: 1x",
        "Content-Length: 18446744073709551616",
        "Content-Length: 1\r\nContent-Length: 2",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip",
        "Expect: 100-continue",
    ];
    let long_headers = [format!("X-Long: {long}"), "X-Many: 1\r\n".repeat(500).trim_end().to_owned()];
    let of_line = lines.iter().map(|line| format!("{line}\r\nHost: x\r\n\r\n"));
    let of_header = headers.iter().map(|header| (*header).to_owned()).chain(long_headers);
    let of_header = of_header.map(|header| format!("POST / HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n"));
    let of_body = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n".to_owned();
    let of_path = format!("GET /{long} HTTP/1.1\r\nHost: x\r\n\r\n");
    let requests: Vec<String> = of_line.chain(of_header).chain([of_body, of_path]).collect();
    assert!(requests.len() > 31);
    for request in &requests {
        let status = status_line(&preview, request.as_bytes());
        let is_refused = status.is_empty() || status.starts_with("HTTP/1.1 4") || status.starts_with("HTTP/1.1 5");
        assert!(is_refused, "{:?}: {status}", &request[..request.len().min(60)]);
        assert_eq!(preview.get("/").status, 200);
    }
}

#[test]
fn answers_while_a_thousand_connections_send_nothing() {
    let preview = Preview::of(two_pages());
    let mut silent = Vec::new();
    for number in 0..1000 {
        let mut stream = TcpStream::connect(&preview.address).unwrap();
        if number % 2 == 0 {
            stream.write_all(b"GET / HTTP/1.1\r\nX-Slow: ").unwrap();
        }
        silent.push(stream);
        if number % 100 == 99 {
            let start = Instant::now();
            assert_eq!(preview.get("/").status, 200, "{number}");
            assert!(start.elapsed() < Duration::from_secs(4), "{number}: {:?}", start.elapsed());
        }
    }
}

#[test]
fn closes_connections_without_a_request() {
    let preview = Preview::of(two_pages());
    let mut silent = TcpStream::connect(&preview.address).unwrap();
    silent.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    assert_eq!(silent.read_to_end(&mut Vec::new()).unwrap(), 0);
}

#[test]
fn keeps_a_connection_for_the_next_request() {
    let preview = Preview::of(two_pages());
    let mut stream = TcpStream::connect(&preview.address).unwrap();
    for _ in 0..3 {
        stream.write_all(format!("HEAD / HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).as_bytes()).unwrap();
        let mut head = [0; 512];
        let length = stream.read(&mut head).unwrap();
        assert!(head[..length].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&head[..length]));
    }
}

/// The real binary with few file descriptors: 300 event streams that are not read, and 2,000 silent connections at once.
#[cfg(target_os = "linux")]
#[test]
fn survives_when_file_descriptors_run_out() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    // The clients are in this process.
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).unwrap();
    survives_with_descriptors(128);
    survives_with_descriptors(256);
}

#[cfg(target_os = "linux")]
fn survives_with_descriptors(count: usize) {
    use std::io::BufRead;
    use std::process::{Command, Stdio};

    let site = two_pages();
    let command = format!("ulimit -n {count}; exec {} serve --port 0 --lang en", env!("CARGO_BIN_EXE_vereda"));
    let mut server = Command::new("sh")
        .args(["-c", &command])
        .current_dir(site.root())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let log = std::io::BufReader::new(server.stderr.take().unwrap());
    let line = log.lines().map(Result::unwrap).find(|line| line.contains("http://")).unwrap();
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let request = |path: &str| {
        let mut stream = TcpStream::connect(&address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes()).ok()?;
        Some(stream)
    };
    let streams: Vec<_> = (0..300).filter_map(|_| request("/__vereda/events")).collect();
    let silent: Vec<_> = (0..2000).filter_map(|_| TcpStream::connect(&address).ok()).collect();
    assert_eq!(silent.len(), 2000);
    let is_answered = || {
        let mut head = [0; 15];
        request("/").is_some_and(|mut stream| stream.read_exact(&mut head).is_ok() && head.ends_with(b"200 OK"))
    };
    let start = Instant::now();
    while !is_answered() {
        assert!(start.elapsed() < Duration::from_mins(1), "the server does not answer any more");
        thread::sleep(Duration::from_millis(200));
    }
    assert!(server.try_wait().unwrap().is_none(), "the server ended");
    drop((streams, silent));
    server.kill().unwrap();
    server.wait().unwrap();
}
