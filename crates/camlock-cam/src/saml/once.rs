//! What is accepted once.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use crate::signature::hex;

/// More are not remembered: rather than forget one that still holds, new ones are refused.
const MOST: usize = 100_000;

/// Names that were used, until they are over anyway.
#[derive(Debug, Default)]
pub(crate) struct Once {
    seen: BTreeSet<String>,
    /// The same by when they are over.
    ends: BTreeSet<(i64, String)>,
}

/// Why a name is not to be used.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Taken {
    /// It was before.
    Used,
    /// There is no room to remember it.
    Full,
}

impl Once {
    /// Uses a name that is over at `until` for something, which is told what to remember it by; what fails
    /// does not use it.
    pub(crate) fn take<T, E: From<Taken>>(
        &mut self,
        name: &str,
        (until, now): (i64, i64),
        act: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, E> {
        while let Some((end, seen)) = self.ends.pop_first() {
            if end > now {
                self.ends.insert((end, seen));
                break;
            }
            self.seen.remove(&seen);
        }
        // As long as the name may be, what is remembered of it is not.
        let name = hex(&Sha256::digest(name));
        if self.seen.contains(&name) {
            return Err(Taken::Used.into());
        }
        if self.seen.len() >= MOST {
            return Err(Taken::Full.into());
        }
        let done = act(&name)?;
        self.remember(name, until);
        Ok(done)
    }

    /// Remembers what was used, by what [`take`](Self::take) told.
    pub(crate) fn remember(&mut self, name: String, until: i64) {
        self.ends.insert((until, name.clone()));
        self.seen.insert(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(once: &mut Once, name: &str, until: i64, now: i64) -> Result<(), Taken> {
        once.take(name, (until, now), |_| Ok(()))
    }

    #[test]
    fn a_name_is_used_once_until_it_is_over() {
        let mut once = Once::default();
        assert_eq!(take(&mut once, "a", 100, 0), Ok(()));
        assert_eq!(take(&mut once, "a", 100, 99), Err(Taken::Used));
        assert_eq!(take(&mut once, "b", 50, 0), Ok(()));
        assert_eq!(take(&mut once, "a", 200, 100), Ok(()));
        assert_eq!(once.seen.len(), 1, "what is over is forgotten");
    }

    #[test]
    fn what_fails_does_not_use_a_name() {
        let mut once = Once::default();
        let failed: Result<(), Taken> = once.take("a", (100, 0), |_| Err(Taken::Full));
        assert_eq!(failed, Err(Taken::Full));
        assert_eq!(take(&mut once, "a", 100, 0), Ok(()));
    }

    #[test]
    fn what_was_told_can_be_remembered() {
        let told: Result<String, Taken> =
            Once::default().take("a", (100, 0), |own| Ok(own.to_owned()));
        let mut once = Once::default();
        once.remember(told.unwrap(), 100);
        assert_eq!(take(&mut once, "a", 100, 99), Err(Taken::Used));
        assert_eq!(take(&mut once, "a", 200, 100), Ok(()));
    }

    #[test]
    fn a_full_memory_refuses_rather_than_forgets() {
        let mut once = Once::default();
        for number in 0..MOST {
            assert_eq!(take(&mut once, &number.to_string(), 100, 0), Ok(()));
        }
        assert_eq!(take(&mut once, "new", 100, 0), Err(Taken::Full));
        assert_eq!(take(&mut once, "0", 100, 0), Err(Taken::Used));
        assert_eq!(take(&mut once, "new", 200, 100), Ok(()));
    }
}
