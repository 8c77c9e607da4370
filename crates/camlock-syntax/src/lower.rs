//! From a JSON tree to a policy: every fault of the document, in order.

mod condition;
mod pointer;
mod principal;
mod statement;
mod strings;
mod suggest;

use camlock_policy::{ApiCode, NameError, Policy, PolicyKind, PrincipalPattern, Statement};
use camlock_source::{Code, Diagnostic, Span};

use crate::codes;
use crate::element::ElementName;
use crate::json::{Kind, Member, Text, Value};
use crate::limits::Limits;
use crate::span_map::SpanMap;
pub(crate) use pointer::Pointer;
pub(crate) use principal::entry_reader;
pub(crate) use statement::denies_everyone;
pub use strings::start_of;

/// What a JSON value means as a policy document.
#[derive(Debug)]
pub(crate) struct LoweredDocument {
    pub(crate) policy: Option<Policy>,
    pub(crate) spans: SpanMap,
}

/// Reads a JSON value as a document of one kind and reports every fault.
///
/// A policy is answered exactly when this stage found no error. A value that the JSON stage could not
/// read is passed over, since that stage reported it.
pub(crate) fn document(
    text: &str,
    value: &Value<'_>,
    kind: PolicyKind,
    pointer: &Pointer<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> LoweredDocument {
    let mut lowering = Lowering {
        text,
        kind,
        diagnostics,
        failed: false,
        spans: SpanMap::default(),
        pointer_bytes: 0,
    };
    let statements = lowering.document(value, pointer);
    let policy = match statements {
        Some(statements) if !lowering.failed => Policy::new(kind, statements).ok(),
        _ => None,
    };
    LoweredDocument { policy, spans: lowering.spans }
}

/// One document on its way; its methods are spread over the files of this module, one an element.
struct Lowering<'d> {
    /// The whole text, in which the spans are.
    text: &'d str,
    kind: PolicyKind,
    diagnostics: &'d mut Vec<Diagnostic>,
    failed: bool,
    spans: SpanMap,
    /// Bytes of the pointers written so far; see [`MAX_POINTER_BYTES`].
    pointer_bytes: usize,
}

/// Bytes of JSON pointers that the faults of one document may carry. Names can be as long as the
/// document, and each fault below one repeats it; beyond this, faults keep their span only.
const MAX_POINTER_BYTES: usize = 1 << 20;

impl Lowering<'_> {
    fn document(&mut self, value: &Value<'_>, pointer: &Pointer<'_>) -> Option<Vec<Statement>> {
        let members = match &value.kind {
            Kind::Object(members) => members,
            Kind::Invalid => return None,
            _ => {
                let message = format!("a policy is an object, not {}", strings::noun(value));
                self.error(
                    codes::DOCUMENT_NOT_OBJECT,
                    ApiCode::PolicyDocumentError,
                    self.start_of(value),
                    message,
                    "write `{\"version\": \"2.0\", \"statement\": […]}`",
                    pointer,
                );
                return None;
            }
        };
        let of_document = ElementName::is_of_document;
        let elements = self.elements(members, ApiCode::PolicyDocumentError, pointer, of_document);
        self.version(find(&elements, ElementName::Version), value, pointer);
        let principal = find(&elements, ElementName::Principal)
            .map(|member| self.document_principal(member, pointer));
        let Some(statement) = find(&elements, ElementName::Statement) else {
            self.error(
                codes::MISSING_STATEMENT,
                ApiCode::StatementError,
                self.end_of(value),
                "`statement` is missing".into(),
                "add a list of statements",
                pointer,
            );
            return None;
        };
        let pointer = pointer.name(&statement.name.decoded);
        self.statements(&statement.value, principal.as_ref(), &pointer)
    }

    /// The known elements of an object; everything else is reported [SYN-10 to SYN-13].
    fn elements<'m, 'a>(
        &mut self,
        members: &'m [Member<'a>],
        unknown: ApiCode,
        pointer: &Pointer<'_>,
        belongs: impl Fn(ElementName) -> bool,
    ) -> Vec<(ElementName, &'m Member<'a>)> {
        let mut known: Vec<(ElementName, &Member<'_>)> = Vec::with_capacity(members.len().min(8));
        for member in members {
            let name = &*member.name.decoded;
            let Some(element) = ElementName::parse(name).filter(|element| belongs(*element)) else {
                self.unknown_element(member, unknown, pointer);
                continue;
            };
            let other = known.iter().find(|(seen, _)| *seen == element);
            if let Some((_, other)) = other {
                // The same spelling twice was reported with the JSON.
                if other.name.decoded == member.name.decoded {
                    self.failed = true;
                } else {
                    self.element_twice(member, other, pointer);
                }
                continue;
            }
            if name.starts_with(|c: char| c.is_ascii_uppercase()) {
                self.capital_element(&member.name, pointer);
            }
            known.push((element, member));
        }
        known
    }

    fn unknown_element(&mut self, member: &Member<'_>, api: ApiCode, pointer: &Pointer<'_>) {
        let name = &*member.name.decoded;
        let plain = name.to_ascii_lowercase().replace(['_', '-'], "");
        let quoted = camlock_source::quote(name);
        let pointer = pointer.name(name);
        if matches!(plain.as_str(), "notaction" | "notresource" | "notprincipal") {
            self.error(
                codes::NEGATED_ELEMENT,
                api,
                member.name.span,
                format!("`{quoted}` does not exist in this language"),
                "list what is meant, and deny the exceptions in a statement of their own",
                &pointer,
            );
            return;
        }
        let suggestion = suggest::element(name);
        let help = suggestion.map(|element| format!("did you mean `{element}`"));
        self.error(
            codes::UNKNOWN_ELEMENT,
            api,
            member.name.span,
            format!("unknown element `{quoted}`"),
            &help.unwrap_or_else(|| {
                "remove it; an element that is ignored could widen access".into()
            }),
            &pointer,
        );
    }

    fn element_twice(&mut self, member: &Member<'_>, other: &Member<'_>, pointer: &Pointer<'_>) {
        let name = camlock_source::quote(&member.name.decoded);
        let first = camlock_source::quote(&other.name.decoded);
        let message = format!("`{name}` and `{first}` are the same element");
        let pointer = pointer.name(&member.name.decoded).render();
        self.failed = true;
        self.diagnostics.push(
            Diagnostic::error(codes::ELEMENT_TWICE, member.name.span, message)
                .with_api_code(ApiCode::PolicyDocumentError.as_str())
                .with_help("keep one of them")
                .with_secondary(other.name.span, "first written here")
                .with_pointer(pointer),
        );
    }

    fn capital_element(&mut self, name: &Text<'_>, pointer: &Pointer<'_>) {
        let lower = name.decoded.to_ascii_lowercase();
        let message = format!("the element `{}` has a capital letter", name.decoded);
        self.diagnostics.push(
            Diagnostic::warning(codes::CAPITAL_ELEMENT, name.span, message)
                .with_help(format!("write `{lower}`, which every part of the platform accepts"))
                .with_pointer(pointer.name(&name.decoded).render()),
        );
    }

    /// `version` is the string "2.0", and only a bucket policy may leave it out [SYN-3].
    fn version(
        &mut self,
        member: Option<&Member<'_>>,
        document: &Value<'_>,
        pointer: &Pointer<'_>,
    ) {
        let Some(member) = member else {
            if self.kind != PolicyKind::Resource {
                self.error(
                    codes::MISSING_VERSION,
                    ApiCode::VersionError,
                    self.end_of(document),
                    "`version` is missing".into(),
                    "add `\"version\": \"2.0\"`",
                    pointer,
                );
            }
            return;
        };
        match &member.value.kind {
            Kind::Invalid => {}
            Kind::String(text) if text.decoded == "2.0" => {}
            _ => self.error(
                codes::BAD_VERSION,
                ApiCode::VersionError,
                member.value.span,
                "the version is not the string \"2.0\"".into(),
                "write `\"2.0\"`, with the quotes",
                &pointer.name(&member.name.decoded),
            ),
        }
    }

    fn statements(
        &mut self,
        value: &Value<'_>,
        principal: Option<&DocumentPrincipal>,
        pointer: &Pointer<'_>,
    ) -> Option<Vec<Statement>> {
        let statement = |this: &mut Self, value: &Value<'_>, pointer: &Pointer<'_>| {
            this.statement(value, principal, pointer)
        };
        match &value.kind {
            Kind::Object(_) => Some(statement(self, value, pointer).into_iter().collect()),
            Kind::Array(items) if !items.is_empty() => {
                let limit = Limits::policy().max_statements;
                if let Some(excess) = items.get(limit) {
                    self.limit(excess.span, format!("more than {limit} statements"), pointer);
                }
                let statements = items.iter().enumerate().filter_map(|(index, item)| {
                    // Spans stay in step with statements even where one cannot be read.
                    statement(self, item, &pointer.index(index))
                });
                Some(statements.collect())
            }
            Kind::Invalid => None,
            _ => {
                self.error(
                    codes::BAD_STATEMENT,
                    ApiCode::StatementError,
                    self.start_of(value),
                    format!("`statement` is {}", strings::noun(value)),
                    "write a list with at least one statement object",
                    pointer,
                );
                None
            }
        }
    }

    /// A parser limit that the sources do not give [SYN-18, RD-25].
    fn limit(&mut self, span: Span, message: String, pointer: &Pointer<'_>) {
        self.error(
            codes::LIMIT_EXCEEDED,
            ApiCode::PolicyDocumentError,
            span,
            message,
            "split the policy",
            pointer,
        );
    }

    fn error(
        &mut self,
        code: Code,
        api: ApiCode,
        span: Span,
        message: String,
        help: &str,
        pointer: &Pointer<'_>,
    ) {
        self.failed = true;
        let mut fault =
            Diagnostic::error(code, span, message).with_api_code(api.as_str()).with_help(help);
        if self.pointer_bytes < MAX_POINTER_BYTES {
            let pointer = pointer.render();
            self.pointer_bytes += pointer.len();
            fault = fault.with_pointer(pointer);
        }
        self.diagnostics.push(fault);
    }

    /// A fault inside a string, placed through its escapes.
    fn name_error(&mut self, text: &Text<'_>, error: &NameError, pointer: &Pointer<'_>) {
        let span = text.span_of(error.span());
        let span = if span.is_empty() { text.span } else { span };
        self.name_error_at(span, error, error.help(), pointer);
    }

    fn name_error_at(&mut self, span: Span, error: &NameError, help: &str, pointer: &Pointer<'_>) {
        self.error(
            codes::of_fault(error.fault()),
            error.api_code(),
            span,
            error.to_string(),
            help,
            pointer,
        );
    }
}

/// The principal of the whole document: whom it names, where it could be read [SYN-16].
struct DocumentPrincipal {
    span: Span,
    principals: Option<Vec<PrincipalPattern>>,
}

fn find<'m, 'a>(
    elements: &[(ElementName, &'m Member<'a>)],
    wanted: ElementName,
) -> Option<&'m Member<'a>> {
    elements.iter().find(|(name, _)| *name == wanted).map(|(_, member)| *member)
}
