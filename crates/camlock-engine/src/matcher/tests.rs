//! Shapes of patterns against a matcher too simple to be wrong.
