//! What a statement does when it applies.

use std::fmt;

/// What a statement does when it applies: grant, or refuse whatever else grants [SYN-6].
///
/// # Examples
///
/// ```
/// use camlock_policy::Effect;
///
/// assert_eq!(Effect::parse("Allow"), Some(Effect::Allow));
/// assert_eq!(Effect::parse("allow "), None);
/// ```
#[expect(clippy::exhaustive_enums, reason = "a third effect must break every evaluator's build")]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Effect {
    /// The statement grants what it covers, unless a deny applies.
    Allow,
    /// The statement refuses what it covers, whatever grants it.
    Deny,
}

impl Effect {
    /// Reads the value of the `effect` element, without regard to ASCII case [SYN-6].
    pub fn parse(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("allow") {
            Some(Self::Allow)
        } else if text.eq_ignore_ascii_case("deny") {
            Some(Self::Deny)
        } else {
            None
        }
    }

    /// The canonical spelling, as CAM prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
