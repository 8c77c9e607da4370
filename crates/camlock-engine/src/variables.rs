//! The values that policy variables take in one request.

use camlock_policy::{AppId, Principal, Uin, Variable};

/// What each variable stands for; `None` where the caller has no such value [VAR-5].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Variables<'a> {
    principal: Option<&'a Principal>,
    tag: Option<(&'a str, &'a str)>,
}

impl<'a> Variables<'a> {
    pub(crate) fn of(principal: &'a Principal) -> Self {
        Self { principal: Some(principal), tag: None }
    }

    /// The same caller with one of its tags in view; both tag variables refer to it [VAR-7].
    pub(crate) fn with_tag(self, key: &'a str, value: &'a str) -> Self {
        Self { tag: Some((key, value)), ..self }
    }

    /// Whether each variable of a resource has a value.
    pub(crate) fn are_complete(&self) -> bool {
        [Variable::Uin, Variable::OwnerUin, Variable::AppId]
            .into_iter()
            .all(|variable| self.get(variable).is_some())
    }

    pub(crate) fn get(&self, variable: Variable) -> Option<&'a str> {
        match variable {
            Variable::Uin => self.principal?.uin().map(Uin::as_str),
            Variable::OwnerUin => self.principal?.owner_uin().map(Uin::as_str),
            Variable::AppId => self.principal?.app_id().map(AppId::as_str),
            Variable::PrincipalTagKey => self.tag.map(|(key, _)| key),
            Variable::PrincipalTagValue => self.tag.map(|(_, value)| value),
            _ => None,
        }
    }
}
