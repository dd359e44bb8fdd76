//! Watcher of the source files.
//!
//! In: the root. Out: [`Watch::wait`] returns once for each batch of changes. The folders of sources are watched with
//! everything below them, the folders of the files that symbolic links lead to, and the root for the configuration and for
//! new or deleted folders. Without file events, the sources are polled. The server causes no events itself: reading is no change, and it writes no watched file.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{CreateKind, EventKind, MetadataKind, ModifyKind, RenameMode};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::{DirEntry, WalkDir};

use super::debounce::{EventFeed, debounce};
use crate::config;
use crate::error::{Error, Result};
use crate::project::{CONTENT, STATIC, SiteRoot, THEMES, is_ignored};

/// Folders of sources.
const FOLDERS: [&str; 3] = [CONTENT, STATIC, THEMES];

/// Interval of polling when the system reports no events.
const FALLBACK: Duration = Duration::from_millis(500);

/// Time after which a new folder is compared again, because files were added before it was watched.
const SETTLING: Duration = Duration::from_millis(200);

/// A change of the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SourceChange {
    /// Of a file.
    File,
    /// A folder was added. Files that were added before it was watched caused no event.
    Folder,
    /// A folder of sources was added or deleted, or events were lost.
    Root,
    /// The system has no more watches.
    OutOfWatches,
}

/// Watches a root until it is dropped.
pub(super) struct Watch {
    root: PathBuf,
    /// `None` if the sources are polled.
    watcher: Option<RecommendedWatcher>,
    /// The files outside the watched folders that links lead to.
    linked: Arc<RwLock<BTreeSet<PathBuf>>>,
    /// The answer of the system that made this poll.
    failure: Option<String>,
    sender: Sender<SourceChange>,
    changes: ChangeQueue,
    /// Hash of the sources after a folder was added, for a second comparison.
    seen: Option<u64>,
}

/// Changes that are not in a batch yet.
struct ChangeQueue {
    receiver: Receiver<SourceChange>,
    start: Instant,
}

impl EventFeed<SourceChange> for ChangeQueue {
    fn next(&mut self, timeout: Duration) -> Option<SourceChange> {
        self.receiver.recv_timeout(timeout).ok()
    }

    fn now(&self) -> Duration {
        self.start.elapsed()
    }
}

impl Watch {
    /// Starts to watch.
    pub(super) fn start(root: &Path, poll: Option<Duration>) -> Result<Self> {
        let absolute = root.canonicalize().map_err(|cause| Error::Read(root.to_owned(), cause))?;
        let (sender, receiver) = channel();
        let changes = ChangeQueue { receiver, start: Instant::now() };
        let (linked, failure) = (Arc::default(), None);
        let mut watch = Self { root: absolute, watcher: None, linked, failure, sender, changes, seen: None };
        match poll {
            Some(interval) => watch.poll_sources(interval),
            None => watch.watch_root(),
        }
        Ok(watch)
    }

    /// Waits for a batch of changes. False if the watcher has ended.
    pub(super) fn wait(&mut self) -> bool {
        let Some(first) = self.next_change() else { return false };
        let batch = debounce(first, &mut self.changes);
        if batch.contains(&SourceChange::OutOfWatches) {
            self.fall_back("out of watches");
        } else if batch.contains(&SourceChange::Root) {
            // A folder that cannot be watched now is watched after the next change of the root.
            let _ = self.watch_folders();
        }
        // A target that cannot be watched now is watched after the next change.
        let _ = self.watch_links();
        let is_complete = batch.iter().all(|change| *change == SourceChange::File);
        self.seen = (!is_complete).then(|| hash_sources(&self.root));
        true
    }

    /// The next change. After a batch with a folder, also a change that caused no event.
    fn next_change(&mut self) -> Option<SourceChange> {
        if let Some(seen) = self.seen.take() {
            match self.changes.receiver.recv_timeout(SETTLING) {
                Err(RecvTimeoutError::Timeout) if hash_sources(&self.root) == seen => {}
                Err(RecvTimeoutError::Timeout) => return Some(SourceChange::File),
                change => return change.ok(),
            }
        }
        self.changes.receiver.recv().ok()
    }

    /// The answer of the system, once, after which the sources are polled.
    pub(super) fn take_failure(&mut self) -> Option<String> {
        self.failure.take()
    }

    /// Watches the root, or polls if the system cannot.
    fn watch_root(&mut self) {
        if let Err(cause) = self.try_to_watch() {
            self.fall_back(&cause.to_string());
        }
    }

    fn try_to_watch(&mut self) -> notify::Result<()> {
        let mut watcher = new_watcher(&self.root, &self.linked, &self.sender)?;
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        self.watcher = Some(watcher);
        self.watch_folders()?;
        self.watch_links()
    }

    fn fall_back(&mut self, cause: &str) {
        self.failure = Some(cause.to_owned());
        self.poll_sources(FALLBACK);
    }

    /// Watches the folders of the files that links lead to, as far as no watched folder holds them.
    fn watch_links(&mut self) -> notify::Result<()> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        let targets = find_linked_files(&self.root);
        let known = self.linked.read().unwrap_or_else(PoisonError::into_inner).clone();
        let folders = |files: &BTreeSet<PathBuf>| -> BTreeSet<PathBuf> {
            files
                .iter()
                .filter_map(|file| file.parent())
                .filter(|folder| *folder != self.root)
                .map(Path::to_owned)
                .collect()
        };
        let (before, now) = (folders(&known), folders(&targets));
        *self.linked.write().unwrap_or_else(PoisonError::into_inner) = targets;
        for folder in before.difference(&now) {
            let _ = watcher.unwatch(folder);
        }
        now.difference(&before).try_for_each(|folder| watcher.watch(folder, RecursiveMode::NonRecursive))
    }

    /// Watches the existing folders again: a folder that was deleted and created is a new one.
    fn watch_folders(&mut self) -> notify::Result<()> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            // Fails if it was not watched.
            let _ = watcher.unwatch(&folder);
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    /// Polls the sources. Their times of modification are compared with the precision of the disk; the polling of `notify`
    /// compares whole seconds, and misses the second of two quick writes.
    fn poll_sources(&mut self, interval: Duration) {
        self.watcher = None;
        let (root, sender, mut seen) = (self.root.clone(), self.sender.clone(), hash_sources(&self.root));
        thread::spawn(move || {
            loop {
                thread::sleep(interval);
                let now = hash_sources(&root);
                // Sending fails after the server has ended.
                if now != seen && sender.send(SourceChange::File).is_err() {
                    return;
                }
                seen = now;
            }
        });
    }
}

fn new_watcher(
    root: &Path,
    linked: &Arc<RwLock<BTreeSet<PathBuf>>>,
    sender: &Sender<SourceChange>,
) -> notify::Result<RecommendedWatcher> {
    let (root, linked, sender) = (root.to_owned(), Arc::clone(linked), sender.clone());
    let tell = move |event: notify::Result<notify::Event>| {
        let linked = linked.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(change) = change_of(&event, &root, &linked) {
            // Sending fails after the server has ended.
            let _ = sender.send(change);
        }
    };
    RecommendedWatcher::new(tell, Config::default())
}

fn is_out_of_watches(cause: &notify::Error) -> bool {
    matches!(cause.kind, notify::ErrorKind::MaxFilesWatch)
}

/// The change that an event reports; `None` for events of other files.
fn change_of(event: &notify::Result<notify::Event>, root: &Path, linked: &BTreeSet<PathBuf>) -> Option<SourceChange> {
    let event = match event {
        Ok(event) => event,
        Err(cause) if is_out_of_watches(cause) => return Some(SourceChange::OutOfWatches),
        Err(_) => return Some(SourceChange::Root),
    };
    if event.need_rescan() {
        return Some(SourceChange::Root);
    }
    let is_change =
        !matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)));
    let sources = event.paths.iter().filter(|path| is_change && is_source(path, root));
    let is_linked = is_change && event.paths.iter().any(|path| linked.contains(path));
    let change = sources.map(|path| change_of_path(event.kind, path, root)).max();
    change.or(is_linked.then_some(SourceChange::File))
}

fn change_of_path(kind: EventKind, path: &Path, root: &Path) -> SourceChange {
    if is_root_entry(path, root) {
        SourceChange::Root
    } else if adds_folder(kind, path) {
        SourceChange::Folder
    } else {
        SourceChange::File
    }
}

/// A hash of the paths, lengths and times of modification of the sources.
fn hash_sources(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let is_part = |entry: &DirEntry| entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy());
    let walk = |name: &str| WalkDir::new(root.join(name)).follow_links(true).sort_by_file_name();
    let walks = FOLDERS.iter().chain(&[config::FILE_NAME]).map(|name| walk(name).into_iter().filter_entry(is_part));
    for entry in walks.flatten().flatten() {
        let metadata = entry.metadata().ok();
        // Temporary files of editors change the time of a folder.
        let files = metadata.filter(std::fs::Metadata::is_file);
        let written = files.map(|metadata| (metadata.len(), metadata.modified().ok()));
        (entry.path(), written).hash(&mut hasher);
    }
    hasher.finish()
}

/// The files that links of the sources lead to, outside the folders of sources, and the file of macros.
fn find_linked_files(root: &Path) -> BTreeSet<PathBuf> {
    let walks = FOLDERS.iter().chain(&[config::FILE_NAME]).flat_map(|name| WalkDir::new(root.join(name)));
    let links = walks.flatten().filter(DirEntry::path_is_symlink);
    let macros = SiteRoot::open(root).ok().and_then(|site| site.macros_file()?.canonicalize().ok());
    let targets = links.filter_map(|link| link.path().canonicalize().ok()).chain(macros);
    targets
        .filter(|target| target.is_file() && !FOLDERS.iter().any(|name| target.starts_with(root.join(name))))
        .collect()
}

/// True for a new folder, whose contents cause no event.
fn adds_folder(kind: EventKind, path: &Path) -> bool {
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

/// True for the configuration, the folders of sources and everything in them, except ignored names.
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

    fn change(kind: EventKind, path: &str) -> Option<SourceChange> {
        change_of(&Ok(Event::new(kind).add_path(PathBuf::from(path))), Path::new("/site"), &BTreeSet::new())
    }

    const WRITE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));

    #[test]
    fn sees_every_kind_of_change_of_a_source() {
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        for kind in
            [WRITE, renamed, EventKind::Create(CreateKind::File), EventKind::Remove(RemoveKind::File), EventKind::Any]
        {
            assert_eq!(change(kind, "/site/content/a.md"), Some(SourceChange::File), "{kind:?}");
        }
        for path in ["/site/vereda.yaml", "/site/static/a/b.png", "/site/themes/orange/css/base.css"] {
            assert_eq!(change(WRITE, path), Some(SourceChange::File), "{path}");
        }
    }

    #[test]
    fn ignores_reads() {
        for kind in [AccessKind::Read, AccessKind::Open(AccessMode::Any), AccessKind::Close(AccessMode::Write)] {
            assert_eq!(change(EventKind::Access(kind), "/site/content/a.md"), None);
        }
    }

    #[test]
    fn ignores_outputs_and_editor_temporaries() {
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
    fn sees_a_file_that_replaces_another() {
        let both = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
        let event = Event::new(both).add_path("/site/content/.a.md.tmp".into()).add_path("/site/content/a.md".into());
        assert_eq!(change_of(&Ok(event), Path::new("/site"), &BTreeSet::new()), Some(SourceChange::File));
    }

    #[test]
    fn compares_again_after_new_folders_and_lost_events() {
        let new = EventKind::Create(CreateKind::Folder);
        assert_eq!(change(new, "/site/content/new"), Some(SourceChange::Folder));
        assert_eq!(change(EventKind::Remove(RemoveKind::Folder), "/site/content"), Some(SourceChange::Root));
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(change_of(&Ok(lost), Path::new("/site"), &BTreeSet::new()), Some(SourceChange::Root));
    }
}
