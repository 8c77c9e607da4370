//! Finds entries of a principal that name the same twice.

use camlock_source::quote;

use crate::context::Context;
use crate::rule::Rule;
use crate::rules::redundancy::repeated::repeated;

declare_rule! {
    /// ## What it finds
    ///
    /// Somebody who is named twice by one statement, or by one document: the same string twice, or two
    /// spellings of the root account.
    ///
    /// ## Why it matters
    ///
    /// Both mean the same. Often the second was meant to be somebody else.
    ///
    /// ## Example
    ///
    /// ```json,CAM7006
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "qcs": ["qcs::cam::uin/100000000001:root",
    ///       "qcs::cam::uin/100000000001:uin/100000000001"] } } ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "sts:AssumeRole",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:root" } } ] }
    /// ```
    pub(crate) DuplicatePrincipal = {
        code: "CAM7006",
        name: "duplicate-principal",
        group: Redundancy,
        level: Warning,
        since: "0.2.0",
        summary: "somebody who is named twice",
        spec: ["PRN-4", "PRN-5"],
        fix: Safe,
    }
}

impl Rule for DuplicatePrincipal {
    fn check_document(&self, cx: &mut Context<'_>) {
        let document = cx.document();
        let statements = document.statements().iter().map(|own| own.principals.as_slice());
        for principals in statements.chain([document.principals()]) {
            // What cannot be read is compared as text.
            let all = repeated(principals, |own| {
                let text = || (own.member.map(|member| member.decoded()), own.text());
                (own.pattern.as_ref(), own.pattern.is_none().then(text))
            });
            for (principal, earlier) in all {
                // In a document that is no policy, what cannot be read stays as it is.
                let removal = principal.string.removal().filter(|_| principal.pattern.is_some());
                cx.report(principal, format!("`{}` is named twice", quote(principal.text())))
                    .secondary(earlier, "first here")
                    .help("remove it, or name whoever was meant")
                    .safe_fix("remove it", removal);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    const ACTION: &str = r#""action": "sts:AssumeRole""#;

    fn text(list: &str) -> String {
        format!(r#"{{"effect": "allow", {ACTION}, "principal": {{"qcs": [{list}]}}}}"#)
    }

    #[test]
    fn users_are_told_apart() {
        let user = "qcs::cam::uin/100000000001:uin/100000000011";
        check("CAM7006", &text(&format!(r#""{user}", "{user}2", «"{user}"»"#)));
    }

    #[test]
    fn it_is_removed() {
        let root = "qcs::cam::uin/100000000001:root";
        check_fix(
            "CAM7006",
            Grade::Safe,
            &text(&format!(r#""{root}", "{root}""#)),
            &text(&format!(r#""{root}""#)),
        );
    }
}
