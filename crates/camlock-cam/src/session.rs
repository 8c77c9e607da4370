//! Temporary credentials.

use std::collections::BTreeMap;
use std::sync::Arc;

use camlock_engine::PolicySet;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use crate::ApiError;
use crate::decider::Decider;
use crate::model::Tags;
use crate::random;
use crate::seal::SealKey;
use crate::signature::hex;

/// What is kept of temporary credentials; neither the secret nor the token can be read from it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Record {
    pub(crate) id: String,
    sealed_secret: String,
    token_hash: String,
    pub(crate) expires: i64,
    pub(crate) whose: Whose,
    /// The sub-account or root that asked for the credentials; 0 where a provider vouched for somebody.
    pub(crate) asked_by: u64,
    /// The hash of which provider vouched for whom, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) vouched_hash: Option<String>,
    pub(crate) policy: Option<String>,
    /// Whether whoever asked showed a second factor.
    #[serde(default)]
    pub(crate) factor: bool,
}

/// What credentials are for.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) whose: Whose,
    pub(crate) asked_by: u64,
    /// The hash of which provider vouched for whom.
    pub(crate) vouched_hash: Option<String>,
    pub(crate) policy: Option<String>,
    pub(crate) expires: i64,
    pub(crate) factor: bool,
}

/// Whose rights the credentials carry.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Whose {
    /// A role.
    Role { id: String, session: String, tags: Tags },
    /// Whoever asked, by a name that they chose.
    Federated { name: String },
    /// Whoever asked, with a second factor.
    Caller,
}

impl Whose {
    /// The id of the role.
    pub(crate) fn role(&self) -> Option<&str> {
        match self {
            Self::Role { id, .. } => Some(id),
            Self::Federated { .. } | Self::Caller => None,
        }
    }
}

const ID_START: &str = "AKID";
/// After that an id has so many letters; that of a permanent key has fewer.
const ID_LETTERS: usize = 36;

/// Temporary credentials, ready to be used.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) record: Record,
    pub(crate) policy: Option<PolicySet>,
}

/// What the caller gets, once.
pub(crate) struct Credentials {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: String,
    pub(crate) expires: i64,
}

impl Session {
    /// New credentials.
    pub(crate) fn issue(
        seal: &SealKey,
        grant: Grant,
    ) -> Result<(Arc<Self>, Credentials), ApiError> {
        let credentials = Credentials {
            id: format!("{ID_START}{}", random::letters(ID_LETTERS)?),
            secret: random::letters(44)?,
            token: random::letters(64)?,
            expires: grant.expires,
        };
        let record = Record {
            sealed_secret: seal.seal(&credentials.id, &credentials.secret)?,
            token_hash: hash_of(&credentials.token),
            id: credentials.id.clone(),
            expires: grant.expires,
            whose: grant.whose,
            asked_by: grant.asked_by,
            vouched_hash: grant.vouched_hash,
            policy: grant.policy,
            factor: grant.factor,
        };
        Ok((Arc::new(Self::new(record)?), credentials))
    }

    /// Whether an id is one of temporary credentials: those of keys are shorter.
    pub(crate) fn is_id(id: &str) -> bool {
        let letters = id.strip_prefix(ID_START);
        letters.is_some_and(|letters| letters.len() == ID_LETTERS)
    }

    /// Credentials as they were kept.
    pub(crate) fn read(body: &str) -> Result<Self, ApiError> {
        let record = serde_json::from_str(body)
            .map_err(|why| ApiError::new("InternalError.SystemError", why.to_string()))?;
        Self::new(record)
    }

    fn new(record: Record) -> Result<Self, ApiError> {
        let policy = record.policy.as_deref().map(Decider::session).transpose()?;
        Ok(Self { record, policy })
    }

    pub(crate) fn body(&self) -> Result<String, ApiError> {
        serde_json::to_string(&self.record)
            .map_err(|why| ApiError::new("InternalError.SystemError", why.to_string()))
    }

    /// Whether both count as those of one caller, of whom there may be so many: whoever asked, or whom a
    /// provider vouched for, in one role.
    pub(crate) fn counts_with(&self, other: &Self) -> bool {
        let (one, two) = (&self.record, &other.record);
        let same = (one.asked_by, &one.vouched_hash) == (two.asked_by, &two.vouched_hash);
        same && (one.asked_by != 0 || one.whose.role() == two.whose.role())
    }

    pub(crate) fn secret(&self, seal: &SealKey) -> Result<String, ApiError> {
        seal.open(&self.record.id, &self.record.sealed_secret)
    }

    /// Whether the token is the one that came with the credentials.
    pub(crate) fn has_token(&self, token: &str) -> bool {
        hash_of(token).as_bytes().ct_eq(self.record.token_hash.as_bytes()).into()
    }
}

/// Every session by its key.
pub(crate) type Sessions = BTreeMap<String, Arc<Session>>;

pub(crate) fn hash_of(text: &str) -> String {
    hex(&Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(asked_by: u64, vouched: Option<&str>, role: &str) -> Arc<Session> {
        let whose = Whose::Role { id: role.to_owned(), session: "s".to_owned(), tags: Tags::new() };
        let vouched_hash = vouched.map(hash_of);
        let grant =
            Grant { whose, asked_by, vouched_hash, policy: None, expires: 1, factor: false };
        Session::issue(&SealKey::generate().unwrap(), grant).unwrap().0
    }

    #[test]
    fn whom_a_provider_vouches_for_is_counted_alone_and_by_role() {
        let own = session(0, Some("idp\nann"), "1");
        assert!(own.counts_with(&session(0, Some("idp\nann"), "1")));
        for other in [
            session(0, Some("idp\nbob"), "1"),
            session(0, Some("other\nann"), "1"),
            session(0, Some("idp\nann"), "2"),
            session(7, None, "1"),
        ] {
            assert!(!own.counts_with(&other));
        }
        assert!(session(7, None, "1").counts_with(&session(7, None, "2")));
        assert!(!session(7, None, "1").counts_with(&session(8, None, "1")));
    }
}
