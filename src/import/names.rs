//! Names of files and folders: ASCII, lower case, at most 60 characters, each once in its folder.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::project::{FLOW_ENDINGS, is_ignored};

/// Most characters of a name without its ending.
const LONGEST: usize = 60;

/// A title as a name: letters without accents, digits and single hyphens. Empty if it has none of them.
pub(crate) fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for c in title.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            'ß' => slug.push_str("ss"),
            'æ' => slug.push_str("ae"),
            'ø' => slug.push('o'),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The id of an anchor by its name in the source.
pub(crate) fn anchor_id(name: &str) -> String {
    let slug = slug_of(name);
    if slug.is_empty() { "ancora".to_owned() } else { slug }
}

/// The first characters of a name.
pub(crate) fn cut(slug: &str) -> &str {
    slug.get(..LONGEST).unwrap_or(slug).trim_end_matches('-')
}

/// The name of a copied file. One that the site would read as a page or skip gets another ending.
pub(crate) fn file_name_of(name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((name, ""));
    let ending: String = slug_of(ending).chars().filter(char::is_ascii_alphanumeric).collect();
    let stem = slug_of(stem);
    let stem = if stem.is_empty() { "arquivo" } else { cut(&stem) };
    let name = if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") };
    let is_document = ending == "md" || FLOW_ENDINGS.iter().any(|flow| name.ends_with(flow));
    if is_document || is_ignored(&name) || matches!(ending.as_str(), "yaml" | "yml") {
        return format!("{stem}-{ending}.txt");
    }
    name
}

/// The names that are taken, by folder.
#[derive(Debug, Default)]
pub(crate) struct Taken(HashSet<String>);

impl Taken {
    /// Takes a path below the import's folder; a taken one gets a number before its ending.
    pub(crate) fn take(&mut self, folder: &str, stem: &str, ending: &str) -> String {
        let first = format!("{folder}{stem}{ending}");
        let others = (2..).map(|number| format!("{folder}{stem}-{number}{ending}"));
        let free = std::iter::once(first).chain(others).find(|path| !self.0.contains(path));
        let free = free.expect("one of endless numbers is free");
        self.0.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_names_of_titles() {
        for (title, slug) in [
            ("Notificações / som & avisos", "notificacoes-som-avisos"),
            ("Apoio?", "apoio"),
            ("🚀", ""),
            ("Captura de tela 2024-05-03 às 10.12", "captura-de-tela-2024-05-03-as-10-12"),
        ] {
            assert_eq!(slug_of(title), slug);
        }
        assert_eq!(cut(&slug_of(&"í".repeat(200))).len(), 60);
    }

    #[test]
    fn never_makes_a_page_of_a_copied_file() {
        for (name, safe) in [
            ("modelo (1).docx", "modelo-1.docx"),
            ("Foto.PNG", "foto.png"),
            ("notas.md", "notas-md.txt"),
            ("_section.yaml", "section-yaml.txt"),
            (".oculto", "oculto"),
            ("a.bak", "a-bak.txt"),
            ("../../x.png", "x.png"),
            ("sem ponto", "sem-ponto"),
        ] {
            assert_eq!(file_name_of(name), safe);
        }
    }

    #[test]
    fn numbers_taken_names() {
        let mut taken = Taken::default();
        assert_eq!(taken.take("a/", "b", ".md"), "a/b.md");
        assert_eq!(taken.take("a/", "b", ".md"), "a/b-2.md");
        assert_eq!(taken.take("", "b", ".md"), "b.md");
    }
}
