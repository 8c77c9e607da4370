//! Why a text is not a catalogue.

use std::fmt;

/// Why a text is not a catalogue.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CatalogError {
    line: usize,
    problem: &'static str,
}

impl CatalogError {
    pub(crate) fn new(line: usize, problem: &'static str) -> Self {
        Self { line, problem }
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

impl std::error::Error for CatalogError {}
