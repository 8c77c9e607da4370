//! Conformance cases as data, and a runner for any evaluator.
//!
//! The cases stand in `cases/`, in the format of [`camlock_wire::Case`]: policies, a request, what must
//! come of it, and the paragraphs of the semantics that decide it. Every evaluator runs all of them.
//!
//! # Examples
//!
//! ```
//! let report = camlock_conformance::run(camlock_reference_stand_in);
//! assert!(report.total > 1_000);
//!
//! # use camlock_policy::{Decision, Layer, Outcome, PolicyLayers, Request};
//! fn camlock_reference_stand_in(_: &Request, _: &PolicyLayers) -> Outcome {
//!     Outcome::new(Decision::ImplicitDeny, Layer::Default)
//! }
//! ```

use camlock_policy::{Outcome, PolicyLayers, Request};
use camlock_wire::{Case, Verdict, WireError, for_each_case};

/// The case files by name.
pub const FILES: &[(&str, &str)] = &[
    ("published", include_str!("../cases/published.json")),
    ("syntax", include_str!("../cases/syntax.json")),
    ("principal", include_str!("../cases/principal.json")),
    ("action", include_str!("../cases/action.json")),
    ("resource", include_str!("../cases/resource.json")),
    ("variable", include_str!("../cases/variable.json")),
    ("condition", include_str!("../cases/condition.json")),
    ("evaluation", include_str!("../cases/evaluation.json")),
    ("readings", include_str!("../cases/readings.json")),
];

/// Rules that no case can show, as a JSON object of rule and reason.
pub const UNTESTABLE: &str = include_str!("../cases/untestable.json");

/// What came of all cases.
#[derive(Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "plain results that a caller takes apart")]
pub struct Report {
    /// How many cases there were.
    pub total: usize,
    /// Those that were not met, with a line on each.
    pub failures: Vec<String>,
}

/// Puts every case to an evaluator.
pub fn run(evaluate: impl Fn(&Request, &PolicyLayers) -> Outcome) -> Report {
    let mut report = Report::default();
    let result = for_each(|case| {
        report.total += 1;
        match case.run(&evaluate) {
            Ok(verdict) if case.is_met_by(&verdict) => {}
            Ok(verdict) => report.failures.push(describe(&case, &verdict)),
            Err(error) => report.failures.push(format!("{}: {error}", case.id)),
        }
    });
    if let Err(error) = result {
        report.failures.push(format!("a case file cannot be read: {error}"));
    }
    report
}

/// Gives every case of every file.
///
/// # Errors
///
/// A [`WireError`] where a file is not one of cases.
pub fn for_each(mut give: impl FnMut(Case)) -> Result<(), WireError> {
    for (_, text) in FILES {
        for_each_case(text.as_bytes(), |case| {
            give(case);
            Ok(())
        })?;
    }
    Ok(())
}

fn describe(case: &Case, verdict: &Verdict) -> String {
    format!(
        "{} {:?}: expected {} {}, got {} {} ({})",
        case.id,
        case.rule_ids,
        case.expect.as_str(),
        case.expect_error_code.as_deref().unwrap_or(""),
        verdict.got.as_str(),
        verdict.error_code.as_deref().unwrap_or(""),
        case.why
    )
}
