//! An account and what is attached to whom; resolves principals to layers.
