//! Finds condition keys of other clouds.

use camlock_policy::{Condition, ConditionKey};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition key that begins with `aws:`, `acs:`, `s3:`, `g:` or another prefix of another
    /// cloud, or with the host of an identity provider, such as `token.example.com:aud`.
    ///
    /// ## Why it matters
    ///
    /// No request carries it, so the condition never holds (with `_if_exist` always): an allow
    /// grants nothing, and a deny stops nothing. Keys of CAM begin with `qcs:` or with the service,
    /// such as `cos:`.
    ///
    /// ## Example
    ///
    /// ```json,CAM3016
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "s3:prefix": "logs%2F" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetBucket",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "string_equal": { "cos:prefix": "logs%2F" } } }
    /// ] }
    /// ```
    pub(crate) ForeignConditionKey = {
        code: "CAM3016",
        name: "foreign-condition-key",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a condition key of another cloud",
        spec: ["CND-11", "CND-32"],
        fix: Suggestion,
        supersedes: ["CAM5012", "CAM5013", "CAM5014"],
    }
}

impl Rule for ForeignConditionKey {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let name = condition.key_name();
        let Some((prefix, rest)) = name.split_once(':') else { return };
        let claim = claim(name);
        if claim.is_none() && !is_foreign(prefix, rest, cx) {
            return;
        }
        let here = claim.map(ToOwned::to_owned).or_else(|| relative(rest));
        let key = condition.key_string();
        let takes = |here: &str| {
            let parsed = ConditionKey::parse(here).ok().zip(condition.operator);
            let values = condition.values.len();
            parsed.is_some_and(|(key, own)| Condition::check_key(own, &key, values).is_ok())
        };
        let edit = here.as_deref().filter(|here| takes(here));
        let edit = edit.and_then(|here| cx.key_edit(condition, here));
        let help = here.as_deref().map_or_else(
            || "use a key that CAM supplies, such as `qcs:ip`".to_owned(),
            |here| format!("write `{}`, with an operator and values that fit it", quote(here)),
        );
        let always = condition.operator.is_some_and(camlock_policy::Operator::if_exist);
        let consequence =
            if always { "the condition always holds" } else { support::without_effect(statement) };
        cx.report(&key, format!("no request carries `{}`, a key of another cloud", quote(name)))
            .label(consequence)
            .help(help)
            .suggestion(format!("write `{}`", quote(&here.unwrap_or_default())), edit);
    }
}

const PREFIXES: [&str; 9] = ["aws", "acs", "s3", "g", "ec2", "iam", "ram", "oss", "obs"];
/// Keys of services that both clouds have, which only the other one knows.
const OF_SHARED_SERVICES: [&str; 5] = [
    "kms:CallerAccount",
    "kms:GrantIsForAWSResource",
    "kms:ViaService",
    "sts:RoleSessionName",
    "sts:SourceIdentity",
];

fn is_foreign(prefix: &str, rest: &str, cx: &Context<'_>) -> bool {
    let shared = |key: &&str| key.split_once(':') == Some((prefix, rest));
    PREFIXES.contains(&prefix)
        || OF_SHARED_SERVICES.iter().any(shared)
        || (cx.catalog().service(prefix).is_none() && support::is_foreign_service(prefix))
}

/// The key for a claim of a token, which others name by the host that signs it:
/// `token.example.com:aud`.
fn claim(name: &str) -> Option<&'static str> {
    let (provider, claim) = name.rsplit_once(':')?;
    let host = provider.split(['/', ':']).next().filter(|host| host.contains('.'))?;
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    match claim {
        _ if !host.chars().all(is_host) => None,
        "aud" => Some("oidc:aud"),
        "sub" => Some("oidc:sub"),
        "iss" => Some("oidc:iss"),
        _ => None,
    }
}

/// The key of CAM that says the same as one of another cloud.
pub(super) fn key_here(name: &str) -> Option<String> {
    let (prefix, rest) = name.split_once(':')?;
    let claim = claim(name).map(ToOwned::to_owned);
    claim.or_else(|| relative(rest).filter(|_| PREFIXES.contains(&prefix)))
}

/// The key of CAM that says the same; the prefix of theirs aside.
fn relative(rest: &str) -> Option<String> {
    if let Some((base, tag)) = rest.split_once('/') {
        return match base {
            "ResourceTag" | "resourceTag" | "ExistingObjectTag" => {
                Some(format!("qcs:resource_tag/{tag}"))
            }
            "RequestTag" | "requestTag" | "RequestObjectTag" => {
                Some(format!("qcs:request_tag/{tag}"))
            }
            _ => None,
        };
    }
    let here = match rest {
        "SourceIp" | "sourceIp" => "qcs:ip",
        "CurrentTime" => "qcs:current_time",
        "MultiFactorAuthPresent" | "MFAPresent" | "MFAPresented" => "qcs:mfa",
        "SecureTransport" => "cos:secure-transport",
        "SourceVpc" | "SourceVpce" => "vpc:requester_vpc",
        "PrincipalAccount" => "qcs:owner_uin",
        "userid" => "qcs:uin",
        "prefix" | "Prefix" => "cos:prefix",
        "VersionId" | "versionid" => "cos:versionid",
        "x-amz-acl" | "x-oss-object-acl" => "cos:x-cos-acl",
        "x-amz-storage-class" => "cos:x-cos-storage-class",
        "TlsVersion" => "cos:tls-version",
        _ => return None,
    };
    Some(here.to_owned())
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn prefixes_of_services_here_are_left_alone() {
        check(
            "CAM3016",
            r#"{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"string_equal": {
            «"aws:ResourceTag/env"»: "prod", «"acs:SourceIp"»: "10.0.0.1", "cos:prefix": "a", "mfa": "0"}}}"#,
        );
    }

    #[test]
    fn services_and_providers_of_other_clouds_have_keys_that_nobody_sends_here() {
        check(
            "CAM3016",
            r#"{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"string_equal": {
            «"dynamodb:Select"»: "a", «"kms:ViaService"»: "a", «"token.example.com:aud"»: "a",
            «"oidc.example.com/id/AB:sub"»: "a", "kms:other": "a", "my.own:key": "a", "oidc:aud": "a"}}}"#,
        );
        let text = |key: &str| {
            format!(
                r#"{{"effect": "allow", "action": "sts:AssumeRoleWithWebIdentity",
                "principal": {{"federated": "qcs::cam::uin/1:oidc-provider/ci"}},
                "condition": {{"string_equal": {{"{key}": "a", "oidc:iss": "b", "oidc:sub": "c"}}}}}}"#
            )
        };
        let before = text("token.example.com:aud");
        check_fix("CAM3016", Grade::Suggestion, &before, &text("oidc:aud"));
    }

    #[test]
    fn the_relative_is_written_where_the_operator_fits_it() {
        let text = |operator: &str, key: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "*",
                "condition": {{"{operator}": {{"{key}": "10.0.0.1"}}}}}}"#
            )
        };
        let before = text("ip_equal", "aws:SourceIp");
        check_fix("CAM3016", Grade::Suggestion, &before, &text("ip_equal", "qcs:ip"));
        let before = text("string_equal", "aws:SourceIp");
        check_fix("CAM3016", Grade::Suggestion, &before, &before);
    }
}
