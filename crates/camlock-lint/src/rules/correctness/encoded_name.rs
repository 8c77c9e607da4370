//! Finds names with percent escapes.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{PrincipalElement, ResourceElement, StatementElement, StringElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A principal, or one of the first segments of a resource, with `%3A`, `%2F` or the like.
    ///
    /// ## Why it matters
    ///
    /// Names are compared as they stand, and CAM refuses a `%` in these places. The text was taken
    /// from an address of the web without decoding it. Keys of objects and condition values of COS
    /// may have escapes and are left alone.
    ///
    /// ## Example
    ///
    /// ```json,CAM3134
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uin%2F100000000001:root" },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" },
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) EncodedName = {
        code: "CAM3134",
        name: "encoded-name",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a name with percent escapes",
        spec: ["PRN-3", "RES-2"],
        fix: Suggestion,
        supersedes: [
            "CAM2113", "CAM2114", "CAM2117", "CAM2118", "CAM2120", "CAM2130", "CAM2131", "CAM2132",
            "CAM2133",
        ],
    }
}

impl Rule for EncodedName {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let Some(member) = principal.member.filter(|_| principal.pattern.is_none()) else { return };
        let Some(right) = decoded(principal.text()) else { return };
        if support::is_principal(member.decoded(), &right) {
            report(&principal.string, &right, cx);
        }
    }

    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        if resource.pattern.is_some() {
            return;
        }
        let Some(right) = decoded(resource.text()).filter(|right| support::is_resource(right))
        else {
            return;
        };
        report(&resource.string, &right, cx);
    }
}

fn report(string: &StringElement<'_>, right: &str, cx: &mut Context<'_>) {
    cx.report(string, format!("`{}` has percent escapes", quote(string.decoded())))
        .help(format!("write `{}`", quote(right)))
        .suggestion("decode it", [string.replace_with(right)]);
}

/// The text with its escapes of ASCII characters resolved; nothing where it has none.
fn decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut out = parts.next()?.to_owned();
    if out.len() == text.len() {
        return None;
    }
    for part in parts {
        let byte = u8::from_str_radix(part.get(..2)?, 16).ok().filter(u8::is_ascii_graphic)?;
        out.push(char::from(byte));
        out.push_str(part.get(2..)?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_what_is_right_without_them() {
        check(
            "CAM3134",
            r#"{"effect": "allow", "action": "cos:*",
            "resource": [«"qcs%3A%3Acos%3A%3A%3Aa-1250000000%2F*"», "qcs::cos:::a-1250000000/x%2Fy", "%zz"],
            "principal": {"qcs": [«"qcs::cam::uin%2F1:root"», "qcs::cam::uin%5F1:root"]}}"#,
        );
    }

    #[test]
    fn they_are_decoded() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:*", "resource": "{name}"}}"#)
        };
        let (before, after) = ("qcs::cos::uid%2F1:*", "qcs::cos::uid/1:*");
        check_fix("CAM3134", Grade::Suggestion, &text(before), &text(after));
    }
}
