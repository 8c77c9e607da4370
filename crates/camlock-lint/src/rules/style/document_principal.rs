//! Finds principals of whole documents.

use camlock_source::{Edit, Span};
use camlock_syntax::json::{Member, Value};

use crate::context::Context;
use crate::edits;
use crate::rule::Rule;
use crate::rules::correctness::support;
use crate::tree;

declare_rule! {
    /// ## What it finds
    ///
    /// A `principal` at the top of the document in place of the statements.
    ///
    /// ## Why it matters
    ///
    /// It is the older form, which applies to every statement; COS pages have it still. Today each
    /// statement names whom it is about, which is what the console shows and writes.
    ///
    /// ## Example
    ///
    /// ```json,CAM9016
    /// { "version": "2.0",
    ///   "principal": { "qcs": ["qcs::cam::uin/100000000001:uin/100000000011"] },
    ///   "statement": [
    ///   { "effect": "allow", "action": "cos:GetObject",
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
    pub(crate) DocumentPrincipal = {
        code: "CAM9016",
        name: "document-principal",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "a principal of the whole document",
        spec: ["SYN-16"],
        fix: Safe,
    }
}

impl Rule for DocumentPrincipal {
    fn check_tree(&self, root: &Value<'_>, cx: &mut Context<'_>) {
        let members = tree::members(root);
        let is_principal = |own: &Member<'_>| own.name.decoded.eq_ignore_ascii_case("principal");
        let Some(index) = members.iter().position(is_principal) else { return };
        let Some(member) = members.get(index) else { return };
        let document = cx.document();
        let own = document.slice(member.value.span);
        let alone =
            document.statements().iter().all(|statement| statement.member("principal").is_none());
        // Only what grows little is written out for each statement.
        let small = own.len() * document.statements().len() < 4096;
        let put = document.statements().iter().map(|statement| {
            let start = statement.span().start + 1;
            Edit::replace(Span::new(start, start), format!("\"principal\": {own}, "))
        });
        let mut edits: Vec<Edit> = put.collect();
        edits.extend(edits::remove_member(members, index));
        let possible = alone && small && document.policy().is_some();
        let grade = support::safe_in_policies(cx);
        cx.report(member, "the principal is that of the whole document")
            .help("write it into each statement")
            .fix(grade, "write it into each statement", if possible { edits } else { Vec::new() });
    }
}

#[cfg(test)]
mod tests {
    use camlock_source::Grade;

    use crate::testing::{check, check_fix};

    #[test]
    fn statements_have_their_own() {
        check(
            "CAM9016",
            r#"{"version": "2.0", «"principal"»: "*", "statement": {"effect": "allow", "action": "cos:*", "resource": "*"}}"#,
        );
        check(
            "CAM9016",
            r#"{"effect": "allow", "action": "cos:*", "resource": "*", "principal": "*"}"#,
        );
    }

    #[test]
    fn it_moves_into_each_statement() {
        let before = r#"{"principal": "*", "version": "2.0", "statement": [
            {"effect": "allow", "action": "cos:GetObject", "resource": "*"}, { "effect": "deny", "action": "cos:PutObject", "resource": "*"}]}"#;
        let after = r#"{"version": "2.0", "statement": [
            {"principal": "*", "effect": "allow", "action": "cos:GetObject", "resource": "*"}, {"principal": "*",  "effect": "deny", "action": "cos:PutObject", "resource": "*"}]}"#;
        check_fix("CAM9016", Grade::Safe, before, after);
    }
}
