//! Finds a part of a service that can only be authorized as a whole.

use camlock_catalog::{Granularity, Service};
use camlock_policy::{ActionPattern, ResourcePattern};

use crate::analysis::Breadth;
use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of single actions, or on single resources, of a service that the platform authorizes as a
    /// whole.
    ///
    /// ## Why it matters
    ///
    /// Such an allow grants nothing: it has to be `service:*` on `*`. A deny of single actions counts, but
    /// not on single resources.
    ///
    /// ## Example
    ///
    /// ```json,CAM5018
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "ocr:GeneralBasicOCR", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "ocr:*", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) NarrowedService = {
        code: "CAM5018",
        name: "narrowed-service",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a part of a service that can only be authorized as a whole",
        spec: ["ACT-9"],
    }
}

impl Rule for NarrowedService {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let on_everything = statement.resources.iter().any(|own| {
            own.pattern.as_ref().is_none_or(|own| {
                *own == ResourcePattern::Any
                    || (statement.is_deny() && Breadth::of(own) >= Breadth::Service)
            })
        });
        let is_part = |own: &&ActionElement<'_>| {
            let is_whole = matches!(own.pattern, Some(ActionPattern::Service(_)));
            let service = own.service().and_then(|own| cx.catalog().service(own));
            let is_indivisible =
                service.and_then(Service::granularity) == Some(Granularity::Service);
            is_indivisible && (!on_everything || (statement.is_allow() && !is_whole))
        };
        let parts: Vec<&ActionElement<'_>> = statement.actions.iter().filter(is_part).collect();
        let Some(first) = parts.first().filter(|_| !statement.resources.is_empty()) else { return };
        let service = first.service().unwrap_or_default();
        let what = if statement.is_deny() { "stops nothing" } else { "grants nothing" };
        cx.report(first, format!("`{service}` can only be authorized as a whole"))
            .label(what)
            .help(format!("write `{service}:*` on `*`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn whole_services_on_everything() {
        let text = |effect: &str, action: &str, resource: &str| {
            format!(r#"{{"effect": "{effect}", "action": [{action}], "resource": "{resource}"}}"#)
        };
        check("CAM5018", &text("allow", r#""ocr:*", «"ocr:General*"», "ocr:VinOCR""#, "*"));
        check("CAM5018", &text("allow", r#"«"ocr:*"»"#, "qcs::ocr:::a/b"));
        check("CAM5018", &text("deny", r#""ocr:VinOCR""#, "*"));
        check("CAM5018", &text("deny", r#"«"ocr:VinOCR"»"#, "qcs::ocr:::a/b"));
        check("CAM5018", &text("allow", r#""ocr:*""#, "*"));
    }
}
