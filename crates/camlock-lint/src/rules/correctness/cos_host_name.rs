//! Finds COS buckets by their host names.

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A COS resource with the host name of a bucket, `logs-1250000000.cos.ap-
    /// guangzhou.myqcloud.com/*`.
    ///
    /// ## Why it matters
    ///
    /// Requests carry the name of the bucket alone, so the name matches nothing: an allow grants
    /// nothing, a deny stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3072
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000.cos.ap-guangzhou.myqcloud.com/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) CosHostName = {
        code: "CAM3072",
        name: "cos-host-name",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a COS bucket by its host name",
        spec: ["RES-10"],
        fix: Suggestion,
    }
}

impl Rule for CosHostName {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, service, _, _, path]) = resource.parts() else { return };
        let host = path.text.split('/').next().unwrap_or_default();
        let is_host = [".myqcloud.com", ".tencentcos.cn"].iter().any(|own| host.ends_with(own));
        let Some((bucket, _)) = host.split_once('.').filter(|_| is_host && service.text == "cos")
        else {
            return;
        };
        let start = resource.text().len() - path.text.len();
        let place = resource.string.span_of(start..start + host.len());
        cx.report(&place, format!("`{}` is a host, not a bucket", quote(host)))
            .label(support::without_effect(statement))
            .help(format!("write `{}`", quote(bucket)))
            .suggestion(format!("write `{}`", quote(bucket)), [Edit::replace(place, bucket)]);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn keys_may_be_called_like_hosts() {
        check(
            "CAM3072",
            r#"{"effect": "deny", "action": "cos:*", "resource": [
            "qcs::cos:::«a-1250000000.ap-guangzhou.myqcloud.com»/*", "qcs::cos:::«a-1250000000.cos.gz.tencentcos.cn»",
            "qcs::cos:::a-1250000000/x.myqcloud.com"]}"#,
        );
    }

    #[test]
    fn the_bucket_stays() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cos:*", "resource": "qcs::cos:::{name}/*"}}"#)
        };
        let before = text("a-1250000000.cos.ap-guangzhou.myqcloud.com");
        check_fix("CAM3072", Grade::Suggestion, &before, &text("a-1250000000"));
    }
}
