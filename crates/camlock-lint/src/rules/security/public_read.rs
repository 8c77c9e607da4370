//! Finds a bucket policy that lets everyone read.

use super::guard;
use crate::context::Context;
use crate::element::StatementElement;
use crate::rule::{Level, Rule};

declare_rule! {
    /// ## What it finds
    ///
    /// An allow in a bucket policy for everyone, signed or not, of actions that only read.
    ///
    /// ## Why it matters
    ///
    /// What is put into the bucket later is public too. For the files of a web site that is meant; then say
    /// so in a suppression. With conditions it is only said.
    ///
    /// ## Example
    ///
    /// ```json,CAM6014
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": "*", "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:site-1250000000/*" }
    /// ] }
    /// ```
    ///
    /// Name who may read:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "principal": { "qcs": "qcs::cam::uin/100000000001:uin/100000000011" },
    ///     "action": "cos:GetObject",
    ///     "resource": "qcs::cos:ap-guangzhou:uid/1250000000:site-1250000000/*" }
    /// ] }
    /// ```
    pub(crate) PublicRead = {
        code: "CAM6014",
        name: "public-read",
        group: Security,
        level: Warning,
        since: "0.2.0",
        summary: "a bucket policy that lets everyone read",
        spec: ["PRN-1", "PRN-5", "EVL-9"],
    }
}

impl Rule for PublicRead {
    fn check_statement(&self, statement: &StatementElement<'_>, cx: &mut Context<'_>) {
        let Some(everyone) = guard::everyone(statement, cx) else { return };
        // Where everyone may write, `public-write` says enough.
        if statement.actions.iter().any(|own| guard::writes(own, cx.catalog())) {
            return;
        }
        let level =
            if cx.analysis().has_conditions(statement) { Level::Info } else { Level::Warning };
        cx.report(everyone, "everyone may read what is in the bucket")
            .label("signed or not")
            .help("name who may read, or suppress this where the files are meant for everyone")
            .at_most(level);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn reading_alone_is_found_here() {
        check(
            "CAM6014",
            r#"{"effect": "allow", "principal": {"qcs": «"qcs::cam::anonymous:anonymous"»},
            "action": ["cos:GetObject", "cos:HeadObject"], "resource": "qcs::cos:::a-1/*"}"#,
        );
        check(
            "CAM6014",
            r#"{"effect": "allow", "principal": "*", "action": ["cos:GetObject", "cos:PutObject"], "resource": "*"}"#,
        );
        check(
            "CAM6014",
            r#"{"effect": "deny", "principal": "*", "action": "cos:GetObject", "resource": "*"}"#,
        );
        check("CAM6014", r#"{"effect": "allow", "principal": "*", "action": "sts:AssumeRole"}"#);
    }
}
