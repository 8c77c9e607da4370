//! One statement.

use camlock_policy::{
    ActionPattern, Effect, PolicyKind, PrincipalPattern, ResourcePattern, Statement,
};

use super::condition;
use super::cursor::Cursor;
use super::principal;
use crate::element::ElementName;
use crate::lower::denies_everyone;

/// Reads a statement.
///
/// What it has too much or too little for its kind is for [`camlock_policy::Policy::new`] to refuse.
pub(super) fn statement(cursor: &mut Cursor<'_>, kind: PolicyKind) -> Option<Statement> {
    let mut effect: Option<Effect> = None;
    let mut principals: Option<Vec<PrincipalPattern>> = None;
    let mut actions = Vec::new();
    let mut resources = Vec::new();
    let mut conditions = Vec::new();
    cursor.elements(|cursor, element| match element {
        ElementName::Effect => {
            effect = Some(Effect::parse(&cursor.string()?)?);
            Some(())
        }
        ElementName::Principal => {
            principals = Some(principal::principals(cursor, kind)?);
            Some(())
        }
        ElementName::Action => {
            actions = cursor.strings(|text| ActionPattern::parse(text).ok())?;
            Some(())
        }
        ElementName::Resource => {
            resources = cursor.strings(|text| ResourcePattern::parse_all(text, &mut |_| ()))?;
            Some(())
        }
        ElementName::Condition => condition::conditions(cursor, &mut conditions),
        ElementName::Sid | ElementName::Id => cursor.scalar(),
        ElementName::Version | ElementName::Statement => None,
    })?;
    let effect = effect.filter(|effect| !denies_everyone(*effect, principals.as_deref()))?;
    let mut statement = Statement::new(effect)
        .with_actions(actions)
        .with_resources(resources)
        .with_conditions(conditions);
    for principal in principals.into_iter().flatten() {
        statement = statement.with_principal(principal);
    }
    Some(statement)
}
