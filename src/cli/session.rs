//! What was typed → what it means for every command: the root, the language, the day.
//!
//! The only reader of the environment and of the clock.

use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use vereda::diagnostic::Language;
use vereda::pipeline::Options;

use super::arguments::Common;
use super::terminal::Terminal;

/// One run of the program.
#[derive(Debug)]
pub(crate) struct Session {
    /// The folder of the site.
    pub(crate) root: PathBuf,
    /// Where things are said.
    pub(crate) terminal: Terminal,
    /// The day of the run.
    pub(crate) today: Date,
    /// `--lang`.
    language: Option<Language>,
}

impl Session {
    /// Understands the flags of every command.
    pub(crate) fn new(common: Common) -> Self {
        Self {
            terminal: Terminal::new(common.color, common.quiet),
            today: read_today(),
            language: common.lang,
            root: common.root,
        }
    }

    /// `--lang`.
    pub(crate) fn asked_language(&self) -> Option<Language> {
        self.language
    }

    /// The language that was asked for, else another.
    pub(crate) fn language_or(&self, other: Language) -> Language {
        self.language.unwrap_or(other)
    }

    /// The language to speak where the site's is not known: what was asked for, else the environment's.
    pub(crate) fn language(&self) -> Language {
        self.language.unwrap_or_else(read_language)
    }

    /// What the pipeline is asked, before a command adds its own.
    pub(crate) fn options(&self) -> Options {
        Options { root: self.root.clone(), base_url: None, drafts: false, today: self.today }
    }

    /// The folder of the site as seen from the one where the program was started, which in CI is the repository: empty, or with
    /// `/` between its parts and at its end. Empty too where it is not inside that folder.
    pub(crate) fn folder(&self) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        let inside = self.root.strip_prefix(&here).unwrap_or(&self.root);
        let mut folder = String::new();
        for part in inside.components() {
            match part {
                Component::CurDir => {}
                Component::Normal(name) => {
                    folder += &name.to_string_lossy();
                    folder.push('/');
                }
                _ => return String::new(),
            }
        }
        folder
    }

    /// A path of the site, as a person would type it.
    pub(crate) fn in_root(&self, path: impl AsRef<Path>) -> PathBuf {
        if self.root == Path::new(".") { path.as_ref().to_owned() } else { self.root.join(path) }
    }
}

/// The day, in the machine's time zone; `SOURCE_DATE_EPOCH` fixes it, in UTC
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
fn read_today() -> Date {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    match fixed.and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        Some(moment) => moment.to_zoned(TimeZone::UTC).date(),
        None => Zoned::now().date(),
    }
}

/// The first of the usual variables that is set; English where none is.
fn read_language() -> Language {
    let set = |name: &&str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find(set);
    Language::of_tag(&name.and_then(|name| std::env::var(name).ok()).unwrap_or_default())
}
