//! Which files a command reads: by name, below directories, by globs, from standard input.

mod bounded;
mod documents;
mod pattern;
mod read;
mod replace;
mod walk;

use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};

pub(crate) use bounded::{Named, read_text};
pub(crate) use documents::{Documents, Layout, leave_out_the_rest};
pub(crate) use pattern::Pattern;
pub(crate) use read::{Content, Input};
pub(crate) use replace::replace;
pub(crate) use walk::Texts;
use walk::Walk;

use crate::problem::Problem;

/// Which files are taken, beyond their names.
#[derive(Debug, clap::Args)]
pub(crate) struct SelectArgs {
    /// Also take files of this form in directories, besides `.json` files; `lint` takes Terraform,
    /// Markdown, YAML and JSON Lines, and `.txt` files that look like a policy, as well
    ///
    /// A glob without a slash means names (`*.txt`), one with a slash means paths
    /// (`policies/**/*.policy`). May be given several times.
    #[arg(long, value_name = "GLOB")]
    pub(crate) include: Vec<Pattern>,

    /// Leave files and directories of this form out, however they were named
    ///
    /// Globs as for --include. May be given several times.
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<Pattern>,

    /// Search files that `.gitignore` and the like leave out, too
    #[arg(long)]
    pub(crate) no_ignore: bool,

    /// Read no file that is longer than this
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20)]
    pub(crate) max_bytes: usize,

    /// The name of standard input in the output
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    pub(crate) stdin_name: String,
}

/// The files to read, and what kept others from being found.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    /// Standard input first, then files by name, each once.
    pub(crate) inputs: Vec<Input>,
    /// The files of JSON that nobody asked for by name or form, which need not be policies.
    pub(crate) searched: BTreeSet<PathBuf>,
    /// The folders in which they were looked for, of those that there are.
    pub(crate) folders: BTreeSet<PathBuf>,
    pub(crate) problems: Vec<Problem>,
}

/// Finds the files that `paths` stand for.
///
/// A name is a file or a directory if there is one, and a glob otherwise. Directories are searched for
/// `.json` files, others as `texts` says and what else is to be included, hidden directories and what
/// `.gitignore` names aside; links to files are followed, each file is taken once. To find nothing is a problem,
/// so that a misspelt name does not pass.
pub(crate) fn collect(paths: &[PathBuf], select: &SelectArgs, texts: Texts) -> Collected {
    collect_with(paths, select, texts, &|_| false, None)
}

/// The same, with files of directories that somebody else wants; where `only` names files, of these
/// alone, and to find none is no problem.
pub(crate) fn collect_with(
    paths: &[PathBuf],
    select: &SelectArgs,
    texts: Texts,
    also: &dyn Fn(&Path) -> bool,
    only: Option<&BTreeSet<PathBuf>>,
) -> Collected {
    let mut walk = Walk::new(select, texts, also, only);
    let mut stdin = false;
    for path in paths {
        if path.as_os_str() == "-" {
            stdin = true;
        } else if path.is_dir() {
            walk.directory(path);
        } else if path.exists() || !pattern::is_glob(path) {
            // A missing file is told when it is read.
            walk.file(path);
        } else {
            walk.glob(path);
        }
    }
    let Walk { mut files, mut searched, named, folders, mut problems, left_out, .. } = walk;
    searched.retain(|path| !named.contains(path));
    files.sort();
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));

    let stdin = (stdin && only.is_none()).then(|| Input::Stdin(select.stdin_name.clone()));
    let inputs: Vec<Input> = stdin.into_iter().chain(files.into_iter().map(Input::File)).collect();
    if inputs.is_empty() && problems.is_empty() && !left_out && only.is_none() {
        problems.push(nothing(paths));
    }
    Collected { inputs, searched, folders, problems }
}

/// The paths of a set that are this one or stand below it.
pub(crate) fn at_or_below<'p>(
    paths: &'p BTreeSet<PathBuf>,
    path: &'p Path,
) -> impl Iterator<Item = &'p PathBuf> {
    // Paths are ordered by their parts, so that what is below comes right behind.
    let from = paths.range::<Path, _>((Bound::Included(path), Bound::Unbounded));
    from.take_while(move |own| own.starts_with(path))
}

/// Where the search for a path begins: at the path, or at the folder above the first wildcard of a glob.
pub(crate) fn search_base(path: &Path) -> PathBuf {
    if path.exists() || !pattern::is_glob(path) { path.to_owned() } else { pattern::base(path) }
}

fn nothing(paths: &[PathBuf]) -> Problem {
    let paths: Vec<String> = paths.iter().map(|path| shown(path)).collect();
    let paths = paths.join(", ");
    Problem::new(format!(
        "{paths}: no file of a form that may hold policies is there; --include takes others"
    ))
}

/// A path as it is shown, with slashes.
pub(crate) fn shown(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() }
}
