//! Finds documents with very many statements.

use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A document with more than forty statements.
    ///
    /// ## Why it matters
    ///
    /// Nobody sees at a glance what it grants, and what one statement allows another one far away
    /// takes back. Documents of one purpose each are read, reviewed and attached more easily.
    ///
    /// ## Example
    ///
    /// An example would be long. Here is one that is small enough:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) ManyStatements = {
        code: "CAM9015",
        name: "many-statements",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "a document with very many statements",
        spec: ["SYN-18"],
    }
}

impl Rule for ManyStatements {
    fn check_document(&self, cx: &mut Context<'_>) {
        let count = cx.statements().len();
        if let Some(first) = cx.statements().get(MOST) {
            cx.report(first, format!("the document has {count} statements"))
                .label("the first one beyond forty")
                .help("split it into documents of one purpose each");
        }
    }
}

/// Statements that a reader can keep in mind.
const MOST: usize = 40;

#[cfg(test)]
mod tests {
    use crate::testing::messages;

    fn text(count: usize) -> String {
        let one = r#"{"effect": "allow", "action": "cos:*", "resource": "*"}"#;
        format!(r#"{{"version": "2.0", "statement": [{}]}}"#, vec![one; count].join(", "))
    }

    #[test]
    fn forty_are_enough() {
        assert_eq!(messages("CAM9015", &text(40)), [""; 0]);
        assert_eq!(messages("CAM9015", &text(41)), ["the document has 41 statements"]);
    }
}
