//! Laws of the JSON front end, held against an independent reader.

use camlock_source::{Diagnostic, Severity, Span};
use camlock_syntax::json::{self, Kind, Parsed, Value};
use camlock_syntax::limits::Limits;
use proptest::prelude::*;

use super::generate::{almost_json, json, soup};

proptest! {
    #[test]
    fn tokens_tile_any_text(text in prop_oneof![soup(), almost_json(), any::<String>()]) {
        let mut end = 0;
        for token in json::tokens(&text) {
            prop_assert_eq!(token.span.start, end);
            prop_assert!(!token.span.is_empty());
            prop_assert!(text.is_char_boundary(token.span.end as usize));
            end = token.span.end;
        }
        prop_assert_eq!(end as usize, text.len());
    }

    #[test]
    fn json_is_accepted_and_read_as_written(text in json()) {
        agrees(&text)?;
        prop_assert!(accepted(&read(&text)));
    }

    #[test]
    fn almost_json_is_judged_as_by_another_reader(text in almost_json()) {
        agrees(&text)?;
    }

    #[test]
    fn pieces_are_judged_as_by_another_reader(text in soup()) {
        agrees(&text)?;
    }

    #[test]
    fn any_text_is_judged_as_by_another_reader(text in any::<String>()) {
        agrees(&text)?;
    }

    #[test]
    fn spans_are_places_of_the_text(text in prop_oneof![soup(), almost_json()]) {
        let parsed = read(&text);
        let mut last = 0;
        for Diagnostic { span, secondary, .. } in &parsed.diagnostics {
            prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            prop_assert!(last <= span.start, "not in document order");
            last = span.start;
            for label in secondary {
                prop_assert!(text.get(label.span.start as usize..label.span.end as usize).is_some());
            }
        }
        if let Some(root) = &parsed.root {
            spans_nest(root, &text)?;
        }
    }

    #[test]
    fn decoded_characters_have_their_places(text in prop_oneof![json(), almost_json()]) {
        let parsed = read(&text);
        if let Some(root) = &parsed.root {
            each_string(root, &mut |string| {
                let mut end = None;
                for (at, c) in string.decoded.char_indices() {
                    let span = string.span_of(at..at + c.len_utf8());
                    let written = slice(&text, span);
                    assert!(written.starts_with('\\') || written.starts_with(c), "{written:?} for {c:?}");
                    assert!(end.is_none_or(|end| end == span.start), "a gap before {span:?}");
                    end = Some(span.end);
                }
            });
        }
    }

    #[test]
    fn printing_is_stable_and_keeps_the_meaning(text in prop_oneof![json(), almost_json()]) {
        let parsed = read(&text);
        if let Some(root) = &parsed.root {
            let printed = json::write(root);
            let again = read(&printed);
            prop_assert!(accepted(&again), "{printed:?}: {:?}", again.diagnostics);
            let again = again.root.unwrap();
            prop_assert_eq!(&json::write(&again), &printed);
            prop_assert_eq!(plain(&again), plain(root));
        }
    }

    #[test]
    fn size_does_not_depend_on_layout(text in json()) {
        let parsed = read(&text);
        let mut spread = String::new();
        for token in json::tokens(&text) {
            spread.push(' ');
            spread.push_str(slice(&text, token.span));
            spread.push('\n');
        }
        prop_assert_eq!(read(&spread).significant_chars, parsed.significant_chars);
        prop_assert_eq!(json::significant_chars(&text), parsed.significant_chars);
    }
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).expect("the span lies in the text")
}

fn read(text: &str) -> Parsed<'_> {
    // The other reader stops at 128.
    let limits = Limits { max_depth: 100, ..Limits::policy() };
    json::parse(text, &limits)
}

/// Whether it is JSON; a name that stands twice is JSON too, and refused for another reason.
fn accepted(parsed: &Parsed<'_>) -> bool {
    let errors = parsed.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors.filter(|fault| fault.code.as_str() != "CAM1015").count() == 0
}

fn agrees(text: &str) -> Result<(), TestCaseError> {
    let parsed = read(text);
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(expected) => {
            prop_assert!(accepted(&parsed), "{text:?}: {:?}", parsed.diagnostics);
            prop_assert_eq!(parsed.root.as_ref().map(plain), Some(expected));
        }
        Err(error) => prop_assert!(!accepted(&parsed), "{text:?} is not JSON: {error}"),
    }
    Ok(())
}

/// The tree as the other reader has it.
fn plain(value: &Value<'_>) -> serde_json::Value {
    match &value.kind {
        Kind::Null | Kind::Invalid => serde_json::Value::Null,
        Kind::Bool(value) => (*value).into(),
        Kind::Number(number) => serde_json::from_str(number).unwrap(),
        Kind::String(text) => (&*text.decoded).into(),
        Kind::Array(items) => items.iter().map(plain).collect(),
        Kind::Object(members) => {
            members.iter().map(|m| (m.name.decoded.to_string(), plain(&m.value))).collect()
        }
    }
}

fn spans_nest(value: &Value<'_>, text: &str) -> Result<(), TestCaseError> {
    let inside = |inner: Span| value.span.start <= inner.start && inner.end <= value.span.end;
    prop_assert!(text.get(value.span.start as usize..value.span.end as usize).is_some());
    match &value.kind {
        Kind::Array(items) => {
            for item in items {
                prop_assert!(inside(item.span));
                spans_nest(item, text)?;
            }
        }
        Kind::Object(members) => {
            for member in members {
                prop_assert!(inside(member.name.span) && inside(member.value.span));
                spans_nest(&member.value, text)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn each_string(value: &Value<'_>, visit: &mut impl FnMut(&json::Text<'_>)) {
    match &value.kind {
        Kind::String(text) => visit(text),
        Kind::Array(items) => items.iter().for_each(|item| each_string(item, visit)),
        Kind::Object(members) => {
            for member in members {
                visit(&member.name);
                each_string(&member.value, visit);
            }
        }
        _ => {}
    }
}
