//! What the front end finds, as rules: their pages, their levels, their repairs.

mod fixes;
mod fold;
mod pages;

use std::sync::OnceLock;

use camlock_source::{Code, Grade};
use camlock_syntax::codes::{self, CodeInfo};

use crate::rule::{Group, Level, RuleMeta};

pub(crate) use fixes::Repairs;
pub(crate) use fold::fold;
#[cfg(test)]
pub(crate) use pages::all as pages;

/// The page of a fault; code, name and summary stand in the tables of the front end.
#[derive(Debug)]
pub(crate) struct FaultPage {
    pub(crate) code: &'static str,
    pub(crate) page: &'static str,
    pub(crate) spec: &'static [&'static str],
    pub(crate) fix: Option<Grade>,
}

/// Faults that are accepted by CAM, or that it never sees; all others are errors.
const WARNINGS: [&str; 4] = ["CAM1004", "CAM1005", "CAM2006", "CAM2025"];

/// Every fault that the front end finds in documents and in files around them, in the order of codes.
pub fn fault_rules() -> &'static [RuleMeta] {
    static RULES: OnceLock<Vec<RuleMeta>> = OnceLock::new();
    RULES.get_or_init(|| {
        let tables = [codes::FILES, codes::TEXT, codes::LOWERING];
        let mut all: Vec<RuleMeta> = tables.into_iter().flatten().map(rule).collect();
        all.sort_by_key(|rule| rule.code);
        all
    })
}

/// The fault of a code.
pub(crate) fn rule_of(code: Code) -> Option<&'static RuleMeta> {
    let all = fault_rules();
    all.binary_search_by_key(&code, |rule| rule.code).ok().and_then(|place| all.get(place))
}

fn rule(info: &CodeInfo) -> RuleMeta {
    let page = pages::all().find(|page| page.code == info.code.as_str());
    let warns = WARNINGS.contains(&info.code.as_str());
    RuleMeta {
        code: info.code,
        name: info.name,
        group: Group::Correctness,
        level: if warns { Level::Warning } else { Level::Error },
        since: "0.1.0",
        summary: info.summary,
        page: page.map_or("", |page| page.page),
        spec: page.map_or(&[], |page| page.spec),
        fix: page.and_then(|page| page.fix),
        supersedes: &[],
        #[cfg(test)]
        file: file!(),
    }
}

#[cfg(test)]
mod tests;
