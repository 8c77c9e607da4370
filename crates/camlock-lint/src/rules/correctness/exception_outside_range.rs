//! Finds exceptions outside of the range that they are from.

use camlock_policy::{BaseOperator, Condition, ConditionValue, IpRange};
use camlock_source::Grade;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An `ip_not_equal` whose range lies outside of the `ip_equal` beside it in one condition.
    ///
    /// ## Why it matters
    ///
    /// Both have to hold, which is a range with an exception. Where the exception lies outside of
    /// the range, it changes nothing for a request that comes from one address; probably another range
    /// was meant.
    ///
    /// ## Example
    ///
    /// ```json,CAM3144
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113.0/24" }, "ip_not_equal": { "qcs:ip": "198.51.100.7" } } }
    /// ] }
    /// ```
    ///
    /// In a deny, the exception can go:
    ///
    /// ```json,CAM3144
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113.0/24" },
    ///                    "ip_not_equal": { "qcs:ip": ["198.51.100.7", "203.0.113.7"] } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113.0/24" }, "ip_not_equal": { "qcs:ip": "203.0.113.7" } } }
    /// ] }
    /// ```
    pub(crate) ExceptionOutsideRange = {
        code: "CAM3144",
        name: "exception-outside-range",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "an exception outside of the range that it is from",
        spec: ["CND-4", "CND-22"],
        fix: Narrowing,
    }
}

impl Rule for ExceptionOutsideRange {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(own) = condition.condition.as_ref() else { return };
        if own.operator().base() != BaseOperator::IpNotEqual {
            return;
        }
        let equal = |other: &&Condition| {
            other.operator().base() == BaseOperator::IpEqual && other.key() == own.key()
        };
        let all = statement.conditions.iter().take(64).filter_map(|other| other.condition.as_ref());
        let Some(range) = all.into_iter().find(equal) else { return };
        for (value, read) in condition.values.iter().zip(own.values()).take(256) {
            let outside = !range.values().iter().any(|inner| meet(inner, read));
            if outside {
                // A request may name several addresses [RD-29]: one in the range, and this one. It is
                // excluded now; without the exception an allow would reach it, and a deny too.
                let grade = if statement.is_deny() { Grade::Narrowing } else { Grade::Suggestion };
                cx.report(value, format!("`{read}` lies outside of the range anyway"))
                    .label("changes nothing")
                    .help("remove it, or widen the range")
                    .fix(grade, "remove it", value.removal());
            }
        }
    }
}

/// Whether two ranges have an address in common.
fn meet(a: &ConditionValue, b: &ConditionValue) -> bool {
    let (ConditionValue::Ip(a), ConditionValue::Ip(b)) = (a, b) else { return true };
    let (wide, narrow) = if a.prefix() <= b.prefix() { (a, b) } else { (b, a) };
    let masked = format!("{}/{}", narrow.network(), wide.prefix());
    IpRange::parse(&masked).is_some_and(|masked| masked == *wide)
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn exceptions_within_the_range_count() {
        check(
            "CAM3144",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": ["10.0.0.0/8", "11.0.0.0/8"]},
            "ip_not_equal": {"qcs:ip": ["10.1.0.0/16", «"12.0.0.1"», "0.0.0.0/0"], "a:b": "12.0.0.1"}}}"#,
        );
    }

    #[test]
    fn it_is_taken_out_where_that_allows_no_more() {
        let text = |effect: &str, values: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "*", "resource": "*", "condition": {{
                "ip_equal": {{"qcs:ip": "10.0.0.0/8"}}, "ip_not_equal": {{"qcs:ip": [{values}]}}}}}}"#
            )
        };
        let (before, after) = (r#""10.1.0.0/16", "12.0.0.1""#, r#""10.1.0.0/16""#);
        let unchanged = text("allow", before);
        check_fix("CAM3144", Grade::Narrowing, &unchanged, &unchanged);
        check_fix("CAM3144", Grade::Narrowing, &text("deny", before), &text("deny", after));
    }
}
