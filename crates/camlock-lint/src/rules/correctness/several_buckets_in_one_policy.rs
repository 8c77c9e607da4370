//! Finds bucket policies that name several buckets.

use camlock_policy::PolicyKind;
use camlock_source::quote;

use crate::context::Context;
use crate::element::ResourceElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// A bucket policy whose resources name buckets with different names.
    ///
    /// ## Why it matters
    ///
    /// A bucket policy speaks about its own bucket only, and COS refuses one that names another.
    /// Each bucket needs a policy of its own. Published samples in the older form, with a principal of
    /// the whole document, name several on purpose; there it is an info.
    ///
    /// ## Example
    ///
    /// ```json,CAM3142
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" },
    ///     "resource": ["qcs::cos::uid/1250000000:logs-1250000000/*", "qcs::cos::uid/1250000000:data-1250000000/*"] }
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
    pub(crate) SeveralBucketsInOnePolicy = {
        code: "CAM3142",
        name: "several-buckets-in-one-policy",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a bucket policy that names several buckets",
        spec: ["SYN-20"],
    }
}

impl Rule for SeveralBucketsInOnePolicy {
    fn check_document(&self, cx: &mut Context<'_>) {
        if cx.kind() != PolicyKind::Resource {
            return;
        }
        let all = cx.statements().iter().flat_map(|statement| &statement.resources);
        let mut named = all.filter_map(|own| Some((own, bucket(own)?)));
        let Some((first, own)) = named.next() else { return };
        let Some((other, foreign)) = named.find(|(_, bucket)| *bucket != own) else { return };
        let is_older = cx.statements().iter().all(|own| own.member("principal").is_none());
        cx.report(
            other,
            format!("this policy is about `{}` and about `{}`", quote(own), quote(foreign)),
        )
        .secondary(first, "one bucket")
        .at_most(if is_older { Level::Info } else { Level::Error })
        .help("give each bucket a policy of its own")
        .note("[SYN-20] a bucket policy names only its own bucket");
    }
}

/// The bucket that a resource of COS names.
fn bucket<'a>(resource: &ResourceElement<'a>) -> Option<&'a str> {
    let [_, _, _, _, _, path] =
        resource.parts().filter(|[_, _, service, ..]| service.text == "cos")?;
    let bucket = path.text.split('/').next()?;
    (super::bucket_app_id(bucket).is_some() && !bucket.contains('*')).then_some(bucket)
}

#[cfg(test)]
mod tests {
    use camlock_policy::PolicyKind;
    use camlock_source::{Severity, SourceText};

    use crate::linter::Linter;
    use crate::settings::Settings;
    use crate::testing::check_as;

    #[test]
    fn the_first_other_bucket_is_shown() {
        let text = r#"{"effect": "allow", "action": "cos:*", "principal": "*", "resource": [
            "qcs::cos:::a-1250000000/*", "qcs::cos:::a-1250000000", "*", «"qcs::cos:::b-1250000000/*"»]}"#;
        check_as("CAM3142", Some(PolicyKind::Resource), text);
        let text = r#"{"effect": "allow", "action": "cos:*", "resource": ["qcs::cos:::a-1250000000/*", "qcs::cos:::b-1250000000/*"]}"#;
        check_as("CAM3142", Some(PolicyKind::Identity), text);
    }
    #[test]
    fn the_older_form_weighs_less() {
        let statement = |principal: &str| {
            format!(
                r#"[{{{principal} "effect": "allow", "action": "cos:*", "resource": ["qcs::cos:::a-1250000000/*", "qcs::cos:::b-1250000000/*"]}}]"#
            )
        };
        let severities = |text: &str| {
            let text = SourceText::new("policy.json", text);
            let linted = Linter::new(Settings::default()).lint(&text, Some(PolicyKind::Resource));
            let own = linted.findings.into_iter().filter(|own| own.rule.code.as_str() == "CAM3142");
            own.map(|own| own.diagnostic.severity).collect::<Vec<_>>()
        };
        let principal = r#""principal": {"qcs": "qcs::cam::uin/1:uin/2"},"#;
        let older = format!("{{{principal} \"statement\": {}}}", statement(""));
        assert_eq!(severities(&older), [Severity::Note]);
        let current = format!("{{\"statement\": {}}}", statement(principal));
        assert_eq!(severities(&current), [Severity::Warning]);
    }
}
