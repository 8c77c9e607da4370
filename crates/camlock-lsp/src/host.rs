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
