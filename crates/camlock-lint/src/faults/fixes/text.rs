//! Repairs of what keeps a text from being JSON.

use camlock_source::{Diagnostic, Edit, Fix, Grade, Span};

use crate::edits;

/// How a fault is repaired; the title says it to people.
enum Repair {
    /// Its bytes go.
    Remove(&'static str),
    /// Something else stands there.
    Write(&'static str, &'static str),
    /// Something stands in front of it.
    Insert(&'static str, &'static str),
    /// Its bytes become a string.
    Quote(&'static str),
    /// Its blanks become ordinary spaces, those without a width nothing.
    Spaces(&'static str),
    /// It depends on the text: a title and an edit, or nothing where it cannot be told.
    Look(fn(Fault<'_>) -> Option<(&'static str, Edit)>),
}

/// A fault and where it stands.
#[derive(Clone, Copy)]
struct Fault<'f> {
    diagnostic: &'f Diagnostic,
    text: &'f str,
    clarity: Clarity,
}

/// How sure it is what stands where in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clarity {
    /// All faults of the JSON are of the sorts that everybody reads alike.
    has_one_reading: bool,
    /// So they are, but for one bracket.
    has_one_bracket: bool,
}

impl Clarity {
    pub(super) fn of(text: &str, faults: &[Diagnostic]) -> Self {
        let end = text.trim_end().len();
        let (mut brackets, mut others) = (0_usize, 0_usize);
        let mut ends_in_comment = false;
        for fault in faults.iter().filter(|fault| fault.code.as_str().starts_with("CAM1")) {
            let code = fault.code.as_str();
            let is_comment = code == "CAM1021";
            let is_safe = |row: &(&str, Grade, Repair)| row.0 == code && row.1 == Grade::Safe;
            let is_open = match code {
                "CAM1021" => is_open_comment(slice(text, fault.span)),
                "CAM1022" => {
                    moves_quotes(text, fault.span) || has_more_spelt(slice(text, fault.span))
                }
                _ => false,
            };
            ends_in_comment |= is_comment && fault.span.end as usize >= end;
            if code == "CAM1035" {
                brackets += 1;
            } else if is_open || !REPAIRS.iter().any(is_safe) {
                others += 1;
            }
        }
        Self {
            has_one_reading: brackets + others == 0,
            // Behind a comment there is no place for a bracket.
            has_one_bracket: brackets == 1 && others == 0 && !ends_in_comment,
        }
    }
}

/// Which fault is repaired how. Safe is what every reader who passes over the fault reads alike.
const REPAIRS: &[(&str, Grade, Repair)] = &[
    ("CAM1016", Grade::Safe, Repair::Remove("remove the comma")),
    ("CAM1017", Grade::Safe, Repair::Insert("add the comma", ",")),
    ("CAM1018", Grade::Safe, Repair::Look(colon)),
    ("CAM1019", Grade::Suggestion, Repair::Look(extra_comma)),
    ("CAM1021", Grade::Safe, Repair::Look(comment)),
    ("CAM1022", Grade::Safe, Repair::Look(quotes)),
    ("CAM1023", Grade::Safe, Repair::Write("write the ASCII colon", ":")),
    ("CAM1024", Grade::Safe, Repair::Write("write the ASCII comma", ",")),
    ("CAM1025", Grade::Safe, Repair::Look(bracket)),
    ("CAM1026", Grade::Safe, Repair::Spaces("write ordinary spaces")),
    ("CAM1027", Grade::Safe, Repair::Remove("remove it")),
    ("CAM1028", Grade::Suggestion, Repair::Look(close_string)),
    ("CAM1029", Grade::Suggestion, Repair::Look(control_character)),
    ("CAM1030", Grade::Suggestion, Repair::Insert("write two backslashes", "\\")),
    ("CAM1032", Grade::Suggestion, Repair::Look(bare_word)),
    ("CAM1033", Grade::Safe, Repair::Quote("put it in quotes")),
    ("CAM1035", Grade::Suggestion, Repair::Look(unbalanced)),
];

/// The repair of a fault of the JSON, where there is an obvious one.
pub(super) fn repair(fault: &Diagnostic, text: &str, clarity: Clarity) -> Option<Fix> {
    let (_, grade, repair) = REPAIRS.iter().find(|(code, ..)| *code == fault.code.as_str())?;
    let fault = Fault { diagnostic: fault, text, clarity };
    let span = fault.span();
    let (title, edit) = match repair {
        Repair::Remove(title) => (*title, Edit::remove(span)),
        Repair::Write(title, text) => (*title, Edit::replace(span, *text)),
        Repair::Insert(title, text) => (*title, Edit::insert(span.start, *text)),
        Repair::Quote(title) => (*title, edits::literal(span, fault.slice())),
        Repair::Spaces(title) => {
            let wide = fault.slice().chars().filter(|c| c.is_whitespace()).count();
            (*title, Edit::replace(span, " ".repeat(wide)))
        }
        Repair::Look(repair) => repair(fault)?,
    };
    let safe = *grade == Grade::Safe && clarity.has_one_reading;
    let grade = if safe { Grade::Safe } else { Grade::Suggestion };
    Some(Fix { title: title.to_owned(), edits: vec![edit], grade })
}

impl<'f> Fault<'f> {
    fn span(self) -> Span {
        self.diagnostic.span
    }

    fn slice(self) -> &'f str {
        slice(self.text, self.span())
    }
}

/// A colon in the place of an equals sign, or behind a name if it is sure to be one.
fn colon(fault: Fault<'_>) -> Option<(&'static str, Edit)> {
    let sure = !fault.span().is_empty() || fault.clarity.has_one_reading;
    sure.then(|| ("write a colon", Edit::replace(fault.span(), ":")))
}

/// Only a comma that has nothing in front of it; where a value is missing nobody knows which.
fn extra_comma(fault: Fault<'_>) -> Option<(&'static str, Edit)> {
    let is_comma = matches!(fault.slice(), "," | "，" | "、" | "；" | ";");
    is_comma.then(|| ("remove the comma", Edit::remove(fault.span())))
}

/// A comment goes with the blanks before it, and with its line where it has one of its own.
fn comment(fault: Fault<'_>) -> Option<(&'static str, Edit)> {
    let (span, comment) = (fault.span(), fault.slice());
    if is_open_comment(comment) {
        // It reaches to the end of the text, and with it whatever it was not meant to hide.
        return None;
    }
    let before = fault.text.get(..span.start as usize)?;
    let kept = before.trim_end_matches([' ', '\t']);
    let after = fault.text.get(span.end as usize..)?;
    let has_line = kept.is_empty() || kept.ends_with('\n');
    let line_end = if after.starts_with("\r\n") { 2 } else { 1 };
    let with_line = has_line && after.starts_with(['\r', '\n']);
    let end = if with_line { span.end + line_end } else { span.end };
    // Between two tokens of one line a blank stays.
    let inside = !has_line && !after.is_empty() && !after.starts_with(['\r', '\n']);
    let start = if inside { span.start } else { u32::try_from(kept.len()).ok()? };
    Some(("remove the comment", Edit::remove(Span::new(start, end))))
}

fn quotes(fault: Fault<'_>) -> Option<(&'static str, Edit)> {
    const TITLE: &str = "write straight double quotes";
    let written = fault.slice();
    if let Some(inside) = inside_of_spelt(written) {
        return Some((TITLE, edits::literal(fault.span(), inside)));
    }
    let mut inside = written.chars();
    let (_, close) = (inside.next()?, inside.next_back());
    if close.is_none() {
        // The opening quote is JSON's own, and only the closing one is not.
        return Some((TITLE, Edit::replace(fault.span(), "\"")));
    }
    quoted_as_a_whole(written).then(|| (TITLE, edits::literal(fault.span(), inside.as_str())))
}

fn bracket(fault: Fault<'_>) -> Option<(&'static str, Edit)> {
    let ascii = match fault.slice() {
        "｛" => "{",
        "｝" => "}",
        "［" => "[",
        "］" => "]",
        _ => return None,
    };
    Some(("write the ASCII bracket", Edit::replace(fault.span(), ascii)))
}

fn close_string(fault: Fault<'_>) -> Option<(&'static str, Edit)> {
    let straight = fault.slice().starts_with('"');
    straight.then(|| ("close the string", Edit::insert(fault.span().end, "\"")))
}

fn control_character(fault: Fault<'_>) -> Option<(&'static str, Edit)> {
    let character = fault.slice().chars().next()?;
    let escape = format!("\\u{:04x}", u32::from(character));
    Some(("write it as an escape", Edit::replace(fault.span(), escape)))
}

/// Words of other languages are written as JSON does; text goes into quotes, and numbers stay.
fn bare_word(fault: Fault<'_>) -> Option<(&'static str, Edit)> {
    let word = fault.slice();
    let lower = word.to_ascii_lowercase();
    if matches!(lower.as_str(), "true" | "false" | "null") {
        return Some(("write it in lower case", Edit::replace(fault.span(), lower)));
    }
    let help = fault.diagnostic.help.as_deref()?;
    (help == "put text in double quotes")
        .then(|| ("put it in quotes", edits::literal(fault.span(), word)))
}

/// The bracket that is missing, wrong or one too many, where it is the only one.
fn unbalanced(fault: Fault<'_>) -> Option<(&'static str, Edit)> {
    if !fault.clarity.has_one_bracket {
        return None;
    }
    let other = fault.diagnostic.secondary.first().map(|label| label.span);
    match (closing(fault.slice()), other) {
        // An opening one that nothing closes.
        (Some(close), Some(until)) => {
            Some(("add the closing bracket", Edit::insert(until.start, close)))
        }
        (Some(close), None) => {
            let end = u32::try_from(fault.text.trim_end().len()).ok()?;
            Some(("add the closing bracket", Edit::insert(end, close)))
        }
        (None, Some(open)) => {
            let close = closing(slice(fault.text, open))?;
            Some(("write the bracket that belongs to it", Edit::replace(fault.span(), close)))
        }
        (None, None) => Some(("remove the bracket", Edit::remove(fault.span()))),
    }
}

/// What closes an opening bracket.
fn closing(open: &str) -> Option<&'static str> {
    match open {
        "{" | "｛" => Some("}"),
        "[" | "［" => Some("]"),
        _ => None,
    }
}

/// Whether nothing closes a comment that could go over many lines.
fn is_open_comment(comment: &str) -> bool {
    comment.starts_with("/*") && !(comment.len() >= 4 && comment.ends_with("*/"))
}

/// Whether it is not sure which string a quote closes: another straight one stands behind it on its line.
fn moves_quotes(text: &str, quote: Span) -> bool {
    let is_whole = quoted_as_a_whole(slice(text, quote));
    !is_whole && rest_of_line(text, quote.end).contains('"')
}

/// Whether there are quotes at both ends, whosever they are.
fn quoted_as_a_whole(written: &str) -> bool {
    let is_quote = |c: char| "“”„‟＂\"'‘’`«»「」".contains(c);
    let mut chars = written.chars();
    let is_whole = chars.next().is_some_and(is_quote) && chars.next_back().is_some_and(is_quote);
    is_whole || inside_of_spelt(written).is_some()
}

/// What stands between quotes as programs and pages spell them.
fn inside_of_spelt(written: &str) -> Option<&str> {
    const QUOTES: [&str; 3] = ["\\\"", "&quot;", "&#34;"];
    QUOTES.iter().find_map(|quote| written.strip_prefix(quote)?.strip_suffix(quote))
}

/// Whether a string in quotes as programs and pages spell them has more in it that they would spell in
/// another way: an entity, or a backslash. What it says is not told by its letters then.
fn has_more_spelt(written: &str) -> bool {
    inside_of_spelt(written).is_some_and(|inside| {
        if written.starts_with('&') { inside.contains('&') } else { inside.contains('\\') }
    })
}

fn rest_of_line(text: &str, from: u32) -> &str {
    let rest = text.get(from as usize..).unwrap_or_default();
    rest.split(['\r', '\n']).next().unwrap_or_default()
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// Codes and grades, for tests.
#[cfg(test)]
pub(super) fn rows() -> impl Iterator<Item = (&'static str, Grade)> {
    REPAIRS.iter().map(|(code, grade, _)| (*code, *grade))
}
