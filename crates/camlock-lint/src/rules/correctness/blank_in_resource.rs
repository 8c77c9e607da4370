//! Finds resources with blanks at the edges of their parts.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource with a blank at the beginning or the end of a segment or beside a slash.
    ///
    /// ## Why it matters
    ///
    /// Nothing is trimmed. In the first five segments CAM refuses the blank; in the last one it is
    /// a part of the name, and no resource is called so: an allow grants nothing, a deny stops
    /// nothing. A blank between two words of a COS key is left alone.
    ///
    /// ## Example
    ///
    /// ```json,CAM3031
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/ ins-1" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/ins-1" }
    /// ] }
    /// ```
    pub(crate) BlankInResource = {
        code: "CAM3031",
        name: "blank-in-resource",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a resource with a blank at the edge of a part",
        spec: ["RES-2", "RES-14", "SYN-17"],
        fix: Suggestion,
        supersedes: ["CAM2113", "CAM2114", "CAM2116", "CAM2117", "CAM2118", "CAM2120", "CAM2121"],
    }
}

impl Rule for BlankInResource {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let text = resource.text();
        if !support::has_blank(text) {
            return;
        }
        let right = right(text);
        if right != text && support::is_resource(&right) {
            cx.report(resource, format!("the resource `{}` has a blank", quote(text)))
                .label("never trimmed")
                .help(format!("write `{}`", quote(&right)))
                .suggestion("remove the blank", [resource.string.replace_with(&right)]);
        }
    }
}

/// The text without blanks beside colons, slashes and dashes.
fn right(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split([':', '/']).enumerate() {
        if index > 0 {
            let at = part.as_ptr() as usize - text.as_ptr() as usize;
            let separator = at.checked_sub(1).and_then(|at| text.get(at..=at));
            out.push_str(separator.unwrap_or_default());
        }
        out.push_str(&part.trim().replace(" - ", "-"));
    }
    out
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn keys_may_have_blanks_between_words() {
        check(
            "CAM3031",
            r#"{"effect": "deny", "action": "cos:*", "resource": [
            «"qcs: : cos: ap-guangzhou: : a-1250000000/*"», «"qcs::bmeip:::eipId / eip - 3"», «" *"»,
            "qcs::cos:::a-1250000000/my file.txt", "qcs::cvm:::*"]}"#,
        );
    }

    #[test]
    fn they_go() {
        let text = |path: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos:::{path}"}}"#)
        };
        let (before, after) = ("a-1250000000/ my dir/* ", "a-1250000000/my dir/*");
        check_fix("CAM3031", Grade::Suggestion, &text(before), &text(after));
    }
}
