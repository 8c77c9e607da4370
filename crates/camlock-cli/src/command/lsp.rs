//! `camlock lsp`: policies in editors.

use std::collections::HashMap;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use camlock_lint::{Linter, Settings};
use camlock_lsp::{Host, serve};

use super::lint::{linter_of, settings_of};
use crate::authority::{MAX_POLICY, read_text};
use crate::exit::Exit;

/// Serves an editor over standard input and output.
///
/// Speaks the Language Server Protocol: findings while typing, what things are, completions, repairs,
/// layout, outline. Editors start it; the book says how each is set up.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 the editor shut the server down, 1 it left without, 2 what came in cannot be read.")]
pub(crate) struct LspArgs {
    /// Changes nothing; some editors give it
    #[arg(long)]
    stdio: bool,
}

/// Runs the command.
pub(crate) fn run(args: &LspArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
    let LspArgs { stdio: _ } = args;
    let host = Files { known: HashMap::new() };
    match serve(host, BufReader::new(io::stdin()), out) {
        Ok(true) => Ok(Exit::Success),
        Ok(false) => Ok(Exit::Negative),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            writeln!(err, "error: standard input: {error}")?;
            Ok(Exit::Failure)
        }
        Err(error) => Err(error),
    }
}

/// The files beside the documents.
struct Files {
    /// The linter of each document, as the settings were when it was made.
    known: HashMap<String, Known>,
}

struct Known {
    settings: Option<(PathBuf, Option<SystemTime>)>,
    linter: Arc<Linter>,
}

/// Documents whose linters are remembered.
const MOST_KNOWN: usize = 256;

impl Host for Files {
    fn linter(&mut self, path: &str) -> Arc<Linter> {
        let settings = settings_of(Path::new(path));
        let settings = settings.map(|file| {
            let changed = file.metadata().and_then(|facts| facts.modified()).ok();
            (file, changed)
        });
        let known = self.known.get(path);
        if let Some(known) = known.filter(|known| known.settings == settings) {
            return Arc::clone(&known.linter);
        }
        let linter = match linter_of(Path::new(path)) {
            Ok(linter) => Arc::new(linter),
            Err(problem) => {
                // The editor shows what a server says here; findings go on with what was known.
                _ = writeln!(io::stderr(), "error: {problem}");
                let before = known.map(|known| Arc::clone(&known.linter));
                before.unwrap_or_else(|| Arc::new(Linter::new(Settings::default())))
            }
        };
        if self.known.len() >= MOST_KNOWN {
            self.known.clear();
        }
        self.known.insert(path.to_owned(), Known { settings, linter: Arc::clone(&linter) });
        linter
    }

    fn open(&mut self, path: &str, name: &str) -> Result<String, String> {
        let file = Path::new(path).parent().unwrap_or(Path::new("")).join(name);
        // A device or a pipe may never end, and an editor opens what strangers wrote.
        if !file.is_file() {
            return Err("it is not a file".to_owned());
        }
        let source = read_text(&file, MAX_POLICY).map_err(|problem| problem.to_string())?;
        Ok(source.text().to_owned())
    }
}
