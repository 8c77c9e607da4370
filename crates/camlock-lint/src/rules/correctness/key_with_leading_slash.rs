//! Finds COS keys that begin with a slash.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A COS resource with two slashes behind its bucket.
    ///
    /// ## Why it matters
    ///
    /// The first slash separates bucket and key, the second belongs to the key. Keys seldom begin
    /// with one, so that the name often matches nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3074
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000//a/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) KeyWithLeadingSlash = {
        code: "CAM3074",
        name: "key-with-leading-slash",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "a COS key that begins with a slash",
        spec: ["RES-10", "RES-14"],
        fix: Suggestion,
    }
}

impl Rule for KeyWithLeadingSlash {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([_, _, service, _, _, path]) = parts else { return };
        let Some((bucket, key)) = path.text.split_once("//").filter(|_| service.text == "cos")
        else {
            return;
        };
        if bucket.contains('/') || super::bucket_app_id(bucket).is_none() {
            return;
        }
        let right = format!("{bucket}/{}", key.trim_start_matches('/'));
        cx.report(&path, "the key begins with a slash")
            .help(format!("write `{}` unless the key is called so", quote(&right)))
            .suggestion("leave the slash out", [Edit::replace(path.span, right.as_str())]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_right_behind_the_bucket() {
        check(
            "CAM3074",
            r#"{"effect": "allow", "action": "cos:*", "resource": ["qcs::cos:::«a-1250000000//x»",
            "qcs::cos:::a-1250000000/x//y", "qcs::cos:::prefix//1/a", "qcs::cos:::a-1250000000/*"]}"#,
        );
    }

    #[test]
    fn it_goes() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos:::{name}"}}"#)
        };
        check_fix(
            "CAM3074",
            Grade::Suggestion,
            &text("a-1250000000//x/*"),
            &text("a-1250000000/x/*"),
        );
    }
}
