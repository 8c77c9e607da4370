//! Regions and the legacy short names that mean the same.

use std::fmt;

use smol_str::SmolStr;

/// Legacy short names and the regions they mean; nothing outside this table is an alias [RES-7].
const ALIASES: [(&str, &str); 10] = [
    ("bj", "ap-beijing"),
    ("tj", "ap-beijing-1"),
    ("sh", "ap-shanghai"),
    ("gz", "ap-guangzhou"),
    ("cd", "ap-chengdu"),
    ("hk", "ap-hongkong"),
    ("sg", "ap-singapore"),
    ("sgp", "ap-singapore"),
    ("ca", "na-toronto"),
    ("ger", "eu-frankfurt"),
];

/// A region as written, such as `ap-guangzhou` or its legacy name `gz`.
///
/// Equality is on the written text; compare [`canonical`](Self::canonical) to compare regions.
///
/// # Examples
///
/// ```
/// use camlock_policy::Region;
///
/// assert_eq!(Region::new("gz").canonical(), "ap-guangzhou");
/// assert_eq!(Region::new("shanghai").canonical(), "shanghai");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Region(SmolStr);

impl Region {
    /// Names a region; any text is a name, because a request is compared and never trusted.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The current name of the region [RES-7].
    pub fn canonical(&self) -> &str {
        // Every alias is shorter than any current name.
        if self.0.len() > 3 {
            return &self.0;
        }
        ALIASES
            .iter()
            .find(|(short, _)| *short == self.0.as_str())
            .map_or(&self.0, |(_, name)| name)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
