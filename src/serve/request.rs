//! Bytes → a request (RFC 9112, as much of it as browsers use).
//!
//! In: what a connection brings. Out: a [`Question`], or why there is none. Entry point: [`read_request`].

use std::io::{self, BufRead, ErrorKind, Read};

use super::answer::Question;

/// In bytes: longer heads are refused.
const LONGEST_HEAD: u64 = 32 * 1024;

/// In bytes: a body is read only to get past it, and a longer one ends the connection.
const LONGEST_BODY: u64 = 64 * 1024;

/// A request, and what becomes of its connection.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) question: Question,
    /// Another request may follow.
    pub(super) keeps_open: bool,
}

/// Reads the next request; `None` when the browser has no more.
///
/// Fails with [`ErrorKind::InvalidData`] where it is no request.
pub(super) fn read_request(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let Some(lines) = read_head(reader)? else { return Ok(None) };
    let mut lines = lines.iter().map(String::as_str);
    let (method, url, version) = lines.next().and_then(parse_request_line).ok_or(ErrorKind::InvalidData)?;
    let headers: Option<Vec<_>> = lines.map(parse_header).collect();
    let question = Question { method, url, headers: headers.ok_or(ErrorKind::InvalidData)? };
    let keeps_open = version == "HTTP/1.1" && !asks_to_close(&question) && skip_body(&question, reader)?;
    Ok(Some(Request { question, keeps_open }))
}

/// The lines before the empty one, without their ends. Empty lines before a request are skipped.
fn read_head(reader: &mut impl BufRead) -> io::Result<Option<Vec<String>>> {
    let mut reader = reader.take(LONGEST_HEAD);
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return if lines.is_empty() && line.is_empty() { Ok(None) } else { Err(ErrorKind::InvalidData.into()) };
        }
        let line = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(&line)).into_owned();
        match (line.is_empty(), lines.is_empty()) {
            (false, _) => lines.push(line),
            (true, true) => {}
            (true, false) => return Ok(Some(lines)),
        }
    }
}

/// Method, path with query, and version. A whole address, as sent to proxies, is cut to its path.
fn parse_request_line(line: &str) -> Option<(String, String, &str)> {
    let mut parts = line.split(' ');
    let (method, target, version) = (parts.next()?, parts.next()?, parts.next()?);
    let path = target.strip_prefix("http://").map_or(target, |rest| rest.find('/').map_or("/", |slash| &rest[slash..]));
    let is_request = parts.next().is_none() && version.starts_with("HTTP/1.") && path.starts_with(['/', '*']);
    is_request.then(|| (method.to_owned(), path.to_owned(), version))
}

fn parse_header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let is_name = !name.is_empty() && !name.contains(char::is_whitespace);
    is_name.then(|| (name.to_owned(), value.trim().to_owned()))
}

fn asks_to_close(question: &Question) -> bool {
    question.header("Connection").is_some_and(|value| value.to_ascii_lowercase().contains("close"))
}

/// Reads past the body. False where the next request cannot be found.
fn skip_body(question: &Question, reader: &mut impl BufRead) -> io::Result<bool> {
    if question.header("Transfer-Encoding").is_some() {
        return Ok(false);
    }
    match question.header("Content-Length").map(str::parse::<u64>) {
        None | Some(Ok(0)) => Ok(true),
        Some(Ok(length)) if length <= LONGEST_BODY => {
            Ok(io::copy(&mut reader.take(length), &mut io::sink())? == length)
        }
        Some(_) => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Request> {
        read_request(&mut text.as_bytes()).unwrap()
    }

    #[test]
    fn reads_requests_one_after_another() {
        let mut bytes = "GET /a?b HTTP/1.1\r\nHost: x\r\nRANGE:bytes=0-1 \r\n\r\n\r\nHEAD / HTTP/1.1\n\n".as_bytes();
        let first = read_request(&mut bytes).unwrap().unwrap();
        assert_eq!((first.question.method.as_str(), first.question.path_and_query()), ("GET", ("/a", "?b")));
        assert_eq!(first.question.header("range"), Some("bytes=0-1"));
        assert!(first.keeps_open);
        assert_eq!(read_request(&mut bytes).unwrap().unwrap().question.method, "HEAD");
        assert!(read_request(&mut bytes).unwrap().is_none());
    }

    #[test]
    fn knows_when_a_connection_ends() {
        assert!(!read("GET / HTTP/1.0\r\n\r\n").unwrap().keeps_open);
        assert!(!read("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n").unwrap().keeps_open);
        assert!(!read("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n").unwrap().keeps_open);
        assert!(!read("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n").unwrap().keeps_open);
    }

    #[test]
    fn reads_past_a_body() {
        let mut bytes = "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n12345GET /b HTTP/1.1\r\n\r\n".as_bytes();
        assert!(read_request(&mut bytes).unwrap().unwrap().keeps_open);
        assert_eq!(read_request(&mut bytes).unwrap().unwrap().question.url, "/b");
    }

    #[test]
    fn takes_a_whole_address_for_its_path() {
        assert_eq!(read("GET http://evil.example/a HTTP/1.1\r\n\r\n").unwrap().question.url, "/a");
    }

    #[test]
    fn refuses_what_is_no_request() {
        let long = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(40_000));
        for text in [
            "GET /\r\n\r\n",
            "GET / HTTP/2\r\n\r\n",
            "GET x HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nno header\r\n\r\n",
            "GET",
            &long,
        ] {
            let result = read_request(&mut text.as_bytes());
            assert!(matches!(&result, Err(cause) if cause.kind() == ErrorKind::InvalidData), "{text:.20}: {result:?}");
        }
    }
}
