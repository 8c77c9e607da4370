//! Finds directories without a wildcard behind them.

use camlock_source::Edit;

use crate::context::Context;
use crate::element::{ActionElement, ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource that ends in a slash.
    ///
    /// ## Why it matters
    ///
    /// It names what is called exactly so, with the slash, and nothing below: there is no matching
    /// of prefixes without a `*`. In COS it is the empty object that the console shows as a folder. A bucket
    /// with its slash is what requests about buckets name, and is all right where all actions are such.
    ///
    /// ## Example
    ///
    /// ```json,CAM3075
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/2026/*" }
    /// ] }
    /// ```
    pub(crate) DirectoryWithoutWildcard = {
        code: "CAM3075",
        name: "directory-without-wildcard",
        group: Correctness,
        level: Info,
        since: "0.2.0",
        summary: "a directory without a wildcard behind it",
        spec: ["RES-11"],
        fix: Suggestion,
    }
}

impl Rule for DirectoryWithoutWildcard {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, _, _, _, path]) = resource.parts().filter(|_| resource.pattern.is_some())
        else {
            return;
        };
        // Whoever names what is below as well means both.
        let with_star = |other: &ResourceElement<'_>| {
            other.text().strip_suffix('*').is_some_and(|own| own == resource.text())
        };
        let near = statement.resources.iter().take(64);
        // The spelling of old has other troubles.
        if path.text.starts_with("prefix//") {
            return;
        }
        // Calls about a bucket as a whole name it so.
        let is_of_buckets = |own| is_of_buckets(own, cx) || may_be_about_buckets(own);
        if is_bucket(resource) && statement.actions.iter().all(is_of_buckets) {
            return;
        }
        if path.text.ends_with('/') && !near.into_iter().any(with_star) {
            let end = resource.text().len();
            let place = resource.string.span_of(end - 1..end);
            cx.report(&path, "nothing below this directory is meant")
                .help("write `*` behind the slash for everything below")
                .suggestion("write `*` behind it", [Edit::replace(place, "/*")]);
        }
    }
}

/// Whether a resource is a bucket of COS, with its slash.
fn is_bucket(resource: &ResourceElement<'_>) -> bool {
    let Some([_, _, service, _, _, path]) = resource.parts() else { return false };
    let name = path.text.strip_suffix('/');
    service.text == "cos"
        && name.is_some_and(|own| super::bucket_app_id(own).is_some() && !own.contains('/'))
}

/// Whether an action is known to be about buckets, which requests name with a slash.
fn is_of_buckets(action: &ActionElement<'_>, cx: &Context<'_>) -> bool {
    let entry = action.concrete().and_then(|(service, operation)| {
        cx.catalog().service(service).and_then(|own| own.action(operation))
    });
    entry.is_some_and(|own| own.resource_forms().any(|form| form.path().ends_with('/')))
}

/// Whether an action of COS may be about a bucket as a whole, by its name: all others are about objects
/// or parts of them.
fn may_be_about_buckets(action: &ActionElement<'_>) -> bool {
    let Some(operation) = action.operation().filter(|_| action.service() == Some("cos")) else {
        return action.service().is_none();
    };
    operation.contains("Bucket") || operation.contains("Uploads") || operation.contains('*')
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn whoever_names_both_means_both() {
        check(
            "CAM3075",
            r#"{"effect": "allow", "action": "cos:*", "resource": ["qcs::cos:::«a-1250000000/x/»",
            "qcs::cos:::a-1250000000/y/", "qcs::cos:::a-1250000000/y/*", "*"]}"#,
        );
    }

    #[test]
    fn requests_about_buckets_have_the_slash() {
        let text = |actions: &str, resource: &str| {
            format!(
                r#"{{"effect": "allow", "action": [{actions}], "resource": "qcs::cos:::{resource}"}}"#
            )
        };
        check("CAM3075", &text(r#""cos:GetBucket", "name/cos:GetBucketACL""#, "a-1250000000/"));
        check("CAM3075", &text(r#""cos:GetBucket", "cos:GetObject""#, "«a-1250000000/»"));
        check("CAM3075", &text(r#""cos:GetBucket""#, "«a-1250000000/x/»"));
    }

    #[test]
    fn calls_about_buckets_name_them_so() {
        let text = |action: &str, name: &str| {
            format!(
                r#"{{"effect": "allow", "action": "{action}", "resource": "qcs::cos:::{name}"}}"#
            )
        };
        for action in ["cos:GetBucket", "cos:ListMultipartUploads", "name/cos:PutBucket*", "*"] {
            check("CAM3075", &text(action, "a-1250000000/"));
            check("CAM3075", &text(action, "«a-1250000000/x/»"));
        }
        check("CAM3075", &text("cos:GetObject", "«a-1250000000/»"));
    }

    #[test]
    fn the_star_is_written() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos:::{name}"}}"#)
        };
        check_fix(
            "CAM3075",
            Grade::Suggestion,
            &text("a-1250000000/x/"),
            &text("a-1250000000/x/*"),
        );
    }
}
