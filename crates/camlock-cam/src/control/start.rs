//! Starting an account, and opening it again.

use std::sync::{Arc, Mutex, RwLock};

use camlock_directory::Account;
use camlock_policy::{AppId, Uin};

use super::{ControlPlane, Published, Uses};
use crate::ApiError;
use crate::calls;
use crate::change::Change;
use crate::decider::Decider;
use crate::factor::Attempts;
use crate::model::{AccessKey, Owner};
use crate::options::Options;
use crate::random;
use crate::saml::Once;
use crate::seal::SealKey;
use crate::session::{Session, Sessions};
use crate::state::State;
use crate::store::{Store, StoreError};
use crate::transfer;
use crate::used::Used;

/// The first key of the root account, shown once.
#[expect(clippy::exhaustive_structs, reason = "read by whoever started the account")]
pub struct RootKey {
    /// The id.
    pub secret_id: String,
    /// The secret.
    pub secret_key: String,
}

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RootKey").field("secret_id", &self.secret_id).finish_non_exhaustive()
    }
}

impl ControlPlane {
    /// Opens the account of a store.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] where the store has no account yet or cannot be read.
    pub fn open(
        mut store: Store,
        seal: SealKey,
        options: Options,
        now: i64,
    ) -> Result<Self, StoreError> {
        let Some(owner) = store.owner()? else {
            return Err(StoreError::form("the store has no account yet"));
        };
        let state = Arc::new(store.load(owner)?);
        know_again(&mut store, &state, &seal)?;
        let unreadable = |why: ApiError| StoreError::form(why.to_string());
        let decider = Arc::new(Decider::new(&state).map_err(unreadable)?);
        let mut sessions = Sessions::new();
        for (id, body) in store.sessions(now)? {
            sessions.insert(id, Arc::new(Session::read(&body).map_err(unreadable)?));
        }
        let (mut assertions, mut attempts) = (Once::default(), Attempts::default());
        for (used, until) in store.used(now)? {
            match used {
                Used::Assertion(name) => assertions.remember(name, until),
                Used::Code(uin, step) => attempts.remember(uin, step),
            }
        }
        let uses = Uses { all: store.last_used()?.into_iter().collect(), ..Uses::default() };
        Ok(Self {
            options,
            seal,
            published: RwLock::new(Arc::new(Published { state, decider })),
            store: Mutex::new(store),
            sessions: RwLock::new(sessions),
            assertions: Mutex::new(assertions),
            attempts: Mutex::new(attempts),
            uses: Mutex::new(uses),
            desk: None,
        })
    }

    /// Starts an account in an empty store, with the preset policies and a first key for the root.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] where the store has an account already or cannot be written.
    pub fn start(
        store: &mut Store,
        seal: &SealKey,
        uin: u64,
        app_id: u64,
        now: i64,
    ) -> Result<RootKey, StoreError> {
        if store.owner()?.is_some() {
            return Err(StoreError::form("the store has an account already"));
        }
        let failed = |why: ApiError| StoreError::form(why.to_string());
        let mut change = Change::new(&State::new(Owner { uin, app_id }));
        for policy in calls::presets(now) {
            change.put(policy).map_err(failed)?;
        }
        first_key(store, seal, change, now)
    }

    /// Starts an account in an empty store from an account file, with a first key for the root; answers
    /// besides what the file has and CAM does not hold.
    ///
    /// Names that would not be accepted for new objects stay as they are.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start), and where the file has service control policies or an id that is too
    /// large.
    pub fn start_from(
        store: &mut Store,
        seal: &SealKey,
        account: &Account,
        now: i64,
    ) -> Result<(RootKey, Vec<String>), StoreError> {
        if store.owner()?.is_some() {
            return Err(StoreError::form("the store has an account already"));
        }
        let failed = |why: ApiError| StoreError::form(why.to_string());
        let ids = account.owner();
        // Ids of users come after that of the root.
        let fits = |id: &u64| *id <= i64::MAX.unsigned_abs();
        let number = |id: Option<&str>| id.and_then(|id| id.parse().ok()).filter(fits);
        let uin = number(ids.uin().map(Uin::as_str));
        let app_id = number(ids.app_id().map(AppId::as_str));
        let (Some(uin), Some(app_id)) = (uin, app_id) else {
            return Err(StoreError::form("the account file states no uin and APPID of its owner"));
        };
        let mut change = Change::new(&State::new(Owner { uin, app_id }));
        for policy in calls::presets(now) {
            change.put(policy).map_err(failed)?;
        }
        let left_out = transfer::import(account, &mut change, now).map_err(failed)?;
        // What cannot be decided on must not be stored.
        Decider::new(&change.state).map_err(failed)?;
        Ok((first_key(store, seal, change, now)?, left_out))
    }
}

/// Refuses a key that is not the one of the store.
pub(super) fn know_again(
    store: &mut Store,
    state: &State,
    seal: &SealKey,
) -> Result<(), StoreError> {
    let mark = store.mark()?;
    let opens = |key: &Arc<AccessKey>| seal.open(&key.id, &key.sealed_secret).is_ok();
    let known = match &mark {
        Some(mark) => seal.made_mark(mark),
        None => state.keys.values().next().is_none_or(opens),
    };
    if !known {
        return Err(StoreError::form("the keys of the store were sealed with another key"));
    }
    if mark.is_some() {
        return Ok(());
    }
    // A store of before is marked once its key is known.
    let mut change = Change::new(state);
    change.set_seal(seal.mark().map_err(|why| StoreError::form(why.to_string()))?);
    store.commit(&change)
}

/// Stores a new account with a key for its root.
fn first_key(
    store: &mut Store,
    seal: &SealKey,
    mut change: Change,
    now: i64,
) -> Result<RootKey, StoreError> {
    let failed = |why: ApiError| StoreError::form(why.to_string());
    let owner = change.state.owner;
    let (key, secret_key) = new_key(seal, owner.uin, String::new(), now).map_err(failed)?;
    let secret_id = key.id.clone();
    change.put(key).map_err(failed)?;
    change.set_seal(seal.mark().map_err(failed)?);
    change.set_owner(owner);
    store.commit(&change)?;
    Ok(RootKey { secret_id, secret_key })
}

/// A new permanent key and its secret.
pub(crate) fn new_key(
    seal: &SealKey,
    uin: u64,
    description: String,
    now: i64,
) -> Result<(AccessKey, String), ApiError> {
    let id = format!("AKID{}", random::letters(32)?);
    let secret = random::letters(32)?;
    let sealed_secret = seal.seal(&id, &secret)?;
    Ok((AccessKey { id, uin, sealed_secret, active: true, created: now, description }, secret))
}
