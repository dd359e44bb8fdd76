//! The file system → "the sources changed".
//!
//! In: the root. Out: [`Watch::wait`] returns once for each batch of changes. Watched are the folders of sources with all that
//! is below them, and the root itself for the configuration and for those folders coming and going. Where the system tells
//! nothing, they are looked at from time to time. What we do ourselves is never seen: reading a file is no change, and nothing is
//! written below what is watched.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{CreateKind, EventKind, MetadataKind, ModifyKind, RenameMode};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::{DirEntry, WalkDir};

use super::gather::{Feed, gather};
use crate::config;
use crate::error::{Error, Result};
use crate::project::{CONTENT, STATIC, THEMES, is_ignored};

/// Folders of sources.
const FOLDERS: [&str; 3] = [CONTENT, STATIC, THEMES];

/// How often to look where the system has no more watches to give.
const FALLBACK: Duration = Duration::from_millis(500);

/// How long a new folder may go on being filled before it is watched.
const SETTLING: Duration = Duration::from_millis(200);

/// A change of the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// Of a file.
    File,
    /// A folder came: what was put into it before it was watched made no event.
    Folder,
    /// A folder of sources itself came or went, or events were lost.
    Root,
    /// The system has no more watches to give.
    OutOfWatches,
}

/// Watches a root as long as it lives.
pub(super) struct Watch {
    root: PathBuf,
    /// `None` where the sources are looked at from time to time.
    watcher: Option<RecommendedWatcher>,
    sender: Sender<Change>,
    changes: Changes,
    /// What the sources looked like when a folder came, to look at them again.
    seen: Option<u64>,
}

/// The changes not yet told.
struct Changes {
    receiver: Receiver<Change>,
    start: Instant,
}

impl Feed<Change> for Changes {
    fn next(&mut self, timeout: Duration) -> Option<Change> {
        self.receiver.recv_timeout(timeout).ok()
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}

impl Watch {
    /// Begins to watch; changes from now on are told.
    pub(super) fn start(root: &Path, poll: Option<Duration>) -> Result<Self> {
        let cannot_watch = |cause: notify::Error| Error::Watch(root.to_owned(), cause.to_string());
        let absolute = root.canonicalize().map_err(|cause| Error::Read(root.to_owned(), cause))?;
        let (sender, receiver) = channel();
        let changes = Changes { receiver, start: Instant::now() };
        let mut watch = Self { root: absolute, watcher: None, sender, changes, seen: None };
        match poll {
            Some(interval) => watch.look_often(interval),
            None => watch.follow_root().map_err(cannot_watch)?,
        }
        Ok(watch)
    }

    /// Waits for a batch of changes. False when there can be no more.
    pub(super) fn wait(&mut self) -> bool {
        let Some(first) = self.first() else { return false };
        let batch = gather(first, &mut self.changes);
        if batch.contains(&Change::OutOfWatches) {
            self.look_often(FALLBACK);
        } else if batch.contains(&Change::Root) {
            // What cannot be watched now is watched when the root changes again.
            let _ = self.follow_folders();
        }
        let is_certain = batch.iter().all(|change| *change == Change::File);
        self.seen = (!is_certain).then(|| look_at(&self.root));
        true
    }

    /// The first change. After a batch with a folder that includes what made no event.
    fn first(&mut self) -> Option<Change> {
        if let Some(seen) = self.seen.take() {
            match self.changes.receiver.recv_timeout(SETTLING) {
                Err(RecvTimeoutError::Timeout) if look_at(&self.root) == seen => {}
                Err(RecvTimeoutError::Timeout) => return Some(Change::File),
                change => return change.ok(),
            }
        }
        self.changes.receiver.recv().ok()
    }

    /// Watches the root and, where the system's watches do not suffice, looks from time to time instead.
    fn follow_root(&mut self) -> notify::Result<()> {
        let mut watcher = new_watcher(&self.root, &self.sender)?;
        let watched = watcher.watch(&self.root, RecursiveMode::NonRecursive);
        self.watcher = Some(watcher);
        match watched.and_then(|()| self.follow_folders()) {
            Err(cause) if is_out_of_watches(&cause) => {
                self.look_often(FALLBACK);
                Ok(())
            }
            result => result,
        }
    }

    /// Watches anew the folders that are there: one that was deleted and made again is another.
    fn follow_folders(&mut self) -> notify::Result<()> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            // It may never have been watched.
            let _ = watcher.unwatch(&folder);
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    /// Looks at the sources from time to time instead of being told. What is compared is the moment of the last writing as
    /// exactly as the disk keeps it: the polling of `notify` compares whole seconds, and misses the second of two quick writes.
    fn look_often(&mut self, interval: Duration) {
        self.watcher = None;
        let (root, sender, mut seen) = (self.root.clone(), self.sender.clone(), look_at(&self.root));
        thread::spawn(move || {
            loop {
                thread::sleep(interval);
                let now = look_at(&root);
                // Nobody listens when the server has ended.
                if now != seen && sender.send(Change::File).is_err() {
                    return;
                }
                seen = now;
            }
        });
    }
}

fn new_watcher(root: &Path, sender: &Sender<Change>) -> notify::Result<RecommendedWatcher> {
    let (root, sender) = (root.to_owned(), sender.clone());
    let tell = move |event: notify::Result<notify::Event>| {
        if let Some(change) = change_of(&event, &root) {
            // Nobody listens when the server has ended.
            let _ = sender.send(change);
        }
    };
    RecommendedWatcher::new(tell, Config::default())
}

fn is_out_of_watches(cause: &notify::Error) -> bool {
    matches!(cause.kind, notify::ErrorKind::MaxFilesWatch)
}

/// What an event says of the sources; `None` when they did not change.
fn change_of(event: &notify::Result<notify::Event>, root: &Path) -> Option<Change> {
    let event = match event {
        Ok(event) => event,
        Err(cause) if is_out_of_watches(cause) => return Some(Change::OutOfWatches),
        Err(_) => return Some(Change::Root),
    };
    if event.need_rescan() {
        return Some(Change::Root);
    }
    let is_change =
        !matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)));
    let sources = event.paths.iter().filter(|path| is_change && is_source(path, root));
    sources.map(|path| change_of_path(event.kind, path, root)).max()
}

fn change_of_path(kind: EventKind, path: &Path, root: &Path) -> Change {
    if is_root_entry(path, root) {
        Change::Root
    } else if brings_folder(kind, path) {
        Change::Folder
    } else {
        Change::File
    }
}

/// A number that differs when a file of the sources came, went, or was written.
fn look_at(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let is_part = |entry: &DirEntry| entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy());
    let walk = |name: &str| WalkDir::new(root.join(name)).follow_links(true).sort_by_file_name();
    let walks = FOLDERS.iter().chain(&[config::FILE_NAME]).map(|name| walk(name).into_iter().filter_entry(is_part));
    for entry in walks.flatten().flatten() {
        let metadata = entry.metadata().ok();
        // The date of a folder changes with whatever editors leave in it.
        let files = metadata.filter(std::fs::Metadata::is_file);
        let written = files.map(|metadata| (metadata.len(), metadata.modified().ok()));
        (entry.path(), written).hash(&mut hasher);
    }
    hasher.finish()
}

/// True when a folder came, whose contents made no event.
fn brings_folder(kind: EventKind, path: &Path) -> bool {
    match kind {
        EventKind::Create(CreateKind::Folder) => true,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Any)) => path.is_dir(),
        _ => false,
    }
}

/// True for the folders of sources themselves.
fn is_root_entry(path: &Path, root: &Path) -> bool {
    path.parent() == Some(root) && !path.ends_with(config::FILE_NAME)
}

/// True for the configuration and for what stands in or is a folder of sources, but for names that are ignored.
fn is_source(path: &Path, root: &Path) -> bool {
    let Ok(inside) = path.strip_prefix(root) else { return true };
    let mut names = inside.iter().map(|name| name.to_string_lossy());
    let Some(first) = names.next() else { return false };
    let is_config = first == config::FILE_NAME && inside.parent() == Some(Path::new(""));
    is_config || (FOLDERS.contains(&first.as_ref()) && !names.any(|name| is_ignored(&name)))
}

#[cfg(test)]
mod tests {
    use notify::Event;
    use notify::event::{AccessKind, AccessMode, DataChange, Flag, RemoveKind};

    use super::*;

    fn change(kind: EventKind, path: &str) -> Option<Change> {
        change_of(&Ok(Event::new(kind).add_path(PathBuf::from(path))), Path::new("/site"))
    }

    const WRITE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));

    #[test]
    fn sees_every_kind_of_change_of_a_source() {
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        for kind in
            [WRITE, renamed, EventKind::Create(CreateKind::File), EventKind::Remove(RemoveKind::File), EventKind::Any]
        {
            assert_eq!(change(kind, "/site/content/a.md"), Some(Change::File), "{kind:?}");
        }
        for path in ["/site/vereda.yaml", "/site/static/a/b.png", "/site/themes/orange/css/base.css"] {
            assert_eq!(change(WRITE, path), Some(Change::File), "{path}");
        }
    }

    #[test]
    fn does_not_see_its_own_reads() {
        for kind in [AccessKind::Read, AccessKind::Open(AccessMode::Any), AccessKind::Close(AccessMode::Write)] {
            assert_eq!(change(EventKind::Access(kind), "/site/content/a.md"), None);
        }
    }

    #[test]
    fn does_not_see_outputs_and_editor_temporaries() {
        for path in [
            "/site",
            "/site/public/index.html",
            "/site/.public.vereda-x/new",
            "/site/README.md",
            "/site/a/vereda.yaml",
            "/site/target",
        ] {
            assert_eq!(change(WRITE, path), None, "{path}");
        }
        for path in ["/site/content/.a.md.swp", "/site/content/a.md~", "/site/content/4913", "/site/content/.git/HEAD"]
        {
            assert_eq!(change(WRITE, path), None, "{path}");
        }
    }

    #[test]
    fn sees_a_file_that_takes_the_place_of_another() {
        let both = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        let event = Event::new(both).add_path("/site/content/.a.md.tmp".into()).add_path("/site/content/a.md".into());
        assert_eq!(change_of(&Ok(event), Path::new("/site")), Some(Change::File));
    }

    #[test]
    fn looks_again_at_new_folders_and_lost_events() {
        let new = EventKind::Create(CreateKind::Folder);
        assert_eq!(change(new, "/site/content/new"), Some(Change::Folder));
        assert_eq!(change(EventKind::Remove(RemoveKind::Folder), "/site/content"), Some(Change::Root));
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(change_of(&Ok(lost), Path::new("/site")), Some(Change::Root));
    }
}
