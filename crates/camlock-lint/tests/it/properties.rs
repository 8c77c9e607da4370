//! The laws of `laws` in bounded time; the fuzzer checks the same ones for as long as it is left to.

use arbitrary::Unstructured;
use camlock_source::Grade;
use camlock_syntax::parse;
use proptest::prelude::*;

use crate::laws;
use crate::spelt::Spelt;

/// Bytes to make choices from, by a number that can be shown and tried again.
fn bytes(mut seed: u64) -> Vec<u8> {
    let next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(4_096).collect()
}

/// Pieces of policies, so that most texts are nearly one.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        " ",
        "\n",
        "\\",
        "\u{201c}",
        "\u{e9}",
        "1",
        "true",
        "\"version\":",
        "\"2.0\"",
        "\"statement\":",
        "\"effect\":",
        "\"allow\"",
        "\"Deny\"",
        "\"action\":",
        "\"cos:Get*\"",
        "\"name/cos:*\"",
        "\"resource\":",
        "\"*\"",
        "\"qcs::cos:gz:uid/1:a-2/*\"",
        "\"condition\":",
        "\"ip_equal\":",
        "\"qcs:ip\":",
        "\"10.0.0.1/8\"",
        "\"string_like\":",
        "\"principal\":",
        "\"qcs\":",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn any_text_is_linted(text in text()) {
        laws::any_text_is_linted(&text);
    }

    #[test]
    fn repairs_keep_their_promise(seed in any::<u64>()) {
        laws::repairs_keep_their_promise(&mut Unstructured::new(&bytes(seed)));
    }
}

/// What the generator makes is worth the trouble: most of it are policies, and there is much to repair.
#[test]
fn documents_are_policies_with_something_to_repair() {
    let (mut policies, mut repairs) = (0, 0);
    for seed in 0..100 {
        let bytes = bytes(seed);
        let Ok(spelt) = Unstructured::new(&bytes).arbitrary::<Spelt>() else { continue };
        policies += usize::from(parse(&spelt.text, spelt.kind).policy.is_some());
        repairs += usize::from(!laws::fixes(&spelt.text, Some(spelt.kind), Grade::Safe).is_empty());
    }
    assert!(policies > 70 && repairs > 70, "{policies} policies, {repairs} with repairs");
}
