//! Rendering of pages: addresses, transclusions, placeholders, navigation, redirects, and the files around them.

use crate::site::{PAGE, Site};

fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nowner: E\n---\n\n{body}\n")
}

#[test]
fn includes_parts_that_are_not_published() {
    let site = Site::new()
        .page("_prazo.md", "## Prazo\n\nCinco dias. Veja [a multa](_multa.md#multa).\n")
        .page("_multa.md", "## Multa\n\nDez. Veja [o prazo](_prazo.md#prazo).\n")
        .page("r.md", "---\ntitle: R\nowner: E\ndraft: true\n---\n\nUm trecho.\n")
        .page(
            "index.md",
            "---\ntitle: T\nowner: E\n---\n\n:::include[_prazo.md]\n:::\n\n:::include[_multa.md]\n:::\n\n:::include[r.md]\n:::\n\n\
             :::include[_prazo.md]\n:::\n",
        )
        .flow("f.flow.yaml", "title: F\nowner: E\nnodes:\n  fim: { title: Fim, result: resolved, content: _prazo.md }\n");
    site.check().exits(0).does_not_report("output/missing-anchor").does_not_report("output/duplicate-id");
    site.build().exits(0);
    let (home, flow) = (site.output("index.html"), site.output("f/index.html"));
    assert_eq!(home.matches("id=\"prazo\"").count(), 1, "{home}");
    assert!(home.contains("<a href=\"#multa\">a multa</a>") && home.contains("id=\"multa\""), "{home}");
    assert!(home.contains("Um trecho.") && flow.contains("Cinco dias."), "{flow}");
    assert!(!flow.contains("id=\"prazo\"") && flow.contains("<a>a multa</a>"), "{flow}");
    for gone in ["_prazo", "_multa", "r"] {
        assert!(!site.path(&format!("public/{gone}")).exists(), "{gone}");
    }
    assert!(!site.output("sitemap.xml").contains("_prazo") && !site.output("links.json").contains("\"/_"));
}

#[test]
fn aligns_the_cells_of_a_table() {
    let table = "---\ntitle: T\nowner: E\n---\n\n| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n";
    let site = Site::new().page("index.md", table);
    site.build().exits(0);
    let page = site.output("index.html");
    let sheet = page.split('"').find(|part| part.ends_with(".css")).unwrap();
    let sheet = site.output(sheet.trim_start_matches("./"));
    for (cell, side) in [("1", "left"), ("2", "center"), ("3", "right")] {
        assert!(page.contains(&format!("<td data-align=\"{side}\">{cell}</td>")), "{page}");
        assert!(
            sheet.replace([' ', '"'], "").contains(&format!("[data-align={side}]{{text-align:{side}")),
            "{side}: {sheet}"
        );
    }
    assert!(page.contains("<td>4</td>"), "{page}");
}

#[test]
fn file_links_become_relative_routes() {
    let site = Site::new()
        .page("index.md", &page("Home", "[b](a/b.md#um) [flow](a/f.flow.yaml#fim) [img](a/x.png) [root](/a/b/)"))
        .page("a/b.md", &page("B", "## Um\n\n[up](../index.md) [self](#um) [sister](./index.md)"))
        .page("a/index.md", &page("A", "Text."))
        .flow("a/f.flow.yaml", "title: F\nowner: E\nnodes:\n  fim: { title: Fim, result: resolved }\n")
        .file("content/a/x.png", b"png");
    site.build().exits(0);
    let home = site.output("index.html");
    for href in ["a/b/#um", "a/f/#fim", "a/x.png", "a/b/"] {
        assert!(home.contains(&format!("href=\"{href}\"")), "{href}");
    }
    let inner = site.output("a/b/index.html");
    for href in ["../../", "#um", "../"] {
        assert!(inner.contains(&format!("href=\"{href}\"")), "{href}");
    }
    assert_eq!(site.output("a/x.png"), "png");
}

#[test]
fn both_forms_of_an_accent_reach_the_same_anchor() {
    let body = "## Seção\n\n[a](#seção) [b](#se%C3%A7%C3%A3o) [c](#sec\u{327}a\u{303}o)";
    Site::new().page("index.md", &page("Home", body)).build().exits(0).reports_nothing();
}

#[test]
fn transcludes_an_anchor_without_its_ids() {
    let site = Site::new()
        .page("index.md", &page("Home", ":::include[b.md#um]\n:::"))
        .page("b.md", &page("B", "1. Texto do [item](#dois). {#um}\n\n## Dois"));
    site.build().exits(0);
    let home = site.output("index.html");
    assert!(home.contains("Texto do <a href=\"b/#dois\">item</a>."), "{home}");
    assert!(!home.contains("id=\"um\""));
}

#[test]
fn reports_cycles_of_transclusions() {
    let site = Site::new()
        .page("index.md", &page("Home", ":::note[N]{#n}\n:::include[b.md#m]\n:::\n:::"))
        .page("b.md", &page("B", ":::note[M]{#m}\n:::include[index.md#n]\n:::\n:::"));
    site.check().exits(1).reports("page/transclusion-cycle").times(1);
}

#[test]
fn placeholders_show_examples_and_values() {
    let site = Site::new()
        .config("title: T\nvalues: { tel: (11) 4003 }\ninputs:\n  sessao: { label: Sessão, example: '215 531' }\n")
        .page(
            "index.md",
            &page("Home", "{values.tel} {sessao|digits} {outro} [abrir](https://x.org/{sessao|digits}) \\{sessao}"),
        );
    site.build().exits(0);
    let home = site.output("index.html");
    assert!(home.contains("<p>(11) 4003 <span class=\"placeholder\" data-input=\"sessao\" data-filter=\"digits\">215531</span> {outro}"), "{home}");
    let link = "<a role=\"link\" aria-disabled=\"true\" data-template=\"https://x.org/{sessao|digits}\">abrir</a>";
    assert!(home.contains(link) && !home.contains("https://x.org/215531"), "{home}");
    assert!(home.contains("</a> {sessao}</p>"), "{home}");
}

#[test]
fn reports_unknown_filters_of_inputs() {
    let site = Site::new()
        .config("title: T\ninputs: { sessao: { label: S } }\n")
        .page("index.md", &page("Home", "{sessao|digit} {outra|digit}"));
    site.check().exits(1).reports("directive/unknown-filter").at("content/index.md:6:1").helps("`digits`").times(1);
}

#[test]
fn old_addresses_redirect_and_collisions_are_reported() {
    let site = Site::new().page("index.md", PAGE).page("a.md", "---\ntitle: A\naliases: [/velho/a/]\n---\n\nA.\n");
    site.build().exits(0);
    let redirect = site.output("velho/a/index.html");
    assert!(redirect.contains("content=\"0; url=../../a/\""), "{redirect}");
    let site = site.page("b.md", "---\ntitle: B\naliases: [/a/]\n---\n\nB.\n");
    site.check().exits(1).reports("page/duplicate-route").at("content/b.md:3:11");
}

#[test]
fn publishes_drafts_only_with_the_flag() {
    let site = Site::new()
        .page("index.md", &page("Home", "[d](d.md)"))
        .page("d.md", "---\ntitle: D\ndraft: true\n---\n\nD.\n");
    site.check().exits(1).reports("page/links-to-draft").at("content/index.md:6:5");
    site.run(&["build", "--drafts"]).exits(0);
    assert!(site.output("d/index.html").contains("D."));
}

#[test]
fn sorts_pages_by_order_and_title() {
    let ordered = |title: &str, order: &str| format!("---\ntitle: {title}\n{order}---\n\nT.\n");
    let site = Site::new()
        .page("index.md", PAGE)
        .page("z.md", &ordered("Zebra", "order: 1\n"))
        .page("a.md", &ordered("Água", ""))
        .page("b.md", &ordered("Bola", ""));
    site.build().exits(0);
    let home = site.output("index.html");
    let at = |title: &str| home.find(&format!(">{title}<")).unwrap();
    assert!(at("Zebra") < at("Água") && at("Água") < at("Bola"), "{home}");
    assert!(site.output("z/index.html").contains("Água"));
}

#[test]
fn works_below_a_base_path() {
    let site =
        Site::new().config("title: T\nbase_url: https://x.org/docs\n").page("index.md", PAGE).page("a b.md", PAGE);
    site.build().exits(0);
    let missing = site.output("404.html");
    assert!(missing.contains("href=\"/docs/assets/theme."), "{missing}");
    let sitemap = site.output("sitemap.xml");
    assert!(
        sitemap.contains("<loc>https://x.org/docs/</loc>") && sitemap.contains("<loc>https://x.org/docs/a%20b/</loc>"),
        "{sitemap}"
    );
    assert!(!site.output("index.html").contains("/docs/assets"));
}

#[test]
fn builds_are_reproducible() {
    let make = || Site::new().page("index.md", &page("Home", "```rust\nlet x = 1;\n```\n\n:::details[D]\n[h](#)\n:::"));
    let (one, other) = (make(), make());
    one.build().exits(0);
    other.build().exits(0);
    assert_eq!(one.output("index.html"), other.output("index.html"));
    assert!(one.output("index.html").contains("<span class=\"k\">let</span>"));
}

#[test]
fn publishes_flows_as_document_json_and_svg() {
    let flow = "title: F\nowner: E\nnodes:\n  a:\n    title: Sim ou não?\n    options:\n      - { id: s, label: Sim, next: c }\n      \
                - { id: n, label: Não, next: b }\n  b: { title: Passo, next: c }\n  c: { title: Fim, result: resolved }\n";
    let site = Site::new().page("index.md", PAGE).flow("f.flow.yaml", flow);
    site.build().exits(0);
    let html = site.output("f/index.html");
    let section = |id: &str| html.find(&format!("<section class=\"node\" id=\"{id}\"")).unwrap();
    assert!(section("a") < section("b") && section("b") < section("c"), "a step stands before what it leads to");
    let json: serde_json::Value = serde_json::from_str(&site.output("f/flow.json")).unwrap();
    assert_eq!(json["order"], serde_json::json!(["a", "b", "c"]));
    assert_eq!(json["nodes"]["a"]["options"][1]["next"], "b");
    let picture = site.output("f/diagram.svg");
    assert!(picture.contains("data-node=\"b\"") && picture.contains(">Não</text>"), "{picture}");
}

#[test]
fn reports_unknown_layouts() {
    let site = Site::new().page("index.md", "---\ntitle: A\nlayout: pagee\n---\n\nA.\n");
    site.check().exits(1).reports("theme/invalid").at("content/index.md:3:9").helps("`page`");
}

#[test]
fn transcludes_to_the_last_character() {
    let config = "title: T\ninputs: { cnpj: { label: CNPJ, example: '12' } }\n";
    let body = "## Um {#um}\n\nO texto de um.\n\n## Outra\n\n:::details[Dois]{#dois}\n:::include[index.md#um]\n:::\n:::\n\n\
                - Copie {cnpj} {#copiar}\n- Rode: {#rodar}\n\n  ```sh\n  ls\n  ```\n";
    let nodes = "nodes:\n  a: { title: A, content: 'index.md#dois', next: b }\n  b: { title: B, content: 'index.md#copiar', next: c }\n  \
                 c: { title: C, content: 'index.md#rodar', result: resolved }\n";
    let flow = format!("title: F\nowner: E\ninputs: {{ cnpj: {{ label: CNPJ, example: '12' }} }}\n{nodes}")
        .replace("title: A,", "title: A, ask: [cnpj],");
    let site = Site::new().config(config).page("index.md", &page("Home", body)).flow("f.flow.yaml", &flow);
    site.build().exits(0);
    let html = site.output("f/index.html");
    assert!(html.contains("<p>O texto de um.</p>"), "{html}");
    assert!(html.contains("Copie <span class=\"placeholder\" data-input=\"cnpj\">12</span>"), "{html}");
    assert!(html.contains(">ls"), "{html}");
}

#[test]
fn page_and_flow_may_show_each_other() {
    let body = "## Um {#um}\n\nO texto.\n\n:::flow[f.flow.yaml]{view=outline}\n:::\n";
    let flow = "title: F\nowner: E\nnodes:\n  fim: { title: Fim, content: index.md, result: resolved }\n";
    let site = Site::new().page("index.md", &page("Home", body)).flow("f.flow.yaml", flow);
    site.build().exits(0).does_not_report("page/transclusion-cycle");
    assert!(site.output("f/index.html").contains("<ol class=\"flow-outline\">"));
}

#[test]
fn flow_links_have_no_address_before_a_value_is_typed() {
    let flow = "title: F\nowner: E\ninputs: { x: { label: X, type: text, example: '215531' } }\nnodes:\n  \
                p: { title: P, ask: [x], next: fim }\n  fim:\n    title: Fim\n    result: resolved\n    links:\n      \
                - { label: Um, url: 'https://x.org/{x|url}' }\n      - { label: Dois, url: 'tel:190' }\n\
                scenarios: [{ name: a, inputs: { x: '1' }, answers: {}, outcome: fim }]\n";
    let site = Site::new().page("index.md", &page("Home", "[f](f.flow.yaml)")).flow("f.flow.yaml", flow);
    site.build().exits(0);
    let html = site.output("f/index.html");
    let typed = "role=\"link\" aria-disabled=\"true\" data-template=\"https://x.org/{x|url}\"";
    assert!(html.contains(typed) && html.contains("href=\"tel:190\"") && !html.contains("x.org/215531"), "{html}");
}

#[test]
fn links_may_begin_with_a_url_input() {
    let config =
        "title: T\ninputs: { chat: { label: Chat, type: url, example: 'https://x.org/1' }, nome: { label: Nome } }\n";
    let site = Site::new().config(config).page("index.md", &page("Home", "[abrir]({chat}) [ver]({nome})"));
    site.check().exits(1).reports("link/missing-file").times(1).says("{nome}");
    let site = site.page("index.md", &page("Home", "[abrir]({chat})"));
    site.build().exits(0);
    let html = site.output("index.html");
    let link = "<a role=\"link\" aria-disabled=\"true\" data-template=\"{chat}\">abrir</a>";
    assert!(html.contains(link) && !html.contains("href=\"https://x.org/1"), "{html}");
}

#[test]
fn footnotes_of_a_transcluded_text_stand_under_it() {
    let other = page(
        "Outra",
        "## Um {#um}\n\nTexto[^1] e de novo[^1].\n\n## Dois\n\nx[^2]\n\n[^1]: Nota da outra.\n[^2]: Não.",
    );
    let home = page("Home", "Meu[^a].\n\n:::include[outra.md#um]\n:::\n\n[^a]: Minha nota.");
    let flow = "title: F\nowner: E\nnodes:\n  fim: { title: Fim, content: outra.md#um, result: resolved }\n";
    let site = Site::new().page("index.md", &home).page("outra.md", &other).flow("f.flow.yaml", flow);
    site.check().does_not_report("output/missing-anchor").does_not_report("output/duplicate-id");
    site.build().exits(0);
    let html = site.output("index.html");
    let included =
        "<section class=\"footnotes\"><ol start=\"2\">\n<li id=\"V-note-2\" value=\"2\"><p>Nota da outra.</p>";
    assert!(html.contains(included) && html.contains("<li id=\"V-note-1\"><p>Minha nota.</p>"), "{html}");
    assert!(html.contains("<a href=\"#V-note-2\" id=\"V-mark-2-2\">2</a>") && !html.contains("Não."), "{html}");
    let html = site.output("f/index.html");
    assert!(html.contains("<li id=\"V-note.fim.content-1\" value=\"1\"><p>Nota da outra.</p>"), "{html}");
}

#[test]
fn every_mark_of_a_footnote_has_a_named_way_back() {
    let site = Site::new().page("index.md", &page("Home", "Um[^a] e dois[^a].\n\n[^a]: Nota."));
    site.build().exits(0);
    let html = site.output("index.html");
    for (mark, name) in [("V-mark-1", "nota 1<"), ("V-mark-1-2", "nota 1 (2)<")] {
        let link = html.split(&format!("href=\"#{mark}\"")).nth(1).unwrap().split("</a>").next().unwrap();
        assert!(html.contains(&format!("id=\"{mark}\"")), "{html}");
        assert!(link.contains(&format!("visually-hidden\">Voltar ao texto, {name}")), "{link}");
    }
}

#[test]
fn footnote_that_includes_its_own_page_ends() {
    let a = page("A", "x[^1]\n\n[^1]: Nota.\n\n    :::include[b.md]\n    :::");
    let b = page("B", "y[^1]\n\n[^1]: Nota.\n\n    :::include[a.md]\n    :::");
    let site = Site::new().page("index.md", PAGE).page("a.md", &a).page("b.md", &b);
    site.run(&["build", "--format", "json"]);
}

#[test]
fn keeps_former_names_of_anchors_reachable() {
    let head =
        |anchors: &str| format!("---\ntitle: T\nowner: E\nanchors: {anchors}\n---\n\n## Agir {{#agir}}\n\nTexto.\n");
    let site = Site::new()
        .page("index.md", &page("Início", "[a](t.md#fazer)\n\n:::include[t.md#fazer]\n:::"))
        .page("t.md", &head("{ fazer: agir }"));
    site.check().exits(0).reports_nothing();
    site.build().exits(0);
    assert!(site.output("t/index.html").contains("<h2 id=\"agir\"><span id=\"fazer\"></span>Agir"));
    assert!(
        site.output("index.html").contains("href=\"t/#agir\"") && site.output("index.html").contains("<p>Texto.</p>")
    );
    let wrong = site.page("t.md", &head("{ agir: agr, fazer: agir }")).check().exits(1);
    wrong.reports("front-matter/invalid-value").times(2);
}

#[test]
fn includes_a_named_paragraph_and_a_named_part() {
    let part = "<div id=\"parte\">\n\num\n\n- dois\n\n</div>\n";
    let named =
        format!("---\ntitle: A\nowner: E\n---\n\nAntes.\n\n<span id=\"frase\"></span>Só isto.\n\n{part}\nDepois.\n");
    let included = "---\ntitle: B\nowner: E\n---\n\n:::include[a.md#frase]\n:::\n\n:::include[a.md#parte]\n:::\n";
    let site = Site::new().page("index.md", PAGE).page("a.md", &named).page("b.md", included);
    site.build().exits(0);
    let html = site.output("b/index.html");
    assert!(html.contains("Só isto.") && html.contains("<p>um</p>") && html.contains("<li>dois</li>"), "{html}");
    assert!(!html.contains("Antes.") && !html.contains("Depois.") && !html.contains("id=\"frase\""), "{html}");
}

#[test]
fn refuses_to_include_an_id_without_a_text() {
    let named = "---\ntitle: A\nowner: E\n---\n\n| a |\n|---|\n| <span id=\"x\"></span>b |\n";
    let included = "---\ntitle: B\nowner: E\n---\n\n:::include[a.md#x]\n:::\n";
    let site = Site::new().page("index.md", PAGE).page("a.md", named).page("b.md", included);
    site.check().exits(1).reports("link/missing-anchor").at("content/b.md:6:12");
}
