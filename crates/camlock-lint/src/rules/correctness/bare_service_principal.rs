//! Finds service principals without their suffix.

use camlock_source::quote;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An entry under `service` that is the name of a service alone, such as `cvm`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the entry. Services are named like hosts, `cvm.qcloud.com` or
    /// `cvm.cloud.tencent.com`, and compared exactly; the page about roles of the service says
    /// which one it uses.
    ///
    /// ## Example
    ///
    /// ```json,CAM3135
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "service": "cvm" } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    pub(crate) BareServicePrincipal = {
        code: "CAM3135",
        name: "bare-service-principal",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a service principal without its suffix",
        spec: ["PRN-9"],
        supersedes: ["CAM2133"],
    }
}

impl Rule for BareServicePrincipal {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let is_service = principal.member.is_some_and(|member| member.decoded() == "service");
        let text = principal.text();
        if is_service && principal.pattern.is_none() && cx.catalog().service(text).is_some() {
            cx.report(principal, format!("`{}` is a service without its suffix", quote(text)))
                .help(format!("write `{text}.qcloud.com` or `{text}.cloud.tencent.com`, whichever the service uses"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn services_that_are_known() {
        check(
            "CAM3135",
            r#"{"effect": "allow", "action": "sts:AssumeRole", "principal": {
            "service": [«"scf"», "scf.qcloud.com", "nosuch"], "qcs": "scf"}}"#,
        );
    }
}
