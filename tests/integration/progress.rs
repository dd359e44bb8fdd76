//! How far long work has come: shown to a person at a terminal, and to nobody else.

use std::process::{Command, Stdio};

use crate::site::Site;

/// What takes a line back.
const CLEAR: &str = "\u{1b}[2K";

/// Highlighting so much takes longer than a bar waits before it is shown.
fn slow_site() -> Site {
    let code = "let answer: u32 = compute(\"text\", 42).unwrap_or_default(); // why\n".repeat(6000);
    let page = |title: &str| format!("---\ntitle: {title}\nowner: Equipe\n---\n\n```rust\n{code}```\n");
    ["index.md", "b.md", "c.md"].iter().fold(Site::new(), |site, path| site.page(path, &page(path)))
}

/// What a terminal that `script` (util-linux) makes receives of a command.
fn at_terminal(site: &Site, arguments: &str, variables: &[(&str, &str)]) -> String {
    let line = format!("{} {arguments}", env!("CARGO_BIN_EXE_vereda"));
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--command", &line, "/dev/null"]).current_dir(site.root());
    command.env("TERM", "xterm").env("LC_ALL", "C.UTF-8").env("SOURCE_DATE_EPOCH", "1795348800").env_remove("CI");
    command.envs(variables.iter().copied());
    let output = command.stdin(Stdio::null()).output().expect("`script` of util-linux is there");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What stays on the screen: of each line, what came after it was last taken back.
fn screen(received: &str) -> String {
    let lines: Vec<_> =
        received.lines().map(|line| line.rsplit(CLEAR).next().unwrap().trim_end_matches('\r')).collect();
    lines.join("\n") + "\n"
}

#[test]
fn a_person_sees_how_far_long_work_has_come_and_no_trace_of_it_after() {
    let site = slow_site();
    let received = at_terminal(&site, "check --color never", &[]);
    assert!(received.contains(&format!("{CLEAR}compondo as páginas ")), "{received:?}");
    assert!(received.contains("/3"), "{received:?}");
    assert_eq!(screen(&received), site.run(&["check", "--color", "never"]).exits(0).stdout);
    let received = at_terminal(&site, "build --color never --lang en", &[]);
    assert!(received.contains(&format!("{CLEAR}rendering pages ")), "{received:?}");
    assert!(!screen(&received).contains("rendering pages"), "{received:?}");
    assert!(screen(&received).contains("\nsite written to `public` "), "{received:?}");
}

#[test]
fn short_work_shows_no_bar() {
    let site = Site::new().page("index.md", crate::site::PAGE);
    let received = at_terminal(&site, "check --color never", &[]);
    assert!(!received.contains('\u{1b}'), "{received:?}");
}

#[test]
fn nobody_is_shown_a_bar_in_ci_in_a_dumb_terminal_or_where_quiet_was_asked_for() {
    let site = slow_site();
    for (arguments, variable) in
        [("check", ("CI", "true")), ("check", ("TERM", "dumb")), ("check --quiet", ("LANG", "C"))]
    {
        let received = at_terminal(&site, &format!("{arguments} --color never"), &[variable]);
        assert!(!received.contains('\u{1b}'), "{arguments} {variable:?}: {received:?}");
    }
}

#[test]
fn a_pipe_gets_no_bar() {
    let site = slow_site();
    let run = site.run(&["build"]).exits(0);
    assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains("compondo"), "{run}");
}
