//! The preview: what it answers, what it sees and what it pushes.
//!
//! The server runs in the test's own process, on a port of its own. Nothing sleeps: tests wait for what the server tells.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use vereda::pipeline::Options;
use vereda::progress::Observer;
use vereda::serve::{Event, Settings, serve};

use crate::site::{PAGE, Site};

/// Longer than any wait that goes well.
const PATIENCE: Duration = Duration::from_secs(20);

/// No rebuild comes so long after a change that is none.
const SILENCE: Duration = Duration::from_millis(400);

/// What the server told.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Ready { url: String, port_taken: Option<u16> },
    Rebuilt(Vec<String>),
    Failed,
    Unreadable,
}

/// A site and its server, which ends with the tests.
struct Preview {
    site: Site,
    told: Receiver<Told>,
    address: String,
    home: String,
}

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\nowner: Equipe\n---\n\n{text}\n")
}

fn two_pages() -> Site {
    Site::new().page("index.md", PAGE).page("a.md", &page("A", "Texto um."))
}

impl Preview {
    fn of(site: Site) -> Self {
        Self::with(site, Settings { port: 0, ..Settings::default() })
    }

    fn with(site: Site, settings: Settings) -> Self {
        let (sender, told) = channel();
        let today = jiff::civil::date(2026, 11, 22);
        let options = Options {
            root: site.root().to_owned(),
            base_url: None,
            drafts: false,
            today,
            observer: Observer::default(),
        };
        thread::spawn(move || serve(&options, &settings, |event| drop(sender.send(Told::of(&event)))));
        let mut preview = Self { site, told, address: String::new(), home: String::new() };
        preview.wait(|told| matches!(told, Told::Ready { .. }));
        preview
    }

    /// Waits for something to be told, and remembers the address.
    fn wait(&mut self, is_awaited: impl Fn(&Told) -> bool) -> Told {
        loop {
            let told = self.told.recv_timeout(PATIENCE).expect("the server tells something");
            if let Told::Ready { url, .. } = &told {
                self.address = url.split('/').nth(2).unwrap().into();
                self.home = url.as_str().into();
            }
            if is_awaited(&told) {
                return told;
            }
        }
    }

    /// The addresses that the next good build changed.
    fn rebuilt(&mut self) -> Vec<String> {
        match self.wait(|told| matches!(told, Told::Rebuilt(changed) if !changed.is_empty())) {
            Told::Rebuilt(changed) => changed,
            other => panic!("{other:?}"),
        }
    }

    /// Waits until what the site's own making told is over.
    fn wait_for_silence(&self) {
        while self.told.recv_timeout(SILENCE).is_ok() {}
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.site.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        Answer::read(self.send(method, path, headers))
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let has_host = headers.iter().any(|(name, _)| *name == "Host");
        let own = (!has_host).then_some(("Host", self.address.as_str()));
        let lines = headers.iter().copied().chain(own).map(|(name, value)| format!("{name}: {value}\r\n"));
        let head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{}", lines.collect::<String>());
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        BufReader::new(stream)
    }

    fn listen(&self) -> Listener {
        let mut reader = self.send("GET", "/__vereda/events", &[]);
        let head = read_head(&mut reader);
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        assert!(head.contains("text/event-stream") && !head.contains("Access-Control"), "{head}");
        Listener { reader }
    }
}

impl Told {
    fn of(event: &Event<'_>) -> Self {
        match event {
            Event::Ready { url, port_taken } => Self::Ready { url: (*url).to_owned(), port_taken: *port_taken },
            Event::Rebuilt { changed, .. } => Self::Rebuilt(changed.to_vec()),
            Event::Failed { .. } => Self::Failed,
            Event::Unreadable { .. } => Self::Unreadable,
        }
    }
}

/// What was answered.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn read(mut reader: BufReader<TcpStream>) -> Self {
        let head = read_head(&mut reader);
        let mut body = String::new();
        reader.read_to_string(&mut body).unwrap();
        Self { status: head[9..12].parse().unwrap(), head, body }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

fn read_head(reader: &mut BufReader<TcpStream>) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).unwrap(), 0, "{head:?}");
    }
    head
}

/// A browser that listens.
struct Listener {
    reader: BufReader<TcpStream>,
}

impl Listener {
    /// The content of the next event of a name.
    fn hear(&mut self, name: &str) -> serde_json::Value {
        loop {
            let (event, data) = self.next();
            if event == name {
                return serde_json::from_str(&data).unwrap();
            }
        }
    }

    /// The next event, by its name and its content.
    fn next(&mut self) -> (String, String) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.reader.read_line(&mut line).unwrap(), 0, "the stream ended");
            if let Some(text) = line.strip_prefix("event: ") {
                name = text.trim_end().into();
            } else if let Some(text) = line.strip_prefix("data: ") {
                return (name, text.trim_end().to_owned());
            }
        }
    }
}

#[test]
fn serves_pages_with_the_script_that_listens() {
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
fn a_build_holds_nothing_of_the_preview() {
    let site = two_pages();
    site.build().exits(0);
    assert!(!site.output("a/index.html").contains("__vereda"));
}

#[test]
fn answers_head_redirects_and_what_is_known() {
    let preview = Preview::of(two_pages());
    let head = preview.ask("HEAD", "/a/", &[]);
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let redirect = preview.get("/a");
    assert_eq!((redirect.status, redirect.header("Location")), (302, Some("/a/")));
    let known = preview.ask("GET", "/a/", &[("If-None-Match", head.header("ETag").unwrap())]);
    assert_eq!((known.status, known.body.as_str()), (304, ""));
}

#[test]
fn shows_the_page_of_lost_addresses_with_its_status() {
    let preview = Preview::of(two_pages());
    let answer = preview.get("/nowhere/");
    assert_eq!((answer.status, answer.header("Content-Type")), (404, Some("text/html; charset=utf-8")));
    assert!(answer.body.contains("/__vereda/client.js"), "it is loaded again when the page is made");
}

#[test]
fn gives_parts_of_large_files() {
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
fn refuses_names_that_are_not_its_own() {
    let preview = Preview::of(two_pages());
    assert_eq!(preview.ask("GET", "/", &[("Host", "evil.example")]).status, 403);
    assert_eq!(preview.ask("GET", "/__vereda/events", &[("Host", "evil.example")]).status, 403);
    assert_eq!(preview.ask("GET", "/__vereda/events", &[("Origin", "http://evil.example")]).status, 403);
    assert_eq!(preview.ask("POST", "/", &[]).status, 405);
}

#[test]
fn no_address_leads_out_of_the_site() {
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
fn takes_the_next_port_and_says_so() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let (sender, told) = channel();
    let site = two_pages();
    let options = Options {
        root: site.root().to_owned(),
        base_url: None,
        drafts: false,
        today: jiff::civil::date(2026, 11, 22),
        observer: Observer::default(),
    };
    let settings = Settings { port, ..Settings::default() };
    thread::spawn(move || serve(&options, &settings, |event| drop(sender.send(Told::of(&event)))));
    let told = told.iter().find(|told| matches!(told, Told::Ready { .. }));
    let Some(Told::Ready { url, port_taken }) = told else { panic!("{told:?}") };
    assert_eq!(port_taken, Some(port));
    assert!(!url.contains(&format!(":{port}/")), "{url}");
}

#[test]
fn sees_a_file_that_was_written() {
    let mut preview = Preview::of(two_pages());
    let mut listener = preview.listen();
    let hello = listener.hear("hello");
    preview.write("content/a.md", &page("A", "Texto dois."));
    assert_eq!(preview.rebuilt(), ["/a/"]);
    assert_eq!(listener.hear("reload")["routes"], serde_json::json!(["/a/"]));
    assert!(preview.get("/a/").body.contains("Texto dois."));
    let again = preview.listen().hear("hello");
    assert_ne!(hello["build"], again["build"], "a page that comes back knows that it is stale");
    assert!(hello["failure"].is_null() && again["failure"].is_null());
}

#[test]
fn sees_a_file_that_was_saved_by_rename() {
    let mut preview = Preview::of(two_pages());
    preview.write("content/.a.md.tmp", &page("A", "Texto dois."));
    fs::rename(preview.site.path("content/.a.md.tmp"), preview.site.path("content/a.md")).unwrap();
    assert_eq!(preview.rebuilt(), ["/a/"]);
}

#[test]
fn sees_files_and_folders_come_move_and_go() {
    let mut preview = Preview::of(two_pages());
    let content = preview.site.path("content");
    preview.write("content/b/c/d.md", &page("D", "Texto."));
    assert!(preview.rebuilt().contains(&"/b/c/d/".to_owned()));
    preview.write("content/b/c/d.md", &page("D", "Texto em pasta nova."));
    assert_eq!(preview.rebuilt(), ["/b/c/d/"]);
    fs::rename(content.join("b"), content.join("e")).unwrap();
    let changed = preview.rebuilt();
    assert!(changed.contains(&"/b/c/d/".to_owned()) && changed.contains(&"/e/c/d/".to_owned()), "{changed:?}");
    preview.write("content/e/c/d.md", &page("D", "Texto em pasta movida."));
    assert_eq!(preview.rebuilt(), ["/e/c/d/"]);
    fs::remove_dir_all(content.join("e")).unwrap();
    assert!(preview.rebuilt().contains(&"/e/c/d/".to_owned()));
    assert_eq!(preview.get("/e/c/d/").status, 404);
}

#[test]
fn sees_folders_of_sources_come_go_and_come_again() {
    let mut preview = Preview::of(two_pages());
    preview.write("static/a.txt", "um");
    assert_eq!(preview.rebuilt(), ["/a.txt"]);
    preview.write("static/a.txt", "dois");
    assert_eq!(preview.rebuilt(), ["/a.txt"]);
    fs::rename(preview.site.path("static"), preview.site.path("elsewhere")).unwrap();
    assert_eq!(preview.rebuilt(), ["/a.txt"]);
    fs::rename(preview.site.path("elsewhere"), preview.site.path("static")).unwrap();
    assert_eq!(preview.rebuilt(), ["/a.txt"]);
    preview.write("static/a.txt", "três");
    assert_eq!(preview.rebuilt(), ["/a.txt"]);
}

#[test]
fn sees_the_configuration_and_the_theme() {
    let mut preview = Preview::of(two_pages());
    preview.write("vereda.yaml", "title: Outro\n");
    assert!(preview.rebuilt().contains(&"/".to_owned()));
    preview.write("themes/orange/css/base.css", "body { color: red }");
    let mut listener = preview.listen();
    preview.rebuilt();
    preview.write("themes/orange/css/base.css", "body { color: blue }");
    let changed = preview.rebuilt();
    assert!(changed.iter().all(|path| path.contains(".css")), "no page changed: {changed:?}");
    let mut styles = listener.hear("css")["styles"].clone();
    if styles[0]["to"] != changed[0].as_str() {
        styles = listener.hear("css")["styles"].clone();
    }
    assert_eq!(styles[0]["to"], changed[0].as_str());
    assert_ne!(styles[0]["from"], styles[0]["to"]);
    assert_eq!(preview.get(&changed[0]).header("Content-Type"), Some("text/css; charset=utf-8"));
}

#[test]
fn sees_nothing_in_what_is_no_source() {
    let preview = Preview::of(two_pages());
    preview.wait_for_silence();
    preview.site.build().exits(0);
    preview.write("content/a.md~", "x");
    preview.write("content/.a.md.swp", "x");
    preview.write("notes/x.md", "x");
    preview.get("/a/");
    assert!(preview.told.recv_timeout(SILENCE).is_err());
}

#[test]
fn keeps_the_last_good_site_while_a_file_is_broken() {
    let mut preview = Preview::of(two_pages());
    let mut listener = preview.listen();
    preview.write("content/a.md", &page("A", "[aqui](#não-há)"));
    preview.wait(|told| *told == Told::Failed);
    let failure = listener.hear("failure");
    assert!(failure["findings"][0]["title"].as_str().unwrap().contains("link/missing-anchor"), "{failure}");
    assert!(failure["findings"][0]["text"].as_str().unwrap().contains("[aqui](#não-há)"), "{failure}");
    assert!(preview.get("/a/").body.contains("Texto um."));
    assert_eq!(preview.listen().hear("hello")["failure"], failure, "who comes now is told too");
    preview.write("content/a.md", &page("A", "Texto dois."));
    preview.rebuilt();
    listener.hear("built");
    assert!(preview.get("/a/").body.contains("Texto dois."));
}

#[test]
fn keeps_the_last_good_site_while_it_cannot_be_read() {
    let mut preview = Preview::of(two_pages());
    let mut listener = preview.listen();
    let (here, away) = (preview.site.path("vereda.yaml"), preview.site.path("away.yaml"));
    fs::rename(&here, &away).unwrap();
    preview.wait(|told| *told == Told::Unreadable);
    listener.hear("failure");
    assert_eq!(preview.get("/a/").status, 200);
    fs::rename(&away, &here).unwrap();
    preview.wait(|told| matches!(told, Told::Rebuilt(_)));
    listener.hear("built");
}

#[test]
fn shows_what_is_wrong_with_a_first_build() {
    let mut preview = Preview::of(Site::new().page("index.md", &page("T", "[aqui](#nada) <b>")));
    let answer = preview.get("/any/");
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("link/missing-anchor") && answer.body.contains("&lt;b&gt;"), "{}", answer.body);
    let mut listener = preview.listen();
    assert!(listener.hear("hello")["build"].is_null());
    preview.write("content/index.md", PAGE);
    preview.wait(|told| matches!(told, Told::Rebuilt(_)));
    listener.hear("built");
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn takes_a_thousand_files_as_few_changes() {
    let mut preview = Preview::of(two_pages());
    preview.wait_for_silence();
    for number in 0..1000 {
        preview.write(&format!("static/n/{number}.txt"), "x");
    }
    preview.write("static/last.txt", "x");
    let mut builds = 0;
    loop {
        builds += 1;
        if preview.rebuilt().contains(&"/last.txt".to_owned()) {
            break;
        }
    }
    assert!(builds < 20, "{builds} builds");
    assert_eq!(preview.get("/n/999.txt").status, 200);
}

#[test]
fn has_places_for_sixty_four_listeners() {
    let preview = Preview::of(two_pages());
    let listeners: Vec<Listener> = (0..64).map(|_| preview.listen()).collect();
    assert_eq!(preview.ask("GET", "/__vereda/events", &[]).status, 503);
    assert_eq!(preview.get("/").status, 200, "pages are still served");
    drop(listeners);
}

#[test]
fn connections_that_say_nothing_keep_nobody_waiting() {
    let preview = Preview::of(two_pages());
    let connect = |_| TcpStream::connect(&preview.address).unwrap();
    for _ in 0..8 {
        let _silent: Vec<TcpStream> = (0..8).map(connect).collect();
        assert_eq!(preview.get("/").status, 200);
    }
}

#[test]
fn looks_from_time_to_time_where_nothing_is_told() {
    let poll = Some(Duration::from_millis(50));
    let mut preview = Preview::with(two_pages(), Settings { port: 0, poll, ..Settings::default() });
    preview.write("content/b.md", &page("B", "Texto."));
    assert!(preview.rebuilt().contains(&"/b/".to_owned()));
    fs::remove_file(preview.site.path("content/b.md")).unwrap();
    assert!(preview.rebuilt().contains(&"/b/".to_owned()));
}

#[test]
fn cannot_watch_what_is_not_there() {
    let today = jiff::civil::date(2026, 11, 22);
    let options = Options {
        root: Path::new("/none/at/all").to_owned(),
        base_url: None,
        drafts: false,
        today,
        observer: Observer::default(),
    };
    let settings = Settings { port: 0, ..Settings::default() };
    assert!(serve(&options, &settings, |_| ()).is_err());
}
