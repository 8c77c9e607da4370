//! Patterns against a naive matcher and `globset`, and against hostile names.

use camlock_engine::CompiledLayers;
use camlock_policy::{
    ActionPattern, Decision, Deployment, Effect, Policy, PolicyKind, PolicyLayers, Request,
    ResourcePattern, Statement,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::pattern_laws;

fn text(of: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(select(of), 0..=most).prop_map(|parts| parts.concat())
}

const PATTERN: &[&str] =
    &["a", "a", "b", "ab", "*", "*", "**", "/", "é", "?", "[", "]", "{", "}", "!", ",", "\\", "."];
const TEXT: &[&str] =
    &["a", "a", "b", "ab", "*", "/", "é", "?", "[", "]", "{", "}", "!", ",", "\\", "."];
const WORD_PATTERN: &[&str] = &["A", "a", "b", "ab", "*", "**", "_", "0"];
const WORD: &[&str] = &["A", "a", "b", "ab", "_", "0"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn last_segments_match_as_globs_do(pattern in text(PATTERN, 8), text in text(TEXT, 10)) {
        pattern_laws::last_segments_match(&pattern, &text);
    }

    #[test]
    fn operations_match_as_globs_do(pattern in text(WORD_PATTERN, 6), text in text(WORD, 8)) {
        pattern_laws::operations_match(&pattern, &text);
    }

    #[test]
    fn string_like_matches_as_globs_do(
        start in select(&["", "*", "**"][..]),
        inner in text(TEXT, 5),
        end in select(&["", "*", "**"][..]),
        text in text(TEXT, 8),
    ) {
        let inner = inner.replace('*', "");
        pattern_laws::string_like_matches(&format!("{start}{inner}{end}"), &text);
    }
}

/// Each would take longer than anyone waits in a matcher that goes back.
#[test]
fn hostile_patterns_meet_long_names() {
    let long = "a".repeat(60_000);
    let middle = "a".repeat(100);
    for (pattern, text, expected) in [
        ("*a".repeat(1_000) + "*b", long.clone(), false),
        ("*a".repeat(1_000), long.clone(), true),
        (format!("*{}*b", ["a"; 50].join("*")), long.clone() + "c", false),
        (format!("*{middle}b*"), long.clone(), false),
        (format!("*{middle}*{middle}*{middle}*b"), long, false),
        ("*${uin}".repeat(500) + "*b", "2".repeat(60_000), false),
        ("*a${uin}".repeat(200) + "*", "a2".repeat(30_000), true),
    ] {
        let statement = Statement::new(Effect::Allow)
            .with_action(ActionPattern::Any)
            .with_resource(ResourcePattern::parse(&format!("qcs::cvm:::{pattern}")).unwrap());
        let mut layers = PolicyLayers::default();
        layers.push(Policy::new(PolicyKind::Identity, vec![statement]).unwrap(), 0);
        let request = Request::builder()
            .principal("qcs::cam::uin/1:uin/2")
            .action("cvm:Run")
            .resource(&format!("qcs::cvm:::{text}"))
            .build()
            .unwrap();
        let outcome = CompiledLayers::new(&layers).decide(&request, &Deployment::default());
        assert_eq!(
            outcome.decision == Decision::Allow,
            expected,
            "a pattern of {} bytes",
            pattern.len()
        );
    }
}
