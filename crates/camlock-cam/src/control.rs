//! Answering calls: who asks, whether they may, and what comes of it.

mod authenticate;
mod record;
mod root_key;
mod start;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use serde_json::{Map, Value};

use crate::ApiError;
use crate::calls::{self, Handler, Heard, Reply};
use crate::change::Change;
use crate::context::Context;
use crate::decider::Decider;
use crate::factor::{self, Attempts};
use crate::form::Form;
use crate::identity::Caller;
use crate::model::DeletionTask;
use crate::options::Options;
use crate::params::Params;
use crate::random;
use crate::saml::Once;
use crate::schema::Call;
use crate::seal::SealKey;
use crate::session::{Session, Sessions};
use crate::signature;
use crate::state::State;
use crate::store::{Store, StoreError};
use crate::used::Used;
use crate::wecom::{Desk, WeCom};
use authenticate::unknown_key;
pub use record::{Record, SessionFacts};
use record::{action_of, describe, is_denial, shown_id, without_secrets};
pub use root_key::NewRootKeyError;
pub use start::RootKey;
pub(crate) use start::new_key;

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

/// Callers can ask about a deletion for so many seconds.
const DELETIONS_LAST: i64 = 24 * 60 * 60;

impl ControlPlane {
    /// Lets organizations of WeCom be linked.
    #[must_use]
    pub fn with_wecom(self, side: Arc<dyn WeCom>) -> Self {
        Self { desk: Some(Desk::new(side)), ..self }
    }

    /// What the account owns now.
    pub fn state(&self) -> Arc<State> {
        Arc::clone(&self.published().state)
    }

    /// Answers one call.
    pub fn answer(&self, asked: &Asked<'_>) -> Answer {
        let request_id = random::uuid().unwrap_or_default();
        let mut record = self.blank();
        let result = self.try_answer(asked, &mut record);
        record.denied = result.as_ref().is_err_and(is_denial);
        Answer { request_id, result, record }
    }

    /// What every record says.
    fn blank(&self) -> Record {
        let owner = self.published().state.owner;
        let (account_id, app_id) = (owner.uin.to_string(), owner.app_id.to_string());
        Record { account_id, app_id, ..Record::default() }
    }

    /// Refuses a request that was not read to its end; nobody was asked who sent it.
    pub fn refuse(&self, asked: &Asked<'_>, error: ApiError) -> Answer {
        let request_id = random::uuid().unwrap_or_default();
        let mut record = Record { action: action_of(asked), ..self.blank() };
        if let Ok(form) = Form::read(asked) {
            form.service().unwrap_or_default().clone_into(&mut record.service);
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
        // No key is made or deleted meanwhile: what is kept is what there is, and stays so until it is written.
        let mut store = lock(&self.store);
        let unwritten = {
            let mut uses = lock(&self.uses);
            let published = self.published();
            let is_there = |id: &String| published.state.keys.contains_key(id);
            uses.all.retain(|id, _| is_there(id));
            uses.unwritten.retain(|id, _| is_there(id));
            std::mem::take(&mut uses.unwritten)
        };
        if unwritten.is_empty() {
            return Ok(());
        }
        let times = unwritten.iter().map(|(id, seconds)| (id.as_str(), *seconds));
        let written = store.put_last_used(times);
        drop(store);
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
        lock(&self.store).forget(now)?;
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
            Handler::Read(read) => {
                let answer = read(&context)?;
                record.factor |= context.shown_factor;
                if caller.unsigned {
                    self.describe_vouched(&before.state, &answer, record);
                }
                return Ok(answer);
            }
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

    /// Has the record name the role that somebody got whom a provider vouched for.
    fn describe_vouched(&self, state: &State, answer: &Map<String, Value>, record: &mut Record) {
        let credentials = answer.get("Credentials").and_then(|all| all.get("TmpSecretId"));
        let Some(id) = credentials.and_then(Value::as_str) else { return };
        let sessions = self.sessions.read().unwrap_or_else(PoisonError::into_inner);
        let session = sessions.get(id).map(Arc::clone);
        if session.is_some() {
            describe(state, &Caller { uin: 0, key: None, session, unsigned: false }, record);
        }
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
        let mut attempts = lock(&self.attempts);
        let step = attempts.take(&self.options.soft_tokens, uin, code, now)?;
        self.keep_used(&Used::Code(uin, step), factor::over(step))
    }

    /// Writes down that something was used, for the time after a restart.
    pub(crate) fn keep_used(&self, used: &Used, until: i64) -> Result<(), ApiError> {
        lock(&self.store).put_used(used, until).map_err(|why| unavailable(&why))
    }

    /// When a key was used last.
    pub(crate) fn last_use(&self, secret_id: &str) -> Option<i64> {
        lock(&self.uses).all.get(secret_id).copied()
    }
}

fn unavailable(why: &StoreError) -> ApiError {
    ApiError::new("InternalError.DbError", format!("The store cannot be written: {why}"))
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing is left half-done: a change is published in one step.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
