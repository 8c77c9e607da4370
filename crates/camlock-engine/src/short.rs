//! Short texts, which are compared more quickly in place than by a call.

/// Whether two texts are the same.
#[inline]
pub(crate) fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    if left.len() > 16 {
        return left == right;
    }
    // The two words overlap where the text is shorter than both.
    if let (Some(first), Some(last)) = (left.first_chunk::<8>(), left.last_chunk::<8>()) {
        return right.first_chunk() == Some(first) && right.last_chunk() == Some(last);
    }
    if let (Some(first), Some(last)) = (left.first_chunk::<4>(), left.last_chunk::<4>()) {
        return right.first_chunk() == Some(first) && right.last_chunk() == Some(last);
    }
    left.iter().eq(right)
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn texts_of_every_length_are_compared_to_the_last_byte() {
        for length in 0..40 {
            let text = "x".repeat(length);
            assert!(same(text.as_bytes(), text.clone().as_bytes()));
            assert!(!same(text.as_bytes(), "x".repeat(length + 1).as_bytes()));
            for at in 0..length {
                let mut other = text.clone().into_bytes();
                other[at] = b'y';
                assert!(!same(text.as_bytes(), &other), "{length} at {at}");
            }
        }
    }
}
