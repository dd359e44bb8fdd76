//! The only reader of files: a site's root → `Project`.
//!
//! 1. [`SiteRoot::open`] reads and parses `vereda.yaml`, once for each run.
//! 2. `SiteRoot::read` walks the root, once, and reads every other text into `Sources`. Files that are only copied are
//!    listed with their paths.
//!
//! The order of files never depends on the disk. Hidden files and temporary files of editors (`is_ignored`) are not
//! part of a site. `walk` follows symbolic links inside the root only, and `refused` reports the files that exist and are
//! not read. `macros` reads the macros of Zendesk, `file` single files, `revision` the project of a git revision.

pub(crate) mod archive;
pub mod file;
mod lookalikes;
mod macros;
mod refused;
pub(crate) mod revision;
mod root;
mod walk;

pub(crate) use refused::Refused;
pub use root::SiteRoot;
pub(crate) use walk::read_folder;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use walk::refuse_unless_gone;

use crate::diagnostic::Diagnostics;
use crate::diagnostic::catalogue::page;
use crate::error::Result;
use crate::source::{FileId, Sources, Span};

/// Folder of pages and flows.
pub(crate) const CONTENT: &str = "content";
/// Endings of flow files.
pub(crate) const FLOW_ENDINGS: [&str; 2] = [".flow.yaml", ".flow.yml"];

/// Name of the settings of a folder.
pub(crate) const SECTION_FILE: &str = "_section.yaml";

/// Folder of files that are copied verbatim.
pub(crate) const STATIC: &str = "static";
/// Folder of the site's own themes and overrides.
pub(crate) const THEMES: &str = "themes";

/// Hidden names that are published, because hosts read them.
const PUBLISHED_HIDDEN: [&str; 3] = [".well-known", ".nojekyll", ".htaccess"];

/// The files of a site.
#[derive(Debug)]
pub(crate) struct Project {
    /// The configuration, then the documents.
    pub(crate) sources: Sources,
    /// `vereda.yaml`.
    pub(crate) config: FileId,
    /// Pages, flows and the settings of folders, by path.
    pub(crate) documents: Vec<FileId>,
    /// Other files below `content/`, by path.
    pub(crate) content_assets: Vec<Asset>,
    /// Files below `static/`, by path.
    pub(crate) static_assets: Vec<Asset>,
    /// Files below every `themes/NAME/`, by theme and path.
    pub(crate) theme_files: Vec<ThemeFile>,
    /// Files that exist and are not read. Each was reported.
    pub(crate) refused: Vec<Refused>,
}

/// A file that is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asset {
    /// Below its folder, with `/` between parts.
    pub(crate) path: String,
    /// Path to read.
    pub(crate) absolute: PathBuf,
    /// In bytes.
    pub(crate) length: u64,
}

/// A file of a theme of the site, which overrides the embedded file of the same path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ThemeFile {
    /// Name of the theme.
    pub(crate) theme: String,
    /// Inside the theme's folder, with `/` between parts.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// Ends of the names of backups, of temporary files and of unfinished downloads, in lower case.
const LEFTOVERS: [&str; 13] = [
    "~",
    ".swp",
    ".swo",
    ".swx",
    ".kate-swp",
    ".tmp",
    ".crdownload",
    ".part",
    ".bak",
    ".orig",
    ".rej",
    "___jb_tmp___",
    "___jb_old___",
];

/// Files that systems and editors add to folders.
const OF_SYSTEMS: [&str; 3] = ["4913", "thumbs.db", "desktop.ini"];

/// True for hidden names, and for backups and temporary files of editors and systems.
pub(crate) fn is_ignored(name: &str) -> bool {
    let hidden = name.starts_with('.') && !PUBLISHED_HIDDEN.contains(&name);
    let lock = name.starts_with("~$") || (name.starts_with('#') && name.ends_with('#'));
    let lower = name.to_lowercase();
    hidden || lock || OF_SYSTEMS.contains(&lower.as_str()) || LEFTOVERS.iter().any(|ending| lower.ends_with(ending))
}

/// True for the settings of a folder.
pub(crate) fn is_section_file(path: &str) -> bool {
    path.strip_suffix(SECTION_FILE).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// True for pages, flows and the settings of folders.
fn is_document(path: &str) -> bool {
    let is_page = Path::new(path).extension().is_some_and(|extension| extension == "md");
    is_page || is_section_file(path) || FLOW_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// Reads pages and flows in parallel, and adds them to the sources by path.
fn read_documents(
    files: Vec<Asset>,
    sources: &mut Sources,
    refused: &mut Vec<Refused>,
    diagnostics: &mut Diagnostics,
) -> Vec<FileId> {
    let texts = read_all(files, CONTENT, refused);
    let add =
        |(asset, bytes): (Asset, Vec<u8>)| add_text(sources, format!("{CONTENT}/{}", asset.path), bytes, diagnostics);
    texts.into_iter().map(add).collect()
}

fn read_theme_files(files: Vec<Asset>, refused: &mut Vec<Refused>) -> Vec<ThemeFile> {
    let named = |(asset, bytes): (Asset, Vec<u8>)| {
        let (theme, path) = asset.path.split_once('/')?;
        Some(ThemeFile { theme: theme.to_owned(), path: path.to_owned(), bytes })
    };
    let inside: Vec<Asset> = files.into_iter().filter(|asset| asset.path.contains('/')).collect();
    read_all(inside, THEMES, refused).into_iter().filter_map(named).collect()
}

/// The bytes of each file, without files that were deleted since the walk. Unreadable files are refused.
fn read_all(files: Vec<Asset>, folder: &str, refused: &mut Vec<Refused>) -> Vec<(Asset, Vec<u8>)> {
    let read: Vec<_> = files.into_par_iter().map(|asset| (file::read(&asset.absolute), asset)).collect();
    let keep = |(bytes, asset): (Result<Vec<u8>>, Asset)| match bytes {
        Ok(bytes) => Some((asset, bytes)),
        Err(error) => {
            refused.extend(refuse_unless_gone(format!("{folder}/{}", asset.path), error));
            None
        }
    };
    read.into_iter().filter_map(keep).collect()
}

/// Adds a text to the sources. A byte order mark is dropped; invalid UTF-8 is replaced, and its first byte reported.
fn add_text(sources: &mut Sources, path: String, bytes: Vec<u8>, diagnostics: &mut Diagnostics) -> FileId {
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    match String::from_utf8(bytes) {
        Ok(text) => sources.add(path, text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let file = sources.add(path, String::from_utf8_lossy(error.as_bytes()));
            diagnostics.push(page::invalid_utf8(replacement_at(file, at)));
            file
        }
    }
}

/// Span of the replacement of the first invalid byte; the text before it kept its length.
fn replacement_at(file: FileId, start: usize) -> Span {
    Span::new(file, start, start + char::REPLACEMENT_CHARACTER.len_utf8())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::diagnostic::Code;
    use crate::error::Error;

    fn site(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn read_site(root: &Path) -> (Project, Vec<Code>) {
        let (project, _, diagnostics) = SiteRoot::open(root).unwrap().read().unwrap();
        (project, diagnostics.iter().map(|diagnostic| diagnostic.code).collect())
    }

    fn documents(project: &Project) -> Vec<&str> {
        project.documents.iter().map(|file| project.sources.path(*file)).collect()
    }

    fn paths(assets: &[Asset]) -> Vec<&str> {
        assets.iter().map(|asset| asset.path.as_str()).collect()
    }

    #[test]
    fn reads_every_part_of_a_site_by_path() {
        let folder = site(&[
            ("vereda.yaml", b"title: T"),
            ("content/b.md", b"b"),
            ("content/a/x.flow.yaml", b"x"),
            ("content/a/foto.png", b"png"),
            ("content/a.md", b"a"),
            ("static/robots.txt", b"r"),
            ("static/.nojekyll", b""),
            ("themes/README.md", b"no theme"),
            ("themes/orange/css/base.css", b"css"),
        ]);
        let (project, codes) = read_site(folder.path());
        assert_eq!(codes, []);
        assert_eq!(documents(&project), ["content/a.md", "content/a/x.flow.yaml", "content/b.md"]);
        assert_eq!(paths(&project.content_assets), ["a/foto.png"]);
        assert_eq!(project.content_assets[0].length, 3);
        assert_eq!(paths(&project.static_assets), [".nojekyll", "robots.txt"]);
        let theme: Vec<_> = project.theme_files.iter().map(|file| (file.theme.as_str(), file.path.as_str())).collect();
        assert_eq!(theme, [("orange", "css/base.css")]);
        assert_eq!(project.sources.text(project.config), "title: T");
    }

    #[test]
    fn refuses_a_folder_without_configuration() {
        let folder = site(&[("content/a.md", b"a")]);
        let result = SiteRoot::open(folder.path());
        assert!(matches!(result, Err(Error::NotASite(_))));
        let result = SiteRoot::open(&folder.path().join("none"));
        assert!(matches!(result, Err(Error::NotASite(_))));
    }

    #[test]
    fn reports_a_site_without_content() {
        let folder = site(&[("vereda.yaml", b"title: T")]);
        assert_eq!(read_site(folder.path()).1, [Code::PAGE_NO_CONTENT]);
    }

    #[test]
    fn reports_the_first_byte_that_is_not_utf8() {
        let folder = site(&[("vereda.yaml", b"title: T"), ("content/a.md", b"ol\xC3\xA1 \xFF \xFE")]);
        let (project, _, diagnostics) = SiteRoot::open(folder.path()).unwrap().read().unwrap();
        let span = diagnostics.iter().next().unwrap().span.unwrap();
        assert_eq!(diagnostics.iter().count(), 1);
        assert_eq!((span.start, project.sources.slice(span)), (5, "\u{FFFD}"));
    }

    #[test]
    fn drops_a_byte_order_mark() {
        let folder = site(&[("vereda.yaml", b"title: T"), ("content/a.md", b"\xEF\xBB\xBF---")]);
        let (project, _) = read_site(folder.path());
        assert_eq!(project.sources.text(project.documents[0]), "---");
    }

    #[test]
    fn ignores_hidden_files_and_editor_temporaries() {
        for name in [".x.md", ".git", "a.md~", "a.md.swp", "#a.md#", "4913", ".#a.md", "a.md___jb_tmp___"] {
            assert!(is_ignored(name), "{name}");
        }
        for name in ["a.md.orig", "a.md.bak", "A.BAK", "a.md.rej", "Thumbs.db", "a.zip.part"] {
            assert!(is_ignored(name), "{name}");
        }
        for name in ["a.md", ".nojekyll", "a#b.md", "49134", "swp", "bak.md", "a.original", "orig", "parte.md"] {
            assert!(!is_ignored(name), "{name}");
        }
        let folder = site(&[
            ("vereda.yaml", b"title: T"),
            ("content/.git/a.md", b""),
            ("content/a.md~", b""),
            ("content/a.md", b""),
        ]);
        let (project, _) = read_site(folder.path());
        assert_eq!(documents(&project), ["content/a.md"]);
        assert!(project.content_assets.is_empty());
    }

    #[test]
    fn names_a_file_in_nfc() {
        let folder = site(&[("vereda.yaml", b"title: T"), ("content/sec\u{0327}a\u{0303}o.md", b"")]);
        let (project, _) = read_site(folder.path());
        assert_eq!(documents(&project), ["content/seção.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn follows_links_inside_the_root_only() {
        use std::os::unix::fs::symlink;
        let outside = site(&[("secret/a.md", b"secret")]);
        let folder = site(&[("vereda.yaml", b"title: T"), ("content/a.md", b"a"), ("shared/b.md", b"b")]);
        let content = folder.path().join("content");
        symlink("../shared", content.join("inside")).unwrap();
        symlink(outside.path().join("secret"), content.join("out")).unwrap();
        symlink(outside.path().join("secret/a.md"), content.join("out.md")).unwrap();
        let (project, codes) = read_site(folder.path());
        assert_eq!(documents(&project), ["content/a.md", "content/inside/b.md"]);
        assert_eq!(codes, [Code::PAGE_SYMLINK_OUTSIDE, Code::PAGE_SYMLINK_OUTSIDE]);
    }

    #[cfg(unix)]
    #[test]
    fn stops_at_circular_links() {
        use std::os::unix::fs::symlink;
        let folder = site(&[("vereda.yaml", b"title: T"), ("content/a/a.md", b"a"), ("content/b/b.md", b"b")]);
        let content = folder.path().join("content");
        symlink("..", content.join("root")).unwrap();
        symlink(".", content.join("here")).unwrap();
        symlink("../b", content.join("a/b")).unwrap();
        symlink("../a", content.join("b/a")).unwrap();
        symlink("self", content.join("self")).unwrap();
        let (project, codes) = read_site(folder.path());
        assert_eq!(codes, [Code::PAGE_SYMLINK_BROKEN]);
        assert_eq!(documents(&project), ["content/a/a.md", "content/a/b/b.md", "content/b/a/a.md", "content/b/b.md"]);
    }
}
