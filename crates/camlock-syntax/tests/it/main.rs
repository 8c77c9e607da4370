//! The front end through its door.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking"
)]

mod faultless;
mod json;
mod laws;
mod lowering;
mod properties;
