//! The canonical layout of a tree.

use std::fmt::Write as _;

use super::tree::{Kind, Member, Value};

const INDENT: usize = 4;
const WIDTH: usize = 100;

/// Writes a tree in the canonical layout: four blanks a level, a member a line, and a list of scalars
/// on one line where it fits. Strings are escaped as little as JSON allows, but for characters that nobody
/// sees, which are always escaped; numbers stay as written.
///
/// # Examples
///
/// ```
/// use camlock_syntax::json;
/// use camlock_syntax::limits::Limits;
///
/// let parsed = json::parse(r#"{"a":["b","c"]}"#, &Limits::policy());
/// assert_eq!(json::write(&parsed.root.unwrap()), "{\n    \"a\": [\"b\", \"c\"]\n}\n");
/// ```
pub fn write(value: &Value<'_>) -> String {
    let mut out = String::new();
    put(value, 0, 0, &mut out);
    out.push('\n');
    out
}

/// Writes `value`, which begins at `column` of a line indented by `indent`.
fn put(value: &Value<'_>, indent: usize, column: usize, out: &mut String) {
    match &value.kind {
        Kind::Object(members) if !members.is_empty() => put_members(members, indent, out),
        Kind::Array(items) if !items.is_empty() => {
            match one_line(items, WIDTH.saturating_sub(column)) {
                Some(line) => out.push_str(&line),
                None => put_items(items, indent, out),
            }
        }
        kind => put_scalar(kind, out),
    }
}

fn put_members(members: &[Member<'_>], indent: usize, out: &mut String) {
    let inner = indent + INDENT;
    out.push_str("{\n");
    for (index, member) in members.iter().enumerate() {
        let line = out.len();
        pad(inner, out);
        put_string(&member.name.decoded, out);
        out.push_str(": ");
        put(&member.value, inner, out.len() - line, out);
        end_line(index + 1 < members.len(), out);
    }
    pad(indent, out);
    out.push('}');
}

fn put_items(items: &[Value<'_>], indent: usize, out: &mut String) {
    let inner = indent + INDENT;
    out.push_str("[\n");
    for (index, item) in items.iter().enumerate() {
        pad(inner, out);
        put(item, inner, inner, out);
        end_line(index + 1 < items.len(), out);
    }
    pad(indent, out);
    out.push(']');
}

/// A list of scalars on one line of at most `width` characters.
fn one_line(items: &[Value<'_>], width: usize) -> Option<String> {
    let mut line = String::from("[");
    for (index, item) in items.iter().enumerate() {
        if matches!(item.kind, Kind::Array(_) | Kind::Object(_)) {
            return None;
        }
        if index > 0 {
            line.push_str(", ");
        }
        put_scalar(&item.kind, &mut line);
        if line.len() > 4 * width {
            return None;
        }
    }
    line.push(']');
    // A comma follows most lists.
    (line.chars().count() < width).then_some(line)
}

fn put_scalar(kind: &Kind<'_>, out: &mut String) {
    match kind {
        Kind::Null | Kind::Invalid => out.push_str("null"),
        Kind::Bool(true) => out.push_str("true"),
        Kind::Bool(false) => out.push_str("false"),
        Kind::Number(text) => out.push_str(text),
        Kind::String(text) => put_string(&text.decoded, out),
        Kind::Array(_) => out.push_str("[]"),
        Kind::Object(_) => out.push_str("{}"),
    }
}

pub(crate) fn put_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_unseen(c) => put_escape(c, out),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Whether a character moves others, ends a line, is a blank of another kind, or cannot be seen although it
/// is there. Who escaped it wanted it to be seen. Joiners between letters belong to scripts and stay.
fn is_unseen(c: char) -> bool {
    let directs = matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_invisible = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    c.is_control() || (c.is_whitespace() && c != ' ') || directs || is_invisible
}

/// As JSON has it: beyond four digits, two escapes.
fn put_escape(c: char, out: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a string cannot fail.
        _ = write!(out, "\\u{unit:04x}");
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn end_line(more: bool, out: &mut String) {
    out.push_str(if more { ",\n" } else { "\n" });
}
