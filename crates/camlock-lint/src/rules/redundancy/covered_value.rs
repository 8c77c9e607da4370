//! Finds values of a condition that another one of the list covers.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A value of a condition that another one of the same list covers: an address range inside another
    /// one, `a*` beside `ab*`, the lower of two bounds under `numeric_less_than`.
    ///
    /// ## Why it matters
    ///
    /// Any value suffices, so the narrower one changes nothing. Whoever wrote two bounds often meant a
    /// window, and that takes two operators.
    ///
    /// ## Example
    ///
    /// ```json,CAM7009
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_equal": { "qcs:ip": ["10.0.0.0/8", "10.1.0.0/16"] } } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_equal": { "qcs:ip": ["10.0.0.0/8", "192.168.0.0/16"] } } } ] }
    /// ```
    pub(crate) CoveredValue = {
        code: "CAM7009",
        name: "covered-value",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "a value of a condition that another one covers",
        spec: ["CND-2", "CND-12"],
        fix: Safe,
    }
}

/// Lists that are compared with all of themselves; a longer one is not looked at.
const MOST: usize = 256;

impl Rule for CoveredValue {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let (analysis, all) = (cx.analysis(), &condition.values);
        let Some(read) = condition.condition.as_ref().filter(|_| (2..=MOST).contains(&all.len()))
        else {
            return;
        };
        for (at, element) in all.iter().enumerate() {
            // An equal one is told by `duplicate-value`; of two that match the same the first stays.
            let covers = |other: &usize| {
                read.values().get(*other) != read.values().get(at)
                    && analysis.value_covers(read, *other, at)
                    && (*other < at || !analysis.value_covers(read, at, *other))
            };
            let wide = (0..all.len()).find(covers);
            let Some((wide, other)) = wide.and_then(|at| all.get(at).zip(read.values().get(at)))
            else {
                continue;
            };
            let Some(own) = read.values().get(at) else { continue };
            let (own, other) = (own.to_string(), other.to_string());
            cx.report(element, format!("`{}` is covered by `{}`", quote(&own), quote(&other)))
                .secondary(wide, "covers it")
                .help("remove it, or narrow the other one")
                .safe_fix("remove it", element.removal());
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(condition: &str) -> String {
        format!(
            r#"{{"effect": "deny", "action": "cvm:*", "resource": "*", "condition": {{{condition}}}}}"#
        )
    }

    #[test]
    fn every_type_has_its_own_order() {
        check(
            "CAM7009",
            &text(
                r#""string_like": {"cos:prefix": ["a*", «"ab*"», «"a"», "ba*", "${uin}"]},
            "string_equal_ignore_case": {"x:one": ["a", «"A"»]},
            "string_equal": {"x:one": ["a", "A", "a*"]},
            "numeric_less_than": {"cvm:disk_size": [«50», 100]},
            "numeric_greater_than_equal": {"cvm:disk_size": [50, «100»]},
            "numeric_equal": {"cvm:disk_size": [50, «5e1»]},
            "date_less_than": {"qcs:current_time": [«"2026-01-01T00:00:00Z"», "2027-01-01T00:00:00Z"]},
            "ip_not_equal": {"qcs:ip": [«"10.0.0.1"», "10.0.0.0/24", "10.0.1.1", "::/0"]}"#,
            ),
        );
    }

    #[test]
    fn it_is_removed() {
        let before = text(r#""string_not_like": {"cos:prefix": ["ab*", "a*", "*"]}"#);
        check_fix(
            "CAM7009",
            Grade::Safe,
            &before,
            &text(r#""string_not_like": {"cos:prefix": ["*"]}"#),
        );
    }
}
