//! Generator of sites of any size: pages of about 5 KB with headings, code, a table, directives and valid links.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Pages in one folder.
const PAGES_PER_FOLDER: usize = 100;

const SENTENCES: [&str; 6] = [
    "Ao receber um novo chat, verifique se os campos estão preenchidos corretamente antes de prosseguir.",
    "Copie o código do cliente, pesquise a organização e confira se há **pendência** no cadastro.",
    "Quando o assunto não estiver no seu escopo, transfira o atendimento e avise o time que o recebe.",
    "O histórico do atendimento vai para o ticket; o *título* diz a dúvida do cliente, e não o canal.",
    "Se a espera passar de uma hora e meia, audite o ticket e registre o motivo com a macro certa.",
    "Preencha o catálogo com a rotina referente ao atendimento e envie o ticket com o estado devido.",
];

const CODE: &str = "```rust\nfn total(items: &[Item]) -> u64 {\n    // Soma o valor de cada item.\n    \
    items.iter().map(|item| item.price * item.count).sum()\n}\n\nfn main() {\n    let items = load(\"items.json\");\n    \
    println!(\"{}\", total(&items));\n}\n```\n";

/// Writes a site of `pages` pages, the same bytes every time. Returns the bytes of its Markdown.
pub(crate) fn write_site(root: &Path, pages: usize) -> io::Result<u64> {
    let content = root.join("content");
    fs::create_dir_all(&content)?;
    fs::write(root.join("vereda.yaml"), "title: Medida\nbase_url: https://example.com/\nlanguage: pt-BR\n")?;
    fs::write(content.join("index.md"), "---\ntitle: Início\n---\n\nUm site para medir.\n")?;
    let mut bytes = 0;
    for folder in 0..pages.div_ceil(PAGES_PER_FOLDER) {
        let path = content.join(format!("secao-{folder:04}"));
        fs::create_dir_all(&path)?;
        fs::write(path.join("index.md"), format!("---\ntitle: Seção {folder}\norder: {folder}\n---\n\nPáginas.\n"))?;
        for page in folder * PAGES_PER_FOLDER..pages.min((folder + 1) * PAGES_PER_FOLDER) {
            let text = page_text(page, pages);
            bytes += text.len() as u64;
            fs::write(path.join(format!("pagina-{page:05}.md")), text)?;
        }
    }
    Ok(bytes)
}

/// The Markdown of one page, about 5 KB.
fn page_text(page: usize, pages: usize) -> String {
    let mut text =
        format!("---\ntitle: Página {page}\ndescription: A página de número {page}.\norder: {page}\n---\n\n");
    for section in 0..4 {
        let _ = writeln!(text, "## Assunto {section} da página {page}\n");
        write_paragraphs(&mut text, page + section);
        let other = (page * 7 + section * 131) % pages;
        let link = format!(
            "../secao-{:04}/pagina-{other:05}.md#assunto-{section}-da-página-{other}",
            other / PAGES_PER_FOLDER
        );
        let _ = writeln!(text, "Veja também [a página {other}]({link}).\n");
    }
    let _ = writeln!(text, ":::details[Mais sobre a página {page}]{{#mais}}\n{}\n:::\n", SENTENCES[page % 6]);
    let _ = writeln!(text, "{CODE}\n| Campo | Valor | Prazo |\n|---|---|---:|");
    for row in 0..6 {
        let _ = writeln!(text, "| Campo {row} | :copy[Macro {page} - {row}] | {} dias |", row + page % 9);
    }
    text
}

fn write_paragraphs(text: &mut String, seed: usize) {
    for paragraph in 0..2 {
        for sentence in 0..4 {
            let _ = writeln!(text, "{}", SENTENCES[(seed + paragraph * 3 + sentence) % 6]);
        }
        text.push('\n');
    }
}
