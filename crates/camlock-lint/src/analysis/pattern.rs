//! Patterns with stars and variables: whether one covers another, whether two can meet.

use camlock_catalog::matches;
use camlock_policy::{Piece, Template, Variable};

/// One step of a pattern.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Step {
    /// A character.
    Is(char),
    /// Any run of characters.
    Star,
    /// What the caller supplies; literal, and equal to itself only.
    Variable(Variable),
}

/// Patterns that are longer are not compared; nothing that a person writes is.
const LONGEST: usize = 2048;

/// The steps of a text in which `*` is a star.
pub(super) fn of_text(text: &str) -> Vec<Step> {
    text.chars().map(|c| if c == '*' { Step::Star } else { Step::Is(c) }).collect()
}

/// The steps of a template.
pub(super) fn of_template(template: &Template) -> Vec<Step> {
    let mut steps = Vec::new();
    for piece in template.pieces() {
        match piece {
            Piece::Text(text) => steps.extend(text.chars().map(Step::Is)),
            Piece::Star => steps.push(Step::Star),
            Piece::Variable(variable) => steps.push(Step::Variable(*variable)),
        }
    }
    steps
}

/// Lets a step stand for both letter cases of ASCII [CND-16].
pub(super) fn fold(step: &mut Step) {
    if let Step::Is(c) = step {
        c.make_ascii_lowercase();
    }
}

/// Whether every text of `inner` is one of `outer`.
///
/// A star of `inner` may stand for a character that `outer` does not name, and then only a star of
/// `outer` takes it; where one does, it takes any other run as well. So `outer` covers `inner` exactly
/// if it matches `inner` read as a text in which a star is a character of its own.
pub(super) fn covers(outer: &[Step], inner: &[Step]) -> bool {
    if outer.len() > LONGEST || inner.len() > LONGEST {
        return outer == inner;
    }
    let mut parts = outer.split(|step| *step == Step::Star);
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = inner.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts.filter(|part| !part.is_empty()) {
        let found = rest.windows(part.len()).position(|window| window == part);
        match found.and_then(|at| rest.get(at + part.len()..)) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Whether a template and a text in which `*` is a star agree up to where either has no letters; nearly
/// all that are asked about do not.
pub(super) fn may_begin_alike(template: &Template, text: &str) -> bool {
    let Some(Piece::Text(own)) = template.pieces().first() else { return true };
    let text = text.bytes().take_while(|byte| *byte != b'*');
    own.bytes().zip(text).all(|(own, other)| own == other)
}

/// Whether some text is one of a template and of a text in which `*` is a star.
pub(super) fn meets(template: &Template, text: &str) -> bool {
    match template.as_literal() {
        // Most templates are a name, and a name is one of a pattern or is not.
        Some(own) if own.len() <= LONGEST && text.len() <= LONGEST => matches(text, own),
        _ => overlap(&of_template(template), &of_text(text)),
    }
}

/// Whether some text is one of both; a variable may stand for anything.
pub(super) fn overlap(a: &[Step], b: &[Step]) -> bool {
    let is_run = |step: &Step| !matches!(step, Step::Is(_));
    let same = a.iter().zip(b).take_while(|(a, b)| !is_run(a) && a == b).count();
    let (a, b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    // Most of what is asked differs within the first letters.
    if let (Some(Step::Is(_)), Some(Step::Is(_))) = (a.first(), b.first()) {
        return false;
    }
    if a.len() > LONGEST || b.len() > LONGEST {
        return true;
    }
    // `row[j]` says whether what was read of `a` can meet the first `j` steps of `b`.
    let mut row: Vec<bool> = Vec::with_capacity(b.len() + 1);
    row.push(true);
    for step in b {
        let before = row.last().copied().unwrap_or(false);
        row.push(before && is_run(step));
    }
    for own in a {
        let mut diagonal = row.first().copied().unwrap_or(false);
        let mut left = diagonal && is_run(own);
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (step, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            *cell = match (is_run(own), is_run(step)) {
                (false, false) => diagonal && own == step,
                // Either takes no character more, or one and stays.
                (true, true) => above || left || diagonal,
                (true, false) | (false, true) => above || left,
            };
            diagonal = above;
            left = *cell;
        }
    }
    row.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use camlock_policy::ResourcePattern;
    use proptest::prelude::*;

    use super::*;

    fn covering(outer: &str, inner: &str) -> bool {
        covers(&of_text(outer), &of_text(inner))
    }

    fn overlapping(a: &str, b: &str) -> bool {
        overlap(&of_text(a), &of_text(b))
    }

    #[test]
    fn covering_is_about_every_text() {
        for (outer, inner) in [
            ("*", "a*b"),
            ("a*", "a"),
            ("a*", "ab*"),
            ("*a*", "*ba"),
            ("a*c*e", "abcde"),
            ("*", ""),
        ] {
            assert!(covering(outer, inner), "{outer} {inner}");
        }
        for (outer, inner) in [("a*", "*"), ("a*b", "a*"), ("*a", "*ab"), ("a", "b"), ("a*a", "a")]
        {
            assert!(!covering(outer, inner), "{outer} {inner}");
        }
    }

    #[test]
    fn overlapping_is_about_some_text() {
        for (a, b) in [("a*", "*b"), ("*", ""), ("a*c", "ab*"), ("abc", "abc"), ("*x*", "*y*")] {
            assert!(overlapping(a, b) && overlapping(b, a), "{a} {b}");
        }
        for (a, b) in [("a*", "b*"), ("*a", "*b"), ("ab", "a"), ("a*bc", "a*bd"), ("", "a*")] {
            assert!(!overlapping(a, b) && !overlapping(b, a), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn what_is_covered_never_matches_alone(
            outer in "[ab*]{0,5}", inner in "[ab*]{0,5}", texts in prop::collection::vec("[abc]{0,6}", 20),
        ) {
            for text in &texts {
                let both = matches(&outer, text) && matches(&inner, text);
                prop_assert!(!covering(&outer, &inner) || !matches(&inner, text) || matches(&outer, text));
                prop_assert!(!both || overlapping(&outer, &inner));
            }
        }

        #[test]
        fn what_meets_begins_alike(path in "[ab*]{1,5}", text in "[ab*]{0,5}") {
            let resource = ResourcePattern::parse(&format!("qcs::cvm:::{path}")).unwrap();
            let ResourcePattern::Segments(segments) = resource else { panic!("six segments") };
            let template = segments.resource();
            let overlaps = overlap(&of_template(template), &of_text(&text));
            prop_assert!(may_begin_alike(template, &text) || !overlaps, "{} {}", path, text);
            prop_assert_eq!(meets(template, &text), overlaps, "{} {}", path, text);
        }

        #[test]
        fn what_is_not_covered_has_a_text_of_its_own(outer in "[ab*]{0,5}", inner in "[ab*]{0,5}") {
            // A star stands for a character that no pattern names.
            let witness = inner.replace('*', "z");
            prop_assert_eq!(covering(&outer, &inner), matches(&outer, &witness));
        }
    }
}
