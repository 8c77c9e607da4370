//! Sealing secrets with the operator's key, so that a stolen store gives none away.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use crate::ApiError;
use crate::random;

/// The operator's key: 32 bytes.
///
/// # Examples
///
/// ```
/// use camlock_cam::SealKey;
///
/// let key = SealKey::generate()?;
/// assert!(SealKey::parse(&key.to_text()).is_ok());
/// assert_eq!(format!("{key:?}"), "SealKey(…)");
/// # Ok::<(), camlock_cam::ApiError>(())
/// ```
#[derive(Clone)]
pub struct SealKey([u8; 32]);

/// Why a text is no key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SealError(());

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key is 32 bytes in base64, such as `openssl rand -base64 32` prints")
    }
}

impl std::error::Error for SealError {}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey(…)")
    }
}

const NONCE: usize = 24;
/// The name that marks are sealed for; no key is called so.
const MARK: &str = "the key of this store";

impl SealKey {
    /// Reads a key as [`to_text`](Self::to_text) writes it.
    ///
    /// # Errors
    ///
    /// A [`SealError`] for anything else; the text is not repeated.
    pub fn parse(text: &str) -> Result<Self, SealError> {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| SealError(()))?;
        bytes.try_into().map(Self).map_err(|_| SealError(()))
    }

    /// A new key.
    ///
    /// # Errors
    ///
    /// An [`ApiError`] where the system has no randomness.
    pub fn generate() -> Result<Self, ApiError> {
        let mut key = [0; 32];
        random::fill(&mut key)?;
        Ok(Self(key))
    }

    /// The key in base64, for the operator's file.
    pub fn to_text(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Seals a secret for the thing called `name`; it opens under no other name.
    pub(crate) fn seal(&self, name: &str, secret: &str) -> Result<String, ApiError> {
        let mut nonce = [0_u8; NONCE];
        random::fill(&mut nonce)?;
        let payload = Payload { msg: secret.as_bytes(), aad: name.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| broken())?;
        Ok(STANDARD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// Opens what [`seal`](Self::seal) gave.
    pub(crate) fn open(&self, name: &str, sealed: &str) -> Result<String, ApiError> {
        let bytes = STANDARD.decode(sealed).map_err(|_| broken())?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(broken)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| broken())?;
        let payload = Payload { msg: sealed, aad: name.as_bytes() };
        let secret = self.cipher().decrypt(&XNonce::from(nonce), payload).map_err(|_| broken())?;
        String::from_utf8(secret).map_err(|_| broken())
    }

    /// A text that opens with this key alone, so that a store knows its key again.
    pub(crate) fn mark(&self) -> Result<String, ApiError> {
        self.seal(MARK, "")
    }

    /// Whether [`mark`](Self::mark) of this key gave the text.
    pub(crate) fn made_mark(&self, sealed: &str) -> bool {
        self.open(MARK, sealed).is_ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

fn broken() -> ApiError {
    ApiError::new("InternalError.EncryptError", "A secret does not open with this key.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_under_its_own_name_and_key_only() {
        let key = SealKey::generate().unwrap();
        let sealed = key.seal("AKID1", "secret").unwrap();
        assert!(!sealed.contains("secret"));
        assert_eq!(key.open("AKID1", &sealed).unwrap(), "secret");
        assert!(key.open("AKID2", &sealed).is_err());
        assert!(SealKey::generate().unwrap().open("AKID1", &sealed).is_err());
        assert!(key.open("AKID1", "AAAA").is_err());
        assert_ne!(key.seal("AKID1", "secret").unwrap(), sealed);
    }

    #[test]
    fn only_32_bytes_are_a_key() {
        for text in ["", "AAAA", "not base64!", &STANDARD.encode([0; 33])] {
            assert!(SealKey::parse(text).is_err(), "{text}");
        }
    }
}
