//! What a file of settings says, as a linter.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use camlock_catalog::Catalog;
use camlock_config::{Config, Path as ConfigPath};
use camlock_lint::{Level, Levels, Linter, PathGlobs, Settings};

use super::args::SettingsArgs;
use super::companions;
use super::given::Given;
use crate::authority::load_account_with;
use crate::files::{Input, Named, at_or_below, read_text, shown};
use crate::problem::Problem;

/// The name of a file of settings.
pub(crate) const NAME: &str = "camlock.toml";
/// Bytes of a file of settings, and of a catalogue.
pub(crate) const MAX_CONFIG: usize = 1 << 20;
const MAX_CATALOG: usize = 64 << 20;
/// Files of settings of which each is put over the next.
const MOST_EXTENDED: usize = 16;

/// A linter and what its settings say besides.
pub(super) struct Setup {
    /// The file of settings, where there is one.
    pub(super) file: Option<PathBuf>,
    pub(super) config: Config,
    linter: Linter,
    /// Linters for the documents of the account, which have companions, by their true names.
    of_files: BTreeMap<PathBuf, Linter>,
    /// The files that all this was read from.
    pub(super) sources: BTreeSet<PathBuf>,
}

impl Setup {
    /// Reads settings. `sources` gets each file before it is opened, so that it is known which ones
    /// matter where that fails. `given` is the account that the arguments name.
    pub(super) fn new(
        file: Option<PathBuf>,
        args: &SettingsArgs,
        given: &mut Given,
        sources: &mut BTreeSet<PathBuf>,
    ) -> Result<Self, Problem> {
        let named = if args.config.is_some() { Named::ByUser } else { Named::ByDocument };
        let config = match &file {
            Some(file) => read(file, named, 0, sources)?,
            None => Config::default(),
        };
        let mut settings = config.settings();
        if let Some(path) = &config.catalog {
            settings.catalog = Some(Arc::new(catalog(path, sources)?));
        }
        settings.overrides.extend(args.overrides()?);
        let account = match (&args.account, &config.account) {
            (Some(path), _) => Some(given.read(path, sources)?),
            (None, Some(path)) => {
                let note = |file: &Path| note(file, sources);
                let account = load_account_with(&resolved(path), Named::ByDocument, note)?;
                Some(Arc::new(account))
            }
            (None, None) => None,
        };
        let mut of_files = BTreeMap::new();
        if let Some(account) = account {
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
        let (linter, sources) = (Linter::new(settings), sources.clone());
        Ok(Self { file, config, linter, of_files, sources })
    }

    /// Whether one of these files was read for it, or stands below one of these folders.
    pub(super) fn is_made_of(&self, changed: &BTreeSet<PathBuf>) -> bool {
        changed.iter().any(|path| at_or_below(&self.sources, path).next().is_some())
    }

    /// Whether a file may have other findings than with earlier settings, after these paths have changed.
    pub(super) fn differs_from(
        &self,
        earlier: &Self,
        file: &Path,
        changed: &BTreeSet<PathBuf>,
    ) -> bool {
        if std::ptr::eq(self, earlier) {
            return false;
        }
        let has_companions =
            |file: &Path| [self, earlier].iter().any(|own| own.of_files.contains_key(file));
        // A document of the account counts together with other documents of it, and with nothing else.
        let mut sources =
            changed.iter().filter(|path| at_or_below(&self.sources, path).next().is_some());
        self.file != earlier.file
            || has_companions(file)
            || !sources.all(|path| has_companions(path))
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

/// The linter for one file, as its settings say; `files` gets every file that the settings depend on, the
/// ones that name others first.
pub(crate) fn linter_of(path: &Path, files: &mut Vec<PathBuf>) -> Result<Linter, Problem> {
    let file = settings_of(path);
    files.extend(file.clone());
    let mut sources = BTreeSet::new();
    let setup = Setup::new(file, &SettingsArgs::default(), &mut Given::default(), &mut sources);
    if let Ok(Setup { config: Config { account: Some(account), .. }, .. }) = &setup {
        files.push(resolved(account));
    }
    files.extend(sources);
    let Setup { config, linter, mut of_files, .. } = setup?;
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
pub(super) fn above(folder: &Path) -> Option<PathBuf> {
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

/// Notes a file that settings are read from, by its name and its true name.
pub(super) fn note(file: &Path, sources: &mut BTreeSet<PathBuf>) {
    let folder = file.parent().and_then(|folder| whole(folder).canonicalize().ok());
    let there = folder.and_then(|folder| Some(folder.join(file.file_name()?)));
    sources.extend(there.into_iter().chain(file.canonicalize()));
    sources.insert(whole(file));
}

fn read(
    file: &Path,
    named: Named,
    extended: usize,
    sources: &mut BTreeSet<PathBuf>,
) -> Result<Config, Problem> {
    note(file, sources);
    let source = read_text(file, MAX_CONFIG, named)?;
    let folder = whole(file.parent().unwrap_or(Path::new("")));
    let config = Config::read(&source, &shown(&folder))
        .map_err(|faults| Problem::faults(&source, &faults))?;
    let Some(base) = &config.extend else { return Ok(config) };
    if extended >= MOST_EXTENDED {
        return Err(at(base, "files of settings extend each other without an end"));
    }
    let base = read(&resolved(base), Named::ByDocument, extended + 1, sources)?;
    Ok(config.over(base))
}

fn catalog(path: &ConfigPath, sources: &mut BTreeSet<PathBuf>) -> Result<Catalog, Problem> {
    let file = resolved(path);
    note(&file, sources);
    let source = read_text(&file, MAX_CATALOG, Named::ByDocument)?;
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

/// The whole path, without steps back; links stay.
pub(crate) fn whole(path: &Path) -> PathBuf {
    // The empty path is the folder that everything starts from.
    let path = std::path::absolute(here().join(path)).unwrap_or_else(|_| path.to_owned());
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
