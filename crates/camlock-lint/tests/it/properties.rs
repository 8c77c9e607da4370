//! The laws of `laws` in bounded time; the fuzzer checks the same ones for as long as it is left to.

use arbitrary::Unstructured;
use proptest::prelude::*;

use crate::laws;

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 64..1_024)
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
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 64, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn any_text_is_linted(text in text()) {
        laws::any_text_is_linted(&text);
    }

    #[test]
    fn repairs_keep_their_promise(bytes in bytes()) {
        laws::repairs_keep_their_promise(&mut Unstructured::new(&bytes));
    }
}
