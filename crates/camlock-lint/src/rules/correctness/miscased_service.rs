//! Finds services in capital letters.

use camlock_source::{Edit, Span, quote};

use crate::context::Context;
use crate::element::{ActionElement, ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An action or a resource whose service has capital letters.
    ///
    /// ## Why it matters
    ///
    /// Services are lower case, and CAM refuses anything else.
    ///
    /// ## Example
    ///
    /// ```json,CAM3021
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "CVM:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) MiscasedService = {
        code: "CAM3021",
        name: "miscased-service",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a service in capital letters",
        spec: ["ACT-1", "RES-5", "RES-14"],
        fix: Suggestion,
        supersedes: ["CAM2108", "CAM2117"],
    }
}

impl Rule for MiscasedService {
    fn check_action(
        &self,
        action: &ActionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let text = action.bare();
        let Some((service, _)) = text.split_once(':').filter(|_| action.pattern.is_none()) else {
            return;
        };
        let start = action.text().len() - text.len();
        let span = action.string.span_of(start..start + service.len());
        report(service, span, cx);
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_none());
        if let Some([_, _, service, ..]) = parts {
            report(service.text, service.span, cx);
        }
    }
}

fn report(service: &str, span: Span, cx: &mut Context<'_>) {
    let is_word = service.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if is_word && service.bytes().any(|b| b.is_ascii_uppercase()) {
        let lower = service.to_ascii_lowercase();
        cx.report(&span, format!("the service `{}` has capital letters", quote(service)))
            .help(format!("write `{lower}`"))
            .suggestion(format!("write `{lower}`"), [Edit::replace(span, lower)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn actions_and_resources_are_looked_at() {
        check(
            "CAM3021",
            r#"{"effect": "allow", "action": ["name/«SMS»:*", "sms:*", "<Product>:*", "S MS:*"],
            "resource": ["qcs::«SMS»:::app/1", "qcs::sms:::app/1", "qcs::[Product]:::*"]}"#,
        );
    }

    #[test]
    fn lower_case_is_written() {
        let text = |service: &str| {
            format!(r#"{{"effect": "deny", "action": "{service}:*", "resource": "*"}}"#)
        };
        check_fix("CAM3021", Grade::Suggestion, &text("Cos"), &text("cos"));
    }
}
