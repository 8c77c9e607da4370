//! Limits of the front end, each with a safe default and its reason.

/// What a text may hold at most; a larger one is refused with a place, never cut.
///
/// # Examples
///
/// ```
/// use camlock_syntax::limits::Limits;
///
/// assert_eq!(Limits::policy().max_depth, 16);
/// ```
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "plain limits that a deployment sets")]
pub struct Limits {
    /// Bytes of the text. A policy ends at 6,144 characters; 1 MiB leaves room for blanks.
    pub max_bytes: usize,
    /// Nested objects and lists, the outermost being 1; bounds recursion [SYN-18, RD-25].
    pub max_depth: usize,
    /// Members of one object or list [SYN-18].
    pub max_members: usize,
    /// Statements of one policy [SYN-18].
    pub max_statements: usize,
    /// Faults that are reported; hostile text of one fault a byte would otherwise cost its size many
    /// times over in messages. One more says that the rest is left out.
    pub max_faults: usize,
}

impl Limits {
    /// The depth that no configuration exceeds, since whoever walks a tree recurses.
    pub const DEPTH_CEILING: usize = 128;

    /// The limits of a policy document.
    pub fn policy() -> Self {
        Self {
            max_bytes: 1 << 20,
            max_depth: 16,
            max_members: 10_000,
            max_statements: 1_000,
            max_faults: 10_000,
        }
    }

    /// The limits of an account file, which holds many documents.
    pub fn account() -> Self {
        Self { max_bytes: 1 << 30, max_depth: 32, max_members: 10_000_000, ..Self::policy() }
    }
}
