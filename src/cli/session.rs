//! Settings of a run: the root, the language, the date, the terminal.
//!
//! Only this module reads the environment and the clock.

use std::cell::Cell;
use std::io::IsTerminal;
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use vereda::diagnostic::{Language, Text, cli};
use vereda::output::write_file;
use vereda::pipeline::{Options, SiteRoot};

use super::Failure;
use super::arguments::Common;
use super::terminal::Terminal;

/// Fixes the date, in seconds since 1970.
const DATE_VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// One run of the program.
#[derive(Debug)]
pub(crate) struct Session {
    /// The folder of the site.
    pub(crate) root: PathBuf,
    pub(crate) terminal: Terminal,
    /// The date of the run.
    pub(crate) today: Date,
    /// `--lang`.
    language_option: Option<Language>,
    /// Language of the site, once it is known.
    site_language: Cell<Option<Language>>,
    /// The environment allows a progress bar.
    allows_bar: bool,
}

impl Session {
    /// Interprets the options of every command.
    pub(crate) fn new(common: Common) -> Self {
        Self {
            terminal: Terminal::new(common.color, common.quiet),
            today: read_today().unwrap_or_else(|_| Zoned::now().date()),
            language_option: common.lang,
            site_language: Cell::new(None),
            root: common.root,
            allows_bar: allows_bar(),
        }
    }

    /// Refuses a date variable that is no number of seconds.
    pub(crate) fn check_date() -> Result<(), Failure> {
        read_today().map(drop)
    }

    /// Reads the configuration of the site. From then on messages are in its language, unless `--lang` is given.
    pub(crate) fn open_site(&self) -> Result<SiteRoot, Failure> {
        let root = SiteRoot::open(&self.root)?;
        self.set_site_language(root.language());
        Ok(root)
    }

    pub(crate) fn set_site_language(&self, language: Language) {
        self.site_language.set(Some(language));
    }

    /// `--lang`.
    pub(crate) fn language_option(&self) -> Option<Language> {
        self.language_option
    }

    /// Language of messages: `--lang`, else the site's, else the environment's.
    pub(crate) fn language(&self) -> Language {
        self.language_option.or(self.site_language.get()).unwrap_or_else(read_language)
    }

    /// Commands of editors that the environment names, the most likely first.
    pub(crate) fn editor_commands() -> Vec<String> {
        let of_terminal = std::env::var("TERM_PROGRAM").ok();
        let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
        of_terminal.into_iter().chain(named).collect()
    }

    /// The absolute path of the site's folder; `None` if the current folder is not known.
    pub(crate) fn absolute_root(&self) -> Option<PathBuf> {
        std::path::absolute(&self.root).ok().map(|root| root.components().collect())
    }

    /// Logs a message about the work on the standard error, unless `--quiet` is given.
    pub(crate) fn log(&self, text: &Text) {
        self.terminal.log(text.in_language(self.language()));
    }

    /// Writes a result to a file in an existing folder, or else to the standard output.
    pub(crate) fn write_result(&self, text: &str, file: Option<&Path>) -> Result<(), Failure> {
        match file {
            None => self.terminal.print(text)?,
            Some(path) => {
                write_file(path, text)?;
                self.log(&cli::created(path.display()));
            }
        }
        Ok(())
    }

    /// True if the standard error is a terminal that can show a progress bar.
    pub(crate) fn shows_bar(&self) -> bool {
        self.allows_bar && !self.terminal.is_quiet && std::io::stderr().is_terminal()
    }

    /// The options of a run, before a command adds its own.
    pub(crate) fn options(&self) -> Options {
        Options::new(self.today)
    }

    /// The root relative to the current folder, which in CI is the repository: empty, or with `/` between its parts and at
    /// its end. Empty too if it is not inside the current folder.
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

/// A variable of the environment; `None` if it is not UTF-8.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The present time, for the cache of external links. No output depends on it.
pub(crate) fn read_now() -> Timestamp {
    Timestamp::now()
}

/// The date in the machine's time zone, or that of `SOURCE_DATE_EPOCH` in UTC
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

/// False in CI, whose logs keep every frame of a bar, and on a dumb terminal, which cannot erase one.
fn allows_bar() -> bool {
    let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !is_ci && !is_dumb
}

/// Language of the help, before the arguments are parsed: `--lang`, else that of the environment.
pub(crate) fn read_help_language() -> Language {
    let mut arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    while let Some(argument) = arguments.next() {
        let value = argument.strip_prefix("--lang=").map(str::to_owned);
        let value = value.or_else(|| (argument == "--lang").then(|| arguments.next()).flatten());
        if let Some(tag) = value {
            return Language::of_tag(&tag);
        }
    }
    read_language()
}

/// The language of the first locale variable that is set; otherwise English.
fn read_language() -> Language {
    let set = |name: &&str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find(set);
    Language::of_tag(&name.and_then(|name| std::env::var(name).ok()).unwrap_or_default())
}
