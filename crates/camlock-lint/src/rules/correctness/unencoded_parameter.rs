//! Finds values of COS parameters that are not percent-encoded.

use std::fmt::Write as _;

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A value of `cos:prefix` or `cos:response-content-type` with a `/`, a blank or another character that
    /// is percent-encoded in the address of a request.
    ///
    /// ## Why it matters
    ///
    /// COS compares these parameters as they arrive, encoded: `logs%2F2026%2F`, not `logs/2026/`. With the
    /// plain text the condition holds for no request; a list of the directory is refused although the
    /// policy looks right, and a deny stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3146
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_like": { "cos:prefix": "teams/blue/*" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_like": { "cos:prefix": "teams%2Fblue%2F*" } } }
    /// ] }
    /// ```
    pub(crate) UnencodedParameter = {
        code: "CAM3146",
        name: "unencoded-parameter",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a value of a COS parameter that is not percent-encoded",
        spec: ["CND-30"],
        fix: Suggestion,
    }
}

/// Keys that hold a parameter of the address; keys of headers hold what is sent as it is.
const PARAMETERS: [&str; 2] = ["cos:prefix", "cos:response-content-type"];

impl Rule for UnencodedParameter {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if !PARAMETERS.contains(&condition.key_name()) {
            return;
        }
        for value in condition.values.iter().filter_map(ValueElement::string) {
            let text = value.decoded();
            // Blanks at the ends are a slip of their own, and marks are filled in first.
            if text.trim() != text || is_mark(text) || !text.contains(needs_escape) {
                continue;
            }
            let right = encoded(text);
            cx.report(&value, format!("`{}` is not percent-encoded", quote(text)))
                .label(support::without_effect(statement))
                .help(format!("write `{}`, as COS compares it", quote(&right)))
                .suggestion(format!("write `{}`", quote(&right)), [value.replace_with(&right)]);
        }
    }
}

/// Whether a text has a place to be filled in; variables of the language are none [VAR-1].
fn is_mark(text: &str) -> bool {
    let variables = ["${uin}", "${owner_uin}", "${app_id}"];
    let rest = variables.iter().fold(text.to_owned(), |rest, own| rest.replace(own, ""));
    rest.contains(['<', '>', '[', ']', '{', '}', '$'])
}

/// What is encoded in a parameter; `*` and `%` have their meaning here, `${uin}` is a variable.
fn needs_escape(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || "-_.~*%${}".contains(c))
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if needs_escape(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a string does not fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_parameters_and_only_what_is_not_encoded() {
        check(
            "CAM3146",
            r#"{"effect": "allow", "action": "cos:GetBucket", "resource": "*", "condition": {
            "string_equal": {"cos:prefix": ["", "logs", "logs%2F", «"logs/"», «"日志"», "logs/ ", "<dir>/", "a-b_c.d~e"],
                "cos:response-content-type": [«"image/jpeg"», "image%2Fjpeg"], "cos:versionid": "a/b"},
            "string_like": {"cos:prefix": [«"a/*"», "a%2F*", «"${uin}/*"», "${uin}%2F*"], "cos:content-type": "image/*"}}}"#,
        );
    }

    #[test]
    fn every_byte_is_encoded() {
        let text = |value: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:GetBucket", "resource": "*",
                "condition": {{"string_like": {{"cos:prefix": "{value}"}}}}}}"#
            )
        };
        check_fix("CAM3146", Grade::Suggestion, &text("a/b c/é*"), &text("a%2Fb%20c%2F%C3%A9*"));
    }
}
