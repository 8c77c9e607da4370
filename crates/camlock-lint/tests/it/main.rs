//! The linter through its door.

#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, and say what they skip"
)]

mod corpus;
mod damage;
mod equivalence;
mod linting;
mod mending;
