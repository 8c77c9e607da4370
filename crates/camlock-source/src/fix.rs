//! Repairs of a text, and the one place that carries them out.

use crate::Span;

/// Some bytes of a text and what stands there instead.
///
/// # Examples
///
/// ```
/// use camlock_source::{Edit, Span};
///
/// assert_eq!(Edit::insert(3, "x").span, Span::empty(3));
/// assert_eq!(Edit::remove(Span::new(1, 2)).replacement, "");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "an edit is a place and a text")]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes.
    pub replacement: String,
}

impl Edit {
    /// Puts a text in the place of some bytes.
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }

    /// Takes bytes out.
    pub fn remove(span: Span) -> Self {
        Self { span, replacement: String::new() }
    }

    /// Puts a text in front of the byte `at`.
    pub fn insert(at: u32, text: impl Into<String>) -> Self {
        Self { span: Span::empty(at), replacement: text.into() }
    }

    /// Whether two edits cannot both be carried out: they share bytes, or begin at one place, where
    /// their order would decide what comes out.
    pub fn conflicts_with(&self, other: &Self) -> bool {
        let (a, b) = (self.span, other.span);
        a.start == b.start || (a.start < b.end && b.start < a.end)
    }
}

/// What a repair does to the decisions of a policy.
#[expect(clippy::exhaustive_enums, reason = "whoever applies fixes must handle every grade")]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Grade {
    /// Needs a person: it may allow more, or it guesses what was meant.
    Suggestion,
    /// Never allows more than before.
    Narrowing,
    /// Decides the same on every request.
    Safe,
}

impl Grade {
    /// The word in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Suggestion => "suggestion",
            Self::Narrowing => "narrowing",
            Self::Safe => "safe",
        }
    }
}

/// A repair: edits that belong together, all of them or none.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain report data")]
pub struct Fix {
    /// What it does, in the imperative: ``write `allow` ``.
    pub title: String,
    /// The edits; their spans are those of the text that the finding is about.
    pub edits: Vec<Edit>,
    /// What it does to decisions.
    pub grade: Grade,
}

/// A text with fixes carried out.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "plain results")]
pub struct Rewrite {
    /// The text as it is now.
    pub text: String,
    /// Which of the fixes were carried out, by their place in what was given, in rising order.
    pub applied: Vec<usize>,
}

/// Carries out as many fixes as go together.
///
/// Fixes are taken in the order in which their first edits stand in the text, equal places in the order
/// given. A fix is left out as a whole where an edit of it conflicts with one that was taken before,
/// with another one of its own, or does not lie on characters of the text: the answer depends on the
/// fixes alone.
///
/// # Examples
///
/// ```
/// use camlock_source::{Edit, Fix, Grade, Span, apply_fixes};
///
/// let fix = |from, to, text: &str| Fix {
///     title: "mend it".into(),
///     edits: vec![Edit::replace(Span::new(from, to), text)],
///     grade: Grade::Safe,
/// };
/// let fixes = [fix(4, 7, "two"), fix(0, 3, "1"), fix(2, 5, "no")];
/// let rewrite = apply_fixes("one 222", &fixes);
/// assert_eq!(rewrite.text, "1 two");
/// assert_eq!(rewrite.applied, [0, 1]);
/// ```
///
/// # Complexity
///
/// Linear in the text, and n log n in the edits.
pub fn apply_fixes<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> Rewrite {
    let mut order: Vec<(usize, &Fix)> = fixes.into_iter().enumerate().collect();
    let first = |fix: &Fix| fix.edits.iter().map(|edit| edit.span).min();
    order.sort_by_key(|(place, fix)| (first(fix), *place));
    let mut taken = Taken::default();
    let mut applied = Vec::new();
    for (place, fix) in order {
        if taken.take(text, fix) {
            applied.push(place);
        }
    }
    applied.sort_unstable();
    Rewrite { text: taken.write(text), applied }
}

/// The edits that were taken, by where they begin; no two conflict.
#[derive(Default)]
struct Taken<'f>(std::collections::BTreeMap<u32, &'f Edit>);

impl<'f> Taken<'f> {
    /// Takes every edit of a fix, or none.
    fn take(&mut self, text: &str, fix: &'f Fix) -> bool {
        let mut begun: Vec<u32> = Vec::with_capacity(fix.edits.len());
        for edit in &fix.edits {
            if !fits(text, edit.span) || self.has_conflict(edit) {
                for start in begun {
                    self.0.remove(&start);
                }
                return false;
            }
            self.0.insert(edit.span.start, edit);
            begun.push(edit.span.start);
        }
        !fix.edits.is_empty()
    }

    /// Whether an edit conflicts with its neighbours, and so with any.
    fn has_conflict(&self, edit: &Edit) -> bool {
        let before = self.0.range(..=edit.span.start).next_back();
        let after = self.0.range(edit.span.start..).next();
        before.into_iter().chain(after).any(|(_, other)| edit.conflicts_with(other))
    }

    fn write(&self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        let mut at = 0;
        for edit in self.0.values() {
            written.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
            written.push_str(&edit.replacement);
            at = edit.span.end as usize;
        }
        written.push_str(text.get(at..).unwrap_or_default());
        written
    }
}

fn fits(text: &str, span: Span) -> bool {
    text.get(span.start as usize..span.end as usize).is_some()
}

#[cfg(test)]
mod tests;
