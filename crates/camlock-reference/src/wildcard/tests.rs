//! Patterns with stars.

use super::{Token, matches};

fn check(pattern: &str, text: &str, expected: bool) {
    let token = |c| if c == '*' { Token::Star } else { Token::Char(c) };
    let tokens: Vec<_> = pattern.chars().map(token).collect();
    assert_eq!(matches(&tokens, text), expected, "{pattern} over {text}");
}

#[test]
fn a_pattern_covers_the_whole_text() {
    check("ins-1", "ins-1", true);
    check("ins-1", "ins-10", false);
    check("ins-1", "xins-1", false);
    check("", "", true);
    check("", "a", false);
}

#[test]
fn a_star_is_any_run_including_none() {
    check("*", "", true);
    check("*", "a/b:c", true);
    check("dir/*", "dir/", true);
    check("dir/*", "dir", false);
    check("*Bucket*", "PutBucketAcl", true);
    check("a*b*c", "abbcxc", true);
    check("a*b*c", "acb", false);
}

#[test]
fn characters_and_not_bytes_are_compared() {
    check("日*本", "日々本", true);
    check("?", "a", false);
}

#[test]
fn many_stars_take_no_exponential_time() {
    check(&"*a".repeat(200), &"a".repeat(199), false);
}
