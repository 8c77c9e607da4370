//! Finds resources of other accounts that no policy of this one can reach.

use camlock_policy::{AccountPattern, PolicyKind};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource of another account, in a policy of users or roles, of a service that lets no other account
    /// in. The settings have to name the account that the policy belongs to.
    ///
    /// ## Why it matters
    ///
    /// Across accounts there are buckets and certificates, whose owners have policies of their own, and
    /// roles. Any other resource of another account is denied whatever this policy says: an allow grants
    /// nothing, a deny stops nothing. Mostly the id is a slip, or stands there from another account.
    ///
    /// ## Example
    ///
    /// Not shown: an example that it finds, as it needs the id of the account. This one leaves the account to
    /// whoever has the policy:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/*" }
    /// ] }
    /// ```
    pub(crate) ResourceOfOtherAccount = {
        code: "CAM3151",
        name: "resource-of-other-account",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a resource of another account, of a service that lets no other account in",
        spec: ["EVL-8"],
    }
}

/// Services with access across accounts, those whose roles are assumed from elsewhere, and one whose
/// resources are buckets.
const ACROSS: [&str; 5] = ["cos", "cas", "cam", "sts", "ci"];

impl Rule for ResourceOfOtherAccount {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let account = &cx.options().account;
        let Some(own) = account.uin().filter(|_| cx.kind() == PolicyKind::Identity) else { return };
        let Some((segments, parts)) = resource.segments().zip(resource.parts()) else { return };
        let AccountPattern::Uin(other) = segments.account() else { return };
        // An APPID there is another slip.
        let is_app_id = account.app_id().is_some_and(|own| own.as_str() == other.as_str());
        let is_across = segments.service().is_none_or(|own| ACROSS.contains(&own));
        if other == own || is_app_id || is_across {
            return;
        }
        let [_, _, service, _, part, _] = parts;
        let service = quote(service.text);
        cx.report(&part, format!("resources of `{service}` in account {other} are out of reach"))
            .label(support::without_effect(statement))
            .help(format!("write `uin/{own}`, or leave the account empty"))
            .note("[EVL-8] a role of the other account would have access there");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, found_in_account};

    const TEXT: &str = r#"{"version": "2.0", "statement": [{"effect": "allow", "action": "*", "resource": [
        "qcs::cvm::uin/100000000002:instance/*", "qcs::cvm::uin/100000000001:*", "qcs::cvm::uin/1250000000:*",
        "qcs::cam::uin/100000000002:roleName/a", "qcs::cos::uid/1250000002:*", "qcs:::gz:uin/100000000002:*"]}]}"#;

    #[test]
    fn nothing_is_said_where_the_account_is_not_known() {
        check("CAM3151", TEXT);
    }

    #[test]
    fn services_across_accounts_and_roles_are_left_alone() {
        let found = found_in_account("CAM3151", ("100000000001", "1250000000"), TEXT);
        let messages: Vec<&str> = found.iter().map(|own| own.message.as_str()).collect();
        assert_eq!(messages, ["resources of `cvm` in account 100000000002 are out of reach"]);
        let trust = TEXT.replace(r#""effect""#, r#""principal": "*", "effect""#);
        assert!(found_in_account("CAM3151", ("100000000001", "1250000000"), &trust).is_empty());
    }
}
