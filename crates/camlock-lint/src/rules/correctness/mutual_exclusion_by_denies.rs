//! Finds denies that each leave out another range.

use camlock_policy::Condition;

use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::Rule;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// Two denies of the same actions and resources that each deny what lies outside of a range of
    /// addresses or a set of values.
    ///
    /// ## Why it matters
    ///
    /// Each deny stops what the other one leaves open, so that together they stop nearly everybody.
    /// All ranges belong into the list of one `ip_not_equal`, which stops only who is in none of
    /// them.
    ///
    /// ## Example
    ///
    /// ```json,CAM3143
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_not_equal": { "qcs:ip": "203.0.113.0/24" } } },
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_not_equal": { "qcs:ip": "198.51.100.0/24" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "*",
    ///     "condition": { "ip_not_equal": { "qcs:ip": ["203.0.113.0/24", "198.51.100.0/24"] } } }
    /// ] }
    /// ```
    pub(crate) MutualExclusionByDenies = {
        code: "CAM3143",
        name: "mutual-exclusion-by-denies",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "several denies that each leave out another range",
        spec: ["CND-12", "EVL-3"],
    }
}

impl Rule for MutualExclusionByDenies {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        // Each statement looks back at a bounded number of others.
        let before = cx.statements().iter().take(statement.index).rev().take(32);
        let Some(own) = only_exclusion(statement) else { return };
        let twin = before.into_iter().find(|other| {
            let same = |name| match (other.member(name), statement.member(name)) {
                (Some(a), Some(b)) => tree::same(&a.value, &b.value),
                (a, b) => a.is_none() && b.is_none(),
            };
            let theirs = only_exclusion(other);
            let differ = theirs.is_some_and(|theirs| {
                theirs.key() == own.key()
                    && theirs.operator() == own.operator()
                    && !theirs.values().iter().any(|value| own.values().contains(value))
            });
            differ && same("action") && same("resource") && same("principal")
        });
        if let Some(twin) = twin {
            let own =
                statement.conditions.first().map_or(statement.head(), |own| own.key_text.span);
            let theirs = twin.conditions.first().map_or(twin.head(), |own| own.key_text.span);
            cx.report(&own, "each of two denies stops what the other leaves open")
                .secondary(&theirs, "the other one")
                .help("put all values into the list of one condition");
        }
    }
}

/// The condition of a deny that has one, negated and without qualifier.
fn only_exclusion<'s>(statement: &'s StatementElement<'_>) -> Option<&'s Condition> {
    let [condition] = statement.conditions.as_slice() else { return None };
    let read = condition.condition.as_ref().filter(|_| statement.is_deny())?;
    let operator = read.operator();
    (operator.base().is_negated() && operator.qualifier().is_none()).then_some(read)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn only_denies_that_are_alike_otherwise() {
        let text = |other: &str| {
            format!(
                r#"{{"version": "2.0", "statement": [
            {{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {{"ip_not_equal": {{"qcs:ip": "10.0.0.0/8"}}}}}}, {other}]}}"#
            )
        };
        check(
            "CAM3143",
            &text(
                r#"{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"ip_not_equal": {«"qcs:ip"»: "11.0.0.0/8"}}}"#,
            ),
        );
        check(
            "CAM3143",
            &text(
                r#"{"effect": "deny", "action": "cam:*", "resource": "*", "condition": {"ip_not_equal": {"qcs:ip": "11.0.0.0/8"}}}"#,
            ),
        );
        check(
            "CAM3143",
            &text(
                r#"{"effect": "allow", "action": "cos:*", "resource": "*", "condition": {"ip_not_equal": {"qcs:ip": "11.0.0.0/8"}}}"#,
            ),
        );
        check(
            "CAM3143",
            &text(
                r#"{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"ip_not_equal": {"qcs:ip": ["10.0.0.0/8", "11.0.0.0/8"]}}}"#,
            ),
        );
    }
}
