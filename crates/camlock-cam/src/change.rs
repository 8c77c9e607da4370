//! A change on its way: the next state, and what has to be written and compiled for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::ApiError;
use crate::model::{Owner, Record};
use crate::state::State;

/// What the store calls the text that was sealed with the operator's key, to know it again.
pub(crate) const SEAL: &str = "seal";

/// The next state of an account.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) state: State,
    /// Bodies by kind and id; `None` for what goes.
    pub(crate) writes: BTreeMap<(&'static str, String), Option<String>>,
    pub(crate) touched: Touched,
}

/// What the compiled form has to follow.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub(crate) users: BTreeSet<u64>,
    pub(crate) groups: BTreeSet<u64>,
    pub(crate) policies: BTreeSet<u64>,
    pub(crate) roles: BTreeSet<String>,
    /// Nothing depends on these.
    pub(crate) others: BTreeSet<String>,
    pub(crate) numbers: BTreeSet<u64>,
}

impl Change {
    pub(crate) fn new(state: &State) -> Self {
        Self { state: state.clone(), writes: BTreeMap::new(), touched: Touched::default() }
    }

    /// Names the root account of a new store.
    pub(crate) fn set_owner(&mut self, owner: Owner) {
        let body = format!("{} {}", owner.uin, owner.app_id);
        self.writes.insert(("owner", String::new()), Some(body));
    }

    /// Keeps what only the operator's key opens.
    pub(crate) fn set_seal(&mut self, sealed: String) {
        self.writes.insert((SEAL, String::new()), Some(sealed));
    }

    /// Whether there is anything to write.
    pub(crate) fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    pub(crate) fn put<R: Record>(&mut self, record: R) -> Result<(), ApiError> {
        let id = record.id();
        let body = serde_json::to_string(&record)
            .map_err(|why| ApiError::new("InternalError.SystemError", why.to_string()))?;
        self.writes.insert((R::KIND, id.to_string()), Some(body));
        R::touch(&id, &mut self.touched);
        R::all_mut(&mut self.state).insert(id, Arc::new(record));
        Ok(())
    }

    pub(crate) fn remove<R: Record>(&mut self, id: &R::Id) {
        if R::all_mut(&mut self.state).remove(id).is_some() {
            self.writes.insert((R::KIND, id.to_string()), None);
            R::touch(id, &mut self.touched);
        }
    }

    /// Gives numbers of a kind out from the one after `last` on, at least.
    pub(crate) fn reserve(&mut self, kind: &str, last: u64) {
        let counter = self.state.counters.entry(kind.to_owned()).or_insert(last);
        *counter = last.max(*counter);
        self.writes.insert(("counter", kind.to_owned()), Some(counter.to_string()));
    }

    /// The next number of a kind, from the one after `first`.
    pub(crate) fn next(&mut self, kind: &str, first: u64) -> u64 {
        let last = self.state.counters.entry(kind.to_owned()).or_insert(first);
        *last += 1;
        let next = *last;
        self.writes.insert(("counter", kind.to_owned()), Some(next.to_string()));
        next
    }
}
