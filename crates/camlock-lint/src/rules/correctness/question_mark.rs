//! Finds question marks that are no wildcards.

use camlock_policy::Comparison;
use camlock_source::Span;

use crate::context::Context;
use crate::element::{ConditionElement, ResourceElement, StatementElement, ValueElement};
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// A `?` in the last segment of a resource, or under `string_like`.
    ///
    /// ## Why it matters
    ///
    /// Only `*` is a wildcard; `?` is an ordinary character. A pattern that counts on it matches
    /// nothing that exists: a deny stops nothing. In an allow it fails closed, so that it is only
    /// said there.
    ///
    /// ## Example
    ///
    /// ```json,CAM3054
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "qcs::cvm:::instance/ins-0000000?" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cvm:StartInstances", "resource": "qcs::cvm:::instance/ins-0000000*" }
    /// ] }
    /// ```
    pub(crate) QuestionMark = {
        code: "CAM3054",
        name: "question-mark",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a `?` where no wildcard is one",
        spec: ["RES-13", "CND-17"],
    }
}

impl Rule for QuestionMark {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([.., path]) = resource.parts().filter(|_| resource.pattern.is_some()) else {
            return;
        };
        if let Some(at) = path.text.find('?') {
            let start = resource.text().len() - path.text.len() + at;
            report(resource.string.span_of(start..start + 1), statement, cx);
        }
    }

    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let like =
            condition.operator.is_some_and(|own| own.base().comparison() == Comparison::Like);
        for value in condition.values.iter().filter_map(ValueElement::string).filter(|_| like) {
            if let Some(at) = value.decoded().find('?') {
                report(value.span_of(at..at + 1), statement, cx);
            }
        }
    }
}

fn report(place: Span, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
    let level = if statement.is_deny() { Level::Warning } else { Level::Info };
    cx.report(&place, "`?` is no wildcard, it is compared as it stands")
        .help("write `*`, which stands for any run of characters, or name each case")
        .at_most(level);
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn one_finding_a_pattern() {
        check(
            "CAM3054",
            r#"{"effect": "deny", "action": "cos:*", "resource": ["qcs::cos:::a-1250000000/«?»?", "*"],
            "condition": {"string_like": {"cos:prefix": "a«?»*"}, "string_equal": {"cos:versionid": "?"}}}"#,
        );
    }

    #[test]
    fn in_an_allow_it_is_only_said() {
        let text =
            r#"{"effect": "allow", "action": "cos:*", "resource": "qcs::cos:::a-1250000000/«?»"}"#;
        check("CAM3054", text);
    }
}
