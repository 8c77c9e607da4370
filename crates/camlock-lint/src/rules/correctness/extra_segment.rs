//! Finds names with a colon too many.

use camlock_catalog::Catalog;
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A resource whose segments stand one place too far behind, because there is a colon too many in
    /// front of them.
    ///
    /// ## Why it matters
    ///
    /// Where a region comes to stand in the place of the account, CAM refuses the name. Elsewhere it
    /// accepts it, as the sixth segment is the rest of the name, colons included; but no resource is
    /// called so. An allow grants nothing, a deny stops nothing.
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
        supersedes: ["CAM2116", "CAM2117", "CAM2118", "CAM2119", "CAM2120", "CAM2123"],
    }
}

impl Rule for ExtraSegment {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([qcs, project, service, region, account, path]) = resource.parts() else { return };
        if resource.pattern.is_none() {
            if let Some(right) = without_a_colon(resource.text(), cx.catalog()) {
                cx.report(resource, format!("`{}` has a colon too many", quote(resource.text())))
                    .label("the segments behind it are in the wrong places")
                    .help(format!("write `{}`", quote(&right)))
                    .suggestion("leave out the colon", [resource.string.replace_with(&right)]);
            }
            return;
        }
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
        let right = without_a_colon(resource.text(), cx.catalog())
            .unwrap_or_else(|| format!("{head}:{rest}"));
        let edit = support::is_resource(&right).then(|| resource.string.replace_with(&right));
        cx.report(&path, format!("no resource is called `{}`", quote(path.text)))
            .label(support::without_effect(statement))
            .help("leave out the colon that is too many")
            .suggestion(format!("write `{}`", quote(&right)), edit);
    }
}

/// The name without one of its colons that stand together, where all segments are in their places then.
fn without_a_colon(text: &str, catalog: &Catalog) -> Option<String> {
    let is_right = |name: &str| {
        let parts: Vec<&str> = name.splitn(6, ':').collect();
        let [_, _, service, region, account, path] = *parts.as_slice() else { return false };
        catalog.service(service).is_some()
            && (region.is_empty() || support::is_region(catalog, region))
            && (account.is_empty() || account.starts_with("uin/") || account.starts_with("uid/"))
            && !path.starts_with(':')
            && support::is_resource(name)
    };
    let pairs = text.match_indices("::").take(5);
    let mut names =
        pairs.filter_map(|(at, _)| Some(format!("{}{}", text.get(..at)?, text.get(at + 1..)?)));
    names.find(|name| is_right(name))
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
    fn shifted_segments_are_put_back() {
        let text = |name: &str| {
            format!(r#"{{"effect": "deny", "action": "cvm:*", "resource": "{name}"}}"#)
        };
        let machine = "qcs::cvm:ap-guangzhou:uin/1:instance/*";
        for (before, after) in [
            ("qcs::cvm::ap-guangzhou:uin/1:instance/*", machine),
            ("qcs:::cvm:ap-guangzhou:uin/1:instance/*", machine),
            ("qcs::cvm:ap-guangzhou::uin/1:instance/*", machine),
            ("qcs::cvm::ap-guangzhou::instance/*", "qcs::cvm:ap-guangzhou::instance/*"),
            ("qcs:::cam::uin/1:uin/2", "qcs::cam::uin/1:uin/2"),
            ("qcs::cos::gz:uid/1:a-1250000000/*", "qcs::cos:gz:uid/1:a-1250000000/*"),
        ] {
            check_fix("CAM3062", Grade::Suggestion, &text(before), &text(after));
            check("CAM3063", &text(before));
            check("CAM3062", &text(after));
        }
        check("CAM3062", &text("qcs::cvm::instance:ins-1"));
        check("CAM3062", &text("qcs::nosuch::ap-guangzhou:uin/1:a"));
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
