//! The texts of JSON that a file holds: one, one a line, or one behind another.

use std::path::Path;

use camlock_policy::ApiCode;
use camlock_source::{Diagnostic, Severity, Span};

use crate::codes;
use crate::json::{self, Kind};
use crate::limits::Limits;

/// A text of its own within a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "a part and its place")]
pub struct Piece<'t> {
    /// The text, with the blanks up to the next one.
    pub text: &'t str,
    /// Bytes of the file in front.
    pub start: u32,
}

/// How the texts of a file stand.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Arrangement {
    /// The file is one text.
    One,
    /// Each line is one.
    Lines,
    /// One stands behind another, each over as many lines as it likes.
    Behind,
}

/// The texts of a file, in order; together they are the whole of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Pieces<'t> {
    /// How they stand.
    pub arrangement: Arrangement,
    /// The texts; lines without anything are among them.
    pub all: Vec<Piece<'t>>,
    /// Whether the name of the file says that there are several.
    is_named: bool,
}

/// The texts of JSON that a file holds.
///
/// The extensions `.jsonl` and `.ndjson` mean one a line. Under another name a file is one text, unless
/// what stands in it can only be several policies, or calls with some: whole objects, at least two with
/// `statement` in them, a line each or one behind another. One that is not closed ends where the next
/// begins in the first column with its version or its statements.
///
/// # Complexity
///
/// Linear in the text.
///
/// # Examples
///
/// ```
/// use camlock_syntax::{Arrangement, pieces};
///
/// let two = "{\"statement\": []} {\"statement\": []}";
/// let found = pieces("a.json", two);
/// assert_eq!((found.arrangement, found.all[1].start), (Arrangement::Behind, 18));
/// assert_eq!(pieces("a.json", "{} {}").arrangement, Arrangement::One);
/// assert_eq!(pieces("a.jsonl", "{}\n{}").arrangement, Arrangement::Lines);
/// ```
pub fn pieces<'t>(name: &str, text: &'t str) -> Pieces<'t> {
    let extension = Path::new(name).extension().unwrap_or_default();
    if extension.eq_ignore_ascii_case("jsonl") || extension.eq_ignore_ascii_case("ndjson") {
        return Pieces { arrangement: Arrangement::Lines, all: lines(text), is_named: true };
    }
    let mut found = Pieces {
        arrangement: Arrangement::One,
        all: vec![Piece { text, start: 0 }],
        is_named: false,
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with('{') || times_statement(text) < 2 {
        return found;
    }
    let in_lines = lines(text);
    if are_objects(&in_lines) {
        (found.arrangement, found.all) = (Arrangement::Lines, in_lines);
        return found;
    }
    let behind = one_behind_another(text);
    if behind.iter().filter(|own| times_statement(own.text) > 0).count() >= 2 {
        (found.arrangement, found.all) = (Arrangement::Behind, behind);
    }
    found
}

impl<'t> Pieces<'t> {
    /// The texts in which something stands, of several without the blanks behind them; the whole where there
    /// is none.
    pub fn filled(&self) -> impl Iterator<Item = Piece<'t>> {
        let filled = |own: &&Piece<'_>| !own.text.trim().is_empty();
        let first = self.all.first().filter(|_| !self.all.iter().any(|own| filled(&own)));
        let all = self.all.iter().filter(filled).chain(first);
        let is_one = self.arrangement == Arrangement::One;
        all.map(move |own| Piece {
            text: if is_one { own.text } else { own.text.trim_end() },
            ..*own
        })
    }

    /// What there is to say where a file holds several texts and its name does not tell: CAM takes one.
    ///
    /// Lines are meant so, and that is a note; a document behind another may be a rest that was forgotten.
    pub fn fault(&self) -> Option<Diagnostic> {
        let second = self.filled().nth(1).filter(|_| !self.is_named)?;
        let blanks = second.text.len() - second.text.trim_start().len();
        let start = second.start.saturating_add(small(blanks));
        let span = Span::new(start, start.saturating_add(1));
        let (severity, help) = match self.arrangement {
            Arrangement::One => return None,
            Arrangement::Lines => (Severity::Note, "call the file `.jsonl`"),
            Arrangement::Behind => {
                (Severity::Warning, "keep one document a file, or put them into a list")
            }
        };
        let message = "another document stands behind the first; CAM takes one at a time";
        let mut fault = Diagnostic::warning(codes::TRAILING_DATA, span, message)
            .with_api_code(ApiCode::PolicyDocumentError.as_str())
            .with_help(help);
        fault.severity = severity;
        Some(fault)
    }
}

/// How often the name of statements stands in a text, in some letter case.
fn times_statement(text: &str) -> usize {
    text.matches("tatement").count() + text.matches("TATEMENT").count()
}

fn lines(text: &str) -> Vec<Piece<'_>> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let piece = Piece { text: line, start: small(start) };
        start += line.len();
        piece
    });
    lines.collect()
}

/// Whether every line begins an object, and one of several is a whole one with statements in it. The
/// statements of a policy may begin their lines, too, but have none in them.
fn are_objects(lines: &[Piece<'_>]) -> bool {
    let mut filled = lines.iter().map(|own| own.text.trim()).filter(|own| !own.is_empty());
    let several = filled.clone().nth(1).is_some();
    several
        && filled.clone().all(|own| own.starts_with('{'))
        && filled.any(|own| times_statement(own) > 0 && is_object(own))
}

fn is_object(text: &str) -> bool {
    let limits = Limits { max_bytes: usize::MAX, max_faults: 1, ..Limits::policy() };
    let parsed = json::parse(text, &limits);
    let is_object = parsed.root.is_some_and(|root| matches!(root.kind, Kind::Object(_)));
    is_object && parsed.diagnostics.is_empty()
}

/// Cuts a text in front of every object that cannot belong to the one before it.
fn one_behind_another(text: &str) -> Vec<Piece<'_>> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    // What is open, and where the text begins that it is in.
    let (mut open, mut start) = (Vec::new(), 0);
    let mut has_begun = false;
    // The last byte that is no blank.
    let (mut last, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' if has_begun && (open.is_empty() || begins_anew(bytes, at, last)) => {
                all.extend(piece(text, start, at));
                open.clear();
                open.push(b'{');
                start = at;
            }
            b'{' | b'[' => {
                open.push(*byte);
                has_begun = true;
            }
            // Lists that were not closed end with the object that they are in.
            b'}' => while open.pop().is_some_and(|own| own == b'[') {},
            b']' => _ = open.pop_if(|own| *own == b'['),
            b'"' => at += string(bytes, at),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = *byte;
        }
        at += 1;
    }
    all.extend(piece(text, start, text.len()));
    all
}

/// Whether the object at a place is a document, although the one before it is not closed: it begins its
/// line, nothing asks for a value, and it has what only documents have.
fn begins_anew(bytes: &[u8], at: usize, last: u8) -> bool {
    let is_first = at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\n');
    is_first && !matches!(last, b':' | b',' | b'[') && {
        let inner = bytes.get(at + 1..).unwrap_or_default().trim_ascii_start();
        ["\"version\"", "\"statement\""].iter().any(|name| {
            inner.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
        })
    }
}

/// How many bytes stand behind the quote at a place up to the one that closes it, or up to the end of the line.
fn string(bytes: &[u8], at: usize) -> usize {
    let mut escaped = false;
    let inner = bytes.get(at + 1..).unwrap_or_default();
    for (length, byte) in inner.iter().enumerate() {
        match byte {
            b'\n' => return length,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return length + 1,
            _ => {}
        }
    }
    inner.len()
}

fn piece(text: &str, start: usize, end: usize) -> Option<Piece<'_>> {
    Some(Piece { text: text.get(start..end)?, start: small(start) })
}

fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Arrangement, pieces};

    const ONE: &str = r#"{"version": "2.0", "statement": {"effect": "deny", "action": "*", "resource": "a}\\\""}}"#;

    #[track_caller]
    fn check(text: &str, arrangement: Arrangement, expected: &[&str]) {
        let found = pieces("a.json", text);
        let filled: Vec<_> = found.filled().map(|own| own.text).collect();
        assert_eq!((found.arrangement, filled.as_slice()), (arrangement, expected), "{text}");
        let joined: Vec<_> = found.all.iter().map(|own| own.text).collect();
        assert_eq!(joined.concat(), text);
        for own in &found.all {
            assert_eq!(
                text.get(own.start as usize..).and_then(|rest| rest.get(..own.text.len())),
                Some(own.text)
            );
        }
    }

    #[test]
    fn whole_objects_a_line_each_or_one_behind_another_are_texts() {
        let wide = ONE.replace(", ", ",\n");
        check(&format!("{ONE}\n\n{ONE}\r\n"), Arrangement::Lines, &[ONE, ONE]);
        check(
            &format!("\u{feff}{wide}{wide}"),
            Arrangement::Behind,
            &[&format!("\u{feff}{wide}"), &wide],
        );
        check(
            &format!("{wide},\n// b\n{ONE} "),
            Arrangement::Behind,
            &[&format!("{wide},\n// b"), ONE],
        );
        let call = r#"{"PolicyDocument": "{\"statement\": []}"}"#;
        check(&format!("{call}\n{call}"), Arrangement::Lines, &[call, call]);
    }

    #[test]
    fn a_text_that_is_not_closed_ends_where_the_next_begins() {
        let open = ONE.trim_end_matches('}');
        check(&format!("{open}\n{ONE}\n{ONE}"), Arrangement::Lines, &[open, ONE, ONE]);
        let wide = open.replace(", ", ",\n");
        check(&format!("{wide}\n{ONE}"), Arrangement::Behind, &[&wide, ONE]);
        check(&format!("{ONE}}}\n{wide}"), Arrangement::Behind, &[&format!("{ONE}}}"), &wide]);
    }

    #[test]
    fn what_may_be_one_text_is_one() {
        let statement = r#"{"effect": "allow", "action": "statement", "resource": "statement"}"#;
        for text in [
            "",
            "{} {}",
            "{\"statement\": []} {\"version\": \"2.0\"}",
            &format!("{{\"statement\": [\n{statement},\n{statement}]}}"),
            // A comma is missing.
            &format!("{{\"statement\": [\n{{\n{statement}\n}}\n{statement}]}}"),
            &format!("{{\"policies\": [\n{ONE},\n{ONE}]}}"),
            &format!("[{ONE}, {ONE}]"),
            &format!("A list: {ONE}, {ONE}"),
        ] {
            check(text, Arrangement::One, &[text]);
        }
    }

    #[test]
    fn names_decide_where_they_say_something() {
        for name in ["a.jsonl", "b/a.NDJSON"] {
            assert_eq!(pieces(name, "{\n}").all.len(), 2);
            assert!(pieces(name, &format!("{ONE}\n{ONE}")).fault().is_none());
        }
        assert!(pieces("a.json", ONE).fault().is_none());
        assert_eq!(
            pieces("a", &format!("{ONE}\n {ONE}")).fault().map(|own| own.span.start),
            u32::try_from(ONE.len() + 2).ok()
        );
    }
}
