//! The linter through its door.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, and say what they skip"
)]

mod awkward;
mod corpus;
mod damage;
mod equivalence;
mod laws;
mod linting;
mod mending;
mod near;
mod properties;
mod safety;
mod spelt;
