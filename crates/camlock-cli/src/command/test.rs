//! `camlock test`: suites of expected decisions.

mod report;
mod suite;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::decide::fail;
use crate::authority::RuleArgs;
use crate::exit::Exit;
use crate::progress::Progress;
use report::{CaseResult, Reporter};

/// Run suites of expected decisions.
#[derive(Args, Debug)]
#[command(after_help = "\
A suite is JSON or YAML, in one of two forms:
  an array of conformance cases, each with its own policies (read one at a time, in constant memory);
  an object {\"account\": \"account.json\", \"tests\": [{\"name\", \"principal\", \"action\", \"resource\",
  \"context\", \"expect\"}]}, the account's path counting from the folder of the suite.

Examples:
  camlock test tests/access.json
  camlock test tests/*.yaml --format junit > report.xml

Exit status: 0 all passed, 1 something failed, 2 a suite could not be run.")]
pub(crate) struct TestArgs {
    /// The suites
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    /// How to answer
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: TestFormat,
}

/// How to answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum TestFormat {
    /// For people: what failed, and a last line with the counts
    Human,
    /// One object with every case
    Json,
    /// `JUnit` XML, for continuous integration
    Junit,
}

pub(crate) fn run(args: &TestArgs, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
    let mut reporter = Reporter::new(args.format, out)?;
    let mut progress = Progress::new("cases run");
    let mut exit = Exit::Success;
    for file in &args.files {
        let mut broken = None;
        let result = suite::run(file, &args.rules, |case: CaseResult| {
            progress.step();
            if let Err(error) = reporter.case(&case) {
                broken = Some(error);
            }
            broken.is_none()
        });
        if let Some(error) = broken {
            return Err(error);
        }
        if let Err(problem) = result {
            progress.finish();
            exit = fail(err, &problem)?;
        }
    }
    progress.finish();
    Ok(exit.max(reporter.finish()?))
}
