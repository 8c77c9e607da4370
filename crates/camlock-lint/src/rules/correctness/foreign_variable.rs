//! Finds policy variables of other clouds.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::StringElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A variable such as `${aws:username}`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. It knows the variables `${uin}`, `${owner_uin}` and `${app_id}`,
    /// which are ids and not names, and for tags of the caller `${qcs:principal_tag_key}` and
    /// `${qcs:principal_tag_value}`.
    ///
    /// ## Example
    ///
    /// ```json,CAM3018
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser",
    ///     "resource": "qcs::cam::uin/100000000001:uin/${aws:userid}" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cam:GetUser",
    ///     "resource": "qcs::cam::uin/100000000001:uin/${uin}" }
    /// ] }
    /// ```
    pub(crate) ForeignVariable = {
        code: "CAM3018",
        name: "foreign-variable",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a policy variable of another cloud",
        spec: ["VAR-1", "VAR-4"],
        fix: Suggestion,
        supersedes: ["CAM2122", "CAM2123", "CAM2124", "CAM2125", "CAM2131", "CAM2141", "CAM2153"],
    }
}

impl Rule for ForeignVariable {
    fn check_string(&self, string: &StringElement<'_>, cx: &mut Context<'_>) {
        let text = string.decoded();
        if !text.contains('$') {
            return;
        }
        let mut from = 0;
        while let Some(start) = text.get(from..).and_then(|rest| rest.find("${")) {
            let start = from + start;
            let Some(length) = text.get(start..).and_then(|rest| rest.find('}')) else { return };
            let end = start + length + 1;
            from = end;
            let name = text.get(start + 2..end - 1).unwrap_or_default();
            // An identity provider goes by its host: `${www.example.com:user_id}`.
            let is_foreign = name
                .split_once(':')
                .is_some_and(|(prefix, _)| PREFIXES.contains(&prefix) || prefix.contains('.'));
            if !is_foreign {
                continue;
            }
            let place = string.span_of(start..end);
            let is_caller = matches!(name, "aws:username" | "aws:userid" | "acs:UserId");
            let edit = is_caller.then(|| Edit::replace(place, "${uin}"));
            cx.report(&place, format!("`${{{}}}` is a variable of another cloud", quote(name)))
                .help("use `${uin}`, `${owner_uin}` or `${app_id}`, or write the value out")
                .suggestion("write `${uin}`, the id of the caller", edit);
        }
    }
}

const PREFIXES: [&str; 8] = ["aws", "acs", "iam", "saml", "s3", "ec2", "oss", "redshift"];

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn every_variable_of_a_string_is_looked_at() {
        check(
            "CAM3018",
            r#"{"effect": "allow", "action": "cam:*",
            "resource": "qcs::cam:::uin/${uin}/«${aws:username}»/«${saml:sub}»/${other}",
            "condition": {"string_equal": {"cos:prefix": ["«${aws:userid}»", "«${www.example.com:id}»", "${"]}}}"#,
        );
    }

    #[test]
    fn the_caller_is_written_as_the_caller() {
        let text = |name: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cam:*", "resource": "qcs::cam:::uin/${{{name}}}"}}"#
            )
        };
        check_fix("CAM3018", Grade::Suggestion, &text("aws:userid"), &text("uin"));
    }
}
