//! Finds allows to pass any role to a service.

use super::reach;
use crate::analysis::Breadth;
use crate::context::Context;
use crate::element::ResourceElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `cam:PassRole` on every role.
    ///
    /// ## Why it matters
    ///
    /// Whoever may give any role to a machine or a function may do what the strongest role of the
    /// account may do. A deny that takes it back, a boundary, or a service control policy is taken into
    /// account where it is known.
    ///
    /// ## Example
    ///
    /// ```json,CAM6002
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cam:GetRole", "cam:PassRole"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Name the role:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:RunInstances", "resource": "*" },
    ///   { "effect": "allow", "action": "cam:PassRole",
    ///     "resource": "qcs::cam::uin/100000000001:roleName/reader" }
    /// ] }
    /// ```
    ///
    /// Below this boundary it is not found, because the boundary does not allow it:
    ///
    /// ```json,companion,boundary
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:*", "cam:Get*"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cam:GetRole", "cam:PassRole"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) PassAnyRole = {
        code: "CAM6002",
        name: "pass-any-role",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow to pass any role to a service",
    }
}

impl Rule for PassAnyRole {
    fn check_document(&self, cx: &mut Context<'_>) {
        // What grants is a policy of a user or a role; the other kinds limit, or speak of a resource.
        if cx.kind() != camlock_policy::PolicyKind::Identity {
            return;
        }
        for grant in cx.analysis().grants("cam", "PassRole") {
            // `allow-everything` and `full-access-management` say it in fewer words.
            let named = !reach::is_whole_service(cx.analysis(), &grant, "cam");
            let reaches_any = |own: &ResourceElement<'_>| {
                let pattern = own.pattern.as_ref().filter(|_| is_any(own));
                let call = ("cam", "PassRole");
                pattern.is_some_and(|pattern| cx.analysis().comes_through(call, pattern))
            };
            let Some(resource) = grant
                .resource
                .filter(|own| named && (grant.breadth >= Breadth::Service || reaches_any(own)))
            else {
                continue;
            };
            cx.report(grant.action, "any role may be passed to a service")
                .label("allows `cam:PassRole`")
                .secondary(resource, "on every role")
                .help("name the roles: `qcs::cam::uin/ACCOUNT:roleName/NAME`")
                .at_most(grant.level(Level::Error));
        }
    }
}

/// Whether a name stands for every role, by name or by id.
fn is_any(resource: &ResourceElement<'_>) -> bool {
    let path = resource.segments().map(|own| own.resource().to_string());
    path.is_some_and(|path| matches!(path.as_str(), "roleName/*" | "role/*"))
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;
    use camlock_syntax::parse;

    use crate::companions::{Companion, Companions};
    use crate::testing::{check, check_beside};

    #[test]
    fn patterns_that_cover_it_count_and_resources_that_do_not_are_left_alone() {
        check(
            "CAM6002",
            r#"{"effect": "allow", "action": [«"cam:Pass*"»], "resource": ["a", "qcs::cam:::*"]}"#,
        );
        check(
            "CAM6002",
            r#"{"effect": "allow", "action": "cam:PassRole", "resource": "qcs::cam:::roleName/a*"}"#,
        );
        check(
            "CAM6002",
            r#"{"effect": "allow", "action": «"cam:PassRole"», "resource": "qcs::cam::uin/100000000001:roleName/*"}"#,
        );
        check("CAM6002", r#"{"effect": "allow", "action": "*", "resource": "*"}"#);
    }

    #[test]
    fn a_deny_that_takes_it_back_is_seen_and_a_conditional_one_is_not() {
        let text = |mark: (&str, &str), condition: &str| {
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": {}"cam:P*"{}, "resource": "*"}},
                    {{"effect": "deny", "action": "cam:PassRole", "resource": "*"{condition}}}]}}"#,
                mark.0, mark.1
            )
        };
        check("CAM6002", &text(("", ""), ""));
        let condition = r#", "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}"#;
        check("CAM6002", &text(("«", "»"), condition));
    }

    #[test]
    fn a_ceiling_on_some_roles_counts() {
        let below = |role: &str, text: &str| {
            let ceiling = format!(
                r#"{{"version": "2.0", "statement": {{"effect": "allow", "action": "cam:PassRole", "resource": "{role}"}}}}"#
            );
            let policy = parse(&ceiling, PolicyKind::Boundary).policy.unwrap();
            let companion = Companion { name: "boundary".into(), policy };
            check_beside("CAM6002", None, Companions::new(vec![companion]), text);
        };
        for resource in ["*", "qcs::cam:::roleName/*"] {
            let found = format!(
                r#"{{"effect": "allow", "action": «"cam:PassRole"», "resource": "{resource}"}}"#
            );
            below("qcs::cam:::*", &found);
            below("qcs::cam:::roleName/app-*", &found.replace(['«', '»'], ""));
        }
    }
}
