//! What stands in a list a second time.

use std::collections::HashMap;
use std::hash::Hash;

/// Items of a list that are compared each with each; longer lists are looked up by hash, which costs more
/// an item.
const FEW: usize = 8;

/// The items of a list that are equal to an earlier one by their keys, each with the earliest, in order.
///
/// # Complexity
///
/// Linear in the items, whoever chose them.
pub(super) fn repeated<'t, T, K: Eq + Hash>(
    items: &'t [T],
    key: impl Fn(&'t T) -> K,
) -> Vec<(&'t T, &'t T)> {
    let mut found = Vec::new();
    if items.len() <= FEW {
        let mut seen: Vec<(K, &T)> = Vec::with_capacity(items.len());
        for item in items {
            let own = key(item);
            match seen.iter().find(|(other, _)| *other == own) {
                Some((_, earliest)) => found.push((item, *earliest)),
                None => seen.push((own, item)),
            }
        }
        return found;
    }
    let mut seen: HashMap<K, &T> = HashMap::with_capacity(items.len());
    for item in items {
        let earliest = *seen.entry(key(item)).or_insert(item);
        if !std::ptr::eq(earliest, item) {
            found.push((item, earliest));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{FEW, repeated};

    #[test]
    fn short_and_long_lists_give_the_same() {
        let long: Vec<usize> = [3, 1, 3, 2, 1, 3].into_iter().chain(10..10 + FEW).collect();
        let short = long.get(..6).unwrap();
        let places = |items: &[usize]| -> Vec<(usize, usize)> {
            let at = |item: &usize| items.iter().position(|own| std::ptr::eq(own, item)).unwrap();
            repeated(items, |own| *own)
                .into_iter()
                .map(|(own, first)| (at(own), at(first)))
                .collect()
        };
        assert_eq!(places(short), [(2, 0), (4, 1), (5, 0)]);
        assert_eq!(places(&long), places(short));
        assert!(places(&[]).is_empty());
    }
}
