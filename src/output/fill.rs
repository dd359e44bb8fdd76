//! Writing of new files into a staging folder.
//!
//! In: a [`Plan`], the folder and the units that will be replaced. Out: every unit complete in the staging
//! folder; unchanged files are hard links to the existing ones, which keeps their dates and inodes. Entry point: [`fill`].

use std::collections::BTreeSet;
use std::fs::{self, File, FileTimes};
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use super::marker::MARKER;
use super::plan::Plan;
use super::{Contents, OutputFile, cannot_write};
use crate::error::Result;
use crate::progress::Steps;
use crate::project::file;

/// Writes every file of the plan that belongs to a unit into `new`.
pub(super) fn fill(
    new: &Path,
    plan: &Plan<'_>,
    units: &BTreeSet<&Path>,
    folder: &Path,
    steps: &Steps<'_>,
) -> Result<()> {
    let belongs = |path: &Path| path.ancestors().any(|ancestor| units.contains(ancestor));
    let changed: Vec<&OutputFile> =
        plan.changed.iter().copied().filter(|output| belongs(Path::new(&output.path))).collect();
    let kept: Vec<&Path> = plan.kept().filter(|path| belongs(path)).collect();
    make_folders(changed.iter().map(|output| Path::new(&output.path)).chain(kept.iter().copied()), new)?;
    changed.par_iter().try_for_each(|output| write_output(output, new).map(|()| steps.step()))?;
    kept.par_iter().try_for_each(|path| keep(&folder.join(path), &new.join(path)))?;
    if belongs(Path::new(MARKER)) { write_file(&new.join(MARKER), plan.marker.as_bytes()) } else { Ok(()) }
}

/// Creates the folders of the files below `tree`, each once.
fn make_folders<'a>(files: impl Iterator<Item = &'a Path>, tree: &Path) -> Result<()> {
    let folders: BTreeSet<&Path> = files.filter_map(Path::parent).collect();
    folders.into_par_iter().try_for_each(|folder| {
        let place = tree.join(folder);
        fs::create_dir_all(&place).map_err(cannot_write(&place))
    })
}

/// Links `place` to `old`; without hard links on the file system, copies it with its date.
fn keep(old: &Path, place: &Path) -> Result<()> {
    match fs::hard_link(old, place) {
        Err(cause) if !matches!(cause.kind(), ErrorKind::CrossesDevices | ErrorKind::AlreadyExists) => {
            copy_with_date(old, place).map_err(cannot_write(place))
        }
        linked => linked.map_err(cannot_write(place)),
    }
}

fn copy_with_date(old: &Path, place: &Path) -> io::Result<()> {
    fs::copy(old, place)?;
    let modified = fs::metadata(old)?.modified()?;
    File::options().write(true).open(place)?.set_times(FileTimes::new().set_modified(modified))
}

fn write_output(output: &OutputFile, tree: &Path) -> Result<()> {
    let place = tree.join(&output.path);
    match &output.contents {
        Contents::Bytes(bytes) => write_file(&place, bytes),
        Contents::Copy(source) => copy(source, &place),
    }
}

fn write_file(place: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(place, bytes).map_err(cannot_write(place))
}

/// Copies the bytes, not the permissions: files that only their owner may read are published too.
fn copy(source: &Path, place: &Path) -> Result<()> {
    let mut from = file::open(source)?;
    let written = File::create_new(place).and_then(|mut to| io::copy(&mut from, &mut to));
    written.map(drop).map_err(cannot_write(place))
}
