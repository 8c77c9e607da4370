//! Every rule, a file each, by group.

mod catalogue;
mod correctness;
mod redundancy;
mod security;
mod style;

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
pub fn explain(name: &str) -> Option<&'static RuleMeta> {
    let is = |own: &RuleMeta| own.code.as_str().eq_ignore_ascii_case(name) || own.name == name;
    let mut all = rules().iter().map(|rule| rule.meta()).chain(fault_rules());
    all.find(|own| is(own))
}

#[cfg(test)]
mod tests;
