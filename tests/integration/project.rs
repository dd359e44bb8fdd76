//! Files that belong to a site. Mistakes in a folder are tested in `bad_input`.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::graph::FLOW;
use crate::site::{PAGE, Site};

/// A second read of a pipe never ends, so a command that has not ended by then has read twice.
const LIMIT: Duration = Duration::from_secs(30);

#[test]
fn ignores_temporary_files_of_editors() {
    let site = ["index.md~", ".index.md.swp", "#index.md#", "4913"]
        .iter()
        .fold(Site::new().page("index.md", PAGE), |site, name| site.page(name, "x"));
    site.build().exits(0).reports_nothing();
    assert!(!site.path("public/4913").exists());
}

#[test]
fn composes_accents_in_published_paths() {
    let site = Site::new().page("index.md", PAGE).page("sec\u{327}a\u{303}o.md", PAGE);
    site.build().exits(0);
    assert!(site.path("public/seção/index.html").exists());
}

#[cfg(unix)]
#[test]
fn follows_symbolic_links_inside_the_root() {
    let site = Site::new().page("index.md", PAGE).file("shared/page.md", PAGE);
    std::os::unix::fs::symlink("../shared", site.path("content/here")).unwrap();
    std::os::unix::fs::symlink("..", site.path("content/back")).unwrap();
    site.build().exits(0).reports_nothing();
    assert!(site.path("public/here/page/index.html").exists());
}

/// Replaces `vereda.yaml` by a pipe.
#[cfg(unix)]
fn make_pipe(site: &Site) {
    let path = site.path("vereda.yaml");
    fs::remove_file(&path).unwrap();
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Writes the configuration into the pipe once, for the first reader.
#[cfg(unix)]
fn fill_pipe(site: &Site) {
    let path = site.path("vereda.yaml");
    thread::spawn(move || fs::write(path, "title: T\n"));
}

/// The exit status of a command; `None` if it does not end.
fn wait(mut child: Child) -> Option<ExitStatus> {
    let end = Instant::now() + LIMIT;
    while Instant::now() < end {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    None
}

#[cfg(unix)]
#[test]
fn a_command_reads_the_configuration_once() {
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", FLOW);
    make_pipe(&site);
    for arguments in [
        &["check"][..],
        &["check", "--html", "content", "--external", "--offline"],
        &["build"],
        &["build", "--single-file", "f"],
        &["graph", "f"],
        &["explain", "link/empty"],
        &["new", "page", "x"],
    ] {
        fill_pipe(&site);
        let child = site.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        assert!(wait(child).is_some(), "{arguments:?}");
    }
}

#[test]
fn publishes_the_static_files_of_this_site() {
    let out = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = ["build", "--root", root.to_str().unwrap(), "--out", out.path().to_str().unwrap()];
    Site::empty().run(&options).exits(0);
    for name in ["favicon.ico", "robots.txt"] {
        assert_eq!(fs::read(out.path().join(name)).unwrap(), fs::read(root.join("static").join(name)).unwrap());
    }
    let sitemap = fs::read_to_string(out.path().join("sitemap.xml")).unwrap();
    let robots = fs::read_to_string(out.path().join("robots.txt")).unwrap();
    let address = robots.lines().find_map(|line| line.strip_prefix("Sitemap: ")).unwrap();
    let base_url = address.strip_suffix("sitemap.xml").unwrap();
    assert!(sitemap.contains(&format!("<loc>{base_url}</loc>")), "{base_url}");
}
