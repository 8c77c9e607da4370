//! The search below directories.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::{Pattern, SelectArgs, at_or_below, pattern, shown};
use crate::problem::Problem;

/// Which files of a directory are taken besides `.json` files without being asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Texts {
    /// None.
    Leave,
    /// Those of forms that may hold policies, and `.txt` files that look like one: documents that are
    /// broken, or come from a page, are kept so.
    Policies,
}

/// The files found so far.
pub(crate) struct Walk<'a> {
    select: &'a SelectArgs,
    texts: Texts,
    also: &'a dyn Fn(&Path) -> bool,
    /// The only files that are of interest; nothing for all.
    only: Option<&'a BTreeSet<PathBuf>>,
    pub(crate) files: Vec<PathBuf>,
    /// Those of them that nobody asked for: they are JSON and stand in a folder that is searched.
    pub(crate) searched: BTreeSet<PathBuf>,
    /// Those that were named.
    pub(crate) named: BTreeSet<PathBuf>,
    /// The folders that were looked into.
    pub(crate) folders: BTreeSet<PathBuf>,
    pub(crate) problems: Vec<Problem>,
    /// Whether something was excluded.
    pub(crate) left_out: bool,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(
        select: &'a SelectArgs,
        texts: Texts,
        also: &'a dyn Fn(&Path) -> bool,
        only: Option<&'a BTreeSet<PathBuf>>,
    ) -> Self {
        let (files, problems) = (Vec::new(), Vec::new());
        let (searched, named, folders) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let left_out = false;
        Self { select, texts, also, only, files, searched, named, folders, problems, left_out }
    }

    /// Takes a file that was named, whatever its extension.
    pub(crate) fn file(&mut self, path: &Path) {
        let directory = path.parent().unwrap_or(Path::new(""));
        self.folders.insert(directory.to_owned());
        let is_meant = self.only.is_none_or(|only| only.contains(path));
        if is_meant && !self.is_excluded(path, directory) {
            self.named.insert(path.to_owned());
            self.files.push(path.to_owned());
        }
    }

    /// Takes the files below `root`.
    pub(crate) fn directory(&mut self, root: &Path) {
        let include = &self.select.include;
        let (texts, also) = (self.texts, self.also);
        let is_asked_for =
            |path: &Path| include.iter().any(|own| own.matches(path, root)) || also(path);
        let before = self.files.len();
        self.search(root, |path| {
            let extension = path.extension().unwrap_or_default();
            extension.eq_ignore_ascii_case("json")
                || (texts == Texts::Policies && may_hold_policies(path, extension))
                || is_asked_for(path)
        });
        let found = self.files.iter().skip(before);
        let found = found.filter(|path| is_json(path) && !is_asked_for(path));
        self.searched.extend(found.cloned());
    }

    /// Takes the files that match `glob`.
    pub(crate) fn glob(&mut self, glob: &Path) {
        let text = glob.to_string_lossy();
        let text = text.strip_prefix("./").unwrap_or(&text);
        // With a slash it is about paths, whichever they are.
        let parsed = if text.contains('/') { text.parse() } else { format!("./{text}").parse() };
        let parsed: Pattern = match parsed {
            Ok(parsed) => parsed,
            Err(error) => {
                self.problems.push(Problem::new(format!("`{text}` is not a glob: {error}")));
                return;
            }
        };
        let before = self.files.len();
        let base = pattern::base(Path::new(text));
        self.search(&base, |path| parsed.matches(&Path::new(".").join(path), Path::new(".")));
        if self.files.len() == before && !self.left_out && self.only.is_none() {
            self.problems.push(Problem::new(format!("`{text}`: no file has a name of this form")));
        }
    }

    /// Searches below `root`; the order does not matter.
    fn search(&mut self, root: &Path, wanted: impl Fn(&Path) -> bool) {
        let start = if root.as_os_str().is_empty() { Path::new(".") } else { root };
        let obeys = !self.select.no_ignore;
        let exclude = self.select.exclude.clone();
        let own = start.to_owned();
        let only = self.only.cloned();
        let excluded = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let seen = std::sync::Arc::clone(&excluded);
        let mut walk = WalkBuilder::new(start);
        walk.hidden(false)
            .ignore(obeys)
            .parents(obeys)
            .git_ignore(obeys)
            .git_exclude(obeys)
            .git_global(obeys)
            .filter_entry(move |entry| {
                let is_out = is_excluded(&exclude, plain(entry.path()), &own);
                if is_out {
                    seen.store(true, std::sync::atomic::Ordering::Relaxed);
                }
                let is_on_the_way = || {
                    only.as_ref()
                        .is_none_or(|only| at_or_below(only, plain(entry.path())).next().is_some())
                };
                entry.depth() == 0 || (!is_out && !is_hidden_directory(entry) && is_on_the_way())
            });
        for entry in walk.build() {
            match entry {
                Ok(entry) => {
                    let path = plain(entry.path());
                    let kind = entry.file_type();
                    let is_link = kind.is_some_and(|own| own.is_symlink());
                    // A link to a folder is followed where it is named; elsewhere what it leads to has a
                    // name of its own, or is not meant.
                    if kind.is_some_and(|own| own.is_dir()) || (entry.depth() == 0 && path.is_dir())
                    {
                        self.folders.insert(path.to_owned());
                    } else if is_link {
                        self.link(path, &wanted);
                    } else if kind.is_some_and(|own| own.is_file()) && wanted(path) {
                        self.files.push(path.to_owned());
                    }
                }
                Err(error) => self.problem(&error, &wanted),
            }
        }
        self.left_out |= excluded.load(std::sync::atomic::Ordering::Relaxed);
    }

    /// A link to a file is one, and a link to nowhere matters where it has the name of a policy.
    fn link(&mut self, path: &Path, wanted: &impl Fn(&Path) -> bool) {
        match fs::metadata(path) {
            Ok(own) if own.is_file() && wanted(path) => self.files.push(path.to_owned()),
            Err(why) if wanted(path) => self.problems.push(Problem::unreadable(path, why)),
            _ => {}
        }
    }

    fn problem(&mut self, error: &ignore::Error, wanted: &impl Fn(&Path) -> bool) {
        let Some(path) = path_of(error) else { return };
        let Some(why) = error.io_error() else { return };
        let path = plain(path);
        if wanted(path) || path.is_dir() {
            self.problems.push(Problem::unreadable(path, why));
        }
    }

    fn is_excluded(&mut self, path: &Path, root: &Path) -> bool {
        let excluded = is_excluded(&self.select.exclude, path, root);
        self.left_out |= excluded;
        excluded
    }
}

fn is_excluded(exclude: &[Pattern], path: &Path, root: &Path) -> bool {
    exclude.iter().any(|pattern| pattern.matches(path, root))
}

/// The path without the dot that the search began with.
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// The path that an error is about.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

fn is_hidden_directory(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|own| own.is_dir()) && is_hidden(entry.file_name())
}

fn is_json(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["json", "jsonl", "ndjson"].iter().any(|own| extension.eq_ignore_ascii_case(own))
}

/// Whether a file is of a form that may hold policies, or looks as if it did.
fn may_hold_policies(path: &Path, extension: &OsStr) -> bool {
    let is = |own: &&str| extension.eq_ignore_ascii_case(own);
    camlock_extract::EXTENSIONS.iter().any(is) || (is(&"txt") && looks_like_policy(path))
}

/// Whether the beginning of a text looks like a policy; a file that cannot be read does not.
fn looks_like_policy(path: &Path) -> bool {
    const LOOK: u64 = 64 << 10;
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LOOK).read_to_end(&mut head));
    read.is_ok() && camlock_extract::holds_policies(&String::from_utf8_lossy(&head))
}

fn is_hidden(name: &OsStr) -> bool {
    shown(Path::new(name)).starts_with('.')
}
