//! Commands, flags, streams, languages and exit codes.

use std::io::Read;
use std::process::Stdio;

use crate::site::{PAGE, Site};

/// A page with one error, at 6:8.
const BROKEN: &str = "---\ntitle: Início\nowner: Equipe\n---\n\nVeja [a](b.md).\n";

/// A page with a warning and no error.
const DOUBTFUL: &str = "---\ntitle: Início\nowner: Equipe\n---\n\nVeja [isto]().\n";

fn broken() -> Site {
    Site::new().page("index.md", BROKEN)
}

#[test]
fn shows_examples_in_help() {
    let site = Site::empty();
    site.run(&["--help"]).exits(0).prints("Examples:").prints("Exit codes:");
    for command in ["init", "new", "build", "serve", "check", "walk", "graph", "explain", "completions"] {
        site.run(&[command, "--help"]).exits(0).prints("Examples:").prints("--root");
    }
}

#[test]
fn prints_help_in_portuguese() {
    let site = Site::empty();
    let of_locale = site.run_with(&["check", "--help"], |command| {
        command.env("LC_ALL", "pt_BR.UTF-8");
    });
    let texts = ["Uso:", "Exemplos:", "Opções comuns:", "Inclui os rascunhos", "--root"];
    texts.iter().fold(of_locale.exits(0), |run, text| run.prints(text));
    for command in ["", "init", "new", "build", "serve", "check", "walk", "graph", "schema", "diff", "explain"] {
        let arguments: Vec<&str> =
            [command, "--help", "--lang=pt-BR"].into_iter().filter(|part| !part.is_empty()).collect();
        let run = site.run(&arguments).exits(0).prints("Exemplos:");
        for english in ["Usage", "Options:", "Arguments:", "Print ", "[default", "Examples", "possible values"] {
            assert!(!run.stdout.contains(english), "{english}: {run}");
        }
    }
}

#[test]
fn rejects_unknown_editor() {
    let site = Site::new().page("index.md", PAGE);
    site.run(&["serve", "--port", "0", "--editor", "nada"]).exits(2).tells("`vscode`").tells("{path}");
}

#[test]
fn exits_with_2_for_wrong_usage() {
    let site = broken();
    site.run(&[]).exits(2);
    site.run(&["chekc"]).exits(2).tells("check");
    site.run(&["check", "--format", "xml"]).exits(2).tells("human");
    site.run(&["build", "--base-url", "example.org"]).exits(2).tells("https://");
    site.run(&["serve", "--port", "99999"]).exits(2).tells("99999");
}

#[test]
fn exits_with_2_without_a_site() {
    let site = Site::empty();
    site.run(&["check"]).exits(2).tells("error: ").tells("is not a site");
    site.run(&["build", "--lang", "pt-BR"]).exits(2).tells("erro: ").tells("não é um site");
    site.run(&["new", "page", "x"]).exits(2).tells("is not a site");
    site.run(&["serve"]).exits(2).tells("is not a site");
    let german = site.command(&["check"]).env("LC_ALL", "pt_BR.UTF-8").output().unwrap();
    assert!(String::from_utf8(german.stderr).unwrap().contains("não é um site"));
}

#[test]
fn check_prints_findings_and_writes_nothing() {
    let site = broken();
    let run = site.run(&["check"]).exits(1);
    assert_eq!(run.stderr, "");
    let place = " --> content/index.md:6:10\n  |\n6 | Veja [a](b.md).\n  |          ^^^^\n";
    run.prints("erro[link/missing-file]: ")
        .prints(place)
        .prints("\n1 erro · ")
        .prints("para saber mais: vereda explain link/missing-file\n");
    assert!(!site.path("public").exists());
}

#[test]
fn build_logs_to_the_standard_error() {
    let site = Site::new().page("index.md", PAGE);
    let run =
        site.run(&["build"]).exits(0).tells("nenhum problema · 1 página, 0 fluxos").tells("site gravado em `public`");
    assert_eq!(run.stdout, "");
    assert!(site.output("index.html").contains("Olá."));
}

#[test]
fn build_writes_nothing_when_there_is_an_error() {
    let site = broken();
    let run = site.run(&["build"]).exits(1).tells("erro[link/missing-file]").tells("nada foi gravado");
    assert_eq!(run.stdout, "");
    assert!(!site.path("public").exists());
}

#[test]
fn a_failed_build_keeps_the_earlier_output() {
    let site = Site::new().page("index.md", PAGE);
    site.build().exits(0);
    let before = site.output("index.html");
    let site = site.page("index.md", BROKEN);
    site.build().exits(1);
    assert_eq!(site.output("index.html"), before);
}

#[test]
fn warnings_fail_under_strict_only() {
    let site = Site::new().page("index.md", DOUBTFUL);
    site.check().exits(0).reports("link/empty").has_severity("warning").at("content/index.md");
    site.run(&["check", "--strict"]).exits(1).tells("com --strict, avisos reprovam");
    site.run(&["build", "--strict"]).exits(1).tells("nada foi gravado");
    assert!(!site.path("public").exists());
    site.run(&["build"]).exits(0);
}

#[test]
fn out_and_root_choose_the_folders() {
    let site = Site::empty().file("manual/vereda.yaml", "title: A\n").file("manual/content/index.md", PAGE);
    site.run(&["build", "--root", "manual"]).exits(0);
    assert!(site.path("manual/public/index.html").exists());
    site.run(&["build", "--root", "manual", "--out", "www"]).exits(0);
    assert!(site.path("www/index.html").exists());
}

#[test]
fn base_url_overrides_the_configuration() {
    let site = Site::new().config("title: A\nbase_url: https://a.org/\n").page("index.md", PAGE);
    site.run(&["build", "--base-url", "https://b.org/docs/"]).exits(0);
    let page = site.output("index.html");
    assert!(page.contains("/docs/"), "{page}");
    assert!(!page.contains("https://a.org"), "{page}");
}

#[test]
fn drafts_publishes_drafts() {
    let site = Site::new().page("index.md", PAGE).page("b.md", "---\ntitle: B\nowner: E\ndraft: true\n---\n\nB.\n");
    site.build().exits(0);
    assert!(!site.path("public/b/index.html").exists());
    site.run(&["build", "--drafts"]).exits(0);
    assert!(site.path("public/b/index.html").exists());
}

#[test]
fn short_prints_a_line_for_each_finding() {
    let run = broken().run(&["check", "--format", "short", "--quiet"]).exits(1);
    assert_eq!(run.stdout.lines().count(), 1, "{run}");
    assert!(run.stdout.starts_with("content/index.md:6:10: erro[link/missing-file]: "), "{run}");
}

#[test]
fn json_ends_with_the_summary_also_in_build() {
    for command in ["check", "build"] {
        let run = broken().run(&[command, "--format", "json"]).exits(1);
        run.reports("link/missing-file").has_severity("error").at("content/index.md:6:10").until("6:14").times(1);
        let summary = run.summary();
        assert_eq!(summary["errors"], 1, "{run}");
        assert_eq!(summary["pages"], 1, "{run}");
        for key in ["warnings", "notes", "flows", "links", "coverage"] {
            assert!(!summary[key].is_null(), "{key}: {run}");
        }
    }
}

#[test]
fn json_keeps_control_characters_and_human_replaces_them() {
    let site = Site::new().page("index.md", &BROKEN.replace("b.md", "b\u{9b}31mc.md"));
    site.check().reports("link/missing-file").says("b\u{9b}31mc.md");
    assert!(!site.run(&["check"]).stdout.contains('\u{9b}'));
    assert!(!site.run(&["check", "--format", "short"]).stdout.contains('\u{9b}'));
}

#[test]
fn quiet_prints_only_findings() {
    let run = Site::new().page("index.md", PAGE).run(&["build", "--quiet"]).exits(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let run = broken().run(&["check", "-q"]).exits(1).prints("erro[link/missing-file]");
    assert!(!run.stdout.contains("1 erro ·"), "{run}");
}

#[test]
fn lang_overrides_the_language_of_the_site() {
    let site = broken();
    site.run(&["check"]).prints("erro[").prints("1 erro · 1 página");
    site.run(&["check", "--lang", "en"]).prints("error[").prints("1 error · 1 page");
    let site = site.config("title: A\nlanguage: en\n");
    site.run(&["check"]).prints("error[").prints("1 error · 1 page");
    site.run(&["--lang", "pt-BR", "check"]).prints("erro[");
}

#[test]
fn color_selects_colours() {
    let site = broken();
    assert!(!site.run(&["check"]).stdout.contains('\u{1b}'));
    site.run(&["check", "--color", "always"]).prints("\u{1b}[");
    site.run(&["build", "--color", "always"]).tells("\u{1b}[");
    assert!(!site.run(&["check", "--color", "never"]).stdout.contains('\u{1b}'));
}

#[test]
fn check_prints_coverage() {
    let flow = "title: Fluxo\nowner: Equipe\nnodes:\n  a:\n    title: A?\n    options:\n      - { id: sim, label: Sim, next: b }\n      - { id: nao, label: Não, next: c }\n  b: { title: B, text: Um., result: resolved }\n  c: { title: C, text: Outro., result: open }\nscenarios:\n  - { name: sim, answers: { a: sim }, outcome: b }\n";
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", flow);
    site.run(&["check"])
        .exits(0)
        .prints("cenários")
        .prints("content/f.flow.yaml")
        .prints("1/2")
        .prints("cobertura 60 %");
    let summary = site.check().exits(0).summary();
    assert_eq!(summary["coverage"][0]["options"]["covered"], 1, "{summary}");
    assert_eq!(summary["coverage"][0]["options"]["total"], 2, "{summary}");
}

#[test]
fn ignores_a_broken_pipe() {
    let links = "[a](b.md)\n\n".repeat(20_000);
    let site = Site::new().page("index.md", &format!("{PAGE}{links}"));
    let mut command = site.command(&["check"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn serve_logs_its_address_and_every_change() {
    let site = Site::new().page("index.md", PAGE);
    let mut served = site.serve();
    served.tells("nenhum problema · 1 página").tells("no ar em http://127.0.0.1:");
    let site = site.page("index.md", &PAGE.replace("Olá", "Oi"));
    served.tells("atualizado em ");
    let site = site.page("index.md", BROKEN);
    served.tells("erro[link/missing-file]").tells("atualizado em ");
    let _site = site.page("index.md", &PAGE.replace("Olá", "Bom dia"));
    served.tells("nenhum problema");
}

#[test]
fn prints_completion_scripts() {
    let site = Site::empty();
    site.run(&["completions", "bash"]).exits(0).prints("_vereda()");
    site.run(&["completions", "fish"]).exits(0).prints("complete -c vereda");
    site.run(&["completions", "zsh"]).exits(0).prints("#compdef vereda");
}
