//! Finds values in the wrong letter case, of keys whose values are known.

use camlock_policy::Comparison;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A value of `cos:x-cos-acl` or `cos:x-cos-storage-class` that is a known one but for its letter case.
    ///
    /// ## Why it matters
    ///
    /// The operator compares letter by letter, and requests bring `private` and `STANDARD_IA`: the value is
    /// never met. A condition that excludes it excludes nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3152
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:x-cos-acl": "Private" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:x-cos-acl": "private" } } }
    /// ] }
    /// ```
    pub(crate) MiscasedValue = {
        code: "CAM3152",
        name: "miscased-value",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a known value of a condition key in the wrong letter case",
        spec: ["CND-16", "CND-30"],
        fix: Suggestion,
    }
}

const ACLS: &[&str] = &[
    "default",
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
];
const STORAGE_CLASSES: &[&str] = &[
    "STANDARD",
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "MAZ_STANDARD",
    "MAZ_STANDARD_IA",
    "MAZ_INTELLIGENT_TIERING",
    "ARCHIVE",
    "DEEP_ARCHIVE",
];

impl Rule for MiscasedValue {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let known = match condition.key_name() {
            "cos:x-cos-acl" => ACLS,
            "cos:x-cos-storage-class" => STORAGE_CLASSES,
            _ => return,
        };
        let is_exact = |own: camlock_policy::Operator| {
            matches!(own.base().comparison(), Comparison::Equal | Comparison::Like)
        };
        if !condition.operator.is_some_and(is_exact) {
            return;
        }
        for value in condition.values.iter().filter_map(ValueElement::string) {
            let text = value.decoded();
            let right = known.iter().find(|own| own.eq_ignore_ascii_case(text));
            let Some(right) = right.filter(|own| **own != text) else { continue };
            cx.report(&value, format!("`{}` differs in letter case from `{right}`", quote(text)))
                .label("never met")
                .help(format!("write `{right}`"))
                .suggestion(format!("write `{right}`"), [value.replace_with(right)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(operator: &str, key: &str, value: &str) -> String {
        format!(
            r#"{{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {{"{operator}": {{"{key}": {value}}}}}}}"#
        )
    }

    #[test]
    fn known_values_in_another_case_and_no_others() {
        let values = r#"[«"Private"», "private", "secret", "public-*", «"PUBLIC-READ"»]"#;
        check("CAM3152", &text("string_not_equal", "cos:x-cos-acl", values));
        let class = r#"[«"standard_ia"», "STANDARD", "private"]"#;
        check("CAM3152", &text("string_like", "cos:x-cos-storage-class", class));
        let plain = values.replace(['«', '»'], "");
        check("CAM3152", &text("string_equal_ignore_case", "cos:x-cos-acl", &plain));
        check("CAM3152", &text("string_equal", "cos:prefix", &plain));
    }

    #[test]
    fn the_known_value_is_written() {
        let of = |value: &str| text("string_equal", "cos:x-cos-acl", value);
        check_fix("CAM3152", Grade::Suggestion, &of(r#""Public-Read""#), &of(r#""public-read""#));
    }
}
