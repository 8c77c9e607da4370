//! For people: the message, its place in a frame, what to do.

use std::fmt;

use camlock_source::{Diagnostic, Grade, SourceText};

use crate::Excerpt;
use crate::glyph::shown;
use crate::style::{Ink, Style};

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
    write_linked(out, source, diagnostic, None, style)
}

/// Writes a finding for people to read, and where the page about it is.
///
/// # Errors
///
/// Those of `out`.
pub fn write_linked(
    out: &mut impl fmt::Write,
    source: &SourceText,
    diagnostic: &Diagnostic,
    page: Option<&str>,
    style: Style,
) -> fmt::Result {
    let ink = Ink::from(diagnostic.severity);
    let kind = format_args!("{}[{}]", diagnostic.severity.as_str(), diagnostic.code);
    let message = shown(&diagnostic.message);
    let message = format_args!(": {message}");
    writeln!(out, "{}{}", style.paint(ink, kind), style.paint(Ink::Strong, message))?;

    let label = diagnostic.label.as_deref().unwrap_or_default();
    let mut excerpt = Excerpt::new(source, diagnostic.span).label(label).ink(ink);
    for secondary in &diagnostic.secondary {
        excerpt = excerpt.and(secondary.span, &secondary.message);
    }
    let gutter = excerpt.write_framed(out, style)?;

    let fix = diagnostic.fix.as_ref();
    // Where the repair says it, the help need not.
    let help = diagnostic.help.as_deref();
    let help = help.filter(|help| fix.is_none_or(|fix| fix.title != *help));
    let fix = fix.map(|fix| match fix.grade {
        Grade::Safe => format!("{} (safe: --fix does it)", fix.title),
        grade => format!("{} ({})", fix.title, grade.as_str()),
    });
    let tail = [
        ("help", help),
        ("fix", fix.as_deref()),
        ("note", diagnostic.note.as_deref()),
        ("note", diagnostic.api_code),
        ("page", page),
    ];
    let mut tail = tail.into_iter().filter_map(|(word, text)| Some((word, text?))).peekable();
    if tail.peek().is_some() && excerpt.has_lines() {
        writeln!(out, "{:gutter$} {}", "", style.paint(Ink::Frame, "│"))?;
    }
    for (word, text) in tail {
        let sign = style.paint(Ink::Frame, "=");
        let word = style.paint(Ink::Strong, word);
        writeln!(out, "{:gutter$} {sign} {word}: {}", "", shown(text))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
