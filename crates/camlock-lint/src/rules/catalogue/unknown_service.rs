//! Finds services that the catalogue does not know.

use camlock_catalog::Service;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action of a service that the catalogue does not know.
    ///
    /// ## Why it matters
    ///
    /// The action never applies. In an allow somebody will miss a permission; in a deny something is
    /// open that was thought shut. Catalogues lag behind the platform, so look whether the service is
    /// newer than the date that the finding names.
    ///
    /// ## Example
    ///
    /// ```json,CAM5001
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "mongdb:DescribeDBInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "mongodb:DescribeDBInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) UnknownService = {
        code: "CAM5001",
        name: "unknown-service",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "an action of a service that the catalogue does not know",
        spec: ["ACT-10"],
        fix: Suggestion,
    }
}

impl Rule for UnknownService {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some((service, (range, _))) = action.service().zip(action.ranges()) else { return };
        let catalog = cx.catalog();
        if catalog.service(service).is_some() {
            return;
        }
        let close = catalog.close_service(service).map(Service::name);
        let span = action.string.span_of(range);
        let edit = close.map(|close| camlock_source::Edit::replace(span, close));
        let help = close.map_or_else(
            || "look the service up in the list of services that CAM supports".to_owned(),
            |close| format!("did you mean `{close}`"),
        );
        cx.report(&span, format!("there is no service `{}`", quote(service)))
            .help(help)
            .suggestion(format!("write `{}`", close.unwrap_or_default()), edit);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, messages};

    #[test]
    fn the_service_is_underlined_behind_the_prefix() {
        check(
            "CAM5001",
            r#"{"effect": "allow", "resource": "*",
            "action": ["name/«coss»:GetObject", "«nosuch»:*", "cos:*", "*", "finance:*"]}"#,
        );
    }

    #[test]
    fn nothing_is_guessed_from_far_away() {
        let found =
            messages("CAM5001", r#"{"effect": "deny", "action": "zzzzzz:*", "resource": "*"}"#);
        assert_eq!(found, ["there is no service `zzzzzz`"]);
    }
}
