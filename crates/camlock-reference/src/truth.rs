//! Yes, no, or cannot be told: the three answers of a comparison [EVL-21].

use std::ops::Not;

/// The answer of a comparison, from the weakest to the strongest.
///
/// In this order the least answer is the conjunction and the greatest the disjunction: "no" dominates
/// inside a statement, "yes" inside a list of alternatives.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Truth {
    No,
    Unknown,
    Yes,
}

impl Truth {
    /// Whether all of them hold; nothing asked is nothing refused.
    pub(crate) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().min().unwrap_or(Self::Yes)
    }

    /// Whether one of the alternatives holds; without alternatives none does.
    pub(crate) fn any(alternatives: impl IntoIterator<Item = Self>) -> Self {
        alternatives.into_iter().max().unwrap_or(Self::No)
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::Unknown => Self::Unknown,
            Self::No => Self::Yes,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests;
