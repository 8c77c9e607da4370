//! Finds principals under the wrong member.

use camlock_source::quote;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A service under `qcs` or `federated`, or an identity under `service`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the entry. What stands before the colon says how the entry is read: identities
    /// under `qcs`, services under `service`, identity providers under `federated`.
    ///
    /// ## Example
    ///
    /// ```json,CAM3132
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "qcs": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "service": "cvm.qcloud.com" } }
    /// ] }
    /// ```
    pub(crate) PrincipalUnderWrongMember = {
        code: "CAM3132",
        name: "principal-under-wrong-member",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a principal under the wrong member",
        spec: ["PRN-2"],
        fix: Suggestion,
        supersedes: ["CAM2130", "CAM2133", "CAM2134"],
    }
}

impl Rule for PrincipalUnderWrongMember {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let Some(member) = principal.member.filter(|_| principal.pattern.is_none()) else { return };
        let text = principal.text();
        let fits = |name: &&&str| **name != member.decoded() && support::is_principal(name, text);
        let Some(right) = ["federated", "qcs", "service"].iter().find(fits) else { return };
        if !matches!(member.decoded(), "qcs" | "service" | "federated") {
            return;
        }
        let alone = principal.string.list.is_none_or(|list| list.items.len() == 1);
        // Another member of the right name would stand twice.
        let all = match principal.statement {
            Some(index) => cx.statements().get(index).map_or(&[][..], |own| &own.principals),
            None => cx.document().principals(),
        };
        let taken =
            all.iter().any(|own| own.member.is_some_and(|member| member.decoded() == *right));
        let edit = (alone && !taken).then(|| member.replace_with(right));
        cx.report(principal, format!("`{}` belongs under `{right}`", quote(text)))
            .secondary(&member, "not here")
            .help(format!("move it to `{right}`"))
            .suggestion(format!("name the member `{right}`"), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn each_entry_belongs_somewhere() {
        check(
            "CAM3132",
            r#"{"effect": "allow", "action": "sts:AssumeRole", "principal": {
            "qcs": [«"scf.qcloud.com"», "qcs::cam::uin/1:root", "alice"], "service": «"qcs::cam::uin/1:root"»,
            "federated": «"qcs::cam::uin/1:uin/2"»}}"#,
        );
    }

    #[test]
    fn the_member_is_renamed_where_it_holds_nothing_else() {
        let text = |member: &str| {
            format!(
                r#"{{"effect": "allow", "action": "sts:AssumeRole", "principal": {{"{member}": ["scf.qcloud.com"]}}}}"#
            )
        };
        check_fix("CAM3132", Grade::Suggestion, &text("qcs"), &text("service"));
    }
}
