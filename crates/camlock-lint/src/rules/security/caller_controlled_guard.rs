//! Finds an allow whose only guard is what the caller writes itself.

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// An allow whose conditions all look at a header that the caller fills in as it likes: the referer or
    /// the user agent.
    ///
    /// ## Why it matters
    ///
    /// Anybody can send any header. Such a condition keeps links away, and nobody who means to get in.
    ///
    /// ## Example
    ///
    /// ```json,CAM6027
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:root" },
    ///     "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:site-1250000000/*",
    ///     "condition": { "string_like": { "cos:referer": "https://www.example.com/*" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:root" },
    ///     "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:site-1250000000/*",
    ///     "condition": { "string_like": { "cos:referer": "https://www.example.com/*" },
    ///                    "ip_equal": { "qcs:ip": "10.0.0.0/8" } } }
    /// ] }
    /// ```
    pub(crate) CallerControlledGuard = {
        code: "CAM6027",
        name: "caller-controlled-guard",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "an allow whose only guard is what the caller writes itself",
    }
}

fn is_a_header_of_the_caller(condition: &ConditionElement<'_>) -> bool {
    let name = condition.key_name().to_ascii_lowercase().replace(['-', '_'], "");
    name.ends_with("referer") || name.ends_with("useragent")
}

impl Rule for CallerControlledGuard {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let Some(first) = statement.conditions.first().filter(|_| statement.is_allow()) else {
            return;
        };
        if statement.conditions.iter().all(is_a_header_of_the_caller) {
            cx.report(first, "the only guard is a header that the caller writes itself")
                .label("anything may stand there")
                .help("ask for an address, a network or an identity as well");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn headers_alone_guard_nothing() {
        let text = |effect: &str, condition: &str| {
            format!(
                r#"{{"effect": "{effect}", "action": "cos:GetObject", "resource": "*", "condition": {{{condition}}}}}"#
            )
        };
        check("CAM6027", &text("allow", r#""string_equal": {«"cos:User-Agent"»: "x"}"#));
        check("CAM6027", &text("deny", r#""string_equal": {"cos:User-Agent": "x"}"#));
        check(
            "CAM6027",
            &text(
                "allow",
                r#""string_equal": {"cos:User-Agent": "x", "vpc:requester_vpc": "vpc-1"}"#,
            ),
        );
        check("CAM6027", &text("allow", r#""string_equal": {"cos:content-type": "image/png"}"#));
    }
}
