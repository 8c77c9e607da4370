//! Faults of an account file, and their codes.

use camlock_source::{Code, Diagnostic, LineColumn, SourceText};

/// A diagnostic with the text it is about: the account file, or a policy file that it names.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a diagnostic and its text")]
pub struct Finding {
    /// The text.
    pub source: SourceText,
    /// What is wrong with it.
    pub diagnostic: Diagnostic,
}

impl Finding {
    /// The line and column where it begins.
    pub fn place(&self) -> LineColumn {
        self.source.line_column(self.diagnostic.span.start)
    }
}

/// A code of this crate with its name and meaning.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a row of a table")]
pub struct AccountCode {
    /// The code.
    pub code: Code,
    /// The name, in kebab case.
    pub name: &'static str,
    /// What it says, in one line.
    pub summary: &'static str,
}

macro_rules! codes {
    ($($constant:ident $code:literal $name:literal $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub(crate) const $constant: Code = Code::new($code);
        )*

        /// Every code of this crate, in order.
        pub const CODES: &[AccountCode] = &[
            $(AccountCode { code: $constant, name: $name, summary: $summary },)*
        ];
    };
}

codes! {
    WRONG_TYPE "CAM8001" "account-value-of-wrong-type" "a value of the account file has the wrong type";
    UNKNOWN_MEMBER "CAM8002" "unknown-account-member" "a member that account files do not have";
    MISSING_MEMBER "CAM8003" "missing-account-member" "a member is missing";
    BAD_VALUE "CAM8004" "bad-account-value" "a value is not one of those that are allowed";
    DUPLICATE "CAM8005" "duplicate-in-account" "an id or name is taken already";
    DANGLING "CAM8006" "dangling-reference" "a reference leads nowhere";
    UNREADABLE_FILE "CAM8007" "unreadable-policy-file" "a policy file cannot be read";
    OUTSIDE_RESOURCE "CAM8008" "resource-policy-outside" "a resource policy speaks about something else than its resource";
    QUOTA "CAM8009" "over-quota" "more than the platform attaches";
    BOUNDARY_ON_SERVICE_ROLE "CAM8010" "boundary-on-service-role" "a boundary on a service-linked role";
}
