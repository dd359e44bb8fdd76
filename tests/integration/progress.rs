//! Progress of long work: shown at terminals only.

use std::process::{Command, Stdio};

use crate::site::Site;

/// Erases the line.
const CLEAR: &str = "\u{1b}[2K";

/// A site whose highlighting takes longer than the delay of the progress bar.
fn slow_site() -> Site {
    let code = "let answer: u32 = compute(\"text\", 42).unwrap_or_default(); // why\n".repeat(6000);
    let page = |title: &str| format!("---\ntitle: {title}\nowner: Equipe\n---\n\n```rust\n{code}```\n");
    ["index.md", "b.md", "c.md"].iter().fold(Site::new(), |site, path| site.page(path, &page(path)))
}

/// The output of a command in a terminal of `script` (util-linux).
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

/// The text that stays on the screen: of each line, the part after it was last erased.
fn screen(received: &str) -> String {
    let lines: Vec<_> =
        received.lines().map(|line| line.rsplit(CLEAR).next().unwrap().trim_end_matches('\r')).collect();
    lines.join("\n") + "\n"
}

#[test]
fn shows_progress_at_a_terminal_and_erases_it() {
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
fn shows_no_progress_of_short_work() {
    let site = Site::new().page("index.md", crate::site::PAGE);
    // On a busy machine a short work may take long.
    let is_silent = |_| !at_terminal(&site, "check --color never", &[]).contains('\u{1b}');
    assert!((0..5).any(is_silent));
}

#[test]
fn shows_no_progress_in_ci_dumb_terminals_or_with_quiet() {
    let site = slow_site();
    for (arguments, variable) in
        [("check", ("CI", "true")), ("check", ("TERM", "dumb")), ("check --quiet", ("LANG", "C"))]
    {
        let received = at_terminal(&site, &format!("{arguments} --color never"), &[variable]);
        assert!(!received.contains('\u{1b}'), "{arguments} {variable:?}: {received:?}");
    }
}

#[test]
fn shows_no_progress_in_a_pipe() {
    let site = slow_site();
    let run = site.run(&["build"]).exits(0);
    assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains("compondo"), "{run}");
}
