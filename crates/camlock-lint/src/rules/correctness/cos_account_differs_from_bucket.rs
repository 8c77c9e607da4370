//! Finds COS resources of one account that name a bucket of another.

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A COS resource whose account segment and bucket name different APPIDs.
    ///
    /// ## Why it matters
    ///
    /// The name of a bucket ends in the APPID of the account that owns it. A resource that says
    /// something else in its account segment names no bucket that exists: the statement never applies.
    /// A digit too many, or a uin in the place of the APPID, is how it happens.
    ///
    /// ## Example
    ///
    /// ```json,CAM3002
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000001:logs-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:logs-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) CosAccountDiffersFromBucket = {
        code: "CAM3002",
        name: "cos-account-differs-from-bucket",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "a COS resource of one account with a bucket of another",
        spec: ["RES-9", "RES-10"],
        fix: Suggestion,
    }
}

impl Rule for CosAccountDiffersFromBucket {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        _: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        let Some([_, _, service, _, account, path]) = resource.parts() else { return };
        let Some(own) = account.text.strip_prefix("uid/").filter(|_| service.text == "cos") else {
            return;
        };
        let is_number = !own.is_empty() && own.bytes().all(|b| b.is_ascii_digit());
        if let Some(mistyped) = mistyped(path.text, own).filter(|_| is_number) {
            cx.report(&path, format!("`{mistyped}` has a digit more than APPID {own}"))
                .label("names no bucket that exists")
                .help(format!("end the name of the bucket with `-{own}`"));
            return;
        }
        let Some(bucket) =
            super::bucket_app_id(path.text).filter(|app_id| is_number && *app_id != own)
        else {
            return;
        };
        let edit = camlock_source::Edit::replace(account.span, format!("uid/{bucket}"));
        cx.report(&account, format!("the bucket belongs to APPID {bucket}, not to {own}"))
            .label("names no bucket that exists")
            .help(format!("write `uid/{bucket}`, or mend the name of the bucket"))
            .suggestion(format!("write `uid/{bucket}`"), [edit]);
    }
}

/// The number at the end of a bucket's name that becomes the APPID once one digit is left out.
fn mistyped<'a>(path: &'a str, app_id: &str) -> Option<&'a str> {
    let (_, number) = path.split('/').next()?.rsplit_once('-')?;
    // Ten digits are an APPID of their own.
    let digits =
        number.len() == 11 && app_id.len() == 10 && number.bytes().all(|b| b.is_ascii_digit());
    let same = number.bytes().zip(app_id.bytes()).take_while(|(one, other)| one == other).count();
    let rest = |text: &'a str, from: usize| text.get(from..);
    let fits = rest(number, same + 1) == app_id.get(same..);
    (digits && fits).then_some(number)
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn only_where_both_are_known() {
        check(
            "CAM3002",
            r#"{"effect": "allow", "action": "cos:*", "resource": [
            "qcs::cos::«uid/1250000001»:logs-1250000000/*",
            "qcs::cos::«uid/1250000001»:logs-1250000000",
            "qcs::cos::uid/1250000000:«logs-12500000000/*»",
            "qcs::cos::uid/1250000000:«logs-12500000007/*»",
            "qcs::cos::uid/1250000000:logs-92500000000/*",
            "qcs::cos::uid/1250000001:logs-*/*",
            "qcs::cos::uid/1250000001:logs/*",
            "qcs::cos::uid/1250000001:prefix//1250000000/logs/*",
            "qcs::cos:::logs-1250000000/*",
            "qcs::ci::uid/1250000001:logs-1250000000/*"
        ]}"#,
        );
    }

    #[test]
    fn the_bucket_is_right_more_often_than_not() {
        let text = |app_id: &str| {
            format!(
                r#"{{"effect": "allow", "action": "cos:*", "resource": "qcs::cos::uid/{app_id}:logs-1250000000/*"}}"#
            )
        };
        check_fix("CAM3002", Grade::Suggestion, &text("125000000"), &text("1250000000"));
    }
}
