//! Tokens that are good for a while.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Tokens by whose they are, until shortly before their end.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<BTreeMap<String, (String, Instant)>>);

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(…)")
    }
}

/// A token is asked for anew so long before it ends.
const MARGIN: Duration = Duration::from_secs(60);

impl Tokens {
    pub(crate) fn get(&self, whose: &str) -> Option<String> {
        let all = self.all();
        let (token, until) = all.get(whose)?;
        (*until > now()).then(|| token.clone())
    }

    /// Keeps a token that is good for so many seconds.
    pub(crate) fn put(&self, whose: &str, token: &str, seconds: u64) {
        let life = Duration::from_secs(seconds.min(86_400)).saturating_sub(MARGIN);
        if let Some(until) = now().checked_add(life) {
            self.all().insert(whose.to_owned(), (token.to_owned(), until));
        }
    }

    /// Forgets a token that was refused.
    pub(crate) fn forget(&self, whose: &str) {
        self.all().remove(whose);
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, (String, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tokens of WeCom end by the clock, nothing here decides by it"
)]
fn now() -> Instant {
    Instant::now()
}
