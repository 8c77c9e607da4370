//! Finds an allow of everything that a service can do, on everything.

use camlock_catalog::{AccessLevel, ActionEntry, Granularity};
use camlock_policy::{ActionPattern, PolicyKind};

use crate::analysis::Breadth;
use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of `service:*` on every resource, where the service has actions that change something.
    ///
    /// ## Why it matters
    ///
    /// It takes in actions that do not exist yet, and deletes as well as it reads. For a team that runs the
    /// service it may be meant, so it is only said. Services that cannot be authorized in parts are left
    /// alone.
    ///
    /// ## Example
    ///
    /// ```json,CAM6011
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:*", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:Describe*", "cvm:RebootInstances"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ServiceWideWrites = {
        code: "CAM6011",
        name: "service-wide-writes",
        group: Security,
        level: Info,
        since: "0.2.0",
        summary: "an allow of everything that a service can do, on everything",
        spec: ["ACT-3"],
    }
}

impl Rule for ServiceWideWrites {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        if cx.kind() != PolicyKind::Identity || !statement.is_allow() {
            return;
        }
        let is_wide = |own: &&ResourceElement<'_>| {
            own.pattern.as_ref().is_some_and(|own| Breadth::of(own) >= Breadth::Service)
        };
        let Some(resource) = statement.resources.iter().find(is_wide) else { return };
        for action in &statement.actions {
            let Some(ActionPattern::Service(service)) = &action.pattern else { continue };
            // `full-access-management` tells of these two.
            let is_told = matches!(service.as_str(), "cam" | "organization");
            let Some(service) = cx.catalog().service(service).filter(|_| !is_told) else {
                continue;
            };
            let changes = |own: &ActionEntry<'_>| own.access_level() == AccessLevel::Write;
            let count = service.actions().filter(changes).count();
            if count == 0 || service.granularity() == Some(Granularity::Service) {
                continue;
            }
            let (name, date) = (service.name(), cx.catalog().date());
            let note = format!("as of the catalogue of {date}");
            cx.report(action, format!("`{name}:*` allows {count} actions that change something"))
                .secondary(resource, "on everything")
                .help("name the actions, or the resources")
                .note(note);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn grants_of_whole_services_are_said_and_nothing_else() {
        check(
            "CAM6011",
            r#"{"effect": "allow", "action": ["cvm:Describe*", «"cvm:*"», "cam:*", "*", "nosuch:*"], "resource": "*"}"#,
        );
        check("CAM6011", r#"{"effect": "deny", "action": "cvm:*", "resource": "*"}"#);
        check(
            "CAM6011",
            r#"{"effect": "allow", "action": "cvm:*", "resource": "qcs::cvm:::instance/*"}"#,
        );
        check("CAM6011", r#"{"effect": "allow", "action": "ocr:*", "resource": "*"}"#);
    }
}
