//! Changes of parts of a text leave what changes of the whole text would.

use proptest::prelude::*;
use serde_json::json;

use crate::client::Client;

const URI: &str = "file:///policy.json";

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
        ],
        0..24,
    )
    .prop_map(|parts| parts.concat())
}

/// The place of a byte, in columns of UTF-16.
fn place(text: &str, at: usize) -> serde_json::Value {
    let before = &text.get(..at).unwrap();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column = before.get(start..).unwrap().encode_utf16().count();
    json!({"line": before.matches('\n').count(), "character": column})
}

proptest! {
    // Each case asks many questions.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn parts_and_wholes_are_the_same(
        start in text(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), text()), 1..8),
        together in any::<bool>(),
        asked in proptest::collection::vec(any::<prop::sample::Index>(), 6),
    ) {
        let mut expected = start.clone();
        let mut client = Client::open(URI, &start);
        let mut changes = Vec::new();
        for (from, to, new) in edits {
            // The inside of a line end is no place of its own.
            let places: Vec<usize> = (0..=expected.len())
                .filter(|at| expected.is_char_boundary(*at))
                .filter(|at| !expected.get(..*at).unwrap().ends_with('\r'))
                .collect();
            let (from, to) = (*from.get(&places), *to.get(&places));
            let (from, to) = (from.min(to), from.max(to));
            let range = json!({"start": place(&expected, from), "end": place(&expected, to)});
            changes.push(json!({"range": range, "text": new}));
            expected.replace_range(from..to, &new);
        }
        if together {
            client.change_all(json!(changes));
        } else {
            for change in changes {
                client.change_all(json!([change]));
                client.published();
            }
        }
        prop_assert_eq!(client.text(), expected.clone());
        // Whatever the text is, every question has an answer at any place.
        let places: Vec<usize> =
            (0..=expected.len()).filter(|at| expected.is_char_boundary(*at)).collect();
        for at in asked.iter().map(|index| *index.get(&places)) {
            for method in ["hover", "completion", "definition"] {
                client.at(&format!("textDocument/{method}"), at);
            }
        }
        for method in ["documentSymbol", "foldingRange"] {
            client.about(&format!("textDocument/{method}"), json!({}));
        }
        let mut fresh = Client::open(URI, &expected);
        client.change("0:0-0:0", "");
        prop_assert_eq!(client.findings(), fresh.findings());
    }
}
