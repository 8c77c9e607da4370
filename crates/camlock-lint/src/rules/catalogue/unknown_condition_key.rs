//! Finds a condition key that nothing is known to supply.

use camlock_policy::{Condition, ConditionKey, Operator, OperatorFamily};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// A key of the platform, `qcs:…`, that is not among the known ones, or a key of a service that is a
    /// slip of a known one; in a deny, any key that is not known.
    ///
    /// ## Why it matters
    ///
    /// A key that nobody supplies is missing from every request: the condition is false, or with
    /// `_if_exist` always true. A deny with it stops nothing. Keys of services are not all known, so others
    /// are passed over in an allow, and a key that names no service is only said, unless it is one of the
    /// platform without its `qcs:`; a deny fails silently, and must not depend on a guess.
    ///
    /// ## Example
    ///
    /// ```json,CAM5012
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:source_ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    pub(crate) UnknownConditionKey = {
        code: "CAM5012",
        name: "unknown-condition-key",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a condition key that nothing is known to supply",
        spec: ["CND-32", "CND-24"],
        fix: Suggestion,
    }
}

impl Rule for UnknownConditionKey {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some(key) = &condition.key else { return };
        let catalog = cx.catalog();
        if catalog.is_condition_key(key.as_str()) || key.is_well_known() || key.tag().is_some() {
            return;
        }
        let name = key.as_str();
        let space = name.split_once(':').map(|(space, _)| space);
        let is_of_space =
            |own: &&str| own.split_once(':').is_some_and(|(own, _)| Some(own) == space);
        let close = catalog.close_condition_key(key.as_str()).filter(is_of_space);
        let relative = close.is_none().then(|| relative(name)).flatten();
        let is_null =
            condition.operator.is_some_and(|own| own.base().family() == OperatorFamily::Null);
        let depends = statement.is_deny()
            && !is_null
            && condition.operator.is_some_and(|own| !own.if_exist());
        let is_guess = match space {
            Some("qcs") => false,
            // What keys services have is not all known; but a deny must not depend on a guess [CND-32].
            Some(_) if close.is_none() && !depends => return,
            Some(_) if close.is_none() => true,
            Some(_) => false,
            // A fill-in mark is another slip.
            None if name.contains(['<', '>', '[', '$', '*']) => return,
            // Few keys are known that name no service; others may have more.
            None => relative.is_none(),
        };
        let string = condition.key_string();
        let what = if is_null {
            "missing from every request"
        } else if condition.operator.is_some_and(Operator::if_exist) {
            "the condition always holds"
        } else if statement.is_deny() {
            "unless a request brings it, this deny does not apply"
        } else {
            "never holds"
        };
        let level = if is_guess && !depends { Level::Info } else { Level::Warning };
        let help = close
            .or(relative)
            .map_or_else(|| instead(name).to_owned(), |close| format!("did you mean `{close}`"));
        let takes = |here: &&str| {
            let parsed = ConditionKey::parse(here).ok().zip(condition.operator);
            let values = condition.values.len();
            parsed.is_some_and(|(key, own)| Condition::check_key(own, &key, values).is_ok())
        };
        let edit = match relative.filter(takes) {
            Some(here) => cx.key_edit(condition, here),
            None => close.map(|close| string.replace_with(close)),
        };
        let what_is =
            if is_guess { "no condition key is known as" } else { "there is no condition key" };
        cx.report(&string, format!("{what_is} `{}`", quote(name)))
            .label(what)
            .help(help)
            .at_most(level)
            .suggestion(format!("write `{}`", close.or(relative).unwrap_or_default()), edit);
    }
}

/// The key that is meant by one that people make up for it, or that they write without `qcs:`.
fn relative(name: &str) -> Option<&'static str> {
    let rest = name.strip_prefix("qcs").map_or(name, |rest| rest.trim_start_matches([':', '.']));
    let plain = rest.to_ascii_lowercase().replace(['_', '-'], "");
    Some(match plain.as_str() {
        "ip" | "sourceip" | "clientip" | "ipaddress" | "requestip" => "qcs:ip",
        "currenttime" | "requesttime" | "now" => "qcs:current_time",
        "resourcetag" | "resourcetags" => "qcs:resource_tag",
        "requesttag" | "requesttags" => "qcs:request_tag",
        "sourcevpc" | "vpcid" | "requestervpc" => "vpc:requester_vpc",
        "mfapresent" | "multifactorauthpresent" | "mfarequired" | "mfaauthenticated" => "qcs:mfa",
        "owneruin" | "rootuin" => "qcs:owner_uin",
        "uin" | "useruin" | "useruid" => "qcs:uin",
        "createuin" | "creatoruin" => "qcs:create_uin",
        _ => return None,
    })
}

/// What to do where there is no such key.
fn instead(name: &str) -> &'static str {
    match name {
        "qcs:region" | "region" => {
            "name the region in the resources: `qcs::SERVICE:REGION::*`; `cvm` and `vpc` have a key of their own"
        }
        "qcs:project_id" | "qcs:project" | "qcs:ProjectId" => {
            "projects are no condition; give the resources a tag and ask for it with `qcs:resource_tag`"
        }
        "qcs:service" | "qcs:action" => "name it in `action`",
        _ => "look the key up in the list of condition keys",
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::{Grade, Severity};

    use crate::testing::{check, check_fix, helps, severities};

    #[test]
    fn keys_of_the_platform_and_slips() {
        check(
            "CAM5012",
            r#"{"effect": "deny", "action": "cos:*", "resource": "*", "condition": {"string_equal": {
            «"qcs:user_type"»: "a", "qcs:uin": "1", "qcs:resource_tag/env": "a", «"cos:prefx"»: "a",
            «"tke:region"»: "a", «"own:thing"»: "a", "mfa": "1", «"vpc:something"»: "a", «"product"»: "a", "<KeyName>": "a"}}}"#,
        );
    }

    #[test]
    fn what_people_make_up_is_told() {
        let text = |operator: &str, key: &str| {
            format!(
                r#"{{"effect": "deny", "action": "cos:*", "resource": "*",
                "condition": {{"{operator}": {{"{key}": "203.0.113.1"}}}}}}"#
            )
        };
        for (operator, key, wanted) in [
            ("ip_equal", "qcs:source_ip", "did you mean `qcs:ip`"),
            ("ip_equal", "ip", "did you mean `qcs:ip`"),
            ("string_equal", "qcs.resource_tag", "did you mean `qcs:resource_tag`"),
            ("string_equal", "qcs:vpc_id", "did you mean `vpc:requester_vpc`"),
        ] {
            assert_eq!(helps("CAM5012", &text(operator, key)), [wanted], "{key}");
        }
        let region = helps("CAM5012", &text("string_equal", "qcs:region"));
        assert!(region[0].starts_with("name the region in the resources"), "{region:?}");
        let before = text("ip_equal", "qcs:source_ip");
        check_fix("CAM5012", Grade::Suggestion, &before, &text("ip_equal", "qcs:ip"));
    }

    #[test]
    fn a_deny_must_not_depend_on_a_key_that_is_not_known() {
        let text = |effect: &str, operator: &str, key: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cvm:*", "resource": "*", "condition": {{"{operator}": {{{key}: "true"}}}}}}"#
            )
        };
        for key in ["foo:bar", "cos:foo", "cvm:frobnicate"] {
            let (found, quiet) = (format!("«\"{key}\"»"), format!("\"{key}\""));
            check("CAM5012", &text("deny", "string_equal", &found));
            assert_eq!(
                severities("CAM5012", &text("deny", "string_equal", &quiet)),
                [Severity::Warning]
            );
            check("CAM5012", &text("allow", "string_equal", &quiet));
            check("CAM5012", &text("deny", "string_equal_if_exist", &quiet));
            check("CAM5012", &text("deny", "null_equal", &quiet));
        }
    }
}
