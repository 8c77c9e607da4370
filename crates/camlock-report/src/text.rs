//! For people: the message, its place in a frame, what to do.

use std::fmt;

use camlock_source::{Diagnostic, SourceText};

use crate::style::{Ink, Style};
use crate::{Excerpt, harmless};

/// Writes a finding for people to read, see the page of the crate.
///
/// CAM's own code is the last line, where one applies.
///
/// # Errors
///
/// Those of `out`.
pub fn write(
    out: &mut impl fmt::Write,
    source: &SourceText,
    diagnostic: &Diagnostic,
    style: Style,
) -> fmt::Result {
    let ink = Ink::from(diagnostic.severity);
    let kind = format!("{}[{}]", diagnostic.severity.as_str(), diagnostic.code);
    let message = format!(": {}", harmless(&diagnostic.message));
    writeln!(out, "{}{}", style.paint(ink, kind), style.paint(Ink::Strong, message))?;

    let label = diagnostic.label.as_deref().unwrap_or_default();
    let mut excerpt = Excerpt::new(source, diagnostic.span).label(label).ink(ink);
    for secondary in &diagnostic.secondary {
        excerpt = excerpt.and(secondary.span, &secondary.message);
    }
    excerpt.write(out, style)?;

    let gutter = excerpt.gutter();
    let tail = [
        ("help", diagnostic.help.as_deref()),
        ("note", diagnostic.note.as_deref()),
        ("note", diagnostic.api_code),
    ];
    let mut tail = tail.into_iter().filter_map(|(word, text)| Some((word, text?))).peekable();
    if tail.peek().is_some() && excerpt.has_lines() {
        writeln!(out, "{:gutter$} {}", "", style.paint(Ink::Frame, "│"))?;
    }
    for (word, text) in tail {
        let sign = style.paint(Ink::Frame, "=");
        let word = style.paint(Ink::Strong, word);
        writeln!(out, "{:gutter$} {sign} {word}: {}", "", harmless(text))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
