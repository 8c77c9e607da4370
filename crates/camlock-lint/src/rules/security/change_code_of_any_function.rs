//! Finds allows to change the code of any function.

use super::reach::{self, Call, Target, call, every};
use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `scf:UpdateFunctionCode` or `scf:UpdateFunctionConfiguration` that reaches every
    /// function.
    ///
    /// ## Why it matters
    ///
    /// Code that is put into a function with a role runs with that role. Nothing has to be passed for it.
    /// The engine is asked, with denies and ceilings as far as they are known; the finding names a request
    /// that is allowed.
    ///
    /// ## Example
    ///
    /// ```json,CAM6119
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "scf:UpdateFunctionCode", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "scf:UpdateFunctionCode",
    ///     "resource": "qcs::scf:ap-guangzhou:uin/100000000001:namespace/default/function/resize" }
    /// ] }
    /// ```
    pub(crate) ChangeCodeOfAnyFunction = {
        code: "CAM6119",
        name: "change-code-of-any-function",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow to change the code of any function",
    }
}

const EVERY_FUNCTION: Target = every("scf", "namespace/default/function/f");

const WAYS: &[&[Call]] = &[
    &[call("scf", "UpdateFunctionCode", &[EVERY_FUNCTION])],
    &[call("scf", "UpdateFunctionConfiguration", &[EVERY_FUNCTION])],
];

impl Rule for ChangeCodeOfAnyFunction {
    fn check_document(&self, cx: &mut Context<'_>) {
        let help = "name the functions: `qcs::scf:REGION:uin/ACCOUNT:namespace/NAME/function/NAME`";
        reach::check(cx, WAYS, "whoever has this may use the role of any function", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_deny_that_covers_the_call_closes_the_way() {
        let text = |mark: (&str, &str), deny: &str| {
            let action = format!(r#"{}"scf:UpdateFunctionCode"{}"#, mark.0, mark.1);
            format!(
                r#"{{"version": "2.0", "statement": [
                    {{"effect": "allow", "action": [{action}], "resource": "*"}},
                    {{"effect": "deny", "action": "{deny}", "resource": "*"}}]}}"#
            )
        };
        check("CAM6119", &text(("", ""), "scf:UpdateFunctionCode"));
        check("CAM6119", &text(("«", "»"), "cos:DeleteBucket"));
    }
}
