//! Finds allows that a deny of the document takes back entirely.

use crate::analysis::Standing;
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of which every action on every resource, under its conditions and for whomever it
    /// names, is denied by one statement of the same document.
    ///
    /// ## Why it matters
    ///
    /// A deny wins over every allow, whatever the order, so the allow grants nothing. Either the deny
    /// is wider than it was meant, or the allow is left over.
    ///
    /// ## Example
    ///
    /// ```json,CAM7013
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/*" },
    ///   { "effect": "deny", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" },
    ///   { "effect": "deny", "action": "cos:Get*",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/*" } ] }
    /// ```
    pub(crate) DeniedStatement = {
        code: "CAM7013",
        name: "denied-statement",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "an allow that a deny of the document takes back entirely",
        spec: ["EVL-3"],
        fix: Safe,
    }
}

impl Rule for DeniedStatement {
    fn check_document(&self, cx: &mut Context<'_>) {
        for (index, standing) in cx.analysis().redundancy().found() {
            let Standing::Denied(deny) = standing else { continue };
            let statements = cx.statements();
            let Some((own, deny)) = statements.get(index).zip(statements.get(*deny)) else {
                continue;
            };
            cx.report(own, "a deny takes all of this allow back")
                .label("grants nothing")
                .secondary(deny, "denies all of it")
                .help("remove the allow, or narrow the deny")
                .safe_fix("remove the statement", own.removal());
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    fn text(statements: &[&str]) -> String {
        format!(r#"{{"version": "2.0", "statement": [{}]}}"#, statements.join(", "))
    }

    const ALLOW: &str = r#"{"effect": «"allow"», "action": ["cvm:Start*", "cvm:StopInstances"], "resource": "qcs::cvm:::i/*",
        "condition": {"string_equal": {"cvm:zone": "a"}}}"#;

    fn unmarked() -> String {
        ALLOW.replace(['«', '»'], "")
    }

    #[test]
    fn the_deny_has_to_reach_as_far() {
        let deny = r#"{"effect": "deny", "action": "cvm:*", "resource": "*", "condition": {"null_equal": {"cvm:zone": false}}}"#;
        check("CAM7013", &text(&[ALLOW, deny]));
        check("CAM7013", &text(&[deny, ALLOW]));
        for (from, to) in [
            ("cvm:*", "cvm:St*s"),
            ("\"*\"", "\"qcs::cvm:gz::*\""),
            ("zone", "region"),
            ("false", "true"),
        ] {
            check("CAM7013", &text(&[&unmarked(), &deny.replacen(from, to, 1)]));
        }
    }

    #[test]
    fn a_deny_for_everyone_stops_nobody_who_is_named() {
        let statement = |effect: &str, who: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cos:*", "resource": "qcs::cos::uid/1250000000:a-1250000000/*",
                "principal": {who}}}"#
            )
        };
        let user = r#"{"qcs": "qcs::cam::uin/100000000001:uin/100000000011"}"#;
        check("CAM7013", &text(&[&statement("allow", user), &statement("deny", "\"*\"")]));
        check("CAM7013", &text(&[&statement("allow", "\"*\""), &statement("deny", "\"*\"")]));
        let marked = statement("allow", user).replace("\"allow\"", "«\"allow\"»");
        check("CAM7013", &text(&[&marked, &statement("deny", user)]));
    }

    #[test]
    fn the_allow_goes() {
        let deny = r#"{"effect": "deny", "action": "cvm:*", "resource": "*"}"#;
        check_fix("CAM7013", Grade::Safe, &text(&[&unmarked(), deny]), &text(&[deny]));
    }
}
