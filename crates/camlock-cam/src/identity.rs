//! Who asks.

use std::sync::Arc;

use camlock_policy::Principal;

use crate::ApiError;
use crate::decider::{Decider, Who};
use crate::session::{Session, Whose};
use crate::state::State;

/// A caller whose signature was checked.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The sub-account or root, or who asked for the temporary credentials.
    pub(crate) uin: u64,
    /// The permanent key.
    pub(crate) key: Option<String>,
    /// With temporary credentials.
    pub(crate) session: Option<Arc<Session>>,
    /// A provider will have to vouch for them: no key at all.
    pub(crate) unsigned: bool,
}

impl Caller {
    pub(crate) fn is_permanent(&self) -> bool {
        self.session.is_none() && !self.unsigned
    }

    /// Whether the key that signed may still be used.
    pub(crate) fn has_active_key(&self, state: &State) -> bool {
        self.key.as_ref().is_none_or(|id| state.keys.get(id).is_some_and(|key| key.active))
    }

    /// The key or the temporary credentials that signed.
    pub(crate) fn credential(&self) -> &str {
        let session = self.session.as_ref().map(|session| &*session.record.id);
        self.key.as_deref().or(session).unwrap_or_default()
    }

    /// Whether temporary credentials have ended.
    pub(crate) fn is_over(&self, now: i64) -> bool {
        self.session.as_ref().is_some_and(|session| session.record.expires <= now)
    }

    /// Whether a second factor was shown for the credentials.
    pub(crate) fn has_factor(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.record.factor)
    }

    pub(crate) fn whose(&self) -> Option<&Whose> {
        self.session.as_ref().map(|session| &session.record.whose)
    }

    /// The role of the credentials.
    pub(crate) fn role(&self) -> Option<&str> {
        self.whose()?.role()
    }

    pub(crate) fn is_root(&self, state: &State) -> bool {
        !self.unsigned && self.uin == state.owner.uin && self.role().is_none()
    }

    /// Whose policies count.
    pub(crate) fn who(&self, state: &State) -> Who<'_> {
        match self.role() {
            Some(role) => Who::Role(role),
            None if self.unsigned => Who::Other,
            None if self.uin == state.owner.uin => Who::Root,
            None => Who::User(self.uin),
        }
    }

    /// The caller as policies speak of it.
    pub(crate) fn principal(
        &self,
        state: &State,
        decider: &Decider,
    ) -> Result<Principal, ApiError> {
        let known = decider.principal(self.who(state));
        let gone = || ApiError::new("AuthFailure.TokenFailure", "Whoever the key is of is gone.");
        let mut principal = known.ok_or_else(gone)?;
        if let (Principal::Role(role), Some(Whose::Role { tags, .. })) =
            (&mut principal, self.whose())
        {
            // A session adds tags to those of its role, and replaces none.
            for (key, value) in tags {
                if role.tags.iter().all(|(own, _)| **own != **key) {
                    role.tags.push((key.as_str().into(), value.as_str().into()));
                }
            }
        }
        Ok(principal)
    }
}
