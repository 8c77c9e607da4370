//! Finds names with a colon too many.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose last segment begins with a colon or with an account, because there is a
    /// colon too many in front.
    ///
    /// ## Why it matters
    ///
    /// The sixth segment is the rest of the name, colons included, so CAM accepts it; but no
    /// resource is called so. An allow grants nothing, a deny stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3062
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::uin/100000000001:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    pub(crate) ExtraSegment = {
        code: "CAM3062",
        name: "extra-segment",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a name with a colon too many",
        spec: ["RES-2", "RES-10"],
        fix: Suggestion,
    }
}

impl Rule for ExtraSegment {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let parts = resource.parts().filter(|_| resource.pattern.is_some());
        let Some([qcs, project, service, region, account, path]) = parts else { return };
        let rest = match path.text.strip_prefix(':') {
            Some(rest) => Some(format!("{}:{rest}", account.text)),
            None => path.text.split_once(':').and_then(|(first, rest)| {
                let digits = first.strip_prefix("uin/").or_else(|| first.strip_prefix("uid/"))?;
                let is_account = account.text.is_empty() && support::is_digits(digits);
                is_account.then(|| format!("{first}:{rest}"))
            }),
        };
        let Some(rest) = rest else { return };
        let head = [qcs.text, project.text, service.text, region.text].join(":");
        let right = format!("{head}:{rest}");
        let edit = support::is_resource(&right).then(|| resource.string.replace_with(&right));
        cx.report(&path, format!("no resource is called `{}`", quote(path.text)))
            .label(support::without_effect(statement))
            .help("leave out the colon that is too many")
            .suggestion(format!("write `{}`", quote(&right)), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn colons_within_the_last_segment_are_part_of_it() {
        check(
            "CAM3062",
            r#"{"effect": "deny", "action": "tcr:*", "resource": [
            "qcs::tcr:::«:repo/a»", "qcs::tcr:gz::«uin/1:repo/a:v1»", "qcs::tcr:::repo/a:v1", "qcs::cam::uin/1:uin/2"]}"#,
        );
    }

    #[test]
    fn the_colon_goes() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "tcr:*", "resource": "{name}"}}"#)
        };
        check_fix(
            "CAM3062",
            Grade::Suggestion,
            &text("qcs::tcr::::repo/a"),
            &text("qcs::tcr:::repo/a"),
        );
    }
}
