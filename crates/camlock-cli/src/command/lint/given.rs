//! The account that the user names.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use camlock::Account;

use super::setup::note;
use crate::authority::load_account_with;
use crate::files::{Named, at_or_below};
use crate::problem::Problem;

/// The account that the user names, read once for all settings: it may be a pipe.
#[derive(Clone, Default)]
pub(super) struct Given {
    read: Option<Result<Arc<Account>, Problem>>,
    /// The files that it was read from.
    sources: BTreeSet<PathBuf>,
    /// Whether it can be read one time only.
    is_once: bool,
}

impl Given {
    /// The account, read if it was not yet. `sources` gets the files of it, also where that fails.
    pub(super) fn read(
        &mut self,
        path: &Path,
        sources: &mut BTreeSet<PathBuf>,
    ) -> Result<Arc<Account>, Problem> {
        let Self { read, sources: own, is_once } = self;
        let account = read.get_or_insert_with(|| {
            *is_once = path.metadata().is_ok_and(|own| !own.is_file() && !own.is_dir());
            load_account_with(path, Named::ByUser, |file| note(file, own)).map(Arc::new)
        });
        sources.extend(own.iter().cloned());
        account.clone()
    }

    /// What is still good of it after files have changed, or what is above them.
    pub(super) fn after(&self, changed: &BTreeSet<PathBuf>) -> Self {
        let is_changed =
            changed.iter().any(|path| at_or_below(&self.sources, path).next().is_some());
        if is_changed && !self.is_once { Self::default() } else { self.clone() }
    }
}
