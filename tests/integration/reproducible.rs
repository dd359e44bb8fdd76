//! Reproducible builds: the same content gives the same bytes, and `build` and `serve` open no connection.

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use crate::site::{PAGE, Site};

/// What this site is built from.
const SOURCES: [&str; 3] = ["vereda.yaml", "content", "themes"];

/// Copies this site and sets the modification time of every file.
fn copy_site(to: &Path, changed: SystemTime) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in SOURCES.iter().flat_map(|source| WalkDir::new(root.join(source))).map(Result::unwrap) {
        let place = to.join(entry.path().strip_prefix(root).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&place).unwrap();
        } else {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::copy(entry.path(), &place).unwrap();
            let file = File::options().write(true).open(&place).unwrap();
            file.set_times(FileTimes::new().set_modified(changed).set_accessed(changed)).unwrap();
        }
    }
}

/// Every file below a folder.
fn read_tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap())
    };
    files.map(read).collect()
}

fn vereda(arguments: &[&str], folder: &Path, variables: &[(&str, &str)]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vereda"));
    command.args(arguments).current_dir(folder).env_remove("SOURCE_DATE_EPOCH").envs(variables.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn builds_the_same_bytes_in_another_environment() {
    let place = tempfile::tempdir().unwrap();
    let (one, other) = (place.path().join("a"), place.path().join("outra pasta/é longe"));
    copy_site(&one, SystemTime::UNIX_EPOCH + Duration::from_hours(24));
    copy_site(&other, SystemTime::now());
    let early = [
        ("SOURCE_DATE_EPOCH", "1795348800"),
        ("TZ", "Pacific/Kiritimati"),
        ("LC_ALL", "C"),
        ("RAYON_NUM_THREADS", "1"),
        ("CI", "true"),
    ];
    let late = [("TZ", "America/Sao_Paulo"), ("LC_ALL", "pt_BR.UTF-8"), ("RAYON_NUM_THREADS", "4"), ("HOME", "/none")];
    vereda(&["build"], &one, &early);
    let out = place.path().join("publicado");
    vereda(&["build", "--root", other.to_str().unwrap(), "--out", out.to_str().unwrap()], place.path(), &late);
    let (one, other) = (read_tree(&one.join("public")), read_tree(&out));
    let differ: Vec<_> = one.keys().chain(other.keys()).filter(|path| one.get(*path) != other.get(*path)).collect();
    assert!(differ.is_empty(), "{differ:?}");
    assert!(one.len() > 25, "{:?}", one.keys());
}

#[test]
fn reports_the_same_at_any_time_of_the_day() {
    let site =
        Site::new().page("index.md", "---\ntitle: I\nreviewed: 2026-01-01\nreview_every: 30d\n---\n\n[aqui]()\n");
    for format in ["human", "short", "json", "github", "sarif", "junit"] {
        let report = |moment: &str, zone: &str| {
            let mut command = site.command(&["check", "--format", format]);
            command.env("SOURCE_DATE_EPOCH", moment).env("TZ", zone).output().unwrap().stdout
        };
        let (morning, evening) = (report("1795305600", "America/Sao_Paulo"), report("1795391999", "Asia/Tokyo"));
        assert!(!morning.is_empty());
        assert_eq!(String::from_utf8(morning), String::from_utf8(evening), "{format}");
    }
}

#[test]
fn takes_the_day_of_reviews_from_source_date_epoch() {
    let site =
        Site::new().page("index.md", "---\ntitle: I\nowner: E\nreviewed: 2026-11-01\nreview_every: 30d\n---\n\nOlá.\n");
    let check = |moment: &str| {
        let output = site.command(&["check", "--format", "json"]).env("SOURCE_DATE_EPOCH", moment).output().unwrap();
        String::from_utf8(output.stdout).unwrap().contains("review/overdue")
    };
    assert!(!check("1795348800"), "2026-11-22");
    assert!(check("1798761600"), "2027-01-01");
}

#[test]
fn refuses_invalid_source_date_epoch() {
    let site = Site::new().page("index.md", PAGE);
    for wrong in ["ontem", "", "-1x", "99999999999999999"] {
        let output = site.command(&["check"]).env("SOURCE_DATE_EPOCH", wrong).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {told}");
        assert!(told.contains("SOURCE_DATE_EPOCH") && told.contains("seconds"), "{told}");
    }
}

/// The network calls of the program within four seconds, as logged by `strace`.
fn network_calls(site: &Site, arguments: &[&str]) -> String {
    let log = site.path("calls.txt");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=socket,connect,bind,sendto,sendmsg", "-o"]).arg(&log);
    command.args(["timeout", "4", env!("CARGO_BIN_EXE_vereda")]).args(arguments).current_dir(site.root());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap_or_else(|error| panic!("`strace` does not start ({error}): install strace"));
    fs::read_to_string(log).expect("`strace` may trace processes here")
}

#[test]
#[ignore = "needs strace: `tests/run network`"]
fn build_and_serve_open_no_connection() {
    let page = format!("{PAGE}\n[fora](https://example.com/)\n\n![fora](https://example.com/a.png)\n");
    let site = Site::new().page("index.md", &page);
    let build = network_calls(&site, &["build"]);
    assert!(site.path("public/index.html").is_file());
    assert!(!build.contains("AF_INET"), "{build}");
    let serve = network_calls(&site, &["serve", "--port", "0"]);
    let is_remote = |call: &&str| {
        call.contains("AF_INET")
            && (call.contains("connect(") || call.contains("SOCK_DGRAM"))
            && !call.contains("inet_addr(\"127.0.0.1\")")
    };
    let remote: Vec<_> = serve.lines().filter(is_remote).collect();
    assert!(serve.contains("bind("), "{serve}");
    assert!(remote.is_empty(), "{remote:#?}");
}
