//! Progress of long work, on a terminal only.

use std::io::{self, IsTerminal, Write};

/// How often a line is written anew.
const EVERY: u64 = 50_000;

/// Counts work and shows the count on the standard error, where that is a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    what: &'static str,
    done: u64,
    shown: bool,
}

impl Progress {
    pub(crate) fn new(what: &'static str) -> Self {
        Self { what, done: 0, shown: io::stderr().is_terminal() }
    }

    pub(crate) fn step(&mut self) {
        self.done += 1;
        if self.shown && self.done.is_multiple_of(EVERY) {
            // A count that cannot be shown is no reason to stop.
            _ = write!(io::stderr(), "\r{} {}", self.done, self.what);
        }
    }

    /// Clears the line.
    pub(crate) fn finish(&self) {
        if self.shown && self.done >= EVERY {
            _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
