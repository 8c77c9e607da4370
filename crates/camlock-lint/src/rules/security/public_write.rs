//! Finds a bucket policy that lets everyone write.

use super::guard;
use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An allow in a bucket policy for everyone, signed or not, of an action that changes something.
    ///
    /// ## Why it matters
    ///
    /// Anybody who knows the name of the bucket can put files into it, overwrite or delete them, or change
    /// who has access. With conditions it weighs less, as they may keep others out.
    ///
    /// ## Example
    ///
    /// ```json,CAM6013
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": "*", "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// Name who may write:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" },
    ///     "action": "cos:PutObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) PublicWrite = {
        code: "CAM6013",
        name: "public-write",
        group: Security,
        level: Error,
        since: "0.2.0",
        summary: "a bucket policy that lets everyone write",
        spec: ["PRN-1", "PRN-5", "EVL-9"],
    }
}

impl Rule for PublicWrite {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let Some(everyone) = guard::everyone(statement, cx) else { return };
        let Some(action) = statement.actions.iter().find(|own| guard::writes(own, cx.catalog()))
        else {
            return;
        };
        let level =
            if cx.analysis().has_conditions(statement) { Level::Warning } else { Level::Error };
        cx.report(everyone, "everyone may change what is in the bucket")
            .label("signed or not")
            .secondary(action, "by this")
            .help("name who may write")
            .at_most(level);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Severity;

    use crate::testing::{check, severities};

    #[test]
    fn every_spelling_and_both_places() {
        check(
            "CAM6013",
            r#"{"effect": "allow", "principal": {"qcs": [«"qcs::cam::anyone:anyone"»]},
            "action": ["cos:GetObject", "cos:Put*"], "resource": "qcs::cos:::a-1/*"}"#,
        );
        check(
            "CAM6013",
            r#"{"version": "2.0", "principal": «"*"»,
            "statement": {"effect": "allow", "action": "name/cos:*", "resource": "qcs::cos:::a-1/*"}}"#,
        );
        check(
            "CAM6013",
            r#"{"effect": "allow", "principal": «"*"», "action": "cos:DeleteNewThing", "resource": "*"}"#,
        );
    }

    #[test]
    fn reads_denies_and_named_people_are_other_things() {
        check(
            "CAM6013",
            r#"{"effect": "allow", "principal": "*", "action": "cos:GetObject", "resource": "*"}"#,
        );
        check(
            "CAM6013",
            r#"{"effect": "deny", "principal": "*", "action": "cos:*", "resource": "*"}"#,
        );
        check(
            "CAM6013",
            r#"{"effect": "allow", "principal": {"qcs": "qcs::cam::uin/1:root"}, "action": "cos:*", "resource": "*"}"#,
        );
        check(
            "CAM6013",
            r#"{"effect": "allow", "principal": {"qcs": "*"}, "action": "cos:*", "resource": "*"}"#,
        );
    }

    #[test]
    fn a_condition_that_always_holds_is_none() {
        let weighs = |condition: &str, expected: Severity| {
            let text = format!(
                r#"{{"version": "2.0", "statement": [{{"effect": "allow", "principal": "*", "action": "cos:PutObject",
                    "resource": "*", "condition": {condition}}}]}}"#
            );
            assert_eq!(severities("CAM6013", &text), [expected], "{condition}");
        };
        for condition in [
            r#"{"ip_equal": {"qcs:ip": ["0.0.0.0/0", "::/0"]}}"#,
            r#"{"null_equal": {"qcs:ip": ["true", "false"]}}"#,
            r#"{"string_like_if_exist": {"qcs:mfa": "*"}}"#,
        ] {
            weighs(condition, Severity::Error);
        }
        for condition in [
            r#"{"ip_equal": {"qcs:ip": ["0.0.0.0/0", "::/1"]}}"#,
            r#"{"ip_not_equal": {"qcs:ip": ["0.0.0.0/0", "::/0"]}}"#,
            r#"{"string_like": {"qcs:mfa": "*"}}"#,
        ] {
            weighs(condition, Severity::Warning);
        }
    }
}
