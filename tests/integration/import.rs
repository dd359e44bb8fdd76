//! `vereda import`: pages of Confluence, alone and in the export of a space.

use std::collections::BTreeMap;
use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::site::{PAGE, Run, Site};

/// A page in storage format with every construct of the team's own pages.
pub(crate) const STORAGE: &str = include_str!("../fixtures/import/auditoria-do-chat.xml");

/// A small picture.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc`\xf8\xcf\xc0\0\0\x03\x01\x01\0\x18\xdd\x8d\xb0\0\0\0\0IEND\xaeB`\x82";

const WIKI: &str = "https://wiki.exemplo.example";

pub(crate) fn site() -> Site {
    Site::new().page("index.md", PAGE)
}

/// Objects of an export.
#[derive(Default)]
pub(crate) struct Space {
    objects: String,
    files: Vec<(String, Vec<u8>)>,
}

/// How a page of an export differs from a current one in storage format.
#[derive(Clone, Copy, Default)]
pub(crate) struct PageOptions<'t> {
    parent: Option<u32>,
    position: Option<u32>,
    status: Option<&'t str>,
    original: Option<u32>,
    body_type: Option<u32>,
    class: Option<&'t str>,
}

fn cdata(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", "]] >"))
}

fn property(name: &str, value: &str) -> String {
    format!("<property name=\"{name}\">{value}</property>\n")
}

fn reference(name: &str, class: &str, id: u32) -> String {
    format!("<property name=\"{name}\" class=\"{class}\"><id name=\"id\">{id}</id>\n</property>\n")
}

impl Space {
    pub(crate) fn object(mut self, class: &str, id: u32, properties: &[String]) -> Self {
        let properties = properties.concat();
        let object = format!("<object class=\"{class}\">\n<id name=\"id\">{id}</id>\n{properties}</object>\n");
        self.objects.push_str(&object);
        self
    }

    pub(crate) fn page(self, id: u32, title: &str, body: Option<&str>, options: PageOptions<'_>) -> Self {
        let mut properties = vec![
            property("title", &cdata(title)),
            property("contentStatus", &cdata(options.status.unwrap_or("current"))),
            property("creationDate", "2024-05-03 10:00:00.000"),
            property("position", &options.position.map(|position| position.to_string()).unwrap_or_default()),
        ];
        properties.extend(options.parent.map(|parent| reference("parent", "Page", parent)));
        properties.extend(options.original.map(|original| reference("originalVersion", "Page", original)));
        properties.extend(options.original.is_none().then(|| reference("space", "Space", 1)));
        let page = self.object(options.class.unwrap_or("Page"), id, &properties);
        let Some(body) = body else { return page };
        let body_type = options.body_type.unwrap_or(2).to_string();
        let properties =
            [property("body", &cdata(body)), reference("content", "Page", id), property("bodyType", &body_type)];
        page.object("BodyContent", id + 5_000_000, &properties)
    }

    pub(crate) fn attachment(mut self, id: u32, name: &str, page: u32, version: u32, bytes: Option<&[u8]>) -> Self {
        if let Some(bytes) = bytes {
            self.files.push((format!("attachments/{page}/{id}/{version}"), bytes.to_owned()));
        }
        let properties = [
            property("title", &cdata(name)),
            property("version", &version.to_string()),
            property("contentStatus", &cdata("current")),
            reference("containerContent", "Page", page),
        ];
        self.object("Attachment", id, &properties)
    }

    /// The archive.
    pub(crate) fn zip(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let entities = format!("<?xml version=\"1.0\"?>\n<hibernate-generic>\n{}</hibernate-generic>\n", self.objects);
        let files = self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        for (name, bytes) in [("entities.xml", entities.as_bytes())].into_iter().chain(files) {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

fn below(parent: u32, position: Option<u32>) -> PageOptions<'static> {
    PageOptions { parent: Some(parent), position, ..PageOptions::default() }
}

/// A space with many kinds of trouble.
pub(crate) fn space() -> Space {
    let links = format!(
        "<ac:structured-macro ac:name=\"excerpt\"><ac:rich-text-body><p>Pe&ccedil;a apoio.</p></ac:rich-text-body>\
         </ac:structured-macro><p><a href=\"{WIKI}/pages/viewpage.action?pageId=100002\">por id</a> \
         <a href=\"{WIKI}/display/ATEND/Auditoria+do+chat#Auditoriadochat-Prazos\">por título</a> \
         <a href=\"{WIKI}/x/ooYB\">curto</a></p>"
    );
    let long = format!("T{}", "í".repeat(199));
    let shot = "Captura de tela 2024-05-03 às 10.12.png";
    let none = PageOptions::default();
    let with_status = |status| PageOptions { status: Some(status), ..below(100_001, None) };
    Space::default()
        .object("Space", 1, &[property("key", &cdata("ATEND")), reference("homePage", "Page", 100_001)])
        .page(100_001, "Início", Some("<p>Bem-vindo.&nbsp;<ac:structured-macro ac:name=\"children\" /></p>"), none)
        .page(100_002, "Auditoria do chat", Some(STORAGE), below(100_001, Some(20)))
        .page(100_003, "Apoio", Some(&links), below(100_001, Some(10)))
        .page(100_004, "Notificações / som & avisos", Some("<p>Ligue o som.</p>"), below(100_002, None))
        .page(100_005, "Apoio?", Some("<p>Mesmo endereço.</p>"), below(100_001, Some(30)))
        .page(100_006, "🚀", Some("<p>Título sem letras.</p>"), below(100_002, Some(5)))
        .page(100_007, &long, Some("<p>Longo.</p>"), below(100_002, Some(6)))
        .page(100_008, "Rascunho", Some("<p>Ainda não.</p>"), with_status("draft"))
        .page(100_009, "Apagada", Some("<p>Lixo.</p>"), with_status("deleted"))
        .page(100_010, "Arquivada", Some("<p>Velha.</p>"), with_status("archived"))
        .page(
            100_011,
            "Auditoria do chat",
            Some("<p>Versão velha.</p>"),
            PageOptions { original: Some(100_002), ..none },
        )
        .page(100_012, "Órfã", Some("<p>O pai não veio.</p>"), below(999_999, None))
        .page(100_013, "Sem corpo", None, below(100_001, None))
        .page(
            100_014,
            "Marcação antiga",
            Some("h2. Antiga\n* item\n{expand:Título}corpo{expand}"),
            PageOptions { body_type: Some(0), ..below(100_001, None) },
        )
        .page(100_015, "Controle", Some("<p>antes\u{1c}depois</p>"), below(100_001, None))
        .page(100_016, "Aviso de maio", Some("<p>Blog.</p>"), PageOptions { class: Some("BlogPost"), ..none })
        .attachment(100_020, shot, 100_002, 2, Some(PNG))
        .attachment(100_022, "modelo (1).docx", 100_002, 1, Some(b"PK"))
        .attachment(100_023, "sobra.pdf", 100_002, 1, Some(b"%PDF-1.4"))
        .attachment(100_024, "Foto.PNG", 100_003, 1, Some(PNG))
        .attachment(100_025, "foto.png", 100_003, 1, Some(PNG))
        .attachment(100_026, "perdida.png", 100_003, 1, None)
        .object("Label", 100_030, &[property("name", &cdata("auditoria")), property("namespace", &cdata("global"))])
        .object("Labelling", 100_031, &[reference("label", "Label", 100_030), reference("content", "Page", 100_002)])
        .object("Comment", 100_032, &[reference("containerContent", "Page", 100_002)])
}

/// Files below a folder of a site, by path.
fn files_below(site: &Site, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let root = site.path(folder);
    let entries = walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        (path, std::fs::read(entry.path()).unwrap())
    });
    named.collect()
}

/// Compares a text with a golden file; `VEREDA_UPDATE=1` writes it.
fn assert_golden(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name);
    if std::env::var_os("VEREDA_UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, golden, "{name}");
}

fn import(site: &Site, arguments: &[&str]) -> Run {
    site.run(&[&["import"], arguments].concat())
}

#[test]
fn imports_a_page_alone() {
    let site = site().file("auditoria-do-chat.xml", STORAGE);
    import(&site, &["auditoria-do-chat.xml"]).exits(0);
    assert_golden("alone.md", &site.read("content/importado/auditoria-do-chat.md"));
    assert_golden("alone-report.md", &site.read("import-report.md"));
    site.build().exits(0);
}

#[test]
fn imports_a_page_within_its_space() {
    let site = site().file("export.zip", space().zip());
    import(&site, &["export.zip"]).exits(0);
    assert_golden("in-space.md", &site.read("content/importado/auditoria-do-chat/index.md"));
    let report = site.read("import-report.md");
    assert_golden("space-report.md", &report);
    let files = files_below(&site, "content/importado");
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    let long = format!("auditoria-do-chat/t{}.md", "i".repeat(59));
    let expected = [
        "apoio-2.md",
        "apoio.md",
        "auditoria-do-chat/captura-de-tela-2024-05-03-as-10-12.png",
        "auditoria-do-chat/index.md",
        "auditoria-do-chat/modelo-1.docx",
        "auditoria-do-chat/notificacoes-som-avisos.md",
        "auditoria-do-chat/pagina.md",
        &long,
        "blog/2024-05-03-aviso-de-maio.md",
        "controle.md",
        "index.md",
        "marcacao-antiga.md",
        "orfa.md",
        "rascunho.md",
        "sem-corpo.md",
    ];
    assert_eq!(paths, expected);
    for line in [
        "“Apagada”",
        "“Arquivada”",
        "versões antigas deixadas de fora: 1",
        "comentários deixados de fora: 1",
        "perdida.png",
        "sobra.pdf",
        "foto.png",
        "apoio-2.md",
        "pagina.md",
        "longo demais",
        "página-mãe de “Órfã”",
        "“Sem corpo” não tem texto",
        "marcação antiga",
        "caracteres de controle",
        "“Rascunho” é um rascunho",
        "“Aviso de maio”",
    ] {
        assert!(report.contains(line), "{line} is not in {report}");
    }
    site.build().exits(0);
}

#[test]
fn resolves_every_form_of_a_link() {
    let site = site().file("export.zip", space().zip());
    import(&site, &["export.zip"]).exits(0);
    let text = site.read("content/importado/apoio.md");
    for link in [
        "[por id](auditoria-do-chat/index.md)",
        "[por título](auditoria-do-chat/index.md#prazos)",
        "[curto](auditoria-do-chat/index.md)",
    ] {
        assert!(text.contains(link), "{link} is not in {text}");
    }
}

#[test]
fn gives_the_same_bytes_again() {
    let site = site().file("export.zip", space().zip());
    import(&site, &["export.zip"]).exits(0);
    let (files, report) = (files_below(&site, "content"), site.read("import-report.md"));
    import(&site, &["export.zip"]).exits(0);
    assert_eq!(files_below(&site, "content"), files);
    assert_eq!(site.read("import-report.md"), report);
}

#[test]
fn keeps_edited_pages_and_rewrites_untouched_ones() {
    let page = "content/importado/a.md";
    let site = site().file("a.xml", "<p>um</p>");
    import(&site, &["a.xml"]).exits(0);
    let site = site.file("a.xml", "<p>dois</p>");
    import(&site, &["a.xml"]).exits(0);
    assert!(site.read(page).contains("dois"));
    let edited = site.read(page).replace("dois", "editado");
    let site = site.file(page, &edited).file("a.xml", "<p>três</p>");
    import(&site, &["a.xml"]).exits(0);
    assert_eq!(site.read(page), edited);
    let report = site.read("import-report.md");
    assert!(report.contains("file/edited") && report.contains("+ três"), "{report}");
    import(&site, &["a.xml", "--force"]).exits(0);
    assert!(site.read(page).contains("três"));
}

#[test]
fn writes_nothing_in_a_dry_run() {
    let site = site().file("a.xml", "<p>um</p>");
    import(&site, &["a.xml", "--dry-run"]).exits(0).prints("# ");
    assert!(!site.path("content/importado").exists() && !site.path("import-report.md").exists());
}

#[test]
fn reads_the_answer_of_the_api() {
    let json = r#"{"results":[{"id":"7","title":"Do API","body":{"storage":{"value":"<p>um</p>"}},
        "metadata":{"labels":{"results":[{"name":"b"},{"name":"a"}]}}}]}"#;
    let site = site().file("pages.json", json);
    import(&site, &["pages.json", "--to", "content/api"]).exits(0);
    let text = site.read("content/api/do-api.md");
    assert!(text.starts_with("---\ntitle: Do API\n") && text.contains("um"), "{text}");
}

#[test]
fn picks_pages_by_title_or_id() {
    let site = site().file("export.zip", space().zip());
    import(&site, &["export.zip", "--page", "Apoio", "--page", "100015"]).exits(0);
    let paths: Vec<String> = files_below(&site, "content/importado").into_keys().collect();
    assert_eq!(paths, ["apoio.md", "controle.md"]);
}

#[test]
fn refuses_other_files_and_folders_outside() {
    let site = site().file("a.txt", "texto").file("a.xml", "<p>um</p>");
    import(&site, &["a.txt"]).exits(2);
    import(&site, &["none.xml"]).exits(2);
    import(&site, &["a.xml", "--to", "../fora"]).exits(2);
    assert!(!site.path("../fora").exists());
}

#[test]
fn links_to_the_old_address_if_it_is_known() {
    let link = "<p><ac:link><ri:page ri:space-key=\"K\" ri:content-title=\"Fora daqui\" /></ac:link></p>";
    let site = site().file("a.xml", link);
    import(&site, &["a.xml"]).exits(0);
    assert!(site.read("content/importado/a.md").contains("\nFora daqui\n"));
    import(&site, &["a.xml", "--base", WIKI]).exits(0);
    let text = site.read("content/importado/a.md");
    assert!(text.contains("[Fora daqui](https://wiki.exemplo.example/display/K/Fora+daqui)"), "{text}");
}

#[test]
fn refuses_addresses_that_run_scripts() {
    let page = "<p><a href=\"javascript:alert(1)\">um</a> <a href=\"JAVA&#10;SCRIPT:x\">dois</a></p>\
                <ac:structured-macro ac:name=\"iframe\"><ac:parameter ac:name=\"src\">javascript:x</ac:parameter></ac:structured-macro>";
    let site = site().file("a.xml", page);
    import(&site, &["a.xml"]).exits(0);
    let text = site.read("content/importado/a.md");
    assert!(text.contains("um dois") && !text.contains("](java"), "{text}");
}
