//! Shapes of patterns against a matcher too simple to be wrong.

use camlock_policy::ResourcePattern;

use super::Matcher;
use crate::truth::Truth;
use crate::variables::Variables;

fn of(pattern: &str) -> Matcher {
    match ResourcePattern::parse(&format!("qcs::cvm:::{pattern}")).unwrap() {
        ResourcePattern::Segments(segments) => Matcher::new(segments.resource()),
        ResourcePattern::Any => Matcher::Any,
    }
}

fn naive(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), None) => naive(rest, text),
        (Some((b'*', rest)), Some((_, shorter))) => naive(rest, text) || naive(pattern, shorter),
        (Some((p, rest)), Some((t, shorter))) => p == t && naive(rest, shorter),
        _ => false,
    }
}

/// Every text of up to `most` of these characters.
fn every(characters: &str, most: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut from = 0;
    for _ in 0..most {
        let end = all.len();
        for at in from..end {
            for c in characters.chars() {
                all.push(format!("{}{c}", all[at]));
            }
        }
        from = end;
    }
    all
}

#[test]
fn every_short_pattern_matches_every_short_text_as_a_naive_matcher_does() {
    let variables = Variables::default();
    let texts = every("ab", 5);
    for pattern in every("ab*", 4).iter().filter(|pattern| !pattern.is_empty()) {
        let (compiled, stars) = (of(pattern), Matcher::of_stars(pattern));
        for text in &texts {
            let expected = Truth::from(naive(pattern.as_bytes(), text.as_bytes()));
            assert_eq!(compiled.matches(text, &variables), expected, "{pattern:?} {text:?}");
            assert_eq!(stars.matches(text, &variables), expected, "{pattern:?} {text:?}");
        }
    }
}

#[test]
fn a_pattern_takes_its_cheapest_shape() {
    assert!(matches!(of("*"), Matcher::Any));
    assert!(matches!(of("a"), Matcher::Exact(_)));
    assert!(matches!(of("a**"), Matcher::Prefix(_)));
    assert!(matches!(of("*a"), Matcher::Suffix(_)));
    assert!(matches!(of("**a*"), Matcher::Infix(_)));
    assert!(matches!(of("a*b"), Matcher::Glob(_)));
    assert!(matches!(of("a${uin}"), Matcher::Template(_)));
}

#[test]
fn a_match_begins_with_the_literal_prefix() {
    for pattern in every("a*", 3).iter().filter(|pattern| !pattern.is_empty()) {
        let matcher = of(pattern);
        for text in every("ab", 4) {
            if matcher.matches(&text, &Variables::default()) == Truth::Yes {
                assert!(text.starts_with(matcher.literal_prefix()), "{pattern:?} {text:?}");
            }
        }
    }
}
