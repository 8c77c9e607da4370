//! Patterns in which `*` stands for any run of characters.

/// Whether a pattern covers a whole text; `*` stands for any run of characters, none included.
///
/// # Examples
///
/// ```
/// use camlock_catalog::matches;
///
/// assert!(matches("Describe*Status", "DescribeInstancesStatus"));
/// assert!(!matches("Describe", "DescribeInstances"));
/// ```
///
/// # Complexity
///
/// Between two stars the leftmost fit suffices, so that nothing is tried twice.
pub fn matches(pattern: &str, text: &str) -> bool {
    // Nearly all that is asked differs within the first letters.
    let letters = pattern.bytes().zip(text.bytes());
    let same = letters.take_while(|(own, other)| own == other && *own != b'*').count();
    if pattern.as_bytes().get(same).is_some_and(|own| *own != b'*') {
        return false;
    }
    let Some((prefix, rest)) = pattern.split_once('*') else { return pattern == text };
    let (inner, suffix) = rest.rsplit_once('*').unwrap_or(("", rest));
    let middle = text.strip_prefix(prefix).and_then(|text| text.strip_suffix(suffix));
    let Some(mut middle) = middle else { return false };
    for part in inner.split('*') {
        match middle.find(part).and_then(|at| middle.get(at + part.len()..)) {
            Some(behind) => middle = behind,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_any_run_and_the_rest_is_literal() {
        for (pattern, text) in [
            ("*", ""),
            ("a*", "a"),
            ("*a", "ba"),
            ("a*b*c", "aXbYc"),
            ("a**c", "abc"),
            ("*b*", "abc"),
            // A text may have stars of its own.
            ("*a", "*ba"),
            ("a*b", "a*xb"),
            ("*", "*"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("a", "A"), ("a*a", "a"), ("a*b*c", "acb"), ("*b", "bc"), ("a*bc*c", "abc"), ("", "a")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
