//! Finds a condition key that the services of the statement do not supply.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ActionElement, ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A condition key of `cos`, `cvm`, bare metal, SAML or OIDC in a statement whose actions are all of
    /// services that do not supply it.
    ///
    /// ## Why it matters
    ///
    /// The key is missing from every request, so the condition never holds: an allow grants nothing, a deny
    /// stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM5013
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cdb:*", "resource": "*",
    ///     "condition": { "bool_equal": { "cos:secure-transport": "false" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "deny", "action": "cos:*", "resource": "*",
    ///     "condition": { "bool_equal": { "cos:secure-transport": "false" } } }
    /// ] }
    /// ```
    pub(crate) KeyOfOtherService = {
        code: "CAM5013",
        name: "key-of-other-service",
        group: Catalogue,
        level: Warning,
        since: "0.2.0",
        summary: "a condition key that the services of the statement do not supply",
        spec: ["CND-11"],
    }
}

/// Which services supply the keys of a name space (section 6.3 of the semantics); keys of `vpc` are supplied by
/// more than are known.
const SUPPLIERS: [(&str, &[&str]); 5] = [
    ("bmvpc", &["bm", "bmeip", "bmlb", "bmvpc", "cpm"]),
    ("cos", &["cas", "ci", "cos", "cosvector"]),
    ("cvm", &["as", "cbs", "cvm", "vpc"]),
    ("oidc", &["sts"]),
    ("saml", &["sts"]),
];

impl Rule for KeyOfOtherService {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let is_strict = condition.operator.is_some_and(|own| !own.if_exist());
        let space = condition.key_name().split_once(':').map_or("", |(space, _)| space);
        let Some((_, suppliers)) = SUPPLIERS.iter().find(|(own, _)| *own == space) else { return };
        // A service that is not known at all is the greater fault.
        let lacks = |own: &ActionElement<'_>| {
            let service = own.service().filter(|own| cx.catalog().service(own).is_some());
            service.is_some_and(|own| !suppliers.contains(&own))
        };
        if !is_strict || statement.actions.is_empty() || !statement.actions.iter().all(lacks) {
            return;
        }
        let what = if statement.is_deny() {
            "this deny never applies"
        } else {
            "this allow never applies"
        };
        let service =
            statement.actions.first().and_then(ActionElement::service).unwrap_or_default();
        cx.report(
            condition,
            format!("`{service}` does not supply `{}`", quote(condition.key_name())),
        )
        .label(what)
        .help("move the condition to a statement about the service that supplies the key");
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn one_supplier_among_the_actions_is_enough() {
        let text = |actions: &str, operator: &str, key: &str| {
            format!(
                r#"{{"effect": "deny", "action": [{actions}], "resource": "*", "condition": {{"{operator}": {{{key}: "a"}}}}}}"#
            )
        };
        check("CAM5013", &text(r#""cdb:*", "cls:*""#, "string_equal", r#"«"cos:prefix"»"#));
        check("CAM5013", &text(r#""cdb:*", "cos:*""#, "string_equal", r#""cos:prefix""#));
        check("CAM5013", &text(r#""*""#, "string_equal", r#""cos:prefix""#));
        check("CAM5013", &text(r#""cdb:*""#, "string_equal_if_exist", r#""cos:prefix""#));
        check("CAM5013", &text(r#""cos:*""#, "string_equal", r#""vpc:requester_vpc""#));
        check("CAM5013", &text(r#""cbs:*""#, "string_equal", r#""cvm:disk_type""#));
    }
}
