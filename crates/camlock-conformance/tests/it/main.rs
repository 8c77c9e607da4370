//! Both evaluators against the cases, the corpus and each other.

mod conformance;
mod corpus;
