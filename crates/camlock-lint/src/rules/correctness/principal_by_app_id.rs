//! Finds principals that are named by an APPID.

use camlock_source::quote;

use crate::context::Context;
use crate::element::PrincipalElement;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A principal such as `qcs::cam::uid/1250000000:uid/1250000000`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the entry. Identities are named by account ids, `uin/`; the APPID is another
    /// number, which only names of resources carry.
    ///
    /// ## Example
    ///
    /// ```json,CAM3069
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "principal": { "qcs": "qcs::cam::uid/1250000000:uid/1250000000" },
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
    pub(crate) PrincipalByAppId = {
        code: "CAM3069",
        name: "principal-by-app-id",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a principal that is named by an APPID",
        spec: ["PRN-3", "RES-9"],
        supersedes: ["CAM2130", "CAM2131", "CAM2132"],
    }
}

impl Rule for PrincipalByAppId {
    fn check_principal(&self, principal: &PrincipalElement<'_>, cx: &mut Context<'_>) {
        let Some(rest) =
            principal.text().strip_prefix("qcs::cam::").filter(|_| principal.pattern.is_none())
        else {
            return;
        };
        if rest.starts_with("uid/") || rest.contains(":uid/") {
            cx.report(principal, format!("`{}` names somebody by APPID", quote(principal.text())))
                .label("`uid/` is for names of resources")
                .help("write `uin/` and the account id, which the console shows beside the APPID");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn both_places_are_looked_at() {
        check(
            "CAM3069",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "principal": {"qcs": [
            «"qcs::cam::uid/1250000000:root"», «"qcs::cam::uin/1:uid/2"», "qcs::cam::uin/1:uin/2", "uid/1"]}}"#,
        );
    }
}
