//! Finds a service principal that no known service has.

use camlock_policy::PrincipalPattern;
use camlock_source::quote;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An entry under `service` that does not end as those of the platform do, `.qcloud.com` or
    /// `.cloud.tencent.com`, or that names no known service.
    ///
    /// ## Why it matters
    ///
    /// Names of services are compared exactly. One that does not exist lets nobody in, and the service that
    /// was meant stays outside.
    ///
    /// ## Example
    ///
    /// ```json,CAM5011,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "principal": { "service": "cvm.tencentcloudapi.com" } }
    /// ] }
    /// ```
    ///
    /// ```json,clean,trust
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole", "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    pub(crate) UnknownServicePrincipal = {
        code: "CAM5011",
        name: "unknown-service-principal",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a service principal that no known service has",
        spec: ["PRN-9"],
    }
}

/// How names of services end [PRN-9].
const ENDS: [&str; 2] = [".cloud.tencent.com", ".qcloud.com"];

impl Rule for UnknownServicePrincipal {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let Some(PrincipalPattern::Service(name)) = &principal.pattern else { return };
        let shown = quote(name);
        let Some(head) = ENDS.iter().find_map(|end| name.strip_suffix(end)) else {
            cx.report(principal, format!("no service of the platform is called `{shown}`"))
                .label("lets nobody in")
                .help("look up how the service calls itself, such as `cvm.qcloud.com`");
            return;
        };
        // In front of the service may stand the part of it that acts.
        let service = head.rsplit('.').next().unwrap_or(head);
        if cx.catalog().service(&service.to_ascii_lowercase()).is_none() {
            // Names of principals are not a part of the catalogue; this is only a hint.
            cx.report(principal, format!("no known service is called `{}`", quote(service)))
                .help("look up how the service calls itself")
                .at_most(Level::Info);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::{check, check_as};

    #[test]
    fn ends_and_services_are_looked_at() {
        check(
            "CAM5011",
            r#"{"effect": "allow", "action": "sts:AssumeRole", "principal": {"service": [
            "scf.qcloud.com", "command.tat.cloud.tencent.com", «"scf.example.com"», «"nosuch.qcloud.com"», "scf.amazonaws.com"]}}"#,
        );
        check_as(
            "CAM5011",
            Some(PolicyKind::Trust),
            r#"{"version": "2.0", "principal": {"service": «"scf.qcloud.cn"»},
            "statement": {"effect": "allow", "action": "sts:AssumeRole"}}"#,
        );
    }
}
