//! Both evaluators against the cases, the corpus and each other.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

mod conformance;
mod corpus;
mod crowd;
mod hostile;
mod laws;
mod multitudes;
mod names;
mod properties;
mod regression;
mod situation;
