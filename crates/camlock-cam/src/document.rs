//! Policy documents that callers hand in: read, checked, and refused with CAM's own codes.

use camlock_policy::{Policy, PolicyKind};

use crate::ApiError;

/// What Tencent's service for organizations answers to an empty text; CAM has no such code.
const OF_ORGANIZATIONS: &str = "InvalidParameter.PolicyDocumentEmpty";

/// Reads a document; the fault that comes first says why it is refused.
pub(crate) fn read(text: &str, kind: PolicyKind) -> Result<Policy, ApiError> {
    let parsed = camlock_syntax::parse(text, kind);
    if let Some(policy) = parsed.policy {
        return Ok(policy);
    }
    let fault = parsed.diagnostics.iter().find(|fault| fault.api_code.is_some());
    let code = fault.and_then(|fault| fault.api_code).filter(|code| *code != OF_ORGANIZATIONS);
    let code = code.unwrap_or("InvalidParameter.PolicyDocumentError");
    let message = fault.map_or("The document is no policy.", |fault| &*fault.message);
    let place = fault.and_then(|fault| fault.pointer.as_deref()).unwrap_or_default();
    let place = if place.is_empty() { String::new() } else { format!(" at `{place}`") };
    Err(ApiError::new(code, format!("The policy document is refused{place}: {message}")))
}
