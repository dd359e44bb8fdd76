//! A request → an answer, without a network.
//!
//! In: a [`Question`] and what is shown. Out: an [`Answer`]. Entry point: [`answer`].

use std::io::{Cursor, Read};
use std::path::PathBuf;

use super::failure::escape;
use super::guard::is_allowed_host;
use super::media_type::media_type;
use super::preview::{Preview, Target};
use super::range::{Part, part_of};
use super::session::Shown;
use crate::output::{Contents, Held};
use crate::project::file::{open_at, read_bytes};

/// Where the script that listens is served.
pub(super) const CLIENT: &str = "/__vereda/client.js";
/// Where the browser listens.
pub(super) const EVENTS: &str = "/__vereda/events";

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// A request.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) method: String,
    /// With its query.
    pub(super) url: String,
    pub(super) headers: Vec<(String, String)>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

/// What an answer carries.
#[derive(Debug)]
pub(super) enum Body {
    Bytes(Vec<u8>),
    /// A part of a file.
    File {
        path: PathBuf,
        start: u64,
        length: u64,
    },
}

impl Question {
    /// The value of a header, by its name in any case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The path of the address, and its query with the question mark.
    pub(super) fn path_and_query(&self) -> (&str, &str) {
        let end = self.url.find('?').unwrap_or(self.url.len());
        self.url.split_at(end)
    }
}

/// Answers everything but who wants to listen.
pub(super) fn answer(question: &Question, shown: &Shown, bound: &str) -> Answer {
    if !is_allowed_host(question.header("Host"), bound) {
        return Answer::text(403, "This name is not served here.");
    }
    if !matches!(question.method.as_str(), "GET" | "HEAD") {
        return Answer::text(405, "Only GET and HEAD.").with("Allow", "GET, HEAD".to_owned());
    }
    if question.path_and_query().0 == CLIENT {
        return Answer::new(200, "text/javascript; charset=utf-8", include_bytes!("client.js").to_vec());
    }
    if question.header("Service-Worker") == Some("script") {
        return Answer::new(200, "text/javascript; charset=utf-8", include_bytes!("no_worker.js").to_vec());
    }
    match (&shown.good, &shown.failure) {
        (Some(preview), _) => answer_from(preview, question),
        (None, Some(failure)) => Answer::new(500, HTML, with_client(failure.page(), "").into_bytes()),
        (None, None) => Answer::text(503, "The site is being built."),
    }
}

fn answer_from(preview: &Preview, question: &Question) -> Answer {
    let (path, query) = question.path_and_query();
    match preview.find(path) {
        Target::Output(path, held) => answer_output(path, held, preview, question),
        Target::Elsewhere(address) => Answer::text(302, "Elsewhere.").with("Location", format!("{address}{query}")),
        Target::Nothing => match preview.outputs.find("404.html") {
            Some((path, held)) => Answer { status: 404, ..answer_page(path, held, preview) },
            None => Answer::text(404, "Not found."),
        },
    }
}

fn answer_output(path: &str, held: &Held, preview: &Preview, question: &Question) -> Answer {
    if knows(question.header("If-None-Match"), &tag(held)) {
        return Answer::new(304, media_type(path), Vec::new()).with("ETag", tag(held));
    }
    if media_type(path) == HTML { answer_page(path, held, preview) } else { answer_file(path, held, question) }
}

/// True when a browser has this version already (RFC 9110, section 13.1.2).
fn knows(header: Option<&str>, tag: &str) -> bool {
    let mut known = header.unwrap_or_default().split(',').map(|known| known.trim().trim_start_matches("W/"));
    known.any(|known| known == tag || known == "*")
}

fn tag(held: &Held) -> String {
    format!("\"{}\"", held.fingerprint)
}

/// A page, with the script that listens. A part of a page is never asked for, so it is given whole.
fn answer_page(path: &str, held: &Held, preview: &Preview) -> Answer {
    let bytes = match &held.contents {
        Contents::Bytes(bytes) => Some(bytes.clone()),
        Contents::Copy(_) => held.find_source().and_then(read_bytes),
    };
    let Some(bytes) = bytes else { return Answer::text(404, "Not found.") };
    let (id, version, route) = (preview.id, held.fingerprint, escape(&preview.route(path)));
    let data = format!(" data-build=\"{id}\" data-version=\"{version}\" data-route=\"{route}\"");
    let html = match String::from_utf8(bytes) {
        Ok(html) => with_client(html, &data).into_bytes(),
        Err(error) => error.into_bytes(),
    };
    Answer::new(200, HTML, html).with("ETag", tag(held))
}

/// Puts the script that listens at the end of a page.
fn with_client(mut html: String, data: &str) -> String {
    let end = html.rfind("</body>").unwrap_or(html.len());
    html.insert_str(end, &format!("<script type=\"module\" src=\"{CLIENT}\"{data}></script>"));
    html
}

/// A file, or the part of it that was asked for.
fn answer_file(path: &str, held: &Held, question: &Question) -> Answer {
    let length = match &held.contents {
        Contents::Bytes(bytes) => Some(bytes.len() as u64),
        Contents::Copy(_) => held.find_source().and_then(|source| Some(source.metadata().ok()?.len())),
    };
    let Some(length) = length else { return Answer::text(404, "Not found.") };
    let is_same = question.header("If-Range").is_none_or(|known| known == tag(held));
    // Of a file that is not sent there is no part (RFC 9110, section 14.2).
    let range = question.header("Range").filter(|_| is_same && question.method == "GET");
    let (status, bytes) = match part_of(range, length) {
        Part::Whole => (200, 0..length),
        Part::Bytes(bytes) => (206, bytes),
        Part::Nothing => return Answer::text(416, "No such part.").with("Content-Range", format!("bytes */{length}")),
    };
    let place = format!("bytes {}-{}/{length}", bytes.start, bytes.end.saturating_sub(1));
    let answer = Answer { body: Body::part(held, bytes), ..Answer::new(status, media_type(path), Vec::new()) };
    let answer = answer.with("ETag", tag(held)).with("Accept-Ranges", "bytes".to_owned());
    if status == 206 { answer.with("Content-Range", place) } else { answer }
}

impl Answer {
    fn new(status: u16, media_type: &str, bytes: Vec<u8>) -> Self {
        let headers = vec![
            ("Content-Type", media_type.to_owned()),
            ("Cache-Control", "no-store".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
        ];
        Self { status, headers, body: Body::Bytes(bytes) }
    }

    /// A sentence for whoever reads requests.
    pub(super) fn text(status: u16, text: &str) -> Self {
        Self::new(status, TEXT, format!("{text}\n").into_bytes())
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl Body {
    fn part(held: &Held, bytes: std::ops::Range<u64>) -> Self {
        let index = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
        match &held.contents {
            Contents::Bytes(all) => Self::Bytes(all[index(bytes.start)..index(bytes.end)].to_vec()),
            Contents::Copy(_) => {
                let path = held.find_source().map(PathBuf::from).unwrap_or_default();
                Self::File { path, start: bytes.start, length: bytes.end - bytes.start }
            }
        }
    }

    /// In bytes.
    pub(super) fn length(&self) -> u64 {
        match self {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::File { length, .. } => *length,
        }
    }

    /// The bytes, from memory or disk. A file that vanished meanwhile is cut short.
    pub(super) fn reader(self) -> Box<dyn Read + Send> {
        let (path, start, length) = match self {
            Body::Bytes(bytes) => return Box::new(Cursor::new(bytes)),
            Body::File { path, start, length } => (path, start, length),
        };
        match open_at(&path, start) {
            Ok(file) => Box::new(file.take(length)),
            Err(_) => Box::new(std::io::empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::super::failure::Failure;
    use super::*;
    use crate::diagnostic::Language;
    use crate::error::Error;
    use crate::output::OutputFile;

    fn shown(outputs: Vec<(&str, Contents)>) -> Shown {
        let output = |(path, contents): (&str, Contents)| OutputFile { path: path.to_owned(), contents, source: None };
        let preview = Preview::new(outputs.into_iter().map(output).collect(), "/".to_owned());
        Shown { good: Some(Arc::new(preview)), ..Shown::default() }
    }

    fn site() -> Shown {
        let bytes = |text: &str| Contents::Bytes(text.as_bytes().to_vec());
        shown(vec![
            ("index.html", bytes("<body>home</body></html>")),
            ("404.html", bytes("<body>lost</body>")),
            ("a/index.html", bytes("a")),
            ("a/data.bin", bytes("0123456789")),
        ])
    }

    fn ask(shown: &Shown, method: &str, url: &str, headers: &[(&str, &str)]) -> Answer {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let mut headers: Vec<_> = headers.iter().map(own).collect();
        headers.push(("Host".to_owned(), "127.0.0.1:4400".to_owned()));
        answer(&Question { method: method.to_owned(), url: url.to_owned(), headers }, shown, "127.0.0.1")
    }

    fn get(url: &str) -> Answer {
        ask(&site(), "GET", url, &[])
    }

    fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
        answer.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn text(answer: Answer) -> String {
        let mut text = String::new();
        answer.body.reader().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn puts_the_script_into_pages_and_stores_nothing() {
        let answer = get("/?q=1");
        assert_eq!((answer.status, header(&answer, "Cache-Control")), (200, Some("no-store")));
        assert_eq!(header(&answer, "Access-Control-Allow-Origin"), None);
        let text = text(answer);
        assert!(
            text.starts_with("<body>home<script type=\"module\" src=\"/__vereda/client.js\" data-build="),
            "{text}"
        );
        assert!(text.ends_with("data-route=\"/\"></script></body></html>"), "{text}");
    }

    #[test]
    fn answers_a_browser_that_looks_for_a_worker_with_one_that_goes() {
        let answer = ask(&site(), "GET", "/anywhere/sw.js", &[("Service-Worker", "script")]);
        assert_eq!(header(&answer, "Content-Type"), Some("text/javascript; charset=utf-8"));
        assert!(text(answer).contains("registration.unregister()"));
        assert_eq!(get("/anywhere/sw.js").status, 404);
    }

    #[test]
    fn shows_the_page_of_lost_addresses() {
        let answer = get("/none/");
        assert_eq!(answer.status, 404);
        assert!(text(answer).starts_with("<body>lost<script"));
        assert_eq!(ask(&shown(vec![]), "GET", "/", &[]).status, 404);
    }

    #[test]
    fn leads_to_the_folder_and_keeps_the_query() {
        let answer = get("/a?x=1");
        assert_eq!((answer.status, header(&answer, "Location")), (302, Some("/a/?x=1")));
    }

    #[test]
    fn answers_what_a_browser_has_already() {
        let first = get("/a/");
        let tag = header(&first, "ETag").unwrap();
        for known in [tag, &format!("W/{tag}"), &format!("\"x\", {tag}"), "*"] {
            assert_eq!(ask(&site(), "GET", "/a/", &[("If-None-Match", known)]).status, 304, "{known}");
        }
        assert_eq!(ask(&site(), "GET", "/a/", &[("If-None-Match", "\"x\"")]).status, 200);
    }

    #[test]
    fn gives_parts_of_files() {
        let part = |range: &str| ask(&site(), "GET", "/a/data.bin", &[("Range", range)]);
        let answer = part("bytes=2-4");
        assert_eq!((answer.status, header(&answer, "Content-Range")), (206, Some("bytes 2-4/10")));
        assert_eq!(text(answer), "234");
        let answer = part("bytes=20-");
        assert_eq!((answer.status, header(&answer, "Content-Range")), (416, Some("bytes */10")));
        let stale = ask(&site(), "GET", "/a/data.bin", &[("Range", "bytes=2-4"), ("If-Range", "\"x\"")]);
        assert_eq!((stale.status, text(stale).as_str()), (200, "0123456789"));
    }

    #[test]
    fn gives_parts_of_files_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("a.bin");
        fs::write(&source, "0123456789").unwrap();
        let shown = shown(vec![("a.bin", Contents::Copy(source.clone()))]);
        assert_eq!(text(ask(&shown, "GET", "/a.bin", &[("Range", "bytes=-3")])), "789");
        assert_eq!(text(ask(&shown, "GET", "/a.bin", &[])), "0123456789");
        fs::remove_file(source).unwrap();
        assert_eq!(ask(&shown, "GET", "/a.bin", &[]).status, 404);
    }

    #[test]
    fn refuses_other_names_and_methods() {
        let question = |host: &str| Question {
            method: "GET".to_owned(),
            url: "/".to_owned(),
            headers: vec![("host".to_owned(), host.to_owned())],
        };
        assert_eq!(answer(&question("evil.example"), &site(), "127.0.0.1").status, 403);
        assert_eq!(answer(&question("localhost:4400"), &site(), "127.0.0.1").status, 200);
        let post = ask(&site(), "POST", "/", &[]);
        assert_eq!((post.status, header(&post, "Allow")), (405, Some("GET, HEAD")));
    }

    #[test]
    fn shows_what_is_wrong_where_nothing_good_was_built() {
        let failure = Failure::of_error(&Error::NotASite("x".into()), Language::En);
        let answer = ask(&Shown { failure: Some(Arc::new(failure)), ..Shown::default() }, "GET", "/any/", &[]);
        assert_eq!(answer.status, 500);
        let text = text(answer);
        assert!(text.contains("is not a site") && text.contains("src=\"/__vereda/client.js\"></script>"), "{text}");
    }
}
