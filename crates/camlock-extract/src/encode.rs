//! How a text of a document is written where the document stands.

use std::fmt::Write as _;

/// How the file writes what the document says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Encoding {
    /// As it is.
    Plain,
    /// Between quotes of JSON, or of YAML with two quotes.
    Json,
    /// Between quotes of Terraform.
    Quoted,
    /// In a heredoc of Terraform.
    Heredoc,
    /// In a heredoc of a shell that puts values in.
    Shell,
    /// Between two quotes of a shell, which puts values in.
    ShellQuoted,
    /// In YAML between single quotes.
    Single,
    /// In YAML without quotes.
    Bare,
    /// In a URL.
    Percent,
}

impl Encoding {
    /// The text as the file would have it, new lines with `indent` in front; nothing where it cannot.
    pub(crate) fn encode(self, text: &str, indent: &str) -> Option<String> {
        let has_lines = text.contains(['\n', '\r']);
        match self {
            Self::Plain => Some(indented(text, indent)),
            Self::Json => Some(escaped(text)),
            Self::Quoted => Some(templated(&escaped(text))),
            Self::Heredoc => Some(indented(&templated(text), indent)),
            Self::Shell => (!text.contains(['$', '`', '\\'])).then(|| indented(text, indent)),
            Self::ShellQuoted => {
                (!has_lines && !text.contains(['$', '`', '\\'])).then(|| text.replace('"', "\\\""))
            }
            Self::Single => (!has_lines).then(|| text.replace('\'', "''")),
            Self::Bare => is_bare(text).then(|| text.to_owned()),
            Self::Percent => Some(percent(text)),
        }
    }
}

fn indented(text: &str, indent: &str) -> String {
    if indent.is_empty() { text.to_owned() } else { text.replace('\n', &format!("\n{indent}")) }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            // Writing to a string cannot fail.
            c if c.is_control() => _ = write!(escaped, "\\u{:04x}", u32::from(c)),
            c => escaped.push(c),
        }
    }
    escaped
}

/// What would begin a template does not.
fn templated(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

/// Whether a text means itself in any place of YAML.
fn is_bare(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-:".contains(c);
    text.chars().all(is_plain) && !text.starts_with('-') && !text.ends_with(':')
}

fn percent(text: &str) -> String {
    let bytes = text.bytes();
    let mut encoded = String::with_capacity(text.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::Encoding as E;

    #[test]
    fn each_place_has_its_way_to_write() {
        for (encoding, text, expected) in [
            (E::Plain, "a\n\"b", Some("a\n  \"b")),
            (E::Json, "a\n\"b${", Some("a\\n\\\"b${")),
            (E::Quoted, "a\n\"b${", Some("a\\n\\\"b$${")),
            (E::Heredoc, "a\n%{x", Some("a\n  %%{x")),
            (E::Single, "it's", Some("it''s")),
            (E::Single, "a\nb", None),
            (E::Bare, "cos:GetObject", Some("cos:GetObject")),
            (E::Bare, "a: b", None),
            (E::Percent, "{\"é", Some("%7B%22%C3%A9")),
        ] {
            assert_eq!(encoding.encode(text, "  ").as_deref(), expected, "{encoding:?} {text:?}");
        }
    }
}
