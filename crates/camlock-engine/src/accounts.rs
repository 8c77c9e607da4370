//! Which account is which: two spellings of one account, and what shows them equal [RES-9].

use camlock_policy::{AccountIds, AccountPattern, AccountSegment, AppId, Uin};

use crate::truth::Truth;

/// What is known of one account, borrowed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Account<'a> {
    uin: Option<&'a str>,
    app_id: Option<&'a str>,
}

impl<'a> Account<'a> {
    pub(crate) fn of_ids(ids: &'a AccountIds) -> Self {
        Self { uin: ids.uin().map(Uin::as_str), app_id: ids.app_id().map(AppId::as_str) }
    }

    pub(crate) fn of_uin(uin: &'a Uin) -> Self {
        Self { uin: Some(uin.as_str()), app_id: None }
    }

    fn of_app_id(app_id: &'a AppId) -> Self {
        Self { uin: None, app_id: Some(app_id.as_str()) }
    }
}

/// The pairs of ids that are known in one request [RES-9].
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownPairs<'a> {
    caller: Option<&'a AccountIds>,
    owner: Option<&'a AccountIds>,
    directory: &'a [AccountIds],
}

impl<'a> KnownPairs<'a> {
    pub(crate) fn new(
        caller: Option<&'a AccountIds>,
        owner: Option<&'a AccountIds>,
        directory: &'a [AccountIds],
    ) -> Self {
        Self { caller, owner, directory }
    }

    fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let all = self.caller.into_iter().chain(self.owner).chain(self.directory);
        all.filter_map(|ids| Some((ids.uin()?.as_str(), ids.app_id()?.as_str())))
    }

    /// Whether two accounts are the same one; unknown where no pair settles it [RES-9, RD-1].
    pub(crate) fn same(&self, left: Account<'_>, right: Account<'_>) -> Truth {
        let uins = left.uin.zip(right.uin).map(|(left, right)| left == right);
        let app_ids = left.app_id.zip(right.app_id).map(|(left, right)| left == right);
        match (uins, app_ids) {
            (Some(true), _) | (_, Some(true)) => return Truth::Yes,
            (Some(false), _) | (_, Some(false)) => return Truth::No,
            (None, None) => {}
        }
        // One id of each side has to meet the other id of the other side.
        let crossed = left.uin.zip(right.app_id).or(right.uin.zip(left.app_id));
        let Some((uin, app_id)) = crossed else { return Truth::Unknown };
        let mut settled = Truth::Unknown;
        for (known_uin, known_app_id) in self.iter() {
            match (known_uin == uin, known_app_id == app_id) {
                (true, true) => return Truth::Yes,
                (true, false) | (false, true) => settled = Truth::No,
                (false, false) => {}
            }
        }
        settled
    }
}

/// The account segment of a request; `caller` is the account an empty one stands for [RES-17].
pub(crate) fn of_segment<'a>(
    segment: &'a AccountSegment,
    caller: Option<&'a AccountIds>,
) -> Account<'a> {
    match segment {
        AccountSegment::Caller => caller.map(Account::of_ids).unwrap_or_default(),
        AccountSegment::Uin(uin) => Account::of_uin(uin),
        AccountSegment::AppId(app_id) => Account::of_app_id(app_id),
    }
}

/// The account that a pattern names by id; `None` for those that depend on policy and caller.
pub(crate) fn of_pattern(pattern: &AccountPattern) -> Option<Account<'_>> {
    match pattern {
        AccountPattern::Uin(uin) => Some(Account::of_uin(uin)),
        AccountPattern::AppId(app_id) => Some(Account::of_app_id(app_id)),
        AccountPattern::Owner | AccountPattern::Any | AccountPattern::Caller => None,
    }
}
