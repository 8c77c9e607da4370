//! A new key for the root, by whoever has the store and the key that opens it.

use std::fmt;

use super::start::{know_again, new_key};
use super::{ControlPlane, RootKey};
use crate::ApiError;
use crate::change::Change;
use crate::model::AccessKey;
use crate::seal::SealKey;
use crate::store::{Store, StoreError};

/// Why the root gets no new key.
#[derive(Debug)]
#[non_exhaustive]
pub enum NewRootKeyError {
    /// It has as many keys as it may have: these.
    TooMany(Vec<String>),
    /// The key to delete is none of the root's.
    NoSuchKey,
    /// The store has no account, was sealed with another key, or cannot be read or written.
    Store(StoreError),
}

impl fmt::Display for NewRootKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany(keys) => {
                write!(f, "the root has as many keys as it may have: {}", keys.join(", "))
            }
            Self::NoSuchKey => f.write_str("the root has no such key to delete"),
            Self::Store(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for NewRootKeyError {}

impl From<StoreError> for NewRootKeyError {
    fn from(why: StoreError) -> Self {
        Self::Store(why)
    }
}

impl From<ApiError> for NewRootKeyError {
    fn from(why: ApiError) -> Self {
        Self::Store(StoreError::form(why.to_string()))
    }
}

impl ControlPlane {
    /// Makes a new key for the root of a store's account, for whoever lost the others or made them inactive;
    /// `delete` names one of the root's to give up for it.
    ///
    /// # Errors
    ///
    /// A [`NewRootKeyError`]; the keys are as they were then.
    pub fn new_root_key(
        store: &mut Store,
        seal: &SealKey,
        most: usize,
        delete: Option<&str>,
        now: i64,
    ) -> Result<RootKey, NewRootKeyError> {
        let state = store.state()?;
        know_again(store, &state, seal)?;
        let mut change = Change::new(&state);
        if let Some(id) = delete {
            if !state.keys_of(state.owner.uin).any(|key| key.id == id) {
                return Err(NewRootKeyError::NoSuchKey);
            }
            change.remove::<AccessKey>(&id.to_owned());
        }
        let keys: Vec<String> =
            change.state.keys_of(state.owner.uin).map(|key| key.id.clone()).collect();
        if keys.len() >= most {
            return Err(NewRootKeyError::TooMany(keys));
        }
        let (key, secret_key) = new_key(seal, state.owner.uin, String::new(), now)?;
        let secret_id = key.id.clone();
        change.put(key)?;
        store.commit(&change)?;
        Ok(RootKey { secret_id, secret_key })
    }
}
