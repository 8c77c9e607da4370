//! The laws of `laws` in bounded time; the fuzzer checks the same ones for as long as it is left to.

use camlock_policy::PolicyKind;
use proptest::prelude::*;
use proptest::sample::select;

use crate::laws;

/// What JSON is made of, what people write instead, and what stands around it.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\"a\"",
    "\"b\"",
    "\"\\u0061\"",
    "\"\\ud83d\\ude00é\"",
    "\"\\n\\\\\\\"\"",
    "\"\\ud800\"",
    "\"\\q\"",
    "\"\t\"",
    "0",
    "-1",
    "1.5e+3",
    "01",
    "1.",
    "-",
    "+1",
    "true",
    "false",
    "null",
    "None",
    "NaN",
    "abc",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "// c\n",
    "# c\n",
    "/* c */",
    "/*",
    "“a”",
    "'a'",
    "：",
    "，",
    "、",
    ";",
    "｛",
    "｝",
    "［",
    "］",
    "=",
    "<AppId>",
    "${uin}",
    "<",
    "${",
    "\\",
    "é",
    "😀",
];

pub(crate) fn wild() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn scalar() -> impl Strategy<Value = String> {
    let string = prop::collection::vec(
        select(
            &["a", "é", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u00e9", "\\uD83D\\uDE00", "*", " "]
                [..],
        ),
        0..8,
    );
    prop_oneof![
        string.prop_map(|parts| format!("\"{}\"", parts.concat())),
        select(&["0", "-0", "12", "1.5", "-2e10", "3E+7", "4e-1", "1e999"][..])
            .prop_map(str::to_owned),
        select(&["true", "false", "null"][..]).prop_map(str::to_owned),
    ]
}

/// JSON without a fault, but for names that may stand twice.
fn faultless() -> impl Strategy<Value = String> {
    scalar().prop_recursive(5, 40, 6, |inner| {
        let name = select(&["\"a\"", "\"b\"", "\"c\\u0064\"", "\"\"", "\"e\\\\\""][..]);
        let blank = select(&["", " ", "\n", "\t "][..]);
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..5), blank.clone())
                .prop_map(|(items, blank)| format!("[{blank}{}{blank}]", items.join(","))),
            (prop::collection::vec((name, inner), 0..5), blank).prop_map(|(members, blank)| {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("{name}{blank}:{value}")).collect();
                format!("{{{}{blank}}}", members.join(&format!(",{blank}")))
            }),
        ]
    })
}

/// Policies nearly right: parts of documents, some of them wrong or out of place.
pub(crate) fn documents() -> impl Strategy<Value = String> {
    let element = select(
        &[
            r#""effect":"allow""#,
            r#""Effect":"deny""#,
            r#""action":"*""#,
            r#""action":["cos:Get*","name/cvm:Run"]"#,
            r#""action":"cos.Get""#,
            r#""resource":"*""#,
            r#""resource":["qcs::cos:gz:uid/1:b/*","qcs::cvm:::i/${uin}"]"#,
            r#""resource":[]"#,
            r#""principal":"*""#,
            r#""principal":{"qcs":["qcs::cam::uin/1:root"],"service":"cvm.qcloud.com"}"#,
            r#""principal":{"federated":"qcs::cam::uin/1:saml-provider/p"}"#,
            r#""condition":{"string_equal":{"qcs:tag":"a&b"},"ip_equal":{"qcs:ip":["10.0.0.1"]}}"#,
            r#""condition":{"numeric_equal":{"x:y":[1,2.50]},"null_equal":{"x:z":true}}"#,
            r#""condition":{"StringEquals":{}}"#,
            r#""sid":"x""#,
            r#""notaction":"*""#,
        ][..],
    );
    let statement = prop::collection::vec(element, 1..6)
        .prop_map(|elements| format!("{{{}}}", elements.join(",")));
    let version =
        select(&[r#""version":"2.0","#, r#""Version":"2.0","#, r#""version":2.0,"#, ""][..]);
    (version, prop::collection::vec(statement, 0..4), any::<bool>()).prop_map(
        |(version, statements, list)| match (statements.as_slice(), list) {
            ([only], false) => format!(r#"{{{version}"statement":{only}}}"#),
            _ => format!(r#"{{{version}"statement":[{}]}}"#, statements.join(",")),
        },
    )
}

/// A document with a piece put in somewhere, or a part left out.
pub(crate) fn damaged() -> impl Strategy<Value = String> {
    let ascii: Vec<_> = PIECES.iter().copied().filter(|piece| piece.is_ascii()).collect();
    (documents(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), select(ascii))
        .prop_map(|(text, from, length, piece)| {
            let from = from.index(text.len());
            let to = from + length.index((text.len() - from).min(8) + 1);
            format!("{}{piece}{}", &text[..from], &text[to..])
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn tokens_tile_any_text(text in prop_oneof![wild(), "\\PC{0,40}"]) {
        laws::tokens_tile_the_text(&text);
    }

    #[test]
    fn what_serde_json_accepts_is_accepted(text in prop_oneof![wild(), faultless()]) {
        laws::accepts_what_serde_json_accepts(&text);
    }

    #[test]
    fn the_canonical_layout_is_stable(text in faultless()) {
        laws::layout_is_stable(&text);
    }

    #[test]
    fn spans_inside_strings_decode_to_their_text(text in faultless()) {
        laws::spans_decode_to_their_text(&text);
    }

    #[test]
    fn a_document_is_a_policy_or_has_errors(
        text in prop_oneof![documents(), damaged()],
        kind in select(&PolicyKind::ALL[..]),
    ) {
        laws::policy_or_errors(&text, kind);
    }
}
