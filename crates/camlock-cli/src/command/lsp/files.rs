//! The files beside the documents of an editor.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use camlock_lint::{Linter, Settings};
use camlock_lsp::{Host, SettingsFile};

use crate::authority::MAX_POLICY;
use crate::command::lint::{MAX_CONFIG, NAME, linter_of, settings_of, whole};
use crate::files::{Named, read_text, shown};

/// Documents whose linters are remembered.
const MOST_KNOWN: usize = 256;

/// Files of one linter whose times are looked at for every change of a document. Editors tell of the
/// others, such as the many policies of an account.
const MOST_TIMED: usize = 16;

/// Files beside account files that are remembered.
const MOST_OPENED: usize = 10_000;

/// The files beside the documents.
#[derive(Default)]
pub(super) struct Files {
    /// The linter of each document, as the settings were when it was made.
    known: HashMap<String, Known>,
    /// What account files refer to.
    opened: BTreeSet<PathBuf>,
    /// What is wrong with settings and was not said yet.
    problems: Vec<String>,
}

struct Known {
    settings: Option<PathBuf>,
    /// What the settings depend on.
    files: BTreeSet<PathBuf>,
    /// The first of them, which say what the others are, and when they were written.
    first: Vec<PathBuf>,
    times: Vec<Option<SystemTime>>,
    /// Whether the editor told of a change of one of the files.
    is_stale: bool,
    linter: Arc<Linter>,
}

impl Known {
    fn new(settings: Option<PathBuf>, files: &[PathBuf], linter: Arc<Linter>) -> Self {
        let first: Vec<PathBuf> = files.iter().take(MOST_TIMED).cloned().collect();
        let times = times(&first);
        let files = files.iter().map(|file| whole(file)).collect();
        Self { settings, files, first, times, is_stale: false, linter }
    }

    fn is_current(&self, settings: Option<&PathBuf>) -> bool {
        !self.is_stale && self.settings.as_ref() == settings && self.times == times(&self.first)
    }
}

fn times(files: &[PathBuf]) -> Vec<Option<SystemTime>> {
    let time = |file: &PathBuf| file.metadata().and_then(|facts| facts.modified()).ok();
    files.iter().map(time).collect()
}

impl Host for Files {
    fn linter(&mut self, path: &str) -> Arc<Linter> {
        let settings = settings_of(Path::new(path));
        let known = self.known.get(path);
        if let Some(known) = known.filter(|known| known.is_current(settings.as_ref())) {
            return Arc::clone(&known.linter);
        }
        let mut files = Vec::new();
        let linter = match linter_of(Path::new(path), &mut files) {
            Ok(linter) => Arc::new(linter),
            Err(problem) => {
                // Findings go on with what was known.
                let before = known.map(|known| Arc::clone(&known.linter));
                self.say(format!("camlock: {problem}"));
                before.unwrap_or_else(|| Arc::new(Linter::new(Settings::default())))
            }
        };
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        self.known.insert(path.to_owned(), Known::new(settings, &files, Arc::clone(&linter)));
        linter
    }

    fn open(&mut self, path: &str, name: &str) -> Result<String, String> {
        let file = Path::new(path).parent().unwrap_or(Path::new("")).join(name);
        if self.opened.len() < MOST_OPENED {
            self.opened.insert(whole(&file));
        }
        let source = read_text(&file, MAX_POLICY, Named::ByDocument);
        let source = source.map_err(|problem| problem.to_string())?;
        Ok(source.text().to_owned())
    }

    fn settings(&mut self, path: &str, folders: &[String]) -> Option<SettingsFile> {
        let path = whole(Path::new(path));
        let file = match settings_of(&path) {
            Some(file) => file,
            None => place(&path, folders)?.join(NAME),
        };
        let text = if file.is_file() {
            Some(read_text(&file, MAX_CONFIG, Named::ByDocument).ok()?.text().to_owned())
        } else {
            None
        };
        let document = shown(path.strip_prefix(file.parent()?).ok()?);
        Some(SettingsFile { path: shown(&file), text, document })
    }

    fn depends_on(&mut self, path: &str) -> bool {
        let path = whole(Path::new(path));
        let is_settings = path.file_name().is_some_and(|name| name == NAME);
        let mut depends = is_settings || self.opened.len() >= MOST_OPENED;
        for known in self.known.values_mut().filter(|own| is_settings || own.files.contains(&path))
        {
            known.is_stale = true;
            depends = true;
        }
        depends || self.opened.contains(&path)
    }

    fn problems(&mut self) -> Vec<String> {
        std::mem::take(&mut self.problems)
    }
}

impl Files {
    /// Keeps a problem to be said, once for all documents that have it.
    fn say(&mut self, problem: String) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// The folder for settings of a file that has none: the innermost of those that are open, or else its
/// own.
fn place(path: &Path, folders: &[String]) -> Option<PathBuf> {
    let around = folders.iter().map(|folder| whole(Path::new(folder)));
    let around = around.filter(|folder| path.starts_with(folder));
    around
        .max_by_key(|folder| folder.components().count())
        .or_else(|| Some(path.parent()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    use camlock_lsp::Host;

    use super::Files;

    fn write(folder: &Path, name: &str, text: &str) -> String {
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        file.display().to_string()
    }

    fn account(owner: &str) -> String {
        format!(r#"{{"camlock": 1, "owner": {{"uin": "{owner}"}}, "policies": []}}"#)
    }

    #[test]
    fn changed_settings_and_accounts_count_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::create_dir(folder.join(".git")).unwrap();
        let document = folder.join("a.json").display().to_string();
        let mut files = Files::default();
        let plain = files.linter(&document);
        assert!(Arc::ptr_eq(&plain, &files.linter(&document)), "nothing changed");

        let owner_of = |files: &mut Files| {
            let linter = files.linter(&document);
            linter.settings().options.account.uin().map(ToString::to_string)
        };
        let settings = write(folder, "camlock.toml", "account = \"account.json\"\n");
        let other = write(folder, "account.json", &account("100000000001"));
        assert_eq!(owner_of(&mut files).as_deref(), Some("100000000001"));
        write(folder, "account.json", &account("100000000002"));
        assert!(files.depends_on(&other));
        assert_eq!(owner_of(&mut files).as_deref(), Some("100000000002"));
        assert!(!files.depends_on(&document) && files.depends_on(&settings));

        // What cannot be read is said once, and what was known goes on.
        write(folder, "account.json", "{");
        assert!(files.depends_on(&other));
        assert_eq!(owner_of(&mut files).as_deref(), Some("100000000002"));
        assert_eq!(owner_of(&mut files).as_deref(), Some("100000000002"));
        assert_eq!(files.problems().len(), 1);
        fs::remove_file(&settings).unwrap();
        assert_eq!(owner_of(&mut files), None);
    }

    #[test]
    fn what_an_account_names_is_depended_on() {
        let folder = tempfile::tempdir().unwrap();
        let policy = write(folder.path(), "p.json", "{}");
        let account = folder.path().join("account.json").display().to_string();
        let mut files = Files::default();
        assert!(!files.depends_on(&policy));
        files.open(&account, "p.json").unwrap();
        assert!(files.depends_on(&policy));
    }

    #[test]
    fn settings_belong_where_they_are_or_into_the_folder_that_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("in/deep");
        fs::create_dir_all(&inner).unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        let document = inner.join("a.json").display().to_string();
        let open = [folder.path(), &folder.path().join("in"), Path::new("/elsewhere")]
            .map(|own| own.display().to_string());
        let mut files = Files::default();
        let own = files.settings(&document, &[]).unwrap();
        assert_eq!((own.text, own.document.as_str()), (None, "a.json"));
        let own = files.settings(&document, &open).unwrap();
        assert_eq!((own.text, own.document.as_str()), (None, "deep/a.json"));
        let settings = write(folder.path(), "camlock.toml", "# ours\n");
        let own = files.settings(&document, &open).unwrap();
        assert_eq!(
            (own.text.as_deref(), own.document.as_str()),
            (Some("# ours\n"), "in/deep/a.json")
        );
        assert_eq!(own.path, settings);
    }
}
