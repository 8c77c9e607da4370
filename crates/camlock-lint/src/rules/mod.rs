//! Every rule, a file each, by group.

mod catalogue;
mod correctness;
mod redundancy;
mod security;
mod style;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::faults::fault_rules;
use crate::rule::{Rule, RuleMeta};

/// Every rule, in the order of codes.
pub fn rules() -> &'static [&'static dyn Rule] {
    static RULES: OnceLock<Vec<&'static dyn Rule>> = OnceLock::new();
    RULES.get_or_init(|| {
        let groups = [
            correctness::RULES,
            catalogue::RULES,
            security::RULES,
            redundancy::RULES,
            style::RULES,
        ];
        groups.concat()
    })
}

/// A rule, or a fault of the front end, by its code or its name.
///
/// # Complexity
///
/// Constant for a code in capital letters, such as reports look up for each finding.
pub fn explain(name: &str) -> Option<&'static RuleMeta> {
    static BY_CODE: OnceLock<HashMap<&'static str, &'static RuleMeta>> = OnceLock::new();
    let all = || rules().iter().map(|rule| rule.meta()).chain(fault_rules());
    let by_code = BY_CODE.get_or_init(|| all().map(|rule| (rule.code.as_str(), rule)).collect());
    let is = |own: &&RuleMeta| own.code.as_str().eq_ignore_ascii_case(name) || own.name == name;
    by_code.get(name).copied().or_else(|| all().find(is))
}

#[cfg(test)]
mod tests;
