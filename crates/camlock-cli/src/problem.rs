//! What keeps a command from doing its work, with a place and a next step.

use std::fmt;
use std::path::Path;

use camlock::AccountError;
use camlock::source::{Diagnostic, SourceText};
use camlock_wire::WireError;

/// A problem as people read it; the command ends with status 2.
#[derive(Clone, Debug)]
pub(crate) struct Problem(String);

impl Problem {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A file that cannot be read.
    pub(crate) fn unreadable(path: &Path, why: impl fmt::Display) -> Self {
        Self(format!("{}: cannot be read: {why}", path.display()))
    }

    /// Faults of a policy file.
    pub(crate) fn faults(source: &SourceText, faults: &[Diagnostic]) -> Self {
        let lines = faults.iter().map(|fault| {
            let place = source.line_column(fault.span.start);
            let help = fault.help.as_deref().map_or_else(String::new, |help| format!("; {help}"));
            format!(
                "{}:{}:{}: {}: {}{help}",
                source.name(),
                place.line,
                place.column,
                fault.code,
                fault.message
            )
        });
        Self(lines.collect::<Vec<_>>().join("\n"))
    }
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        Self(error.to_string())
    }
}

impl From<WireError> for Problem {
    fn from(error: WireError) -> Self {
        Self(format!("{}: {error}", error.code()))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
