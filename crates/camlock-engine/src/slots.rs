//! Lists by key, one memory access a look-up.

use super::Node;

/// Lists by the hash of what they have in common; immutable, with open addressing and at least half of
/// the slots free. The standard table touches two lines of the cache where this touches one, which
/// counts where the caches are small against the set.
#[derive(Debug, Default)]
pub(super) struct Slots(Box<[(u64, Node)]>);

impl Slots {
    /// Files lists that are not empty, each key once.
    pub(super) fn new(lists: &[(u64, Node)]) -> Self {
        if lists.is_empty() {
            return Self::default();
        }
        let size = (lists.len() * 2).next_power_of_two();
        let mut slots = vec![(0, Node::default()); size].into_boxed_slice();
        for (key, node) in lists {
            let free = places(*key, size).find(|at| slots.get(*at).is_some_and(|s| s.1.is_void()));
            if let Some(slot) = free.and_then(|at| slots.get_mut(at)) {
                *slot = (*key, *node);
            }
        }
        Self(slots)
    }

    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<Node> {
        for at in places(key, self.0.len()) {
            let (own, node) = self.0.get(at)?;
            if node.is_void() {
                return None;
            }
            if *own == key {
                return Some(*node);
            }
        }
        None
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = u64> {
        self.0.iter().filter(|(_, node)| !node.is_void()).map(|(key, _)| *key)
    }

    pub(super) fn memory_usage(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// Where a key may stand in a table of `size` slots, a power of two, in the order of trying.
#[expect(clippy::cast_possible_truncation, reason = "any part of the hash will do")]
fn places(key: u64, size: usize) -> impl Iterator<Item = usize> {
    let mask = size.wrapping_sub(1);
    (0..size).map(move |step| (key as usize).wrapping_add(step) & mask)
}
