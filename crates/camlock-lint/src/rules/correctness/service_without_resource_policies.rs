//! Finds actions in a bucket policy of services that ask no such policy.

use std::collections::BTreeSet;

use camlock_policy::PolicyKind;
use camlock_source::quote;

use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A policy with a `principal` whose action is of a service that has no policies of resources.
    ///
    /// ## Why it matters
    ///
    /// Policies that name whom they speak about are attached to buckets, or to roles to say who may assume
    /// them. No key, function or machine has one: whoever needs access there gets a policy without
    /// `principal`, and other accounts assume a role.
    ///
    /// ## Example
    ///
    /// ```json,CAM3145
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "kms:Decrypt", "resource": "*",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" } }
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
    pub(crate) ServiceWithoutResourcePolicies = {
        code: "CAM3145",
        name: "service-without-resource-policies",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "an action in a bucket policy of a service that asks none",
        spec: ["EVL-8", "SYN-20"],
    }
}

/// Services that keep policies with what they store, those that share the buckets of COS, and those whose
/// own pages show policies with a principal.
const WITH_POLICIES: [&str; 8] =
    ["cos", "cas", "ci", "csp", "cosvector", "cdcs", "cmqqueue", "cmqtopic"];

impl Rule for ServiceWithoutResourcePolicies {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        if cx.kind() != PolicyKind::Resource {
            return;
        }
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for action in &statement.actions {
            // Of a service that nobody knows others have to say.
            let Some(service) = action.service().filter(|own| cx.catalog().service(own).is_some())
            else {
                continue;
            };
            if WITH_POLICIES.contains(&service) || !told.insert(service) {
                continue;
            }
            cx.report(action, format!("`{}` has no policies of resources", quote(service)))
                .label("a policy with `principal` is never asked about it")
                .help("leave out `principal`, and attach the policy to the user or role that is meant");
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::check_as;

    #[test]
    fn once_a_service_and_only_beside_principals() {
        let text = |marks: [&str; 4]| {
            let [a, b, c, d] = marks;
            format!(
                r#"{{"effect": "allow", "principal": {{"qcs": "qcs::cam::uin/1:uin/2"}}, "resource": "*",
                "action": ["cos:*", {a}"kms:Decrypt"{b}, "kms:Encrypt", {c}"name/cvm:*"{d}, "nosuch:Get", "*"]}}"#
            )
        };
        check_as("CAM3145", Some(PolicyKind::Resource), &text(["«", "»", "«", "»"]));
        check_as("CAM3145", Some(PolicyKind::Identity), &text([""; 4]));
    }
}
