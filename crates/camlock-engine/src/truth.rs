//! Three-valued truth: what can be told, and what cannot [EVL-21].

use std::ops::Not;

/// Whether something matches; ordered so that *and* is the minimum and *or* the maximum.
#[expect(clippy::exhaustive_enums, reason = "three-valued logic has three values")]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Truth {
    /// It does not match.
    No,
    /// It cannot be told: an allow does not apply, a deny does.
    Unknown,
    /// It matches.
    Yes,
}

impl Truth {
    pub(crate) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether any of `all` matches; stops at the first that does.
    pub(crate) fn any(all: impl IntoIterator<Item = Self>) -> Self {
        let mut truth = Self::No;
        for one in all {
            truth = truth.or(one);
            if truth == Self::Yes {
                break;
            }
        }
        truth
    }

    /// Whether each of `all` matches; stops at the first that does not.
    pub(crate) fn all(all: impl IntoIterator<Item = Self>) -> Self {
        let mut truth = Self::Yes;
        for one in all {
            truth = truth.and(one);
            if truth == Self::No {
                break;
            }
        }
        truth
    }
}

impl From<bool> for Truth {
    fn from(matches: bool) -> Self {
        if matches { Self::Yes } else { Self::No }
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}
