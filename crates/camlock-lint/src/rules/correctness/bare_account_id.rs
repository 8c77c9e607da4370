//! Finds account ids without `uin/` or `uid/`.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose account segment is digits alone.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the name, because digits do not say which of the two ids of an account they are.
    /// COS, CI and CAS name accounts by APPID, `uid/`, all others by account id, `uin/`.
    ///
    /// ## Example
    ///
    /// ```json,CAM3066
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:100000000001:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    pub(crate) BareAccountId = {
        code: "CAM3066",
        name: "bare-account-id",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an account id without `uin/` or `uid/`",
        spec: ["RES-8", "RES-9"],
        fix: Suggestion,
        supersedes: ["CAM2121"],
    }
}

impl Rule for BareAccountId {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_none());
        let Some([_, _, service, _, account, _]) = parts else { return };
        if !support::is_digits(account.text) {
            return;
        }
        let by_app_id = matches!(service.text, "cos" | "ci" | "cas");
        // An id of twelve digits is an account id, whatever the service.
        let prefix = if by_app_id && account.text.len() < 12 { "uid" } else { "uin" };
        let right = format!("{prefix}/{}", account.text);
        cx.report(
            &account,
            format!("the account `{}` does not say which id it is", quote(account.text)),
        )
        .help(format!("write `{right}`, or leave it empty for the account that owns the policy"))
        .suggestion(format!("write `{right}`"), [Edit::replace(account.span, right)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_digits_alone() {
        check(
            "CAM3066",
            r#"{"effect": "allow", "action": "cvm:*", "resource": [
            "qcs::cvm:gz:«100000000001»:instance/*", "qcs::cvm:gz:uin/1:instance/*", "qcs::cvm:gz:me:instance/*"]}"#,
        );
    }

    #[test]
    fn the_service_says_which_id_it_is() {
        let text =
            |name: &str| format!(r#"{{"effect": "deny", "action": "*", "resource": "{name}"}}"#);
        let (before, after) = ("qcs::cos::1250000000:*", "qcs::cos::uid/1250000000:*");
        check_fix("CAM3066", Grade::Suggestion, &text(before), &text(after));
        let (before, after) = ("qcs::cls::1250000000:*", "qcs::cls::uin/1250000000:*");
        check_fix("CAM3066", Grade::Suggestion, &text(before), &text(after));
    }
}
