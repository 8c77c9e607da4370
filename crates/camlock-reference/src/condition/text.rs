//! The string operators and `binary_equal` [CND-16, CND-17, CND-21].

use camlock_policy::{Comparison, ContextValue, Template};

use crate::question::Question;
use crate::truth::Truth;
use crate::variable;
use crate::wildcard::{self, Token};

/// Compares text of the request with the alternatives that a value of the policy stands for [VAR-7].
pub(super) fn compare(
    question: Question<'_>,
    comparison: Comparison,
    value: &ContextValue,
    wanted: &Template,
) -> Truth {
    let Some(text) = value.text() else { return Truth::Unknown };
    let candidates = variable::candidates(wanted, question.principal());
    Truth::any(candidates.iter().map(|candidate| match candidate {
        None => Truth::Unknown,
        Some(candidate) => compare_text(comparison, text, candidate),
    }))
}

fn compare_text(comparison: Comparison, text: &str, wanted: &[Token]) -> Truth {
    match comparison {
        Comparison::Equal => (text == as_text(wanted)).into(),
        Comparison::EqualIgnoreCase => text.eq_ignore_ascii_case(&as_text(wanted)).into(),
        Comparison::Like => wildcard::matches(wanted, text).into(),
        // INVARIANT: no operator of these families compares like this.
        Comparison::Less
        | Comparison::LessOrEqual
        | Comparison::Greater
        | Comparison::GreaterOrEqual
        | Comparison::Missing => Truth::Unknown,
    }
}

/// The value as plain text; a star has no meaning in an equality [CND-16].
fn as_text(wanted: &[Token]) -> String {
    let character = |token: &Token| match token {
        Token::Char(c) => *c,
        Token::Star => '*',
    };
    wanted.iter().map(character).collect()
}
