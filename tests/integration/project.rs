//! Files that belong to a site. Mistakes in a folder are tested in `bad_input`.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::graph::FLOW;
use crate::site::{PAGE, Site};

/// A command that has not ended by then waits for a pipe.
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

/// The number of times that a command opens `vereda.yaml`, as logged by `strace`.
#[cfg(target_os = "linux")]
fn count_opens(site: &Site, arguments: &[&str]) -> usize {
    let log = site.path("calls.txt");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=open,openat,openat2", "-o"]).arg(&log);
    command.arg(env!("CARGO_BIN_EXE_vereda")).args(arguments).current_dir(site.root());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap_or_else(|error| panic!("`strace` does not start ({error}): install strace"));
    fs::read_to_string(log).unwrap().matches("vereda.yaml\"").count()
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace: `tests/run calls`"]
fn a_command_reads_the_configuration_once() {
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", FLOW);
    for arguments in [
        &["check"][..],
        &["check", "--html", "content", "--external", "--offline"],
        &["build"],
        &["build", "--single-file", "f"],
        &["graph", "f"],
        &["explain", "link/empty"],
        &["new", "page", "x"],
    ] {
        assert_eq!(count_opens(&site, arguments), 1, "{arguments:?}");
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

/// Titles and file names of pages, flows and copied files with characters that have a meaning in URLs.
#[test]
fn percent_encodes_file_names_everywhere() {
    let index = "[a](c%23.md) [b](o%20que%3F.md) [c](50%25.flow.yaml) [d](100%25%20%23.pdf)";
    let other = "title: Outro\nowner: E\nnodes: { a: { call: \"50%.flow.yaml\", outcomes: { fim: z } }, z: { title: Z, result: open } }\n";
    let site = Site::new()
        .config("title: T\nbase_url: https://example.com/\n")
        .page("index.md", &PAGE.replace("Olá.", index))
        .page("c#.md", PAGE)
        .page("o que?.md", PAGE)
        .flow("50%.flow.yaml", "title: F\nowner: E\nnodes: { fim: { title: Fim, result: open } }\n")
        .flow("outro.flow.yaml", other)
        .file("content/100% #.pdf", "pdf");
    site.check().exits(0);
    site.build().exits(0);
    let canonical = |path: &str| {
        let page = site.output(path);
        page.split("rel=\"canonical\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(canonical("c#/index.html"), "https://example.com/c%23/");
    assert_eq!(canonical("o que?/index.html"), "https://example.com/o%20que%3F/");
    assert_eq!(canonical("50%/index.html"), "https://example.com/50%25/");
    assert!(site.output("sitemap.xml").contains("<loc>https://example.com/o%20que%3F/</loc>"));
    assert!(site.output("flows.json").contains("\"url\":\"/50%25/\""));
    let links = site.output("links.json");
    assert!(links.contains("\"url\":\"/c%23/\"") && links.contains("\"to\":\"/o%20que%3F/\""), "{links}");
    let flow = site.output("outro/flow.json").replace([' ', '\n'], "");
    assert!(flow.contains("\"call\":\"/50%25/\"") && flow.contains("\"/50%25/\":{"), "{flow}");
}

#[cfg(unix)]
#[test]
fn refuses_file_names_that_no_address_can_have() {
    let names = ["faq:geral.md", "javascript:x.md", "a\\b.md", "a\tb.md", "a\nb.md"];
    let site = names.iter().fold(Site::new().page("index.md", PAGE), |site, name| site.page(name, PAGE));
    let site = site.file("static/x:y/a.png", "").file("static/x:y/b.png", "").page("c#, 50% (ç)?.md", PAGE);
    for run in [site.check(), site.build()] {
        let run = run.exits(1);
        run.reports("page/file-name").times(names.len() + 1);
        run.reports("page/file-name").at("content/faq:geral.md").helps("`faq-geral.md`").times(1);
        run.reports("page/file-name").at("content/a\\nb.md").says("`\\n`").helps("`a-b.md`").times(1);
        run.reports("page/file-name").at("static/x:y").helps("`x-y`").times(1);
        assert_eq!(run.findings().len(), names.len() + 1, "{run}");
    }
}

/// The link to a refused file is no second mistake.
#[cfg(unix)]
#[test]
fn reports_broken_links_and_links_to_hidden_files_once() {
    use std::os::unix::fs::symlink;
    let text = "[a](a.md) [b](b/x.md) [c](/segredo.txt) [d](/a/)";
    let site = Site::new().page("index.md", &PAGE.replace("Olá.", text)).file(".git/x.md", PAGE).file(".env", "x");
    let site = site.file("content/velho.md.bak", PAGE).file("static/.keep", "").file("partes/.well-known/c.md", PAGE);
    symlink("../nada.md", site.path("content/a.md")).unwrap();
    symlink(".git", site.path("ponte")).unwrap();
    symlink("../ponte", site.path("content/b")).unwrap();
    symlink("../.env", site.path("static/segredo.txt")).unwrap();
    symlink("velho.md.bak", site.path("content/velho.md")).unwrap();
    symlink("../partes/.well-known", site.path("content/partes")).unwrap();
    for run in [site.check(), site.build()] {
        let run = run.exits(1);
        run.reports("page/symlink-broken").at("content/a.md").times(1);
        run.reports("page/symlink-to-hidden").at("content/b").says("`.git`").times(1);
        run.reports("page/symlink-to-hidden").at("static/segredo.txt").says("`.env`").times(1);
        run.reports("page/symlink-to-hidden").at("content/velho.md").times(1);
        assert_eq!(run.findings().len(), 4, "{run}");
    }
    for name in ["content/a.md", "content/b", "static/segredo.txt", "content/velho.md"] {
        fs::remove_file(site.path(name)).unwrap();
    }
    site.file("content/a.md", PAGE).file("content/b/x.md", PAGE).file("static/segredo.txt", "x").build().exits(0);
}

/// Makes the binary run as a user who may not read everything.
#[cfg(unix)]
fn as_other_user(site: &Site, command: &mut Command) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    if fs::metadata(site.root()).unwrap().uid() == 0 {
        fs::set_permissions(site.root(), fs::Permissions::from_mode(0o755)).unwrap();
        command.uid(65_534);
    }
}

#[cfg(unix)]
#[test]
fn reports_files_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let text = "[a](a.md) [b](b/x.md) [c](c.pdf)";
    let site = Site::new().page("index.md", &PAGE.replace("Olá.", text)).page("a.md", PAGE).page("b/x.md", PAGE);
    let site = site.file("content/c.pdf", "pdf").file("static/d.txt", "d").file("themes/x/css/e.css", "");
    let set = |mode: u32| {
        for name in ["content/a.md", "content/b", "content/c.pdf", "static/d.txt", "themes/x/css/e.css"] {
            fs::set_permissions(site.path(name), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set(0);
    let runs = ["check", "build"]
        .map(|command| site.run_with(&[command, "--format", "json"], |command| as_other_user(&site, command)));
    set(0o755);
    for run in runs {
        let run = run.exits(1);
        for place in ["content/a.md", "content/b", "content/c.pdf", "static/d.txt", "themes/x/css/e.css"] {
            run.reports("page/unreadable").at(place).times(1);
        }
        assert_eq!(run.findings().len(), 5, "{run}");
    }
}

/// A pipe that no program writes, a device that never ends, and links to both.
#[cfg(target_os = "linux")]
#[test]
fn neither_waits_for_a_pipe_nor_fills_memory() {
    use std::os::unix::fs::symlink;
    let special = Site::empty();
    assert!(Command::new("mkfifo").arg(special.path("pipe")).status().unwrap().success());
    let site = || Site::new().page("index.md", PAGE).flow("f.flow.yaml", FLOW);
    let targets = [special.path("pipe"), "/dev/zero".into(), special.root().to_owned()];
    let ended = |site: &Site, arguments: &[&str]| {
        let mut command = site.command(arguments);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        wait(child).and_then(|status| status.code())
    };
    for target in &targets {
        let site = site();
        fs::remove_file(site.path("vereda.yaml")).unwrap();
        symlink(target, site.path("vereda.yaml")).unwrap();
        for command in ["check", "build", "serve"] {
            assert_eq!(ended(&site, &[command]), Some(2), "{command} {}", target.display());
        }
    }
    for target in &targets {
        let (site, target) = (site(), target.to_str().unwrap());
        for arguments in
            [["check", "--baseline", target], ["build", "--baseline", target], ["graph", "--counts", target]]
        {
            let arguments = [&arguments[..], if arguments[0] == "graph" { &["f"] } else { &[] }].concat();
            assert_eq!(ended(&site, &arguments), Some(2), "{arguments:?}");
        }
    }
    let site = site();
    for place in ["content/a.md", "content/a.pdf", "static/b.txt", "themes/x/css/c.css"] {
        fs::create_dir_all(site.path(place).parent().unwrap()).unwrap();
        assert!(Command::new("mkfifo").arg(site.path(place)).status().unwrap().success());
    }
    for command in ["check", "build"] {
        assert_eq!(ended(&site, &[command]), Some(1), "{command}");
        site.run(&[command, "--format", "json"]).exits(1).reports("page/unreadable").says("FIFO").times(4);
    }
}

#[cfg(unix)]
#[test]
fn refuses_a_text_that_would_fill_memory() {
    let site = Site::new().page("index.md", PAGE);
    let file = fs::File::create(site.path("content/grande.md")).unwrap();
    file.set_len(300 << 20).unwrap();
    site.check().exits(1).reports("page/unreadable").at("content/grande.md").times(1);
}
