//! How far a run of bytes goes, several bytes at a time.
//!
//! PERF: most of a document is the inside of strings and the blanks between tokens; `benches/parse.rs`
//! shows what looking at each byte by itself costs.

const WORD: usize = size_of::<u64>();
const EVERY: u64 = u64::from_ne_bytes([1; WORD]);
const HIGH: u64 = EVERY << 7;

/// How many bytes `bytes` begins with that stand for themselves inside of a string: neither a quote
/// nor a backslash nor a control character.
#[inline]
pub(crate) fn plain(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, behind)) = rest.split_first_chunk::<WORD>() {
        let special = marks(u64::from_le_bytes(*word));
        if special != 0 {
            // The lowest mark is always a true one; those above it may come from a borrow.
            return bytes.len() - rest.len() + special.trailing_zeros() as usize / 8;
        }
        rest = behind;
    }
    bytes.len() - rest.len() + plain_bytes(rest)
}

/// The same, byte by byte, for the last of a text.
#[cold]
fn plain_bytes(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count()
}

/// How many blanks of JSON `bytes` begins with.
#[inline]
pub(crate) fn blanks(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    // A line break, and the indentation behind it.
    while let [b' ' | b'\t' | b'\n' | b'\r', behind @ ..] = rest {
        rest = behind;
        while let Some((word, behind)) = rest.split_first_chunk::<WORD>() {
            let other = u64::from_le_bytes(*word) ^ (EVERY * 0x20);
            if other != 0 {
                let spaces = other.trailing_zeros() as usize / 8;
                rest = rest.get(spaces..).unwrap_or_default();
                break;
            }
            rest = behind;
        }
    }
    bytes.len() - rest.len()
}

/// Marks the bytes that are a quote, a backslash or below a blank with their highest bit.
///
/// A subtraction borrows across a byte of ASCII exactly where it is one of these, or behind one.
#[inline]
fn marks(word: u64) -> u64 {
    let control = word.wrapping_sub(EVERY * 0x20);
    let quote = (word ^ (EVERY * 0x22)).wrapping_sub(EVERY);
    let backslash = (word ^ (EVERY * 0x5c)).wrapping_sub(EVERY);
    (control | quote | backslash) & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::{blanks, plain};

    fn slow_plain(bytes: &[u8]) -> usize {
        bytes.iter().position(|b| matches!(b, b'"' | b'\\' | 0..0x20)).unwrap_or(bytes.len())
    }

    #[test]
    fn every_byte_at_every_place_is_told_apart() {
        for special in 0..=u8::MAX {
            for at in 0..40 {
                for around in [b'a', b' ', b'!', b'#', 0x7f, 0x80, 0xff, 0x5b, 0x5d] {
                    let mut bytes = vec![around; 40];
                    bytes[at] = special;
                    assert_eq!(plain(&bytes), slow_plain(&bytes), "{special} at {at}");
                }
            }
        }
    }

    #[test]
    fn two_special_bytes_side_by_side_are_found_at_the_first() {
        for first in [b'"', b'\\', 0, 0x1f] {
            for second in 0..=u8::MAX {
                let bytes = [b'a', b'b', first, second, b'c', b'd', b'e', b'f', b'g'];
                assert_eq!(plain(&bytes), 2, "{first} and {second}");
            }
        }
    }

    #[test]
    fn blanks_end_where_something_else_begins() {
        for length in 0..40 {
            let text = format!("\n{}x", " ".repeat(length));
            assert_eq!(blanks(text.as_bytes()), length + 1);
        }
        assert_eq!(blanks(b"\r\n\t \n        "), 13);
        assert_eq!(blanks("\u{a0}".as_bytes()), 0);
    }
}
