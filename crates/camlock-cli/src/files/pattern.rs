//! Globs that choose among files.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use globset::{GlobBuilder, GlobMatcher};

/// A glob: on names if it has no slash, otherwise on paths.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    matcher: GlobMatcher,
    on_names: bool,
}

impl Pattern {
    /// Whether `path` is meant; `root` is the directory in which it was found.
    pub(crate) fn matches(&self, path: &Path, root: &Path) -> bool {
        if self.on_names {
            return path.file_name().is_some_and(|name| self.matcher.is_match(name));
        }
        let plain = path.strip_prefix(".").unwrap_or(path);
        let below = path.strip_prefix(root).unwrap_or(path);
        [path, plain, below].iter().any(|path| self.matcher.is_match(path))
    }
}

impl FromStr for Pattern {
    type Err = globset::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.strip_suffix('/').unwrap_or(text);
        // Paths are held against it without the dot that they may begin with.
        let plain = text.strip_prefix("./").unwrap_or(text);
        let glob = GlobBuilder::new(plain).literal_separator(true).build()?;
        Ok(Self { matcher: glob.compile_matcher(), on_names: !text.contains('/') })
    }
}

/// Whether a path can be meant as a glob.
pub(crate) fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// The directory above the first component with a wildcard.
pub(crate) fn base(glob: &Path) -> PathBuf {
    glob.components().take_while(|part| !is_glob(Path::new(part))).collect()
}
