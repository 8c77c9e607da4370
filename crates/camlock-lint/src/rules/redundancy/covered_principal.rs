//! Finds entries of a principal that another one includes.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{PrincipalElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// Somebody whom another entry of the same principal includes: anyone beside everyone in an allow
    /// of a bucket policy, a user or a role beside the root entry of its account in a trust policy.
    ///
    /// ## Why it matters
    ///
    /// The single entries look as if access were limited to them. In a trust policy a root entry stands
    /// for every user and role of the account that is allowed to assume the role.
    ///
    /// ## Example
    ///
    /// ```json,CAM7007
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "qcs": ["qcs::cam::uin/100000000001:root",
    ///       "qcs::cam::uin/100000000001:uin/100000000011"] } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" } } ] }
    /// ```
    pub(crate) CoveredPrincipal = {
        code: "CAM7007",
        name: "covered-principal",
        group: Redundancy,
        level: Info,
        since: "0.2.0",
        summary: "somebody whom another entry includes",
        spec: ["PRN-1", "RD-6"],
        fix: Safe,
    }
}

/// Entries that are compared with all others; a longer list is not looked at.
const MOST: usize = 256;

impl Rule for CoveredPrincipal {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let (analysis, all) = (cx.analysis(), &statement.principals);
        let Some(effect) = statement.effect.filter(|_| (2..=MOST).contains(&all.len())) else {
            return;
        };
        for principal in all {
            let Some(inner) = &principal.pattern else { continue };
            let covers = |other: &&PrincipalElement<'_>| {
                let outer = other.pattern.as_ref();
                // An equal one is told by `duplicate-principal`.
                outer.is_some_and(|own| {
                    own != inner && analysis.principal_covers(effect, own, inner)
                })
            };
            let Some(wide) = all.iter().find(covers) else { continue };
            let (own, other) = (quote(principal.text()), quote(wide.text()));
            cx.report(principal, format!("`{own}` is included in `{other}`"))
                .secondary(wide, "includes it")
                .help("remove it, or remove the wider entry")
                .safe_fix("remove it", principal.string.removal());
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    const ACTION: &str = r#""action": "sts:AssumeRole""#;

    fn text(list: &str) -> String {
        format!(r#"{{"effect": "allow", {ACTION}, "principal": {{"qcs": [{list}]}}}}"#)
    }

    #[test]
    fn a_root_entry_stands_for_its_account_in_a_trust_policy_only() {
        let root = "qcs::cam::uin/100000000001:root";
        let user = "qcs::cam::uin/100000000001:uin/100000000011";
        let other = "qcs::cam::uin/100000000002:uin/100000000022";
        let list = format!(r#"«"{user}"», "{root}", "{other}""#);
        check("CAM7007", &text(&list));
        let bucket = text(&list.replace(['«', '»'], "")).replace(
            ACTION,
            r#""action": "cos:GetObject", "resource": "qcs::cos::uid/1250000000:a-1250000000/*""#,
        );
        check("CAM7007", &bucket);
    }

    #[test]
    fn everyone_includes_all_in_an_allow() {
        let statement = |effect: &str, user: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cos:GetObject", "resource": "qcs::cos::uid/1250000000:a-1250000000/*",
                "principal": {{"qcs": ["qcs::cam::anyone:anyone", {user}]}}}}"#
            )
        };
        check("CAM7007", &statement("allow", r#"«"qcs::cam::uin/100000000001:root"»"#));
        check("CAM7007", &statement("deny", r#""qcs::cam::uin/100000000001:root""#));
    }

    #[test]
    fn it_is_removed() {
        let (root, user) =
            ("qcs::cam::uin/100000000001:root", "qcs::cam::uin/100000000001:uin/100000000011");
        check_fix(
            "CAM7007",
            Grade::Safe,
            &text(&format!(r#""{root}", "{user}""#)),
            &text(&format!(r#""{root}""#)),
        );
    }
}
