//! Every safe repair of a document at once, each held to its promise by the engine.

use camlock_extract::Embedded;
use camlock_lint::{Finding, Linter, mend, repair};
use camlock_source::{Fix, Grade, apply_fixes};

use crate::check::Role;
use crate::language::Held;
use crate::part;
use crate::view::View;

/// Rounds of repairing policies inside of a document: one repair makes room for another.
const MOST_ROUNDS: usize = 32;

/// The text of a document with every safe repair.
pub(crate) fn mended(view: &View<'_>) -> String {
    let checked = view.checked;
    if checked.role != Role::Embedded {
        return mend(&checked.linter, view.source, None, Grade::Safe).text;
    }
    let name = view.source.name();
    let mut text = view.source.text().to_owned();
    for _ in 0..MOST_ROUNDS {
        let Held::Policies(all) = checked.language.held(name, &text) else { break };
        let fixes: Vec<Fix> =
            all.iter().flat_map(|own| of_one(own, &checked.linter, name)).collect();
        let rewrite = apply_fixes(&text, &fixes);
        if rewrite.applied.is_empty() {
            break;
        }
        text = rewrite.text;
    }
    text
}

/// The repairs of a policy that can be carried out in its document.
fn of_one(own: &Embedded, linter: &Linter, name: &str) -> Vec<Fix> {
    let source = part::source(own, name);
    let linted = linter.lint_one(&source, own.kind());
    let fits = |finding: &&Finding| {
        let fix = finding.diagnostic.fix.as_ref();
        fix.is_some_and(|fix| fix.grade >= Grade::Safe && own.outer_fix(fix).is_some())
            && !own.is_unknown(finding.diagnostic.span)
    };
    let wanted: Vec<&Finding> = linted.findings.iter().filter(fits).collect();
    let Some(step) = repair(&source, &linted, &wanted) else { return Vec::new() };
    let applied = step.applied.iter().filter_map(|place| wanted.get(*place));
    applied.filter_map(|own_finding| own.outer_fix(own_finding.diagnostic.fix.as_ref()?)).collect()
}
