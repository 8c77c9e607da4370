//! Finds text to be filled in within the last segment.

use camlock_source::quote;

use crate::context::Context;
use crate::element::{ResourceElement, StatementElement};
use crate::rule::Rule;
use crate::rules::correctness::support;

declare_rule! {
    /// ## What it finds
    ///
    /// A last segment that was to be completed before use: `instance/<instance-id>`, `ins-xxxxxx`,
    /// `$instanceId`, `{$EnvId}`, `[BUCKET]`.
    ///
    /// ## Why it matters
    ///
    /// CAM takes such text literally, and no resource is called so: an allow grants nothing, a deny
    /// stops nothing.
    ///
    /// ## Example
    ///
    /// ```json,CAM3077
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/<instance-id>" }
    /// ] }
    /// ```
    ///
    /// ```json,clean
    /// { "version": "2.0", "statement": [
    ///   { "effect": "allow", "action": "cvm:StartInstances",
    ///     "resource": "qcs::cvm:ap-guangzhou::instance/ins-12345678" }
    /// ] }
    /// ```
    pub(crate) PlaceholderInPath = {
        code: "CAM3077",
        name: "placeholder-in-path",
        group: Correctness,
        level: Warning,
        since: "0.2.0",
        summary: "text to be filled in within the last segment",
        spec: ["RES-10", "VAR-4"],
    }
}

impl Rule for PlaceholderInPath {
    fn check_resource(
        &self,
        resource: &ResourceElement<'_>,
        statement: &StatementElement<'_>,
        cx: &mut Context<'_>,
    ) {
        // Variables in braces have rules of their own.
        let is_open = |text: &str| has_sign(text) && !text.contains("${");
        let Some([.., path]) = resource.parts().filter(|[.., path]| is_open(path.text)) else {
            return;
        };
        let Some(mark) = mark(path.text) else { return };
        let start = mark.as_ptr() as usize - resource.text().as_ptr() as usize;
        let place = resource.string.span_of(start..start + mark.len());
        cx.report(&place, format!("`{}` was not filled in", quote(mark)))
            .label(support::without_effect(statement))
            .help("write the name or the id, or `*` for all of them");
    }
}

/// The part that was to be filled in.
fn mark(path: &str) -> Option<&str> {
    path.split(['/', ':']).find(|part| {
        let angle =
            part.find('<').zip(part.rfind('>')).is_some_and(|(open, close)| open + 1 < close);
        let inner = part.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let square = inner.is_some_and(|own| own.contains(|c: char| c.is_ascii_alphabetic()));
        let dollar = part.strip_prefix('$').is_some_and(is_word);
        let inside = part.trim_start_matches('{').trim_end_matches('}');
        let braces = part.starts_with('{')
            && part.ends_with('}')
            && is_word(inside.trim().trim_start_matches('$'));
        let masked = ["xxxx", "XXXX"].iter().any(|mask| part.contains(mask))
            || part.ends_with("-xxx")
            || part.ends_with("-XXX");
        angle || square || dollar || braces || masked
    })
}

/// Whether it could be the name of a variable.
/// Whether a text has what every mark has: nearly all resources do not.
fn has_sign(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_masked = || bytes.windows(3).any(|three| three == b"xxx" || three == b"XXX");
    bytes.iter().any(|b| matches!(b, b'<' | b'[' | b'{' | b'$')) || is_masked()
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn names_that_look_alike_are_left_alone() {
        check(
            "CAM3077",
            r#"{"effect": "deny", "action": "cos:*", "resource": ["qcs::cvm:::instance/«<id>»",
            "qcs::cvm:::instance/«ins-xxxxxx1»", "qcs::cvm:::instance/«$instanceId»", "qcs::cvm:::«[TYPE]»/*",
            "qcs::cos:::«{bucket}»/*", "qcs::dnspod:::domain/«{DomainId}»", "qcs::cos:::a-1250000000/{a,b}", "qcs::cos:::a-1250000000/{1}",
            "qcs::cos:::a-1250000000/[1].txt", "qcs::cos:::a-1250000000/a>b", "qcs::cam:::uin/${uin}", "qcs::cvm:::*",
            "qcs::cos:::a-1250000000/xx.txt"]}"#,
        );
    }

    #[test]
    fn braces_and_capitals_are_filled_in_too() {
        check(
            "CAM3077",
            r#"{"effect": "allow", "action": "tcb:*", "resource": ["qcs::tcb:::env/«{$EnvId}»",
            "qcs::tcb:::env/«{env-id}»", "qcs::tcb:::env/«{{ env_id }}»", "qcs::tke:::cluster/«cls-XXXXXXX»",
            "qcs::cos:::a-1250000000/{1,2}.txt", "qcs::cos:::a-1250000000/{}", "qcs::cos:::a-1250000000/XXX",
            "qcs::cos:::a-1250000000/{a}b"]}"#,
        );
    }
}
