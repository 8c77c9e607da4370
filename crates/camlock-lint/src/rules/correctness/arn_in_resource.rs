//! Finds resource names of other clouds.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource that begins with `arn:`, `acs:`, `urn:` or `crn:`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. The names of other clouds have other parts in another order; here
    /// a name begins with `qcs` and has six segments. A bucket carries the APPID of its account at
    /// the end of its name.
    ///
    /// ## Example
    ///
    /// ```json,CAM3013
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "arn:aws:s3:::logs/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) ArnInResource = {
        code: "CAM3013",
        name: "arn-in-resource",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a resource name of another cloud",
        spec: ["RES-2", "RES-3"],
        supersedes: ["CAM2113", "CAM2114", "CAM2115"],
    }
}

impl Rule for ArnInResource {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let mut parts = resource.text().split(':');
        let service = match parts.next() {
            Some("arn" | "urn" | "crn") => parts.nth(1),
            Some("acs") => parts.next(),
            _ => return,
        };
        let form = match service.and_then(support::service_here) {
            Some("cos") => "qcs::cos:REGION:uid/APPID:BUCKET-APPID/KEY".to_owned(),
            Some(service) => format!("qcs::{service}:REGION:uin/ACCOUNT:TYPE/ID"),
            None => "qcs::SERVICE:REGION:uin/ACCOUNT:TYPE/ID".to_owned(),
        };
        cx.report(resource, format!("`{}` is a name of another cloud", quote(resource.text())))
            .label("not six segments that begin with `qcs`")
            .help(format!("write `{form}`; region and account may stay empty"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_form_of_the_service_is_named() {
        check(
            "CAM3013",
            r#"{"effect": "allow", "action": "cos:*", "resource": [
            «"arn:aws:s3:::logs"», «"acs:oss:*:*:logs/*"», "*", "qcs::cos:::logs-1250000000/*", "logs"]}"#,
        );
        check(
            "CAM3013",
            r#"{"effect": "deny", "action": "cvm:*",
            "resource": «"arn:aws:ec2:us-east-1:123456789012:instance/i-1"»}"#,
        );
    }
}
