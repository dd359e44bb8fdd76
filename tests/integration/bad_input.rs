//! Mistakes of editors: each is reported at its place, none hides another, and nothing is published.

use std::fs;
use std::time::{Duration, Instant};

use crate::site::{PAGE, Site};

/// Metadata of a page or a flow that is right.
const FRONT_MATTER: &str = "---\ntitle: Página\nowner: Equipe\n---\n";

fn page(body: &str) -> Site {
    Site::new().page("index.md", &format!("{FRONT_MATTER}\n{body}\n"))
}

fn flow(nodes: &str) -> Site {
    let text = format!("title: Fluxo\nowner: Equipe\nnodes:\n{nodes}");
    Site::new().page("index.md", PAGE).flow("f.flow.yaml", &text)
}

#[test]
fn reports_unknown_front_matter_key() {
    let site = Site::new().page("index.md", "---\ntitle: A\nowner: E\ndesciption: B\n---\n\nC.\n");
    let run = site.check().exits(1);
    run.reports("front-matter/unknown-key").at("content/index.md:4:1").until("4:11").helps("`description`").times(1);
}

#[test]
fn reports_yaml_that_cannot_be_read() {
    let site = Site::new().page("index.md", "---\ntitle: [a\n---\n\nC.\n").flow("f.flow.yaml", "nodes: {a: [}\n");
    let run = site.config("title: A\nvalues: [\n").check().exits(1);
    run.reports("config/syntax").at("vereda.yaml");
    run.reports("front-matter/syntax").at("content/index.md");
    run.reports("flow/syntax").at("content/f.flow.yaml");
}

#[test]
fn reports_link_to_missing_anchor() {
    let site = page("Veja [isto](outra.md#pendencias).")
        .page("outra.md", "---\ntitle: B\nowner: E\n---\n\n## A {#pendencia}\n");
    let run = site.check().exits(1);
    let found = run.reports("link/missing-anchor").at("content/index.md:6:13").until("6:32").times(1);
    found.says("`#pendencias`").helps("`#pendencia`").and().reports("link/missing-anchor").has_severity("error");
}

#[test]
fn reports_link_to_missing_page() {
    let run = page("Veja [isto](outar.md).").page("outra.md", PAGE).check().exits(1);
    run.reports("link/missing-file").at("content/index.md:6:13").helps("outra.md").times(1);
}

#[test]
fn reports_unclosed_directive() {
    let run = page(":::warning[Atenção]\nTexto.").check().exits(1);
    run.reports("directive/unclosed").at("content/index.md:6:1").times(1);
}

#[test]
fn reports_node_that_does_not_exist() {
    let run = flow("  a: { title: A, next: fmi }\n  fim: { title: Fim, result: resolved }\n").check().exits(1);
    run.reports("flow/unknown-node").at("content/f.flow.yaml:4:24").until("4:27").helps("`fim`");
}

#[test]
fn reports_unreachable_node() {
    let nodes =
        "  a: { title: A, result: resolved }\n  so: { title: B, result: open }\n  b: { title: B, result: open }\n";
    let run = flow(nodes).check().exits(1);
    run.reports("flow/unreachable-node").at("content/f.flow.yaml:6:3").says("`b`");
}

#[test]
fn reports_two_files_with_one_address() {
    let run = Site::new().page("a.md", PAGE).page("a/index.md", PAGE).check().exits(1);
    run.reports("page/duplicate-route").says("`/a/`").times(1);
}

#[test]
fn reports_bytes_that_are_not_utf8() {
    let latin = b"---\ntitle: A\nowner: E\n---\n\nAten\xe7\xe3o.\n";
    let run = Site::new().page("index.md", PAGE).file("content/a.md", latin).check().exits(1);
    run.reports("page/invalid-utf8").at("content/a.md:6:5").times(1);
}

#[test]
fn reports_empty_file() {
    let run = Site::new().page("index.md", PAGE).page("a.md", "").check();
    run.reports("page/empty").has_severity("warning").at("content/a.md:1:1");
}

#[test]
fn reports_theme_template_with_a_syntax_error() {
    let template = "<h1>{{ page.title }</h1>\n";
    let site = Site::new().page("index.md", PAGE).file("themes/orange/templates/page.html", template);
    site.build().exits(1).reports("theme/syntax").at("themes/orange/templates/page.html:1:19").times(1);
    assert!(!site.path("public").exists());
}

/// A site of two pages whose theme has these templates.
fn themed(templates: &[(&str, &str)]) -> Site {
    let site = Site::new().page("index.md", PAGE).page("outra.md", PAGE);
    templates.iter().fold(site, |site, (name, text)| site.file(&format!("themes/orange/templates/{name}"), text))
}

#[test]
fn reports_a_failing_template_once_with_a_page() {
    let run = themed(&[("page.html", "<p>ação — é</p>\n<b>é {{ page.titulo }}</b>\n")]).check().exits(1);
    let found = run.reports("theme/render").at("themes/orange/templates/page.html:2:14").until("2:20").times(1);
    found.says("`page.html`").says("titulo").helps("ao montar `content/index.md`").helps("outras páginas: 1");
}

#[test]
fn reports_errors_of_included_templates() {
    let page = ("page.html", "<p>é {% include \"components/meu.html\" %}</p>\n");
    let run = themed(&[page, ("components/meu.html", "linha\nçã {{ nada | upper }}\n")]).check().exits(1);
    run.reports("theme/render").at("themes/orange/templates/components/meu.html:2:7").helps("content/index.md");
    let run = themed(&[page]).check().exits(1);
    run.reports("theme/syntax").at("themes/orange/templates/page.html:1:17").until("1:38").says("components/meu.html");
}

#[test]
fn reports_every_missing_filter_and_parent() {
    let page = ("page.html", "é {{ page.title | nenhum }}\n{{ page.title | outro }}\n");
    let run = themed(&[page, ("flow.html", "\t{{ flow.title | nenhum }}")]).check().exits(1);
    run.reports("theme/syntax").times(3).says("`nenhum`").at("themes/orange/templates/page.html:1:19").until("1:25");
    run.reports("theme/syntax").says("`outro`").at("themes/orange/templates/page.html:2:17");
    run.reports("theme/syntax").at("themes/orange/templates/flow.html:1:18");
    let run = themed(&[("page.html", "{% extends \"nada.html\" %}")]).check().exits(1);
    run.reports("theme/syntax").at("themes/orange/templates/page.html:1:13").until("1:22").says("`page.html`");
}

#[test]
fn reports_every_mistake_of_the_configuration() {
    let config = "\
title: Teste
titel: x
base_url: nada
inputs: { a: { label: A, tipe: text, type: txt } }
calendars: { c: { weekdays: [seg], hours: ['8'], holidays: [x], timezone: Nada, dia: 1 } }
check:
  severity: { link/emtpy: note, link/empty: bad }
  coverage: { node: 1, options: x }
  max_questions: muitas
records: [x]
";
    let run = Site::new().config(config).page("index.md", PAGE).check().exits(1);
    let unknown = [("2:1", "title"), ("4:26", "type"), ("5:81", "weekdays"), ("8:15", "nodes")];
    for (place, suggestion) in unknown {
        run.reports("config/unknown-key").at(&format!("vereda.yaml:{place}")).helps(suggestion);
    }
    let mistyped = ["3:11", "4:44", "5:30", "5:44", "5:61", "5:75", "7:15", "7:45", "8:33", "9:18", "10:1"];
    for place in mistyped {
        run.reports("config/invalid-value").at(&format!("vereda.yaml:{place}")).has_severity("error");
    }
    assert_eq!(run.findings().len(), unknown.len() + mistyped.len(), "{run}");
}

#[test]
fn keeps_calendar_with_unknown_time_zone() {
    let config = "title: Teste\ncalendars: { c: { holidays: [2026-12-25], timezone: Nada } }\n";
    let rules = "  a: { rules: [{ when: { h: { within: c } }, next: fim }, { otherwise: fim }], ask: [h] }\n";
    let flow =
        format!("{rules}  fim: {{ title: Fim, result: resolved }}\ninputs: {{ h: {{ label: H, type: datetime }} }}\n");
    let run = self::flow(&flow).config(config).check().exits(1);
    run.reports("config/invalid-value").at("vereda.yaml:2:53").times(1);
    assert!(run.findings().iter().all(|finding| finding["code"] != "flow/unknown-name"), "{run}");
}

#[test]
fn reports_severities_that_are_no_map() {
    let run = Site::new().config("title: T\ncheck: { severity: [note] }\n").page("index.md", PAGE).check().exits(1);
    run.reports("config/invalid-value").at("vereda.yaml:2:10").says("`severity`").times(1);
}

#[test]
fn reports_input_that_is_declared_again() {
    let config = "title: T\ninputs:\n  a: { label: A }\n  a: { label: B }\n";
    let run = Site::new().config(config).page("index.md", PAGE).check().exits(1);
    run.reports("config/invalid-value").at("vereda.yaml:4:3").says("`a`").times(1);
}

#[test]
fn reports_unreadable_configuration_once() {
    let run = Site::new().config("title: A\nvalues: [\n").page("index.md", PAGE).check().exits(1);
    run.reports("config/syntax").times(1);
    assert_eq!(run.findings().len(), 1, "{run}");
}

#[test]
fn reports_a_root_without_content() {
    Site::new().check().exits(1).reports("page/no-content").nowhere().says("`content`");
}

#[cfg(unix)]
#[test]
fn reports_symbolic_link_that_leaves_the_root() {
    let outside = Site::empty().file("segredo.md", PAGE);
    let site = Site::new().page("index.md", PAGE);
    std::os::unix::fs::symlink(outside.path("segredo.md"), site.path("content/segredo.md")).unwrap();
    site.check().exits(1).reports("page/symlink-outside").says("content/segredo.md").times(1);
    site.build().exits(1);
    assert!(!site.path("public").exists());
}

#[test]
fn builds_a_page_of_ten_megabytes() {
    let paragraph = "Um parágrafo com **negrito**, `código` e um [link do fim](#fim).\n\n";
    let body = paragraph.repeat(10_000_000 / paragraph.len());
    let began = Instant::now();
    page(&format!("{body}## Fim\n")).build().exits(0).reports_nothing();
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

#[test]
fn reports_ten_thousand_mistakes_of_one_page_quickly() {
    let body = "Um parágrafo com um [link](nada.md) que não leva a lugar nenhum.\n\n".repeat(10_000);
    let began = Instant::now();
    let run = page(&body).check().exits(1);
    run.reports("link/missing-file").times(10_000);
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

#[test]
fn one_mistake_hides_no_other() {
    let site = Site::new()
        .config("title: A\ntema: orange\n")
        .page("index.md", "---\ntitel: A\nowner: E\n---\n\n[a](b.md)\n\n:::nota\nx\n:::\n")
        .flow("f.flow.yaml", "title: F\nowner: E\nnodes:\n  a: { title: A, next: b }\n");
    let run = site.check().exits(1).does_not_report("link/missing-anchor");
    let codes = ["config/unknown-key", "front-matter/unknown-key", "link/missing-file"];
    for code in codes.into_iter().chain(["directive/unknown", "flow/unknown-node"]) {
        run.reports(code);
    }
}

#[test]
fn a_mistake_in_an_option_is_reported_alone() {
    let site = flow(
        "  a:\n    title: A?\n    options:\n      - { id: s, label: Sim, next: b }\n      - { id: Não, label: Não, next: c }\n      \
         - { id: t, label: Talvez }\n  b: { title: B, result: resolved }\n  c: { title: C, result: pending }\n",
    );
    let run = site.check().exits(1);
    run.reports("flow/invalid-value").at("content/f.flow.yaml:8:15").times(1);
    run.reports("flow/missing-key").at("content/f.flow.yaml:9:9").times(1);
    run.does_not_report("flow/unreachable-node");
}

#[test]
fn reports_blank_texts_where_one_is_needed() {
    let flow = "\
title: '  '
owner: E
inputs:
  v: { label: '', type: text, required: false }
nodes:
  a:
    title: \"\\u200b\"
    ask: [v]
    links: [{ label: '', url: ' ' }]
    options:
      - { id: sim, label: '', next: b }
      - { id: nao, label: '{values.vazio}', next: c }
  b: { title: S, copy: [{ label: \"\\u00a0\", text: '' }], checklist: ['', { text: ' ' }], result: resolved }
  c: { title: E, result: pending }
";
    let run = Site::new()
        .config("title: T\nvalues: { vazio: '', ok: x }\n")
        .page("index.md", &format!("{FRONT_MATTER}\n:::details[]\nx\n:::\n\n:copy[] :kbd[ ]\n\n:copy[0] `:copy[]`\n"))
        .page("b.md", "---\ntitle: \"\"\nowner: E\n---\n\nx\n")
        .page("c.md", "---\n# nada\n---\n\nx\n")
        .flow("f.flow.yaml", flow)
        .check()
        .exits(1);
    run.reports("directive/syntax").times(3);
    run.reports("directive/syntax").at("content/index.md:10:1").says(":copy[]");
    run.reports("front-matter/missing-key").at("content/b.md:2:8").says("vazia").times(1);
    run.reports("front-matter/missing-key").at("content/c.md:1:1").times(1);
    for place in ["1:8", "4:15", "9:22", "9:31", "11:27", "12:27", "13:34", "13:50", "13:69", "13:81"] {
        run.reports("flow/missing-key").at(&format!("content/f.flow.yaml:{place}")).times(1);
    }
    run.reports("flow/missing-key").times(10);
    run.reports("flow/missing-title").at("content/f.flow.yaml:6:3").times(1);
    run.does_not_report("theme/render");
}

#[test]
fn reports_files_that_look_like_pages_or_flows() {
    let flow = "title: F\nowner: E\nnodes:\n  fim: { title: Fim, result: resolved }\n";
    let run = Site::new()
        .page(
            "index.md",
            &PAGE.replace("Olá.", "[a](a.MD) [b](b.markdown) [c](c.yaml) [d](d.yaml) [e](../static/e.MD)"),
        )
        .page("a.MD", PAGE)
        .page("b.markdown", PAGE)
        .page("b.mdx", PAGE)
        .page("c.yaml", flow)
        .page("C.FLOW.YAML", flow)
        .page("d.yaml", "servers:\n  nodes: [a]\n")
        .page("md", "x")
        .file("static/e.MD", PAGE)
        .check();
    let renamed = [("a.MD", "a.md"), ("b.markdown", "b.md"), ("b.mdx", "b.md"), ("c.yaml", "c.flow.yaml")];
    for (name, right) in renamed.into_iter().chain([("C.FLOW.YAML", "C.flow.yaml")]) {
        let found = run.reports("asset/looks-like-page").at(&format!("content/{name}"));
        found.has_severity("warning").helps(&format!("`{right}`")).times(1);
    }
    run.reports("asset/looks-like-page").times(5);
}

#[test]
fn suggests_the_line_without_its_comment() {
    let site = Site::new().page("index.md", "---\ntitle: Um: dois # o nome\nowner: E\n---\n\nC.\n");
    site.check().exits(1).reports("front-matter/syntax").helps("`title: 'Um: dois' # o nome`").times(1);
}

#[test]
fn suggests_the_line_with_its_indentation() {
    for (tabs, blanks) in [("\t\t", "    "), ("\t", "    ")] {
        let text = format!("title: F\nowner: E\nnodes:\n  a:\n    title: A?\n{tabs}options: []\n");
        let run = Site::new().page("index.md", PAGE).flow("f.flow.yaml", &text).check().exits(1);
        let found = run.reports("flow/syntax").at("content/f.flow.yaml:6:1");
        found.helps(&format!("`{blanks}options: []`")).times(1);
    }
    let items = "nodes:\n  a:\n    options:\n      - id: x\n\tlabel: X\n        next: a\n";
    let run = Site::new().page("index.md", PAGE).flow("f.flow.yaml", &format!("title: F\n{items}")).check().exits(1);
    run.reports("flow/syntax").at("content/f.flow.yaml:6:1").helps("`        label: X`").times(1);
}

#[test]
fn reports_a_renamed_option_once_and_no_coverage() {
    let scenarios = (0..9)
        .map(|n| format!("  - {{ name: c{n}, answers: {{ a: sim }}, outcome: b }}\n"))
        .collect::<Vec<_>>()
        .concat();
    let nodes = "  a: { title: A?, options: [{ id: agora, label: Sim, next: b }, { id: nao, label: Não, next: c }] }\n  \
                 b: { title: B, result: open }\n  c: { title: C, result: resolved }\n";
    let run = flow(&format!("{nodes}scenarios:\n{scenarios}")).check().exits(1);
    let found = run.findings();
    assert_eq!(found.len(), 1, "{found:?}");
    run.reports("scenario/unknown-name").at("content/f.flow.yaml:8:31").helps("`agora`, `nao`").times(1);
}

#[test]
fn prints_errors_before_warnings_and_notes() {
    let site = page("<b>aviso").page("z.md", &format!("{FRONT_MATTER}\n[x](nada.md)\n"));
    let shown = site.run(&["check", "--lang", "pt-BR"]).exits(1).stdout;
    let at = |word: &str| shown.find(word).unwrap_or_else(|| panic!("{word}: {shown}"));
    assert!(at("erro[link/missing-file]") < at("aviso[page/unclosed-element]"), "{shown}");
}

#[test]
fn writes_portuguese_places_and_numbers() {
    let nodes = "  a: { title: A?, options: [{ id: x, next: b }, { id: z, label: Z, next: b }] }\n  \
                 b: { title: B, result: open }\n";
    let site = flow(nodes).page("p.md", "---\nowner: E\n---\n\n| a | b |\n|---|---|\n| 1 |\n\n:::detalhes[D]\n:::\n");
    let shown = site.run(&["check", "--lang", "pt-BR"]).exits(1).stdout;
    for text in [
        "falta a chave `label` na opção",
        "falta a chave `title` no cabeçalho",
        "células desta linha: 1;",
        "`:::details`",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    let nodes = "  a: { title: A?, options: [{ id: x, label: X, next: b }, { id: z, label: Z, next: c }] }\n  \
                 b: { title: B, result: open }\n  c: { title: C, result: resolved }\n";
    let scenarios = "scenarios:\n  - { name: um, answers: { a: x }, outcome: b }\n";
    let site = flow(&format!("{nodes}{scenarios}")).config("title: T\ncheck: { coverage: { nodes: 90 } }\n");
    let shown = site.run(&["check", "--lang", "pt-BR"]).exits(1).stdout;
    assert!(shown.contains("é de 66,6 %, e vereda.yaml exige 90 %"), "{shown}");
}

#[test]
fn takes_the_first_heading_as_title() {
    let site = Site::new()
        .page("index.md", "# Olá *mundo* {#ola}\n\nTexto.\n\n## Seção\n")
        .page("a.md", "---\nowner: E\n---\n\n# Um `b` #\n\nTexto.\n")
        .page("b.md", "---\nowner: E\n---\n\nTexto.\n\n# Depois\n");
    let run = site.check().exits(1);
    run.reports("front-matter/missing-key").at("content/b.md").times(1);
    run.does_not_report("page/second-title");
    fs::remove_file(site.path("content/b.md")).unwrap();
    site.build().exits(0);
    let (home, a) = (site.output("index.html"), site.output("a/index.html"));
    assert!(home.contains("<h1>Olá mundo</h1>") && home.matches("<h1").count() == 1, "{home}");
    assert!(a.contains("<h1>Um b</h1>") && a.contains("<title>Um b"), "{a}");
}

#[test]
fn reports_pages_with_names_of_outputs() {
    let site =
        Site::new().page("index.md", PAGE).page("links.json.md", PAGE).page("sw.js.md", PAGE).page("links.md", PAGE);
    let checked = site.check().exits(1);
    checked.reports("asset/collision").times(2);
    checked.reports("asset/collision").says("`links.json`");
    checked.reports("asset/collision").says("`sw.js`");
    site.build().exits(1).reports("asset/collision").times(2);
}

#[test]
fn publishes_no_comment() {
    let site = page("Um <!-- segredo --> texto.\n\n<!-- outro\nsegredo -->\n\n<p title=\"<!-- fica -->\">x</p>");
    site.build().exits(0);
    let shown = site.output("index.html");
    assert!(!shown.contains("segredo") && shown.contains("<!-- fica -->"), "{shown}");
}

#[test]
fn notes_large_images() {
    let site = page("![a](a.png) ![b](b.png)")
        .file("content/a.png", vec![0; 1_000_001])
        .file("content/b.png", vec![0; 1_000_000])
        .file("static/video.mp4", vec![0; 2_000_000]);
    let run = site.check().exits(0);
    run.reports("asset/large-image").says("content/a.png").has_severity("note").times(1);
}
