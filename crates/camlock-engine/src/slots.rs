//! Things by key, one memory access a look-up.

/// What a free slot can be told by.
pub(crate) trait Slot: Copy + Default {
    /// Whether nothing is filed here; what is filed never looks so.
    fn is_void(&self) -> bool;
}

/// Things by the hash of what they have in common; immutable, with open addressing and at least half of
/// the slots free. The standard table touches two lines of the cache where this touches one, which
/// counts where the caches are small against the set.
#[derive(Debug)]
pub(crate) struct Slots<T>(Box<[(u64, T)]>);

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T: Slot> Slots<T> {
    /// Files things that are not void, each key once.
    pub(crate) fn new(things: &[(u64, T)]) -> Self {
        if things.is_empty() {
            return Self::default();
        }
        let size = (things.len() * 2).next_power_of_two();
        let mut slots = vec![(0, T::default()); size].into_boxed_slice();
        for (key, thing) in things {
            debug_assert!(!thing.is_void(), "it would be lost");
            let free = places(*key, size).find(|at| slots.get(*at).is_some_and(|s| s.1.is_void()));
            if let Some(slot) = free.and_then(|at| slots.get_mut(at)) {
                *slot = (*key, *thing);
            }
        }
        Self(slots)
    }

    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<&T> {
        for at in places(key, self.0.len()) {
            let (own, thing) = self.0.get(at)?;
            if thing.is_void() {
                return None;
            }
            if *own == key {
                return Some(thing);
            }
        }
        None
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = u64> {
        self.0.iter().filter(|(_, thing)| !thing.is_void()).map(|(key, _)| *key)
    }

    pub(crate) fn memory_usage(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// Where a key may stand in a table of `size` slots, a power of two, in the order of trying.
#[expect(clippy::cast_possible_truncation, reason = "any part of the hash will do")]
fn places(key: u64, size: usize) -> impl Iterator<Item = usize> {
    let mask = size.wrapping_sub(1);
    (0..size).map(move |step| (key as usize).wrapping_add(step) & mask)
}
