//! What the process answers to whoever started it.

use std::process::ExitCode;

/// The exit status; the worst of a run counts.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Exit {
    /// 0: allowed, clean, all passed.
    Success,
    /// 1: denied, findings, failures.
    Negative,
    /// 2: the command could not do its work.
    Failure,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Success => Self::SUCCESS,
            Exit::Negative => Self::from(1),
            Exit::Failure => Self::from(2),
        }
    }
}
