//! Finds days and hours that the calendar does not have.

use camlock_policy::{OperatorFamily, UtcTime};
use camlock_source::quote;

use crate::context::Context;
use crate::element::{ConditionElement, StatementElement, ValueElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A value of a `date_` operator in the right form that names no point in time:
    /// `2026-02-30T00:00:00Z`.
    ///
    /// ## Why it matters
    ///
    /// CAM refuses the document.
    ///
    /// ## Example
    ///
    /// ```json,CAM3114
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": "2026-06-31T24:00:00Z" } } }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*",
    ///     "condition": { "date_less_than": { "qcs:current_time": "2026-06-01T00:00:00Z" } } }
    /// ] }
    /// ```
    pub(crate) ImpossibleDate = {
        code: "CAM3114",
        name: "impossible-date",
        group: Correctness,
        level: Error,
        since: "0.2.0",
        summary: "a day or an hour that the calendar does not have",
        spec: ["CND-19"],
        supersedes: ["CAM2149"],
    }
}

impl Rule for ImpossibleDate {
    fn check_condition(
        &self,
        condition: &ConditionElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let is_date =
            condition.operator.is_some_and(|own| own.base().family() == OperatorFamily::Date);
        for value in condition.values.iter().filter_map(ValueElement::string).filter(|_| is_date) {
            let text = value.decoded();
            if has_form(text) && UtcTime::parse(text).is_none() {
                cx.report(&value, format!("the calendar has no `{}`", quote(text)))
                    .help("write a day that the month has, and an hour from 00 to 23");
            }
        }
    }
}

fn has_form(text: &str) -> bool {
    let form = |form: &str| {
        text.len() == form.len()
            && text
                .bytes()
                .zip(form.bytes())
                .all(|(own, form)| if form == b'0' { own.is_ascii_digit() } else { own == form })
    };
    form("0000-00-00T00:00:00Z") || form("0000-00-00 00:00:00")
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn only_what_has_the_right_form() {
        check(
            "CAM3114",
            r#"{"effect": "allow", "action": "*", "resource": "*", "condition": {
            "date_less_than": {"qcs:current_time": [«"2026-02-29T00:00:00Z"», «"2026-13-01 00:00:00"»,
            «"2026-06-01T24:00:00Z"», "2024-02-29T00:00:00Z", "2026-6-1T00:00:00Z", "2026-02-30", "2026-06-01T00:00:00"]}}}"#,
        );
    }
}
