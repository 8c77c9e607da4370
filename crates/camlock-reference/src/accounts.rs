//! Whether two accounts are the same, as far as the known ids tell [RES-8, RES-9, RD-1].

use camlock_policy::{AccountIds, AccountSegment, AppId, Principal, ResourceName, Uin};

use crate::question::Question;
use crate::truth::Truth;

/// One side of a comparison of accounts.
#[derive(Clone, Debug)]
pub(crate) enum Account {
    /// The account that the caller belongs to, even if none of its ids is known.
    Caller(AccountIds),
    /// An account by what is known of it.
    Named(AccountIds),
    /// Nothing says which account it is.
    Unknown,
}

impl Account {
    /// `uin/…`.
    pub(crate) fn of_uin(uin: &Uin) -> Self {
        Self::Named(AccountIds::new(Some(uin.clone()), None))
    }

    /// `uid/…`.
    pub(crate) fn of_app_id(app_id: &AppId) -> Self {
        Self::Named(AccountIds::new(None, Some(app_id.clone())))
    }
}

/// The account that the caller belongs to; services, federated and unsigned callers belong to none.
pub(crate) fn caller(question: Question<'_>) -> Account {
    question.principal().account().cloned().map_or(Account::Unknown, Account::Caller)
}

/// What `uin/-1` stands for: the caller's root account, for a federated identity that of its
/// provider [RES-22, RD-2].
pub(crate) fn minus_one(question: Question<'_>) -> Account {
    match question.principal() {
        Principal::Federated(provider) => Account::of_uin(provider.account()),
        _ => caller(question),
    }
}

/// Who owns the resources by the request's own word [RES-9].
pub(crate) fn stated_owner(question: Question<'_>) -> Option<Account> {
    question.request.resource_owner().cloned().map(Account::Named)
}

/// The account of the resource; for `*` that of the caller (section 7.2).
pub(crate) fn of_resource(question: Question<'_>) -> Account {
    let ResourceName::Path(path) = question.resource else { return caller(question) };
    match path.account() {
        AccountSegment::Uin(uin) => Account::of_uin(uin),
        AccountSegment::AppId(app_id) => Account::of_app_id(app_id),
        AccountSegment::Caller => empty_segment(question),
    }
}

/// An empty account of a request is the caller's; only where there is none, the stated owner's
/// [RES-17].
fn empty_segment(question: Question<'_>) -> Account {
    match caller(question) {
        Account::Unknown => stated_owner(question).unwrap_or(Account::Unknown),
        account => account,
    }
}

/// Whether the resource belongs to the caller's account.
pub(crate) fn own(question: Question<'_>) -> Truth {
    same(question, &caller(question), &of_resource(question))
}

/// Whether two accounts are the same [RES-9].
pub(crate) fn same(question: Question<'_>, left: &Account, right: &Account) -> Truth {
    match (left, right) {
        (Account::Unknown, _) | (_, Account::Unknown) => Truth::Unknown,
        (Account::Caller(_), Account::Caller(_)) => Truth::Yes,
        (
            Account::Caller(left) | Account::Named(left),
            Account::Caller(right) | Account::Named(right),
        ) => same_ids(&known_pairs(question), left, right),
    }
}

/// Compares every known id of one account with every known id of the other.
///
/// Equal ids settle it, then different ones. This is no disjunction: an id that is different tells
/// more than one that cannot be compared.
fn same_ids(pairs: &[AccountIds], left: &AccountIds, right: &AccountIds) -> Truth {
    let answers = [
        left.uin().zip(right.uin()).map(|(left, right)| Truth::from(left == right)),
        left.app_id().zip(right.app_id()).map(|(left, right)| Truth::from(left == right)),
        left.uin().zip(right.app_id()).map(|(uin, app_id)| same_account(pairs, uin, app_id)),
        right.uin().zip(left.app_id()).map(|(uin, app_id)| same_account(pairs, uin, app_id)),
    ];
    [Truth::Yes, Truth::No]
        .into_iter()
        .find(|answer| answers.contains(&Some(*answer)))
        .unwrap_or(Truth::Unknown)
}

/// Whether an account id and an APPID belong to one account, which only a known pair can show.
///
/// A pair that holds one of them and another partner shows that they do not [RD-1].
fn same_account(pairs: &[AccountIds], uin: &Uin, app_id: &AppId) -> Truth {
    let has_uin = |pair: &&AccountIds| pair.uin() == Some(uin);
    let has_app_id = |pair: &&AccountIds| pair.app_id() == Some(app_id);
    if pairs.iter().any(|pair| has_uin(&pair) && has_app_id(&pair)) {
        Truth::Yes
    } else if pairs.iter().any(|pair| has_uin(&pair) || has_app_id(&pair)) {
        Truth::No
    } else {
        Truth::Unknown
    }
}

/// The accounts of which both ids are known: the caller's, the stated owner, the deployment's [RES-9].
fn known_pairs(question: Question<'_>) -> Vec<AccountIds> {
    let caller = question.principal().account();
    let owner = question.request.resource_owner();
    let known = caller.into_iter().chain(owner).chain(&question.deployment.accounts);
    known.filter(|pair| pair.uin().is_some() && pair.app_id().is_some()).cloned().collect()
}

#[cfg(test)]
mod tests;
