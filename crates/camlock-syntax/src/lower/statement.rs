//! One statement: effect, actions, resources; principals and conditions have files of their own.

use camlock_policy::{
    ActionPattern, ApiCode, Effect, PolicyKind, PrincipalPattern, ResourcePattern, Statement,
};
use camlock_source::Diagnostic;

use super::strings::{self, ListFault};
use super::{DocumentPrincipal, Lowering, Pointer, find};
use crate::codes;
use crate::element::ElementName;
use crate::json::{Kind, Member, Value};
use crate::span_map::StatementSpans;

impl Lowering<'_> {
    /// Reads a statement; answers it where it is whole.
    pub(super) fn statement(
        &mut self,
        value: &Value<'_>,
        document_principal: Option<&DocumentPrincipal>,
        pointer: &Pointer<'_>,
    ) -> Option<Statement> {
        let Kind::Object(members) = &value.kind else {
            if !matches!(value.kind, Kind::Invalid) {
                self.error(
                    codes::BAD_STATEMENT,
                    ApiCode::StatementError,
                    self.start_of(value),
                    format!("a statement is an object, not {}", strings::noun(value)),
                    "write `{\"effect\": …, \"action\": …, \"resource\": …}`",
                    pointer,
                );
            }
            return None;
        };
        let of_statement = ElementName::is_of_statement;
        let elements = self.elements(members, ApiCode::StatementError, pointer, of_statement);
        let mut spans = StatementSpans { statement: value.span, ..StatementSpans::default() };
        let member = |name| find(&elements, name);

        let effect = self.effect(member(ElementName::Effect), value, pointer, &mut spans);
        let actions = self.actions(member(ElementName::Action), value, pointer, &mut spans);
        let resources = self.resources(member(ElementName::Resource), value, pointer, &mut spans);
        let principal = member(ElementName::Principal);
        let principals =
            self.statement_principal(principal, document_principal, value, pointer, &mut spans);
        let conditions = match member(ElementName::Condition) {
            Some(member) => self.conditions(member, pointer, &mut spans),
            None => Vec::new(),
        };
        self.spans.statements.push(spans);

        let effect = effect?;
        self.warn_everyone_deny(effect, principals.as_deref(), principal, pointer);
        let mut statement = Statement::new(effect).with_actions(actions).with_resources(resources);
        statement = principals.into_iter().flatten().fold(statement, Statement::with_principal);
        Some(statement.with_conditions(conditions))
    }

    /// `allow` or `deny`, and no default [SYN-6].
    fn effect(
        &mut self,
        member: Option<&Member<'_>>,
        statement: &Value<'_>,
        pointer: &Pointer<'_>,
        spans: &mut StatementSpans,
    ) -> Option<Effect> {
        let Some(member) = member else {
            self.error(
                codes::MISSING_EFFECT,
                ApiCode::EffectError,
                self.end_of(statement),
                "`effect` is missing".into(),
                "add `\"effect\": \"allow\"` or `\"effect\": \"deny\"`; there is no default",
                pointer,
            );
            return None;
        };
        spans.effect = Some(member.value.span);
        if matches!(member.value.kind, Kind::Invalid) {
            return None;
        }
        let effect = match &member.value.kind {
            Kind::String(text) => Effect::parse(&text.decoded),
            _ => None,
        };
        if effect.is_none() {
            self.error(
                codes::BAD_EFFECT,
                ApiCode::EffectError,
                self.start_of(&member.value),
                "the effect is neither `allow` nor `deny`".into(),
                "write `\"allow\"` or `\"deny\"`, without blanks",
                &pointer.name(&member.name.decoded),
            );
        }
        effect
    }

    fn actions(
        &mut self,
        member: Option<&Member<'_>>,
        statement: &Value<'_>,
        pointer: &Pointer<'_>,
        spans: &mut StatementSpans,
    ) -> Vec<ActionPattern> {
        let mut actions = Vec::new();
        let Some(member) = member else {
            self.error(
                codes::MISSING_ACTION,
                ApiCode::ActionMiss,
                self.end_of(statement),
                "`action` is missing".into(),
                "add the actions that the statement speaks about",
                pointer,
            );
            return actions;
        };
        spans.actions = Some(member.value.span);
        let fault = ListFault {
            element: "action",
            code: codes::BAD_ACTION,
            api: ApiCode::ActionError,
            empty_code: codes::MISSING_ACTION,
            empty_api: ApiCode::ActionMiss,
        };
        let pointer = pointer.name(&member.name.decoded);
        self.each_string(&member.value, &fault, &pointer, |this, text, pointer| {
            match ActionPattern::parse(&text.decoded) {
                Ok(action) => actions.push(action),
                Err(error) => this.name_error(text, &error, pointer),
            }
        });
        actions
    }

    /// Required everywhere but in a trust policy, where it is forbidden [SYN-8, SYN-15].
    fn resources(
        &mut self,
        member: Option<&Member<'_>>,
        statement: &Value<'_>,
        pointer: &Pointer<'_>,
        spans: &mut StatementSpans,
    ) -> Vec<ResourcePattern> {
        let mut resources = Vec::new();
        let Some(member) = member else {
            if self.kind.names_resources() {
                self.error(
                    codes::MISSING_RESOURCE,
                    ApiCode::ResourceError,
                    self.end_of(statement),
                    "`resource` is missing".into(),
                    "name the resources, or write `\"resource\": \"*\"` for all of them",
                    pointer,
                );
            }
            return resources;
        };
        spans.resources = Some(member.value.span);
        let pointer = pointer.name(&member.name.decoded);
        if !self.kind.names_resources() {
            self.error(
                codes::RESOURCE_IN_TRUST,
                ApiCode::ResourceError,
                member.name.span,
                "a trust policy has no `resource`".into(),
                "remove it; a trust policy speaks about its own role",
                &pointer,
            );
            return resources;
        }
        let fault = ListFault {
            element: "resource",
            code: codes::BAD_RESOURCE,
            api: ApiCode::ResourceError,
            empty_code: codes::BAD_RESOURCE,
            empty_api: ApiCode::ResourceError,
        };
        self.each_string(&member.value, &fault, &pointer, |this, text, pointer| {
            let pattern = ResourcePattern::parse_all(&text.decoded, &mut |error| {
                this.name_error(text, &error, pointer);
            });
            resources.extend(pattern);
        });
        resources
    }

    /// A deny for everyone does not stop signed callers, which surprises its authors [EVL-10].
    fn warn_everyone_deny(
        &mut self,
        effect: Effect,
        principals: Option<&[PrincipalPattern]>,
        member: Option<&Member<'_>>,
        pointer: &Pointer<'_>,
    ) {
        let Some(member) = member.filter(|_| denies_everyone(effect, principals)) else { return };
        let (what, note) = if self.kind == PolicyKind::Trust {
            (
                "a deny for everyone stops nobody in a trust policy",
                "[RD-8] everyone matches nobody here",
            )
        } else {
            let what = "a deny for everyone stops unsigned requests only";
            (what, "[EVL-10] signed callers are not affected")
        };
        self.diagnostics.push(
            Diagnostic::warning(codes::EVERYONE_DENIED, member.value.span, what)
                .with_help("name the accounts and users that shall be stopped")
                .with_note(note)
                .with_pointer(pointer.name(&member.name.decoded).render()),
        );
    }
}

/// Whether a statement with these principals of its own denies everyone.
pub(crate) fn denies_everyone(effect: Effect, principals: Option<&[PrincipalPattern]>) -> bool {
    let everyone = principals.is_some_and(|all| all.contains(&PrincipalPattern::Everyone));
    effect == Effect::Deny && everyone
}
