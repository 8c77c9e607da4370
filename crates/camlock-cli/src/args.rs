//! The arguments of the command line.

use clap::{Parser, Subcommand};

use crate::command::decide::DecideArgs;
use crate::command::explain::ExplainArgs;
use crate::command::export::ExportArgs;
use crate::command::fmt::FmtArgs;
use crate::command::lint::LintArgs;
use crate::command::lsp::LspArgs;
use crate::command::serve::ServeArgs;
use crate::command::test::TestArgs;

/// The policy engine for Tencent Cloud CAM.
///
/// Exit status: 0 allowed, clean, all passed; 1 denied, findings, failures; 2 the command could not do
/// its work.
#[derive(Debug, Parser)]
#[command(name = "camlock", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Decide one request or many
    Decide(DecideArgs),
    /// Decide, with the whole reason
    Explain(ExplainArgs),
    /// Find what is wrong in policy documents
    Lint(LintArgs),
    /// Lay policy documents out canonically
    Fmt(FmtArgs),
    /// Check and complete policies in an editor
    Lsp(LspArgs),
    /// Run suites of expected decisions
    Test(TestArgs),
    /// Serve a local CAM and STS
    Serve(ServeArgs),
    /// Write the account of a local CAM as an account file
    Export(ExportArgs),
}
