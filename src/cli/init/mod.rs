//! `vereda init DIR`: a small site that builds and checks clean, from `starter/LANGUAGE`.
//!
//! The files are embedded as they stand there, `{today}` filled in. `gitignore` loses its disguise: under its own name it
//! would rule in this repository. The settings of VS Code are the same in every language; the schemas they name are written
//! by `vereda::schema`.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;
use vereda::diagnostic::{Language, cli};
use vereda::error::Error;
use vereda::schema::{self, Subject};
use vereda::words::Words;

use super::arguments::InitArguments;
use super::session::Session;
use super::{Failure, Outcome, Verdict};

/// The starter sites, a folder a language.
#[derive(RustEmbed)]
#[folder = "src/cli/init/starter"]
struct Starter;

/// What makes VS Code complete, explain and check keys.
const EDITOR_SETTINGS: [(&str, &str); 2] = [
    (".vscode/settings.json", include_str!("vscode/settings.json")),
    (".vscode/extensions.json", include_str!("vscode/extensions.json")),
];

/// Makes the site and says what to do next.
pub(crate) fn run(arguments: &InitArguments, session: &Session) -> Outcome {
    let language = session.language_or(Language::PtBr);
    let folder = &arguments.folder;
    refuse_full(folder).map_err(|failure| failure.in_language(language))?;
    for (path, text) in starter_files(language, session).chain(editor_files()) {
        write(&folder.join(path), &text).map_err(|error| Failure::from(error).in_language(language))?;
    }
    let command = if folder == Path::new(".") {
        "vereda serve --open".to_owned()
    } else {
        format!("vereda serve --open --root {}", folder.display())
    };
    session.terminal.tell(cli::site_created(folder.display(), command).in_language(language));
    Ok(Verdict::Clean)
}

/// Refuses a folder that holds anything; what `git init` left there does not count.
fn refuse_full(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Err(Error::Exists(folder.to_owned()).into()),
        Err(error) => return Err(Error::Read(folder.to_owned(), error).into()),
    };
    let is_empty = entries.flatten().all(|entry| entry.file_name() == ".git");
    if is_empty { Ok(()) } else { Err(Failure::new(cli::folder_not_empty(folder.display()))) }
}

/// The files of one language, with their places in the new site.
fn starter_files(language: Language, session: &Session) -> impl Iterator<Item = (PathBuf, String)> {
    let prefix = match language {
        Language::PtBr => "pt-BR/",
        Language::En => "en/",
    };
    Starter::iter().filter_map(move |name| {
        let path = name.strip_prefix(prefix)?;
        let text = String::from_utf8_lossy(&Starter::get(&name)?.data).replace("{today}", &session.today.to_string());
        Some((PathBuf::from(if path == "gitignore" { ".gitignore" } else { path }), text))
    })
}

/// The settings of VS Code and the schemas they name, with their places in the new site.
fn editor_files() -> impl Iterator<Item = (PathBuf, String)> {
    let settings = EDITOR_SETTINGS.map(|(path, text)| (PathBuf::from(path), text.to_owned()));
    let schema = |subject: &Subject| (Path::new(".vscode/schemas").join(subject.file_name()), schema::write(*subject));
    settings.into_iter().chain(Subject::ALL.iter().map(schema))
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    let cannot = |error| Error::Write(path.to_owned(), error);
    fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(cannot)?;
    fs::write(path, text).map_err(cannot)
}
