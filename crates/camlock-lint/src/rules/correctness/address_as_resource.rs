//! Finds addresses and paths in place of names.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource that is an address (`https://…`, `cos://…`) or a path (`/logs/a.txt`).
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. A resource is `*` or a name with six segments.
    ///
    /// ## Example
    ///
    /// ```json,CAM3073
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "cos://logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) AddressAsResource = {
        code: "CAM3073",
        name: "address-as-resource",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a web address or a path in place of a name",
        spec: ["RES-2"],
        fix: Suggestion,
        supersedes: ["CAM2113", "CAM2114"],
    }
}

impl Rule for AddressAsResource {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let text = resource.text();
        let is_address = ["http://", "https://", "cos://", "cosn://", "/"]
            .iter()
            .any(|own| text.starts_with(own));
        if !is_address || resource.pattern.is_some() {
            return;
        }
        let bucket = text.strip_prefix("cos://").or_else(|| text.strip_prefix("cosn://"));
        let app_id = bucket.and_then(super::bucket_app_id);
        let right =
            bucket.zip(app_id).map(|(path, app_id)| format!("qcs::cos::uid/{app_id}:{path}"));
        let help = right.as_deref().map_or_else(
            || "write `qcs::service:region:account:type/id`".to_owned(),
            |right| format!("write `{}`", quote(right)),
        );
        let edit = right.as_deref().map(|right| resource.string.replace_with(right));
        cx.report(resource, format!("`{}` is an address, not a name", quote(text)))
            .help(help)
            .suggestion("write the name", edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_what_begins_as_an_address() {
        check(
            "CAM3073",
            r#"{"effect": "allow", "action": "cos:*", "resource": [
            «"https://logs-1250000000.cos.ap-guangzhou.myqcloud.com/*"», «"/logs/*"», "logs/*", "qcs::cos:::a-1250000000//x"]}"#,
        );
    }

    #[test]
    fn a_bucket_says_whose_it_is() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:*", "resource": "{name}"}}"#)
        };
        let (before, after) = ("cos://a-1250000000/x", "qcs::cos::uid/1250000000:a-1250000000/x");
        check_fix("CAM3073", Grade::Suggestion, &text(before), &text(after));
    }
}
