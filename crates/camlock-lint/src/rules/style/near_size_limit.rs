//! Finds documents that come close to the size that CAM accepts.

use camlock_policy::PolicyKind;
use camlock_source::Span;
use camlock_syntax::json;

use crate::context::Context;
use crate::rule::Rule;

declare_rule! {
    /// ## What it finds
    ///
    /// A document that uses nine tenths or more of the 6,144 characters that CAM accepts. Blanks
    /// between tokens do not count.
    ///
    /// ## Why it matters
    ///
    /// The next statement will not fit. Wildcards over actions, resources that share a prefix and a
    /// second policy make room.
    ///
    /// ## Example
    ///
    /// An example would be long. Here is one that is small enough:
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:DescribeInstances", "resource": "*" }
    /// ] }
    /// ```
    pub(crate) NearSizeLimit = {
        code: "CAM9004",
        name: "near-size-limit",
        group: Style,
        level: Info,
        since: "0.2.0",
        summary: "a document that comes close to the size that CAM accepts",
        spec: ["SYN-14"],
    }
}

const LIMIT: usize = 6_144;
const NEAR: usize = LIMIT / 10 * 9;

impl Rule for NearSizeLimit {
    fn check_document(&self, cx: &mut Context<'_>) {
        // A bucket policy has a limit of its own, which nobody comes close to.
        let document = cx.document();
        let span = document.root().span;
        let text = document.slice(span);
        if cx.kind() == PolicyKind::Resource || text.len() < NEAR {
            return;
        }
        let count = json::significant_chars(text);
        if (NEAR..=LIMIT).contains(&count) {
            let place = Span::new(span.start, span.start + 1);
            cx.report(&place, format!("the document has {count} of {LIMIT} characters"))
                .help("use wildcards over actions, or begin a second policy");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    /// A document with `count` characters, and blanks that do not count.
    fn text(open: &str, count: usize) -> String {
        let rest =
            r#""version":"2.0","statement":{"effect":"allow","action":"cos:","resource":"*"}}"#;
        let name = "A".repeat(count - rest.len() - 1);
        let rest = rest.replace("cos:", &format!("cos:{name}")).replace(',', ",\n    ");
        format!("{open}{rest}")
    }

    #[test]
    fn nine_tenths_and_more_are_found_and_what_is_too_long_is_a_fault() {
        check("CAM9004", &text("«{»", 5_526));
        check("CAM9004", &text("«{»", 6_144));
        check("CAM9004", &text("{", 5_525));
        check("CAM9004", &text("{", 6_145));
    }
}
