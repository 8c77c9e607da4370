//! What the server asks whoever runs it.

use std::fmt;
use std::sync::Arc;

use camlock_lint::{Linter, Settings};

/// What has to come from outside of the server.
pub trait Host {
    /// The linter for a document; asked whenever the document is looked at anew, so that settings may
    /// change in between. `path` is the path of its file, or its URI where it is not a file.
    fn linter(&mut self, path: &str) -> Arc<Linter>;

    /// The text of the file `name`, which the account file at `path` refers to.
    ///
    /// # Errors
    ///
    /// Why it cannot be read.
    fn open(&mut self, path: &str, name: &str) -> Result<String, String>;

    /// The file of settings for the document at `path`: the one that counts, or the one that would, which
    /// then belongs into the innermost of the `folders` that the editor has open. Nothing where there can be
    /// none.
    fn settings(&mut self, path: &str, folders: &[String]) -> Option<SettingsFile> {
        _ = (path, folders);
        None
    }

    /// Whether what was found in some document depends on the file at `path`, which has changed.
    fn depends_on(&mut self, path: &str) -> bool {
        _ = path;
        true
    }

    /// What is wrong with settings, for whoever writes them; each is said once.
    fn problems(&mut self) -> Vec<String> {
        Vec::new()
    }
}

/// A file of settings.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a file as its path and text")]
pub struct SettingsFile {
    /// Its path.
    pub path: String,
    /// Its text; nothing where there is no such file yet.
    pub text: Option<String>,
    /// The document as the file calls it: relative to its folder, with slashes.
    pub document: String,
}

/// A host without settings and files: every rule at its own level.
pub struct Defaults(Arc<Linter>);

impl Default for Defaults {
    fn default() -> Self {
        Self(Arc::new(Linter::new(Settings::default())))
    }
}

impl fmt::Debug for Defaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Defaults")
    }
}

impl Host for Defaults {
    fn linter(&mut self, _: &str) -> Arc<Linter> {
        Arc::clone(&self.0)
    }

    fn open(&mut self, _: &str, name: &str) -> Result<String, String> {
        Err(format!("`{}` is not read here", camlock_source::quote(name)))
    }
}
