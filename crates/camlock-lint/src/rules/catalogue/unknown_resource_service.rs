//! Finds a resource of a service that the catalogue does not know.

use camlock_catalog::Service;
use camlock_policy::{Region, SegmentPatterns};
use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose service segment names no known service.
    ///
    /// ## Why it matters
    ///
    /// No request names such a resource, so the statement applies to nothing because of it. Look whether
    /// the service is newer than the date that the finding names.
    ///
    /// ## Example
    ///
    /// ```json,CAM5010
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cdb:DescribeBackups",
    ///     "resource": ["qcs::cbd:ap-guangzhou:uin/100000000001:instanceId/cdb-1a2b3c4d",
    ///                  "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-1a2b3c4d"] }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cdb:DescribeBackups",
    ///     "resource": "qcs::cdb:ap-guangzhou:uin/100000000001:instanceId/cdb-1a2b3c4d" }
    /// ] }
    /// ```
    pub(crate) UnknownResourceService = {
        code: "CAM5010",
        name: "unknown-resource-service",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a resource of a service that the catalogue does not know",
        spec: ["RES-5"],
        fix: Suggestion,
    }
}

impl Rule for UnknownResourceService {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(service) = resource.segments().and_then(SegmentPatterns::service) else { return };
        let catalog = cx.catalog();
        // A region in the place of the service is another slip.
        let is_region = catalog.is_region(Region::new(service).canonical());
        if catalog.service(service).is_some() || is_region {
            return;
        }
        let Some([_, _, part, ..]) = resource.parts() else { return };
        let close = catalog.close_service(service).map(Service::name);
        let edit = close.map(|close| Edit::replace(part.span, close));
        let help = close.map_or_else(
            || "look the service up in the list of services that CAM supports".to_owned(),
            |close| format!("did you mean `{close}`"),
        );
        cx.report(&part, format!("there is no service `{}`", quote(service)))
            .help(help)
            .suggestion(format!("write `{}`", close.unwrap_or_default()), edit);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn only_services_that_nobody_knows() {
        check(
            "CAM5010",
            r#"{"effect": "allow", "action": "cos:GetObject", "resource": [
            "qcs::«nosuchthing»:::*", "qcs::cos:::a-1/*", "qcs:::::*", "qcs::*:::*", "*", "qcs::gz:cvm::instance/*"]}"#,
        );
    }
}
