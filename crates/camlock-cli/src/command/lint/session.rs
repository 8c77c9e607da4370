//! Which settings count for which file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use camlock_lint::PathGlobs;

use super::args::SettingsArgs;
use super::given::Given;
use super::setup::{Setup, above, whole};
use crate::files::{Input, shown};
use crate::problem::Problem;

/// The settings of a run: one set a file of settings, and one for files that have none.
pub(super) struct Session<'a> {
    args: &'a SettingsArgs,
    given: Given,
    setups: Vec<Arc<Setup>>,
    by_folder: BTreeMap<PathBuf, usize>,
    by_file: BTreeMap<PathBuf, usize>,
    /// The files of settings that cannot be read, and why; empty for what no file says.
    faulty: BTreeMap<PathBuf, Problem>,
    /// Every file that was read for settings, or would have been.
    sources: BTreeSet<PathBuf>,
    /// What is still good of an earlier session.
    before: Before,
    /// Faults of settings in whose place earlier ones count.
    problems: Vec<Problem>,
}

/// The settings of an earlier session.
#[derive(Default)]
struct Before {
    by_folder: BTreeMap<PathBuf, Arc<Setup>>,
    by_file: BTreeMap<PathBuf, Arc<Setup>>,
    /// Those that have to be read again.
    outdated: BTreeSet<PathBuf>,
}

/// A file to be linted, with its settings.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) input: Input,
    /// The name that globs are held against: the whole path.
    pub(super) path: String,
    /// Whether it was found in a folder and is JSON, so that it need not be a policy.
    pub(super) is_searched: bool,
    pub(super) setup: usize,
}

impl<'a> Session<'a> {
    pub(super) fn new(args: &'a SettingsArgs) -> Self {
        Self {
            args,
            given: Given::default(),
            setups: Vec::new(),
            by_folder: BTreeMap::new(),
            by_file: BTreeMap::new(),
            faulty: BTreeMap::new(),
            sources: BTreeSet::new(),
            before: Before::default(),
            problems: Vec::new(),
        }
    }

    /// The session of the same run after files have changed, which may be folders above what was read.
    ///
    /// Settings that were read from none of them are taken over. Where changed ones cannot be read,
    /// those that counted before still do.
    pub(super) fn after(&self, changed: &BTreeSet<PathBuf>) -> Self {
        let mut next = Self { given: self.given.after(changed), ..Self::new(self.args) };
        let setup = |place: &usize| self.setups.get(*place).cloned();
        for (folder, place) in &self.by_folder {
            next.before.by_folder.extend(setup(place).map(|setup| (folder.clone(), setup)));
        }
        for (file, place) in &self.by_file {
            let Some(setup) = setup(place) else { continue };
            if self.faulty.contains_key(file) || setup.is_made_of(changed) {
                next.before.outdated.insert(file.clone());
            }
            next.before.by_file.insert(file.clone(), setup);
        }
        next
    }

    pub(super) fn setup(&self, place: usize) -> Option<&Setup> {
        self.setups.get(place).map(Arc::as_ref)
    }

    pub(super) fn setups(&self) -> impl Iterator<Item = &Setup> {
        self.setups.iter().map(Arc::as_ref)
    }

    /// Every file that was read for settings, or would have been if it could.
    pub(super) fn sources(&self) -> &BTreeSet<PathBuf> {
        &self.sources
    }

    /// Takes the faults of settings in whose place earlier ones count.
    pub(super) fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    /// The file with its settings; nothing where they leave it out.
    pub(super) fn job(&mut self, input: Input, is_searched: bool) -> Result<Option<Job>, Problem> {
        let path = whole(input.path().unwrap_or(Path::new(&input.name())));
        let setup = self.setup_in(path.parent().unwrap_or(Path::new("")))?;
        let exclude = self.setup(setup).and_then(|setup| setup.config.exclude.as_ref());
        let is_out = |globs: &PathGlobs| path.ancestors().any(|own| globs.is_match(&shown(own)));
        if input.path().is_some() && exclude.is_some_and(is_out) {
            return Ok(None);
        }
        Ok(Some(Job { input, path: shown(&path), is_searched, setup }))
    }

    /// Whether the settings of a file want it where its extension does not.
    pub(super) fn wants(&mut self, path: &Path) -> Result<bool, Problem> {
        let path = whole(path);
        let place = self.setup_in(path.parent().unwrap_or(Path::new("")))?;
        let include = self.setup(place).and_then(|setup| setup.config.include.as_ref());
        Ok(include.is_some_and(|globs| globs.is_match(&shown(&path))))
    }

    /// The settings of the files in a folder: those that are named, or those next above.
    pub(super) fn setup_in(&mut self, folder: &Path) -> Result<usize, Problem> {
        let folder = if self.args.config.is_some() { Path::new("") } else { folder };
        if let Some(place) = self.by_folder.get(folder) {
            return Ok(*place);
        }
        let file = match &self.args.config {
            Some(file) => Some(whole(file)),
            None if self.args.no_config => None,
            None => above(folder),
        };
        let key = file.clone().unwrap_or_default();
        let place = if let Some(place) = self.by_file.get(&key) {
            *place
        } else {
            let setup = self.read(file, &key, folder)?;
            self.sources.extend(setup.sources.iter().cloned());
            self.setups.push(setup);
            self.setups.len() - 1
        };
        self.by_file.insert(key, place);
        self.by_folder.insert(folder.to_owned(), place);
        Ok(place)
    }

    /// Reads settings, unless they are known, or known to be faulty.
    fn read(
        &mut self,
        file: Option<PathBuf>,
        key: &Path,
        folder: &Path,
    ) -> Result<Arc<Setup>, Problem> {
        if let Some(problem) = self.faulty.get(key) {
            return Err(problem.clone());
        }
        let known = self.before.by_file.get(key);
        if let Some(setup) = known.filter(|_| !self.before.outdated.contains(key)) {
            return Ok(Arc::clone(setup));
        }
        let mut sources = BTreeSet::new();
        let problem = match Setup::new(file, self.args, &mut self.given, &mut sources) {
            Ok(setup) => return Ok(Arc::new(setup)),
            Err(problem) => problem,
        };
        self.sources.append(&mut sources);
        self.faulty.insert(key.to_owned(), problem.clone());
        match known.or_else(|| self.before.by_folder.get(folder)) {
            Some(setup) => {
                self.problems.push(problem);
                Ok(Arc::clone(setup))
            }
            None => Err(problem),
        }
    }
}
