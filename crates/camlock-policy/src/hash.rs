//! Hashes of names, for indexes over policies; one pass over a path gives the hash of every directory
//! in it.
//!
//! A hash only finds candidates: whoever looks something up compares the text as well, so a collision
//! costs time and never changes an answer. The seed is drawn once a process, so that nobody who
//! chooses names can aim at collisions.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use smallvec::SmallVec;

static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0_u8));

const BLOCK: usize = 16;
// Odd, with bits all over: the fractions of the square roots of 2, 3 and 5.
const ABSORB: u64 = 0x6a09_e667_f3bc_c909;
const FINISH: u64 = 0xbb67_ae85_84ca_a73b;
const LENGTH: u64 = 0x3c6e_f372_fe94_f82b;

/// Gives the hash of every directory of `path`, which is the text up to and with a `/`, in order, with
/// its length, and answers the hash of the whole.
///
/// The hash at any place is that of the full blocks before it, finished with the bytes that end
/// there, so that each costs the same wherever it is.
#[inline]
fn walk(path: &str, mut directory: impl FnMut(u64, usize)) -> u64 {
    let bytes = path.as_bytes();
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let mut running = *SEED;
    let mut at = 0;
    for block in blocks {
        let (low, high) = halves(u128::from_le_bytes(*block));
        let next = absorb(running, low, high);
        for end in ends(slashes(low) | slashes(high) << 8) {
            let before = if end == BLOCK { next } else { running };
            directory(finish(before, last_block(bytes, at + end), at + end), at + end);
        }
        running = next;
        at += BLOCK;
    }
    let last = last_block(bytes, bytes.len());
    if !rest.is_empty() {
        let (low, high) = halves(last);
        // The rest ends the block; what stands before it was seen already.
        let found = (slashes(low) | slashes(high) << 8) >> (BLOCK - rest.len());
        for end in ends(found) {
            directory(finish(running, last_block(bytes, at + end), at + end), at + end);
        }
    }
    finish(running, last, bytes.len())
}

/// The hash of a text, whether it is taken of it alone or as a directory of a path.
pub fn of(text: &str) -> u64 {
    of_bytes(text.as_bytes())
}

/// The hash of some bytes; that of a text is that of its bytes.
pub fn of_bytes(bytes: &[u8]) -> u64 {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let running = blocks.iter().fold(*SEED, |running, block| {
        let (low, high) = halves(u128::from_le_bytes(*block));
        absorb(running, low, high)
    });
    finish(running, last_block(bytes, bytes.len()), bytes.len())
}

/// The hash of a short number, such as an address.
pub fn of_number(number: u128) -> u64 {
    finish(*SEED, number, BLOCK)
}

/// The hash of one thing within another; the order counts.
pub fn within(outer: u64, inner: u64) -> u64 {
    result(fold(outer ^ LENGTH, inner ^ ABSORB))
}

/// Every hash that leaves the module. Built with `--cfg camlock_weak_hash` there are eight, so that
/// nearly everything collides: the tests must pass then too, since no answer may come from a hash.
fn result(hash: u64) -> u64 {
    if cfg!(camlock_weak_hash) { hash & 7 } else { hash }
}

fn absorb(running: u64, low: u64, high: u64) -> u64 {
    fold(running ^ low, high ^ ABSORB)
}

fn finish(running: u64, last: u128, length: usize) -> u64 {
    let (low, high) = halves(last);
    result(fold(running ^ low, high ^ FINISH ^ (length as u64).wrapping_mul(LENGTH)))
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
#[inline]
fn last_block(bytes: &[u8], end: usize) -> u128 {
    let text = bytes.get(..end).unwrap_or(bytes);
    match text.last_chunk::<BLOCK>() {
        Some(block) => u128::from_le_bytes(*block),
        None => short_block(text),
    }
}

/// Up to 15 bytes, read as two halves that may overlap, and moved to the end of the block.
fn short_block(text: &[u8]) -> u128 {
    let number = if let (Some(first), Some(last)) =
        (text.first_chunk::<8>(), text.last_chunk::<8>())
    {
        overlap(u64::from_le_bytes(*first), u64::from_le_bytes(*last), text.len() - 8)
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        overlap(first.into(), last.into(), text.len() - 4)
    } else {
        text.iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte))
    };
    number.unbounded_shl(bits(BLOCK.saturating_sub(text.len())))
}

fn overlap(first: u64, last: u64, between: usize) -> u128 {
    u128::from(first) | u128::from(last) << (bits(between) & 127)
}

#[expect(clippy::cast_possible_truncation, reason = "of at most one block")]
fn bits(bytes: usize) -> u32 {
    bytes as u32 * 8
}

/// A bit for each of eight bytes that is a `/`.
#[inline]
fn slashes(word: u64) -> u32 {
    const EACH: u64 = u64::from_ne_bytes([0x01; 8]);
    const LOW: u64 = EACH * 0x7f;
    // Brings the lowest bits of all bytes together in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let differing = word ^ u64::from_ne_bytes([b'/'; 8]);
    // Adding carries into the highest bit of a byte unless its lower seven are all zero.
    let found = !((differing & LOW).wrapping_add(LOW) | differing | LOW);
    let [.., gathered] = (found >> 7).wrapping_mul(GATHER).to_le_bytes();
    gathered.into()
}

/// The places after each bit that is set.
#[inline]
fn ends(mut found: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let end = found.trailing_zeros() as usize + 1;
        found &= found.checked_sub(1)?;
        Some(end)
    })
}

/// The hashes of a path, taken once, when the request is built.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct PathHashes {
    directories: [u64; KEPT],
    /// How many directories there are, kept or not.
    count: usize,
    /// Each joint once: a path that repeats one must not be answered again and again.
    joints: Joints,
    whole: u64,
}

/// Directories beyond are taken again for whoever asks for more.
const KEPT: usize = 6;

/// Few paths have more.
type Joints = SmallVec<[u64; 4]>;

impl PathHashes {
    pub(crate) fn new(path: &str) -> Self {
        let (mut directories, mut joints) = ([0; KEPT], Joints::new());
        let mut count = 0;
        let mut before = None;
        let whole = walk(path, |hash, end| {
            if let Some(kept) = directories.get_mut(count) {
                *kept = hash;
            }
            count += 1;
            joints.extend(before.replace(end).and_then(|before| joint(path, before, end)));
        });
        let joints = if joints.len() > 1 { each_once(&joints) } else { joints };
        Self { directories, count, joints, whole }
    }

    /// The hash of the whole path.
    pub fn whole(&self) -> u64 {
        self.whole
    }

    /// Gives the hashes of the directories, from the highest down to `depth`; `path` is the one that
    /// the hashes were taken of.
    #[inline]
    pub fn each_directory(&self, path: &str, depth: usize, mut give: impl FnMut(u64)) {
        let count = self.count.min(depth);
        for hash in self.directories.iter().take(count) {
            give(*hash);
        }
        if count > KEPT {
            let mut at = 0;
            walk(path, |hash, _| {
                if (KEPT..count).contains(&at) {
                    give(hash);
                }
                at += 1;
            });
        }
    }

    /// The hashes of the [joints] of the path, each once.
    #[inline]
    pub fn joints(&self) -> &[u64] {
        &self.joints
    }
}

/// Numbers without those that came before, in their order.
fn each_once(numbers: &[u64]) -> Joints {
    if numbers.len() <= 8 {
        let mut once: Joints = SmallVec::new();
        for number in numbers {
            if !once.contains(number) {
                once.push(*number);
            }
        }
        return once;
    }
    let mut placed: Vec<(u64, usize)> = numbers.iter().copied().zip(0..).collect();
    placed.sort_unstable();
    placed.dedup_by_key(|(number, _)| *number);
    placed.sort_unstable_by_key(|(_, place)| *place);
    placed.into_iter().map(|(number, _)| number).collect()
}

/// Longer joints are no keys, so that a text of many short names costs no more than its length.
const LONGEST_JOINT: usize = 64;

/// Gives the hash of each joint of a text: the end of one component, from its last `-`, `_` or `/` on,
/// with the whole component that follows, as `-1250000000/logs/` in `site-1250000000/logs/a`.
///
/// A text that contains another contains its joints, so that a pattern that begins with `*` can be
/// filed under one of its own.
///
/// # Examples
///
/// ```
/// use camlock_policy::hash;
///
/// let mut joints = Vec::new();
/// hash::joints("site-1250000000/logs/2026/a.txt", |joint| joints.push(joint));
/// assert_eq!(joints, [hash::of("-1250000000/logs/"), hash::of("/logs/2026/")]);
/// ```
pub fn joints(text: &str, mut give: impl FnMut(u64)) {
    let mut before = None;
    for at in memchr::memchr_iter(b'/', text.as_bytes()) {
        let end = at + 1;
        if let Some(hash) = before.replace(end).and_then(|before| joint(text, before, end)) {
            give(hash);
        }
    }
}

/// The hash of the joint that ends at `end`, behind the `/` that follows the one before `before`.
#[inline]
fn joint(text: &str, before: usize, end: usize) -> Option<u64> {
    let bytes = text.as_bytes();
    let first = end.saturating_sub(LONGEST_JOINT);
    let searched = bytes.get(first..before.checked_sub(1)?)?;
    let start = searched.iter().rposition(|byte| matches!(byte, b'/' | b'-' | b'_'))?;
    bytes.get(first + start..end).map(of_bytes)
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
                let whole = walk(&text, |hash, end| walked.push((hash, end)));
                let ends = text.match_indices('/').map(|(at, _)| at + 1);
                let expected: Vec<(u64, usize)> =
                    ends.map(|end| (of(text.get(..end).unwrap()), end)).collect();
                assert_eq!((walked, whole), (expected, of(&text)), "{text:?}");
            }
        }
    }

    #[test]
    fn a_text_has_the_joints_of_each_text_in_it() {
        let parts: Vec<String> = (0..12).map(|at| format!("a{at}-/b_{}/", at % 5)).collect();
        let mut text = parts.concat();
        text.push_str(&"long".repeat(20));
        text.push_str("/-/x-y/z/");
        let all = |text: &str| {
            let mut all = Vec::new();
            joints(text, |joint| all.push(joint));
            let mut once = Vec::new();
            all.retain(|joint| {
                !once.contains(joint) && {
                    once.push(*joint);
                    true
                }
            });
            assert_eq!(PathHashes::new(text).joints(), all, "{text:?}");
            all
        };
        let outer = all(&text);
        assert!(outer.len() > 8, "{}", outer.len());
        for start in 0..text.len() {
            for end in start..text.len() {
                let inner = all(text.get(start..end).unwrap());
                assert!(inner.iter().all(|joint| outer.contains(joint)), "{start}..{end}");
            }
        }
    }

    #[test]
    fn a_path_that_repeats_itself_has_each_joint_once() {
        let path = "-125/team/".repeat(1_000);
        assert_eq!(PathHashes::new(&path).joints().len(), 2);
    }

    #[test]
    fn a_joint_of_too_many_bytes_is_none() {
        let count = |length: usize| {
            let mut count = 0;
            joints(&format!("a-{}/b/", "x".repeat(length)), |_| count += 1);
            count
        };
        // With `-` in front and `/b/` behind.
        assert_eq!((count(LONGEST_JOINT - 4), count(LONGEST_JOINT - 3)), (1, 0));
    }

    // Hashes that are meant to collide cannot differ.
    #[cfg(not(camlock_weak_hash))]
    #[test]
    fn texts_that_differ_have_hashes_that_differ() {
        let texts =
            ["", "\0", "a", "a\0", "\0a", "é", "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaa", "/"];
        let mut hashes: Vec<u64> = texts.iter().map(|text| of(text)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), texts.len());
    }

    #[test]
    fn bytes_near_a_slash_are_none() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut word = [b'/' ^ 0x80; 8];
                word[at] = byte;
                let expected = if byte == b'/' { 1 << at } else { 0 };
                assert_eq!(slashes(u64::from_le_bytes(word)), expected, "{byte} at {at}");
            }
        }
    }
}
