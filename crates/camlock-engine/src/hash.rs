//! Hashes of names; one pass over a path gives the hash of every directory in it.
//!
//! A hash only finds candidates: whoever looks something up compares the text as well, so a collision
//! costs time and never changes an answer. The seed is drawn once a process, so that nobody who
//! chooses names can aim at collisions.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};
use std::sync::LazyLock;

static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0_u8));

const BLOCK: usize = 16;
// Odd, with bits all over: the fractions of the square roots of 2, 3 and 5.
const ABSORB: u64 = 0x6a09_e667_f3bc_c909;
const FINISH: u64 = 0xbb67_ae85_84ca_a73b;
const LENGTH: u64 = 0x3c6e_f372_fe94_f82b;

/// Gives the hash of every directory of `path`, which is the text up to and with a `/`, in order, and
/// answers the hash of the whole.
///
/// The hash at any place is that of the full blocks before it, finished with the bytes that end
/// there, so that each costs the same wherever it is.
pub(crate) fn walk(path: &str, mut directory: impl FnMut(u64)) -> u64 {
    let bytes = path.as_bytes();
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let mut running = *SEED;
    let mut at = 0;
    for block in blocks {
        let block = u128::from_le_bytes(*block);
        let next = absorb(running, block);
        let mut slashes = slashes(block);
        while slashes != 0 {
            let end = slashes.trailing_zeros() as usize / 8 + 1;
            let before = if end == BLOCK { next } else { running };
            directory(finish(before, last_block(bytes, at + end), at + end));
            slashes &= slashes - 1;
        }
        running = next;
        at += BLOCK;
    }
    for (offset, byte) in rest.iter().enumerate() {
        if *byte == b'/' {
            let end = at + offset + 1;
            directory(finish(running, last_block(bytes, end), end));
        }
    }
    finish(running, last_block(bytes, bytes.len()), bytes.len())
}

/// The hash of a text: what [`walk`] answers for it, and gives for it as a directory.
pub(crate) fn of(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let running =
        blocks.iter().fold(*SEED, |running, block| absorb(running, u128::from_le_bytes(*block)));
    finish(running, last_block(bytes, bytes.len()), bytes.len())
}

/// The hash of a short number, such as an address.
pub(crate) fn of_number(number: u128) -> u64 {
    finish(*SEED, number, BLOCK)
}

/// The hash of one thing within another; the order counts.
pub(crate) fn within(outer: u64, inner: u64) -> u64 {
    fold(outer ^ LENGTH, inner ^ ABSORB)
}

fn absorb(running: u64, block: u128) -> u64 {
    let (low, high) = halves(block);
    fold(running ^ low, high ^ ABSORB)
}

fn finish(running: u64, last: u128, length: usize) -> u64 {
    let (low, high) = halves(last);
    fold(running ^ low, high ^ FINISH ^ (length as u64).wrapping_mul(LENGTH))
}

/// Multiplies to twice the width and folds the halves together.
fn fold(left: u64, right: u64) -> u64 {
    let (low, high) = halves(u128::from(left) * u128::from(right));
    low ^ high
}

#[expect(clippy::cast_possible_truncation, reason = "the halves are what is wanted")]
fn halves(both: u128) -> (u64, u64) {
    (both as u64, (both >> 64) as u64)
}

/// The 16 bytes that end at `end`, with zeros in front of the text.
fn last_block(bytes: &[u8], end: usize) -> u128 {
    if let Some(block) = bytes.get(..end).and_then(<[u8]>::last_chunk::<BLOCK>) {
        return u128::from_le_bytes(*block);
    }
    // `end` is below 16 here, and bits shifted out are those of bytes behind it.
    let shift = u32::try_from((BLOCK - end.min(BLOCK)) * 8).unwrap_or(u32::MAX);
    let first = bytes.first_chunk::<BLOCK>().copied().unwrap_or_else(|| {
        let mut padded = [0; BLOCK];
        for (to, from) in padded.iter_mut().zip(bytes) {
            *to = *from;
        }
        padded
    });
    u128::from_le_bytes(first).checked_shl(shift).unwrap_or(0)
}

/// The highest bit of each byte that is a `/`.
fn slashes(block: u128) -> u128 {
    const EACH: u128 = u128::from_ne_bytes([0x01; BLOCK]);
    const LOW: u128 = EACH * 0x7f;
    let differing = block ^ (EACH * b'/' as u128);
    // Adding carries into the highest bit unless the lower seven are all zero.
    !(((differing & LOW) + LOW) | differing | LOW)
}

/// A table whose keys are hashes already.
pub(crate) type Table<T> = HashMap<u64, T, BuildHasherDefault<Hashed>>;

/// Takes a hash for what it is.
#[derive(Debug, Default)]
pub(crate) struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only `u64` keys are hashed; this keeps the trait whole.
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// Bytes that a table holds: its buckets and a control byte for each.
pub(crate) fn table_usage<T>(table: &Table<T>) -> usize {
    table.capacity() * (size_of::<(u64, T)>() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of every length around the block borders, with slashes at every place.
    #[test]
    fn a_walk_gives_the_hash_of_every_directory() {
        for length in 0..70 {
            for step in 1..9 {
                let text: String =
                    (0..length).map(|at| if at % step == 0 { '/' } else { 'x' }).collect();
                let mut walked = Vec::new();
                let whole = walk(&text, |hash| walked.push(hash));
                let ends = text.match_indices('/').map(|(at, _)| at + 1);
                let expected: Vec<u64> = ends.map(|end| of(&text[..end])).collect();
                assert_eq!((walked, whole), (expected, of(&text)), "{text:?}");
            }
        }
    }

    #[test]
    fn texts_that_differ_have_hashes_that_differ() {
        let texts = ["", "\0", "a", "a\0", "\0a", "é", "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaa", "/"];
        let mut hashes: Vec<u64> = texts.iter().map(|text| of(text)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), texts.len());
    }

    #[test]
    fn bytes_near_a_slash_are_none() {
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                let mut block = [b'/' ^ 0x80; BLOCK];
                block[at] = byte;
                let found = slashes(u128::from_le_bytes(block));
                let expected = if byte == b'/' { 0x80 << (at * 8) } else { 0 };
                assert_eq!(found, expected, "{byte} at {at}");
            }
        }
    }
}
