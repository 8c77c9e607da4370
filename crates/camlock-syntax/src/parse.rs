//! The door of the front end: a text in, a policy or every reason why not out.

use camlock_policy::{ApiCode, Policy, PolicyKind};
use camlock_source::{Diagnostic, Severity, Span};

use crate::codes;
use crate::json::{self, Kind, Parsed, Value};
use crate::limits::Limits;
use crate::lower::{self, Pointer};
use crate::size::{self, Size};
use crate::span_map::SpanMap;

/// What a text means as a policy: the policy, or what keeps it from being one.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain results that a caller takes apart")]
pub struct ParsedPolicy {
    /// The policy; `None` exactly when a diagnostic is an error.
    pub policy: Option<Policy>,
    /// Every fault and warning, in document order.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the elements of the policy stand.
    pub spans: SpanMap,
}

impl ParsedPolicy {
    /// The error that CAM would answer: the first in document order, unless the text is no JSON at
    /// all, which is found before anything is read from it.
    pub fn first_error(&self) -> Option<&Diagnostic> {
        let mut errors = self.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let of_text = errors.clone().find(|d| codes::TEXT.iter().any(|info| info.code == d.code));
        of_text.or_else(|| errors.next())
    }
}

/// Reads a policy document of one kind.
///
/// Never fails and never stops at the first fault: the answer holds every fault of the document, each
/// with a code, its bytes and a next step.
///
/// # Examples
///
/// ```
/// use camlock_policy::PolicyKind;
/// use camlock_syntax::parse;
///
/// let text = r#"{"version": "2.0", "statement": {"effect": "allow", "action": "cos:*", "resource": "*"}}"#;
/// assert!(parse(text, PolicyKind::Identity).policy.is_some());
///
/// let wrong = parse(&text.replace("allow", "permit"), PolicyKind::Identity);
/// assert_eq!(wrong.first_error().unwrap().api_code, Some("InvalidParameter.EffectError"));
/// ```
///
/// # Complexity
///
/// Linear in the length of the text, whatever it holds.
pub fn parse(text: &str, kind: PolicyKind) -> ParsedPolicy {
    parse_tree(text, &json::parse(text, &Limits::policy()), kind)
}

/// Reads a policy document whose JSON was read with [`Limits::policy`], as [`parse()`] does.
pub fn parse_tree(text: &str, parsed: &Parsed<'_>, kind: PolicyKind) -> ParsedPolicy {
    let mut diagnostics = parsed.diagnostics.clone();
    let json_failed = diagnostics.iter().any(|d| d.severity == Severity::Error);
    let start = parsed.root.as_ref().map_or(Span::empty(0), |root| lower::start_of(text, root));
    if let Some(fault) = too_long(kind, text.len(), parsed.significant_chars, start) {
        diagnostics.push(fault);
    }
    let root = parsed.root.as_ref();
    let lowered =
        root.map(|root| lower::document(text, root, kind, &Pointer::root(), &mut diagnostics));
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    let failed = json_failed || diagnostics.iter().any(|d| d.severity == Severity::Error);
    let (policy, spans) =
        lowered.map_or_else(Default::default, |lowered| (lowered.policy, lowered.spans));
    ParsedPolicy { policy: policy.filter(|_| !failed), diagnostics, spans }
}

/// Reads a document that stands as a value inside a larger text, such as an account file.
///
/// `text` is the whole text, `value` the document in its tree, `pointer` the place of the document.
/// Spans and pointers of the answer are those of the whole text.
pub fn parse_value(text: &str, value: &Value<'_>, kind: PolicyKind, pointer: &str) -> ParsedPolicy {
    let mut diagnostics = Vec::new();
    let own = text.get(value.span.start as usize..value.span.end as usize).unwrap_or_default();
    let start = lower::start_of(text, value);
    diagnostics.extend(too_long(kind, own.len(), size::characters(own), start));
    diagnostics.extend(over_limits(text, value, &Limits::policy(), 1));
    let root = Pointer::root();
    let lowered = lower::document(text, value, kind, &root, &mut diagnostics);
    for diagnostic in &mut diagnostics {
        let inner = diagnostic.pointer.take().unwrap_or_default();
        diagnostic.pointer = Some(format!("{pointer}{inner}"));
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    let failed = diagnostics.iter().any(|d| d.severity == Severity::Error);
    ParsedPolicy { policy: lowered.policy.filter(|_| !failed), diagnostics, spans: lowered.spans }
}

/// Where the elements of a document stand that was read without them, such as by
/// [`parse_faultless`](crate::parse_faultless).
///
/// `text` is the whole text, `document` the bytes of the document in it. Spans of the answer are those
/// of the whole text.
pub fn spans_within(text: &str, document: Span, kind: PolicyKind) -> SpanMap {
    let own = text.get(document.start as usize..document.end as usize).unwrap_or_default();
    parse(own, kind).spans.moved_by(document.start)
}

/// The fault of a document that is longer than CAM accepts.
fn too_long(kind: PolicyKind, bytes: usize, characters: usize, span: Span) -> Option<Diagnostic> {
    let size = Size::of(kind, bytes, characters);
    let api = match kind {
        PolicyKind::Session => ApiCode::PolicyTooLong,
        _ => ApiCode::PolicyDocumentLengthOverLimit,
    };
    size.is_too_long().then(|| {
        let Size { count, limit, unit } = size;
        let message = format!("the document has {count} {unit}, the limit is {limit}");
        Diagnostic::error(codes::DOCUMENT_TOO_LONG, span, message)
            .with_api_code(api.as_str())
            .with_help("split it, or write lists of actions with wildcards")
            .with_pointer("")
    })
}

/// The first place that exceeds a parser limit [SYN-18, RD-25].
///
/// Recursion is bounded: the tree came from a parser that bounds its depth.
fn over_limits(text: &str, value: &Value<'_>, limits: &Limits, depth: usize) -> Option<Diagnostic> {
    let fault = |what: String| {
        Diagnostic::error(codes::LIMIT_EXCEEDED, lower::start_of(text, value), what)
            .with_api_code(ApiCode::PolicyDocumentError.as_str())
            .with_help("split the policy")
            .with_pointer("")
    };
    let (count, nested): (usize, Vec<&Value<'_>>) = match &value.kind {
        Kind::Array(items) => (items.len(), items.iter().collect()),
        Kind::Object(members) => (members.len(), members.iter().map(|m| &m.value).collect()),
        _ => return None,
    };
    if depth > limits.max_depth {
        return Some(fault(format!("nested deeper than {}", limits.max_depth)));
    }
    if count > limits.max_members {
        return Some(fault(format!("more than {} members", limits.max_members)));
    }
    nested.into_iter().find_map(|value| over_limits(text, value, limits, depth + 1))
}
