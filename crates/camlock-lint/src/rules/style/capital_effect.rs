//! Finds effects with capital letters.

use crate::context::Context;
use crate::element::{StatementElement, StringElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An effect written `Allow` or `Deny`.
    ///
    /// ## Why it matters
    ///
    /// Letter case does not count here, and pages of COS write it so. The reference of CAM has
    /// lower case, and so has everything that the console writes.
    ///
    /// ## Example
    ///
    /// ```json,CAM9010
    /// { "version": "2.0", "statement": [
    ///   { "effect": "Allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) CapitalEffect = {
        code: "CAM9010",
        name: "capital-effect",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "an effect with a capital letter",
        spec: ["SYN-6"],
        fix: Safe,
    }
}

impl Rule for CapitalEffect {
    fn check_effect(
        &self,
        effect: &StringElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let text = effect.decoded();
        let lower = text.to_ascii_lowercase();
        if statement.effect.is_some() && lower != text {
            let grade = support::safe_in_policies(cx);
            cx.report(effect, format!("the effect `{text}` has a capital letter"))
                .help(format!("write `{lower}`"))
                .fix(grade, format!("write `{lower}`"), [effect.replace_with(&lower)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_effects_that_are_read() {
        check("CAM9010", r#"{"effect": «"ALLOW"», "action": "*", "resource": "*"}"#);
        check("CAM9010", r#"{"effect": "Permit", "action": "*", "resource": "*"}"#);
    }

    #[test]
    fn lower_case_is_written() {
        let text =
            |effect: &str| format!(r#"{{"effect": "{effect}", "action": "*", "resource": "*"}}"#);
        check_fix("CAM9010", Grade::Safe, &text("Deny"), &text("deny"));
    }
}
