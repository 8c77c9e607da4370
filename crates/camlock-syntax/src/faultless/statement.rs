//! One statement.

use camlock_policy::{
    ActionPattern, Effect, PolicyKind, PrincipalPattern, ResourcePattern, Statement,
};

use super::condition;
use super::cursor::Cursor;
use super::principal;
use crate::element::ElementName;
use crate::lower::denies_everyone;

/// A statement whose document may still name principals for it.
pub(super) struct Read {
    statement: Statement,
    has_principals: bool,
}

impl Read {
    /// The statement; those of the document count where it has none of its own [SYN-16].
    pub(super) fn with_principals(self, of_document: Option<&[PrincipalPattern]>) -> Option<Statement> {
        match of_document {
            None => Some(self.statement),
            Some(_) if self.has_principals => None,
            Some(principals) => Some(
                principals.iter().cloned().fold(self.statement, Statement::with_principal),
            ),
        }
    }
}

/// Reads a statement whose opening brace was read.
///
/// What it has too much or too little for its kind is for [`camlock_policy::Policy::new`] to refuse.
pub(super) fn statement(cursor: &mut Cursor<'_>, kind: PolicyKind) -> Option<Read> {
    let mut effect: Option<Effect> = None;
    let mut principals: Option<Vec<PrincipalPattern>> = None;
    let mut actions = Vec::new();
    let mut resources = Vec::new();
    let mut conditions = Vec::new();
    cursor.elements_inside(|cursor, element| match element {
        ElementName::Effect => {
            effect = Some(Effect::parse(&cursor.string()?)?);
            Some(())
        }
        ElementName::Principal => {
            principals = Some(principal::principals(cursor, kind)?);
            Some(())
        }
        ElementName::Action => cursor.strings(|text| {
            actions.push(ActionPattern::parse(text).ok()?);
            Some(())
        }),
        ElementName::Resource => cursor.strings(|text| {
            resources.push(ResourcePattern::parse_all(text, &mut |_| ())?);
            Some(())
        }),
        ElementName::Condition => condition::conditions(cursor, &mut conditions),
        ElementName::Sid | ElementName::Id => cursor.scalar(),
        ElementName::Version | ElementName::Statement => None,
    })?;
    let effect = effect.filter(|effect| !denies_everyone(*effect, principals.as_deref()))?;
    let has_principals = principals.is_some();
    let mut statement = Statement::new(effect).with_actions(actions).with_resources(resources);
    statement = principals.into_iter().flatten().fold(statement, Statement::with_principal);
    statement = conditions.into_iter().fold(statement, Statement::with_condition);
    Some(Read { statement, has_principals })
}
