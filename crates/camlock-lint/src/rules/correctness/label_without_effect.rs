//! Finds labels in policies that have no use for them.

use camlock_policy::PolicyKind;
use camlock_source::quote;
use camlock_syntax::json::Member;

use crate::context::Context;
use crate::edits;
use crate::element::StatementElement;
use crate::rule::Rule;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// A `sid` or an `id` in a policy that is not a bucket policy.
    ///
    /// ## Why it matters
    ///
    /// CAM reads a label nowhere: it changes no decision, and answers come without it. The console
    /// of COS writes one into bucket policies. In policies of other kinds it usually came from
    /// another cloud, together with more that reads differently here.
    ///
    /// ## Example
    ///
    /// ```json,CAM3010
    /// { "version": "2.0", "statement": [
    ///   { "sid": "ReadLogs", "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) LabelWithoutEffect = {
        code: "CAM3010",
        name: "label-without-effect",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "a label that only the console of COS writes",
        spec: ["SYN-12"],
        fix: Narrowing,
    }
}

impl Rule for LabelWithoutEffect {
    fn check_document(&self, cx: &mut Context<'_>) {
        let root = tree::members(cx.document().root());
        check(root, cx);
    }

    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        check(statement.members(), cx);
    }
}

fn check(members: &[Member<'_>], cx: &mut Context<'_>) {
    if cx.kind() == PolicyKind::Resource {
        return;
    }
    for (index, member) in members.iter().enumerate() {
        let name = &*member.name.decoded;
        if name.eq_ignore_ascii_case("sid") || name.eq_ignore_ascii_case("id") {
            let edit = edits::remove_member(members, index);
            cx.report(member, format!("the label `{}` changes nothing", quote(name)))
                .help("remove it, and say in the name of the policy what it is for")
                .narrowing_fix("remove it", edit);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;
    use camlock_source::Grade;

    use crate::testing::{check, check_as, check_fix};

    #[test]
    fn bucket_policies_have_labels() {
        check(
            "CAM3010",
            r#"{«"Sid"»: "a", "effect": "allow", "action": "cos:*", "resource": "*"}"#,
        );
        check(
            "CAM3010",
            r#"{«"id"»: "a", "version": "2.0", "statement":
            {«"sid"»: "b", "effect": "allow", "action": "cos:*", "resource": "*"}}"#,
        );
        let text = r#"{"Sid": "a", "effect": "allow", "action": "cos:*", "resource": "*"}"#;
        check_as("CAM3010", Some(PolicyKind::Resource), text);
    }

    #[test]
    fn it_is_taken_out() {
        let before = r#"{"sid": "a", "effect": "deny", "action": "cos:*", "resource": "*"}"#;
        let after = r#"{"effect": "deny", "action": "cos:*", "resource": "*"}"#;
        check_fix("CAM3010", Grade::Narrowing, before, after);
    }
}
