//! `vereda-ignore` in pages and flows, and `ignore` in `vereda.yaml`.

use crate::site::{PAGE, Site};

const HEAD: &str = "---\ntitle: A\nowner: E\n---\n\n";

/// A flow with two diagnostics that can be suppressed: `flow/twin-outcomes` at the second twin, and `review/no-owner`.
const FLOW: &str = "\
title: Fluxo
nodes:
  qual:
    title: Qual?
    options:
      - { id: um, label: Um, next: a }
      - { id: dois, label: Dois, next: b }
  a: { title: A, result: resolved }
  b: { title: A, result: resolved }
";

fn page(body: &str) -> Site {
    Site::new().page("index.md", &format!("{HEAD}{body}"))
}

#[test]
fn suppresses_line_or_block_of_page() {
    page("[x]() <!-- vereda-ignore link/empty: vem em dezembro -->\n").check().exits(0).reports_nothing();
    page("<!-- vereda-ignore link/empty, link/missing-file: vem em dezembro -->\n[x]()\n[y](y.md)\n")
        .check()
        .exits(0)
        .reports_nothing();
    let run = page("<!-- vereda-ignore link/empty: a -->\n[x]()\n\n[y]()\n").check();
    run.reports("link/empty").at("content/index.md:9:5").times(1);
    let run = page("<!-- vereda-ignore link/empty: a -->\n[y](y.md)\n").check().exits(1);
    run.reports("link/missing-file").and().reports("ignore/unused").at("content/index.md:6:20").until("6:30");
}

#[test]
fn publishes_suppressed_page_without_comments() {
    let site = page(
        "Veja [y](y.md). <!-- vereda-ignore link/missing-file: motivo interno -->\n\n<!-- vereda-ignore link/empty: motivo interno -->\n[x]()\n",
    );
    site.run(&["build", "--strict"]).exits(0);
    let html = site.output("index.html");
    assert!(html.contains("Veja") && !html.contains("vereda-ignore") && !html.contains("motivo interno"), "{html}");
}

#[test]
fn skips_comments_in_code() {
    let site = page("```html\n<!-- vereda-ignore link/emtpy -->\n```\n\n`<!-- vereda-ignore x -->`\n");
    site.check().exits(0).reports_nothing();
    site.build().exits(0);
    assert!(site.output("index.html").contains("vereda-ignore"));
}

#[test]
fn suppresses_front_matter() {
    let text = |comment: &str| {
        format!("---\n{comment}title: A\nowner: E\nreviewed: 2026-01-01\nreview_every: 30d\n---\n\nOlá.\n")
    };
    Site::new().page("index.md", &text("")).check().reports("review/overdue");
    Site::new().page("index.md", &text("# vereda-ignore review/overdue: muda em dezembro\n")).check().reports_nothing();
}

#[test]
fn suppresses_line_of_flow() {
    let site = |flow: &str| Site::new().page("index.md", PAGE).flow("f.flow.yaml", flow);
    let run = site(FLOW).check();
    run.reports("flow/twin-outcomes").and().reports("review/no-owner");
    let quiet = FLOW.replace("title: Fluxo\n", "# vereda-ignore review/no-owner: é de todos\ntitle: Fluxo\n").replace(
        "  b: { title: A, result: resolved }\n",
        "  b: { title: A, result: resolved } # vereda-ignore flow/twin-outcomes: por enquanto\n",
    );
    let run = site(&quiet).check();
    run.does_not_report("flow/twin-outcomes").does_not_report("review/no-owner").does_not_report("ignore/unused");
}

#[test]
fn reports_invalid_comments() {
    let run = page("[x]() <!-- vereda-ignore link/empty -->\n").check().exits(1);
    run.reports("link/empty").and().reports("ignore/invalid").says("falta o motivo").at("content/index.md:6:26");
    page("[x]() <!-- vereda-ignore link/emtpy: a -->\n")
        .check()
        .exits(1)
        .reports("ignore/invalid")
        .helps("`link/empty`");
    page("[x]() <!-- vereda-ignore -->\n")
        .check()
        .exits(1)
        .reports("ignore/invalid")
        .at("content/index.md:6:12")
        .until("6:25");
    page("<!-- vereda-ignore link/empty: a\nb -->\n[x]()\n").check().exits(1).reports("ignore/invalid");
    let flow = FLOW.replace("title: Fluxo", "title: Fluxo # vereda-ignore flow/syntax: a");
    let run = Site::new().page("index.md", PAGE).flow("f.flow.yaml", &flow).check().exits(1);
    run.reports("ignore/invalid").says("`flow/syntax`").at("content/f.flow.yaml:1:30");
}

#[test]
fn skips_unused_comments_after_syntax_error() {
    let site = page("<!-- vereda-ignore link/empty: a -->\nx\n").flow("f.flow.yaml", "title: [\n");
    site.check().exits(1).does_not_report("ignore/unused").reports("flow/syntax");
}

#[test]
fn configuration_suppresses_non_essential_codes() {
    let site = |code: &str| page("[x]()\n").config(&format!("title: A\ncheck: {{ severity: {{ {code}: ignore }} }}\n"));
    site("link/empty").check().exits(0).reports_nothing();
    let run = site("flow/syntax").check().exits(1);
    run.reports("config/invalid-value").says("error, warning, note").at("vereda.yaml:2:35");
    let unused = page("<!-- vereda-ignore link/empty: a -->\nx\n")
        .config("title: A\ncheck: { severity: { ignore/unused: ignore } }\n");
    unused.check().exits(0).reports_nothing();
}
