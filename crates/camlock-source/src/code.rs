//! Stable codes of diagnostics.

use std::fmt;

/// The stable identifier of a diagnostic, such as `CAM1004`; never reused.
///
/// The first digit says the stage: 1 text and tokens, 2 not a valid policy, 3, 5, 6, 7 and 9 rules of the
/// linter, 4 requests, 8 accounts.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Code(&'static str);

impl Code {
    /// Names a code; each stage has one table of its own.
    pub const fn new(code: &'static str) -> Self {
        Self(code)
    }

    /// The code as text.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
