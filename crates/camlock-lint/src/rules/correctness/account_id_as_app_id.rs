//! Finds account ids that are written as APPIDs.

use camlock_policy::AccountIds;
use camlock_source::Edit;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// An account segment `uid/…` with twelve digits that begin with 100, as account ids do. Where the
    /// settings name both ids of the account, each in the place of the other.
    ///
    /// ## Why it matters
    ///
    /// `uid/` is for the APPID of an account, which has ten digits at most. No account has this
    /// one: an allow grants nothing, a deny stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3068
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uid/100000000001:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    pub(crate) AccountIdAsAppId = {
        code: "CAM3068",
        name: "account-id-as-app-id",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "an account id written as an APPID",
        spec: ["RES-9"],
        fix: Suggestion,
    }
}

impl Rule for AccountIdAsAppId {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, service, _, account, path]) = resource.parts() else { return };
        if let Some(right) = known_to_be(account.text, service.text, &cx.options().account) {
            let (other, sort) = if account.text.starts_with("uid/") {
                ("an account id, `uid/` is for APPIDs", "id")
            } else {
                ("an APPID, `uin/` is for account ids", "APPID")
            };
            let digits = account.text.get("uid/".len()..).unwrap_or_default();
            cx.report(&account, format!("`{digits}` is {other}"))
                .label(support::without_effect(statement))
                .help(format!("write `{right}`"))
                .note(format!("the settings say that this is the {sort} of the account"))
                .suggestion(
                    format!("write `{right}`"),
                    [Edit::replace(account.span, right.as_str())],
                );
            return;
        }
        let Some(digits) = account.text.strip_prefix("uid/") else { return };
        let is_uin = digits.len() == 12 && digits.starts_with("100") && support::is_digits(digits);
        // Where the bucket says whose it is, another rule knows the right id.
        if !is_uin || (service.text == "cos" && super::bucket_app_id(path.text).is_some()) {
            return;
        }
        let by_app_id = matches!(service.text, "cos" | "ci" | "cas");
        let right = format!("uin/{digits}");
        let edit = (!by_app_id).then(|| Edit::replace(account.span, right.as_str()));
        let help = if by_app_id {
            "write the APPID of the account".into()
        } else {
            format!("write `{right}`")
        };
        cx.report(&account, format!("`{digits}` is an account id, `uid/` is for APPIDs"))
            .label(support::without_effect(statement))
            .help(help)
            .suggestion(format!("write `{right}`"), edit);
    }
}

/// What an account segment is to be where both ids of the account are known and it has the wrong one.
fn known_to_be(segment: &str, service: &str, account: &AccountIds) -> Option<String> {
    let (uin, app_id) = account.uin().zip(account.app_id())?;
    let (prefix, digits) = segment.split_once('/')?;
    let by_app_id = matches!(service, "cos" | "ci" | "cas");
    let is_mixed_up = uin.as_str() != app_id.as_str()
        && match prefix {
            // Of buckets `cos-account-by-uin` tells.
            "uin" => digits == app_id.as_str() && service != "cos",
            "uid" => digits == uin.as_str(),
            _ => false,
        };
    let right = if by_app_id { format!("uid/{app_id}") } else { format!("uin/{uin}") };
    is_mixed_up.then_some(right)
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix, found_in_account};

    #[test]
    fn what_may_be_an_app_id_is_left_alone() {
        check(
            "CAM3068",
            r#"{"effect": "deny", "action": "*", "resource": ["qcs::cos::«uid/100000000001»:*",
            "qcs::vod::«uid/100000000001»:*", "qcs::cos::uid/1250000000:*", "qcs::cvm::uin/100000000001:*"]}"#,
        );
    }

    #[test]
    fn known_ids_are_not_mixed_up() {
        let text = r#"{"version": "2.0", "statement": [{"effect": "allow", "action": "*", "resource": [
            "qcs::cvm::uin/1250000000:instance/*", "qcs::cos::uid/100000000001:*", "qcs::cvm::uid/100000000001:*",
            "qcs::cvm::uin/1250000001:*", "qcs::cvm::uin/100000000001:*", "qcs::cos::uid/1250000000:*"]}]}"#;
        let helps = |account: (&str, &str)| {
            let found = found_in_account("CAM3068", account, text);
            found.into_iter().filter_map(|own| own.help).collect::<Vec<_>>()
        };
        let (uin, app_id) = ("write `uin/100000000001`", "write `uid/1250000000`");
        assert_eq!(helps(("100000000001", "1250000000")), [uin, app_id, uin]);
        let unknown = "write the APPID of the account";
        assert_eq!(helps(("100000000002", "1250000002")), [unknown, uin]);
    }

    #[test]
    fn the_prefix_of_account_ids_is_written() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "*", "resource": "qcs::cvm::{name}:*"}}"#)
        };
        check_fix(
            "CAM3068",
            Grade::Suggestion,
            &text("uid/100000000001"),
            &text("uin/100000000001"),
        );
    }
}
