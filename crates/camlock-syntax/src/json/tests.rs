//! JSON texts, good and bad.
