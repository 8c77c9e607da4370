//! Patterns by a few bytes that every text that fits has to contain.

use std::collections::HashMap;

use camlock_policy::hash;

use crate::pattern::Literals;

/// Which bytes of a text are looked up: those that the patterns of one list stand under.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Grams {
    /// Eight bytes from a separator on: a text has few of them.
    anchored: bool,
    /// Any eight bytes.
    long: bool,
    /// Any four bytes.
    short: bool,
}

const LONG: usize = 8;
const SHORT: usize = 4;

impl Grams {
    /// Whether every byte of a text begins some bytes that are looked up.
    pub(super) fn are_many(self) -> bool {
        self.long || self.short
    }

    /// The key of a pattern: of the bytes that the fewest patterns before it stand under.
    pub(super) fn key_of(
        &mut self,
        literals: &Literals<'_>,
        counts: &mut HashMap<u64, u32>,
    ) -> Option<u64> {
        let texts = || literals.others.iter().copied().chain([literals.prefix]).map(str::as_bytes);
        let all = |size| texts().flat_map(move |text| text.windows(size));
        let mut rarest = |grams: &mut dyn Iterator<Item = &[u8]>| {
            let keys = grams.map(key);
            let key = keys.min_by_key(|key| counts.get(key).copied().unwrap_or(0))?;
            *counts.entry(key).or_default() += 1;
            Some(key)
        };
        let anchored =
            rarest(&mut all(LONG).filter(|gram| gram.first().is_some_and(|byte| separates(*byte))));
        self.anchored |= anchored.is_some();
        let long = anchored.or_else(|| rarest(&mut all(LONG)).inspect(|_| self.long = true));
        long.or_else(|| rarest(&mut all(SHORT)).inspect(|_| self.short = true))
    }

    /// Gives the key of everything in a text that a pattern may stand under.
    pub(super) fn each_key(self, text: &[u8], mut give: impl FnMut(u64)) {
        if self.long {
            text.windows(LONG).for_each(|gram| give(key(gram)));
        } else if self.anchored {
            let starts = memchr::memchr3_iter(b'/', b'-', b'_', text);
            starts.filter_map(|at| text.get(at..at + LONG)).for_each(|gram| give(key(gram)));
        }
        if self.short {
            text.windows(SHORT).for_each(|gram| give(key(gram)));
        }
    }
}

fn separates(byte: u8) -> bool {
    matches!(byte, b'/' | b'-' | b'_')
}

fn key(gram: &[u8]) -> u64 {
    let number =
        gram.iter().fold(gram.len() as u128, |number, byte| number << 8 | u128::from(*byte));
    hash::of_number(number)
}
