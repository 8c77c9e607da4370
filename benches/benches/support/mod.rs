//! What the benches share: sizes, and how long to measure.

use std::time::Duration;

use criterion::Criterion;

/// Criterion with short measurements: on a shared machine more rounds tell more than long ones.
pub(crate) fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1_500))
        .configure_from_args()
}

/// Whether each bench shall only run once, to show that it works.
fn is_trial() -> bool {
    std::env::args().any(|argument| argument == "--test")
}

/// Numbers of statements: 100 000 only where a filter says so.
pub(crate) fn sizes() -> Vec<usize> {
    if is_trial() {
        return vec![10, 100];
    }
    let mut sizes = vec![10, 100, 1_000, 10_000];
    if std::env::args().any(|argument| argument.contains("100000")) {
        sizes.push(100_000);
    }
    sizes
}
