//! What is said about the parts of a statement that another statement covers.

use camlock_source::quote;

use crate::analysis::Standing;
use crate::context::Context;
use crate::element::{StatementElement, StringElement};

/// Reports each part that `covered` names, by its place in the statement and the place of the other
/// statement; `part` finds it and how it is shown.
pub(super) fn check<'a>(
    cx: &mut Context<'a>,
    covered: impl Fn(&Standing) -> &[(usize, usize)],
    part: impl Fn(&'a StatementElement<'a>, usize) -> Option<(StringElement<'a>, &'a str)>,
) {
    let statements = cx.statements();
    for (index, standing) in cx.analysis().redundancy().found() {
        let Some(own) = statements.get(index) else { continue };
        for (at, other) in covered(standing) {
            let Some((string, text)) = part(own, *at) else { continue };
            let Some(other) = statements.get(*other) else { continue };
            // A deny takes back what it meets; it does not grant it as well.
            let (what, label, effect, help) = if own.is_allow() && other.is_deny() {
                let what = format!("a deny takes all that is allowed on `{}` back", quote(text));
                (
                    what,
                    "nothing is granted on it",
                    "denies it",
                    "remove it here, or narrow the deny",
                )
            } else {
                let what = format!("another statement covers `{}` as well", quote(text));
                let help = "remove it here, or narrow the other statement";
                (what, "changes nothing here", "covers it", help)
            };
            cx.report(&string, what)
                .label(label)
                .secondary(other, effect)
                .help(help)
                .safe_fix("remove it", string.removal());
        }
    }
}
