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

/// Whether the only member of an object makes it the call of a function in a template of a stack.
pub(crate) fn is_function(name: &str) -> bool {
    name.starts_with("Fn::") || name == "Ref"
}

/// What policies of other clouds have in them: versions, names of resources, hosts of services.
const FOREIGN: [&str; 6] =
    ["2012-10-17", "2008-10-17", "arn:aws", "\"acs:", "\"trn:", ".amazonaws.com"];

/// Whether a policy is one of another cloud: what is found in files of any kind may well be, and is none of
/// ours.
pub fn is_foreign(text: &str) -> bool {
    !text.contains("qcs:") && FOREIGN.iter().any(|mark| text.contains(mark))
}

/// Whether a text that need not parse looks like a policy.
pub(crate) fn looks_like_policy(text: &str) -> bool {
    let text = behind_comments(text.trim_start_matches('\u{feff}'));
    text.starts_with(['{', '[']) && {
        let lower = text.to_ascii_lowercase();
        let says_something = lower.contains("effect") || lower.contains("action");
        lower.contains("statement") && (says_something || has_no_statements(&lower))
    }
}

/// What stands behind blanks and comments: people explain the policy above it.
pub(crate) fn behind_comments(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        if !is_comment(text) {
            return text;
        }
        let (end, rest) = text.strip_prefix("/*").map_or(("\n", text), |own| ("*/", own));
        let Some(at) = rest.find(end) else { return "" };
        text = rest.get(at + end.len()..).unwrap_or_default();
    }
}

/// Whether a text begins with a comment, in JSON that has some or in a language of programs.
pub(crate) fn is_comment(text: &str) -> bool {
    ["/*", "//", "#"].iter().any(|mark| text.starts_with(mark))
}

/// Whether a text in lower case has an empty list where the statements of a policy go.
fn has_no_statements(lower: &str) -> bool {
    let list = lower.split("\"statement\"").nth(1);
    let list =
        list.and_then(|own| own.trim_start().strip_prefix(':')?.trim_start().strip_prefix('['));
    lower.contains("\"version\"") && list.is_some_and(|own| own.trim_start().starts_with(']'))
}

/// The value of a member, letter case aside.
pub(crate) fn member<'v, 'a>(value: &'v Value<'a>, name: &str) -> Option<&'v Value<'a>> {
    let Kind::Object(members) = &value.kind else { return None };
    let mut members = members.iter();
    members.find(|own| own.name.decoded.eq_ignore_ascii_case(name)).map(|own| &own.value)
}

#[cfg(test)]
mod tests {
    use super::{is_foreign, looks_like_policy};

    #[test]
    fn policies_of_other_clouds_are_told_by_what_they_name() {
        for theirs in
            ["{\"Version\": \"2012-10-17\"}", "[\"acs:oss:*:*:logs\"]", "ec2.amazonaws.com"]
        {
            assert!(is_foreign(theirs), "{theirs}");
        }
        // A policy of ours with theirs in it is a mistake, and one to tell.
        assert!(!is_foreign("[\"qcs::cos:::a\", \"arn:aws:s3:::a\"]") && !is_foreign("{}"));
    }

    #[test]
    fn comments_may_stand_above_a_policy() {
        let policy = r#"{"statement": [{"effect": "allow"}]}"#;
        for comment in ["", "// a\n", "# a\n\n", "/* a\n b */ // c\n"] {
            assert!(looks_like_policy(&format!("{comment}{policy}")), "{comment}");
        }
        for other in ["// {", "/* {", "#", "a\n{"] {
            assert!(!looks_like_policy(&format!("{other}\"statement\": \"effect\"")), "{other}");
        }
    }

    #[test]
    fn a_policy_without_statements_is_one() {
        assert!(looks_like_policy(r#"{ "Version": "2.0", "Statement" : [ ] }"#));
        for other in [r#"{"statement": []}"#, r#"{"version": 1, "statement": "x"}"#] {
            assert!(!looks_like_policy(other), "{other}");
        }
    }
}
