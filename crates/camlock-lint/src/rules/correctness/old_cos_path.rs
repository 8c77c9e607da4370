//! Finds COS resources in the spelling of old.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A COS resource whose last segment begins with `prefix//`.
    ///
    /// ## Why it matters
    ///
    /// It names an object by APPID and bucket apart, as the first version of COS did. Requests of
    /// today carry `bucket-APPID/key`, so the name matches nothing: an allow grants nothing, a deny
    /// stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3071
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:prefix//1250000000/logs/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) OldCosPath = {
        code: "CAM3071",
        name: "old-cos-path",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "the COS spelling of old, `prefix//APPID/bucket`",
        spec: ["RES-20"],
        fix: Suggestion,
    }
}

impl Rule for OldCosPath {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, service, _, _, path]) = resource.parts() else { return };
        let Some(rest) = path.text.strip_prefix("prefix//").filter(|_| service.text == "cos")
        else {
            return;
        };
        let new = rest.split_once('/').and_then(|(app_id, rest)| {
            let (bucket, key) = match rest.split_once('/') {
                Some((bucket, key)) => (bucket, format!("/{key}")),
                None => (rest, String::new()),
            };
            let known = support::is_digits(app_id) && !bucket.is_empty() && !bucket.contains('*');
            known.then(|| format!("{bucket}-{app_id}{key}"))
        });
        let edit = new.as_deref().map(|new| Edit::replace(path.span, new));
        let new = new.as_deref().unwrap_or("BUCKET-APPID/KEY");
        cx.report(&path, "`prefix//` is a spelling of old, which matches nothing")
            .label(support::without_effect(statement))
            .help(format!("write `{}`", quote(new)))
            .suggestion(format!("write `{}`", quote(new)), edit);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_services_still_write_it() {
        check(
            "CAM3071",
            r#"{"effect": "deny", "action": "cos:*", "resource": ["qcs::cos::uid/1:«prefix//1/a/*»",
            "qcs::cos:::«prefix//*»", "qcs::vod::uid/1:prefix//1/a/*", "qcs::cos:::prefix-1250000000/*"]}"#,
        );
    }

    #[test]
    fn the_spelling_of_today_is_written() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos:::{name}"}}"#)
        };
        let (before, after) = ("prefix//1250000000/logs/a/*", "logs-1250000000/a/*");
        check_fix("CAM3071", Grade::Suggestion, &text(before), &text(after));
        let (before, after) = ("prefix//1250000000/logs", "logs-1250000000");
        check_fix("CAM3071", Grade::Suggestion, &text(before), &text(after));
    }
}
