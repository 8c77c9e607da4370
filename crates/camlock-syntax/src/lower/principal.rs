//! Whom a document or a statement names.

use camlock_policy::{ApiCode, NameError, NameFault, PolicyKind, PrincipalPattern};
use camlock_source::Diagnostic;

use super::strings::ListFault;
use super::{DocumentPrincipal, Lowering, Pointer};
use crate::codes;
use crate::json::{Kind, Member, Value};
use crate::span_map::StatementSpans;

type ReadEntry = fn(&str) -> Result<PrincipalPattern, NameError>;

/// What reads the entries of a member of `principal` [PRN-2].
pub(crate) fn entry_reader(name: &str) -> Option<ReadEntry> {
    Some(match name {
        "qcs" => PrincipalPattern::parse_qcs,
        "service" => PrincipalPattern::parse_service,
        "federated" => PrincipalPattern::parse_federated,
        _ => return None,
    })
}

impl Lowering<'_> {
    /// The principal of the whole document, the older form [SYN-16].
    pub(super) fn document_principal(
        &mut self,
        member: &Member<'_>,
        pointer: &Pointer<'_>,
    ) -> DocumentPrincipal {
        let pointer = pointer.name(&member.name.decoded);
        let principals = self.principal(member, &pointer);
        DocumentPrincipal { span: member.name.span, principals }
    }

    /// The principal of a statement: its own, or that of the document, but not both [SYN-16].
    pub(super) fn statement_principal(
        &mut self,
        member: Option<&Member<'_>>,
        document: Option<&DocumentPrincipal>,
        statement: &Value<'_>,
        pointer: &Pointer<'_>,
        spans: &mut StatementSpans,
    ) -> Option<Vec<PrincipalPattern>> {
        match (member, document) {
            (Some(member), None) => {
                spans.principals = Some(member.value.span);
                self.principal(member, &pointer.name(&member.name.decoded))
            }
            (None, Some(document)) => {
                spans.principals = Some(document.span);
                document.principals.clone()
            }
            (Some(member), Some(document)) => {
                self.principal_twice(member, document, pointer);
                None
            }
            (None, None) => {
                if self.kind.names_principals() {
                    self.error(
                        codes::MISSING_PRINCIPAL,
                        ApiCode::PrincipalError,
                        self.end_of(statement),
                        "`principal` is missing".into(),
                        "name whom the statement speaks about",
                        pointer,
                    );
                }
                None
            }
        }
    }

    fn principal_twice(
        &mut self,
        member: &Member<'_>,
        document: &DocumentPrincipal,
        pointer: &Pointer<'_>,
    ) {
        self.failed = true;
        self.diagnostics.push(
            Diagnostic::error(
                codes::PRINCIPAL_TWICE,
                member.name.span,
                "`principal` stands in the document and in a statement",
            )
            .with_api_code(ApiCode::PrincipalError.as_str())
            .with_help("keep the one in the statement, and give each statement its own")
            .with_secondary(document.span, "for the whole document here")
            .with_pointer(pointer.name(&member.name.decoded).render()),
        );
    }

    /// `"*"`, or an object of `qcs`, `service` and `federated` [PRN-1, PRN-2].
    fn principal(
        &mut self,
        member: &Member<'_>,
        pointer: &Pointer<'_>,
    ) -> Option<Vec<PrincipalPattern>> {
        if !self.kind.names_principals() {
            self.error(
                codes::FORBIDDEN_PRINCIPAL,
                ApiCode::PrincipalError,
                member.name.span,
                format!("a policy of kind {} names no `principal`", self.kind),
                "remove it; the policy speaks about whom it is attached to",
                pointer,
            );
            return None;
        }
        let value = &member.value;
        match &value.kind {
            Kind::String(text) if text.decoded == "*" => Some(vec![PrincipalPattern::Everyone]),
            Kind::Object(members) if !members.is_empty() => {
                let mut principals = Vec::new();
                for member in members {
                    self.principal_member(member, &mut principals, pointer);
                }
                Some(principals)
            }
            Kind::Invalid => None,
            _ => {
                self.error(
                    codes::BAD_PRINCIPAL,
                    ApiCode::PrincipalError,
                    self.start_of(value),
                    "`principal` is neither \"*\" nor an object that names someone".into(),
                    if self.kind == PolicyKind::Trust {
                        // Everyone would match nobody there [RD-8].
                        "write `{\"qcs\": [\"qcs::cam::uin/ACCOUNT:uin/USER\"]}`"
                    } else {
                        "write `{\"qcs\": [\"qcs::cam::uin/ACCOUNT:uin/USER\"]}`, or `\"*\"` for everyone"
                    },
                    pointer,
                );
                None
            }
        }
    }

    fn principal_member(
        &mut self,
        member: &Member<'_>,
        principals: &mut Vec<PrincipalPattern>,
        pointer: &Pointer<'_>,
    ) {
        let name = &*member.name.decoded;
        let pointer = pointer.name(name);
        let Some(read) = entry_reader(name) else {
            self.error(
                codes::BAD_PRINCIPAL,
                ApiCode::PrincipalError,
                member.name.span,
                format!("`{}` is not a kind of principal", camlock_source::quote(name)),
                "use `qcs`, `service` or `federated`, in lower case",
                &pointer,
            );
            return;
        };
        let fault = ListFault {
            element: name,
            code: codes::BAD_PRINCIPAL,
            api: ApiCode::PrincipalError,
            empty_code: codes::BAD_PRINCIPAL,
            empty_api: ApiCode::PrincipalError,
        };
        self.each_string(&member.value, &fault, &pointer, |this, text, pointer| {
            match read(&text.decoded) {
                Ok(principal) => principals.push(principal),
                Err(error)
                    if this.kind == PolicyKind::Trust
                        && error.fault() == NameFault::PrincipalStar =>
                {
                    let help = "name the accounts, users or services that shall assume the role";
                    this.name_error_at(text.span, &error, help, pointer);
                }
                Err(error) => this.name_error(text, &error, pointer),
            }
        });
    }
}
