//! `camlock lsp`: policies in editors.

use std::io::{self, BufReader, Write};
use std::path::Path;
use std::sync::Arc;

use camlock_lint::{Linter, Settings};
use camlock_lsp::{Host, serve};

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
    let host = Files { linter: Arc::new(Linter::new(Settings::default())) };
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
    linter: Arc<Linter>,
}

impl Host for Files {
    fn linter(&mut self, _: &str) -> Arc<Linter> {
        Arc::clone(&self.linter)
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
