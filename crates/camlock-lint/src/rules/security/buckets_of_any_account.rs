//! Finds an allow on resources of any account, where other accounts may take part.

use camlock_policy::{AccountPattern, PolicyKind};
use camlock_source::Edit;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow on a resource whose account segment is `*`, for the services that have policies of their
    /// own on resources: `cos` and `cas`.
    ///
    /// ## Why it matters
    ///
    /// The holder may also work with buckets of others that let it in, so data can be carried out of the
    /// account without anybody there agreeing. An empty account segment means the own account.
    ///
    /// ## Example
    ///
    /// ```json,CAM6030
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:PutObject", "resource": "qcs::cos:ap-guangzhou:*:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:PutObject", "resource": "qcs::cos:ap-guangzhou::logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) BucketsOfAnyAccount = {
        code: "CAM6030",
        name: "buckets-of-any-account",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow on resources of any account, where other accounts may take part",
        spec: ["RES-8", "EVL-8"],
        fix: Narrowing,
    }
}

impl Rule for BucketsOfAnyAccount {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if cx.kind() != PolicyKind::Identity || !statement.is_allow() {
            return;
        }
        let Some(segments) = resource.segments() else { return };
        let is_shared = matches!(segments.service(), None | Some("cos" | "cas"));
        let acts = statement.actions.iter().any(|own| matches!(own.service(), Some("cos" | "cas")));
        if *segments.account() != AccountPattern::Any || !is_shared || !acts {
            return;
        }
        let Some([_, _, _, _, account, _]) = resource.parts() else { return };
        cx.report(&account, "resources of any account are meant, not only of the own one")
            .help("name the account, or leave the segment empty for the own one")
            .narrowing_fix("leave the account empty", [Edit::remove(account.span)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn where_other_accounts_take_part() {
        check(
            "CAM6030",
            r#"{"effect": "allow", "action": ["cos:PutObject", "cvm:Reboot*"], "resource": [
            "qcs::cos::«*»:a-1/*", "qcs::cvm::*:instance/*", "qcs::cos:::a-1/*", "*"]}"#,
        );
        check(
            "CAM6030",
            r#"{"effect": "deny", "action": "cos:PutObject", "resource": "qcs::cos::*:a-1/*"}"#,
        );
        check(
            "CAM6030",
            r#"{"effect": "allow", "action": "tcr:PullRepository", "resource": "qcs::tcr::*:repo/*"}"#,
        );
    }

    #[test]
    fn the_own_account_is_meant_by_nothing() {
        let text = |account: &str| {
            format!(
                r#"{{"effect": "allow", "action": "cos:PutObject", "resource": "qcs::cos::{account}:a-1/*"}}"#
            )
        };
        check_fix("CAM6030", Grade::Narrowing, &text("*"), &text(""));
    }
}
