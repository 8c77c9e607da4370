//! What a text of JSON is: most of them are no policies.

use std::ffi::OsStr;
use std::path::Path;

use camlock_syntax::json::{self, Kind, Value};
use camlock_syntax::limits::Limits;
use camlock_syntax::pieces;

use crate::limits::MAX_DEPTH;
use crate::look::member;

/// What a text of JSON is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "whoever asks has to handle each")]
pub enum Role {
    /// A policy or several, however faulty.
    Policy,
    /// An account file.
    Account,
    /// Something else, about which there is nothing to say.
    Other,
}

/// What a text of JSON is, as its file name and its members say; one a line or behind another where there are several.
///
/// It is generous: a policy that lacks statements, or is damaged, is one. What holds policies as members
/// is not told here.
///
/// # Examples
///
/// ```
/// use camlock_extract::{Role, role};
///
/// assert_eq!(role("a.json", r#"{"statement": ["#), Role::Policy);
/// assert_eq!(role("policy.json", "{}"), Role::Policy);
/// assert_eq!(role("package.json", r#"{"name": "x", "version": "2.0"}"#), Role::Other);
/// ```
pub fn role(name: &str, text: &str) -> Role {
    if is_called_policy(name) {
        return Role::Policy;
    }
    // What none of these words is in is neither, and most files are long.
    let lower = text.to_ascii_lowercase();
    let words = ["statement", "effect", "camlock", "owner"];
    if !words.iter().any(|word| lower.contains(word)) {
        return Role::Other;
    }
    let is_ours = |own: &Role| *own != Role::Other;
    let pieces = pieces(name, text);
    let mut roles = pieces.filled().map(|piece| role_of_text(piece.text));
    roles.find(is_ours).unwrap_or(Role::Other)
}

/// Whether a file may be a policy or an account of which only the beginning could be read, or not as UTF-8.
pub fn may_be_ours(name: &str, head: &str) -> bool {
    // Texts of two bytes a character have others between.
    let lower = head.to_ascii_lowercase().replace('\0', "");
    is_called_policy(name) || lower.contains("statement") || lower.contains("\"camlock\"")
}

/// Whether the name of a file says that a policy is in it: `policy.py` is none.
fn is_called_policy(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let extension = Path::new(&file).extension().and_then(OsStr::to_str);
    let may_be = ["json", "jsonc", "jsonl", "ndjson", "policy"];
    file.contains("policy") && extension.is_none_or(|own| may_be.contains(&own))
}

fn role_of_text(text: &str) -> Role {
    let text = text.trim_start_matches('\u{feff}');
    let limits = Limits {
        max_bytes: text.len().max(Limits::policy().max_bytes),
        max_depth: MAX_DEPTH,
        max_members: usize::MAX,
        max_faults: 1,
        ..Limits::policy()
    };
    let parsed = json::parse(text, &limits);
    let role = parsed.root.as_ref().map_or(Role::Other, role_of);
    if role == Role::Other && !parsed.diagnostics.is_empty() && is_damaged_policy(text) {
        return Role::Policy;
    }
    role
}

/// What a value is, as far as it could be read.
fn role_of(root: &Value<'_>) -> Role {
    if is_like_policy(root) || items(root).iter().any(is_like_policy) {
        return Role::Policy;
    }
    let has = |name: &str| member(root, name).is_some();
    if has("camlock") || (has("owner") && (has("policies") || has("users"))) {
        return Role::Account;
    }
    Role::Other
}

/// Whether an object has statements, or what is like one in their place or in the place of all.
fn is_like_policy(value: &Value<'_>) -> bool {
    let Kind::Object(members) = &value.kind else { return false };
    let is_statements =
        |own: &Value<'_>| is_like_statement(own) || items(own).iter().any(is_like_statement);
    member(value, "statement").is_some()
        || is_like_statement(value)
        || (member(value, "version").is_some()
            && members.iter().any(|own| is_statements(&own.value)))
}

/// Whether an object has an effect, and something that it is about.
fn is_like_statement(value: &Value<'_>) -> bool {
    let has = |name: &str| member(value, name).is_some();
    has("effect") && (has("action") || has("resource"))
}

fn items<'v, 'a>(value: &'v Value<'a>) -> &'v [Value<'a>] {
    match &value.kind {
        Kind::Array(items) => items,
        _ => &[],
    }
}

/// Whether a text that is no JSON has the names of a policy in it.
fn is_damaged_policy(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let has = |word: &str| lower.contains(word);
    has("statement") || (has("effect") && (has("action") || has("resource")))
}

#[cfg(test)]
mod tests {
    use super::{Role, role};

    #[test]
    fn policies_are_told_from_other_files_however_faulty() {
        for (name, text) in [
            ("a.json", r#"{"Version": "2.0", "Statement": 1}"#),
            ("a.json", "\u{feff}[{}, {\"statement\": []}]"),
            ("a.json", r#"{"version": "2.0", "statements": [{"effect": "allow", "action": "*"}]}"#),
            ("a.json", r#"{"version": "2.0", "effect": "allow", "resource": "*"}"#),
            ("a.json", r#"{"statement" [{"effect": "allow"}]}"#),
            ("a.json", "'effect': 'allow', 'action': '*'"),
            ("a.jsonl", "{\"a\": 1}\n{\"statement\": {}}\n"),
            ("p/My-Policy.json", "[1]"),
        ] {
            assert_eq!(role(name, text), Role::Policy, "{name} {text}");
        }
        for (name, text) in [
            ("package.json", r#"{"version": "2.0", "scripts": {"action": "x"}}"#),
            ("tsconfig.json", "{ // action\n}"),
            ("a.json", "[1, 2]"),
            ("a.json", ""),
            ("a.jsonl", "{\"a\": 1}\n"),
            ("request.json", r#"{"action": "cos:GetObject", "resource": "*", "principal": {}}"#),
            ("policies/a.json", "{}"),
            ("policy.py", "{}"),
        ] {
            assert_eq!(role(name, text), Role::Other, "{name} {text}");
        }
        for text in [r#"{"camlock": 1, "owner": {}}"#, r#"{"owner": {}, "users": []}"#] {
            assert_eq!(role("a.json", text), Role::Account, "{text}");
        }
    }
}
