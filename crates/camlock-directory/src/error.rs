//! Why an account cannot be used, or a request not be answered by it.

use std::fmt;

use crate::Finding;

/// Why an account file is not an account: every fault, in order.
#[derive(Clone, Debug)]
pub struct AccountError {
    findings: Vec<Finding>,
}

impl AccountError {
    pub(crate) fn new(findings: Vec<Finding>) -> Self {
        Self { findings }
    }

    /// Every fault and warning, in document order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl fmt::Display for AccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            let place = finding.place();
            let Finding { source, diagnostic } = finding;
            write!(
                f,
                "{}:{}:{}: {}: {}",
                source.name(),
                place.line,
                place.column,
                diagnostic.code,
                diagnostic.message
            )?;
            if let Some(help) = &diagnostic.help {
                write!(f, "; {help}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for AccountError {}

/// Why an account cannot say which policies a request meets; the request must not be served.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ResolveError {
    who: String,
    problem: ResolveProblem,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ResolveProblem {
    UnknownUser,
    UnknownRole,
}

impl ResolveError {
    pub(crate) fn new(who: impl fmt::Display, problem: ResolveProblem) -> Self {
        Self { who: who.to_string(), problem }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self.problem {
            ResolveProblem::UnknownUser => "CAM8101",
            ResolveProblem::UnknownRole => "CAM8102",
        }
    }
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.problem {
            ResolveProblem::UnknownUser => "user",
            ResolveProblem::UnknownRole => "role",
        };
        write!(f, "the account has no {what} `{}`; add it to the account file", self.who)
    }
}

impl std::error::Error for ResolveError {}
