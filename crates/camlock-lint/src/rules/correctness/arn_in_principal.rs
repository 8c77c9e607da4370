//! Finds principals of other clouds.

use camlock_source::quote;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An entry of `principal` that is an ARN, or a service of another cloud such as
    /// `ec2.amazonaws.com`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the name of an identity that is not its own. A service of another cloud has the
    /// form of one of this cloud, so that it is accepted and lets nobody in.
    ///
    /// ## Example
    ///
    /// ```json,CAM3131
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "arn:aws:iam::123456789012:root" },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) ArnInPrincipal = {
        code: "CAM3131",
        name: "arn-in-principal",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a principal of another cloud",
        spec: ["PRN-3", "PRN-9"],
        supersedes: ["CAM2129", "CAM2130", "CAM2133", "CAM2134", "CAM5011"],
    }
}

impl Rule for ArnInPrincipal {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let text = principal.text();
        let is_arn = ["arn:", "acs:", "urn:"].iter().any(|prefix| text.starts_with(prefix));
        let is_host = ["amazonaws.com", "amazonaws.com.cn", "aliyuncs.com", "googleapis.com"]
            .iter()
            .any(|host| text.ends_with(host));
        let help = if is_arn {
            "write `qcs::cam::uin/ACCOUNT:uin/USER`, `…:roleName/NAME` or `…:root`"
        } else if is_host {
            "write a service of this cloud, such as `cvm.qcloud.com`"
        } else {
            return;
        };
        cx.report(principal, format!("`{}` is of another cloud", quote(text)))
            .label("lets nobody in")
            .help(help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn identities_and_services_are_looked_at() {
        check(
            "CAM3131",
            r#"{"effect": "allow", "action": "sts:AssumeRole", "principal": {
            "qcs": [«"arn:aws:iam::1:root"», "qcs::cam::uin/1:root"], "service": [«"ec2.amazonaws.com"», "cvm.qcloud.com"],
            "federated": «"acs:ram::1:saml-provider/x"»}}"#,
        );
    }
}
