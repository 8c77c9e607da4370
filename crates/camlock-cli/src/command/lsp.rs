//! `camlock lsp`: policies in editors.

mod files;

use std::io::{self, BufReader, Write};

use camlock_lsp::serve;

use crate::exit::Exit;
use files::Files;

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
    match serve(Files::default(), BufReader::new(io::stdin()), out) {
        Ok(true) => Ok(Exit::Success),
        Ok(false) => Ok(Exit::Negative),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            writeln!(err, "error: standard input: {error}")?;
            Ok(Exit::Failure)
        }
        Err(error) => Err(error),
    }
}
