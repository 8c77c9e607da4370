//! Which statements might match a request, found without looking at the others.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::matcher::Matcher;
use crate::prepare::Prepared;
use crate::statement::CompiledStatement;

/// Statements of one effect by what a request has to look like for them to match.
///
/// A statement stands under every resource it names. A pattern that fixes the last segment, or the
/// path down to some `/`, stands under the hash of that text; every other stands under the services of
/// its actions. A look-up therefore walks the path of the request once and meets the statements that
/// fix some part of it, plus those of the service that fix nothing. A hash may bring a statement too
/// many, never one too few: whoever asks tries each candidate in full.
#[derive(Debug, Default)]
pub(crate) struct Index {
    anchored: HashMap<u64, Vec<u32>, BuildHasherDefault<Hashed>>,
    broad: Broad,
    /// Anchored statements with variables once more, for callers who lack a value: then it cannot be
    /// told whether a pattern matches, wherever its literal text points [VAR-5].
    with_variables: Broad,
}

/// Statements by the services of their actions.
#[derive(Debug, Default)]
struct Broad {
    by_service: HashMap<Box<str>, Vec<u32>>,
    everywhere: Vec<u32>,
}

impl Index {
    /// Adds the statement at `place`; places are given in growing order.
    pub(crate) fn add(&mut self, place: u32, statement: &CompiledStatement) {
        let mut broad = statement.resources.is_empty();
        let mut variables = false;
        for resource in &statement.resources {
            let pattern = resource.last_segment();
            match pattern.and_then(anchor) {
                Some(hash) => push(self.anchored.entry(hash).or_default(), place),
                None => broad = true,
            }
            variables |= pattern.is_some_and(Matcher::has_variables);
        }
        if broad {
            self.broad.add(place, statement);
        } else if variables {
            self.with_variables.add(place, statement);
        }
    }

    /// Gives every list of statements that might match; each is in growing order.
    pub(crate) fn candidates<'a>(
        &'a self,
        request: &Prepared<'_>,
        mut give: impl FnMut(&'a [u32]),
    ) {
        self.broad.candidates(request, &mut give);
        if !request.variables.are_complete() {
            self.with_variables.candidates(request, &mut give);
        }
        let Some(path) = request.resource.filter(|_| !self.anchored.is_empty()) else { return };
        let mut hash = Rolling::new(PATH);
        for byte in path.resource.bytes() {
            hash.push(byte);
            if byte == b'/'
                && let Some(places) = self.anchored.get(&hash.finish())
            {
                give(places);
            }
        }
        if let Some(places) = self.anchored.get(&hash.finish_whole()) {
            give(places);
        }
    }

    pub(crate) fn memory_usage(&self) -> usize {
        let anchored: usize = self.anchored.values().map(list_usage).sum();
        let table = self.anchored.capacity() * (size_of::<u64>() + 1);
        anchored + table + self.broad.memory_usage() + self.with_variables.memory_usage()
    }
}

impl Broad {
    fn add(&mut self, place: u32, statement: &CompiledStatement) {
        match statement.actions.services() {
            None => push(&mut self.everywhere, place),
            Some(services) => {
                for service in services {
                    push(self.by_service.entry(service.into()).or_default(), place);
                }
            }
        }
    }

    fn candidates<'a>(&'a self, request: &Prepared<'_>, give: &mut impl FnMut(&'a [u32])) {
        give(&self.everywhere);
        if let Some(places) = self.by_service.get(request.service) {
            give(places);
        }
    }

    fn memory_usage(&self) -> usize {
        let names: usize = self.by_service.keys().map(|name| name.len()).sum();
        let lists: usize = self.by_service.values().map(list_usage).sum();
        names + lists + list_usage(&self.everywhere)
    }
}

fn list_usage(places: &Vec<u32>) -> usize {
    size_of_val(places) + places.capacity() * size_of::<u32>()
}

/// A statement with several equal keys stands in a list once.
fn push(places: &mut Vec<u32>, place: u32) {
    if places.last() != Some(&place) {
        places.push(place);
    }
}

/// The hash that a request meets if its last segment can match: of the whole text, or of the longest
/// literal text that ends at a `/`.
fn anchor(pattern: &Matcher) -> Option<u64> {
    let mut hash = Rolling::new(PATH);
    if let Some(exact) = pattern.as_exact() {
        exact.bytes().for_each(|byte| hash.push(byte));
        return Some(hash.finish_whole());
    }
    let (directory, _) = pattern.literal_prefix().rsplit_once('/')?;
    directory.bytes().chain([b'/']).for_each(|byte| hash.push(byte));
    Some(hash.finish())
}

const PATH: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash over bytes that can be asked for at every boundary in passing.
struct Rolling(u64);

impl Rolling {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn push(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    fn finish(&self) -> u64 {
        let mixed = self.0 ^ (self.0 >> 32);
        mixed.wrapping_mul(0xd6e8_feb8_6659_fd93)
    }

    /// The hash of a whole segment, which differs from that of the same text as a directory.
    fn finish_whole(&self) -> u64 {
        !self.finish()
    }
}

/// Keys are hashes already.
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
