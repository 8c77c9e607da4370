//! Finds documents that would fit if they were written shorter.

use camlock_policy::PolicyKind;
use camlock_source::Span;
use camlock_syntax::json;

use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A document longer than CAM accepts that would fit without the prefixes `name/` and the
    /// brackets around single strings.
    ///
    /// ## Why it matters
    ///
    /// CAM counts characters outside of blanks. What says nothing takes room: the prefix of an
    /// action five characters, a pair of brackets two.
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
    pub(crate) ShortOfRoom = {
        code: "CAM9025",
        name: "short-of-room",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "a document that would fit if it were written shorter",
        spec: ["SYN-14"],
    }
}

impl Rule for ShortOfRoom {
    fn check_document(&self, cx: &mut Context<'_>) {
        let document = cx.document();
        let text = document.slice(document.root().span);
        if text.len() <= LIMIT || cx.kind() == PolicyKind::Resource {
            return;
        }
        let count = json::significant_chars(text);
        let prefixes = cx
            .statements()
            .iter()
            .flat_map(|own| &own.actions)
            .map(|own| own.text().len() - own.bare().len());
        let brackets = cx.statements().iter().flat_map(|own| {
            let actions = own.actions.iter().map(|action| action.string);
            let resources = own.resources.iter().map(|resource| resource.string);
            actions.chain(resources)
        });
        let brackets =
            brackets.filter(|own| own.list.is_some_and(|list| list.items.len() == 1)).count() * 2;
        let saved = prefixes.sum::<usize>() + brackets;
        if count > LIMIT && count.saturating_sub(saved) <= LIMIT {
            let start = document.root().span.start;
            let place = Span::new(start, start + 1);
            cx.report(&place, format!("{saved} of {count} characters say nothing"))
                .label("without them the document would fit")
                .help("leave out `name/` and the brackets around single strings");
        }
    }
}

const LIMIT: usize = 6_144;

#[cfg(test)]
mod tests {
    use crate::testing::messages;

    fn text(action: &str, count: usize) -> String {
        let actions = vec![format!("\"{action}\""); count].join(",");
        format!(
            "{{\"version\":\"2.0\",\"statement\":[{{\"effect\":\"allow\",\"action\":[{actions}],\"resource\":\"*\"}}]}}"
        )
    }

    #[test]
    fn only_what_would_fit_without() {
        assert_eq!(
            messages("CAM9025", &text("name/cos:GetObject", 300)),
            ["1500 of 6376 characters say nothing"]
        );
        assert_eq!(messages("CAM9025", &text("cos:GetObject12345", 300)), [""; 0]);
        assert_eq!(messages("CAM9025", &text("name/cos:GetObject", 200)), [""; 0]);
        assert_eq!(messages("CAM9025", &text("name/cos:GetObject", 600)), [""; 0]);
    }
}
