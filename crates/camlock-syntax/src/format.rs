//! A document in canonical layout, meaning what it meant.

use camlock_policy::{Policy, PolicyKind};

use crate::json::{self, Kind, Member, Value};
use crate::limits::Limits;
use crate::{ParsedPolicy, parse};

/// Elements in the order in which they are written; what is not listed keeps its place behind them.
const DOCUMENT: [&str; 4] = ["version", "id", "principal", "statement"];
const STATEMENT: [&str; 7] =
    ["sid", "id", "effect", "principal", "action", "resource", "condition"];

/// Lays a document out: elements in lower case and in one order, statements in a list, four blanks a
/// level. Names, values and their order stay as they are. What comes out is read again, and means the
/// same policy.
///
/// # Errors
///
/// What [`parse()`] answers for a document that is not a policy of this kind.
///
/// # Examples
///
/// ```
/// use camlock_policy::PolicyKind;
///
/// let text = r#"{"Statement":{"Action":"*","Resource":"*","Effect":"allow"},"version":"2.0"}"#;
/// let formatted = camlock_syntax::format(text, PolicyKind::Identity).unwrap();
/// assert!(formatted.starts_with("{\n    \"version\": \"2.0\",\n    \"statement\": [\n"));
/// assert_eq!(camlock_syntax::format(&formatted, PolicyKind::Identity).unwrap(), formatted);
/// ```
pub fn format(text: &str, kind: PolicyKind) -> Result<String, Box<ParsedPolicy>> {
    let parsed = parse(text, kind);
    let tree = json::parse(text, &Limits::policy());
    let (Some(policy), Some(root)) = (&parsed.policy, tree.root) else {
        return Err(Box::new(parsed));
    };
    let laid_out = json::write(&document(root));
    if means(&laid_out, policy) {
        Ok(laid_out)
    } else {
        // INVARIANT: layout changes no meaning; a slip must not change a policy that somebody relies on.
        Ok(text.to_owned())
    }
}

/// Whether a text is this very policy.
fn means(text: &str, policy: &Policy) -> bool {
    parse(text, policy.kind()).policy.as_ref() == Some(policy)
}

fn document(value: Value<'_>) -> Value<'_> {
    ordered(value, &DOCUMENT, |name, value| match (name, value.kind) {
        ("statement", Kind::Array(items)) => {
            let items = items.into_iter().map(statement).collect();
            Value { span: value.span, kind: Kind::Array(items) }
        }
        ("statement", kind) => {
            let only = statement(Value { span: value.span, kind });
            Value { span: value.span, kind: Kind::Array(vec![only]) }
        }
        (_, kind) => Value { span: value.span, kind },
    })
}

fn statement(value: Value<'_>) -> Value<'_> {
    ordered(value, &STATEMENT, |_, value| value)
}

/// An object of elements in lower case, in this order.
fn ordered<'a>(
    value: Value<'a>,
    order: &[&str],
    each: impl Fn(&str, Value<'a>) -> Value<'a>,
) -> Value<'a> {
    let Kind::Object(members) = value.kind else { return value };
    let mut members: Vec<Member<'a>> = members
        .into_iter()
        .map(|mut member| {
            member.name.decoded = member.name.decoded.to_ascii_lowercase().into();
            let value = each(&member.name.decoded, member.value);
            Member { name: member.name, value }
        })
        .collect();
    // The sort is stable, so that what is not listed keeps its order.
    members.sort_by_key(|member| {
        order.iter().position(|name| *name == member.name.decoded).unwrap_or(order.len())
    });
    Value { span: value.span, kind: Kind::Object(members) }
}

#[cfg(test)]
mod tests {
    use super::{means, parse};
    use camlock_policy::PolicyKind;

    #[test]
    fn characters_that_nobody_sees_are_escaped() {
        let text = |value: &str| {
            format!(
                "{{\n    \"version\": \"2.0\",\n    \"statement\": [\n        {{\n            \
                 \"effect\": \"allow\",\n            \"action\": \"cos:*\",\n            \
                 \"resource\": \"*\",\n            \"condition\": {{\n                \
                 \"string_equal\": {{\n                    \"cos:prefix\": \"{value}\"\n                \
                 }}\n            }}\n        }}\n    ]\n}}\n"
            )
        };
        let escaped = r"a\u202e\u200b\ufeff\u007f\u00a0\u3000\udb40\udc41b";
        let raw = "a\u{202e}\u{200b}\u{feff}\u{7f}\u{a0}\u{3000}\u{e0041}b";
        for written in [escaped, raw] {
            let formatted = super::format(&text(written), PolicyKind::Identity);
            assert_eq!(formatted.unwrap(), text(escaped), "{written:?}");
        }
        // These are letters, or join some.
        let letters = text("日志\u{200d}\u{200c}é");
        assert_eq!(super::format(&letters, PolicyKind::Identity).unwrap(), letters);
    }

    #[test]
    fn a_layout_that_means_something_else_is_noticed() {
        let text = r#"{"version": "2.0", "statement": {"effect": "deny", "action": "cos:*", "resource": "*"}}"#;
        let policy = parse(text, PolicyKind::Identity).policy.unwrap();
        assert!(means(&text.replace("statement", "Statement"), &policy));
        for other in [text.replace("deny", "allow"), text.replace("cos", "cvm"), String::new()] {
            assert!(!means(&other, &policy), "{other}");
        }
    }
}
