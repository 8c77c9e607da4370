//! The laws of sessions, on texts and messages by chance.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::laws;

/// Text with everything that is counted in different ways.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("a"),
            Just("\""),
            Just("{"),
            Just("]"),
            Just("ä"),
            Just("中"),
            Just("𝄞"),
            Just("\n"),
            Just("\r\n"),
            Just("\"statement\": ["),
            Just("\"action\": \"cos:"),
            Just("\"resource\": \"qcs::cos::uid/1:${uin}\""),
            Just("\"camlock\": 1, \"users\": ["),
            Just("document = <<-EOT\n  {\"statement\": [{\"effect\": \"x\", \"action\": \"cos:\"}]}\n  EOT\n"),
            Just("a: |\n  {\"statement\": [{\"effect\": \"x\"\n   }]}\n"),
            Just("```json\n{\"statement\": [{\"action\": \"cos:G\"}]}\n```\n"),
            Just("${a.b}"),
        ],
        0..24,
    )
    .prop_map(|parts| parts.concat())
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!("file:///policy.json")),
        text().prop_map(Value::from),
    ];
    let name = prop_oneof![
        Just("textDocument"),
        Just("uri"),
        Just("position"),
        Just("line"),
        Just("character"),
        Just("range"),
        Just("start"),
        Just("end"),
        Just("text"),
        Just("contentChanges"),
        Just("version"),
        Just("context"),
        Just("id"),
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map(name.clone(), inner, 0..5)
                .prop_map(|members| members.into_iter().map(|(n, v)| (n.to_owned(), v)).collect()),
        ]
    })
}

proptest! {
    // Each case asks many questions.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn parts_and_wholes_are_the_same(
        start in text(),
        changes in proptest::collection::vec((any::<usize>(), any::<usize>(), text()), 1..8),
        together in any::<bool>(),
        utf8 in any::<bool>(),
        asked in proptest::collection::vec(any::<usize>(), 6),
    ) {
        let changes: Vec<laws::Change<'_>> =
            changes.iter().map(|(from, to, new)| (*from, *to, new.as_str())).collect();
        laws::parts_and_wholes_are_the_same(&start, &changes, together, utf8, &asked);
    }

    #[test]
    fn any_message_is_survived(
        method in prop_oneof![
            Just("textDocument/hover"),
            Just("textDocument/didChange"),
            Just("textDocument/didOpen"),
            Just("textDocument/codeAction"),
            Just("initialize"),
            Just("shutdown"),
            Just("$/cancelRequest"),
        ],
        params in value(),
    ) {
        laws::any_message_is_survived(method, &params);
    }

    #[test]
    fn any_bytes_are_survived(
        header in prop_oneof![Just("Content-Length: "), Just("content-length:"), Just("")],
        length in 0_usize..200,
        body in proptest::collection::vec(any::<u8>(), 0..100),
    ) {
        let mut bytes = format!("{header}{length}\r\n\r\n").into_bytes();
        bytes.extend(body);
        laws::any_bytes_are_survived(&bytes);
    }
}
