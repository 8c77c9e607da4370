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
    policy: Option<String>,
    /// Whether whoever asked showed a second factor.
    #[serde(default)]
    pub(crate) factor: bool,
}

/// What credentials are for.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) whose: Whose,
    pub(crate) asked_by: u64,
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
            id: format!("AKID{}", random::letters(36)?),
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
            policy: grant.policy,
            factor: grant.factor,
        };
        Ok((Arc::new(Self::new(record)?), credentials))
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

fn hash_of(token: &str) -> String {
    hex(&Sha256::digest(token))
}
