//! A slow evaluator written to be read next to the semantics; the oracle in tests and fuzzing.
