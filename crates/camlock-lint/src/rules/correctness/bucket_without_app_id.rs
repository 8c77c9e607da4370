//! Finds COS buckets without the APPID at their end.

use camlock_source::Edit;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A COS resource whose bucket does not end in `-` and the APPID of its account, or that has `bucket/`
    /// or a slash before it.
    ///
    /// ## Why it matters
    ///
    /// Every bucket is called `name-APPID`, and requests carry that name. Without it the statement
    /// speaks of a bucket that cannot exist: an allow grants nothing, a deny stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3070
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) BucketWithoutAppId = {
        code: "CAM3070",
        name: "bucket-without-app-id",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a COS bucket without the APPID at its end",
        spec: ["RES-10"],
        fix: Suggestion,
    }
}

impl Rule for BucketWithoutAppId {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([_, _, service, _, account, path]) = parts else { return };
        let (bucket, key) = match path.text.split_once('/') {
            Some((bucket, key)) => (bucket, Some(key)),
            None => (path.text, None),
        };
        let is_name = bucket.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        let has_id = ends_in_app_id(bucket);
        let start = resource.text().len() - path.text.len();
        let inner = key.map_or("", |key| key.split('/').next().unwrap_or_default());
        let is_before = matches!(bucket, "" | "bucket" | "buckets") && service.text == "cos";
        if is_before && ends_in_app_id(inner) {
            let place = resource.string.span_of(start..start + bucket.len() + 1);
            cx.report(&place, format!("`{bucket}/` stands before the bucket"))
                .label(support::without_effect(statement))
                .help("begin with the bucket; what is in it comes behind a slash")
                .suggestion("leave it out", [Edit::remove(place)]);
            return;
        }
        // `prefix//` is the spelling of old, and ends of another form are places to be filled in.
        if service.text != "cos" || !is_name || has_id || bucket.is_empty() || bucket == "prefix" {
            return;
        }
        if bucket.contains("xxx")
            || bucket.ends_with("-appid")
            || (bucket == "bucket" && key.is_none())
        {
            return;
        }
        let place = resource.string.span_of(start..start + bucket.len());
        let own = account.text.strip_prefix("uid/");
        let edit = own.map(|own| Edit::replace(place, format!("{bucket}-{own}")));
        let id = own.unwrap_or("APPID");
        cx.report(&place, format!("the bucket `{bucket}` lacks its APPID"))
            .label(support::without_effect(statement))
            .help(format!("write `{bucket}-{id}`"))
            .suggestion(format!("write `{bucket}-{id}`"), edit);
    }
}

/// Whether the name ends as those of buckets do.
fn ends_in_app_id(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(_, id)| id.len() >= 5 && support::is_digits(id))
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn patterns_of_buckets_are_left_alone() {
        check(
            "CAM3070",
            r#"{"effect": "deny", "action": "cos:*", "resource": ["qcs::cos::uid/1:«logs»/*",
            "qcs::cos:::«logs-2026»", "qcs::cos:::«My_logs»/a", "qcs::cos:::logs-1250000000/*", "qcs::cos:::logs*", "qcs::cos:::*",
            "qcs::cos:::prefix//1/logs/*", "qcs::ci:::logs/*", "qcs::cos:::logs-appid/*"]}"#,
        );
    }

    #[test]
    fn the_account_says_which_it_is() {
        let text = |name: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos::uid/1250000000:{name}/*"}}"#
            )
        };
        check_fix("CAM3070", Grade::Suggestion, &text("logs"), &text("logs-1250000000"));
    }
    #[test]
    fn a_type_before_the_bucket_is_left_out() {
        let text = |path: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos::uid/1250000000:{path}"}}"#
            )
        };
        let wrong = text("«bucket/»logs-1250000000/*");
        check("CAM3070", &wrong);
        check("CAM3070", &text("«/»logs-1250000000"));
        let wrong = text("bucket/logs-1250000000/*");
        check_fix("CAM3070", Grade::Suggestion, &wrong, &text("logs-1250000000/*"));
        check_fix(
            "CAM3070",
            Grade::Suggestion,
            &text("bucket/logs/*"),
            &text("bucket-1250000000/logs/*"),
        );
    }
}
