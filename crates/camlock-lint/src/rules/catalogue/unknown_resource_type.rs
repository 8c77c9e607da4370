//! Finds a type of resource that is a slip of a known one.

use camlock_catalog::closest;
use camlock_policy::SegmentPatterns;
use camlock_source::{Edit, quote};

use super::forms;
use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose last segment begins with a type that its service does not have, but nearly:
    /// `instances/` for `instance/`, `RoleName/` for `roleName/`.
    ///
    /// ## Why it matters
    ///
    /// Segments are compared case-sensitively and to the letter, so it meets no request. Types that are
    /// like no known one are passed over, as not all are known. Between `instance` and `instanceId` pages of
    /// one service differ; there it is only said.
    ///
    /// ## Example
    ///
    /// ```json,CAM5020
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetRole",
    ///     "resource": "qcs::cam::uin/100000000001:RoleName/reader" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetRole",
    ///     "resource": "qcs::cam::uin/100000000001:roleName/reader" }
    /// ] }
    /// ```
    pub(crate) UnknownResourceType = {
        code: "CAM5020",
        name: "unknown-resource-type",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a type of resource that is a slip of a known one",
        spec: ["RES-10", "RES-14"],
        fix: Suggestion,
    }
}

/// Whether a text may be a type: a word without wildcards and variables.
fn is_type(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether two types are `instance` and `instanceId`, of which pages of one service have one or the other.
fn are_twins(one: &str, other: &str) -> bool {
    let plain = |own: &str| {
        let own = own.to_ascii_lowercase();
        own.strip_suffix("id").unwrap_or(&own).to_owned()
    };
    one.len() != other.len() && plain(one) == plain(other)
}

impl Rule for UnknownResourceType {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(service) = resource.segments().and_then(SegmentPatterns::service) else { return };
        let Some([.., path]) = resource.parts() else { return };
        let Some((own, _)) = path.text.split_once('/').filter(|(own, _)| is_type(own)) else {
            return;
        };
        if forms::has_type(cx.catalog(), service, own) {
            return;
        }
        let Some(close) = closest(own, forms::types(cx.catalog(), service)) else { return };
        let start = resource.text().len() - path.text.len();
        let span = resource.string.span_of(start..start + own.len());
        cx.report(&span, format!("`{service}` has no resources of type `{}`", quote(own)))
            .label("meets no request")
            .help(format!("did you mean `{close}`"))
            .at_most(if are_twins(own, close) { Level::Info } else { Level::Warning })
            .suggestion(format!("write `{close}`"), [Edit::replace(span, close)]);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn pages_differ_about_twins() {
        assert!(super::are_twins("instance", "instanceId"));
        assert!(super::are_twins("instanceid", "instance"));
        assert!(!super::are_twins("instances", "instance"));
        assert!(!super::are_twins("RoleName", "roleName"));
    }

    #[test]
    fn slips_only() {
        check(
            "CAM5020",
            r#"{"effect": "allow", "action": "cvm:RebootInstances", "resource": [
            "qcs::cvm:::«instances»/ins-1", "qcs::cvm:::instance/ins-1", "qcs::cvm:::inst*/a", "qcs::cvm:::zzzzzz/a",
            "qcs::cos:::bucket-1250000000/a", "qcs::cdb:::«instanceid»/*"]}"#,
        );
    }
}
