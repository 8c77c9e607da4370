//! Did you mean: the known word that a misspelt one is close to.

/// The word that `name` is a slip of: within a third of the length of the word in edits and within
/// three, letter case aside; of equally close ones the first.
///
/// A swap of neighbouring letters is one edit. A name that differs in letter case alone is the
/// closest of all.
///
/// # Examples
///
/// ```
/// use camlock_catalog::closest;
///
/// let regions = ["ap-guangzhou", "ap-shanghai"];
/// assert_eq!(closest("ap-guanghzou", regions), Some("ap-guangzhou"));
/// assert_eq!(closest("elsewhere", regions), None);
/// ```
///
/// # Complexity
///
/// The product of the lengths, for each word of a similar length and with similar letters; names beyond 64 bytes are close to
/// nothing.
pub fn closest<'w>(name: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if name.is_empty() || name.len() > 64 {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let (length, own_letters) = (name.chars().count(), letters(name));
    let mut best: Option<(usize, &str)> = None;
    for word in words {
        let most = (word.chars().count() / 3).min(3);
        let most = best.map_or(most, |(edits, _)| most.min(edits.saturating_sub(1)));
        if best.is_some_and(|(edits, _)| edits == 0) {
            break;
        }
        // An edit takes one letter away at most, and brings one.
        let others = (own_letters ^ letters(word)).count_ones() as usize;
        if word.chars().count().abs_diff(length) > most || others > 2 * most {
            continue;
        }
        let edits = distance(&lower, &word.to_ascii_lowercase());
        if edits <= most && best.is_none_or(|(least, _)| edits < least) {
            best = Some((edits, word));
        }
    }
    best.map(|(_, word)| word)
}

/// Which letters a text has, a bit each, letter case aside; others share the bits.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |letters, byte| letters | 1 << (byte.to_ascii_lowercase() & 31))
}

/// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    for (i, a) in from.chars().enumerate() {
        let mut row = Vec::with_capacity(to.len() + 1);
        row.push(i + 1);
        for (j, b) in to.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&above, j) + usize::from(a != *b);
            let mut least = replaced.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            let left = j.checked_sub(1).and_then(|left| to.get(left));
            if left == Some(&a) && previous == Some(*b) {
                least = least.min(at(&before, j.saturating_sub(1)) + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
        previous = Some(a);
    }
    above.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{closest, distance};

    #[test]
    fn edits_are_counted_and_a_swap_is_one() {
        for (from, to, edits) in
            [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xyz", 3)]
        {
            assert_eq!(distance(from, to), edits, "{from} {to}");
        }
    }

    #[test]
    fn only_what_is_close_is_offered() {
        let words = ["GetObject", "PutObject", "HeadObject", "as"];
        assert_eq!(closest("getobject", words), Some("GetObject"));
        assert_eq!(closest("GetObjects", words), Some("GetObject"));
        assert_eq!(closest("DeleteBucket", words), None);
        assert_eq!(closest("at", words), None, "a short word has no slips");
        assert_eq!(closest("", words), None);
    }
}
