//! The preview's watcher: changes of sources that it sees, and events that it sends.

use std::fs;
use std::process::Command;
use std::time::Duration;

use vereda::pipeline::SiteRoot;
use vereda::serve::{Settings, serve};

use crate::preview::{Preview, SILENCE, Told, page, preview_options, two_pages};
use crate::site::Site;

/// The longest wait for the build that a change of many files causes.
const FIRST_BUILD: Duration = Duration::from_secs(20);

#[test]
fn sees_a_written_file() {
    let mut preview = Preview::of(two_pages());
    let mut listener = preview.listen();
    let hello = listener.hear("hello");
    preview.write("content/a.md", &page("A", "Texto dois."));
    assert_eq!(preview.rebuilt(), ["/a/"]);
    let reload = listener.hear("reload");
    let pages: Vec<_> = reload["routes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|path| !path.as_str().unwrap().starts_with("/search/") && *path != "/versions.json")
        .collect();
    assert_eq!(pages, ["/a/"]);
    assert!(preview.get("/a/").body.contains("Texto dois."));
    let again = preview.listen().hear("hello");
    assert_ne!(hello["build"], again["build"], "a page that comes back knows that it is stale");
    assert_eq!(hello["findings"]["pages"], serde_json::json!({}));
}

#[test]
fn sees_a_file_saved_by_rename() {
    let mut preview = Preview::of(two_pages());
    preview.write("content/.a.md.tmp", &page("A", "Texto dois."));
    fs::rename(preview.site.path("content/.a.md.tmp"), preview.site.path("content/a.md")).unwrap();
    assert_eq!(preview.rebuilt(), ["/a/"]);
}

#[test]
fn sees_new_moved_and_removed_files_and_folders() {
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
fn sees_source_folders_removed_and_made_again() {
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
fn ignores_files_that_are_no_sources() {
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
fn shows_a_broken_page_with_its_finding() {
    let mut preview = Preview::of(two_pages().page("b.md", &page("B", "Texto b.")));
    let mut listener = preview.listen();
    preview.write("content/a.md", &page("A", "Texto dois, [aqui](#não-há) e [ali](nada.md)."));
    assert_eq!(preview.rebuilt(), ["/a/"]);
    let findings = listener.hear("findings");
    let first = &findings["pages"]["/a/"][0];
    assert!(first["title"].as_str().unwrap().contains("link/missing-anchor"), "{findings}");
    assert!(first["text"].as_str().unwrap().contains("[aqui](#não-há)"), "{findings}");
    assert_eq!((first["opens"].as_bool(), findings["is_stale"].as_bool()), (Some(true), Some(false)));
    let shown = preview.get("/a/");
    assert!(shown.status == 200 && shown.body.contains("Texto dois"), "{}", shown.body);
    assert_eq!(preview.listen().hear("hello")["findings"], findings);
    let state: serde_json::Value = serde_json::from_str(&preview.get("/__vereda/state").body).unwrap();
    assert_eq!(state["findings"], findings);
    preview.write("content/b.md", &page("B", "Outra página muda."));
    assert_eq!(preview.rebuilt(), ["/b/"]);
    assert!(preview.get("/b/").body.contains("Outra página muda."));
    preview.write("content/a.md", &page("A", "Texto três."));
    preview.rebuilt();
    assert_eq!(listener.hear("findings")["pages"], serde_json::json!({}));
}

#[test]
fn shows_the_last_site_while_settings_are_broken() {
    let mut preview = Preview::of(two_pages());
    let mut listener = preview.listen();
    preview.write("vereda.yaml", "title: Um: dois\n");
    preview.wait(|told| *told == Told::Failed);
    let findings = listener.hear("findings");
    assert!(findings["site"][0]["title"].as_str().unwrap().contains("config/syntax"), "{findings}");
    assert_eq!(findings["is_stale"].as_bool(), Some(true));
    assert!(preview.get("/a/").body.contains("Texto um."));
}

/// Every kind of mistake that leaves something unresolved, in a site of its own. Its page is served.
#[test]
fn shows_sites_with_any_mistake() {
    let node = |rest: &str| format!("title: F\nowner: E\nnodes:\n  a: {{ title: A, {rest} }}\n");
    let flows = [
        node("options: [{ id: x, label: X, next: nada }]"),
        node("options: [{ id: x, label: X, next: a }, { id: x, label: '', next: a }]"),
        node("result: outro"),
        node("call: nada.flow.yaml, next: { x: y }"),
        node("shows: nada.md#x, options: [{ id: x, label: '{nada}', next: a }]"),
        node("input: nada, next: a"),
        node("rules: [{ when: { nada: 1 }, next: b }]"),
        node("copy: '{values.nada}', options: []"),
        node("titulo: A"),
        "title: ''\nnodes: {}\n".to_owned(),
        "title: F\nnodes:\n  a: [\n".to_owned(),
        "title: Um: dois\n".to_owned(),
        "titulo: F\n".to_owned(),
        String::new(),
    ];
    for flow in &flows {
        let preview = Preview::of(two_pages().flow("f.flow.yaml", flow));
        assert_eq!((preview.get("/f/").status, preview.get("/a/").status), (200, 200), "{flow}");
    }
    let pages = [
        "---\ntitle: Um: dois\n---\n\nTexto.\n",
        "---\ntitle: ''\n---\n",
        "sem cabeçalho, {nada} e :copy[{values.nada}]\n",
        "---\ntitle: P\n---\n\n:::include[nada.md#x]\n:::\n\n:::flow[nada.flow.yaml]\n:::\n\n![x](nada.png) [x](nada.md) [x](vscod:x)\n",
        "---\ntitle: P\n---\n\n:::include[p.md]\n:::\n\n:::tabs\n:::tab[]\n:::\n\n:::nada\n",
        "---\ntitle: P\n---\n\n<<<<<<< HEAD\num\n=======\ndois\n>>>>>>> x\n",
    ];
    for text in pages {
        let preview = Preview::of(two_pages().page("p.md", text));
        assert_eq!((preview.get("/p/").status, preview.get("/a/").status), (200, 200), "{text}");
    }
    for config in ["", "title: Um: dois\n", "titulo: T\n", "title: T\ninputs: { x: nada }\n", "title: T\nlanguage: 7\n"]
    {
        let preview = Preview::of(two_pages().config(config));
        assert_eq!(preview.get("/a/").status, 200, "{config}");
    }
}

#[cfg(unix)]
#[test]
fn sees_a_change_of_a_file_that_a_link_leads_to() {
    let site = two_pages().file("partes/c.md", page("C", "Zero."));
    std::os::unix::fs::symlink("../partes/c.md", site.path("content/c.md")).unwrap();
    let mut preview = Preview::of(site);
    preview.write("partes/c.md", &page("C", "Um."));
    assert_eq!(preview.rebuilt(), ["/c/"]);
    preview.write("partes/d.md", &page("D", "Zero."));
    std::os::unix::fs::symlink("../partes/d.md", preview.site.path("content/d.md")).unwrap();
    assert!(preview.rebuilt().contains(&"/d/".to_owned()));
    preview.wait_for_silence();
    preview.write("partes/d.md", &page("D", "Um."));
    assert_eq!(preview.rebuilt(), ["/d/"]);
}

#[test]
fn sees_a_change_of_the_file_of_macros() {
    let macros = |title: &str| format!("{{ \"macros\": [{{ \"id\": 1, \"title\": \"{title}\", \"active\": true }}] }}");
    let site = two_pages().file("zendesk/macros.json", macros("Auditoria | Fim"));
    let site = site.file("vereda.yaml", "title: S\nzendesk: { macros: zendesk/macros.json }\n");
    let mut preview = Preview::of(site);
    preview.wait_for_silence();
    preview.write("zendesk/macros.json", &macros("Auditoria | Outra"));
    preview.wait(|told| matches!(told, Told::Rebuilt(_)));
}

/// The system has no inotify instance left: `inotify_init1` fails with EMFILE.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace: `tests/run calls`"]
fn polls_where_the_system_gives_no_file_events() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let site = two_pages();
    let mut command = Command::new("strace");
    command.args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        "trace=inotify_init1",
        "-e",
        "inject=inotify_init1:error=EMFILE",
    ]);
    command.args(["timeout", "20", env!("CARGO_BIN_EXE_vereda"), "serve", "--port", "0"]).current_dir(site.root());
    let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("Too many open files") && line.contains("--poll")));
    fs::write(site.path("content/a.md"), page("A", "Texto dois.")).unwrap();
    assert!(lines.any(|line| line.contains("/a/")), "the change is seen");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn keeps_the_last_good_site_while_it_is_unreadable() {
    let mut preview = Preview::of(two_pages());
    let mut listener = preview.listen();
    let (here, away) = (preview.site.path("vereda.yaml"), preview.site.path("away.yaml"));
    fs::rename(&here, &away).unwrap();
    preview.wait(|told| *told == Told::Unreadable);
    assert_eq!(listener.hear("findings")["is_stale"].as_bool(), Some(true));
    assert_eq!(preview.get("/a/").status, 200);
    fs::rename(&away, &here).unwrap();
    preview.wait(|told| matches!(told, Told::Rebuilt(_)));
    listener.hear("built");
}

#[test]
fn shows_the_site_when_the_first_build_has_errors() {
    let preview = Preview::of(two_pages().page("b.md", &page("B", "[aqui](#nada) <b>")));
    assert_eq!((preview.get("/").status, preview.get("/b/").status), (200, 200));
    let hello = preview.listen().hear("hello");
    assert!(hello["findings"]["pages"]["/b/"][0]["title"].as_str().unwrap().contains("link/missing-anchor"), "{hello}");
}

#[test]
fn shows_errors_of_the_theme_until_they_are_corrected() {
    let template = "themes/orange/templates/page.html";
    let mut preview = Preview::of(two_pages().file(template, "{% blok main %}"));
    let answer = preview.get("/any/");
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("theme/") && answer.body.contains("page.html"), "{}", answer.body);
    let mut listener = preview.listen();
    assert!(listener.hear("hello")["build"].is_null());
    fs::remove_file(preview.site.path(template)).unwrap();
    preview.wait(|told| matches!(told, Told::Rebuilt(_)));
    listener.hear("built");
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn batches_a_thousand_files() {
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
fn polls_with_poll() {
    let poll = Some(Duration::from_millis(50));
    let mut preview = Preview::with(two_pages(), Settings { port: 0, poll, ..Settings::default() });
    preview.write("content/b.md", &page("B", "Texto."));
    assert!(preview.rebuilt().contains(&"/b/".to_owned()));
    fs::remove_file(preview.site.path("content/b.md")).unwrap();
    assert!(preview.rebuilt().contains(&"/b/".to_owned()));
}

#[test]
fn fails_for_a_missing_root() {
    let site = two_pages();
    let root = SiteRoot::open(site.root()).unwrap();
    fs::remove_dir_all(site.root()).unwrap();
    let settings = Settings { port: 0, ..Settings::default() };
    assert!(serve(root, &preview_options(), &settings, |_| ()).is_err());
}

#[test]
fn sees_one_file_created_moved_and_removed() {
    let mut preview = Preview::of(two_pages());
    preview.write("content/b.md", &page("B", "Texto."));
    assert!(preview.rebuilt().contains(&"/b/".to_owned()));
    fs::rename(preview.site.path("content/b.md"), preview.site.path("content/c.md")).unwrap();
    let changed = preview.rebuilt();
    assert!(changed.contains(&"/b/".to_owned()) && changed.contains(&"/c/".to_owned()), "{changed:?}");
    fs::remove_file(preview.site.path("content/c.md")).unwrap();
    assert!(preview.rebuilt().contains(&"/c/".to_owned()));
    assert_eq!(preview.get("/c/").status, 404);
}

#[test]
fn sees_a_swapped_file() {
    let mut preview = Preview::of(two_pages().page("b.md", &page("B", "Texto b.")));
    let [a, b, away] = ["content/a.md", "content/b.md", "notes.md"].map(|path| preview.site.path(path));
    fs::rename(&a, &away).unwrap();
    fs::rename(&b, &a).unwrap();
    fs::rename(&away, &b).unwrap();
    while !preview.get("/a/").body.contains("Texto b.") || !preview.get("/b/").body.contains("Texto um.") {
        preview.rebuilt();
    }
}

#[test]
fn sees_a_flow_and_a_copied_file_beside_it() {
    let flow = |title: &str| format!("title: F\nowner: E\nnodes:\n  fim: {{ title: {title}, result: resolved }}\n");
    let mut preview = Preview::of(two_pages().flow("f.flow.yaml", &flow("Fim")).file("content/dados.csv", "a"));
    preview.write("content/f.flow.yaml", &flow("Acabou"));
    assert!(preview.rebuilt().contains(&"/f/".to_owned()));
    preview.write("content/dados.csv", "a;b");
    assert_eq!(preview.rebuilt(), ["/dados.csv"]);
}

/// The root of a site, in a repository of git in which the branch `outra` has other files.
fn with_two_branches() -> Site {
    let site = two_pages();
    let git = |arguments: &[&str]| git(&site, arguments);
    git(&["init", "--quiet", "--initial-branch", "uma"]);
    for number in 0..150 {
        fs::create_dir_all(site.path(&format!("content/s{}", number % 10))).unwrap();
        let path = site.path(&format!("content/s{}/p{number}.md", number % 10));
        fs::write(path, page("P", "Na primeira.")).unwrap();
    }
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "uma"]);
    git(&["checkout", "--quiet", "-b", "outra"]);
    for number in 0..100 {
        let path = site.path(&format!("content/s{}/p{number}.md", number % 10));
        fs::write(path, page("P", "Na outra.")).unwrap();
    }
    for folder in 0..5 {
        fs::rename(site.path(&format!("content/s{folder}")), site.path(&format!("content/n{folder}"))).unwrap();
    }
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "outra"]);
    git(&["checkout", "--quiet", "uma"]);
    site
}

fn git(site: &Site, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=E", "-c", "user.email=e@example.org", "-c", "gc.auto=0"]).args(arguments);
    let output = command.current_dir(site.root()).output().expect("`git` is installed");
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn batches_the_changes_of_a_git_checkout() {
    let preview = Preview::of(with_two_branches());
    for (branch, here, gone, text) in
        [("outra", "/n3/p3/", "/s3/p3/", "Na outra."), ("uma", "/s3/p3/", "/n3/p3/", "Na primeira.")]
    {
        preview.wait_for_silence();
        git(&preview.site, &["checkout", "--quiet", branch]);
        // The first build may begin late on a busy machine.
        let mut builds = usize::from(preview.told.recv_timeout(FIRST_BUILD).is_ok());
        while preview.told.recv_timeout(SILENCE).is_ok() {
            builds += 1;
        }
        assert!((1..=6).contains(&builds), "{builds} builds");
        assert!(preview.get(here).body.contains(text), "{branch}");
        assert_eq!(preview.get(gone).status, 404, "{branch}");
        let last = preview.get("/s9/p99/").body;
        assert!(last.contains(text), "{branch}: {last}");
    }
}

#[test]
fn batches_a_thousand_writes_and_shows_the_last() {
    let preview = Preview::of(two_pages());
    preview.wait_for_silence();
    for number in 0..1000 {
        preview.write("content/a.md", &page("A", &format!("Texto número {number}.")));
    }
    let mut builds = 0;
    while preview.told.recv_timeout(SILENCE).is_ok() {
        builds += 1;
    }
    assert!((1..=20).contains(&builds), "{builds} builds");
    assert!(preview.get("/a/").body.contains("Texto número 999."));
}

#[test]
fn ignores_temporary_files_of_editors() {
    let preview = Preview::of(two_pages().file("static/b.txt", "b"));
    preview.wait_for_silence();
    for name in [
        ".a.md.swp",
        ".a.md.swx",
        "a.md.swp",
        "a.md.swo",
        "a.md~",
        "4913",
        ".#a.md",
        "#a.md#",
        ".a.md.tmp",
        "a.md.tmp",
        ".a.md.kate-swp",
        ".goutputstream-AB12CD",
        "a.md___jb_tmp___",
        "a.md___jb_old___",
        ".~lock.a.md#",
        "~$a.md",
        ".DS_Store",
    ] {
        preview.write(&format!("content/{name}"), "x");
        preview.write(&format!("static/{name}"), "x");
        fs::remove_file(preview.site.path(&format!("content/{name}"))).unwrap();
    }
    assert!(preview.told.recv_timeout(SILENCE).is_err());
}

#[test]
fn ignores_its_own_reads_and_the_output_folder() {
    let preview = Preview::of(two_pages().file("static/a.txt", "a"));
    preview.wait_for_silence();
    for out in ["public", "saida", "a/b/saida"] {
        preview.site.run(&["build", "--out", out]).exits(0);
        preview.site.run(&["build", "--out", out, "--drafts"]).exits(0);
    }
    preview.site.run(&["check"]).exits(0);
    for file in ["content/a.md", "static/a.txt", "vereda.yaml"] {
        fs::read(preview.site.path(file)).unwrap();
    }
    (0..20).for_each(|_| drop(preview.get("/a.txt")));
    assert!(preview.told.recv_timeout(SILENCE).is_err());
    for out in ["content/saida", "static", "themes/saida"] {
        preview.site.run(&["build", "--out", out]).exits(2);
    }
}

#[test]
fn polling_sees_writes_swaps_and_the_configuration() {
    let poll = Some(Duration::from_millis(50));
    let mut preview = Preview::with(two_pages(), Settings { port: 0, poll, ..Settings::default() });
    preview.write("content/a.md", &page("A", "Texto dois, de outro tamanho."));
    assert_eq!(preview.rebuilt(), ["/a/"]);
    preview.write("novo.md", &page("A", "Texto três."));
    fs::rename(preview.site.path("novo.md"), preview.site.path("content/a.md")).unwrap();
    assert_eq!(preview.rebuilt(), ["/a/"]);
    preview.write("vereda.yaml", "title: Outro\n");
    assert!(preview.rebuilt().contains(&"/".to_owned()));
    preview.wait_for_silence();
    preview.get("/a/");
    assert!(preview.told.recv_timeout(SILENCE).is_err(), "to look is no change");
}
