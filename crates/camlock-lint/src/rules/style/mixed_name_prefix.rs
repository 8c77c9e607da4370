//! Finds documents with and without the prefix of actions.

use camlock_source::Edit;

use crate::context::Context;
use crate::element::ActionElement;
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A document in which some actions have the prefix `name/` and others have not.
    ///
    /// ## Why it matters
    ///
    /// The prefix says nothing, so that both mean the same; readers look for a difference that is
    /// not there, and a search for an action finds half of them.
    ///
    /// ## Example
    ///
    /// ```json,CAM9013
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:StartInstances", "name/cvm:StopInstances"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:StartInstances", "cvm:StopInstances"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) MixedNamePrefix = {
        code: "CAM9013",
        name: "mixed-name-prefix",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "actions with and without `name/` in one document",
        spec: ["ACT-2"],
        fix: Safe,
    }
}

impl Rule for MixedNamePrefix {
    fn check_document(&self, cx: &mut Context<'_>) {
        let all = || cx.statements().iter().flat_map(|own| &own.actions);
        let read = || all().filter(|own| own.pattern.is_some() && !own.is_everything());
        let prefixed = |own: &&ActionElement<'_>| own.text().len() > own.bare().len();
        let Some(first) = read().find(prefixed) else { return };
        if read().all(|own| prefixed(&own)) {
            return;
        }
        let prefix = |own: &ActionElement<'_>| own.string.span_of(0.."name/".len());
        let edits: Vec<Edit> =
            read().filter(prefixed).map(|own| Edit::remove(prefix(own))).collect();
        let grade = support::safe_in_policies(cx);
        cx.report(&prefix(first), "some actions have the prefix `name/`, others have not")
            .help("leave it out everywhere")
            .fix(grade, "leave it out everywhere", edits);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn one_finding_a_document() {
        check(
            "CAM9013",
            r#"{"effect": "allow", "resource": "*", "action": ["cos:a", "«name/»cos:b", "name/cos:c", "*"]}"#,
        );
        check(
            "CAM9013",
            r#"{"effect": "allow", "resource": "*", "action": ["*", "name/cos:b", "name/cos:c"]}"#,
        );
        check(
            "CAM9013",
            r#"{"effect": "allow", "resource": "*", "action": ["cos:b", "name/cos"]}"#,
        );
    }

    #[test]
    fn it_goes_everywhere() {
        let text = |actions: &str| {
            format!(r#"{{"effect": "deny", "action": [{actions}], "resource": "*"}}"#)
        };
        let (before, after) =
            (r#""name/cos:a", "cam:b", "name/cos:c""#, r#""cos:a", "cam:b", "cos:c""#);
        check_fix("CAM9013", Grade::Safe, &text(before), &text(after));
    }
}
