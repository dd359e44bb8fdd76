//! Renames into and out of a folder, with roll-back.
//!
//! In: the moves. Out: all of them are made, or none. Entry points: [`make`] and [`undo`]. A journal in the staging folder
//! lists the moves first, so that [`undo`] finds the progress of a killed build on the disk.

use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::cannot_write;
use super::marker::{MARKER, is_safe};
use super::stage::{new_tree, old_tree, open_without_links};
use crate::error::{Error, Result};

/// A file or folder that is replaced, added or removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// Relative to the folder, and to the new tree of the staging folder.
    path: PathBuf,
    /// The new tree has this path.
    has_new: bool,
}

impl Move {
    /// The move of a path, with its new version if the new tree has one.
    pub(super) fn new(path: &Path, new: &Path) -> Self {
        Self { path: path.to_owned(), has_new: is_there(&new.join(path)) }
    }

    /// A line of the journal.
    fn to_line(&self) -> Option<String> {
        let sign = if self.has_new { '+' } else { '-' };
        Some(format!("{sign}{}\n", self.path.to_str()?))
    }

    /// `None` for a line that no build writes.
    fn from_line(line: &str) -> Option<Self> {
        let (has_new, path) = match line.split_at_checked(1)? {
            ("+", path) => (true, path),
            ("-", path) => (false, path),
            _ => return None,
        };
        (path == MARKER || is_safe(path)).then(|| Self { path: PathBuf::from(path), has_new })
    }
}

/// Makes every move. After a failure, call [`undo`].
pub(super) fn make(moves: &[Move], stage: &Path, folder: &Path) -> Result<()> {
    write_journal(moves, stage).map_err(cannot_write(stage))?;
    for (number, one) in moves.iter().enumerate() {
        one.make(&Places::of(one, number, stage, folder)?).map_err(cannot_write(&folder.join(&one.path)))?;
    }
    fs::remove_file(journal(stage)).map_err(cannot_write(stage))
}

/// Undoes the moves of a staging folder, last first; none if all were made, or if a line of the journal is not of a build.
pub(super) fn undo(stage: &Path, folder: &Path) -> Result<()> {
    let Some(moves) = read_journal(stage).map_err(cannot_write(stage))? else { return Ok(()) };
    let places = moves.iter().enumerate().map(|(number, one)| Places::of(one, number, stage, folder));
    let places = places.collect::<Result<Vec<_>>>()?;
    for (one, places) in moves.iter().zip(&places).rev() {
        one.undo(places).map_err(cannot_write(&places.place))?;
    }
    fs::remove_file(journal(stage)).map_err(cannot_write(stage))
}

/// True if the moves of a staging folder were begun, and not all were made.
pub(super) fn has_journal(stage: &Path) -> bool {
    is_there(&journal(stage))
}

/// The path of the earlier version of a file in a staging folder with a journal.
pub(super) fn find_replaced(stage: &Path, path: &Path) -> Option<PathBuf> {
    let number = read_journal(stage).ok()??.iter().position(|one| one.path == path)?;
    Some(old_tree(stage).join(number.to_string()))
}

/// `None` without a journal. Fails for a line that no build writes.
fn read_journal(stage: &Path) -> io::Result<Option<Vec<Move>>> {
    let mut text = String::new();
    match open_without_links(&journal(stage)) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
        file => file?.read_to_string(&mut text)?,
    };
    let moves: Option<Vec<Move>> = text.lines().map(Move::from_line).collect();
    moves.map(Some).ok_or_else(|| ErrorKind::InvalidData.into())
}

fn journal(stage: &Path) -> PathBuf {
    stage.join("moves")
}

/// Complete before the first move.
fn write_journal(moves: &[Move], stage: &Path) -> io::Result<()> {
    let lines: Option<String> = moves.iter().map(Move::to_line).collect();
    let draft = stage.join("moves.draft");
    fs::write(&draft, lines.ok_or(ErrorKind::InvalidFilename)?)?;
    fs::rename(draft, journal(stage))
}

/// The paths of a move: in the folder, of the new version, and of the earlier one.
struct Places {
    place: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl Places {
    /// Fails if a folder on the way is a link.
    fn of(one: &Move, number: usize, stage: &Path, folder: &Path) -> Result<Self> {
        let (new, old) = (new_tree(stage), old_tree(stage));
        let is_link = |base: &Path, path: &Path| path.ancestors().skip(1).any(|parent| base.join(parent).is_symlink());
        if is_link(&new, &one.path) || old.is_symlink() || is_link(folder, &one.path) {
            return Err(Error::UnsafeOutput(one.path.clone()));
        }
        Ok(Self { place: folder.join(&one.path), new: new.join(&one.path), old: old.join(number.to_string()) })
    }
}

impl Move {
    /// A file is replaced by one rename, so that it is never missing; a folder is moved out first.
    fn make(&self, Places { place, new, old }: &Places) -> io::Result<()> {
        if is_there(place) {
            let is_replaced = self.has_new && !is_folder(place) && !is_folder(new);
            if !is_replaced || fs::hard_link(place, old).is_err() {
                fs::rename(place, old)?;
            }
        }
        if self.has_new { fs::rename(new, place) } else { Ok(()) }
    }

    fn undo(&self, Places { place, new, old }: &Places) -> io::Result<()> {
        let was_put_in = self.has_new && !is_there(new);
        if was_put_in && (is_folder(place) || !is_there(old)) {
            fs::rename(place, new)?;
        }
        if is_there(old) { fs::rename(old, place) } else { Ok(()) }
    }
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A folder with `kept`, `changed`, `removed` and `tree/old`, and a stage that changes all but `kept`.
    fn place() -> (tempfile::TempDir, PathBuf, PathBuf, Vec<Move>) {
        let temporary = tempfile::tempdir().unwrap();
        let (folder, stage) = (temporary.path().join("public"), temporary.path().join("stage"));
        let new = new_tree(&stage);
        for path in [folder.join("tree"), new.join("tree"), new.join("added"), old_tree(&stage)] {
            fs::create_dir_all(path).unwrap();
        }
        for path in ["kept", "changed", "removed", "tree/old"] {
            fs::write(folder.join(path), "old").unwrap();
        }
        for path in ["changed", "tree/new", "added/new"] {
            fs::write(new.join(path), "new").unwrap();
        }
        let moves = ["changed", "removed", "tree", "added"].map(|path| Move::new(Path::new(path), &new));
        (temporary, folder, stage, moves.to_vec())
    }

    fn tree(folder: &Path) -> BTreeMap<String, String> {
        let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
        let name = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
        files.map(|file| (name(file.path()), fs::read_to_string(file.path()).unwrap())).collect()
    }

    fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    const BEFORE: [(&str, &str); 4] = [("changed", "old"), ("kept", "old"), ("removed", "old"), ("tree/old", "old")];

    #[test]
    fn moves_everything() {
        let (_temporary, folder, stage, moves) = place();
        make(&moves, &stage, &folder).unwrap();
        let after = [("added/new", "new"), ("changed", "new"), ("kept", "old"), ("tree/new", "new")];
        assert_eq!(tree(&folder), expected(&after));
        undo(&stage, &folder).unwrap();
        assert_eq!(tree(&folder), expected(&after), "what was made is not undone");
    }

    #[test]
    fn puts_everything_back_however_far_a_build_came() {
        for count in 0..=4 {
            let (_temporary, folder, stage, moves) = place();
            write_journal(&moves, &stage).unwrap();
            for (number, one) in moves.iter().enumerate().take(count) {
                one.make(&Places::of(one, number, &stage, &folder).unwrap()).unwrap();
            }
            undo(&stage, &folder).unwrap();
            assert_eq!(tree(&folder), expected(&BEFORE), "after {count} moves");
        }
    }

    #[test]
    fn rolls_back_a_folder_taken_out_and_a_linked_file() {
        let (_temporary, folder, stage, moves) = place();
        write_journal(&moves, &stage).unwrap();
        fs::hard_link(folder.join("changed"), old_tree(&stage).join("0")).unwrap();
        fs::rename(folder.join("tree"), old_tree(&stage).join("2")).unwrap();
        undo(&stage, &folder).unwrap();
        assert_eq!(tree(&folder), expected(&BEFORE));
    }

    #[test]
    fn believes_no_journal_with_a_path_outside() {
        for line in ["+/etc/x", "+../x", "-a/../../x", "+", "x", "+a\0b", "-./x", "+a//b", "é"] {
            assert_eq!(Move::from_line(line), None, "{line:?}");
        }
        let (_temporary, folder, stage, moves) = place();
        write_journal(&moves, &stage).unwrap();
        fs::rename(folder.join("removed"), old_tree(&stage).join("1")).unwrap();
        let text = fs::read_to_string(journal(&stage)).unwrap();
        fs::write(journal(&stage), format!("{text}-../victim\n")).unwrap();
        fs::write(old_tree(&stage).join("4"), "evil").unwrap();
        assert!(undo(&stage, &folder).is_err());
        assert!(!folder.join("removed").exists() && !folder.parent().unwrap().join("victim").exists());
    }

    #[cfg(unix)]
    #[test]
    fn follows_no_link() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("victim.txt"), "mine").unwrap();
        let (_temporary, folder, stage, _) = place();
        symlink(outside.path(), folder.join("inside")).unwrap();
        fs::write(old_tree(&stage).join("0"), "evil").unwrap();
        fs::write(journal(&stage), "-inside/victim.txt\n").unwrap();
        assert!(undo(&stage, &folder).is_err());
        fs::rename(journal(&stage), outside.path().join("moves")).unwrap();
        symlink(outside.path().join("moves"), journal(&stage)).unwrap();
        assert!(undo(&stage, &folder).is_err());
        fs::remove_file(journal(&stage)).unwrap();
        fs::write(journal(&stage), "-victim.txt\n").unwrap();
        fs::remove_dir_all(old_tree(&stage)).unwrap();
        symlink(outside.path(), old_tree(&stage)).unwrap();
        assert!(undo(&stage, &folder).is_err());
        assert_eq!(fs::read_to_string(outside.path().join("victim.txt")).unwrap(), "mine");
    }

    #[test]
    fn puts_everything_back_when_a_move_fails() {
        let (_temporary, folder, stage, mut moves) = place();
        let below_a_file = Path::new("kept/below");
        fs::create_dir(new_tree(&stage).join("kept")).unwrap();
        fs::write(new_tree(&stage).join(below_a_file), "new").unwrap();
        moves.push(Move::new(below_a_file, &new_tree(&stage)));
        assert!(make(&moves, &stage, &folder).is_err());
        undo(&stage, &folder).unwrap();
        assert_eq!(tree(&folder), expected(&BEFORE));
    }
}
