//! Finds names of buckets that no bucket has.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A COS resource whose bucket has a `\`, a percent escape or a full-width sign in its name, where a
    /// slash was meant as a rule.
    ///
    /// ## Why it matters
    ///
    /// The bucket ends at the first `/`; names of buckets have small letters, digits and `-`. With
    /// another sign in place of the slash the whole path is read as the name of a bucket that cannot be.
    ///
    /// ## Example
    ///
    /// ```json,CAM3149
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000%2Fapp%2F*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/app/*" }
    /// ] }
    /// ```
    pub(crate) ImpossibleBucketName = {
        code: "CAM3149",
        name: "impossible-bucket-name",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a bucket with a sign in its name that no bucket has",
        spec: ["RES-10"],
        fix: Suggestion,
    }
}

/// What stands where a slash belongs.
const SLASHES: [&str; 5] = ["\\", "%2F", "%2f", "\u{ff0f}", "\u{2215}"];

impl Rule for ImpossibleBucketName {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([_, _, service, _, _, path]) = parts else { return };
        let bucket = path.text.split('/').next().unwrap_or_default();
        let first = SLASHES.iter().filter_map(|own| bucket.find(own).map(|at| (at, *own))).min();
        let Some((at, sign)) = first.filter(|_| service.text == "cos") else { return };
        let start = resource.text().len() - path.text.len() + at;
        let place = resource.string.span_of(start..start + sign.len());
        let name = bucket.get(..at).unwrap_or_default();
        // Whether it was a slash is plain where a bucket stands in front of it.
        let is_slash = name.contains('*') || super::bucket_app_id(name).is_some();
        let right = SLASHES.iter().fold(path.text.to_owned(), |all, own| all.replace(own, "/"));
        let edit = Edit::replace(path.span, right);
        cx.report(&place, format!("no bucket has `{}` in its name", quote(sign)))
            .label(support::without_effect(statement))
            .help("write a slash behind the bucket")
            .suggestion("write a slash", Some(edit).filter(|_| is_slash));
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn keys_may_have_any_sign() {
        check(
            "CAM3149",
            r#"{"effect": "allow", "action": "cos:*", "resource": ["qcs::cos:::a-1250000000«%2F»x", "qcs::cos:::a-1250000000/x%2Fy",
            "qcs::cos:::a-1250000000«／»*", "qcs::cos:::a-1250000000/日志／*", "qcs::cos:::a-1250000000«\\»x", "qcs::cvm:::a%2Fb",
            "qcs::cos:::*", "qcs::cos:::[BUCKET]/*"]}"#,
        );
    }

    #[test]
    fn slashes_are_written() {
        let text = |path: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos:::{path}"}}"#)
        };
        check_fix(
            "CAM3149",
            Grade::Suggestion,
            &text("a-1250000000%2Fx%2F*"),
            &text("a-1250000000/x/*"),
        );
    }
}
