//! `vereda import` of trees of Markdown: what readers see there is on the page, and nothing else is.
//!
//! In the fixtures, words that readers see begin with `visto`, and all others with `oculto`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use regex::Regex;

use crate::import::site;
use crate::site::Site;

fn tree(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/trees").join(name);
    path.to_string_lossy().into_owned()
}

/// The words with a beginning in a text.
fn words_in(text: &str, beginning: &str) -> BTreeSet<String> {
    let pattern = Regex::new(&format!(r"(?i){beginning}\d+")).unwrap();
    pattern.find_iter(text).map(|found| found.as_str().to_lowercase()).collect()
}

/// The texts of all files of a folder with one of the endings.
fn texts_below(folder: &str, endings: &[&str]) -> String {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let is_text =
        |entry: &walkdir::DirEntry| endings.iter().any(|ending| entry.path().to_string_lossy().ends_with(ending));
    entries.filter(is_text).map(|entry| std::fs::read_to_string(entry.path()).unwrap()).collect()
}

/// Imports a tree, builds the site, and compares the words.
fn keeps_all_words(name: &str) -> Site {
    let site = site();
    site.run(&["import", &tree(name)]).exits(0);
    site.build().exits(0);
    let source = texts_below(&tree(name), &[".md", ".mdx", ".yml", ".json", ".txt", ".py"]);
    let shown = texts_below(&site.path("public").to_string_lossy(), &[".html"]);
    let missing: Vec<_> = words_in(&source, "visto").difference(&words_in(&shown, "visto")).cloned().collect();
    assert!(!words_in(&source, "visto").is_empty());
    assert_eq!(missing, Vec::<String>::new(), "{name}");
    assert_eq!(words_in(&shown, "oculto"), BTreeSet::new(), "{name}");
    site
}

#[test]
fn imports_a_tree_of_mkdocs() {
    let site = keeps_all_words("mkdocs");
    let page = site.read("content/importado/chat/fila.md");
    for part in [
        "title: visto09\nnav_title: visto03\norder: 2\ntags: [",
        ":::warning[visto10]\nvisto11\n\n- visto12\n:::\n",
        ":::details[visto13?]{#visto13}\n1. visto14 :kbd[Ctrl+K].\n\n    **visto15**\n\n    ```yaml\n    visto16: {valor}\n    ```\n:::",
        ":::note[Example]\nvisto17\n:::",
        ":::tabs\n:::tab[visto18]\nvisto19\n:::\n:::tab[visto20]\n<div>visto21</div>\n\n:::\n:::\n",
        ":::details[visto22]{#visto22}\nvisto23\n\n:::tabs\n:::tab[visto24]\nvisto25\n:::\n:::\n:::\n",
        "visto40 incluído.",
        "![visto27](../img/foto.png)",
        "`==visto32==`",
        "\\{visto33}",
    ] {
        assert!(page.contains(part), "{part}\n---\n{page}");
    }
    let home = site.read("content/importado/index.md");
    assert!(home.contains("[visto05](chat/fila.md#prazos-úteis) e o [visto06](chat/apoio.md#visto20)"), "{home}");
    assert!(page.contains("e visto34 e visto35."), "{page}");
    assert_eq!(site.read("content/importado/chat/_section.yaml"), "title: visto02\norder: 2\n");
}

#[test]
fn imports_a_tree_of_docusaurus() {
    let site = keeps_all_words("docusaurus");
    let page = site.read("content/importado/chat/fila.md");
    for part in [
        "title: visto03\nnav_title: visto02\norder: 2\n",
        "aliases: ['/chat/fila/']",
        ":::note[visto07]\n:::tip\nvisto08\n:::\n:::\n",
        ":::tab[visto11]\nvisto12\n:::\n:::tab[visto13]\n**visto14.js**\n\n```js\nvisto15();\n```\n:::\n:::\n",
        "(titulo: visto17)",
        "[visto20](apoio.md#resumo), [visto21](apoio.md) e \\{props.visto22}",
    ] {
        assert!(page.contains(part), "{part}\n---\n{page}");
    }
    assert_eq!(site.read("content/importado/chat/_section.yaml"), "title: visto01\norder: 3\n");
}

#[test]
fn imports_a_tree_of_hugo() {
    let site = keeps_all_words("hugo");
    let page = site.read("content/importado/chat/fila/index.md");
    for part in [
        "title: visto02\nnav_title: visto03\norder: 10\naliases: ['/antigo/fila/']\n",
        ":::warning[visto04]\nvisto05\n:::\n",
        ":::tab[visto08]\nvisto09\n:::\n:::tab[visto10]\n",
        "[visto12](../apoio.md#resumo)",
        "visto13 (falta.png)",
    ] {
        assert!(page.contains(part), "{part}\n---\n{page}");
    }
    assert!(site.read("content/importado/chat/index.md").contains("title: visto01\norder: 20\n"));
}

#[test]
fn imports_a_tree_of_vitepress() {
    let site = keeps_all_words("vitepress");
    let page = site.read("content/importado/guia/fila.md");
    for part in [
        ":::details[visto05]{#visto05 open}\n",
        ":::tab[visto07\\.js]\n```js\nvisto08\n```\n:::\n",
        "```py\nprint(\"visto17\")\n```",
        "[visto11](apoio.md) e [visto12](apoio.md#visto-13)",
        "## visto14",
    ] {
        assert!(page.contains(&part.replace("\\.", ".")), "{part}\n---\n{page}");
    }
}

#[test]
fn imports_a_book_of_mdbook() {
    let site = keeps_all_words("mdbook");
    let page = site.read("content/importado/chat/fila.md");
    assert!(page.contains("order: 2\n") && page.contains("[visto04](../apoio.md#visto06)"), "{page}");
    assert!(!site.path("content/importado/SUMMARY.md").exists());
}

#[test]
fn reads_outside_of_the_source_only_where_allowed() {
    let site = site()
        .file("livro/src/SUMMARY.md", "- [A](a.md)\n")
        .file("livro/src/a.md", "# A\n\n{{#include ../../fora/b.txt}}\n")
        .file("fora/b.txt", "de fora\n");
    site.run(&["import", "livro"]).exits(0);
    assert!(!site.read("content/importado/a.md").contains("de fora"));
    site.run(&["import", "livro", "--include-root", "fora"]).exits(0);
    assert!(site.read("content/importado/a.md").contains("```txt\nde fora\n```"));
}

#[test]
fn imports_a_file_of_markdown() {
    let site = site().file("minha-pagina.md", "Texto [x](y.md) e {nome}.\n");
    site.run(&["import", "minha-pagina.md"]).exits(0);
    let page = site.read("content/importado/minha-pagina.md");
    assert_eq!(page, "---\ntitle: Minha pagina\n---\n\nTexto x e \\{nome}.\n");
}

/// A document of Word with one of each kind of block.
fn document() -> Vec<u8> {
    let line =
        |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let item = |level: u8, number: u8, text: &str| {
        line(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"), text)
    };
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", line("", text));
    let row = |cells: [String; 2]| format!("<w:tr>{}</w:tr>", cells.concat());
    let rows = [
        row([cell("", "visto07"), cell("", "visto08")]),
        row([cell("", "visto09"), cell("<w:vMerge w:val=\"restart\"/>", "visto10")]),
        row([cell("", "visto11"), cell("<w:vMerge/>", "")]),
    ];
    let body = [
        line("<w:pStyle w:val=\"Titulo1\"/>", "visto01"),
        item(0, 1, "visto02"),
        item(1, 1, "visto03"),
        item(0, 1, "visto04 *"),
        item(0, 2, "visto05"),
        line("<w:pStyle w:val=\"Titulo2\"/>", "visto06"),
        format!("<w:tbl>{}</w:tbl>", rows.concat()),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>visto12</w:t></w:r><w:hyperlink r:id=\"r1\"><w:r><w:t>visto13</w:t></w:r>\
         </w:hyperlink><w:hyperlink r:id=\"r2\"><w:r><w:t>visto14</w:t></w:r></w:hyperlink><w:del><w:r><w:delText>oculto01\
         </w:delText></w:r></w:del><w:ins><w:r><w:t>visto15</w:t></w:r></w:ins></w:p>"
            .to_owned(),
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr descr=\"visto16\"/><a:blip r:embed=\"r3\"/></wp:inline></w:drawing></w:r></w:p>"
            .to_owned(),
    ];
    let level = |at: u8, format: &str| format!("<w:lvl w:ilvl=\"{at}\"><w:numFmt w:val=\"{format}\"/></w:lvl>");
    let list = |id: u8, levels: String| format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>");
    let numbering = [
        list(0, level(0, "decimal") + &level(1, "bullet")),
        list(1, level(0, "bullet")),
        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>".to_owned(),
    ];
    let style = |id: &str, name: &str| format!("<w:style w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>");
    let relation =
        |id: &str, target: &str, mode: &str| format!("<Relationship Id=\"{id}\" Target=\"{target}\" {mode}/>");
    let relations = [
        relation("r1", "https://example.org/", "TargetMode=\"External\""),
        relation("r2", "javascript:alert(1)", "TargetMode=\"External\""),
        relation("r3", "media/Foto 1.png", ""),
    ];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("word/document.xml", format!("<w:document><w:body>{}</w:body></w:document>", body.concat())),
        (
            "word/styles.xml",
            format!("<w:styles>{}{}</w:styles>", style("Titulo1", "heading 1"), style("Titulo2", "heading 2")),
        ),
        ("word/numbering.xml", format!("<w:numbering>{}</w:numbering>", numbering.concat())),
        ("word/_rels/document.xml.rels", format!("<Relationships>{}</Relationships>", relations.concat())),
        ("word/media/Foto 1.png", "imagem".to_owned()),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn imports_a_document_of_word() {
    let site = site().file("fila.docx", document());
    site.run(&["import", "fila.docx"]).exits(0);
    let expected = "---\ntitle: visto01\n---\n\n1. visto02\n   - visto03\n2. visto04 \\*\n\n- visto05\n\n## visto06\n\n\
        | visto07 | visto08 |\n|---|---|\n| visto09 | visto10 |\n| visto11 | visto10 |\n\n\
        **visto12**[visto13](https://example.org/)visto14visto15\n\n![visto16](foto-1.png)\n";
    assert_eq!(site.read("content/importado/visto01.md"), expected);
    assert!(site.path("content/importado/foto-1.png").exists());
    assert!(site.read("import-report.md").contains("javascript:alert(1)"));
    site.build().exits(0);
}
