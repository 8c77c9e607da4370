//! Finds operations of COS that are called as S3 calls them.

use std::collections::BTreeSet;

use camlock_source::{Edit, quote};

use crate::context::Context;
use crate::element::{ActionElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::s3;

declare_rule! {
    /// ## What it finds
    ///
    /// An action of COS with the name that the operation has in S3, such as `cos:ListBucket`.
    ///
    /// ## Why it matters
    ///
    /// The service is right and the operation has no such name, so the action never applies. COS speaks
    /// the protocol of S3, and its tools use the names of S3, but policies do not: who may list the
    /// objects of a bucket has `cos:GetBucket`.
    ///
    /// ## Example
    ///
    /// ```json,CAM3028
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cos:GetObject", "cos:ListBucket"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cos:GetObject", "cos:GetBucket"],
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) OperationOfS3 = {
        code: "CAM3028",
        name: "operation-of-s3",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "an operation of COS by the name that it has in S3",
        spec: ["ACT-6", "ACT-10"],
        fix: Suggestion,
    }
}

impl Rule for OperationOfS3 {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let concrete = statement.actions.iter().filter_map(ActionElement::concrete);
        let of_cos = concrete.filter(|(service, _)| *service == "cos");
        let named: BTreeSet<&str> = of_cos.map(|(_, operation)| operation).collect();
        for action in &statement.actions {
            let Some(("cos", operation)) = action.concrete() else { continue };
            let Some((here, (_, range))) = s3::here(operation).zip(action.ranges()) else {
                continue;
            };
            let span = action.string.span_of(range);
            // Who knows both names has what is meant.
            let has_it = named.contains(here);
            let help = if has_it { "remove it".to_owned() } else { format!("write `{here}`") };
            let edit = (!has_it).then(|| Edit::replace(span, here));
            cx.report(&span, format!("`{}` is called `{here}` in COS", quote(operation)))
                .label("never applies")
                .help(help)
                .suggestion(format!("write `{here}`"), edit);
        }
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_names_of_s3_in_cos() {
        check(
            "CAM3028",
            r#"{"effect": "deny", "resource": "*", "action": [
            "name/cos:«ListBucket»", "cos:«GetObjectVersion»", "cos:List*", "s3:ListBucket", "cos:ListParts", "cam:ListUsers"]}"#,
        );
    }

    #[test]
    fn the_name_here_is_written_unless_it_stands_there() {
        let text = |actions: &str| {
            format!(r#"{{"effect": "allow", "action": [{actions}], "resource": "*"}}"#)
        };
        let (before, after) = (text(r#""cos:ListBucket""#), text(r#""cos:GetBucket""#));
        check_fix("CAM3028", Grade::Suggestion, &before, &after);
        let both = text(r#""cos:GetBucket", "cos:ListBucket""#);
        check_fix("CAM3028", Grade::Suggestion, &both, &both);
    }
}
