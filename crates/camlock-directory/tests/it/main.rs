//! Accounts: what is read, what is refused with which place, and how callers meet their policies.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod faults;
mod resolution;
