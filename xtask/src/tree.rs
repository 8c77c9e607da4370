//! The files of the project.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The text files of the project by path from its root.
pub(crate) struct Tree {
    root: PathBuf,
    pub(crate) files: Vec<(String, String)>,
}

/// Folders that hold nothing of ours, or nothing that is text.
const SKIPPED: [&str; 6] =
    ["target", ".git", "corpus-run", "artifacts", "coverage", "node_modules"];

impl Tree {
    pub(crate) fn load() -> io::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
        let mut tree = Self { root: root.clone(), files: Vec::new() };
        tree.walk(&root)?;
        tree.files.sort();
        Ok(tree)
    }

    fn walk(&mut self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                // Seeds of fuzz targets are bytes on purpose.
                if !SKIPPED.contains(&name.as_str()) && !path.ends_with("fuzz/seeds") {
                    self.walk(&path)?;
                }
                continue;
            }
            if let Ok(text) = fs::read_to_string(&path) {
                let relative = path.strip_prefix(&self.root).unwrap_or(&path);
                self.files.push((relative.to_string_lossy().into_owned(), text));
            }
        }
        Ok(())
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|(own, _)| own == path).map(|(_, text)| text.as_str())
    }

    /// The Rust files of the crates, fuzz targets, benches and tasks.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        all.filter(|(path, _)| Path::new(path).extension().is_some_and(|ext| ext == "rs"))
    }

    /// The names of the crates.
    pub(crate) fn crates(&self) -> Vec<&str> {
        let paths = self.files.iter().map(|(path, _)| path);
        paths.filter_map(|path| path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")).collect()
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> io::Result<()> {
        let path = self.root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)
    }

    pub(crate) fn remove(&self, path: &str) -> io::Result<()> {
        fs::remove_file(self.root.join(path))
    }
}
