//! What was typed → what it means for every command: the root, the language, the day.
//!
//! The only reader of the environment and of the clock.

use std::io::IsTerminal;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use vereda::diagnostic::{Language, cli};
use vereda::pipeline::{Options, find_language};
use vereda::progress::Observer;

use super::Failure;
use super::arguments::Common;
use super::terminal::Terminal;

/// Fixes the day, in seconds since 1970.
const DATE_VARIABLE: &str = "SOURCE_DATE_EPOCH";

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
    /// The environment leaves room for a bar that moves.
    may_move: bool,
}

impl Session {
    /// Understands the flags of every command.
    pub(crate) fn new(common: Common) -> Self {
        Self {
            terminal: Terminal::new(common.color, common.quiet),
            today: read_today().unwrap_or_else(|_| Zoned::now().date()),
            language: common.lang,
            root: common.root,
            may_move: can_move(),
        }
    }

    /// Refuses a day that the environment gives and nobody can read.
    pub(crate) fn check_day() -> Result<(), Failure> {
        read_today().map(drop)
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

    /// The language of the site, where there is one to be read, unless another was asked for.
    pub(crate) fn site_language(&self) -> Language {
        self.language.or_else(|| find_language(&self.root)).unwrap_or_else(read_language)
    }

    /// True when a person looks at the standard error and may be shown how far the work has come.
    pub(crate) fn is_watched(&self) -> bool {
        self.may_move && !self.terminal.is_quiet && std::io::stderr().is_terminal()
    }

    /// What the pipeline is asked, before a command adds its own.
    pub(crate) fn options(&self) -> Options {
        Options {
            root: self.root.clone(),
            base_url: None,
            drafts: false,
            preview: false,
            today: self.today,
            known: None,
            observer: Observer::default(),
        }
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

/// A variable of the environment; one that is no text is not set.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The moment, for what is kept from one run to the next: nothing that is published knows it.
pub(crate) fn read_now() -> Timestamp {
    Timestamp::now()
}

/// The day, in the machine's time zone; `SOURCE_DATE_EPOCH` fixes it, in UTC, and is refused when it is no moment
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
fn read_today() -> Result<Date, Failure> {
    let Some(fixed) = std::env::var_os(DATE_VARIABLE) else {
        return Ok(Zoned::now().date());
    };
    let fixed = fixed.to_string_lossy();
    let moment = fixed.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    let moment = moment.ok_or_else(|| Failure::new(cli::no_moment(DATE_VARIABLE, fixed)))?;
    Ok(moment.to_zoned(TimeZone::UTC).date())
}

/// Logs of CI keep every drawing of a bar, and a dumb terminal cannot take one back.
fn can_move() -> bool {
    let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !is_ci && !is_dumb
}

/// The first of the usual variables that is set; English where none is.
fn read_language() -> Language {
    let set = |name: &&str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find(set);
    Language::of_tag(&name.and_then(|name| std::env::var(name).ok()).unwrap_or_default())
}
