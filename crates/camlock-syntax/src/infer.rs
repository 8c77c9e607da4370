//! What kind of policy a document looks like, where nobody says.

use camlock_policy::PolicyKind;

use crate::json::{Kind, Member, Value};

/// The kind that a document looks like: with principals a trust policy if it is about assuming roles,
/// otherwise a resource policy; without, an identity policy.
///
/// # Examples
///
/// ```
/// use camlock_policy::PolicyKind;
/// use camlock_syntax::{infer_kind, json, limits::Limits};
///
/// let text = r#"{"version": "2.0", "statement": {"principal": "*", "action": "cos:GetObject"}}"#;
/// let parsed = json::parse(text, &Limits::policy());
/// assert_eq!(infer_kind(&parsed.root.unwrap()), PolicyKind::Resource);
/// ```
pub fn infer_kind(document: &Value<'_>) -> PolicyKind {
    let statements: Vec<&Value<'_>> = match member(document, "statement").map(|value| &value.kind) {
        Some(Kind::Array(items)) => items.iter().collect(),
        Some(Kind::Object(_)) => member(document, "statement").into_iter().collect(),
        _ => Vec::new(),
    };
    let mut values = statements.iter().chain([&document]);
    if !values.any(|value| member(value, "principal").is_some()) {
        return PolicyKind::Identity;
    }
    if statements.iter().any(|statement| assumes_role(statement)) {
        PolicyKind::Trust
    } else {
        PolicyKind::Resource
    }
}

fn assumes_role(statement: &Value<'_>) -> bool {
    let is_assume = |value: &Value<'_>| match &value.kind {
        Kind::String(text) => {
            let action = text.decoded.strip_prefix("name/").unwrap_or(&text.decoded);
            action.starts_with("sts:AssumeRole")
        }
        _ => false,
    };
    match member(statement, "action") {
        Some(Value { kind: Kind::Array(items), .. }) => items.iter().any(is_assume),
        Some(value) => is_assume(value),
        None => false,
    }
}

/// A member in either spelling [SYN-10].
fn member<'v, 'a>(value: &'v Value<'a>, name: &str) -> Option<&'v Value<'a>> {
    let Kind::Object(members) = &value.kind else { return None };
    let named = |member: &&Member<'_>| member.name.decoded.eq_ignore_ascii_case(name);
    members.iter().find(named).map(|member| &member.value)
}
