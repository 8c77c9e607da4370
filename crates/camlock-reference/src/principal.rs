//! Whether a statement names the caller [PRN-1 to PRN-12].

use camlock_policy::{Effect, Layer, Principal, PrincipalPattern, RolePattern, RoleSession, Uin};

use crate::accounts::{self, Account};
use crate::question::{Caller, Question};
use crate::truth::Truth;

/// Whether an entry of a resource policy or a trust policy names the caller.
pub(crate) fn names(
    question: Question<'_>,
    layer: Layer,
    effect: Effect,
    pattern: &PrincipalPattern,
) -> Truth {
    match pattern {
        PrincipalPattern::Everyone => names_everyone(question, layer, effect),
        PrincipalPattern::Root(account) => names_root(question, layer, effect, account),
        PrincipalPattern::User { account, uin } => names_user(question, account, uin),
        PrincipalPattern::Group { account, group } => names_group(question, account, group),
        PrincipalPattern::Role { account, role, service_linked } => {
            names_role(question, account, role, *service_linked)
        }
        PrincipalPattern::Provider(provider) => {
            let asserted =
                matches!(question.principal(), Principal::Federated(own) if own == provider);
            asserted.into()
        }
        PrincipalPattern::Service(name) => {
            matches!(question.principal(), Principal::Service(own) if own == name).into()
        }
        // Matches nobody by itself [RD-7].
        PrincipalPattern::AccountService { .. } => Truth::No,
        // Whom an entry of an unheard-of form names cannot be told.
        _ => Truth::Unknown,
    }
}

/// Everyone is everyone in an allow, and the unsigned in a deny [PRN-1, EVL-10]. In a trust policy it
/// is nobody [RD-8].
fn names_everyone(question: Question<'_>, layer: Layer, effect: Effect) -> Truth {
    let unsigned = *question.principal() == Principal::Anonymous;
    match (layer, effect) {
        (Layer::Trust, _) => Truth::No,
        (_, Effect::Allow) => Truth::Yes,
        (_, Effect::Deny) => (unsigned || question.deployment.strict_everyone_deny).into(),
    }
}

/// A root entry is the root account. Across accounts, and in a trust policy, it stands for the users
/// and roles of the account as well [PRN-11, RD-5, RD-6].
fn names_root(question: Question<'_>, layer: Layer, effect: Effect, account: &Uin) -> Truth {
    let belongs = belongs_to(question, account);
    match question.caller() {
        // In a deny it stops every identity of the account, federated ones too [RD-5].
        Caller::Guest if question.is_federated() && effect == Effect::Deny => {
            (question.principal().owner_uin() == Some(account)).into()
        }
        Caller::Guest => Truth::No,
        Caller::Root => belongs,
        Caller::Member if layer == Layer::Trust => belongs,
        Caller::Member => Truth::all([belongs, !accounts::own(question)]),
    }
}

/// One user of one account [PRN-3].
fn names_user(question: Question<'_>, account: &Uin, uin: &Uin) -> Truth {
    let Principal::User(user) = question.principal() else { return Truth::No };
    Truth::all([Truth::from(user.uin == *uin), belongs_to(question, account)])
}

/// The members of a group [PRN-7].
fn names_group(question: Question<'_>, account: &Uin, group: &str) -> Truth {
    let Principal::User(user) = question.principal() else { return Truth::No };
    let member = user.groups.iter().any(|own| **own == *group);
    Truth::all([member.into(), belongs_to(question, account)])
}

/// The sessions of a role; the service-role spelling is for service-linked roles only [PRN-8, RD-7].
fn names_role(
    question: Question<'_>,
    account: &Uin,
    role: &RolePattern,
    service_linked: bool,
) -> Truth {
    let Principal::Role(session) = question.principal() else { return Truth::No };
    Truth::all([
        (session.service_linked || !service_linked).into(),
        is_session_of(session, role),
        belongs_to(question, account),
    ])
}

/// Compares the id or the name; whether one that the request does not state is equal cannot be told.
fn is_session_of(session: &RoleSession, role: &RolePattern) -> Truth {
    let (stated, wanted) = match role {
        RolePattern::Id(id) => (&session.id, id),
        RolePattern::Name(name) => (&session.name, name),
    };
    stated.as_ref().map_or(Truth::Unknown, |stated| (stated == wanted).into())
}

/// Whether the caller belongs to the account of an entry.
fn belongs_to(question: Question<'_>, account: &Uin) -> Truth {
    accounts::same(question, &accounts::caller(question), &Account::of_uin(account))
}
