//! The command line of the comparison.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// How to run it.
pub const USAGE: &str = "\
usage: compare [OPTIONS]

Compares Camlock with its peers on the same work and prints the tables.

  --quick           tiny sizes and short rounds: shows that all decide alike
  --sizes N,N,…     numbers of statements (default 10,100,1000,10000,100000,1000000)
  --only GROUP,…    some groups of measurements: all-visible, scoped, corpus, layers,
                    hostile, explain, build, threads
  --rounds N        rounds of a measurement (default 3)
  --corpus FOLDER   policies found in the wild (default ../shared/corpus)
  --write           also write the page and the picture of the book
  --no-peers        only what needs no other policy engine
  --help            this text";

/// What to measure, and for how long.
#[derive(Clone, Debug)]
pub struct Options {
    pub(crate) quick: bool,
    sizes: Vec<usize>,
    only: Option<String>,
    rounds: usize,
    pub(crate) peers: bool,
    pub(crate) write: bool,
    corpus: PathBuf,
}

impl Options {
    /// Reads arguments; `None` where help is asked for.
    ///
    /// # Errors
    ///
    /// What is wrong with the arguments.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Option<Self>, String> {
        let mut options = Self {
            quick: false,
            sizes: Vec::new(),
            only: None,
            rounds: 3,
            peers: true,
            write: false,
            corpus: concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus").into(),
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("`{argument}` needs a value"));
            match &*argument {
                "--quick" => options.quick = true,
                "--write" => options.write = true,
                "--corpus" => options.corpus = value()?.into(),
                "--no-peers" => options.peers = false,
                "--sizes" => {
                    let numbers = value()?;
                    let numbers = numbers.split(',').map(|number| number.replace('_', "").parse());
                    let numbers = numbers.collect::<Result<_, _>>();
                    options.sizes = numbers.map_err(|why| format!("`--sizes`: {why}"))?;
                }
                "--rounds" => {
                    let rounds: usize =
                        value()?.parse().map_err(|why| format!("`--rounds`: {why}"))?;
                    options.rounds = rounds.max(1);
                }
                "--only" => options.only = Some(value()?),
                "--help" | "-h" => return Ok(None),
                _ => return Err(format!("no option is called `{argument}`")),
            }
        }
        if options.sizes.is_empty() {
            let quick = [10, 100, 300];
            let full = [10, 100, 1_000, 10_000, 100_000, 1_000_000];
            options.sizes = if options.quick { quick.to_vec() } else { full.to_vec() };
        }
        Ok(Some(options))
    }

    pub(crate) fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    pub(crate) fn covers(&self, group: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only.split(',').any(|only| only == group))
    }

    pub(crate) fn corpus(&self) -> &Path {
        &self.corpus
    }

    pub(crate) fn rounds(&self) -> usize {
        if self.quick { 1 } else { self.rounds }
    }

    /// How long one round of one candidate takes.
    pub(crate) fn budget(&self) -> Duration {
        Duration::from_millis(if self.quick { 2 } else { 300 })
    }

    /// How many different requests fast candidates are asked.
    pub(crate) fn requests(&self) -> usize {
        if self.quick { 256 } else { 16_384 }
    }
}
