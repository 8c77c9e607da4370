//! What a repair changes: a unified difference.

use std::fmt;

use similar::{ChangeTag, TextDiff};

use crate::harmless;
use crate::style::{Ink, Style};

/// Lines around a change.
const CONTEXT: usize = 3;

/// Writes the difference of two texts as `patch` reads it; nothing where they are equal.
///
/// On a terminal the lines are coloured, and characters that a terminal would obey are shown instead.
///
/// # Errors
///
/// Those of `out`.
///
/// # Examples
///
/// ```
/// use camlock_report::{Style, diff};
///
/// let mut out = String::new();
/// diff::write(&mut out, "a.json", "{\n1\n}\n", "{\n2\n}\n", Style::plain())?;
/// assert_eq!(out, "--- a.json\n+++ a.json\n@@ -1,3 +1,3 @@\n {\n-1\n+2\n }\n");
/// # Ok::<(), std::fmt::Error>(())
/// ```
pub fn write(
    out: &mut impl fmt::Write,
    name: &str,
    before: &str,
    after: &str,
    style: Style,
) -> fmt::Result {
    if before == after {
        return Ok(());
    }
    let name = harmless(name);
    writeln!(out, "{}", style.paint(Ink::Strong, format!("--- {name}")))?;
    writeln!(out, "{}", style.paint(Ink::Strong, format!("+++ {name}")))?;
    let difference = TextDiff::from_lines(before, after);
    for hunk in difference.unified_diff().context_radius(CONTEXT).iter_hunks() {
        writeln!(out, "{}", style.paint(Ink::Frame, hunk.header()))?;
        for change in hunk.iter_changes() {
            let (sign, ink) = match change.tag() {
                ChangeTag::Equal => (' ', None),
                ChangeTag::Delete => ('-', Some(Ink::Error)),
                ChangeTag::Insert => ('+', Some(Ink::Good)),
            };
            line(out, sign, change.value(), ink, style)?;
            if change.missing_newline() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

fn line(
    out: &mut impl fmt::Write,
    sign: char,
    text: &str,
    ink: Option<Ink>,
    style: Style,
) -> fmt::Result {
    let text = text.strip_suffix('\n').unwrap_or(text);
    if !style.is_colored() {
        // For `patch` every byte counts.
        return writeln!(out, "{sign}{text}");
    }
    let shown = format!("{sign}{}", harmless(text));
    match ink {
        Some(ink) => writeln!(out, "{}", style.paint(ink, shown)),
        None => writeln!(out, "{shown}"),
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::Style;

    fn difference(before: &str, after: &str, style: Style) -> String {
        let mut out = String::new();
        write(&mut out, "a.json", before, after, style).unwrap();
        out
    }

    #[test]
    fn equal_texts_have_none() {
        assert_eq!(difference("{}\n", "{}\n", Style::plain()), "");
    }

    #[test]
    fn changes_stand_among_three_lines_each() {
        let before = (1..=20).map(|n| n.to_string()).collect::<Vec<_>>().join("\n") + "\n";
        let after = before.replace("10\n", "ten\n");
        let expected =
            "--- a.json\n+++ a.json\n@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n";
        assert_eq!(difference(&before, &after, Style::plain()), expected);
    }

    #[test]
    fn a_missing_line_end_is_said() {
        let shown = difference("1", "2\n", Style::plain());
        assert!(shown.contains("-1\n\\ No newline at end of file\n+2\n"), "{shown}");
    }

    #[test]
    fn a_terminal_is_told_nothing_by_the_text() {
        let shown = difference("\u{1b}[2J\n", "1\n", Style::colored());
        assert!(shown.contains("-␛[2J"), "{shown:?}");
    }
}
