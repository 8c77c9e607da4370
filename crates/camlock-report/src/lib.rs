//! Renders diagnostics and explanations: text, JSON, SARIF, GitHub annotations.
