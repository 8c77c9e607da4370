//! Finds allows to switch off the second factor of users.

use super::reach::{self, A_USER, Call, call};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:SetMfaFlag` that reaches somebody.
    ///
    /// ## Why it matters
    ///
    /// Conditions on the second factor and its prompt at login are worth nothing where its holder, or
    /// whoever has its keys, may switch it off. The engine is asked, with denies and ceilings as far as
    /// they are known; the finding names a request that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6112
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:SetMfaFlag", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:DescribeSafeAuthFlagColl", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) SwitchOffMfa = {
        code: "CAM6112",
        name: "switch-off-mfa",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to switch off the second factor of users",
    }
}

const WAYS: &[&[Call]] =
    &[&[call("cam", "SetMfaFlag", &[A_USER])], &[call("cam", "SetSafeAuthFlag", &[])]];

impl Rule for SwitchOffMfa {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "leave it to administrators";
        reach::check(cx, WAYS, "whoever has this may switch the second factor off", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"cam:SetMfaFlag"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6112", &text(("", ""), "cam:SetMfaFlag"));
        check("CAM6112", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
