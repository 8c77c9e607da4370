//! Finds wildcards behind a backslash.

use camlock_policy::Comparison;
use camlock_source::Span;

use crate::context::Context;
use crate::element::{ConditionElement, ResourceElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A `\*` in the last segment of a resource, or under `string_like`.
    ///
    /// ## Why it matters
    ///
    /// There is no escape: the backslash is an ordinary character, and the `*` behind it is a
    /// wildcard as ever. The pattern matches names with a backslash, and none of those that were
    /// meant. A `*` in a name cannot be written as a pattern.
    ///
    /// ## Example
    ///
    /// ```json,CAM3055
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/a\\*b" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) EscapedWildcard = {
        code: "CAM3055",
        name: "escaped-wildcard",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a `*` behind a backslash",
        spec: ["RES-15", "CND-17"],
    }
}

impl Rule for EscapedWildcard {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if let Some(at) = resource.text().find("\\*").filter(|_| resource.pattern.is_some()) {
            report(resource.string.span_of(at..at + 2), cx);
        }
    }

    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let like =
            condition.operator.is_some_and(|own| own.base().comparison() == Comparison::Like);
        for value in condition.values.iter().filter_map(ValueElement::string).filter(|_| like) {
            if let Some(at) = value.decoded().find("\\*") {
                report(value.span_of(at..at + 2), cx);
            }
        }
    }
}

fn report(place: Span, cx: &mut Context<'_>) {
    cx.report(&place, "a backslash does not make `*` an ordinary character")
        .label("a backslash and a wildcard")
        .help("name what is meant without the backslash");
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_backslash_alone_is_a_character() {
        check(
            "CAM3055",
            r#"{"effect": "deny", "action": "cos:*",
            "resource": ["qcs::cos:::a-1250000000/x«\\*»", "qcs::cos:::a-1250000000/x\\y"],
            "condition": {"string_like": {"cos:prefix": "«\\*»"}}}"#,
        );
    }
}
