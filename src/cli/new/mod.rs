//! `vereda new page|flow|section PATH`: a new page, flow or settings of a folder, from a template. An existing file is never changed.

mod path;
mod title;

use std::path::Path;

use vereda::diagnostic::{Language, cli};
use vereda::output::create_file;

use super::arguments::{NewArguments, NewKind};
use super::session::Session;
use super::{CommandResult, Failure, Verdict};
use path::find_path;
use title::{title_of, yaml_text};

/// A kind of new file.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewFileKind {
    /// Endings of its names; the first is added to a path without one.
    endings: &'static [&'static str],
    portuguese: &'static str,
    english: &'static str,
}

const PAGE: NewFileKind =
    NewFileKind { endings: &[".md"], portuguese: include_str!("pt-BR/page.md"), english: include_str!("en/page.md") };

const FLOW: NewFileKind = NewFileKind {
    endings: &[".flow.yaml", ".flow.yml"],
    portuguese: include_str!("pt-BR/flow.yaml"),
    english: include_str!("en/flow.yaml"),
};

const SECTION: NewFileKind = NewFileKind {
    endings: &["/_section.yaml"],
    portuguese: include_str!("pt-BR/section.yaml"),
    english: include_str!("en/section.yaml"),
};

/// Writes the file and logs its path.
pub(crate) fn run(arguments: &NewArguments, session: &Session) -> CommandResult {
    let (kind, typed, owner) = match &arguments.kind {
        NewKind::Page(file) => (PAGE, &file.path, file.owner.as_deref()),
        NewKind::Flow(file) => (FLOW, &file.path, file.owner.as_deref()),
        NewKind::Section(section) => (SECTION, &section.folder, None),
    };
    let site_language = session.open_site()?.language();
    let path = find_path(typed, kind, &session.root)?;
    let shown = session.in_root(&path);
    create_file(&shown, &fill(kind, owner, &path, site_language, session))?;
    session.log(&cli::created(shown.display()));
    Ok(Verdict::Clean)
}

/// The text of the file, in the language of the site.
fn fill(kind: NewFileKind, owner: Option<&str>, path: &Path, language: Language, session: &Session) -> String {
    let template = match language {
        Language::PtBr => kind.portuguese,
        Language::En => kind.english,
    };
    let owner = owner.map(|owner| format!(" {}", yaml_text(owner))).unwrap_or_default();
    template
        .replace("{title}", &yaml_text(&title_of(path)))
        .replace("{today}", &session.today.to_string())
        .replace(" {owner}", &owner)
}
