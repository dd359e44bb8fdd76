//! Check of published files: a fixture of broken links, and small sites with a broken theme or broken files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::site::{PAGE, Site};

/// ` <!-- error[area/name] "text" -->`, in a style sheet between `/*` and `*/`.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:<!--|/\*) (error|warning|note)\[([a-z/-]+)\](?: "(.*?)")? (?:-->|\*/)"#).unwrap()
});

fn fixture() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/links/html")
}

/// `file:line severity[code]` and the text pointed at, where the mark gives one.
fn expected(folder: &Path) -> Vec<(String, Option<String>)> {
    let mut marks = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
        for (index, line) in text.lines().enumerate() {
            for mark in MARK.captures_iter(line) {
                let place = format!("{name}:{} {}[{}]", index + 1, &mark[1], &mark[2]);
                marks.push((place, mark.get(3).map(|text| text.as_str().to_owned())));
            }
        }
    }
    marks
}

#[test]
fn reports_every_broken_link_of_the_fixture() {
    let folder = fixture();
    let arguments = ["check", "--html", folder.to_str().unwrap(), "--base-url", "https://exemplo.org/docs/"];
    let run = Site::empty().run(&[&arguments[..], &["--format", "json"]].concat()).exits(1);
    let mut marks = expected(&folder);
    let mut faults = Vec::new();
    for finding in run.findings() {
        let (file, line) = (finding["file"].as_str().unwrap(), finding["line"].as_u64().unwrap());
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let column = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap() - 1;
        let written = text.lines().nth(usize::try_from(line).unwrap() - 1).unwrap().chars();
        let pointed: String = written.skip(column("column")).take(column("end_column") - column("column")).collect();
        let place =
            format!("{file}:{line} {}[{}]", finding["severity"].as_str().unwrap(), finding["code"].as_str().unwrap());
        let is_it = |(mark, text): &(String, Option<String>)| {
            *mark == place && text.as_ref().is_none_or(|text| *text == pointed)
        };
        match marks.iter().position(is_it) {
            Some(index) => drop(marks.swap_remove(index)),
            None => faults.push(format!("not expected: {place} {pointed:?}: {}", finding["message"])),
        }
    }
    faults.extend(marks.iter().map(|mark| format!("not reported: {mark:?}")));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn counts_the_pages_and_links_of_a_folder() {
    let site = Site::empty().file("x/index.html", "<a href='b'></a><a href='#a' id=a></a>").file("x/b.html", "");
    let run = site.run(&["check", "--html", "x", "--format", "json"]).exits(0).reports_nothing();
    assert_eq!((run.summary()["pages"].as_u64(), run.summary()["links"].as_u64()), (Some(2), Some(2)));
}

#[test]
fn understands_addresses_below_the_canonical_base() {
    let home =
        |canonical: &str| format!("<link rel=canonical href='{canonical}'><a href='/pt/a/'></a><a href='/pt/b/'></a>");
    for canonical in ["https://exemplo.org/pt/", "https://exemplo.org/pt/index.html"] {
        let site = Site::empty().file("x/index.html", home(canonical)).file("x/a/index.html", "");
        site.run(&["check", "--html", "x", "--format", "json"])
            .reports("output/missing-file")
            .times(1)
            .says("`/pt/b/`");
    }
    let site = Site::empty().file("x/index.html", home("https://exemplo.org/pt/")).file("x/a/index.html", "");
    let run = site.run(&["check", "--html", "x", "--base-url", "https://exemplo.org/", "--format", "json"]);
    run.reports("output/missing-file").times(3);
}

#[test]
fn reports_fragments_with_decomposed_accents() {
    let page =
        "<p id='seção'></p><a href='#sec\u{327}a\u{303}o'></a><a href='#se%C3%A7%C3%A3o'></a><a href='#seção'></a>";
    let run = Site::empty().file("x/index.html", page).run(&["check", "--html", "x", "--format", "json"]);
    run.reports("output/missing-anchor").times(1);
}

#[test]
fn reports_text_fragments_without_their_text() {
    let target = "<title>Prazos</title><h1>Prazo de <b>5</b> dias</h1><p>Antes &amp; depois</p><script>'oculto'</script>\
                  <ul><li>Um<li>Dois</ul>";
    let silent = ["prazo%20de%205%20dias", "ANTES%20%26%20depois", "um,dois", "x-,Antes,-y", "prazos"];
    let reported = ["oculto", "prazo%20de%206", "UmDois"];
    let link = |text: &&str| ["<a href='b.html#:~:text=", text, "'></a>"].concat();
    let links = |texts: &[&str]| texts.iter().map(link).collect::<String>();
    let site = |texts: &[&str]| Site::empty().file("x/index.html", links(texts)).file("x/b.html", target);
    site(&silent).run(&["check", "--html", "x", "--format", "json"]).exits(0).reports_nothing();
    let run = site(&reported).run(&["check", "--html", "x", "--format", "json"]);
    run.reports("link/missing-text").times(reported.len());
}

#[test]
fn exits_with_2_for_a_missing_folder() {
    Site::empty().run(&["check", "--html", "nada"]).exits(2);
}

#[test]
fn reports_links_that_a_theme_breaks() {
    let layout = "{% extends \"base.html\" %}{% block main %}<img src=\"sumiu.png\" alt=\"\"><label for=\"x\">x</label>{% endblock %}";
    let site = Site::new().page("index.md", PAGE).file("themes/orange/templates/page.html", layout);
    let run = site.check().exits(1);
    run.reports("output/missing-file").says("sumiu.png").at("public/index.html").helps("content/index.md").times(1);
    run.reports("output/missing-id").has_severity("warning").times(1);
    site.build().exits(0);
}

#[test]
fn reports_a_fault_of_every_page_once() {
    let layout = "{% extends \"base.html\" %}{% block main %}<img src=\"sumiu.png\" alt=\"\"><a href=\"/sumiu/\">x</a>{% endblock %}";
    let site = Site::new().page("index.md", PAGE).file("themes/orange/templates/page.html", layout);
    let site = (0..20).fold(site, |site, index| site.page(&format!("p{index}.md"), PAGE));
    let run = site.check().exits(1);
    run.reports("output/missing-file").says("`/sumiu/`").helps("20").times(1);
}

#[test]
fn reports_broken_links_of_copied_html_and_css() {
    let site = Site::new()
        .page("index.md", &format!("{PAGE}\n[ferramenta](/ferramenta/index.html)\n"))
        .file(
            "static/ferramenta/index.html",
            "<link rel=stylesheet href=a.css>\n<script src='a.js'></script>\n<a href='../'>x</a>",
        )
        .file("static/ferramenta/a.css", "p { background: url(\"x.png\") }\n");
    let run = site.check().exits(1);
    run.reports("output/missing-file").at("static/ferramenta/index.html:2:14").says("a.js").times(1);
    run.reports("output/missing-file").at("static/ferramenta/a.css:1:22").times(1);
}

#[test]
fn reports_unused_files() {
    let site = Site::new()
        .page(
            "index.md",
            &format!("{PAGE}\n![Tela](/usada.png) <img src=\"/duas.png\" srcset=\"/duas.png 2x\" alt=\"\">\n"),
        )
        .file("static/usada.png", "x")
        .file("static/duas.png", "x")
        .file("static/esquecida.png", "x")
        .file("static/do-programa.png", "x")
        .file("static/do-estilo.png", "x")
        .file("static/favicon.png", "x")
        .file("static/.well-known/x.pdf", "x")
        .file("static/robots.txt", "x")
        .file("static/a.js", "const a = 'do-' + 'programa.png', b = 'img/do-programa.png';")
        .file("static/a.css", "p { background: url(do-estilo.png) }")
        .file("content/pasta/planilha.xlsx", "x");
    let run = site.check().exits(0);
    run.reports("asset/unused").says("static/esquecida.png").has_severity("note").times(1);
    run.reports("asset/unused").says("content/pasta/planilha.xlsx");
    run.reports("asset/unused").times(2);
}

#[test]
fn does_not_repeat_diagnostics_of_the_source() {
    let page = format!("{PAGE}\n[nada]() [sumiu](nada.md)\n\n<p id=\"a\">x</p>\n\n<p id=\"a\">x</p>\n");
    let config = "title: T\ncheck:\n  severity: { link/missing-file: warning, page/duplicate-id: warning }\n";
    let run = Site::new().config(config).page("index.md", &page).check().exits(0);
    assert!(run.findings().iter().all(|finding| !finding["code"].as_str().unwrap().starts_with("output/")), "{run}");
    run.reports("page/duplicate-id").times(1);
}

#[test]
fn resolves_links_in_raw_html() {
    let page = format!(
        "{PAGE}\n<a class=x href=\"pasta/b.md#t\" title='y'>b</a> <img srcset=\"/a.png 2x\" src=/a.png alt=\"\">\n"
    );
    let site = Site::new().page("index.md", &page).file("static/a.png", "x");
    let site = site
        .page("pasta/b.md", "---\ntitle: B\n---\n\n## T\n\n[a](../index.md#:~:text=Ol%C3%A1) [b](../index.md#top)\n");
    site.build().exits(0);
    let home = site.output("index.html");
    assert!(home.contains("<a class=x href=\"pasta/b/#t\" title='y'>b</a>"), "{home}");
    assert!(home.contains("<img srcset=\"a.png 2x\" src=\"a.png\" alt=\"\">"), "{home}");
    let inner = site.output("pasta/b/index.html");
    assert!(inner.contains("<a href=\"../../#:~:text=Ol%C3%A1\">a</a> <a href=\"../../#top\">b</a>"), "{inner}");
    site.check().exits(0).reports_nothing();
}

#[test]
fn suggests_the_published_path_of_a_copied_file() {
    let site =
        Site::new().page("index.md", &format!("{PAGE}\n![Tela](../static/img/a.png)\n")).file("static/img/a.png", "x");
    site.check().exits(1).reports("link/outside-root").helps("/img/a.png");
}

#[test]
fn reports_paths_that_differ_in_case_only() {
    let site = Site::new().page("index.md", PAGE).file("static/Logo.png", "x").file("static/logo.png", "x");
    site.check().exits(1).reports("asset/collision").says("`Logo.png`").times(1);
}

#[test]
fn junit_lists_every_file_of_a_folder() {
    let site = Site::empty()
        .file("x/index.html", "<a href='b.html'></a><a href='c.html'></a>")
        .file("x/b.html", "<a href='sumiu.html'></a>")
        .file("x/c.html", "")
        .file("x/s/e.css", "a { color: red }")
        .file("x/foto.png", "png");
    let run = site.run(&["check", "--html", "x", "--format", "junit"]).exits(1);
    let document = roxmltree::Document::parse(&run.stdout).unwrap();
    let cases: Vec<_> = document.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    let names: Vec<_> = cases.iter().map(|case| case.attribute("name").unwrap()).collect();
    assert_eq!(names, ["b.html", "c.html", "index.html", "s/e.css"], "{run}");
    let failing: Vec<_> =
        cases.iter().filter(|case| case.children().any(|child| child.has_tag_name("failure"))).collect();
    assert_eq!(failing.len(), 1, "{run}");
    assert_eq!(failing[0].attribute("name"), Some("b.html"), "{run}");
    let clean = site.file("x/sumiu.html", "");
    clean.run(&["check", "--html", "x", "--format", "junit"]).exits(0).prints("tests=\"5\" failures=\"0\"");
}

#[test]
fn reports_a_missing_home_page() {
    let site = Site::new().page("a.md", PAGE);
    site.check()
        .exits(0)
        .reports("page/no-home")
        .nowhere()
        .has_severity("warning")
        .helps("`content/index.md`")
        .times(1);
    site.run(&["build", "--strict"]).exits(1);
    Site::new().page("a.md", PAGE).page("index.md", PAGE).check().does_not_report("page/no-home");
    let flow = "title: F\nowner: E\nnodes:\n  fim: { title: Fim, result: open }\n";
    Site::new().flow("index.flow.yaml", flow).check().does_not_report("page/no-home");
    Site::new().page("a.md", PAGE).file("static/index.html", "<p>").check().does_not_report("page/no-home");
    let draft = Site::new().page("a.md", PAGE).page("index.md", &PAGE.replace("owner", "draft: true\nowner"));
    draft.check().reports("page/no-home");
    Site::new().file("content/a.txt", "a").check().does_not_report("page/no-home");
}
