//! Whether a statement speaks about the action of the request [ACT-3, ACT-4, ACT-9].

use camlock_policy::{ActionPattern, Effect};

use crate::question::Question;
use crate::truth::Truth;
use crate::wildcard::{self, Token};

/// Whether the pattern covers the action.
pub(crate) fn covers(question: Question<'_>, effect: Effect, pattern: &ActionPattern) -> Truth {
    let action = question.request.action();
    if effect == Effect::Allow && question.request.is_service_level() {
        return pattern.covers_service(action.service()).into();
    }
    Truth::from(match pattern {
        ActionPattern::Any => true,
        ActionPattern::Service(service) => **service == *action.service(),
        ActionPattern::Operation { service, operation } => {
            **service == *action.service() && covers_operation(operation, action.operation())
        }
    })
}

/// Whether a pattern covers the whole name of an operation; case-sensitive [ACT-4, ACT-6].
fn covers_operation(pattern: &str, operation: &str) -> bool {
    let token = |c| if c == '*' { Token::Star } else { Token::Char(c) };
    let pattern: Vec<_> = pattern.chars().map(token).collect();
    wildcard::matches(&pattern, operation)
}
