//! How long a document may be.

use camlock_policy::PolicyKind;

use crate::json;

/// The size of a document, and what CAM accepts: characters without the blanks between tokens, or the
/// bytes of a bucket policy as sent [SYN-14, RD-19].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) count: usize,
    pub(crate) limit: usize,
    pub(crate) unit: &'static str,
}

const MAX_CHARACTERS: usize = 6_144;
const MAX_BUCKET_BYTES: usize = 20_480;

impl Size {
    /// The size of a document of so many bytes and significant characters.
    pub(crate) fn of(kind: PolicyKind, bytes: usize, characters: usize) -> Self {
        match kind {
            PolicyKind::Resource => Self { count: bytes, limit: MAX_BUCKET_BYTES, unit: "bytes" },
            _ => Self { count: characters, limit: MAX_CHARACTERS, unit: "characters" },
        }
    }

    pub(crate) fn is_too_long(self) -> bool {
        self.count > self.limit
    }
}

/// Whether a text is short enough, whose tokens have so many blanks between them.
pub(crate) fn fits(kind: PolicyKind, text: &str, blanks: usize) -> bool {
    // A blank is one byte and one character; few texts need their characters counted.
    let bytes = text.len().saturating_sub(blanks);
    let bound = Size::of(kind, text.len(), bytes);
    let exact = || Size::of(kind, text.len(), text.chars().count().saturating_sub(blanks));
    !bound.is_too_long() || !exact().is_too_long()
}

/// The significant characters of a text, or a number that fits where its bytes show that they do.
pub(crate) fn characters(text: &str) -> usize {
    if text.len() <= MAX_CHARACTERS { text.len() } else { json::significant_chars(text) }
}
