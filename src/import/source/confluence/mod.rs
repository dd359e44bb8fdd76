//! Confluence: pages in storage format, the JSON of the REST API, and the XML export of a space.
//!
//! 1. `space`, `page_file` or `space_html` reads the source into an [`Export`], without what readers cannot see.
//! 2. `library` plans the path of each page and file, and finds what links mean.
//! 3. `reader` and the files beside it read each page into the tree.

mod addresses;
mod blocks;
mod emoticons;
pub(super) mod export;
mod includes;
mod library;
mod links;
mod lists;
mod macros;
pub(super) mod markup;
mod page_file;
mod reader;
mod space;
mod space_html;
mod tables;

use std::collections::HashSet;

use super::{FileCopy, Imported, PageText, Wanted};
use crate::diagnostic::catalogue::import as texts;
use crate::error::Result;
use crate::import::write::{FrontMatter, write};
use crate::project::archive::Archive;

use export::{Body, Export};
use library::Library;
use reader::{read_ids, read_page};

pub(super) use page_file::is_page;
pub(super) use space::find_entities;
pub(super) use space_html::is_space;

/// Reads pages without their space.
pub(super) fn read_pages(archive: &mut Archive, wanted: &Wanted<'_>) -> Result<Imported> {
    let export = page_file::read(archive)?;
    Ok(import(export, archive, wanted))
}

/// Reads the export of a space.
pub(super) fn read_space(archive: &mut Archive, wanted: &Wanted<'_>) -> Result<Imported> {
    let export = space::read(archive)?;
    Ok(import(export, archive, wanted))
}

/// Reads the HTML export of a space.
pub(super) fn read_space_html(archive: &mut Archive, wanted: &Wanted<'_>) -> Result<Imported> {
    let export = space_html::read(archive)?;
    Ok(import(export, archive, wanted))
}

/// Writes the pages of an export.
pub(super) fn import(mut export: Export, archive: &mut Archive, wanted: &Wanted<'_>) -> Imported {
    let mut imported = Imported::default();
    export.keep(wanted.pages, &mut imported.report);
    export.report_skipped(&mut imported.report);
    let library = Library::new(&export, read_ids, archive, wanted, &mut imported.report);
    for index in 0..export.pages.len() {
        let page = &export.pages[index];
        let read = read_page(&library, index);
        imported.report.extend(read.notes);
        let front_matter = FrontMatter {
            title: page.shown_title(wanted.language),
            order: library.orders[index],
            is_draft: page.is_draft,
            tags: page.labels.clone(),
            aliases: library.aliases_of(index),
            ..FrontMatter::default()
        };
        imported.report.pages += 1;
        imported.report.drafts += usize::from(page.is_draft);
        let text = write(&front_matter, read.blocks);
        imported.pages.push(PageText { path: library.paths[index].clone(), text });
    }
    let used = library.used_files();
    let mut copied = HashSet::new();
    for (index, attachment) in export.attachments.iter().enumerate() {
        match (&attachment.entry, library.files[index].as_ref()) {
            (Some(name), Some(path)) if used.contains(&index) && copied.insert(path) => {
                imported.files.push(FileCopy { path: path.clone(), name: name.clone() });
            }
            (Some(_), _) if !used.contains(&index) => {
                imported.report.add("", "attachment/unused", texts::unused_file(&attachment.name));
            }
            _ => {}
        }
    }
    imported.report.notes.sort_by(|one, other| one.page.cmp(&other.page));
    imported.report.files = imported.files.len();
    imported
}

impl Body {
    fn is_empty(&self) -> bool {
        match self {
            Body::None => true,
            Body::List => false,
            Body::Elements(nodes) => nodes.is_empty(),
            Body::Storage(text) | Body::Wiki(text) => text.trim().is_empty(),
        }
    }
}

/// Reads any text as a page in storage format, and writes it.
#[cfg(any(test, fuzzing))]
pub(crate) fn write_page_of(text: &str) -> String {
    let page = export::Page {
        id: "1".to_owned(),
        title: "T".to_owned(),
        body: Body::Storage(text.to_owned()),
        ..export::Page::default()
    };
    let export = Export { pages: vec![page], ..Export::default() };
    let wanted = Wanted { folder: "content/importado", ..Wanted::default() };
    let mut imported = import(export, &mut Archive::empty(), &wanted);
    imported.pages.swap_remove(0).text
}

/// Reads any bytes as the objects of an export.
#[cfg(any(test, fuzzing))]
pub(crate) fn count_objects_of(mut bytes: &[u8]) -> usize {
    space::count_objects(&mut bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::write_page_of;
    use crate::content;
    use crate::diagnostic::{Diagnostics, Severity};
    use crate::source::Sources;

    /// The errors of a written page, without those that need the rest of the site.
    fn errors_of(written: &str) -> Vec<&'static str> {
        let mut sources = Sources::default();
        let file = sources.add("content/importado/a.md", written);
        let mut diagnostics = Diagnostics::default();
        content::parse(file, &sources, &mut diagnostics);
        let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
        errors.map(|found| found.code.as_str()).collect()
    }

    fn body(text: &str) -> String {
        let written = write_page_of(text);
        written.split_once("\n---\n\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
    }

    fn found(name: &str, inside: &str) -> String {
        format!("<ac:structured-macro ac:name=\"{name}\">{inside}</ac:structured-macro>")
    }

    #[test]
    fn shifts_headings_and_hoists_macros() {
        assert_eq!(body("<h1>Um</h1><h3>Três<br/>x</h3>"), "## Um\n\n#### Três x\n");
        assert_eq!(body("<h3>Um</h3><h4>Dois</h4>"), "## Um\n\n### Dois\n");
        let anchor = found("anchor", "<ac:parameter ac:name=\"\">Passo 1</ac:parameter>");
        assert_eq!(body(&format!("<h2>{anchor}Um</h2>")), "## Um {#passo-1}\n");
    }

    #[test]
    fn writes_steps_for_lists_of_sentences() {
        assert_eq!(body("<ol><li>a</li><li>b</li></ol>"), "1. a\n2. b\n");
        let sentences = "<ol start=\"3\"><li>Abra a tela de cadastro</li><li>Confira o CNPJ do cliente</li></ol>";
        assert_eq!(body(sentences), ":::steps\n3. Abra a tela de cadastro\n4. Confira o CNPJ do cliente\n:::\n");
    }

    #[test]
    fn reads_tabs_footnotes_and_callouts() {
        let text = |text: &str| format!("<ac:rich-text-body><p>{text}</p></ac:rich-text-body>");
        let title = |title: &str| format!("<ac:parameter ac:name=\"title\">{title}</ac:parameter>");
        let tab = |name: &str| found("localtab", &format!("{}{}", title(name), text(name)));
        let tabs = format!("<ac:rich-text-body>{}{}</ac:rich-text-body>", tab("A"), tab("B"));
        assert_eq!(body(&found("localtabgroup", &tabs)), ":::tabs\n:::tab[A]\nA\n:::\n\n:::tab[B]\nB\n:::\n:::\n");
        assert_eq!(body(&format!("<p>x{}</p>", found("footnote", &text("nota")))), "x[^1]\n\n[^1]: nota\n");
        assert_eq!(body(&found("warning", &text("x"))), ":::caution\nx\n:::\n");
        assert_eq!(body(&found("info", &text("x"))), ":::note\nx\n:::\n");
    }

    #[test]
    fn moves_a_cell_that_does_not_fit_below_its_table() {
        let code = found("code", "<ac:plain-text-body><![CDATA[x | y]]></ac:plain-text-body>");
        let table = format!("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>{code}</td></tr></table>");
        let written = body(&table);
        assert!(written.starts_with("| A | B |\n|---|---|\n| 1 | (abaixo da tabela: linha 1, B) |\n"), "{written}");
        assert!(written.contains("**linha 1, B**\n\n```text\nx | y\n```\n"), "{written}");
    }

    #[test]
    fn names_an_excerpt_of_several_blocks() {
        let excerpt = found("excerpt", "<ac:rich-text-body><p>um</p><ul><li>dois</li></ul></ac:rich-text-body>");
        assert_eq!(body(&excerpt), "<div id=\"resumo\">\n\num\n\n- dois\n\n</div>\n");
        let short = found("excerpt", "<ac:rich-text-body><p>um</p></ac:rich-text-body>");
        assert_eq!(body(&short), "<span id=\"resumo\"></span>um\n");
    }

    #[test]
    fn keeps_the_body_of_an_unknown_macro_only() {
        let parameter = "<ac:parameter ac:name=\"cor\">azul</ac:parameter>";
        let unknown = found("da-casa", &format!("{parameter}<ac:rich-text-body><p>x</p></ac:rich-text-body>"));
        assert_eq!(body(&unknown), "x\n");
        assert!(body(&found("da-casa", parameter)).contains("“da-casa”"));
    }

    #[test]
    fn limits_merged_cells() {
        let row = "<tr><td colspan=\"9999\" rowspan=\"9999\">x</td></tr>";
        let table = format!("<table>{}</table>", row.repeat(300));
        assert!(body(&table).len() < 1 << 20);
    }

    proptest! {
        #[test]
        fn writes_any_page_without_errors(pieces in prop::collection::vec(piece(), 0..24)) {
            let written = write_page_of(&pieces.concat());
            prop_assert_eq!(errors_of(&written), [""; 0], "{}", written);
        }
    }

    fn piece() -> impl Strategy<Value = String> {
        let tags = [
            "p",
            "h1",
            "h2",
            "h3",
            "ul",
            "ol",
            "li",
            "table",
            "tr",
            "td",
            "th",
            "strong",
            "em",
            "code",
            "pre",
            "blockquote",
            "ac:rich-text-body",
            "ac:plain-text-body",
            "ac:link",
            "ac:link-body",
            "ac:task-list",
            "ac:task",
            "ac:task-body",
            "ac:task-status",
            "ac:layout",
            "ac:layout-section",
            "ac:layout-cell",
            "ac:adf-extension",
            "ac:adf-content",
            "ac:image",
            "ac:caption",
            "div",
            "span",
            "sup",
        ];
        let macros = [
            "expand",
            "note",
            "panel",
            "code",
            "status",
            "anchor",
            "children",
            "include",
            "excerpt",
            "excerpt-include",
            "details",
            "jira",
            "html",
            "localtabgroup",
            "localtab",
            "ui-steps",
            "ui-step",
            "footnote",
            "section",
            "x",
        ];
        prop_oneof![
            4 => "[a-zé *_{}<>&;:|#\\[\\]`~!.-]{0,8}",
            4 => prop::sample::select(tags.to_vec()).prop_map(|tag| format!("<{tag}>")),
            4 => prop::sample::select(tags.to_vec()).prop_map(|tag| format!("</{tag}>")),
            2 => prop::sample::select(macros.to_vec())
                .prop_map(|name| format!("<ac:structured-macro ac:name=\"{name}\">")),
            2 => Just("</ac:structured-macro>".to_owned()),
            1 => Just("<ac:parameter ac:name=\"title\">T [x] {y}</ac:parameter>".to_owned()),
            1 => Just("<ac:parameter ac:name=\"\">a b</ac:parameter>".to_owned()),
            1 => Just("<![CDATA[a ``` ::: ]] b]]>".to_owned()),
            1 => Just("<br/><hr/><ri:page ri:content-title=\"T\" /><ri:attachment ri:filename=\"a.png\" />".to_owned()),
            1 => Just("<a href=\"https://a.example/?a=1&amp;b=(2)\">".to_owned()),
        ]
    }
}
