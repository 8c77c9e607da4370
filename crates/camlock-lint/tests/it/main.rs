//! The linter through its door.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, and say what they skip"
)]

mod corpus;
mod damage;
mod equivalence;
mod laws;
mod linting;
mod mending;
mod properties;
#[path = "../../../camlock-conformance/tests/it/situation.rs"]
#[expect(dead_code, reason = "the tests of conformance use all of it")]
mod situation;
