//! The search below directories.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::{Pattern, SelectArgs, pattern, shown};
use crate::problem::Problem;

/// Which `.txt` files of a directory are taken without being asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Texts {
    /// None.
    Leave,
    /// Those that look like a policy: documents that are broken, or come from a page, are kept so.
    Policies,
}

/// The files found so far.
#[derive(Debug)]
pub(crate) struct Walk<'a> {
    select: &'a SelectArgs,
    texts: Texts,
    /// Directories of this search by their true names: links may lead in circles.
    entered: HashSet<PathBuf>,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) problems: Vec<Problem>,
    /// Whether something was excluded.
    pub(crate) left_out: bool,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(select: &'a SelectArgs, texts: Texts) -> Self {
        Self {
            select,
            texts,
            entered: HashSet::new(),
            files: Vec::new(),
            problems: Vec::new(),
            left_out: false,
        }
    }

    /// Takes a file that was named, whatever its extension.
    pub(crate) fn file(&mut self, path: &Path) {
        let directory = path.parent().unwrap_or(Path::new(""));
        if !self.is_excluded(path, directory) {
            self.files.push(path.to_owned());
        }
    }

    /// Takes the files below `root`.
    pub(crate) fn directory(&mut self, root: &Path) {
        let include = &self.select.include;
        let texts = self.texts;
        self.search(root, |path| {
            let extension = path.extension().unwrap_or_default();
            extension.eq_ignore_ascii_case("json")
                || (texts == Texts::Policies
                    && extension.eq_ignore_ascii_case("txt")
                    && looks_like_policy(path))
                || include.iter().any(|pattern| pattern.matches(path, root))
        });
    }

    /// Takes the files that match `glob`.
    pub(crate) fn glob(&mut self, glob: &Path) {
        let text = glob.to_string_lossy();
        let text = text.strip_prefix("./").unwrap_or(&text);
        // With a slash it is about paths, whichever they are.
        let parsed = if text.contains('/') { text.parse() } else { format!("./{text}").parse() };
        let parsed: Pattern = match parsed {
            Ok(parsed) => parsed,
            Err(error) => {
                self.problems.push(Problem::new(format!("`{text}` is not a glob: {error}")));
                return;
            }
        };
        let before = self.files.len();
        let base = pattern::base(Path::new(text));
        self.search(&base, |path| parsed.matches(&Path::new(".").join(path), Path::new(".")));
        if self.files.len() == before && !self.left_out {
            self.problems.push(Problem::new(format!("`{text}`: no file has a name of this form")));
        }
    }

    /// Searches below `root`; the order does not matter.
    fn search(&mut self, root: &Path, wanted: impl Fn(&Path) -> bool) {
        let root = if root == Path::new(".") { Path::new("") } else { root };
        self.entered.clear();
        let mut open = vec![root.to_owned()];
        while let Some(directory) = open.pop() {
            if let Err(error) = self.enter(&directory, root, &wanted, &mut open) {
                self.problems.push(Problem::unreadable(&directory, error));
            }
        }
    }

    fn enter(
        &mut self,
        directory: &Path,
        root: &Path,
        wanted: &impl Fn(&Path) -> bool,
        open: &mut Vec<PathBuf>,
    ) -> io::Result<()> {
        let real = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        if !self.entered.insert(real.canonicalize()?) {
            return Ok(());
        }
        for entry in fs::read_dir(real)? {
            let name = entry?.file_name();
            let path = directory.join(&name);
            if self.is_excluded(&path, root) {
                continue;
            }
            match fs::metadata(&path) {
                Ok(found) if found.is_dir() && !is_hidden(&name) => open.push(path),
                Ok(found) if found.is_file() && wanted(&path) => self.files.push(path),
                // A link to nowhere matters where it has the name of a policy.
                Err(error) if wanted(&path) => {
                    self.problems.push(Problem::unreadable(&path, error));
                }
                Ok(_) | Err(_) => {}
            }
        }
        Ok(())
    }

    fn is_excluded(&mut self, path: &Path, root: &Path) -> bool {
        let excluded = self.select.exclude.iter().any(|pattern| pattern.matches(path, root));
        self.left_out |= excluded;
        excluded
    }
}

/// Whether a text begins with a brace and speaks of statements; a file that cannot be read does not.
fn looks_like_policy(path: &Path) -> bool {
    const LOOK: u64 = 64 << 10;
    let mut head = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LOOK).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    read.is_ok()
        && text.trim_start().starts_with('{')
        && text.to_ascii_lowercase().contains("statement")
}

fn is_hidden(name: &OsStr) -> bool {
    shown(Path::new(name)).starts_with('.')
}
