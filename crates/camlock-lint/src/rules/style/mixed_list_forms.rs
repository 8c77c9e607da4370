//! Finds single strings and lists of one in one document.

use camlock_source::Span;
use camlock_syntax::json::Kind;

use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A document that writes some single actions or resources as a string and others as a list of
    /// one.
    ///
    /// ## Why it matters
    ///
    /// Both mean the same. A document that keeps to one form is read and compared more easily.
    ///
    /// ## Example
    ///
    /// ```json,CAM9024
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["cvm:StartInstances"], "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) MixedListForms = {
        code: "CAM9024",
        name: "mixed-list-forms",
        group: Style,
        level: Off,
        since: "0.2.0",
        summary: "single strings and lists of one in one document",
        spec: ["SYN-7", "SYN-8"],
    }
}

impl Rule for MixedListForms {
    fn check_document(&self, cx: &mut Context<'_>) {
        let mut first: Option<(Span, bool)> = None;
        for statement in cx.statements() {
            for name in ["action", "resource"] {
                let Some(member) = statement.member(name) else { continue };
                let is_list = match &member.value.kind {
                    Kind::String(_) => false,
                    Kind::Array(items) if items.len() == 1 => true,
                    _ => continue,
                };
                let own = member.value.span;
                match first {
                    None => first = Some((own, is_list)),
                    Some((other, form)) if form != is_list => {
                        let what = if is_list { "a list of one" } else { "a string alone" };
                        cx.report(&own, format!("`{name}` is {what}, other than elsewhere"))
                            .secondary(&other, "another form here")
                            .help("keep to one form");
                        return;
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn one_finding_a_document() {
        check("CAM9024", r#"{"effect": "allow", "action": ["cos:*"], "resource": «"*"»}"#);
        check("CAM9024", r#"{"effect": "allow", "action": ["cos:*", "cam:*"], "resource": "*"}"#);
        check("CAM9024", r#"{"effect": "allow", "action": ["cos:*"], "resource": ["*"]}"#);
    }
}
