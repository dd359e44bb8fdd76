//! Title of a new file, from its name, and as YAML.

use std::path::Path;

/// Words that YAML does not read as text.
const RESERVED: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// A title from a file's name, or for the page or the settings of a folder from the folder's: `sem-organizacao.flow.yaml` is `Sem organizacao`.
pub(super) fn title_of(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let own = name(path);
    let stem = own.split('.').next().unwrap_or_default();
    let folder = path.parent().map(name).unwrap_or_default();
    capitalize(
        &if matches!(stem, "index" | "_section" | "README") { folder } else { stem.to_owned() }
            .replace(['-', '_'], " "),
    )
}

fn capitalize(text: &str) -> String {
    let mut letters = text.trim().chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A text as a YAML scalar, in quotes where it needs them.
pub(super) fn yaml_text(text: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == ' ';
    let is_plain = text.starts_with(char::is_alphabetic) && text.chars().all(is_word) && !text.ends_with(' ');
    if is_plain && !RESERVED.contains(&text.to_lowercase().as_str()) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_a_title_from_a_file_name() {
        assert_eq!(title_of(Path::new("content/a/sem-organizacao.flow.yaml")), "Sem organizacao");
        assert_eq!(title_of(Path::new("content/órgãos_públicos/index.md")), "Órgãos públicos");
        assert_eq!(title_of(Path::new("content/ação.md")), "Ação");
    }

    #[test]
    fn quotes_what_yaml_would_not_read_as_text() {
        assert_eq!(yaml_text("Sem organização"), "Sem organização");
        assert_eq!(yaml_text("No"), "'No'");
        assert_eq!(yaml_text("2026"), "'2026'");
        assert_eq!(yaml_text("Projeto: d'água"), "'Projeto: d''água'");
    }
}
