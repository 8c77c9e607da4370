//! Finds an id without its type in the last segment of a resource.

use camlock_policy::SegmentPatterns;
use camlock_source::{Edit, quote};

use super::forms;
use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose last segment is one id, `ins-1a2b3c4d`, where every known resource of the service
    /// is written with a type in front, `instance/ins-1a2b3c4d`.
    ///
    /// ## Why it matters
    ///
    /// The segment is compared as a whole, so it meets no request.
    ///
    /// ## Example
    ///
    /// ```json,CAM5021
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:*",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:ins-1a2b3c4d" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:*",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/ins-1a2b3c4d" }
    /// ] }
    /// ```
    pub(crate) ResourceWithoutType = {
        code: "CAM5021",
        name: "resource-without-type",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "an id without its type in the last segment of a resource",
        spec: ["RES-10", "RES-11"],
        fix: Suggestion,
    }
}

impl Rule for ResourceWithoutType {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(service) = resource.segments().and_then(SegmentPatterns::service) else { return };
        let Some([.., path]) = resource.parts() else { return };
        if path.text.contains(['/', '*', '$']) || matches!(service, "cos" | "ci") {
            return;
        }
        // Types of one word, such as `game`, would be written without a slash.
        if forms::has_type(cx.catalog(), service, path.text) {
            return;
        }
        let joined = path.text.split_once(':');
        if let Some((own, id)) =
            joined.filter(|(own, _)| forms::has_type(cx.catalog(), service, own))
        {
            let right = format!("{own}/{id}");
            cx.report(&path, format!("`{}` joins type and id with a colon", quote(path.text)))
                .label("meets no request")
                .help(format!("write `{}`", quote(&right)))
                .suggestion("write a slash", [Edit::replace(path.span, right.as_str())]);
            return;
        }
        let known: Vec<&str> = forms::types(cx.catalog(), service).take(3).collect();
        let Some(first) = known.first() else { return };
        cx.report(&path, format!("`{}` has no type in front of it", quote(path.text)))
            .label("meets no request")
            .help(format!(
                "write the type, such as `{first}/{}`; known are `{}`",
                quote(path.text),
                known.join("`, `")
            ));
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_where_the_types_are_known() {
        check(
            "CAM5021",
            r#"{"effect": "allow", "action": "cvm:*", "resource": [
            "qcs::cvm:::«ins-1»", "qcs::cvm:::«instance:ins-1»", "qcs::cvm:::instance/ins-1", "qcs::cvm:::*", "qcs::cvm:::ins-*",
            "qcs::cos:::a-1", "qcs::live:::thing", "*"]}"#,
        );
    }

    #[test]
    fn a_slash_joins_type_and_id() {
        let text = |path: &str| {
            format!(r#"{{"effect": "deny", "action": "cvm:*", "resource": "qcs::cvm:::{path}"}}"#)
        };
        let (before, after) = (text("instance:ins-1"), text("instance/ins-1"));
        check_fix("CAM5021", Grade::Suggestion, &before, &after);
    }
}
