//! Hash tables: of keys that are hashes already, and of names while a set is built.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use camlock_policy::hash;

/// Things by the hash of their name.
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

/// Things by names and other small values.
#[cfg(not(camlock_weak_hash))]
pub(crate) type Names<K, V> = HashMap<K, V, BuildHasherDefault<Mixed>>;

// With weak hashes a large table of the standard library would take forever, and show nothing.
#[cfg(camlock_weak_hash)]
pub(crate) type Names<K, V> = HashMap<K, V>;

/// Hashes with the seed of the process, several times as fast as the default for short keys.
#[cfg_attr(camlock_weak_hash, expect(dead_code, reason = "see `Names`"))]
#[derive(Debug)]
pub(crate) struct Mixed(u64);

impl Default for Mixed {
    fn default() -> Self {
        Self(hash::of_number(0))
    }
}

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash::within(self.0, hash::of_bytes(bytes));
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = hash::within(self.0, number);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number.cast_unsigned() as u64);
    }
}

/// Bytes that a table holds: its buckets and a control byte for each.
pub(crate) fn table_usage<T>(table: &Table<T>) -> usize {
    table.capacity() * (size_of::<(u64, T)>() + 1)
}
