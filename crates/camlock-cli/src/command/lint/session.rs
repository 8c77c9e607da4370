//! Which settings count for which file.

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use camlock_catalog::Catalog;
use camlock_config::{Config, Path as ConfigPath};
use camlock_lint::{Level, Levels, Linter, Override, PathGlobs, Settings, fault_rules, rules};

use super::args::SettingsArgs;
use super::companions;
use crate::authority::{load_account, read_text};
use crate::files::{Input, shown};
use crate::problem::Problem;

/// The name of a file of settings.
pub(crate) const NAME: &str = "camlock.toml";
/// Bytes of a file of settings, and of a catalogue.
pub(crate) const MAX_CONFIG: usize = 1 << 20;
const MAX_CATALOG: usize = 64 << 20;
/// Files of settings of which each is put over the next.
const MOST_EXTENDED: usize = 16;

/// The settings of a run: one set a file of settings, and one for files that have none.
pub(super) struct Session<'a> {
    args: &'a SettingsArgs,
    setups: Vec<Setup>,
    by_folder: HashMap<PathBuf, usize>,
    by_file: HashMap<PathBuf, usize>,
}

/// A linter and what its settings say besides.
pub(super) struct Setup {
    /// The file of settings, where there is one.
    pub(super) file: Option<PathBuf>,
    pub(super) config: Config,
    linter: Linter,
    /// Linters for the documents of the account, which have companions, by their true names.
    of_files: BTreeMap<PathBuf, Linter>,
}

/// A file to be linted, with its settings.
pub(super) struct Job {
    pub(super) input: Input,
    /// The name that globs are held against: the whole path.
    pub(super) path: String,
    pub(super) setup: usize,
}

impl<'a> Session<'a> {
    pub(super) fn new(args: &'a SettingsArgs) -> Self {
        let (setups, by_folder, by_file) = (Vec::new(), HashMap::new(), HashMap::new());
        Self { args, setups, by_folder, by_file }
    }

    pub(super) fn setup(&self, place: usize) -> Option<&Setup> {
        self.setups.get(place)
    }

    pub(super) fn setups(&self) -> &[Setup] {
        &self.setups
    }

    /// The file with its settings; nothing where they leave it out.
    pub(super) fn job(&mut self, input: Input) -> Result<Option<Job>, Problem> {
        let path = whole(input.path().unwrap_or(Path::new(&input.name())));
        let setup = self.setup_of(&path)?;
        let exclude = self.setup(setup).and_then(|setup| setup.config.exclude.as_ref());
        let is_out = |globs: &PathGlobs| path.ancestors().any(|own| globs.is_match(&shown(own)));
        if input.path().is_some() && exclude.is_some_and(is_out) {
            return Ok(None);
        }
        Ok(Some(Job { input, path: shown(&path), setup }))
    }

    /// Whether the settings want a file that its extension does not.
    pub(super) fn wants(&self, place: usize, path: &Path) -> bool {
        let include = self.setup(place).and_then(|setup| setup.config.include.as_ref());
        include.is_some_and(|globs| globs.is_match(&shown(&whole(path))))
    }

    /// The settings of a file or folder: those that are named, or those next above.
    pub(super) fn setup_of(&mut self, path: &Path) -> Result<usize, Problem> {
        let folder = match &self.args.config {
            Some(_) => PathBuf::new(),
            None if path.is_dir() => path.to_owned(),
            None => path.parent().unwrap_or(Path::new("")).to_owned(),
        };
        if let Some(place) = self.by_folder.get(&folder) {
            return Ok(*place);
        }
        let file = match &self.args.config {
            Some(file) => Some(whole(file)),
            None if self.args.no_config => None,
            None => above(&folder),
        };
        let key = file.clone().unwrap_or_default();
        let place = if let Some(place) = self.by_file.get(&key) {
            *place
        } else {
            self.setups.push(Setup::new(file, self.args, &mut Vec::new())?);
            self.setups.len() - 1
        };
        self.by_file.insert(key, place);
        self.by_folder.insert(folder, place);
        Ok(place)
    }
}

impl Setup {
    /// Reads the settings; `files` gets every file that counts, as far as they could be read.
    fn new(
        file: Option<PathBuf>,
        args: &SettingsArgs,
        files: &mut Vec<PathBuf>,
    ) -> Result<Self, Problem> {
        let config = match &file {
            Some(file) => read(file, 0, files)?,
            None => Config::default(),
        };
        let mut settings = config.settings();
        if let Some(path) = &config.catalog {
            files.push(resolved(path));
            settings.catalog = Some(Arc::new(catalog(path)?));
        }
        settings.overrides.extend(flags(args)?);
        let account = args.account.clone().or_else(|| config.account.as_ref().map(resolved));
        let mut of_files = BTreeMap::new();
        if let Some(path) = account {
            files.push(path.clone());
            let account = load_account(&path)?;
            files.extend(companions::files(&account).map(Path::to_owned));
            if settings.options.account.uin().is_none()
                && settings.options.account.app_id().is_none()
            {
                settings.options.account = account.owner().clone();
            }
            for (file, companions) in companions::of_files(&account) {
                let own = Settings { companions, ..settings.clone() };
                of_files.insert(file, Linter::new(own));
            }
        }
        Ok(Self { file, config, linter: Linter::new(settings), of_files })
    }

    /// The linter for a file.
    pub(super) fn linter(&self, input: &Input) -> &Linter {
        if self.of_files.is_empty() {
            return &self.linter;
        }
        let own = input.path().and_then(|path| self.of_files.get(&path.canonicalize().ok()?));
        own.unwrap_or(&self.linter)
    }

    /// The suppressions that covered nothing, by their place in the settings.
    pub(super) fn unused(&self) -> Vec<usize> {
        let unused_by = |linter: &Linter| -> Vec<*const camlock_lint::Suppression> {
            linter.unused_suppressions().map(std::ptr::from_ref).collect()
        };
        let places = |linter: &Linter| -> Vec<usize> {
            let unused = unused_by(linter);
            let all = linter.settings().suppressions.iter().enumerate();
            all.filter(|(_, own)| unused.contains(&std::ptr::from_ref(*own)))
                .map(|(place, _)| place)
                .collect()
        };
        let mut unused = places(&self.linter);
        for linter in self.of_files.values() {
            let also = places(linter);
            unused.retain(|place| also.contains(place));
        }
        unused
    }
}

/// The settings that count for one file where no flag says otherwise: their file, if there is one.
pub(crate) fn settings_of(path: &Path) -> Option<PathBuf> {
    above(whole(path).parent().unwrap_or(Path::new("")))
}

/// The linter for one file, as its settings say; `files` gets every file that the settings depend on.
pub(crate) fn linter_of(path: &Path, files: &mut Vec<PathBuf>) -> Result<Linter, Problem> {
    let Setup { config, linter, mut of_files, .. } =
        Setup::new(settings_of(path), &SettingsArgs::default(), files)?;
    let path = whole(path);
    let is_out = |globs: &PathGlobs| path.ancestors().any(|own| globs.is_match(&shown(own)));
    if config.exclude.as_ref().is_some_and(is_out) {
        let levels = Levels::default().with("all", Level::Off);
        let levels = levels.map_err(|error| Problem::new(error.to_string()))?;
        return Ok(Linter::new(Settings { levels, ..Settings::default() }));
    }
    let own = path.canonicalize().ok().and_then(|path| of_files.remove(&path));
    Ok(own.unwrap_or(linter))
}

/// The file of settings next above a folder, up to the root of the repository.
fn above(folder: &Path) -> Option<PathBuf> {
    for own in folder.ancestors() {
        let file = own.join(NAME);
        if file.is_file() {
            return Some(file);
        }
        if own.join(".git").exists() {
            return None;
        }
    }
    None
}

fn read(file: &Path, extended: usize, files: &mut Vec<PathBuf>) -> Result<Config, Problem> {
    files.push(file.to_owned());
    let source = read_text(file, MAX_CONFIG)?;
    let folder = whole(file.parent().unwrap_or(Path::new("")));
    let config = Config::read(&source, &shown(&folder))
        .map_err(|faults| Problem::faults(&source, &faults))?;
    let Some(base) = &config.extend else { return Ok(config) };
    if extended >= MOST_EXTENDED {
        return Err(at(base, "files of settings extend each other without an end"));
    }
    let base = read(&resolved(base), extended + 1, files)?;
    Ok(config.over(base))
}

fn catalog(path: &ConfigPath) -> Result<Catalog, Problem> {
    let source = read_text(&resolved(path), MAX_CATALOG)?;
    Catalog::read(source.text()).map_err(|error| at(path, &format!("not a catalogue: {error}")))
}

/// A path of a file of settings, from its folder.
fn resolved(path: &ConfigPath) -> PathBuf {
    let file = Path::new(path.source.name());
    file.parent().unwrap_or(Path::new("")).join(&path.path)
}

fn at(path: &ConfigPath, why: &str) -> Problem {
    let place = path.source.line_column(path.span.start);
    Problem::new(format!("{}:{}:{}: {why}", path.source.name(), place.line, place.column))
}

/// What the flags say; they win over every file.
fn flags(args: &SettingsArgs) -> Result<Option<Override>, Problem> {
    let mut levels = Levels::default();
    let mut set = |name: &str, level: Level| -> Result<(), Problem> {
        let own = std::mem::take(&mut levels).with(name, level);
        levels = own.map_err(|error| Problem::new(error.to_string()))?;
        Ok(())
    };
    if !args.select.is_empty() {
        let all = rules().iter().map(|rule| rule.meta()).chain(fault_rules());
        for rule in all {
            let names = [rule.code.as_str(), rule.name];
            let by_name = |own: &String| names.iter().any(|name| name.eq_ignore_ascii_case(own));
            if args.select.iter().any(by_name) {
                // Who names a rule that is off wants to see it.
                if rule.level == Level::Off {
                    set(rule.code.as_str(), Level::Info)?;
                }
            } else if !args.select.iter().any(|own| own == "all" || own == rule.group.as_str()) {
                set(rule.code.as_str(), Level::Off)?;
            }
        }
    }
    for name in &args.ignore {
        set(name, Level::Off)?;
    }
    for (name, level) in &args.level {
        set(name, *level)?;
    }
    let paths = PathGlobs::new(&["**/*"]).map_err(|error| Problem::new(error.to_string()))?;
    Ok(Some(Override { paths, levels }))
}

/// The whole path, without steps back; links stay.
pub(crate) fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut whole = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = whole.pop(),
            part => whole.push(part),
        }
    }
    whole
}

/// The folder in which the command runs.
pub(super) fn here() -> PathBuf {
    env::current_dir().unwrap_or_default()
}
