//! Opaque words for what is not known.

/// A word of `length` bytes for an expression: equal for equal ones, and likely so for no others.
///
/// `digits` is for places that take numbers only.
pub(crate) fn mask(expression: &str, length: usize, digits: bool) -> String {
    let alphabet: &[u8] = if digits { b"123456789" } else { b"bcdfghjklmnpqrstvwxz" };
    // FNV-1a, stretched: the same on every machine and in every run.
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let mut step = |byte: u8| {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        state
    };
    for byte in expression.trim().bytes() {
        step(byte);
    }
    let count = u64::try_from(alphabet.len()).unwrap_or(1);
    let letters = (0..length).map(|_| {
        let place = usize::try_from((step(1) >> 33) % count).unwrap_or(0);
        alphabet.get(place).map_or('z', |byte| char::from(*byte))
    });
    letters.collect()
}

/// Whether what stands in front of an unknown wants a number.
pub(crate) fn wants_digits(before: &str) -> bool {
    before.ends_with("uin/") || before.ends_with("uid/")
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn equal_expressions_are_equal_words() {
        assert_eq!(mask("var.a", 8, false), mask(" var.a ", 8, false));
        assert_ne!(mask("var.a", 8, false), mask("var.b", 8, false));
        assert_eq!(mask("var.a", 9, true).len(), 9);
        assert!(mask("var.a", 9, true).bytes().all(|b| b.is_ascii_digit()));
    }
}
