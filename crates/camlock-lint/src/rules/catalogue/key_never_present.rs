//! Finds a condition key that requests for these actions never carry.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition key of COS that none of the actions of the statement carries, such as `cos:prefix` where
    /// objects are read.
    ///
    /// ## Why it matters
    ///
    /// The key is missing from every request, so the condition never holds: an allow grants nothing, a deny
    /// stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM5014
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "a%2F" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "a%2F" } } }
    /// ] }
    /// ```
    pub(crate) KeyNeverPresent = {
        code: "CAM5014",
        name: "key-never-present",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a condition key that requests for these actions never carry",
        spec: ["CND-11", "CND-30"],
    }
}

/// Which actions carry a key.
const CARRIERS: [(&str, &[&str]); 5] = [
    ("cos:content-length", UPLOADS),
    ("cos:prefix", &["GetBucket", "GetBucketObjectVersions", "ListMultipartUploads"]),
    ("cos:response-content-type", &["GetObject", "HeadObject"]),
    ("cos:x-cos-acl", ACCESS),
    ("cos:x-cos-storage-class", UPLOADS),
];

const UPLOADS: &[&str] = &[
    "PutObject",
    "PostObject",
    "AppendObject",
    "UploadPart",
    "InitiateMultipartUpload",
    "CompleteMultipartUpload",
];

const ACCESS: &[&str] = &[
    "PutObject",
    "PostObject",
    "AppendObject",
    "InitiateMultipartUpload",
    "PutBucket",
    "PutBucketACL",
    "PutObjectACL",
];

impl Rule for KeyNeverPresent {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let is_strict = condition.operator.is_some_and(|own| !own.if_exist());
        let carriers = CARRIERS.iter().find(|(own, _)| *own == condition.key_name());
        let Some((key, carriers)) = carriers.filter(|_| is_strict) else { return };
        let Some(cos) = cx.catalog().service("cos") else { return };
        // What the catalogue does not know may carry anything.
        let lacks = |own: &ActionElement<'_>| {
            let operation =
                own.concrete().filter(|(service, _)| *service == "cos").map(|own| own.1);
            operation.is_some_and(|own| !carriers.contains(&own) && cos.action(own).is_some())
        };
        if statement.actions.is_empty() || !statement.actions.iter().all(lacks) {
            return;
        }
        let what = if statement.is_deny() {
            "this deny never applies"
        } else {
            "this allow never applies"
        };
        let first = statement.actions.first().map_or("", ActionElement::bare);
        cx.report(condition, format!("requests for `{}` never carry `{key}`", quote(first)))
            .label(what)
            .help(format!("ask for it where it is sent: `{}`", carriers.join("`, `")));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn one_carrier_or_one_unknown_action_is_enough() {
        let text = |actions: &str, key: &str| {
            format!(
                r#"{{"effect": "deny", "action": [{actions}], "resource": "*", "condition": {{"string_equal": {{{key}: "a"}}}}}}"#
            )
        };
        check("CAM5014", &text(r#""cos:GetObject", "name/cos:HeadObject""#, r#"«"cos:prefix"»"#));
        check("CAM5014", &text(r#""cos:DeleteObject""#, r#"«"cos:x-cos-acl"»"#));
        check("CAM5014", &text(r#""cos:GetObject", "cos:GetBucket""#, r#""cos:prefix""#));
        check("CAM5014", &text(r#""cos:GetObject", "cos:NewThing""#, r#""cos:prefix""#));
        check("CAM5014", &text(r#""cos:Get*""#, r#""cos:prefix""#));
    }
}
