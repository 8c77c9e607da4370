//! Finds statements that allow everything.

use camlock_policy::PolicyKind;

use crate::analysis::Breadth;
use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An allow of every action on every resource.
    ///
    /// ## Why it matters
    ///
    /// Whoever has it is an administrator, and so is whoever steals its keys. Ceilings (boundaries,
    /// service control policies) are written like this on purpose and are left alone; in a session
    /// policy it takes nothing away, and is only said. Where there are conditions the finding is no
    /// more than a remark.
    ///
    /// ## Example
    ///
    /// ```json,CAM6001
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "*", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// Allow what is needed:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) AllowEverything = {
        code: "CAM6001",
        name: "allow-everything",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow of every action on every resource",
        spec: ["ACT-3", "RES-1"],
    }
}

impl Rule for AllowEverything {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let level = match cx.kind() {
            PolicyKind::Identity => Level::Error,
            PolicyKind::Session => Level::Info,
            // A ceiling that allows all limits nothing, which is what most of them begin with.
            _ => return,
        };
        if !statement.is_allow() {
            return;
        }
        let Some(action) = statement.actions.iter().find(|own| own.is_everything()) else { return };
        let is_everything = |own: &&crate::element::ResourceElement<'_>| {
            own.pattern.as_ref().is_some_and(|own| Breadth::of(own) == Breadth::Everything)
        };
        let Some(resource) = statement.resources.iter().find(is_everything) else { return };
        let level = if statement.conditions.is_empty() { level } else { Level::Info };
        cx.report(action, "everything is allowed")
            .label("every action")
            .secondary(resource, "on every resource")
            .help("name the services and actions that are needed")
            .at_most(level);
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;

    use crate::testing::{check, check_as};

    #[test]
    fn every_spelling_of_everything() {
        check(
            "CAM6001",
            r#"{"effect": "allow", "action": ["cos:*", «"*:*"»], "resource": "qcs::*:*:*:*"}"#,
        );
        check("CAM6001", r#"{"effect": "allow", "action": «"name/*:*"», "resource": "qcs:::::*"}"#);
    }

    #[test]
    fn denies_services_and_single_resources_are_other_things() {
        for text in [
            r#"{"effect": "deny", "action": "*", "resource": "*"}"#,
            r#"{"effect": "allow", "action": "cos:*", "resource": "*"}"#,
            r#"{"effect": "allow", "action": "*", "resource": "qcs::cos:::*"}"#,
            r#"{"effect": "allow", "action": "*", "resource": "qcs:::ap-guangzhou::*"}"#,
        ] {
            check("CAM6001", text);
        }
    }

    #[test]
    fn a_ceiling_may_allow_everything() {
        let text = r#"{"effect": "allow", "action": "*", "resource": "*"}"#;
        check_as("CAM6001", Some(PolicyKind::Boundary), text);
        check_as("CAM6001", Some(PolicyKind::Scp), text);
    }
}
