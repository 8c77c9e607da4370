//! What was used and is not to be used again, as the store remembers it.

use std::fmt;

/// Something that is good once.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Used {
    /// An assertion, by what [`Once`](crate::saml::Once) tells of it.
    Assertion(String),
    /// The code of a soft token: whose, and of which step.
    Code(u64, u64),
}

impl fmt::Display for Used {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Assertion(name) => write!(f, "assertion {name}"),
            Self::Code(uin, step) => write!(f, "code {uin} {step}"),
        }
    }
}

impl Used {
    /// Reads what was written; nothing where it is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(' ')?;
        match kind {
            "assertion" => Some(Self::Assertion(rest.to_owned())),
            "code" => {
                let (uin, step) = rest.split_once(' ')?;
                Some(Self::Code(uin.parse().ok()?, step.parse().ok()?))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for used in [Used::Assertion("0a1b".to_owned()), Used::Code(7, 56_000_000)] {
            assert_eq!(Used::read(&used.to_string()), Some(used));
        }
        for text in ["", "code", "code 7", "code 7 x", "other 1"] {
            assert_eq!(Used::read(text), None, "{text}");
        }
    }
}
