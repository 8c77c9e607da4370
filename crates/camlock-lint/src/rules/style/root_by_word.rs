//! Finds the root account by the word `root`.

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A principal written `qcs::cam::uin/A:root`.
    ///
    /// ## Why it matters
    ///
    /// CAM answers it as `qcs::cam::uin/A:uin/A`, which names the same. Tools that compare what
    /// they wrote with what they are answered, such as Terraform, then show a difference on every
    /// run.
    ///
    /// ## Example
    ///
    /// ```json,CAM9022
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:root" },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000001" },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) RootByWord = {
        code: "CAM9022",
        name: "root-by-word",
        group: Style,
        level: Off,
        since: "0.2.0",
        summary: "the root account by the word `root`",
        spec: ["PRN-4"],
        fix: Safe,
    }
}

impl Rule for RootByWord {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let Some(account) = principal.account().filter(|_| principal.text().ends_with(":root"))
        else {
            return;
        };
        let right = format!("qcs::cam::uin/{account}:uin/{account}");
        let grade = support::safe_in_policies(cx);
        cx.report(principal, "CAM answers the root account by its id")
            .help(format!("write `{right}`"))
            .fix(grade, format!("write `{right}`"), [principal.string.replace_with(&right)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn ids_and_malformed_entries_are_left_alone() {
        check(
            "CAM9022",
            r#"{"effect": "deny", "action": "cos:*", "resource": "*", "principal": {"qcs": [
            «"qcs::cam::uin/1:root"», "qcs::cam::uin/1:uin/1", "qcs::cam::uin/x:root"]}}"#,
        );
    }

    #[test]
    fn the_id_is_written() {
        let text = |name: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "*", "principal": {{"qcs": "qcs::cam::uin/1:{name}"}}}}"#
            )
        };
        check_fix("CAM9022", Grade::Safe, &text("root"), &text("uin/1"));
    }
}
