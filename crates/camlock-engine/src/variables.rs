//! The values that policy variables take in one request.

use camlock_policy::{AppId, Principal, Uin, Variable};

/// What each variable stands for; `None` where the caller has no such value [VAR-5].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Variables<'a> {
    uin: Option<&'a str>,
    owner_uin: Option<&'a str>,
    app_id: Option<&'a str>,
    tag: Option<(&'a str, &'a str)>,
}

impl<'a> Variables<'a> {
    pub(crate) fn of(principal: &'a Principal) -> Self {
        Self {
            uin: principal.uin().map(Uin::as_str),
            owner_uin: principal.owner_uin().map(Uin::as_str),
            app_id: principal.app_id().map(AppId::as_str),
            tag: None,
        }
    }

    /// The same caller with one of its tags in view; both tag variables refer to it [VAR-7].
    pub(crate) fn with_tag(self, key: &'a str, value: &'a str) -> Self {
        Self { tag: Some((key, value)), ..self }
    }

    /// Whether each variable of a resource has a value.
    pub(crate) fn are_complete(&self) -> bool {
        self.uin.is_some() && self.owner_uin.is_some() && self.app_id.is_some()
    }

    pub(crate) fn get(&self, variable: Variable) -> Option<&'a str> {
        match variable {
            Variable::Uin => self.uin,
            Variable::OwnerUin => self.owner_uin,
            Variable::AppId => self.app_id,
            Variable::PrincipalTagKey => self.tag.map(|(key, _)| key),
            Variable::PrincipalTagValue => self.tag.map(|(_, value)| value),
            _ => None,
        }
    }
}
