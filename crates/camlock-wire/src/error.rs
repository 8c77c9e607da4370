//! Why a JSON object is not a request or a case.

use std::fmt;

use camlock_policy::RequestError;

/// Why a JSON object could not be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WireError {
    code: &'static str,
    message: String,
}

impl WireError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The answer of a reader of cases that has seen enough.
    pub fn stop() -> Self {
        Self::new("CAM4000", "stopped")
    }

    /// A request that an account cannot resolve; `message` says why, with its code in front.
    pub fn unresolved(message: impl Into<String>) -> Self {
        Self::new("CAM4100", message)
    }

    /// The stable code: `CAM4004` for a shape that is not a request, the code of a
    /// [`RequestError`] for what the request says, or a policy's own code.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl From<serde_json::Error> for WireError {
    fn from(error: serde_json::Error) -> Self {
        Self::new("CAM4004", error.to_string())
    }
}

impl From<RequestError> for WireError {
    fn from(error: RequestError) -> Self {
        let mut message = error.to_string();
        if let Some(name) = error.name_error() {
            message.push_str("; ");
            message.push_str(name.help());
        }
        Self::new(error.code(), message)
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WireError {}
