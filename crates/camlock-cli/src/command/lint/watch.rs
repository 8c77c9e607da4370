//! `camlock lint --watch`: what changes is looked at again.

mod events;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use camlock_report::{Style, harmless};

use super::args::LintArgs;
use super::session::{Job, Session};
use super::setup::{NAME, here, whole};
use super::{Found, check_all, counted, find, finish, show};
use crate::exit::Exit;
use crate::files::{at_or_below, search_base, shown};
use crate::problem::Problem;
use events::Changes;
use places::Places;

/// Searches in a row where each one finds a folder that was not watched during the search.
const MOST_SEARCHES: usize = 8;
/// Files that are named one by one.
const FEW: usize = 10;

/// Looks at files, and again as they change, until the process is ended.
pub(super) fn run(
    args: &LintArgs,
    (out, err): (&mut dyn Write, &mut dyn Write),
    style: Style,
) -> io::Result<Exit> {
    let (sender, events) = mpsc::channel();
    let places = match Places::new(sender) {
        Ok(places) => places,
        Err(error) => {
            let problem = Problem::new(format!("files cannot be watched: {error}"));
            return finish(Exit::Failure, &[problem], err);
        }
    };
    let session = Session::new(&args.settings);
    let mut watch =
        Watch { args, session, places, files: BTreeMap::new(), by_true: BTreeMap::new() };
    let mut round = watch.start();
    let count = watch.files.len();
    round.show(args, &watch.session, (out, err), style)?;
    writeln!(err, "watching {}", counted(count, "file"))?;
    while let Some(changes) = events::next(&events, |path| watch.places.matters(path)) {
        let mut round = watch.round(&changes);
        round.show(args, &watch.session, (out, err), style)?;
    }
    Ok(Exit::Success)
}

/// The files that are watched, with their settings.
struct Watch<'a> {
    args: &'a LintArgs,
    session: Session<'a>,
    places: Places,
    /// By the name that the search has for it.
    files: BTreeMap<PathBuf, Watched>,
    /// The names by true names.
    by_true: BTreeMap<PathBuf, PathBuf>,
}

/// A file that is watched.
struct Watched {
    job: Job,
    true_name: PathBuf,
}

/// What there is to say after something has happened.
#[derive(Default)]
struct Round {
    /// What happened to what: `changed`, `added`, `removed`.
    told: Vec<(String, &'static str)>,
    /// The files to look at.
    jobs: Vec<Job>,
    problems: Vec<Problem>,
    /// Whether it is the one that says what there is.
    is_first: bool,
}

impl Watch<'_> {
    /// Finds all files, and what stands on standard input.
    fn start(&mut self) -> Round {
        let mut found = self.search();
        let jobs = found.jobs.clone();
        let round = Round { jobs, problems: found.problems, is_first: true, told: Vec::new() };
        found.jobs.retain(|job| job.input.path().is_some());
        self.set(found.jobs);
        round
    }

    /// Takes in what happened.
    fn round(&mut self, changes: &Changes) -> Round {
        let is_telling = |path: &Path| self.places.is_telling(path) || self.is_source(path);
        if changes.anything || changes.paths.iter().any(|path| is_telling(path)) {
            self.everything(changes)
        } else {
            self.single(&changes.paths)
        }
    }

    /// Whether settings are read from a file, or from one below a folder.
    fn is_source(&self, path: &Path) -> bool {
        at_or_below(self.session.sources(), path).next().is_some()
    }

    /// Takes in what happened to files, of which there may be more or less now.
    fn single(&mut self, paths: &BTreeSet<PathBuf>) -> Round {
        let mut round = Round::default();
        let mut unknown = BTreeSet::new();
        for path in paths {
            let mut names = self.places.names(path);
            names.extend(self.by_true.get(path).cloned());
            names.sort();
            names.dedup();
            for name in names {
                match self.files.get(&name) {
                    // What is no file any more might never end.
                    Some(own) if name.is_file() => round.look(&own.job, "changed"),
                    Some(_) => {
                        self.remove(&name);
                        round.tell(&name, "removed");
                    }
                    None => _ = unknown.insert(name),
                }
            }
        }
        unknown.retain(|name| name.is_file());
        if !unknown.is_empty() {
            let found = find(self.args, &mut self.session, Some(&unknown));
            round.problems.extend(found.problems);
            for job in found.jobs {
                if let Some(own) = self.insert(job) {
                    round.look(&own.job, "added");
                }
            }
        }
        round
    }

    /// Finds all files again, with new settings where they have changed.
    fn everything(&mut self, happened: &Changes) -> Round {
        let mut round = Round::default();
        let mut changed = happened.paths.clone();
        for path in &happened.paths {
            changed.extend(self.places.names(path).iter().map(|name| whole(name)));
            self.places.forget(path);
            let is_setting = path.ends_with(NAME) || self.is_source(path);
            if is_setting && !self.by_true.contains_key(path) {
                round.tell(path, "changed");
            }
        }
        let next = self.session.after(&changed);
        let before = std::mem::replace(&mut self.session, next);
        let found = self.search();
        round.problems.extend(found.problems);
        let old = std::mem::take(&mut self.files);
        self.set(found.jobs);
        // Whatever happened to a folder may have happened to all in it.
        let is_touched = |own: &Watched| {
            happened.anything || own.true_name.ancestors().any(|path| happened.paths.contains(path))
        };
        for (name, own) in &self.files {
            match old.get(name) {
                None => round.look(&own.job, "added"),
                Some(_) if is_touched(own) => round.look(&own.job, "changed"),
                Some(earlier) => {
                    let (was, is) =
                        (before.setup(earlier.job.setup), self.session.setup(own.job.setup));
                    if let (Some(was), Some(is)) = (was, is)
                        && is.differs_from(was, &own.true_name, &changed)
                    {
                        round.jobs.push(own.job.clone());
                    }
                }
            }
        }
        for name in old.keys().filter(|name| !self.files.contains_key(*name)) {
            round.tell(name, "removed");
        }
        round
    }

    /// Finds all files, and watches where they are.
    fn search(&mut self) -> Found {
        let mut searches = 0;
        loop {
            let mut found = find(self.args, &mut self.session, None);
            let paths = self.args.paths.iter().map(|path| search_base(path));
            let files = found.jobs.iter().filter_map(|job| job.input.path());
            // What a link leads to may stand in a folder that is not searched.
            let targets = files.filter(|path| path.is_symlink());
            let targets = targets.filter_map(|path| path.canonicalize().ok());
            let named: Vec<PathBuf> = paths.chain(targets).collect();
            let single = named.iter().chain(self.session.sources()).map(PathBuf::as_path);
            let is_new = self.places.update(&found.folders, single, &mut found.problems);
            searches += 1;
            if !is_new || searches >= MOST_SEARCHES {
                return found;
            }
            // What was made or written in a folder before it was watched is found by another search, which
            // reads settings again and tells again what is wrong with them.
            let sources = self.session.sources().clone();
            self.session = self.session.after(&sources);
        }
    }

    fn set(&mut self, jobs: Vec<Job>) {
        self.files.clear();
        self.by_true.clear();
        for job in jobs {
            self.insert(job);
        }
    }

    /// Adds a file, unless it is known by another name.
    fn insert(&mut self, job: Job) -> Option<&Watched> {
        let name = job.input.path()?.to_owned();
        let true_name = name.canonicalize().unwrap_or_else(|_| whole(&name));
        if self.by_true.contains_key(&true_name) {
            return None;
        }
        self.by_true.insert(true_name.clone(), name.clone());
        Some(self.files.entry(name).or_insert(Watched { job, true_name }))
    }

    fn remove(&mut self, name: &Path) {
        if let Some(own) = self.files.remove(name) {
            self.by_true.remove(&own.true_name);
        }
    }
}

impl Round {
    fn look(&mut self, job: &Job, what: &'static str) {
        self.told.push((job.input.name(), what));
        self.jobs.push(job.clone());
    }

    fn tell(&mut self, path: &Path, what: &'static str) {
        self.told.push((shown(path.strip_prefix(here()).unwrap_or(path)), what));
    }

    /// Looks at the files, and says what happened and what was found.
    fn show(
        &mut self,
        args: &LintArgs,
        session: &Session<'_>,
        (out, err): (&mut dyn Write, &mut dyn Write),
        style: Style,
    ) -> io::Result<()> {
        let checked = check_all(args, session, &self.jobs, &mut self.problems);
        for what in ["removed", "added", "changed"] {
            let names = self.told.iter().filter(|(_, own)| *own == what).map(|(name, _)| name);
            let names: Vec<&String> = names.collect();
            if names.len() > FEW {
                writeln!(err, "{} {what}", counted(names.len(), "file"))?;
                continue;
            }
            for name in names {
                writeln!(err, "{} {what}", harmless(name))?;
            }
        }
        if self.is_first || !self.jobs.is_empty() {
            show(args, &checked, &self.problems, (out, err), style)?;
            out.flush()?;
        }
        finish(Exit::Success, &self.problems, err)?;
        Ok(())
    }
}
