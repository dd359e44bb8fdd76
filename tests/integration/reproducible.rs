//! The same content gives the same bytes, whenever, wherever and by whomever it is built; and nothing is asked of a network.

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use crate::site::{PAGE, Site};

/// What this site is built from.
const SOURCES: [&str; 3] = ["vereda.yaml", "content", "themes"];

/// Copies this site, all of it last changed at a moment.
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
fn this_site_is_the_same_at_another_time_in_another_folder_zone_and_language_and_on_more_cores() {
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
fn reports_are_the_same_at_another_time_of_the_day() {
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
fn source_date_epoch_is_the_day_on_which_reviews_are_due() {
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
fn a_source_date_epoch_that_is_no_moment_is_refused() {
    let site = Site::new().page("index.md", PAGE);
    for wrong in ["ontem", "", "-1x", "99999999999999999"] {
        let output = site.command(&["check"]).env("SOURCE_DATE_EPOCH", wrong).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {told}");
        assert!(told.contains("SOURCE_DATE_EPOCH") && told.contains("seconds"), "{told}");
    }
}

/// What the program asks of the network in four seconds, told by `strace`; `None` where that is not installed.
fn network_calls(site: &Site, arguments: &[&str]) -> Option<String> {
    let log = site.path("calls.txt");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=socket,connect,bind,sendto,sendmsg", "-o"]).arg(&log);
    command.args(["timeout", "4", env!("CARGO_BIN_EXE_vereda")]).args(arguments).current_dir(site.root());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().ok()?;
    Some(fs::read_to_string(log).unwrap())
}

#[test]
fn build_and_serve_ask_nothing_of_a_network() {
    let page = format!("{PAGE}\n[fora](https://example.com/)\n\n![fora](https://example.com/a.png)\n");
    let site = Site::new().page("index.md", &page);
    let Some(build) = network_calls(&site, &["build"]) else {
        return assert_builds_without_network(&site);
    };
    assert!(site.path("public/index.html").is_file());
    assert!(!build.contains("AF_INET"), "{build}");
    let serve = network_calls(&site, &["serve", "--port", "0"]).unwrap();
    let is_asking =
        |call: &&str| call.contains("AF_INET") && (call.contains("connect(") || call.contains("SOCK_DGRAM"));
    let is_own = |call: &&str| call.contains("inet_addr(\"127.0.0.1\")");
    let asked: Vec<_> = serve.lines().filter(is_asking).filter(|call| !is_own(call)).collect();
    assert!(serve.contains("bind("), "{serve}");
    assert!(asked.is_empty(), "{asked:#?}");
}

#[expect(clippy::print_stderr, reason = "whoever reads the log should know what was not proven")]
/// The weaker proof: there is no network at all, and the site is built.
fn assert_builds_without_network(site: &Site) {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--net", env!("CARGO_BIN_EXE_vereda"), "build"]).current_dir(site.root());
    match command.output() {
        Ok(output) if !String::from_utf8_lossy(&output.stderr).contains("unshare failed") => {
            assert!(output.status.success(), "{output:?}");
        }
        _ => eprintln!("skipped: neither `strace` nor `unshare` can be used here"),
    }
}
