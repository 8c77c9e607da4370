//! The hot path: compiles policies, decides requests, explains decisions.
