//! Whether a statement matches, and whether it then applies [EVL-2, EVL-21].

use camlock_policy::{Effect, Layer, PrincipalPattern, Statement};

use crate::question::Question;
use crate::truth::Truth;
use crate::{action, condition, principal, resource};

/// Whether the principal, one action, one resource and all conditions match [EVL-2].
pub(crate) fn matches(question: Question<'_>, layer: Layer, statement: &Statement) -> Truth {
    Truth::all([
        names_caller(question, layer, statement),
        matches_all_but_principal(question, layer, statement),
    ])
}

/// Whether the statement matches whoever asks: an everyone-entry names the caller, and the rest
/// matches with the caller's own facts [EVL-9, RD-4].
pub(crate) fn matches_publicly(
    question: Question<'_>,
    layer: Layer,
    statement: &Statement,
) -> Truth {
    let everyone = statement
        .principals()
        .is_some_and(|principals| principals.contains(&PrincipalPattern::Everyone));
    Truth::all([everyone.into(), matches_all_but_principal(question, layer, statement)])
}

/// An uncertain allow does not apply, an uncertain deny does [EVL-21].
pub(crate) fn applies(effect: Effect, truth: Truth) -> bool {
    match effect {
        Effect::Allow => truth == Truth::Yes,
        Effect::Deny => truth != Truth::No,
    }
}

fn matches_all_but_principal(question: Question<'_>, layer: Layer, statement: &Statement) -> Truth {
    Truth::all([
        covers_action(question, statement),
        covers_resource(question, layer, statement),
        holds(question, statement),
    ])
}

/// Kinds of policy that name nobody speak about whom they are attached to [SYN-15].
fn names_caller(question: Question<'_>, layer: Layer, statement: &Statement) -> Truth {
    let Some(principals) = statement.principals() else { return Truth::Yes };
    let effect = statement.effect();
    Truth::any(principals.iter().map(|named| principal::names(question, layer, effect, named)))
}

fn covers_action(question: Question<'_>, statement: &Statement) -> Truth {
    let effect = statement.effect();
    let actions = statement.actions().iter();
    Truth::any(actions.map(|pattern| action::covers(question, effect, pattern)))
}

/// A trust policy names no resource: it speaks about its role [SYN-15].
fn covers_resource(question: Question<'_>, layer: Layer, statement: &Statement) -> Truth {
    if layer == Layer::Trust {
        return Truth::Yes;
    }
    let effect = statement.effect();
    let resources = statement.resources().iter();
    Truth::any(resources.map(|pattern| resource::covers(question, layer, effect, pattern)))
}

/// All operators and all of their keys must hold [CND-3, CND-4].
fn holds(question: Question<'_>, statement: &Statement) -> Truth {
    let conditions = statement.conditions().iter();
    Truth::all(conditions.map(|condition| condition::holds(question, condition)))
}
