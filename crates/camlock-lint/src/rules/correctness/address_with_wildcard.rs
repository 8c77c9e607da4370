//! Finds addresses with stars in place of numbers.

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::addresses::{self, Meant};

declare_rule! {
    /// ## What it finds
    ///
    /// A value of an `ip_` operator with stars or an `x` in place of numbers: `10.0.*.*`,
    /// `101.226.***.185`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document. A range is written with a prefix, `10.0.0.0/16`; an address that
    /// was masked for a page has to be written out.
    ///
    /// ## Example
    ///
    /// ```json,CAM3100
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113.*" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "ip_equal": { "qcs:ip": "203.0.113.0/24" } } }
    /// ] }
    /// ```
    pub(crate) AddressWithWildcard = {
        code: "CAM3100",
        name: "address-with-wildcard",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "an address with stars in place of numbers",
        spec: ["CND-22"],
        fix: Suggestion,
        supersedes: ["CAM2151"],
    }
}

impl Rule for AddressWithWildcard {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let words = (
            "has stars in place of numbers",
            "write the address out, or a range such as `203.0.113.0/24`",
        );
        addresses::check(condition, cx, meant, words);
    }
}

/// The range that stars at the end stand for; none where they hide numbers.
fn meant(text: &str) -> Option<Meant> {
    let address = text.split('/').next().unwrap_or_default();
    let parts: Vec<&str> = address.split('.').collect();
    let is_star =
        |part: &&&str| part.bytes().all(|b| matches!(b, b'*' | b'x' | b'X')) && !part.is_empty();
    let stars = parts.iter().filter(is_star).count();
    if stars == 0
        || parts.len() != 4
        || parts.iter().any(|part| part.parse::<u8>().is_err() && !is_star(&part))
    {
        return None;
    }
    let at_end = parts.iter().rev().take_while(is_star).count();
    let known = parts.get(..4 - at_end).filter(|_| at_end == stars && address == text);
    let Some(known) = known else { return Some(Meant::NoRange) };
    let zeros = ["0"; 4].into_iter().take(at_end);
    let network: Vec<&str> = known.iter().copied().chain(zeros).collect();
    Some(Meant::Range(format!("{}/{}", network.join("."), 8 * known.len())))
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn other_faults_are_left_to_the_front_end() {
        check(
            "CAM3100",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "ip_equal": {"qcs:ip": [«"10.0.*.*"», «"101.226.***.185"», «"10.*.*.10/24"», «"10.1.2.x"», "10.0.0.0/8", "*", "host.*"]}, "string_equal": {"a:b": "10.0.0.1:80"}}}"#,
        );
    }

    #[test]
    fn the_range_is_written() {
        let text = |value: &str| {
            format!(
                r#"{{"effect": "deny", "action": "*", "resource": "*",
                "condition": {{"ip_equal": {{"qcs:ip": "{value}"}}}}}}"#
            )
        };
        check_fix("CAM3100", Grade::Suggestion, &text("10.0.*.*"), &text("10.0.0.0/16"));
    }
}
