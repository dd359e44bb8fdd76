//! `vereda init DIR`: a small new site without errors, from `starter/LANGUAGE`.
//!
//! The files are embedded; `{today}` is replaced by the date. `gitignore` becomes `.gitignore`, a name that would have an
//! effect in this repository. The settings of VS Code are the same in every language; `vereda::schema` writes their
//! schemas.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;
use vereda::diagnostic::{Language, cli};
use vereda::error::Error;
use vereda::output::write_file_and_folders;
use vereda::project::file::list_names;
use vereda::schema::{self, Subject};
use vereda::words::Words;

use super::arguments::InitArguments;
use super::session::Session;
use super::{CommandResult, Failure, Verdict};

/// The starter sites; each language has a folder.
#[derive(RustEmbed)]
#[folder = "src/cli/init/starter"]
struct Starter;

/// Settings with which VS Code completes, explains and checks keys.
const EDITOR_SETTINGS: [(&str, &str); 2] = [
    (".vscode/settings.json", include_str!("vscode/settings.json")),
    (".vscode/extensions.json", include_str!("vscode/extensions.json")),
];

/// Writes the site and logs the next command.
pub(crate) fn run(arguments: &InitArguments, session: &Session) -> CommandResult {
    session.set_site_language(Language::PtBr);
    let folder = &arguments.folder;
    check_empty(folder)?;
    for (path, text) in starter_files(session).chain(editor_files()) {
        write_file_and_folders(&folder.join(path), &text)?;
    }
    let command = if folder == Path::new(".") {
        "vereda serve --open".to_owned()
    } else {
        format!("vereda serve --open --root {}", folder.display())
    };
    session.log(&cli::site_created(folder.display(), command));
    Ok(Verdict::Clean)
}

/// Refuses a folder with entries other than `.git`.
fn check_empty(folder: &Path) -> Result<(), Failure> {
    let names = match list_names(folder) {
        Ok(names) => names,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Err(Error::Exists(folder.to_owned()).into()),
        Err(error) => return Err(Error::Read(folder.to_owned(), error).into()),
    };
    if names.iter().all(|name| name == ".git") {
        Ok(())
    } else {
        Err(Failure::new(cli::folder_not_empty(folder.display())))
    }
}

/// The files of the session's language, with their paths in the new site.
fn starter_files(session: &Session) -> impl Iterator<Item = (PathBuf, String)> {
    let prefix = match session.language() {
        Language::PtBr => "pt-BR/",
        Language::En => "en/",
    };
    Starter::iter().filter_map(move |name| {
        let path = name.strip_prefix(prefix)?;
        let text = String::from_utf8_lossy(&Starter::get(&name)?.data).replace("{today}", &session.today.to_string());
        Some((PathBuf::from(if path == "gitignore" { ".gitignore" } else { path }), text))
    })
}

/// The settings of VS Code and the schemas they name, with their paths in the new site.
fn editor_files() -> impl Iterator<Item = (PathBuf, String)> {
    let settings = EDITOR_SETTINGS.map(|(path, text)| (PathBuf::from(path), text.to_owned()));
    let schema = |subject: &Subject| (Path::new(".vscode/schemas").join(subject.file_name()), schema::write(*subject));
    settings.into_iter().chain(Subject::ALL.iter().map(schema))
}
