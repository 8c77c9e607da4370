//! Suppressions as text, for adopting the linter where much is found.

use std::fmt::Write as _;

use camlock_source::Code;

/// A suppression that is to be written.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_structs, reason = "what a suppression says")]
pub struct NewSuppression {
    /// The file, relative to the folder of the settings, with slashes.
    pub path: String,
    /// The code.
    pub code: Code,
    /// The JSON pointer; nothing for the whole file.
    pub pointer: Option<String>,
}

/// The text of suppressions, to be put at the end of a file of settings.
///
/// # Examples
///
/// ```
/// use camlock_config::{NewSuppression, suppressions_text};
/// use camlock_source::Code;
///
/// let own = NewSuppression { path: "a.json".into(), code: Code::new("CAM6001"), pointer: None };
/// let text = suppressions_text(&[own], "found when Camlock was introduced");
/// assert!(text.ends_with("code = \"CAM6001\"\npath = \"/a.json\"\n\
///     reason = \"found when Camlock was introduced\"\n"));
/// ```
pub fn suppressions_text(all: &[NewSuppression], reason: &str) -> String {
    let mut text = String::new();
    for own in all {
        // A slash in front keeps a name from being meant anywhere below; wildcards are none here.
        let path = format!("/{}", crate::anchor::escaped(&own.path));
        // Writing to a string cannot fail.
        _ = write!(text, "\n[[suppressions]]\ncode = \"{}\"\npath = {}\n", own.code, quoted(&path));
        if let Some(pointer) = &own.pointer {
            _ = writeln!(text, "pointer = {}", quoted(pointer));
        }
        _ = writeln!(text, "reason = {}", quoted(reason));
    }
    text
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => _ = write!(quoted, "\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
