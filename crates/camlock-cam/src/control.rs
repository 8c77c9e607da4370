//! Answering calls: who asks, whether they may, and what comes of it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use camlock_directory::Account;
use camlock_policy::{AppId, Uin};
use serde_json::{Map, Value};

use crate::ApiError;
use crate::calls::{self, Handler, Heard, Reply};
use crate::change::Change;
use crate::context::Context;
use crate::decider::Decider;
use crate::factor::Attempts;
use crate::form::Form;
use crate::identity::Caller;
use crate::model::{AccessKey, DeletionTask, Owner};
use crate::options::Options;
use crate::params::Params;
use crate::random;
use crate::saml::Once;
use crate::schema::Call;
use crate::seal::SealKey;
use crate::session::{Session, Sessions};
use crate::signature::{self, Authorization, failure};
use crate::state::State;
use crate::store::{Store, StoreError};
use crate::transfer;
use crate::wecom::{Desk, WeCom};
use crate::when;

/// A request as it came, with what the server knows around it.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "filled in by servers")]
pub struct Asked<'a> {
    /// What was sent.
    pub request: signature::Request<'a>,
    /// Where it came from.
    pub source_ip: IpAddr,
    /// Seconds since 1970.
    pub now: i64,
}

/// What a call comes to.
#[derive(Clone)]
#[expect(clippy::exhaustive_structs, reason = "read by servers")]
pub struct Answer {
    /// Names the call in answers and records.
    pub request_id: String,
    /// The members of the answer, or why there are none.
    pub result: Result<Map<String, Value>, ApiError>,
    /// What is written down of it.
    pub record: Record,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The answer of a call that creates a key holds its secret.
        let error = self.result.as_ref().err();
        let mut shown = f.debug_struct("Answer");
        shown.field("request_id", &self.request_id).field("error", &error).finish_non_exhaustive()
    }
}

/// What an audit record says of a call; never a secret.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "read by servers")]
pub struct Record {
    /// `cam` or `sts`.
    pub service: String,
    /// The call.
    pub action: String,
    /// The key that signed.
    pub secret_id: String,
    /// Who asked: root, `CAMUser`, `AssumedRole`; empty where it could not be told.
    pub identity: &'static str,
    /// The uin, or the id of the role.
    pub principal_id: String,
    /// The name of the user or role.
    pub user_name: String,
    /// The uin of the root account.
    pub account_id: String,
    /// What the call had to be allowed on.
    pub resources: Vec<String>,
    /// The parameters, without secrets.
    pub parameters: Map<String, Value>,
    /// Whether authentication and authorization refused it.
    pub denied: bool,
}

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

/// One account that answers calls; shared by threads.
#[derive(Debug)]
pub struct ControlPlane {
    pub(crate) options: Options,
    pub(crate) seal: SealKey,
    /// What readers see.
    published: RwLock<Arc<Published>>,
    /// One change at a time.
    store: Mutex<Store>,
    sessions: RwLock<Sessions>,
    /// Assertions of SAML that were used and are not over.
    pub(crate) assertions: Mutex<Once>,
    /// The codes that users showed.
    attempts: Mutex<Attempts>,
    /// When each key was used last, and which times are not written yet.
    uses: Mutex<Uses>,
    /// Where organizations of WeCom are linked, if they can be.
    pub(crate) desk: Option<Desk>,
}

#[derive(Debug)]
struct Published {
    state: Arc<State>,
    decider: Arc<Decider>,
}

#[derive(Debug, Default)]
struct Uses {
    all: BTreeMap<String, i64>,
    unwritten: BTreeMap<String, i64>,
}

/// What makes the next state.
enum Next {
    Plain(fn(&Context<'_>, &mut Change) -> Reply),
    After(fn(&Context<'_>, &mut Change, &Heard) -> Reply, Heard),
}

/// Requests may be so many seconds off the clock.
const WINDOW: i64 = 300;
/// Callers can ask about a deletion for so many seconds.
const DELETIONS_LAST: i64 = 24 * 60 * 60;

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
        let uses = Uses { all: store.last_used()?.into_iter().collect(), ..Uses::default() };
        Ok(Self {
            options,
            seal,
            published: RwLock::new(Arc::new(Published { state, decider })),
            store: Mutex::new(store),
            sessions: RwLock::new(sessions),
            assertions: Mutex::default(),
            attempts: Mutex::default(),
            uses: Mutex::new(uses),
            desk: None,
        })
    }

    /// Lets organizations of WeCom be linked.
    #[must_use]
    pub fn with_wecom(self, side: Arc<dyn WeCom>) -> Self {
        Self { desk: Some(Desk::new(side)), ..self }
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
        let number = |id: Option<&str>| id.and_then(|id| id.parse().ok());
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

    /// What the account owns now.
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.published().state)
    }

    /// Answers one call.
    pub fn answer(&self, asked: &Asked<'_>) -> Answer {
        let request_id = random::uuid().unwrap_or_default();
        let mut record = Record::default();
        let result = self.try_answer(asked, &mut record);
        record.denied = result.as_ref().is_err_and(is_denial);
        Answer { request_id, result, record }
    }

    /// Refuses a request that was not read to its end; nobody was asked who sent it.
    pub fn refuse(&self, asked: &Asked<'_>, error: ApiError) -> Answer {
        let request_id = random::uuid().unwrap_or_default();
        let account_id = self.published().state.owner.uin.to_string();
        let mut record = Record { action: action_of(asked), account_id, ..Record::default() };
        if let Ok(form) = Form::read(asked) {
            record.service = form.service().unwrap_or_default().to_owned();
            record.secret_id = form.authorization.as_ref().map(shown_id).unwrap_or_default();
        }
        Answer { request_id, result: Err(error), record }
    }

    /// Writes down when keys were used since the last time; to be called now and then.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] where the store cannot be written; the times are kept for the next call.
    pub fn write_uses(&self) -> Result<(), StoreError> {
        let published = self.published();
        let unwritten = {
            let mut uses = lock(&self.uses);
            // Keys that are gone need no time of use.
            uses.all.retain(|id, _| published.state.keys.contains_key(id));
            std::mem::take(&mut uses.unwritten)
        };
        if unwritten.is_empty() {
            return Ok(());
        }
        let times = unwritten.iter().map(|(id, seconds)| (id.as_str(), *seconds));
        let written = lock(&self.store).put_last_used(times);
        if written.is_err() {
            let mut uses = lock(&self.uses);
            for (id, seconds) in unwritten {
                uses.unwritten.entry(id).or_insert(seconds);
            }
        }
        written
    }

    /// Forgets what is over: temporary credentials, and deletions of roles after a day; to be called now
    /// and then.
    ///
    /// # Errors
    ///
    /// A [`StoreError`] where the store cannot be written.
    pub fn forget(&self, now: i64) -> Result<(), StoreError> {
        self.forget_sessions(now)?;
        let is_over = |task: &DeletionTask| task.created.saturating_add(DELETIONS_LAST) <= now;
        if !self.published().state.tasks.values().any(|task| is_over(task)) {
            return Ok(());
        }
        let mut store = lock(&self.store);
        let published = self.published();
        let mut change = Change::new(&published.state);
        for task in published.state.tasks.values().filter(|task| is_over(task)) {
            change.remove::<DeletionTask>(&task.id);
        }
        // Nothing that is decided on depends on them.
        self.publish(&mut store, change, Arc::clone(&published.decider))
    }

    fn forget_sessions(&self, now: i64) -> Result<(), StoreError> {
        lock(&self.store).forget_sessions(now)?;
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.record.expires > now);
        Ok(())
    }

    fn try_answer(
        &self,
        asked: &Asked<'_>,
        record: &mut Record,
    ) -> Result<Map<String, Value>, ApiError> {
        record.action = action_of(asked);
        let form = Form::read(asked)?;
        let service = form.service()?;
        service.clone_into(&mut record.service);
        let caller = self.authenticate(&form, asked, record)?;
        describe(&self.published().state, &caller, record);
        let call = form.call(service)?;
        let parameters = form.parameters(call, asked)?;
        call.check(&parameters)?;
        record.parameters = without_secrets(&parameters);
        let handler = calls::handler(service, call.name()).ok_or_else(|| {
            let message = format!("The call {service}:{} is not implemented here.", call.name());
            ApiError::new("UnsupportedOperation", message)
        })?;
        let params = Params(&parameters);
        // Who is refused waits for nobody.
        let before = self.published();
        // Trust policies may ask for the factor that comes with the call.
        let context = calls::with_factor(self.context(&before, asked, &caller, call, params))?;
        context.authorize(record)?;
        let next = match handler {
            Handler::Read(read) => return read(&context),
            Handler::Write(write) => Next::Plain(write),
            Handler::Outside(hear, write) => {
                let heard = hear(&context)?;
                // Whoever sends a code in has no key: the record is of who began the step.
                if let Some(asker) = heard.asker() {
                    describe(&before.state, asker, record);
                }
                Next::After(write, heard)
            }
        };
        let mut store = lock(&self.store);
        // Whoever decides has to see what the change starts from.
        let published = self.published();
        let context = self.context(&published, asked, &caller, call, params);
        if !Arc::ptr_eq(&before, &published) {
            if !caller.has_active_key(&published.state) {
                return Err(unknown_key());
            }
            context.authorize(record)?;
        }
        let mut change = Change::new(&published.state);
        let answer = match next {
            Next::Plain(write) => write(&context, &mut change)?,
            Next::After(write, heard) => write(&context, &mut change, &heard)?,
        };
        if change.is_empty() {
            return Ok(answer);
        }
        // Compiled first: what cannot be decided on must not be stored.
        let decider = Arc::new(published.decider.after(&change.state, &change.touched)?);
        self.publish(&mut store, change, decider).map_err(|why| unavailable(&why))?;
        Ok(answer)
    }

    /// Stores a change, and shows it to readers.
    fn publish(
        &self,
        store: &mut Store,
        change: Change,
        decider: Arc<Decider>,
    ) -> Result<(), StoreError> {
        store.commit(&change)?;
        let next = Arc::new(Published { state: Arc::new(change.state), decider });
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(())
    }

    fn context<'a>(
        &'a self,
        published: &'a Published,
        asked: &Asked<'_>,
        caller: &'a Caller,
        call: &'a Call,
        params: Params<'a>,
    ) -> Context<'a> {
        Context {
            plane: self,
            state: &published.state,
            decider: &published.decider,
            caller,
            call,
            params,
            source_ip: asked.source_ip,
            now: asked.now,
            shown_factor: false,
        }
    }

    fn published(&self) -> Arc<Published> {
        Arc::clone(&self.published.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn authenticate(
        &self,
        form: &Form<'_, '_>,
        asked: &Asked<'_>,
        record: &mut Record,
    ) -> Result<Caller, ApiError> {
        let Some(authorization) = &form.authorization else {
            if calls::unsigned(&form.action).is_none() {
                return Err(ApiError::new(
                    "AuthFailure.InvalidAuthorization",
                    "The call has to be signed.",
                ));
            }
            return Ok(Caller { uin: 0, key: None, session: None, unsigned: true });
        };
        record.secret_id = shown_id(authorization);
        let timestamp =
            form.header("x-tc-timestamp").ok_or_else(|| ApiError::missing("Timestamp"))?;
        let seconds = timestamp.parse::<i64>().ok().ok_or_else(|| {
            ApiError::new("InvalidParameter", "`X-TC-Timestamp` is no number of seconds.")
        })?;
        if seconds.abs_diff(asked.now) > WINDOW.unsigned_abs() {
            let message = "The signature has expired: the timestamp is more than five minutes off.";
            return Err(ApiError::new("AuthFailure.SignatureExpire", message));
        }
        if when::date(seconds) != authorization.date() {
            return Err(failure("the date of the credential is not that of the timestamp"));
        }
        if self.options.require_signed_action && !authorization.covers("x-tc-action") {
            return Err(failure("`x-tc-action` has to be among the signed headers"));
        }
        let id = authorization.secret_id();
        let published = self.published();
        let key = published.state.keys.get(id);
        let session = {
            let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
            sessions.get(id).map(Arc::clone)
        };
        let (secret, caller) = match (key, session) {
            (Some(key), _) if key.active => {
                let caller = Caller {
                    uin: key.uin,
                    key: Some(id.to_owned()),
                    session: None,
                    unsigned: false,
                };
                (self.seal.open(id, &key.sealed_secret)?, caller)
            }
            (None, Some(session)) => {
                let token = form.header("x-tc-token").unwrap_or_default();
                if !session.has_token(token) || session.record.expires <= asked.now {
                    let message = "The token is wrong or has expired.";
                    return Err(ApiError::new("AuthFailure.TokenFailure", message));
                }
                let secret = session.secret(&self.seal)?;
                let caller = Caller {
                    uin: session.record.asked_by,
                    key: None,
                    session: Some(session),
                    unsigned: false,
                };
                (secret, caller)
            }
            _ => return Err(unknown_key()),
        };
        let unsigned_body = form.header("x-tc-content-sha256") == Some("UNSIGNED-PAYLOAD");
        if self.options.require_signed_action && unsigned_body {
            return Err(failure("the body has to be signed"));
        }
        if !authorization.is_of(&secret, &asked.request, timestamp)? {
            return Err(failure("the signature does not match"));
        }
        if caller.is_permanent() {
            let mut uses = lock(&self.uses);
            uses.all.insert(id.to_owned(), asked.now);
            uses.unwritten.insert(id.to_owned(), asked.now);
        }
        Ok(caller)
    }

    /// Keeps new temporary credentials.
    pub(crate) fn keep(&self, session: Arc<Session>) -> Result<(), ApiError> {
        let most = self.options.quotas.sessions;
        // One at a time, so that the count holds until the new one is in it.
        let store = lock(&self.store);
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        if sessions.values().filter(|own| own.counts_with(&session)).count() >= most {
            let message = format!("There are {most} sessions of this caller that are not over.");
            return Err(ApiError::new("RequestLimitExceeded", message));
        }
        drop(sessions);
        let (id, expires) = (session.record.id.clone(), session.record.expires);
        let body = session.body()?;
        store.put_session(&id, expires, &body).map_err(|why| unavailable(&why))?;
        let mut sessions = self.sessions.write().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(id, session);
        Ok(())
    }

    /// Takes the code of somebody's second factor, once.
    pub(crate) fn take_code(&self, uin: u64, code: &str, now: i64) -> Result<(), ApiError> {
        lock(&self.attempts).take(&self.options.soft_tokens, uin, code, now)
    }

    /// When a key was used last.
    pub(crate) fn last_use(&self, secret_id: &str) -> Option<i64> {
        lock(&self.uses).all.get(secret_id).copied()
    }
}

/// Refuses a key that is not the one of the store.
fn know_again(store: &mut Store, state: &State, seal: &SealKey) -> Result<(), StoreError> {
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

fn unknown_key() -> ApiError {
    let message = "The SecretId is not found, please ensure that your SecretId is correct.";
    ApiError::new("AuthFailure.SecretIdNotFound", message)
}

/// What a record says of who asks.
fn describe(state: &State, caller: &Caller, record: &mut Record) {
    record.account_id = state.owner.uin.to_string();
    if caller.unsigned {
        return;
    }
    (record.identity, record.principal_id, record.user_name) = if let Some(id) = caller.role() {
        let name = state.roles.get(id).map_or(id, |role| &role.name);
        ("AssumedRole", id.to_owned(), name.to_owned())
    } else if caller.uin == state.owner.uin {
        ("Root", caller.uin.to_string(), "root".to_owned())
    } else {
        let name = state.users.get(&caller.uin).map_or("", |user| &user.name);
        ("CAMUser", caller.uin.to_string(), name.to_owned())
    };
}

/// The key that a request says it is signed with, as far as records show it.
fn shown_id(authorization: &Authorization<'_>) -> String {
    authorization.secret_id().chars().take(64).collect()
}

/// The call that a request says it is, as far as records show it.
fn action_of(asked: &Asked<'_>) -> String {
    let action = (asked.request.header)("x-tc-action").unwrap_or_default();
    action.chars().take(128).collect()
}

/// Whether authentication or authorization refused a call.
fn is_denial(error: &ApiError) -> bool {
    error.code().starts_with("AuthFailure.") || error.code().starts_with("UnauthorizedOperation")
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

/// Parameters that hold a secret are not written down.
fn without_secrets(parameters: &Map<String, Value>) -> Map<String, Value> {
    const SECRETS: [&str; 8] = [
        "Password",
        "SAMLAssertion",
        "WebIdentityToken",
        "TokenCode",
        "MFAToken",
        "Ticket",
        "Code",
        "ApplyToken",
    ];
    let mut shown = parameters.clone();
    for name in SECRETS {
        if let Some(value) = shown.get_mut(name) {
            *value = "***".into();
        }
    }
    shown
}

fn unavailable(why: &StoreError) -> ApiError {
    ApiError::new("InternalError.DbError", format!("The store cannot be written: {why}"))
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing is left half-done: a change is published in one step.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
