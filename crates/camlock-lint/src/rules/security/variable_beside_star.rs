//! Finds a variable with a wildcard right in front of it, in an allow.

use camlock_policy::Piece;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow on a resource in which `*` stands right in front of a variable.
    ///
    /// ## Why it matters
    ///
    /// The wildcard takes in everything in front of the value, names of others that merely end with it, and
    /// whole paths: `*` crosses `/`. Put a separator between them.
    ///
    /// ## Example
    ///
    /// ```json,CAM6029
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser",
    ///     "resource": "qcs::cam::uin/100000000001:uin/*${uin}*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser",
    ///     "resource": "qcs::cam::uin/100000000001:uin/${uin}" }
    /// ] }
    /// ```
    pub(crate) VariableBesideStar = {
        code: "CAM6029",
        name: "variable-beside-star",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a variable with a wildcard right in front of it, in an allow",
        spec: ["VAR-1", "RES-12"],
    }
}

impl Rule for VariableBesideStar {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(segments) = resource.segments().filter(|_| statement.is_allow()) else { return };
        let is_wide = segments
            .resource()
            .pieces()
            .windows(2)
            .any(|pair| matches!(pair, [Piece::Star, Piece::Variable(_)]));
        if is_wide {
            cx.report(resource, "the wildcard in front of the variable takes in names of others")
                .help("put a separator between them, or leave the wildcard out");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_separator_between_them_is_enough() {
        check(
            "CAM6029",
            r#"{"effect": "allow", "action": "cam:GetUser", "resource": [
            «"qcs::cam:::uin/*${uin}"», "qcs::cam:::uin/*/${uin}", "qcs::cam:::uin/${uin}*"]}"#,
        );
        check(
            "CAM6029",
            r#"{"effect": "deny", "action": "cam:GetUser", "resource": "qcs::cam:::uin/*${uin}"}"#,
        );
    }
}
