//! The root of a site whose `vereda.yaml` was read and parsed.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::lookalikes::report_lookalikes;
use super::macros::read_macros;
use super::refused::report_refused;
use super::walk::FileWalk;
use super::{CONTENT, Project, STATIC, THEMES, add_text, file, is_document, read_documents, read_theme_files};
use crate::config::{self, Config};
use crate::diagnostic::catalogue::page;
use crate::diagnostic::{Diagnostics, Language};
use crate::error::{Error, Result};
use crate::source::{FileId, Sources};

/// A folder with a parsed `vereda.yaml`. A run consumes it, so that no run parses the configuration twice.
#[derive(Debug)]
pub struct SiteRoot {
    pub(crate) path: PathBuf,
    pub(crate) config: Config,
    /// Diagnostics of the configuration.
    pub(crate) diagnostics: Diagnostics,
    /// The configuration alone.
    pub(crate) sources: Sources,
    config_file: FileId,
}

impl SiteRoot {
    /// Reads and parses `vereda.yaml` of a folder.
    ///
    /// # Errors
    ///
    /// [`Error::NotASite`] where there is no such file. Mistakes in it are diagnostics of the run, not errors.
    pub fn open(path: &Path) -> Result<Self> {
        let text = read_config(path)?;
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let config_file = add_text(&mut sources, config::FILE_NAME.to_owned(), text, &mut diagnostics);
        let config = config::parse(config_file, &sources, &mut diagnostics);
        Ok(Self { path: path.to_owned(), config, diagnostics, sources, config_file })
    }

    /// Language of the site, for diagnostics.
    pub fn language(&self) -> Language {
        Language::of_tag(&self.config.language)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file of macros that the configuration names.
    pub(crate) fn macros_file(&self) -> Option<PathBuf> {
        self.config.zendesk.macros_path().map(|path| self.path.join(path))
    }

    /// Reads every other file of the site.
    pub(crate) fn read(self) -> Result<(Project, Config, Diagnostics)> {
        let Self { path, config, mut diagnostics, mut sources, config_file } = self;
        let walk = FileWalk::new(&path)?;
        if !path.join(CONTENT).is_dir() {
            diagnostics.push(page::no_content(None, CONTENT));
        }
        let (mut content, mut fixed, themes) = (walk.files(CONTENT)?, walk.files(STATIC)?, walk.files(THEMES)?);
        content.check_readable(CONTENT);
        fixed.check_readable(STATIC);
        let mut refused: Vec<_> = [content.refused, fixed.refused, themes.refused].into_iter().flatten().collect();
        let (documents, content_assets): (Vec<_>, Vec<_>) =
            content.files.into_iter().partition(|asset| is_document(&asset.path));
        let theme_files = read_theme_files(themes.files, &mut refused);
        let documents = read_documents(documents, &mut sources, &mut refused, &mut diagnostics);
        report_lookalikes(&content_assets, &mut sources, &mut diagnostics);
        report_refused(&refused, &mut sources, &mut diagnostics);
        read_macros(&path, &config.zendesk, &mut sources, &mut diagnostics);
        let static_assets = fixed.files;
        let project =
            Project { sources, config: config_file, documents, content_assets, static_assets, theme_files, refused };
        Ok((project, config, diagnostics))
    }
}

/// The bytes of `vereda.yaml`.
fn read_config(root: &Path) -> Result<Vec<u8>> {
    file::read(&root.join(config::FILE_NAME)).map_err(|error| match error {
        Error::Read(_, cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Error::NotASite(root.to_owned())
        }
        error => error,
    })
}
