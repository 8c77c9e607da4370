//! Finds actions in the wrong letter case.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::catalogue::patterns;

declare_rule! {
    /// ## What it finds
    ///
    /// An action that is a known one but for its letter case, or a pattern that would fit some.
    ///
    /// ## Why it matters
    ///
    /// Actions are compared case-sensitively, so `cos:getobject` never applies. Official samples are
    /// careless here, and are copied.
    ///
    /// ## Example
    ///
    /// ```json,CAM5003
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:getObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) MiscasedAction = {
        code: "CAM5003",
        name: "miscased-action",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a known action in the wrong letter case",
        spec: ["ACT-6"],
        fix: Suggestion,
    }
}

impl Rule for MiscasedAction {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some((service, operation)) = action.service().zip(action.operation()) else { return };
        let Some(service) = cx.catalog().service(service) else { return };
        let Some(name) = patterns::right_case(service, operation) else { return };
        let Some((_, range)) = action.ranges() else { return };
        let span = action.string.span_of(range);
        cx.report(&span, format!("`{}` differs in letter case from `{name}`", quote(operation)))
            .label("never applies")
            .help(format!("write `{name}`"))
            // Where it was an allow, more is allowed afterwards.
            .suggestion(
                format!("write `{name}`"),
                [camlock_source::Edit::replace(span, name.as_str())],
            );
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn unknown_names_and_patterns_that_fit_are_no_slips_of_case() {
        check(
            "CAM5003",
            r#"{"effect": "allow", "resource": "*", "action": [
            "name/cos:«getobject»", "cos:GetObject", "cos:«get*»", "cos:Get*", "cos:NoSuch", "cos:nosuch*",
            "nosuch:getobject", "cos:«delete*»", "cvm:«describe*»", "cam:«attach*»", "cos:«getObj*»", "cos:*"]}"#,
        );
    }

    #[test]
    fn the_known_name_is_written() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:{name}", "resource": "*"}}"#)
        };
        check_fix("CAM5003", Grade::Suggestion, &text("putbucketpolicy"), &text("PutBucketPolicy"));
        check_fix("CAM5003", Grade::Suggestion, &text("put*"), &text("Put*"));
    }
}
