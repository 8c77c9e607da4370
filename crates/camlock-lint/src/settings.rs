//! What a linter is told.

use std::fmt;
use std::sync::Arc;

use camlock_catalog::Catalog;
use camlock_policy::{AccountIds, PolicyKind};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::companions::Companions;
use crate::levels::Levels;
use crate::suppression::Suppression;

/// What a linter is told; the default is every rule at the level that it comes with.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "plain settings with defaults")]
pub struct Settings {
    /// Levels that differ.
    pub levels: Levels,
    /// Levels that differ for some paths; later ones win over earlier ones, and all over `levels`.
    pub overrides: Vec<Override>,
    /// The kinds of documents by path; the first that fits counts.
    pub kinds: Vec<(PathGlobs, PolicyKind)>,
    /// Findings that are known and accepted.
    pub suppressions: Vec<Suppression>,
    /// A catalogue of services other than the one that is compiled in.
    pub catalog: Option<Arc<Catalog>>,
    /// The policies that count together with each document.
    pub companions: Companions,
    /// What single rules ask for.
    pub options: Options,
}

/// What single rules ask for.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "plain settings with defaults")]
pub struct Options {
    /// The account that the documents belong to, as far as it is known.
    pub account: AccountIds,
    /// Other accounts that may be trusted, by uin.
    pub trusted_accounts: Vec<String>,
}

/// Levels for the paths that fit.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain settings")]
pub struct Override {
    /// Which paths.
    pub paths: PathGlobs,
    /// The levels.
    pub levels: Levels,
}

/// Globs over paths, as in `.gitignore` but for negation: `*` stays within a folder, `**` does not, and
/// a glob without a slash is about the name of the file alone.
#[derive(Clone)]
pub struct PathGlobs {
    globs: Vec<String>,
    set: GlobSet,
}

impl PathGlobs {
    /// Reads globs.
    ///
    /// # Errors
    ///
    /// A [`PathError`] that names the first one that is malformed.
    pub fn new<S: AsRef<str>>(globs: &[S]) -> Result<Self, PathError> {
        let mut builder = GlobSetBuilder::new();
        let mut texts = Vec::with_capacity(globs.len());
        let error = |glob: &str, error: &globset::Error| PathError {
            glob: glob.to_owned(),
            message: error.kind().to_string(),
        };
        for glob in globs.iter().map(AsRef::as_ref) {
            let anywhere = format!("**/{glob}");
            let full = if glob.contains('/') { glob } else { &anywhere };
            let built =
                GlobBuilder::new(full.trim_start_matches("./")).literal_separator(true).build();
            builder.add(built.map_err(|e| error(glob, &e))?);
            texts.push(glob.to_owned());
        }
        let set = builder.build().map_err(|e| error("", &e))?;
        Ok(Self { globs: texts, set })
    }

    /// Whether a path fits one of them.
    pub fn is_match(&self, path: &str) -> bool {
        self.set.is_match(path.trim_start_matches("./"))
    }

    /// The globs as they were written.
    pub fn globs(&self) -> &[String] {
        &self.globs
    }
}

impl fmt::Debug for PathGlobs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.globs.fmt(f)
    }
}

/// A glob that cannot be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PathError {
    glob: String,
    message: String,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a glob: {}", camlock_source::quote(&self.glob), self.message)
    }
}

impl std::error::Error for PathError {}
