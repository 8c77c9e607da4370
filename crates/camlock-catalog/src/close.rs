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
/// Linear in the words; of those of a similar length and with similar letters, the length of each times a
/// number that does not depend on it. Names beyond 64 bytes are close to nothing.
pub fn closest<'w>(name: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    if name.is_empty() || name.len() > 64 {
        return None;
    }
    let lower: Vec<char> = name.to_ascii_lowercase().chars().collect();
    let own_letters = letters(name);
    let mut best: Option<(usize, &str)> = None;
    for word in words {
        // Nearly all words are of letters that are a byte each.
        let length = if word.is_ascii() { word.len() } else { word.chars().count() };
        let most = (length / 3).min(3);
        let most = best.map_or(most, |(edits, _)| most.min(edits.saturating_sub(1)));
        if length.abs_diff(lower.len()) > most {
            continue;
        }
        // An edit takes one letter away at most, and brings one.
        let others = (own_letters ^ letters(word)).count_ones() as usize;
        if others > 2 * most {
            continue;
        }
        let other: Vec<char> = word.chars().map(|own| own.to_ascii_lowercase()).collect();
        if !has_similar_letters(&lower, &other, most) {
            continue;
        }
        let Some(edits) = distance(&lower, &other, most) else { continue };
        if best.is_none_or(|(least, _)| edits < least) {
            best = Some((edits, word));
        }
        if edits == 0 {
            break;
        }
    }
    best.map(|(_, word)| word)
}

/// Which letters a text has, a bit each, letter case aside; others share the bits.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |letters, byte| letters | 1 << (byte.to_ascii_lowercase() & 31))
}

/// Whether neither has more than `most` letters that the other lacks, which as many edits could not bring.
fn has_similar_letters(from: &[char], to: &[char], most: usize) -> bool {
    // Letters that share a place only make texts look more alike.
    let mut counts = [0_isize; 32];
    let mut count = |text: &[char], step: isize| {
        for place in text.iter().map(|own| u32::from(*own) as usize % 32) {
            if let Some(own) = counts.get_mut(place) {
                *own += step;
            }
        }
    };
    count(from, 1);
    count(to, -1);
    let gone = counts.iter().filter(|own| **own > 0).map(|own| own.unsigned_abs());
    let come = counts.iter().filter(|own| **own < 0).map(|own| own.unsigned_abs());
    gone.sum::<usize>().max(come.sum()) <= most
}

/// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other, where
/// `most` are enough; four ways lead from each to the next, so that it is for small numbers only.
fn distance(from: &[char], to: &[char], most: usize) -> Option<usize> {
    // To leave equal letters as they are is never worse.
    let same = from.iter().zip(to).take_while(|(own, other)| own == other).count();
    let (from, to) = (from.get(same..)?, to.get(same..)?);
    if from.len().abs_diff(to.len()) > most {
        return None;
    }
    let ([own, from_next @ ..], [other, to_next @ ..]) = (from, to) else {
        return Some(from.len().max(to.len()));
    };
    let most = most.checked_sub(1)?;
    let swapped = match (from_next, to_next) {
        ([a, from @ ..], [b, to @ ..]) if own == b && a == other => Some((from, to)),
        _ => None,
    };
    let ways = [Some((from_next, to_next)), Some((from_next, to)), Some((from, to_next)), swapped];
    let ways = ways.into_iter().flatten();
    ways.filter_map(|(from, to)| distance(from, to, most)).min().map(|edits| edits + 1)
}

#[cfg(test)]
mod tests {
    use super::closest;

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn distance(from: &str, to: &str, most: usize) -> Option<usize> {
        super::distance(&letters(from), &letters(to), most)
    }

    /// The same by the book: a table of all beginnings of both.
    fn by_table(from: &str, to: &str) -> usize {
        let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
        let mut table = vec![vec![0; to.len() + 1]; from.len() + 1];
        for i in 0..=from.len() {
            for j in 0..=to.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let replaced = table[i - 1][j - 1] + usize::from(from[i - 1] != to[j - 1]);
                    replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1)
                };
                if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                    table[i][j] = table[i][j].min(table[i - 2][j - 2] + 1);
                }
            }
        }
        table[from.len()][to.len()]
    }

    #[test]
    fn edits_are_counted_and_a_swap_is_one() {
        for (from, to, edits) in
            [("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xyz", 3)]
        {
            assert_eq!(distance(from, to, 3), Some(edits), "{from} {to}");
            assert_eq!(by_table(from, to), edits, "{from} {to}");
        }
        assert_eq!(distance("abc", "xyz", 2), None);
    }

    #[test]
    fn edits_are_those_of_the_table() {
        let mut words = vec![String::new()];
        for place in 0.. {
            let Some(word) = words.get(place).filter(|word| word.len() < 4) else { break };
            let longer: Vec<String> = "abc".chars().map(|c| format!("{word}{c}")).collect();
            words.extend(longer);
        }
        assert_eq!(words.len(), 1 + 3 + 9 + 27 + 81);
        for from in &words {
            for to in &words {
                let edits = by_table(from, to);
                assert!(super::has_similar_letters(&letters(from), &letters(to), edits));
                for most in 0..4 {
                    let expected = (edits <= most).then_some(edits);
                    assert_eq!(distance(from, to, most), expected, "{from} {to} {most}");
                }
            }
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
