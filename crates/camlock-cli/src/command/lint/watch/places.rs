//! Which folders are watched, and what in them matters.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use camlock_report::harmless;
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::super::setup::{NAME, whole};
use super::events::is_change;
use crate::files::{at_or_below, shown};
use crate::problem::Problem;

/// Files and folders whose presence changes what is looked at, wherever they are.
const TELLING: [&str; 4] = [NAME, ".git", ".gitignore", ".ignore"];

/// The folders that are watched, each by itself: below it may be others that nobody wants to know of.
pub(super) struct Places {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
    /// The folders in which every file matters, by their true names, with the names they go by.
    searched: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// Single paths that matter.
    awaited: BTreeSet<PathBuf>,
}

impl Places {
    /// Watches nothing yet, and tells what happens to `sender`.
    pub(super) fn new(sender: Sender<notify::Result<Event>>) -> notify::Result<Self> {
        let watcher = notify::recommended_watcher(move |event| {
            // What nobody wants to know is not kept; who does not listen any more has ended.
            if is_change(&event) {
                _ = sender.send(event);
            }
        })?;
        Ok(Self {
            watcher,
            watched: BTreeSet::new(),
            searched: BTreeMap::new(),
            awaited: BTreeSet::new(),
        })
    }

    /// Watches these folders, where these single paths are or would be, and the folders above, for
    /// their settings. Answers whether there is a folder that was not watched before.
    pub(super) fn update<'p>(
        &mut self,
        folders: &BTreeSet<PathBuf>,
        single: impl IntoIterator<Item = &'p Path>,
        problems: &mut Vec<Problem>,
    ) -> bool {
        self.searched.clear();
        self.awaited.clear();
        let mut wanted = BTreeSet::new();
        let mut above = BTreeSet::new();
        for folder in folders {
            let Ok(own) = whole(folder).canonicalize() else { continue };
            self.searched.entry(own.clone()).or_default().insert(folder.clone());
            wanted.insert(own);
            add_above(&whole(folder), &mut above);
        }
        for path in single {
            if let Some((folder, path)) = awaited(&whole(path)) {
                add_above(&folder, &mut above);
                wanted.insert(folder);
                self.awaited.insert(path);
            }
        }
        wanted.extend(above.iter().filter_map(|folder| folder.canonicalize().ok()));
        self.watch(wanted, problems)
    }

    /// Whether it matters what happened to a path.
    pub(super) fn matters(&self, path: &Path) -> bool {
        self.is_searched(path) || self.is_telling(path)
    }

    /// Whether other files may count, or other settings, after something happened to a path.
    pub(super) fn is_telling(&self, path: &Path) -> bool {
        path.file_name().is_some_and(|own| TELLING.iter().any(|name| own == *name))
            || self.awaited.contains(path)
            || self.watched.contains(path)
            || (self.is_searched(path) && (path.is_dir() || path.is_symlink()))
    }

    fn is_searched(&self, path: &Path) -> bool {
        path.parent().is_some_and(|folder| self.searched.contains_key(folder))
    }

    /// The names that the search has for a file.
    pub(super) fn names(&self, path: &Path) -> Vec<PathBuf> {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Vec::new();
        };
        let folders = self.searched.get(folder).into_iter().flatten();
        folders.map(|folder| folder.join(name)).collect()
    }

    fn watch(&mut self, wanted: BTreeSet<PathBuf>, problems: &mut Vec<Problem>) -> bool {
        // A folder that was moved is watched under its new name only once the old one is given up.
        let gone: Vec<PathBuf> = self.watched.difference(&wanted).cloned().collect();
        for folder in gone {
            // It may be gone in the file system, too.
            _ = self.watcher.unwatch(&folder);
            self.watched.remove(&folder);
        }
        let (mut added, mut failed) = (false, Vec::new());
        for folder in wanted {
            if self.watched.contains(&folder) {
                continue;
            }
            match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => added |= self.watched.insert(folder),
                // What went away meanwhile is told by the folder above.
                Err(error) if is_absent(&error) => {}
                Err(error) => failed.push((folder, error)),
            }
        }
        if let Some((folder, error)) = failed.first() {
            let more = match failed.len() {
                1 => String::new(),
                count => format!(", nor can {} more folders", count - 1),
            };
            let name = harmless(&shown(folder));
            problems.push(Problem::new(format!("{name}: cannot be watched: {error}{more}")));
        }
        added
    }

    /// Forgets that a folder is watched: the system drops the watch of one that was removed or moved,
    /// and another one may have its name by now.
    pub(super) fn forget(&mut self, path: &Path) {
        let below: Vec<PathBuf> = at_or_below(&self.watched, path).cloned().collect();
        for folder in below {
            _ = self.watcher.unwatch(&folder);
            self.watched.remove(&folder);
        }
    }
}

fn is_absent(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Adds a folder and those above in which its settings may stand.
fn add_above(folder: &Path, all: &mut BTreeSet<PathBuf>) {
    for own in folder.ancestors() {
        if !all.insert(own.to_owned()) || own.join(".git").exists() {
            return;
        }
    }
}

/// The folder to watch for a path, and what to wait for in it: the path, or where the folder of it is
/// missing, the first one that is.
fn awaited(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let mut awaited = path;
    while let Some(folder) = awaited.parent() {
        if let Ok(own) = folder.canonicalize() {
            let name = awaited.file_name()?;
            return Some((own.clone(), own.join(name)));
        }
        awaited = folder;
    }
    None
}
