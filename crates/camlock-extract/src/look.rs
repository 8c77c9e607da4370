//! Whether something looks like a policy of CAM.

use camlock_syntax::json::{Kind, Value};

/// Whether a value is an object that has statements with effects or actions.
pub(crate) fn is_policy(value: &Value<'_>) -> bool {
    let Some(statement) = member(value, "statement") else { return false };
    let looks =
        |own: &Value<'_>| member(own, "effect").is_some() || member(own, "action").is_some();
    match &statement.kind {
        Kind::Object(_) => looks(statement),
        Kind::Array(items) => items.is_empty() || items.iter().any(looks),
        _ => false,
    }
}

/// Whether a policy is one of AWS: what is found in files of any kind may well be, and is none of ours.
pub(crate) fn is_foreign(text: &str) -> bool {
    !text.contains("qcs:") && (text.contains("2012-10-17") || text.contains("arn:aws"))
}

/// Whether a text that need not parse looks like a policy.
pub(crate) fn looks_like_policy(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower = || text.to_ascii_lowercase();
    text.starts_with(['{', '[']) && {
        let lower = lower();
        lower.contains("statement") && (lower.contains("effect") || lower.contains("action"))
    }
}

/// The value of a member, letter case aside.
pub(crate) fn member<'v, 'a>(value: &'v Value<'a>, name: &str) -> Option<&'v Value<'a>> {
    let Kind::Object(members) = &value.kind else { return None };
    let mut members = members.iter();
    members.find(|own| own.name.decoded.eq_ignore_ascii_case(name)).map(|own| &own.value)
}
