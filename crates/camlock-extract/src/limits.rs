//! How much is looked for.

/// Documents of one file; those behind are left alone.
pub(crate) const MAX_DOCUMENTS: usize = 10_000;
/// Bytes of one document: more than any CAM takes, so that one too long is still told.
pub(crate) const MAX_DOCUMENT: usize = 1 << 20;
/// How deep values of a file may be nested.
pub(crate) const MAX_DEPTH: usize = 64;
