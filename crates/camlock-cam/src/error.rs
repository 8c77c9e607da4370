//! What a call is refused with.

use std::borrow::Cow;
use std::fmt;

/// An error of API 3.0: a code of Tencent's interface and a sentence.
///
/// # Examples
///
/// ```
/// use camlock_cam::ApiError;
///
/// let error = ApiError::new("ResourceNotFound.UserNotExist", "The user does not exist.");
/// assert_eq!(error.code(), "ResourceNotFound.UserNotExist");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ApiError {
    code: Cow<'static, str>,
    message: String,
}

impl ApiError {
    /// An error with a code and a sentence; the sentence must not hold a secret.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// The code, such as `InvalidParameter.UserNameIllegal`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn invalid(what: &str, message: impl Into<String>) -> Self {
        Self::new(format!("InvalidParameter.{what}"), message)
    }

    pub(crate) fn parameter(message: impl Into<String>) -> Self {
        Self::new("InvalidParameter.ParamError", message)
    }

    pub(crate) fn not_found(what: &str, message: impl Into<String>) -> Self {
        Self::new(format!("ResourceNotFound.{what}"), message)
    }

    pub(crate) fn missing(parameter: &str) -> Self {
        let message = format!("The request is missing the required parameter `{parameter}`.");
        Self::new("MissingParameter", message)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ApiError {}
