//! The response to a request, without a network.
//!
//! In: a request and the served state. Out: an [`Answer`]. Entry point: [`answer`].

use std::path::PathBuf;

use hyper::body::Bytes;
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, IF_RANGE,
    LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};
use mime_guess::{Mime, mime};

use super::findings::escape;
use super::guard::is_allowed_host;
use super::preview::{Preview, Target};
use super::session::PreviewState;
use crate::output::{Contents, Held};
use crate::project::file::read_bytes;

/// Path of the script that subscribes.
pub(super) const CLIENT: &str = "/__vereda/client.js";
/// Path of the event stream.
pub(super) const EVENTS: &str = "/__vereda/events";

/// Path of the greeting of the event stream, for pages that share the stream of another.
pub(super) const STATE: &str = "/__vereda/state";

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// What a request gets.
#[derive(Debug)]
pub(super) enum Answer {
    Ready(Response<Bytes>),
    /// A file on disk, or a range of it.
    File {
        path: PathBuf,
        media_type: Mime,
        tag: HeaderValue,
    },
}

/// Answers every request but those for the event stream. Removes a range that does not apply from the request.
pub(super) fn answer(request: &mut Request<()>, state: &PreviewState, bound: &str) -> Answer {
    if !is_allowed_host(header(request, &HOST), bound) {
        return Answer::Ready(text(StatusCode::FORBIDDEN, "This host name is not served here."));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refused = text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are allowed.");
        return Answer::Ready(with(refused, ALLOW, HeaderValue::from_static("GET, HEAD")));
    }
    if request.uri().path() == CLIENT {
        return Answer::Ready(response(StatusCode::OK, SCRIPT, include_str!("client.js")));
    }
    if request.headers().get("Service-Worker").is_some_and(|value| value == "script") {
        return Answer::Ready(response(StatusCode::OK, SCRIPT, include_str!("no_worker.js")));
    }
    if request.uri().path() == STATE {
        return Answer::Ready(response(StatusCode::OK, JSON, state.greeting_json()));
    }
    if let Some(preview) = &state.good {
        return answer_from(preview, request);
    }
    let page = with_client(state.findings.page(None), "");
    Answer::Ready(response(StatusCode::INTERNAL_SERVER_ERROR, HTML, page))
}

fn answer_from(preview: &Preview, request: &mut Request<()>) -> Answer {
    let uri = request.uri().clone();
    match preview.find(uri.path()) {
        Target::Output(path, held) => answer_output(path, held, preview, request),
        Target::Elsewhere(address) => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            let location = HeaderValue::try_from(format!("{address}{query}")).expect("addresses are percent-encoded");
            Answer::Ready(with(text(StatusCode::FOUND, "Moved."), LOCATION, location))
        }
        Target::Nothing => Answer::Ready(match preview.outputs.find("404.html") {
            Some((path, held)) => page(StatusCode::NOT_FOUND, path, held, preview),
            None => not_found(),
        }),
    }
}

fn answer_output(path: &str, held: &Held, preview: &Preview, request: &mut Request<()>) -> Answer {
    let media_type = media_type(path);
    if is_known(header(request, &IF_NONE_MATCH), &tag(held)) {
        let unchanged = response(StatusCode::NOT_MODIFIED, media_type.as_ref(), Bytes::new());
        return Answer::Ready(with(unchanged, ETAG, tag(held)));
    }
    if media_type.essence_str() == mime::TEXT_HTML {
        return Answer::Ready(page(StatusCode::OK, path, held, preview));
    }
    match &held.contents {
        Contents::Bytes(bytes) => {
            let whole = response(StatusCode::OK, media_type.as_ref(), bytes.clone());
            Answer::Ready(with(whole, ETAG, tag(held)))
        }
        Contents::Copy(_) => match held.find_source() {
            Some(source) => {
                let path = source.to_owned();
                drop_stale_range(request, &tag(held));
                Answer::File { path, media_type, tag: tag(held) }
            }
            None => Answer::Ready(not_found()),
        },
    }
}

/// A range of another version, or of a response without a body, does not apply (RFC 9110, sections 13.1.5 and 14.2).
fn drop_stale_range(request: &mut Request<()>, tag: &HeaderValue) {
    let is_stale = request.headers().get(IF_RANGE).is_some_and(|known| known != tag);
    if is_stale || request.method() == Method::HEAD {
        request.headers_mut().remove(RANGE);
    }
}

/// True when a browser has this version already (RFC 9110, section 13.1.2).
fn is_known(header: Option<&str>, tag: &HeaderValue) -> bool {
    let mut known = header.unwrap_or_default().split(',').map(|known| known.trim().trim_start_matches("W/"));
    known.any(|known| *tag == *known || known == "*")
}

fn tag(held: &Held) -> HeaderValue {
    HeaderValue::try_from(format!("\"{}\"", held.fingerprint)).expect("a fingerprint is hexadecimal")
}

/// A whole page, with the script that subscribes.
fn page(status: StatusCode, path: &str, held: &Held, preview: &Preview) -> Response<Bytes> {
    let bytes = match &held.contents {
        Contents::Bytes(bytes) => Some(bytes.clone()),
        Contents::Copy(_) => held.find_source().and_then(read_bytes),
    };
    let Some(bytes) = bytes else { return not_found() };
    let (id, version, route) = (preview.id, held.fingerprint, escape(&preview.route(path)));
    let data = format!(" data-build=\"{id}\" data-version=\"{version}\" data-route=\"{route}\"");
    let html = match String::from_utf8(bytes) {
        Ok(html) => with_client(html, &data).into_bytes(),
        Err(error) => error.into_bytes(),
    };
    with(response(status, HTML, html), ETAG, tag(held))
}

/// Inserts the script that subscribes at the end of a page.
fn with_client(mut html: String, data: &str) -> String {
    let end = html.rfind("</body>").unwrap_or(html.len());
    html.insert_str(end, &format!("<script type=\"module\" src=\"{CLIENT}\"{data}></script>"));
    html
}

/// The media type of a file, by its extension. Text is UTF-8, and Markdown is shown as text.
fn media_type(path: &str) -> Mime {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    match (guess.type_(), guess.subtype().as_str()) {
        (_, "javascript") => SCRIPT.parse().unwrap_or(guess),
        (mime::TEXT, "markdown" | "x-log") => mime::TEXT_PLAIN_UTF_8,
        (mime::TEXT, _) => format!("{}; charset=utf-8", guess.essence_str()).parse().unwrap_or(guess),
        _ => guess,
    }
}

fn header<'a>(request: &'a Request<()>, name: &HeaderName) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

fn response(status: StatusCode, media_type: &str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    let media_type = HeaderValue::try_from(media_type).expect("media types are ASCII");
    with(response, CONTENT_TYPE, media_type)
}

/// A sentence for people.
pub(super) fn text(status: StatusCode, text: &str) -> Response<Bytes> {
    response(status, TEXT, format!("{text}\n"))
}

fn not_found() -> Response<Bytes> {
    text(StatusCode::NOT_FOUND, "Not found.")
}

fn with(mut response: Response<Bytes>, name: HeaderName, value: HeaderValue) -> Response<Bytes> {
    response.headers_mut().insert(name, value);
    response
}

/// Adds the headers of every response: nothing is stored, and no media type is guessed.
pub(super) fn add_common_headers(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::findings::PreviewFindings;
    use super::*;
    use crate::diagnostic::Language;
    use crate::error::Error;
    use crate::output::OutputFile;

    fn state(outputs: Vec<(&str, Contents)>) -> PreviewState {
        let output = |(path, contents): (&str, Contents)| OutputFile { path: path.to_owned(), contents, source: None };
        let preview = Preview::new(outputs.into_iter().map(output).collect(), "/".to_owned());
        PreviewState { good: Some(Arc::new(preview)), ..PreviewState::default() }
    }

    fn site() -> PreviewState {
        let bytes = |text: &str| Contents::Bytes(text.as_bytes().to_vec());
        state(vec![
            ("index.html", bytes("<body>home</body></html>")),
            ("404.html", bytes("<body>lost</body>")),
            ("a/index.html", bytes("a")),
        ])
    }

    fn request(state: &PreviewState, method: &str, url: &str, headers: &[(&str, &str)]) -> Response<Bytes> {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in [("Host", "127.0.0.1:4400")].iter().chain(headers) {
            request = request.header(*name, *value);
        }
        match answer(&mut request.body(()).unwrap(), state, "127.0.0.1") {
            Answer::Ready(response) => response,
            Answer::File { .. } => panic!("{url} is on disk"),
        }
    }

    fn get(url: &str) -> Response<Bytes> {
        request(&site(), "GET", url, &[])
    }

    fn header<'a>(response: &'a Response<Bytes>, name: &str) -> Option<&'a str> {
        response.headers().get(name).map(|value| value.to_str().unwrap())
    }

    fn text(response: &Response<Bytes>) -> &str {
        std::str::from_utf8(response.body()).unwrap()
    }

    #[test]
    fn inserts_the_client_into_pages() {
        let response = get("/?q=1");
        assert_eq!(response.status(), 200);
        let text = text(&response);
        assert!(
            text.starts_with("<body>home<script type=\"module\" src=\"/__vereda/client.js\" data-build="),
            "{text}"
        );
        assert!(text.ends_with("data-route=\"/\"></script></body></html>"), "{text}");
    }

    #[test]
    fn replaces_service_workers_by_one_that_unregisters() {
        let response = request(&site(), "GET", "/anywhere/sw.js", &[("Service-Worker", "script")]);
        assert_eq!(header(&response, "Content-Type"), Some("text/javascript; charset=utf-8"));
        assert!(text(&response).contains("registration.unregister()"));
        assert_eq!(get("/anywhere/sw.js").status(), 404);
    }

    #[test]
    fn answers_unknown_paths_with_the_404_page() {
        let response = get("/none/");
        assert_eq!(response.status(), 404);
        assert!(text(&response).starts_with("<body>lost<script"));
        assert_eq!(request(&state(vec![]), "GET", "/", &[]).status(), 404);
    }

    #[test]
    fn redirects_to_the_folder_and_keeps_the_query() {
        let response = get("/a?x=1");
        assert_eq!((response.status().as_u16(), header(&response, "Location")), (302, Some("/a/?x=1")));
    }

    #[test]
    fn answers_304_for_a_known_version() {
        let first = get("/a/");
        let tag = header(&first, "ETag").unwrap();
        for known in [tag, &format!("W/{tag}"), &format!("\"x\", {tag}"), "*"] {
            assert_eq!(request(&site(), "GET", "/a/", &[("If-None-Match", known)]).status(), 304, "{known}");
        }
        assert_eq!(request(&site(), "GET", "/a/", &[("If-None-Match", "\"x\"")]).status(), 200);
    }

    #[test]
    fn refuses_other_hosts_and_methods() {
        let of_host = |host: &str| {
            let mut request = Request::builder().uri("/").header("Host", host).body(()).unwrap();
            match answer(&mut request, &site(), "127.0.0.1") {
                Answer::Ready(response) => response.status().as_u16(),
                Answer::File { .. } => 0,
            }
        };
        assert_eq!((of_host("evil.example"), of_host("localhost:4400")), (403, 200));
        let post = request(&site(), "POST", "/", &[]);
        assert_eq!((post.status().as_u16(), header(&post, "Allow")), (405, Some("GET, HEAD")));
    }

    #[test]
    fn shows_the_findings_when_nothing_can_be_shown() {
        let findings = PreviewFindings::of_error(&Error::NotASite("x".into()), Language::En);
        let state = PreviewState { findings: Arc::new(findings), ..PreviewState::default() };
        let response = request(&state, "GET", "/any/", &[]);
        assert_eq!(response.status(), 500);
        let text = text(&response);
        assert!(text.contains("is not a site") && text.contains("src=\"/__vereda/client.js\"></script>"), "{text}");
    }

    #[test]
    fn sends_the_state_as_json() {
        let response = request(&site(), "GET", "/__vereda/state", &[]);
        assert_eq!(header(&response, "Content-Type"), Some("application/json"));
        assert!(text(&response).starts_with("{\"build\":\""), "{}", text(&response));
    }

    #[test]
    fn finds_media_types_by_extension() {
        assert_eq!(media_type("a/index.html").as_ref(), HTML);
        assert_eq!(media_type("FOTO.JPG").as_ref(), "image/jpeg");
        assert_eq!(media_type("a.md").as_ref(), TEXT);
        assert_eq!(media_type("a.csv").as_ref(), "text/csv; charset=utf-8");
        assert_eq!(media_type("v1.2/LICENSE").as_ref(), "application/octet-stream");
    }
}
