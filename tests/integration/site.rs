//! Test site in a temporary folder, and assertions on runs of the binary.
//!
//! ```ignore
//! let site = Site::new().page("index.md", "---\ntitle: Olá\n---\n\n[aqui](#la)\n");
//! site.check().exits(1).reports("link/missing-anchor").at("content/index.md:5:8").helps("la");
//! site.build().exits(0);
//! assert!(site.output("index.html").contains("Olá"));
//! ```
//!
//! Files contain exactly the given texts, so places in a test are places in the file.

use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// Noon of 2026-11-22, UTC.
const TODAY: &str = "1795348800";

/// A preview is stopped after this time.
const SERVE_LIMIT: Duration = Duration::from_secs(30);

/// A minimal configuration.
const CONFIG: &str = "title: Teste\n";

/// A page without mistakes.
pub(crate) const PAGE: &str = "---\ntitle: Início\nowner: Equipe\n---\n\nOlá.\n";

pub(crate) struct Site {
    folder: TempDir,
}

impl Site {
    /// A site without content.
    pub(crate) fn new() -> Self {
        Self::empty().config(CONFIG)
    }

    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Replaces `vereda.yaml`.
    pub(crate) fn config(self, text: &str) -> Self {
        self.file("vereda.yaml", text)
    }

    /// Writes a page below `content`.
    pub(crate) fn page(self, path: &str, text: &str) -> Self {
        self.file(&format!("content/{path}"), text)
    }

    /// Writes a flow below `content`.
    pub(crate) fn flow(self, path: &str, text: &str) -> Self {
        self.file(&format!("content/{path}"), text)
    }

    /// Writes any file below the root.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The text of a file below the root.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The text of a published file.
    pub(crate) fn output(&self, path: &str) -> String {
        self.read(&format!("public/{path}"))
    }

    /// Runs `check` with a JSON report.
    pub(crate) fn check(&self) -> Run {
        self.run(&["check", "--format", "json"])
    }

    /// Runs `build` with a JSON report.
    pub(crate) fn build(&self) -> Run {
        self.run(&["build", "--format", "json"])
    }

    /// Starts the preview on a free port.
    pub(crate) fn serve(&self) -> Served {
        let mut command = self.command(&["serve", "--port", "0"]);
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let told = BufReader::new(child.stderr.take().unwrap()).lines();
        let child = Arc::new(Mutex::new(child));
        let limited = Arc::clone(&child);
        thread::spawn(move || {
            thread::sleep(SERVE_LIMIT);
            let _ = limited.lock().unwrap().kill();
        });
        Served { child, told }
    }

    /// Runs the binary in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::new(arguments, self.command(arguments).output().unwrap())
    }

    /// Runs the binary after a change of its environment.
    pub(crate) fn run_with(&self, arguments: &[&str], change: impl FnOnce(&mut Command)) -> Run {
        let mut command = self.command(arguments);
        change(&mut command);
        Run::new(arguments, command.output().unwrap())
    }

    /// The binary in the folder, not yet started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vereda"));
        command.args(arguments).current_dir(self.root());
        command.env("SOURCE_DATE_EPOCH", TODAY).env("LC_ALL", "C");
        for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
            command.env_remove(name).env_remove(name.to_uppercase());
        }
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
        command
    }
}

/// Output and exit code of the binary.
pub(crate) struct Run {
    arguments: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn new(arguments: &[&str], output: Output) -> Self {
        Self {
            arguments: arguments.join(" "),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// 0: no errors; 1: errors in the content; 2: usage or system error.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// Asserts a text in the standard output.
    #[track_caller]
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "{text:?} is not printed by {self}");
        self
    }

    /// Asserts a text in the standard error.
    #[track_caller]
    pub(crate) fn tells(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "{text:?} is not on the standard error of {self}");
        self
    }

    /// Every finding of a JSON report.
    pub(crate) fn findings(&self) -> Vec<Value> {
        let objects = self.stdout.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{self}")));
        objects.filter(|object: &Value| object.get("code").is_some()).collect()
    }

    /// The summary of a JSON report.
    pub(crate) fn summary(&self) -> Value {
        let last = self.stdout.lines().last().unwrap_or_else(|| panic!("{self}"));
        serde_json::from_str::<Value>(last).unwrap()["summary"].clone()
    }

    /// The findings of a code, at least one.
    #[track_caller]
    pub(crate) fn reports(&self, code: &str) -> Found<'_> {
        let found: Vec<_> = self.findings().into_iter().filter(|finding| finding["code"] == code).collect();
        assert!(!found.is_empty(), "{code} is not reported by {self}");
        Found { run: self, found }
    }

    #[track_caller]
    pub(crate) fn does_not_report(self, code: &str) -> Self {
        assert!(self.findings().iter().all(|finding| finding["code"] != code), "{self}");
        self
    }

    #[track_caller]
    pub(crate) fn reports_nothing(self) -> Self {
        assert!(self.findings().is_empty(), "{self}");
        self
    }
}

impl fmt::Display for Run {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { arguments, code, stdout, stderr } = self;
        write!(out, "`vereda {arguments}`, exit {code:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}")
    }
}

/// A preview that runs until it is dropped, or until the limit.
pub(crate) struct Served {
    child: Arc<Mutex<Child>>,
    told: Lines<BufReader<ChildStderr>>,
}

impl Served {
    /// Waits for a line of the standard error with a text.
    #[track_caller]
    pub(crate) fn tells(&mut self, text: &str) -> &mut Self {
        assert!(self.told.any(|line| line.unwrap().contains(text)), "{text:?} is not on the standard error");
        self
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap();
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Findings of one code; each assertion keeps those that match.
pub(crate) struct Found<'a> {
    run: &'a Run,
    found: Vec<Value>,
}

impl Found<'_> {
    /// `file:line:column` of the start, or `file`.
    #[track_caller]
    pub(crate) fn at(self, place: &str) -> Self {
        self.keep(place, |finding| {
            let file = finding["file"].as_str().unwrap_or_default();
            file == place || place == format!("{file}:{}:{}", finding["line"], finding["column"])
        })
    }

    /// `line:column` after the end.
    #[track_caller]
    pub(crate) fn until(self, place: &str) -> Self {
        self.keep(place, |finding| place == format!("{}:{}", finding["end_line"], finding["end_column"]))
    }

    /// Without a place.
    #[track_caller]
    pub(crate) fn nowhere(self) -> Self {
        self.keep("no place", |finding| finding["file"].is_null())
    }

    /// Part of the message.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        self.keep(text, |finding| finding["message"].as_str().unwrap_or_default().contains(text))
    }

    /// Part of the help.
    #[track_caller]
    pub(crate) fn helps(self, text: &str) -> Self {
        self.keep(text, |finding| finding["help"].as_str().unwrap_or_default().contains(text))
    }

    /// `error`, `warning` or `note`.
    #[track_caller]
    pub(crate) fn has_severity(self, severity: &str) -> Self {
        self.keep(severity, |finding| finding["severity"] == severity)
    }

    #[track_caller]
    pub(crate) fn times(self, count: usize) -> Self {
        assert_eq!(self.found.len(), count, "{}", self.run);
        self
    }

    /// The run, for its next finding.
    pub(crate) fn and(&self) -> &Run {
        self.run
    }

    #[track_caller]
    fn keep(mut self, what: &str, is_kept: impl Fn(&Value) -> bool) -> Self {
        self.found.retain(is_kept);
        assert!(!self.found.is_empty(), "none of these findings has {what:?}: {}", self.run);
        self
    }
}
