//! Navigation: folders as sections, their order, tags, and what a page shows of a large site.

use std::fmt::Write;

use crate::site::{PAGE, Site};

/// The relative growth of a page's bytes when the site doubles: longer numbers in links.
const MOST_GROWTH: f64 = 1.02;

fn page(title: &str) -> String {
    format!("---\ntitle: {title}\n---\n\nTexto.\n")
}

/// The parts of a text between two others, in order.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The titles of the header's sections.
fn sections(html: &str) -> Vec<&str> {
    let header = between(html, "<nav class=\"header-sections\"", "</nav>")[0];
    between(header.split("<details").next().unwrap(), "<a ", "</a>").into_iter().map(last_text).collect()
}

/// The titles that a list page has.
fn listed(html: &str) -> Vec<&str> {
    between(between(html, "class=\"listing\"", "</ul>")[0], "<strong>", "</strong>")
}

fn breadcrumbs(html: &str) -> Vec<&str> {
    let list = between(html, "<nav class=\"breadcrumbs\"", "</nav>")[0];
    between(list, "<a href=", "</a>").into_iter().map(last_text).collect()
}

fn last_text(part: &str) -> &str {
    part.rsplit('>').next().unwrap()
}

#[test]
fn folder_without_index_is_a_section_with_a_list() {
    let site = Site::new()
        .page("index.md", &page("Início"))
        .page("perguntas-frequentes/a.md", &page("Ah"))
        .page("perguntas-frequentes/fundo/b.md", &page("Bê"));
    site.build().exits(0).reports_nothing();
    let home = site.output("index.html");
    assert_eq!(sections(&home), ["Perguntas frequentes"]);
    let list = site.output("perguntas-frequentes/index.html");
    assert!(list.contains("<h1>Perguntas frequentes</h1>"), "{list}");
    assert_eq!(listed(&list), ["Ah", "Fundo"]);
    let deep = site.output("perguntas-frequentes/fundo/b/index.html");
    assert_eq!(breadcrumbs(&deep), ["Início", "Perguntas frequentes", "Fundo"]);
    assert!(deep.contains("<a rel=\"prev\" href=\"../\">"), "the tree orders the neighbours: {deep}");
    assert!(site.output("sitemap.xml").contains("/perguntas-frequentes/fundo/</loc>"));
}

#[test]
fn counts_only_pages_with_files() {
    let site = Site::new().page("index.md", PAGE).page("m/a.md", &page("A"));
    assert_eq!(site.check().exits(0).summary()["pages"], 2);
}

#[test]
fn link_to_a_folder_without_index_resolves() {
    let site = Site::new().page("index.md", &format!("{PAGE}\n[m](m/) [m](/m/)\n")).page("m/a.md", &page("A"));
    site.build().exits(0).reports_nothing();
    assert!(site.output("index.html").contains("<a href=\"m/\">m</a>"));
    let site = Site::new().page("index.md", &format!("{PAGE}\n[m](m/index.md)\n")).page("m/a.md", &page("A"));
    site.check().exits(1).reports("link/missing-file");
}

#[test]
fn readme_is_the_index_of_a_folder_without_one() {
    let site = Site::new()
        .page("index.md", &format!("{PAGE}\n[a](a/) [b](b/README.md) [a](a/README.md)\n"))
        .page("a/README.md", &page("Leia A"))
        .page("a/x.md", &page("X"))
        .page("b/index.md", &page("B"))
        .page("b/README.md", &page("Leia B"));
    site.build().exits(0).reports_nothing();
    assert!(site.output("a/index.html").contains("<h1>Leia A</h1>"));
    assert!(site.output("b/index.html").contains("<h1>B</h1>"));
    assert!(site.output("b/README/index.html").contains("<h1>Leia B</h1>"));
    let home = site.output("index.html");
    assert!(home.contains("<a href=\"a/\">a</a> <a href=\"b/README/\">b</a> <a href=\"a/\">a</a>"), "{home}");
}

#[test]
fn readme_can_be_the_home_page() {
    let site = Site::new().page("README.md", &page("Leia")).page("a.md", &page("A"));
    site.build().exits(0).reports_nothing();
    assert!(site.output("index.html").contains("<h1>Leia</h1>"));
}

#[test]
fn sections_are_in_natural_order() {
    let mut site = Site::new().page("index.md", PAGE);
    for (file, title) in [("a", "Seção 10"), ("b", "secao 2"), ("c", "Água"), ("d", "Zebra"), ("e", "abelha")] {
        site = site.page(&format!("{file}.md"), &page(title));
    }
    let site = site.page("f.md", "---\ntitle: Último\norder: 1\n---\n\nTexto.\n");
    site.build().exits(0);
    assert_eq!(sections(&site.output("index.html")), ["Último", "abelha", "Água", "secao 2", "Seção 10", "Zebra"]);
}

#[test]
fn section_file_gives_title_order_and_children() {
    let flow = "title: Fluxo\nowner: E\nnodes:\n  fim: { title: Fim, result: resolved }\n";
    let site = Site::new()
        .page("index.md", PAGE)
        .page("a.md", &page("A"))
        .page("m/_section.yaml", "title: Financeiro\norder: 1\nchildren: [z, f.flow.yaml, sub/]\n")
        .page("m/b.md", &page("B"))
        .page("m/z.md", &page("Z"))
        .page("m/sub/c.md", &page("C"))
        .flow("m/f.flow.yaml", flow);
    site.build().exits(0).does_not_report("section/unknown-child");
    assert_eq!(sections(&site.output("index.html")), ["Financeiro", "A"]);
    assert_eq!(listed(&site.output("m/index.html")), ["Z", "Fluxo", "Sub", "B"]);
    assert!(!site.path("public/m/_section.yaml").exists(), "the settings are not published");
}

#[test]
fn children_order_a_folder_with_a_page_and_the_root() {
    let site = Site::new()
        .page("_section.yaml", "children: [m, a]\n")
        .page("index.md", PAGE)
        .page("a.md", &page("A"))
        .page("m/index.md", &page("M"))
        .page("m/_section.yaml", "children: [c, b]\n")
        .page("m/b.md", &page("B"))
        .page("m/c.md", &page("C"));
    site.build().exits(0).reports_nothing();
    assert_eq!(sections(&site.output("index.html")), ["M", "A"]);
    let list = site.output("m/index.html");
    assert_eq!(between(&list, "<strong>", "</strong>")[..2], ["C", "B"]);
}

#[test]
fn generated_list_gives_way_to_what_editors_wrote() {
    let site = Site::new()
        .page("index.md", PAGE)
        .page("m.md", &page("Página M"))
        .page("m/a.md", &page("A"))
        .page("n/a.md", "---\ntitle: Ene\naliases: [/n/]\n---\n\nTexto.\n")
        .page("o/a.md", &page("O"))
        .file("content/o/index.html", "<!doctype html><title>Cópia</title>");
    site.build().exits(0).reports_nothing();
    assert!(site.output("m/index.html").contains("<h1>Página M</h1>"));
    assert!(site.output("n/index.html").contains("refresh"));
    assert!(site.output("o/index.html").contains("Cópia"));
}

#[test]
fn reports_files_that_look_like_settings_of_a_folder() {
    let site = Site::new().page("index.md", PAGE).page("m/a.md", &page("A"));
    let site =
        site.page("m/_section.yml", "title: M\n").page("m/_category_.json", "{}").page("m/section.yaml", "a: 1\n");
    let run = site.check().exits(0);
    run.reports("asset/looks-like-page").at("content/m/_section.yml").helps("`_section.yaml`").times(1);
    run.reports("asset/looks-like-page").times(2);
}

#[test]
fn draft_does_not_make_a_section() {
    let site = Site::new()
        .page("index.md", PAGE)
        .page("m/a.md", "---\ntitle: A\ndraft: true\n---\n\nTexto.\n")
        .page("m/_section.yaml", "children: [a]\n");
    site.build().exits(0).reports_nothing();
    assert!(!site.path("public/m").exists());
}

#[test]
fn tags_have_pages() {
    let tagged = |title: &str, tags: &str| format!("---\ntitle: {title}\ntags: [{tags}]\n---\n\nTexto.\n");
    let site = Site::new()
        .page("index.md", PAGE)
        .page("a.md", &tagged("Item 10", "Zendesk, Dúvidas"))
        .page("b.md", &tagged("Item 2", "zendesk, Zendesk"))
        .page("c/assuntos.md", &tagged("C", "dúvidas"));
    site.build().exits(0).reports_nothing();
    let tag = site.output("assuntos/zendesk/index.html");
    assert!(tag.contains("<h1>Zendesk</h1>"), "the more frequent spelling: {tag}");
    assert_eq!(listed(&tag), ["Item 2", "Item 10"]);
    assert_eq!(breadcrumbs(&tag), ["Início", "Assuntos"]);
    assert!(!tag.contains("rel=\"prev\""), "it has no place in the tree");
    assert_eq!(listed(&site.output("assuntos/index.html")), ["Dúvidas", "Zendesk"]);
    assert!(site.output("a/index.html").contains("<a href=\"../assuntos/zendesk/\">Zendesk</a>"));
    assert_eq!(sections(&site.output("index.html")), ["C", "Item 2", "Item 10"]);
}

#[test]
fn page_of_the_editors_replaces_that_of_a_tag() {
    let site = Site::new()
        .page("index.md", "---\ntitle: Início\ntags: [x]\n---\n\nTexto.\n")
        .page("assuntos/x.md", &page("Escrita à mão"));
    site.build().exits(0).reports_nothing();
    assert!(site.output("assuntos/x/index.html").contains("<h1>Escrita à mão</h1>"));
    assert!(site.output("index.html").contains("<a href=\"assuntos/x/\">x</a>"));
}

#[test]
fn header_has_seven_sections_and_the_rest_behind_more() {
    let many = |count: usize| {
        (0..count).fold(Site::new().page("index.md", PAGE), |site, index| {
            site.page(&format!("s{index:02}/a.md"), &page(&format!("A{index}")))
        })
    };
    let site = many(40);
    site.build().exits(0);
    let last = site.output("s39/a/index.html");
    assert_eq!(sections(&last).len(), 7);
    let more = between(&last, "<details class=\"header-more\"", "</details>")[0];
    assert!(more.contains("aria-current=\"true\">S39</a>"), "the current section is always there: {more}");
    assert!(more.contains("#V-children\">Ver tudo (40)</a>"), "{more}");
    assert_eq!(listed(&site.output("index.html")).len(), 40);
    let site = many(2);
    site.build().exits(0);
    assert!(!site.output("index.html").contains("header-more"));
}

#[test]
fn sidebar_is_a_setting() {
    let site = |setting: &str| {
        let site = Site::new().config(&format!("title: T\n{setting}"));
        let site = site.page("index.md", PAGE).page("m/a.md", &page("A"));
        site.build().exits(0).reports_nothing();
        let column = |html: &str| between(html, "data-column=\"", "\"").first().map(|word| (*word).to_owned());
        [column(&site.output("index.html")), column(&site.output("m/a/index.html"))]
    };
    let word = |word: &str| Some(word.to_owned());
    assert_eq!(site(""), [None, word("section")]);
    assert_eq!(site("sidebar: hidden\n"), [None, None]);
    assert_eq!(site("sidebar: full\n"), [word("full"), word("full")]);
    let site = Site::new().config("title: T\nsidebar: hiden\n").page("index.md", PAGE);
    site.check().exits(1).reports("config/invalid-value").helps("hidden");
}

/// The bytes of pages, by path, of a site with some folders of some pages.
fn page_sizes(folders: usize, pages: usize, paths: &[&str]) -> Vec<usize> {
    let mut site = Site::new().page("index.md", PAGE);
    for folder in 0..folders {
        for index in 0..pages {
            site = site.page(&format!("secao-{folder:03}/pagina-{index:04}.md"), &page(&format!("Página {index}")));
        }
    }
    site.build().exits(0).reports_nothing();
    paths.iter().map(|path| site.output(&format!("{path}/index.html")).len()).collect()
}

#[track_caller]
fn assert_equal_sizes(one: &[usize], two: &[usize]) {
    for (one, two) in one.iter().zip(two) {
        #[expect(clippy::cast_precision_loss, reason = "a ratio of bytes")]
        let growth = *two as f64 / *one as f64;
        assert!(growth < MOST_GROWTH, "{one} → {two}");
    }
}

#[test]
fn page_does_not_grow_with_the_number_of_sections() {
    let paths = ["secao-000/pagina-0001", "secao-039/pagina-0000"];
    assert_equal_sizes(&page_sizes(40, 2, &paths), &page_sizes(80, 2, &paths));
}

#[test]
fn page_does_not_grow_with_its_folder() {
    let paths = ["secao-000/pagina-0000", "secao-000/pagina-0050", "secao-000/pagina-0099"];
    assert_equal_sizes(&page_sizes(1, 100, &paths), &page_sizes(1, 200, &paths));
}

#[test]
fn tree_shows_ancestors_siblings_and_children_alone() {
    let mut site = Site::new().page("index.md", PAGE);
    for path in ["a/x/1", "a/x/2", "a/y/3", "b/z/4"] {
        site = site.page(&format!("{path}.md"), &page(&path.replace('/', "-")));
    }
    site.build().exits(0);
    let tree = |path: &str| {
        let html = site.output(&format!("{path}/index.html"));
        let tree = between(&html, "<nav class=\"pages\"", "</nav>")[0].to_owned();
        let mut titles = String::new();
        for link in between(&tree, "<a ", "</a>") {
            write!(titles, "{} ", last_text(link)).unwrap();
        }
        titles
    };
    assert_eq!(tree("a/x/1"), "A X a-x-1 a-x-2 Y B ");
    assert_eq!(tree("a"), "A X Y B ");
    assert_eq!(tree("b/z"), "A B Z b-z-4 ");
}

#[test]
fn contents_list_steps_and_details_where_headings_are_few() {
    let text = "---\ntitle: T\n---\n\n:::steps\n1. Confira o **campo** A; depois siga.\n2. Feche. {#fechar}\n:::\n\n\
                ## Dúvidas\n\n:::details[Prazo `x`]\nTexto.\n:::\n";
    let site = Site::new().page("index.md", PAGE).page("a.md", text).page(
        "b.md",
        &format!(
            "{}\n{}",
            text.replace("title: T", "title: U"),
            (0..5).fold(String::new(), |all, index| all + &format!("## H{index}\n\nTexto.\n\n"))
        ),
    );
    site.build().exits(0).reports_nothing();
    let contents = |path: &str| {
        let html = site.output(path);
        let nav = between(&html, "<nav class=\"contents\"", "</nav>")[0].to_owned();
        between(&nav, "<a href=\"", "</a>").into_iter().map(|link| link.replace("\">", " ")).collect::<Vec<_>>()
    };
    assert_eq!(
        contents("a/index.html"),
        ["#V-part-1 1. Confira o campo A", "#fechar 2. Feche", "#dúvidas Dúvidas", "#V-part-3 Prazo x"]
    );
    assert_eq!(contents("b/index.html")[..2], ["#dúvidas Dúvidas", "#V-part-3 Prazo x"]);
}
