//! A preview server in the test's process, on its own port, and its clients.
//!
//! Tests do not sleep: they wait for events of the server.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use vereda::pipeline::{Options, SiteRoot};
use vereda::serve::{Event, Settings, serve};

use crate::site::{PAGE, Site};

/// Longest wait for an event.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A rebuild would begin earlier than this after a change.
pub(crate) const SILENCE: Duration = Duration::from_millis(400);

/// An event of the server.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Ready { url: String, port_taken: Option<u16> },
    Rebuilt(Vec<String>),
    Failed,
    Unreadable,
    Polling,
}

/// A site and its server, which ends with the tests.
pub(crate) struct Preview {
    pub(crate) site: Site,
    pub(crate) told: Receiver<Told>,
    pub(crate) address: String,
    pub(crate) home: String,
}

pub(crate) fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\nowner: Equipe\n---\n\n{text}\n")
}

pub(crate) fn two_pages() -> Site {
    Site::new().page("index.md", PAGE).page("a.md", &page("A", "Texto um."))
}

/// The options of every preview.
pub(crate) fn preview_options() -> Options {
    Options { preview: true, ..Options::new(jiff::civil::date(2026, 11, 22)) }
}

impl Preview {
    pub(crate) fn of(site: Site) -> Self {
        Self::with(site, Settings { port: 0, ..Settings::default() })
    }

    pub(crate) fn with(site: Site, settings: Settings) -> Self {
        let (sender, told) = channel();
        let (root, options) = (SiteRoot::open(site.root()).unwrap(), preview_options());
        thread::spawn(move || serve(root, &options, &settings, |event| drop(sender.send(Told::of(&event)))));
        let mut preview = Self { site, told, address: String::new(), home: String::new() };
        preview.wait(|told| matches!(told, Told::Ready { .. }));
        preview
    }

    /// Waits for an event, and remembers the address.
    pub(crate) fn wait(&mut self, is_awaited: impl Fn(&Told) -> bool) -> Told {
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

    /// The addresses that the next build without errors changed, other than those of the search, which has every text, and
    /// of `versions.json`, which has every hash.
    pub(crate) fn rebuilt(&mut self) -> Vec<String> {
        match self.wait(|told| matches!(told, Told::Rebuilt(changed) if !changed.is_empty())) {
            Told::Rebuilt(mut changed) => {
                changed.retain(|address| !address.starts_with("/search/") && address != "/versions.json");
                changed
            }
            other => panic!("{other:?}"),
        }
    }

    /// Waits until the events of the first build are over.
    pub(crate) fn wait_for_silence(&self) {
        while self.told.recv_timeout(SILENCE).is_ok() {}
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.site.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        Answer::read(self.send(method, path, headers))
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let has_host = headers.iter().any(|(name, _)| *name == "Host");
        let own = (!has_host).then_some(("Host", self.address.as_str()));
        let lines = headers.iter().copied().chain(own).map(|(name, value)| format!("{name}: {value}\r\n"));
        let head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{}", lines.collect::<String>());
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        BufReader::new(stream)
    }

    pub(crate) fn listen(&self) -> Listener {
        let mut reader = self.send("GET", "/__vereda/events", &[]);
        let head = read_head(&mut reader);
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        assert!(head.contains("text/event-stream") && !head.contains("Access-Control"), "{head}");
        Listener { reader }
    }
}

impl Told {
    pub(crate) fn of(event: &Event<'_>) -> Self {
        match event {
            Event::Ready { url, port_taken } => Self::Ready { url: (*url).to_owned(), port_taken: *port_taken },
            Event::Rebuilt { changed, .. } => Self::Rebuilt(changed.to_vec()),
            Event::Failed { .. } => Self::Failed,
            Event::Unreadable { .. } => Self::Unreadable,
            Event::Polling { .. } => Self::Polling,
        }
    }
}

/// A response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn read(mut reader: BufReader<TcpStream>) -> Self {
        let head = read_head(&mut reader);
        let mut body = String::new();
        reader.read_to_string(&mut body).unwrap();
        Self { status: head[9..12].parse().unwrap(), head, body }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

pub(crate) fn read_head(reader: &mut BufReader<TcpStream>) -> String {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).unwrap(), 0, "{head:?}");
    }
    head
}

/// A subscriber of the event stream.
pub(crate) struct Listener {
    pub(crate) reader: BufReader<TcpStream>,
}

impl Listener {
    /// The content of the next event of a name.
    pub(crate) fn hear(&mut self, name: &str) -> serde_json::Value {
        loop {
            let (event, data) = self.next();
            if event == name {
                return serde_json::from_str(&data).unwrap();
            }
        }
    }

    /// The next event, by its name and its content.
    pub(crate) fn next(&mut self) -> (String, String) {
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
