//! Finds allows to read any stored credentials, or to be issued some.

use super::reach::{self, Call, call, every};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of reading secrets, decrypting, or issuing tokens, that reaches everything of its sort.
    ///
    /// ## Why it matters
    ///
    /// What is read this way opens doors elsewhere, and works on when the policy is taken back. The engine
    /// is asked, with denies and ceilings as far as they are known; the finding names a request that is
    /// allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6122
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "ssm:GetSecretValue", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "ssm:ListSecrets", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ReadStoredCredentials = {
        code: "CAM6122",
        name: "read-stored-credentials",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow to read any stored credentials, or to be issued some",
    }
}

const WAYS: &[&[Call]] = &[
    &[call("ssm", "GetSecretValue", &[every("ssm", "secret/creatorUin/100000000002/one")])],
    &[call("kms", "Decrypt", &[every("kms", "key/creatorUin/100000000002/one")])],
    &[call("tcr", "CreateInstanceToken", &[every("tcr", "instance/tcr-1")])],
    &[call("sts", "GetFederationToken", &[])],
    &[call("sts", "GetSessionToken", &[])],
];

impl Rule for ReadStoredCredentials {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the secrets, keys or instances";
        let what = "whoever has this may get at any credentials of this sort";
        reach::check_with_whole_services(cx, WAYS, what, help, |_, _| true);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_whole_service_is_no_less() {
        let text = |action: &str, resource: &str| {
            format!(r#"{{"effect": "allow", "action": {action}, "resource": "{resource}"}}"#)
        };
        check("CAM6122", &text("«\"kms:*\"»", "*"));
        check("CAM6122", &text("«\"kms:*\"»", "qcs::kms:::*"));
        // `allow-everything` says enough.
        check("CAM6122", &text("\"*\"", "*"));
    }

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"ssm:GetSecretValue"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6122", &text(("", ""), "ssm:GetSecretValue"));
        check("CAM6122", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
