//! Findings that are known and accepted.

use camlock_source::Code;

use crate::finding::Finding;
use crate::settings::PathGlobs;

/// A finding that is known and accepted, and why.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain settings")]
pub struct Suppression {
    /// In which files; nothing for all.
    pub paths: Option<PathGlobs>,
    /// Which code.
    pub code: Code,
    /// Where: a JSON pointer. What stands below it is covered as well; nothing covers whole documents.
    pub pointer: Option<String>,
    /// Why, for whoever reads it later.
    pub reason: String,
}

impl Suppression {
    /// Whether it covers a finding in a file.
    pub(crate) fn covers(&self, path: &str, finding: &Finding) -> bool {
        let own = &finding.diagnostic;
        self.code == own.code
            && self.paths.as_ref().is_none_or(|paths| paths.is_match(path))
            && self.pointer.as_deref().is_none_or(|above| {
                own.pointer.as_deref().is_some_and(|pointer| is_below(pointer, above))
            })
    }
}

/// Whether a pointer leads to a place or below it.
fn is_below(pointer: &str, above: &str) -> bool {
    pointer.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::is_below;

    #[test]
    fn a_pointer_covers_what_is_below_and_no_neighbour() {
        assert!(is_below("/statement/1/action", "/statement/1"));
        assert!(is_below("/statement/1", "/statement/1") && is_below("/a", ""));
        assert!(!is_below("/statement/12", "/statement/1") && !is_below("/a", "/a/b"));
    }
}
