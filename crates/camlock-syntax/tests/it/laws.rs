//! Laws that hold for every text; `properties` and the fuzzer both check them.

use camlock_policy::{Element, ElementPath, PolicyKind};
use camlock_source::{Diagnostic, Severity, Span};
use camlock_syntax::json::{self, Kind, Text, Value};
use camlock_syntax::limits::Limits;
use camlock_syntax::{
    DocumentPlace, format, infer_kind, parse, parse_around_documents, parse_faultless, parse_value,
    print, spans_within,
};

/// The slice of a span; panics where the span is not one of the text.
#[track_caller]
fn slice(text: &str, span: Span) -> &str {
    let range = span.start as usize..span.end as usize;
    text.get(range).unwrap_or_else(|| panic!("{span:?} is not inside {text:?}"))
}

#[track_caller]
fn places_are_inside(text: &str, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        slice(text, diagnostic.span);
        for label in &diagnostic.secondary {
            slice(text, label.span);
        }
        assert!(!diagnostic.message.is_empty() && diagnostic.help.is_some(), "{diagnostic:?}");
    }
    let places: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.span.start).collect();
    assert!(places.is_sorted(), "out of document order: {diagnostics:#?}");
}

/// The spans of the tokens tile the text, and every fault and every value has a place inside it.
pub(crate) fn tokens_tile_the_text(text: &str) {
    let mut end = 0;
    for token in json::tokens(text) {
        assert_eq!(token.span.start, end, "a gap or an overlap in {text:?}");
        assert!(!slice(text, token.span).is_empty(), "an empty token in {text:?}");
        end = token.span.end;
    }
    assert_eq!(end as usize, text.len(), "bytes without a token in {text:?}");
    for limits in [Limits::policy(), Limits::account()] {
        let parsed = json::parse(text, &limits);
        places_are_inside(text, &parsed.diagnostics);
        assert!(parsed.root.is_some() || !parsed.diagnostics.is_empty(), "{text:?}");
        if parsed.diagnostics.is_empty() {
            assert_eq!(parsed.significant_chars, json::significant_chars(text), "{text:?}");
        }
        if let Some(root) = &parsed.root {
            values_are_nested(text, root, Span::new(0, end));
        }
    }
}

fn values_are_nested(text: &str, value: &Value<'_>, outer: Span) {
    slice(text, value.span);
    let inside = outer.start <= value.span.start && value.span.end <= outer.end;
    assert!(inside, "{:?} stands outside of {outer:?} in {text:?}", value.span);
    match &value.kind {
        Kind::Array(items) => items.iter().for_each(|i| values_are_nested(text, i, value.span)),
        Kind::Object(members) => {
            for member in members {
                slice(text, member.name.span);
                values_are_nested(text, &member.value, value.span);
            }
        }
        Kind::String(string) => {
            slice(text, string.span_of(0..string.decoded.len()));
        }
        _ => {}
    }
}

/// Where neither a limit nor a name given twice is at fault, a text is accepted exactly when
/// `serde_json` accepts it, as the same tree.
pub(crate) fn accepts_what_serde_json_accepts(text: &str) {
    // With numbers kept as written, `serde_json` reads an object of this name as a number.
    if text.contains("$serde_json") {
        return;
    }
    let limits = Limits { max_depth: 120, ..Limits::account() };
    let parsed = json::parse(text, &limits);
    let has = |codes: &[&str]| parsed.diagnostics.iter().any(|d| codes.contains(&d.code.as_str()));
    let limit = has(&["CAM1011", "CAM1012", "CAM1013", "CAM1014"]);
    let twice = has(&["CAM1015"]);
    let only =
        parsed.diagnostics.iter().all(|d| ("CAM1011"..="CAM1015").contains(&d.code.as_str()));
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    if !only {
        assert!(theirs.is_err(), "refused, and serde_json accepts {text:?}: {parsed:#?}");
        return;
    }
    if limit {
        return;
    }
    let theirs = theirs.unwrap_or_else(|error| panic!("accepted {text:?}, serde_json: {error}"));
    let ours = parsed.root.as_ref().unwrap_or_else(|| panic!("no tree for {text:?}"));
    assert!(twice || is_same(ours, &theirs), "{text:?}: {ours:#?} and {theirs:#?}");
}

fn is_same(ours: &Value<'_>, theirs: &serde_json::Value) -> bool {
    use serde_json::Value as Theirs;
    match (&ours.kind, theirs) {
        (Kind::Null, Theirs::Null) => true,
        (Kind::Bool(ours), Theirs::Bool(theirs)) => ours == theirs,
        (Kind::Number(ours), Theirs::Number(theirs)) => {
            let plain = |text: &str| text.to_ascii_lowercase().replace('+', "");
            plain(ours) == plain(&theirs.to_string())
        }
        (Kind::String(ours), Theirs::String(theirs)) => ours.decoded == *theirs,
        (Kind::Array(ours), Theirs::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(o, t)| is_same(o, t))
        }
        (Kind::Object(ours), Theirs::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|member| {
                    theirs.get(&*member.name.decoded).is_some_and(|t| is_same(&member.value, t))
                })
        }
        _ => false,
    }
}

/// The canonical layout of a faultless text means the same and does not change again.
pub(crate) fn layout_is_stable(text: &str) {
    let parsed = json::parse(text, &Limits::policy());
    let (Some(root), true) = (&parsed.root, parsed.diagnostics.is_empty()) else { return };
    let written = json::write(root);
    let again = json::parse(&written, &Limits::policy());
    assert!(again.diagnostics.is_empty(), "{text:?} became {written:?}: {:#?}", again.diagnostics);
    let again = again.root.unwrap_or_else(|| panic!("no tree for {written:?}"));
    assert!(is_equal(root, &again), "{text:?} became {written:?}");
    assert_eq!(json::write(&again), written);
}

fn is_equal(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (&left.kind, &right.kind) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Bool(left), Kind::Bool(right)) => left == right,
        (Kind::Number(left), Kind::Number(right)) => left == right,
        (Kind::String(left), Kind::String(right)) => left.decoded == right.decoded,
        (Kind::Array(left), Kind::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| is_equal(l, r))
        }
        (Kind::Object(left), Kind::Object(right)) => {
            left.len() == right.len()
                && left.iter().zip(right).all(|(left, right)| {
                    left.name.decoded == right.name.decoded && is_equal(&left.value, &right.value)
                })
        }
        _ => false,
    }
}

/// In a faultless text, the bytes of any range of a decoded string decode to that range.
pub(crate) fn spans_decode_to_their_text(text: &str) {
    let parsed = json::parse(text, &Limits::policy());
    if let (Some(root), true) = (&parsed.root, parsed.diagnostics.is_empty()) {
        for_each_string(root, &mut |string| ranges_decode(text, string));
    }
}

fn for_each_string<'v, 'a>(value: &'v Value<'a>, give: &mut impl FnMut(&'v Text<'a>)) {
    match &value.kind {
        Kind::String(text) => give(text),
        Kind::Array(items) => items.iter().for_each(|item| for_each_string(item, give)),
        Kind::Object(members) => {
            for member in members {
                give(&member.name);
                for_each_string(&member.value, give);
            }
        }
        _ => {}
    }
}

fn ranges_decode(text: &str, string: &Text<'_>) {
    let decoded = &*string.decoded;
    let ends = decoded.char_indices().map(|(at, _)| at).chain([decoded.len()]);
    // The product of a long string's places is too much to try.
    let ends: Vec<_> = ends.take(24).collect();
    for (index, start) in ends.iter().enumerate() {
        for end in &ends[index..] {
            let raw = format!("\"{}\"", slice(text, string.span_of(*start..*end)));
            let parsed = json::parse(&raw, &Limits::policy());
            let Some(Kind::String(part)) = parsed.root.map(|value| value.kind) else {
                panic!("{raw:?} is no string, of {text:?}");
            };
            assert_eq!(part.decoded, decoded[*start..*end], "{start}..{end} of {decoded:?}");
        }
    }
}

/// Any text as any kind is a policy or has at least one error, never both and never neither; and a
/// policy survives printing and layout.
pub(crate) fn policy_or_errors(text: &str, kind: PolicyKind) {
    let parsed = parse(text, kind);
    places_are_inside(text, &parsed.diagnostics);
    let failed = parsed.diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert_ne!(parsed.policy.is_some(), failed, "{text:?} as {kind}: {:#?}", parsed.diagnostics);
    assert_eq!(parsed.first_error().is_some(), failed);
    if let Some(root) = json::parse(text, &Limits::policy()).root {
        infer_kind(&root);
    }
    let Some(policy) = &parsed.policy else {
        assert!(format(text, kind).is_err());
        return;
    };
    let printed = print(policy);
    let again = parse(&printed, kind);
    // What is printed has no blanks, but lists where one value stood, and may come out too long.
    let too_long = again.first_error().is_some_and(|fault| fault.code.as_str() == "CAM2002");
    if !too_long {
        assert_eq!(again.policy.as_ref(), Some(policy), "{text} printed as {printed}");
    }
    let laid_out = format(text, kind).unwrap_or_else(|_| panic!("{text} has no layout"));
    let again = parse(&laid_out, kind);
    let too_long = again.first_error().is_some_and(|fault| fault.code.as_str() == "CAM2002");
    if !too_long {
        assert_eq!(again.policy.as_ref(), Some(policy), "{text} laid out as {laid_out}");
        assert_eq!(format(&laid_out, kind).ok(), Some(laid_out), "of {text}");
    }
}

/// The way without tree and spans answers only for a document about which there is nothing to report,
/// and then the same policy.
pub(crate) fn both_ways_agree(text: &str, kind: PolicyKind) {
    let parsed = parse(text, kind);
    let Some(policy) = parse_faultless(text, kind) else { return };
    assert!(parsed.diagnostics.is_empty(), "{text} as {kind}: {:#?}", parsed.diagnostics);
    assert_eq!(parsed.policy, Some(policy), "{text} as {kind}");
}

/// The items of the outermost list are documents.
#[derive(Clone, Copy)]
enum Spot {
    List(PolicyKind),
    Document(PolicyKind),
    Elsewhere,
}

impl json::Place for Spot {
    fn member(self, _: &str) -> Self {
        Self::Elsewhere
    }

    fn item(self) -> Self {
        match self {
            Self::List(kind) => Self::Document(kind),
            _ => Self::Elsewhere,
        }
    }
}

impl DocumentPlace for Spot {
    fn document(self) -> Option<PolicyKind> {
        match self {
            Self::Document(kind) => Some(kind),
            _ => None,
        }
    }
}

/// Documents in a list are read to the same policies, faults and places, whether or not their trees
/// are built.
pub(crate) fn documents_in_a_list_agree(text: &str, kind: PolicyKind) {
    let limits = Limits::account();
    let whole = json::parse(text, &limits);
    let (around, mut documents) = parse_around_documents(text, &limits, Spot::List(kind));
    assert_eq!(whole.diagnostics, around.diagnostics, "{text}");
    let (Some(whole), Some(around)) = (&whole.root, &around.root) else {
        assert!(documents.is_empty());
        return;
    };
    let (Kind::Array(whole), Kind::Array(around)) = (&whole.kind, &around.kind) else { return };
    assert_eq!(whole.len(), around.len(), "{text}");
    for (whole, around) in whole.iter().zip(around) {
        assert_eq!(whole.span, around.span, "{text}");
        let Some(policy) = documents.take(around.span) else { continue };
        let parsed = parse_value(text, whole, kind, "/0");
        assert!(parsed.diagnostics.is_empty(), "{text}: {:#?}", parsed.diagnostics);
        let places = spans_within(text, around.span, kind);
        for path in paths(policy.statements().len()) {
            assert_eq!(parsed.spans.span(path), places.span(path), "{path:?} of {text}");
        }
        assert_eq!(parsed.policy, Some(policy), "{text}");
    }
    assert!(documents.is_empty(), "{text}");
}

fn paths(statements: usize) -> impl Iterator<Item = ElementPath> {
    let elements = [
        Element::Effect,
        Element::Principals,
        Element::Actions,
        Element::Resources,
        Element::Condition(0),
        Element::Condition(1),
    ];
    (0_u32..).take(statements).flat_map(move |statement| {
        elements.into_iter().map(move |element| ElementPath { statement, element })
    })
}
