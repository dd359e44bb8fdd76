//! Shared vectors of the search: `tests/vectors/search.json`, made from this half, which the browser's half also runs.
//!
//! They have texts with their words, words with their keys, and the files of a small site with queries and their results.
//! `VEREDA_UPDATE=1 cargo test --lib search_vectors` writes the file.

use std::path::Path;

use serde_json::{Value, json};

use super::fixture::Fixture;
use crate::search::files::write_files;
use crate::search::vectors::{key_of, words_of};
use crate::search::{SearchResult, SiteSearch};

const PATH: &str = "tests/vectors/search.json";

/// Portuguese, English and Spanish words without accents.
const WORDS: &str = include_str!("../../tests/vectors/search-words.txt");

const TEXTS: [&str; 13] = [
    "Pendência FINANCEIRA, 2ª via nº 7",
    "ligue para (11) 4003-0015, opção 4 e 9",
    "das 18:01h às 7:59h; espere 1h30 ou 24h",
    "CNPJ 12.345.678/0001-95",
    "e-mail, pós-venda e passo-a-passo",
    "1. Atendimento Whatsapp Transferência N2(oficial)",
    "Auditoria Whatsapp |Ticket não assumido",
    "１h30 e 24H",
    "Straße, İstanbul, ŁÓDŹ, œuvre, ½",
    "d’água \u{1f600} ca\u{327}a\u{303}o",
    "東京タワー 99 >> 007 >> Z-Outros",
    "Ελληνικός ΛΌΓΟΣ",
    " … ¿? ",
];

const FILES: [(&str, &str); 6] = [
    (
        "vereda.yaml",
        "title: S\nlanguage: pt-BR\nvalues:\n  macro-n2: '1. Atendimento Whatsapp Transferência N2(oficial)'\n  \
         macro-abandono: 'Auditoria Whatsapp | Abandono do Cliente'\n  cst: '(11) 4003-0015'\n\
         synonyms: [[2ª via, segunda via], [boleto, cobrança]]\n\
         search: { pinned: { ajuda: whatsapp.md#enviar }, lower: [/guia/] }\ninputs: { ticket: { label: Ticket, example: XXXX } }\n",
    ),
    (
        "whatsapp.md",
        "---\ntitle: Atendimento pelo WhatsApp\ndescription: Do novo chat ao ticket finalizado.\ntags: [live]\n---\n\n\
         Siga os passos:\n\n:::steps\n1. Verifique a **Pendência Financeira** do cliente; {#pendencia}\n\n   1. Ligue para o CST, {values.cst}. {#ligar}\n\
         2. Se necessário, realize a transferência do chat. {#transferir}\n\
         3. Aplique a macro :copy[{values.macro-n2}] após 1h30. {#enviar}\n:::\n\n## Principais dúvidas\n\n\
         :::details[Posicionamento de ticket]{#posicionamento}\nTítulo: :copy[Posicionamento do ticket {ticket}]\n:::\n\n\
         :::details[Sem id]\nTexto da organização.\n:::\n",
    ),
    (
        "boletos.md",
        "---\ntitle: Boletos\n---\n\n## Segunda via {#segunda-via}\n\nEnvie a segunda via do boleto ao cliente por e-mail.\n\n\
         ## Informações de contato {#contato}\n\nTelefone e resumo das informações.\n",
    ),
    (
        "guia/index.md",
        "---\ntitle: Guia\n---\n\n## Pendência {#p}\n\nComo escrever uma pendência e um boleto. Não escreva abandnou.\n",
    ),
    ("oculta.md", "---\ntitle: Pendência oculta\nsearch: false\n---\n\nNão aparece.\n"),
    (
        "atender.flow.yaml",
        "title: Atender um chat\nnodes:\n  pendencia:\n    title: Há pendência financeira?\n    content: whatsapp.md#pendencia\n    \
         options:\n      - { id: sim, label: Sim, next: enviar }\n      - { id: abandono, label: O cliente abandonou o chat, next: fim }\n  \
         enviar:\n    title: Envie ao N2\n    copy: [{ label: Macro, text: '{values.macro-n2}' }]\n    next: fim\n  \
         fim:\n    title: Fim do atendimento\n    copy: [{ label: Macro, text: '{values.macro-abandono}' }]\n    result: resolved\n    status: Resolvido\n",
    ),
];

const QUERIES: [&str; 38] = [
    "pendencia",
    "pendência financeira",
    "Pendencias financeiras",
    "pendnecia finaceira",
    "macro n2",
    "1. atendimento whatsapp transferencia n2 (oficial)",
    "auditoria whatsapp abandono do cliente",
    "transf",
    "transferir chat",
    "trasferencias do chat",
    "posicionamento do ticket 5512873",
    "\"posicionamento de ticket\"",
    "\"ticket de posicionamento\"",
    "2a via",
    "2ª via do boleto",
    "cobrancas",
    "email",
    "e-mail do cliente",
    "40030015",
    "4003 0015",
    "1h30",
    "18h01",
    "informacao",
    "informações contato",
    "ajuda",
    "oculta",
    "cliente abandonou",
    "o que é",
    "",
    "xyzxyz",
    "sem organizacao",
    "nopassos vivos live",
    "resolvido",
    "guia pendência",
    "abandnou",
    "prateleira",
    "gaveta prateleiras",
    "item 7 da gaveta",
];

/// A page with a word in more places than a query of this word alone looks at, and another word in the last of them.
fn many_records() -> String {
    let item = |number: usize| {
        let more = if number > 280 { " com gaveta" } else { "" };
        format!("- Prateleira {number}{more} {{#i{number}}}\n")
    };
    format!("---\ntitle: Estoque\n---\n\nItens:\n\n{}", (1..=300).map(item).collect::<String>())
}

fn write_vectors() -> String {
    let many = many_records();
    let fixture = Fixture::of(&[&FILES[..], &[("estoque.md", many.as_str())]].concat());
    assert!(fixture.found().is_empty(), "{:?}", fixture.found());
    let search = SiteSearch::new(&fixture.site);
    let queries = QUERIES.iter().map(|query| {
        let results = search.search(query, 20);
        let result =
            |result: &SearchResult| json!([result.kind, result.url, result.anchor, result.title, result.score]);
        json!([query, results.iter().map(result).collect::<Vec<_>>()])
    });
    let queries = lines(queries);
    let files = write_files(search, |_| "v".to_owned()).into_iter().map(|(path, text)| json!([path, text]));
    let texts = TEXTS.iter().map(|text| json!([text, words_of(text)]));
    let keys =
        WORDS.split_whitespace().map(|word| json!([word, key_of("pt", word), key_of("en", word), key_of("es", word)]));
    let lists = [("texts", lines(texts)), ("keys", lines(keys)), ("files", lines(files)), ("queries", queries)];
    let lists = lists.map(|(name, list)| format!("\"{name}\": [\n{list}\n]"));
    format!("{{\n{}\n}}\n", lists.join(",\n"))
}

/// One value on each line.
fn lines(values: impl Iterator<Item = Value>) -> String {
    values.map(|value| value.to_string()).collect::<Vec<_>>().join(",\n")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes the vectors")]
fn search_vectors_are_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH);
    let expected = write_vectors();
    if std::env::var_os("VEREDA_UPDATE").is_some() {
        return std::fs::write(file, expected).unwrap();
    }
    let found = std::fs::read_to_string(file).unwrap_or_default();
    assert!(found == expected, "{PATH} is out of date: VEREDA_UPDATE=1 cargo test --lib search_vectors");
}
