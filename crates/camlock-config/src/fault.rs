//! What can be wrong with a file of settings.

use camlock_source::Code;

/// A code of this crate.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a row of a table")]
pub struct ConfigCode {
    /// The stable code.
    pub code: Code,
    /// The name, in kebab case.
    pub name: &'static str,
    /// What it says, in one line.
    pub summary: &'static str,
}

/// The file is not TOML.
pub(crate) const MALFORMED: Code = Code::new("CAM8201");
/// A setting that does not exist.
pub(crate) const UNKNOWN: Code = Code::new("CAM8202");
/// A value that a setting does not take.
pub(crate) const BAD_VALUE: Code = Code::new("CAM8203");
/// Something that has to be said is not.
pub(crate) const MISSING: Code = Code::new("CAM8204");

/// Every code of this crate.
pub const CODES: &[ConfigCode] = &[
    ConfigCode {
        code: MALFORMED,
        name: "malformed-settings",
        summary: "a file of settings is not TOML",
    },
    ConfigCode { code: UNKNOWN, name: "unknown-setting", summary: "a setting does not exist" },
    ConfigCode {
        code: BAD_VALUE,
        name: "bad-setting",
        summary: "a setting has a value that it does not take",
    },
    ConfigCode {
        code: MISSING,
        name: "incomplete-suppression",
        summary: "a suppression lacks its code or its reason",
    },
];
