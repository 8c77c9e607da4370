//! Finds COS resources that name a bucket without a slash behind it.

use camlock_source::Edit;
use camlock_source::quote;

use super::bucket_app_id;
use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::{Level, Rule};
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A COS resource that ends with the name of the bucket.
    ///
    /// ## Why it matters
    ///
    /// Requests about a bucket name it with a slash behind, `logs-1250000000/`, and requests about what is in
    /// it go on from there. The bare name, as other clouds have it, meets none of them. Where the same
    /// statement has `logs-1250000000/*` too, that covers both, and the finding is an info.
    ///
    /// ## Example
    ///
    /// ```json,CAM3147
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/" }
    /// ] }
    /// ```
    pub(crate) BucketWithoutSlash = {
        code: "CAM3147",
        name: "bucket-without-slash",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a bucket without the slash that stands behind it in requests",
        spec: ["RES-10", "RES-11"],
        fix: Suggestion,
    }
}

impl Rule for BucketWithoutSlash {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([_, _, service, _, _, path]) = parts else { return };
        let is_bucket = !path.text.contains(['/', '*']) && bucket_app_id(path.text).is_some();
        if service.text != "cos" || !is_bucket {
            return;
        }
        let covers = |other: &ResourceElement<'_>| {
            let rest = other.text().strip_prefix(resource.text());
            other.is_star() || matches!(rest, Some("/" | "/*" | "*"))
        };
        let is_covered = statement.resources.iter().take(64).any(covers);
        let level = if is_covered { Level::Info } else { Level::Warning };
        let what = if is_covered { "adds nothing" } else { support::without_effect(statement) };
        let edit = Edit::replace(path.span, format!("{}/", path.text));
        cx.report(&path, format!("no request names `{}` without a slash", quote(path.text)))
            .label(what)
            .help("write a slash behind it for the bucket, `/*` for what is in it as well")
            .at_most(level)
            .suggestion("write a slash behind it", Some(edit).filter(|_| !is_covered));
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn names_of_buckets_only() {
        check(
            "CAM3147",
            r#"{"effect": "allow", "action": "cos:*", "resource": ["qcs::cos:::«a-1250000000»",
            "qcs::cos:::b-1250000000/", "qcs::cos:::c-1250000000*", "qcs::cos:::*", "qcs::cos:::d", "qcs::ci:::e-1250000000",
            "qcs::cos:::«f-1250000000»", "qcs::cos:::f-1250000000/*"]}"#,
        );
    }

    #[test]
    fn the_slash_is_written_where_nothing_else_covers_the_bucket() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos:::{name}"}}"#)
        };
        check_fix("CAM3147", Grade::Suggestion, &text("a-1250000000"), &text("a-1250000000/"));
    }
}
