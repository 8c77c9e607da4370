//! Text and stars in any arrangement, matched in one pass.

use camlock_policy::Piece;
use memchr::memmem::Finder;

/// A pattern `prefix*inner*…*suffix`.
///
/// Between two stars it is enough to take the leftmost place where a part fits: what follows can only
/// have more room than at any later place. Each search goes on where the last one ended, and each is
/// linear, so the whole match is linear in the text whatever the pattern.
#[derive(Debug)]
pub(crate) struct Glob {
    prefix: Box<str>,
    inner: Box<[Finder<'static>]>,
    suffix: Box<str>,
}

impl Glob {
    /// `pieces` hold at least one star and no variable.
    pub(super) fn new(pieces: &[Piece]) -> Self {
        let pattern: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => &**text,
                // A literal star cannot be expressed in a pattern with stars [RES-15], so the text of
                // such a pattern says all.
                Piece::Star | Piece::Variable(_) => "*",
            })
            .collect();
        Self::of_stars(&pattern)
    }

    pub(super) fn of_stars(pattern: &str) -> Self {
        let (prefix, rest) = pattern.split_once('*').unwrap_or((pattern, ""));
        let (inner, suffix) = rest.rsplit_once('*').unwrap_or(("", rest));
        let parts = inner.split('*').filter(|part| !part.is_empty());
        Self {
            prefix: prefix.into(),
            inner: parts.map(|part| Finder::new(part).into_owned()).collect(),
            suffix: suffix.into(),
        }
    }

    pub(super) fn matches(&self, text: &[u8]) -> bool {
        let middle = text
            .strip_prefix(self.prefix.as_bytes())
            .and_then(|rest| rest.strip_suffix(self.suffix.as_bytes()));
        let Some(mut rest) = middle else { return false };
        for part in &self.inner {
            let found = part.find(rest).and_then(|at| rest.get(at + part.needle().len()..));
            match found {
                Some(after) => rest = after,
                None => return false,
            }
        }
        true
    }

    pub(super) fn literal_prefix(&self) -> &str {
        &self.prefix
    }

    pub(super) fn inner_literals(&self) -> Vec<&str> {
        let inner = self.inner.iter().filter_map(|part| std::str::from_utf8(part.needle()).ok());
        inner.chain([&*self.suffix]).collect()
    }

    pub(super) fn memory_usage(&self) -> usize {
        let inner = self.inner.iter().map(|part| size_of_val(part) + part.needle().len());
        self.prefix.len() + self.suffix.len() + inner.sum::<usize>()
    }
}
