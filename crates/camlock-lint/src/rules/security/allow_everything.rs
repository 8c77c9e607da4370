//! Finds statements that allow everything.

use camlock_policy::PolicyKind;

use crate::context::Context;
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
    /// more than a remark. Where a ceiling over the policy is known and is narrower, the policy allows no
    /// more than that, and nothing is said.
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
    ///
    /// Or leave it to the boundary to say what that is:
    ///
    /// ```json,companion,boundary
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:*", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "*", "resource": "*" }
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
    fn check_document(&self, cx: &mut Context<'_>) {
        let level = match cx.kind() {
            PolicyKind::Identity => Level::Error,
            PolicyKind::Session => Level::Info,
            // A ceiling that allows all limits nothing, which is what most of them begin with.
            _ => return,
        };
        for statement in cx.statements() {
            let Some(grant) = cx.analysis().allows_everything(statement) else { continue };
            let Some(resource) = grant.resource else { continue };
            let level = grant.level(level);
            cx.report(grant.action, "everything is allowed")
                .label("every action")
                .secondary(resource, "on every resource")
                .help("name the services and actions that are needed")
                .at_most(level);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind::{Boundary, Identity, Scp};
    use camlock_source::Severity;
    use camlock_syntax::parse;

    use crate::companions::{Companion, Companions};
    use crate::testing::{check, check_as, check_beside, severities};

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
        check_as("CAM6001", Some(Boundary), text);
        check_as("CAM6001", Some(Scp), text);
    }

    #[test]
    fn what_narrows_it_for_whoever_has_it_counts() {
        let policy = |kind, effect: &str, action: &str, condition: &str| {
            let text = format!(
                r#"{{"version": "2.0", "statement": {{"effect": "{effect}", "action": "{action}", "resource": "*"{condition}}}}}"#
            );
            let policy = parse(&text, kind).policy.unwrap();
            Companion { name: "companion".into(), policy }
        };
        let ip = r#", "condition": {"ip_equal": {"qcs:ip": "10.0.0.0/8"}}"#;
        let found = r#"{"effect": "allow", "action": «"*"», "resource": "*"}"#;
        let silent = r#"{"effect": "allow", "action": "*", "resource": "*"}"#;
        for (companions, text) in [
            (vec![policy(Boundary, "allow", "*", "")], found),
            (vec![policy(Boundary, "allow", "*", ip)], found),
            (vec![policy(Boundary, "allow", "cos:*", "")], silent),
            (vec![policy(Scp, "allow", "*:*", ""), policy(Scp, "allow", "cos:*", "")], found),
            (vec![policy(Identity, "deny", "*", "")], silent),
            (vec![policy(Identity, "deny", "*", ip)], found),
            (vec![policy(Identity, "deny", "cam:*", "")], found),
        ] {
            check_beside("CAM6001", None, Companions::new(companions), text);
        }
        // Every level has to let it through.
        let level = |action: &str| vec![policy(Scp, "allow", action, "")];
        let below = |action: &str| Companions::new(level("*")).below(level(action));
        check_beside("CAM6001", None, below("*"), found);
        check_beside("CAM6001", None, below("cos:*"), silent);
    }

    #[test]
    fn a_condition_that_always_holds_is_none() {
        let weighs = |condition: &str, expected: Severity| {
            let text = format!(
                r#"{{"version": "2.0", "statement": [{{"effect": "allow", "action": "*",
                    "resource": "*", "condition": {condition}}}]}}"#
            );
            assert_eq!(severities("CAM6001", &text), [expected], "{condition}");
        };
        for condition in [
            r#"{"ip_equal": {"qcs:ip": ["0.0.0.0/0", "::/0"]}}"#,
            r#"{"null_equal": {"qcs:ip": ["true", "false"]}}"#,
            r#"{"string_like_if_exist": {"qcs:mfa": "*"}}"#,
        ] {
            weighs(condition, Severity::Warning);
        }
        for condition in [
            r#"{"ip_equal": {"qcs:ip": ["0.0.0.0/0", "::/1"]}}"#,
            r#"{"ip_not_equal": {"qcs:ip": ["0.0.0.0/0", "::/0"]}}"#,
            r#"{"string_like": {"qcs:mfa": "*"}}"#,
        ] {
            weighs(condition, Severity::Note);
        }
    }
}
