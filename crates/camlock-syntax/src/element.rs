//! What the elements of a document and of a statement are called.

/// The elements of a document and of a statement [SYN-10].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ElementName {
    Version,
    Statement,
    Principal,
    Effect,
    Action,
    Resource,
    Condition,
    /// Has no effect [SYN-12].
    Sid,
    /// Has no effect [SYN-12].
    Id,
}

impl ElementName {
    /// Reads the lower-case spelling, or the one with a capital first letter.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name.as_bytes().first() {
            Some(b'A'..=b'Z') => {
                let mut lower = name.to_owned();
                lower.get_mut(..1)?.make_ascii_lowercase();
                Self::parse_lower(&lower)
            }
            _ => Self::parse_lower(name),
        }
    }

    /// Reads the lower-case spelling, which every part of the platform accepts.
    pub(crate) fn parse_lower(name: &str) -> Option<Self> {
        Some(match name {
            "version" => Self::Version,
            "statement" => Self::Statement,
            "principal" => Self::Principal,
            "effect" => Self::Effect,
            "action" => Self::Action,
            "resource" => Self::Resource,
            "condition" => Self::Condition,
            "sid" => Self::Sid,
            "id" => Self::Id,
            _ => return None,
        })
    }

    /// Whether a document has it.
    pub(crate) fn is_of_document(self) -> bool {
        matches!(self, Self::Version | Self::Statement | Self::Principal | Self::Id)
    }

    /// Whether a statement has it.
    pub(crate) fn is_of_statement(self) -> bool {
        !matches!(self, Self::Version | Self::Statement)
    }
}
