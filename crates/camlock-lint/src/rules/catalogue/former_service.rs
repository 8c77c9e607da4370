//! Finds a service by its former name alone.

use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// Actions of `ccs`, the former name of `tke`, or of `yunjing`, the former name of `cwp`, in a document
    /// that never names the service as it is called today.
    ///
    /// ## Why it matters
    ///
    /// Calls of the current interface are authorized under the current name. With the former one alone,
    /// half of the service is missing from an allow, and open in spite of a deny.
    ///
    /// ## Example
    ///
    /// ```json,CAM5023
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "ccs:Describe*", "resource": "*" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": ["ccs:Describe*", "tke:Describe*"], "resource": "*" }
    /// ] }
    /// ```
    pub(crate) FormerService = {
        code: "CAM5023",
        name: "former-service",
        group: Catalogue,
        level: Info,
        since: "0.2.0",
        summary: "a service by its former name alone",
    }
}

/// Services that were renamed, and their names today.
const FORMER: [(&str, &str); 2] = [("ccs", "tke"), ("yunjing", "cwp")];

impl Rule for FormerService {
    fn check_document(&self, cx: &mut Context<'_>) {
        let statements = cx.statements();
        let actions = || statements.iter().flat_map(|own| &own.actions);
        for (former, current) in FORMER {
            let Some(first) = actions().find(|own| own.service() == Some(former)) else { continue };
            if actions().any(|own| own.service() == Some(current) || own.is_everything()) {
                continue;
            }
            cx.report(first, format!("`{former}` is called `{current}` today"))
                .label("covers older calls only")
                .help(format!("name the actions of `{current}` as well"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn once_a_document_and_not_beside_the_current_name() {
        check(
            "CAM5023",
            r#"{"effect": "deny", "action": [«"ccs:Describe*"», "ccs:Check*", "cos:*"], "resource": "*"}"#,
        );
        check("CAM5023", r#"{"effect": "deny", "action": ["ccs:*", "tke:*"], "resource": "*"}"#);
        check("CAM5023", r#"{"effect": "deny", "action": ["ccs:*", "*"], "resource": "*"}"#);
    }
}
