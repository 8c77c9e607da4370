//! `camlock export`: the account of a store as an account file.

use std::io::{self, Write};
use std::path::PathBuf;

use camlock_cam::Store;
use clap::Args;

use crate::exit::Exit;

/// Writes the account of a store as an account file, for `decide`, `explain` and `test`; keys and times
/// are left out, and warnings say what else is. The server of the store must have ended.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  camlock export --store cam.db > account.json
  camlock explain --account account.json --request request.json")]
pub(crate) struct ExportArgs {
    /// The file of the account, as `camlock serve` keeps it
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
}

pub(crate) fn run(args: &ExportArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
    match export(args) {
        Ok((text, left_out)) => {
            writeln!(out, "{text}")?;
            for what in left_out {
                writeln!(err, "warning: not written: {what}")?;
            }
            Ok(Exit::Success)
        }
        Err(why) => {
            writeln!(err, "error: {}: {why}", args.store.display())?;
            Ok(Exit::Failure)
        }
    }
}

/// The account file, and what the account has besides.
fn export(args: &ExportArgs) -> Result<(String, Vec<String>), String> {
    if !args.store.exists() {
        return Err("is not there".to_owned());
    }
    let store = Store::open(&args.store).map_err(|why| why.to_string())?;
    let state = store.state().map_err(|why| why.to_string())?;
    let account = state.to_account().map_err(|why| why.to_string())?;
    let text = serde_json::to_string_pretty(&account).map_err(|why| why.to_string())?;
    Ok((text, state.not_in_account_file()))
}
