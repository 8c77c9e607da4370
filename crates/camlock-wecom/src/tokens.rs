//! What ends by the clock: tokens, and patience.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use camlock_cam::wecom::WeComError;

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

/// The time by which something has to be done.
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    pub(crate) fn after(seconds: u64) -> Self {
        Self(now().checked_add(Duration::from_secs(seconds)))
    }

    /// What is left of the time.
    pub(crate) fn left(&self) -> Result<Duration, WeComError> {
        let left = self.0.and_then(|until| until.checked_duration_since(now()));
        let left = left.filter(|left| !left.is_zero());
        left.ok_or_else(|| WeComError::Unavailable("it took too long".to_owned()))
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tokens of WeCom end by the clock, nothing here decides by it"
)]
fn now() -> Instant {
    Instant::now()
}
