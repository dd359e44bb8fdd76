//! `vereda import` of HTML: the export of a space of Confluence, and articles of Zendesk Guide.

use crate::import::site;

/// A page of the export.
fn page(title: &str, body: &str, attachments: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Central : {title}</title></head><body><h1 id=\"title-heading\"><span \
         id=\"title-text\"> Central : {title} </span></h1><div id=\"content\"><div id=\"main-content\" class=\"wiki-content\
         \">{body}</div><div class=\"pageSection\"><div class=\"greybox\">{attachments}</div></div></div></body></html>"
    )
}

const INDEX: &str = "<html><head><title>CEN (Central)</title></head><body><span id=\"title-text\">Space Details:</span>\
                     <div id=\"main-content\"></div><ul><li><a href=\"11.html\">Fila</a><ul><li><a href=\"Prazo_12.html\">\
                     Prazo</a></li><li><a href=\"13.html\">Apoio</a></li></ul></li></ul></body></html>";

const FILA: &str = "<style>.x{}</style><h2 id=\"Fila-Aviso\">Aviso</h2><div class=\"confluence-information-macro \
     confluence-information-macro-tip\"><p class=\"title\">Antes</p><span class=\"aui-icon\">oculto</span><div \
     class=\"confluence-information-macro-body\"><p>Confira <a href=\"Prazo_12.html#Prazo-Dias\">os dias</a>.</p></div></div>\
     <div class=\"expand-container\"><div class=\"expand-control\"><span class=\"expand-control-text\">E se abandonar?\
     </span></div><div class=\"expand-content\"><p>Use <span class=\"status-macro\">ABERTO</span>.</p></div></div>\
     <div class=\"code panel\"><div class=\"codeHeader\"><b>Log</b></div><div class=\"codeContent\"><pre \
     data-syntaxhighlighter-params=\"brush: bash; gutter: false\">echo &lt;a&gt;</pre></div></div><ul class=\"inline-task-list\
     \"><li>Revisar com <a class=\"confluence-userlink\" href=\"#\">Bia</a></li><li class=\"checked\">Publicar</li></ul><p><img \
     alt=\"Tela\" src=\"attachments/11/21.png\"> <img class=\"emoticon\" data-emoticon-name=\"tick\" src=\"x.png\"><a \
     href=\"attachments/11/22.pdf\">o modelo</a>, <a href=\"99.html\">outra</a></p><table><tr><th>A<th>B<tr><td>1<td>2</table>";

const FILES: &str = "<a href=\"attachments/11/21.png\">Tela da fila.png</a> (image/png)<br/><a \
                     href=\"attachments/11/22.pdf\">modelo (1).pdf</a>";

#[test]
fn imports_the_html_export_of_a_space() {
    let site = site()
        .file("html/index.html", INDEX)
        .file("html/11.html", page("Fila", FILA, FILES))
        .file("html/Prazo_12.html", page("Prazo", "<h1 id=\"Prazo-Dias\">Dias</h1><p>Cinco.</p>", ""))
        .file("html/13.html", page("Apoio", "<p>Ramal.</p>", ""))
        .file("html/attachments/11/21.png", "png")
        .file("html/attachments/11/22.pdf", "pdf");
    site.run(&["import", "html"]).exits(0);
    let expected = "---\ntitle: Fila\norder: 1\n---\n\n## Aviso\n\n:::tip[Antes]\nConfira [os dias](prazo.md#dias).\n:::\n\n\
                    :::details[E se abandonar?]{#e-se-abandonar}\nUse **ABERTO**.\n:::\n\n**Log**\n\n```bash\necho <a>\n```\n\n\
                    - [ ] Revisar com Bia\n- [x] Publicar\n\n![Tela](tela-da-fila.png) ✔[o modelo](modelo-1.pdf), outra\n\n\
                    | A | B |\n|---|---|\n| 1 | 2 |\n";
    assert_eq!(site.read("content/importado/fila/index.md"), expected);
    assert!(site.read("content/importado/fila/prazo.md").contains("title: Prazo\norder: 1\n"));
    assert!(site.read("content/importado/fila/apoio.md").contains("title: Apoio\norder: 2\n"));
    assert!(!site.read("import-report.md").contains("âncora"));
    site.check().exits(0);
}

const ARTICLES: &str = r##"{"articles":[
{"id":1,"title":"Fila","section_id":11,"position":2,"draft":false,"label_names":["fila"],
 "body":"<p class=\"callout\">Atenção</p><h2 id=\"h_01\">Prazos</h2><h2 id=\"h_02\">Outros</h2><p><a href=\"https://c.example/hc/pt-br/articles/2-Apoio#h_09\">Apoio</a> <a href=\"#h_01\">prazos</a> <a href=\"https://c.example/hc/pt-br/articles/3\">fora</a></p><div class=\"accordion__item\"><div class=\"accordion__item-title\">E agora?</div><div class=\"accordion__item-content\"><p>Sim.</p></div></div><p><img src=\"https://c.example/hc/article_attachments/5\" alt=\"Tela\"></p>"},
{"id":2,"title":"Apoio","section_id":11,"position":1,"draft":false,"body":"<h3 id=\"h_09\">Ramal</h3><p>0000</p>"},
{"id":4,"title":"Rascunho","section_id":11,"position":3,"draft":true,"body":"<p>x</p>"}],
"sections":[{"id":11,"name":"Chat","category_id":7,"position":1}],"categories":[{"id":7,"name":"Atendimento","position":1}]}"##;

#[test]
fn imports_articles_of_zendesk_guide() {
    let site = site().file("artigos.json", ARTICLES);
    site.run(&["import", "artigos.json"]).exits(0);
    let folder = "content/importado/atendimento/chat";
    let fila = site.read(&format!("{folder}/fila.md"));
    let start =
        "---\ntitle: Fila\norder: 2\ntags: [fila]\n---\n\n:::note\nAtenção\n:::\n\n## Prazos {#h-01}\n\n## Outros\n\n";
    assert!(fila.starts_with(start), "{fila}");
    let links = "[Apoio](apoio.md#h-09) [prazos](#h-01) [fora](https://c.example/hc/pt-br/articles/3)";
    assert!(fila.contains(links) && fila.contains(":::details[E agora?]{#e-agora}\nSim.\n:::"), "{fila}");
    assert!(fila.contains(":::caution[Pendente para a edição]") && fila.contains("Tela"), "{fila}");
    assert!(site.read(&format!("{folder}/rascunho.md")).contains("draft: true"));
    assert!(site.read(&format!("{folder}/index.md")).contains("title: Chat"));
    site.check().exits(0);
}

#[test]
fn does_not_take_other_json_and_html_for_a_source() {
    let site = site()
        .file("a/artigos.json", "{\"articles\": [{\"title\": \"x\"}]}")
        .file("b/index.html", "<p id=\"main-content\">x</p>");
    for source in ["a", "b"] {
        site.run(&["import", source]).exits(2);
    }
}
