//! Names and secrets that nobody can guess.

use crate::ApiError;

const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A text of so many letters and digits, each as likely as the others.
pub(crate) fn letters(length: usize) -> Result<String, ApiError> {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let mut bytes = [0_u8; 64];
        fill(&mut bytes)?;
        // Larger values would make the first letters more likely.
        let fair = bytes.iter().map(|byte| byte & 63).filter_map(|at| LETTERS.get(usize::from(at)));
        text.extend(fair.take(length - text.len()).map(|byte| char::from(*byte)));
    }
    Ok(text)
}

/// A random identifier, as requests have it.
pub(crate) fn uuid() -> Result<String, ApiError> {
    let mut bytes = [0_u8; 16];
    fill(&mut bytes)?;
    let mut number = u128::from_be_bytes(bytes);
    // Version 4, variant 1.
    number = number & !(0xf << 76) | 0x4 << 76;
    number = number & !(0x3 << 62) | 0x2 << 62;
    let text = format!("{number:032x}");
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    Ok([part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-"))
}

pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), ApiError> {
    getrandom::fill(bytes)
        .map_err(|why| ApiError::new("InternalError.SystemError", format!("no randomness: {why}")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn texts_have_their_length_and_differ() {
        let one = super::letters(32).unwrap();
        assert_eq!(one.len(), 32);
        assert!(one.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert_ne!(one, super::letters(32).unwrap());
    }
}
