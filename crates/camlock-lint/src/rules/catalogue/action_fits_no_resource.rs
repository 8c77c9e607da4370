//! Finds an action that no resource of its statement fits.

use camlock_policy::ResourcePattern;
use camlock_source::quote;

use super::forms;
use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An action that is authorized on resources of some forms, in a statement that has none of them. One
    /// resource that fits is enough.
    ///
    /// ## Why it matters
    ///
    /// The action never applies here: in an allow it grants nothing, in a deny it stops nothing. The others
    /// of the statement may be all right. All such actions of a statement are one finding. Where the
    /// resources are of the right service it is only said, as the lists of forms have gaps.
    ///
    /// ## Example
    ///
    /// ```json,CAM5015
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:RebootInstances", "cvm:ModifyKeyPairAttribute"],
    ///     "resource": "qcs::cvm:ap-guangzhou:uin/100000000001:instance/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:RebootInstances", "cvm:ModifyKeyPairAttribute"],
    ///     "resource": ["qcs::cvm:ap-guangzhou:uin/100000000001:instance/*",
    ///                  "qcs::cvm:ap-guangzhou:uin/100000000001:keypair/*"] }
    /// ] }
    /// ```
    pub(crate) ActionFitsNoResource = {
        code: "CAM5015",
        name: "action-fits-no-resource",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "an action that no resource of its statement fits",
        spec: ["RES-5", "RES-10"],
    }
}

impl Rule for ActionFitsNoResource {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        // A resource that could not be read may fit.
        let patterns: Option<Vec<_>> =
            statement.resources.iter().map(|own| own.pattern.as_ref()).collect();
        let Some(patterns) = patterns.filter(|own| !own.is_empty() && own.len() <= forms::MOST)
        else {
            return;
        };
        // One of a type that is not known may fit, or be a slip that `unknown-resource-type` tells.
        let is_open =
            |own: &ResourcePattern| !forms::is_of_cos(own) && forms::is_open(own, cx.catalog());
        if patterns.iter().any(|own| is_open(own)) {
            return;
        }
        let misfits = |own: &&ActionElement<'_>| {
            let entry = forms::entry(own, cx.catalog());
            entry.is_some_and(|entry| {
                // What calls of COS take is not told by the slashes alone, unless there is no object.
                let fits = |own: &&ResourcePattern| {
                    let is_own = forms::is_of_cos(own) && entry.service().name() == "cos";
                    (is_own && !forms::is_bucket_alone(own))
                        || forms::fits(cx.analysis(), own, entry)
                };
                !patterns.iter().any(fits)
            })
        };
        let misfits: Vec<&ActionElement<'_>> =
            statement.actions.iter().take(forms::MOST).filter(misfits).collect();
        let Some(first) = misfits.first() else { return };
        let entry = forms::entry(first, cx.catalog());
        let form = entry.and_then(|own| own.resource_forms().next()).map(|own| own.to_string());
        let more = match misfits.len() - 1 {
            0 => String::new(),
            count => format!(", nor does any for {count} more"),
        };
        let message = format!("no resource of the statement fits `{}`{more}", quote(first.bare()));
        let what = if statement.is_deny() { "stops nothing" } else { "grants nothing" };
        // Lists of forms are put together from pages that differ; of services they are surer.
        let is_near = |own: &ResourcePattern| match own {
            ResourcePattern::Any => true,
            ResourcePattern::Segments(own) => entry.is_some_and(|entry| {
                entry
                    .resource_forms()
                    .any(|form| own.service().is_none_or(|own| own == form.service()))
            }),
        };
        // An object has a name, which a bucket alone does not cover.
        let is_sure = patterns.iter().all(|own| forms::is_bucket_alone(own));
        let is_guess = !is_sure && patterns.iter().any(|own| is_near(own));
        let level = if is_guess { Level::Info } else { Level::Warning };
        cx.report(first, message)
            .label(what)
            .help(format!("name a resource that fits: `{}`", form.unwrap_or_default()))
            .at_most(level);
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Severity;

    use crate::testing::{check, severities};

    #[test]
    fn one_fitting_resource_is_enough_and_actions_are_grouped() {
        let text = |resources: &str, first: &str| {
            format!(
                r#"{{"effect": "deny", "action": ["cvm:RebootInstances", {first}, "cvm:DeleteKeyPairs", "cvm:*Key*"], "resource": [{resources}]}}"#
            )
        };
        let (found, quiet) =
            (r#"«"cvm:ModifyKeyPairAttribute"»"#, r#""cvm:ModifyKeyPairAttribute""#);
        check("CAM5015", &text(r#""qcs::cvm:::instance/*""#, found));
        check("CAM5015", &text(r#""qcs::cvm:::instance/*", "qcs::cvm:::key*""#, quiet));
        check("CAM5015", &text(r#""*""#, quiet));
        check(
            "CAM5015",
            &text(r#""qcs::cdb:::instanceId/*""#, r#"«"cvm:ModifyKeyPairAttribute"»"#)
                .replace("cvm:RebootInstances", "cdb:*"),
        );
        check("CAM5015", &text(r#""qcs::cvm:::instance/*", "qcs::cos:::a-1/*""#, found));
        check("CAM5015", &text(r#""qcs::cvm:::*""#, quiet));
        check("CAM5015", &text(r#""qcs::cvm:::instance/*", "not a resource""#, quiet));
    }

    #[test]
    fn buckets_are_for_calls_of_cos_and_objects_have_a_name() {
        let text = |action: &str, name: &str| {
            format!(
                r#"{{"effect": "allow", "action": {action}, "resource": "qcs::cos:gz::{name}"}}"#
            )
        };
        for action in ["cvm:StopInstances", "cam:GetUser", "vpc:DeleteVpc"] {
            let found = text(&format!("«\"{action}\"»"), "b-1250000000/*");
            check("CAM5015", &found);
            let plain = found.replace(['«', '»'], "");
            assert_eq!(severities("CAM5015", &plain), [Severity::Warning], "{action}");
        }
        for bucket in ["b-1250000000", "b-1250000000/"] {
            check("CAM5015", &text(r#"[«"cos:GetObject"», "cos:PutObject"]"#, bucket));
            check("CAM5015", &text(r#"["cos:GetBucket", "cos:PutBucketPolicy"]"#, bucket));
        }
        for name in ["b-1250000000/*", "b-1250000000/a", "b-1250000000*", "*", "b/a"] {
            check("CAM5015", &text(r#"["cos:GetObject", "cos:GetBucket"]"#, name));
        }
    }
}
