//! Renames into and out of a folder, with roll-back.
//!
//! In: the moves. Out: all of them are made, or none. Entry points: [`make`] and [`undo`]. A journal in the staging folder
//! lists the moves first, so that [`undo`] finds the progress of a killed build on the disk.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::cannot_write;
use super::stage::{new_tree, old_tree};
use crate::error::Result;

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

    fn from_line(line: &str) -> Option<Self> {
        let has_new = line.starts_with('+');
        Some(Self { path: PathBuf::from(line.get(1..)?), has_new })
    }
}

/// Makes every move. After a failure, call [`undo`].
pub(super) fn make(moves: &[Move], stage: &Path, folder: &Path) -> Result<()> {
    write_journal(moves, stage).map_err(cannot_write(stage))?;
    for (number, one) in moves.iter().enumerate() {
        let place = folder.join(&one.path);
        one.make(&place, &new_tree(stage), &old_tree(stage).join(number.to_string())).map_err(cannot_write(&place))?;
    }
    fs::remove_file(journal(stage)).map_err(cannot_write(stage))
}

/// Undoes the moves of a staging folder, last first; none if all were made.
pub(super) fn undo(stage: &Path, folder: &Path) -> io::Result<()> {
    let text = match fs::read_to_string(journal(stage)) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(()),
        text => text?,
    };
    let moves: Vec<Move> = text.lines().filter_map(Move::from_line).collect();
    for (number, one) in moves.iter().enumerate().rev() {
        one.undo(&folder.join(&one.path), &new_tree(stage), &old_tree(stage).join(number.to_string()))?;
    }
    fs::remove_file(journal(stage))
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

impl Move {
    /// A file is replaced by one rename, so that it is never missing; a folder is moved out first.
    fn make(&self, place: &Path, new: &Path, old: &Path) -> io::Result<()> {
        let new = new.join(&self.path);
        if is_there(place) {
            let is_replaced = self.has_new && !is_folder(place) && !is_folder(&new);
            if !is_replaced || fs::hard_link(place, old).is_err() {
                fs::rename(place, old)?;
            }
        }
        if self.has_new { fs::rename(new, place) } else { Ok(()) }
    }

    fn undo(&self, place: &Path, new: &Path, old: &Path) -> io::Result<()> {
        let new = new.join(&self.path);
        let was_put_in = self.has_new && !is_there(&new);
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
                one.make(&folder.join(&one.path), &new_tree(&stage), &old_tree(&stage).join(number.to_string()))
                    .unwrap();
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
