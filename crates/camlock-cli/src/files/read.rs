//! A file or standard input, read up to a limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use camlock::source::{Diagnostic, SourceError, SourceText, Span};

use super::shown;

/// Where a text comes from.
#[derive(Debug)]
pub(crate) enum Input {
    /// Standard input, and the name it goes by.
    Stdin(String),
    /// A file.
    File(PathBuf),
}

/// What was read.
#[derive(Debug)]
pub(crate) enum Content {
    /// A text.
    Text(SourceText),
    /// Bytes that are no text, or too many: what could be read of them, and the fault.
    Faulty(SourceText, Box<Diagnostic>),
}

impl Input {
    /// The name in output.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin(name) => name.clone(),
            Self::File(path) => shown(path),
        }
    }

    /// The file, unless it is standard input.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin(_) => None,
            Self::File(path) => Some(path),
        }
    }

    /// Reads it all, unless there are more than `max_bytes`.
    ///
    /// What is not a text is the subject of the commands and not an error of reading.
    pub(crate) fn read(&self, max_bytes: usize) -> io::Result<Content> {
        let bytes = match self {
            Self::Stdin(_) => bounded(io::stdin().lock(), max_bytes)?,
            Self::File(path) => bounded(File::open(path)?, max_bytes)?,
        };
        let lossy = String::from_utf8_lossy(&bytes);
        let name = self.name();
        let fault = match std::str::from_utf8(&bytes) {
            Ok(text) if bytes.len() <= max_bytes => {
                return Ok(Content::Text(SourceText::new(name, text)));
            }
            _ => SourceText::from_bytes(name.as_str(), bytes.clone(), max_bytes),
        };
        Ok(match fault {
            Ok(source) => Content::Text(source),
            Err(error) => faulty(name, &lossy, &error),
        })
    }
}

/// One byte more than the limit says that there are more.
fn bounded(reader: impl Read, max_bytes: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(max_bytes).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A finding at the place of the error, in the text with its bad bytes replaced.
fn faulty(name: String, lossy: &str, error: &SourceError) -> Content {
    let (source, span, help) = match error {
        SourceError::NotUtf8 { place } => {
            let source = SourceText::new(name, lossy);
            let line = source.line_span(place.line);
            let before = source.slice(line).chars().take((place.column as usize).saturating_sub(1));
            let before = before.map(char::len_utf8).sum::<usize>();
            let start = line.start.saturating_add(u32::try_from(before).unwrap_or(u32::MAX));
            let bad = u32::try_from(char::REPLACEMENT_CHARACTER.len_utf8()).unwrap_or(1);
            (source, Span::new(start, start.saturating_add(bad)), "save the file as UTF-8")
        }
        _ => {
            let help = "split it, or allow more with --max-bytes";
            (SourceText::new(name, ""), Span::empty(0), help)
        }
    };
    let message = match error {
        SourceError::NotUtf8 { .. } => "the text is not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    let diagnostic = Diagnostic::error(error.code(), span, message)
        .with_help(help)
        .with_api_code(camlock::policy::ApiCode::PolicyDocumentError.as_str());
    Content::Faulty(source, Box::new(diagnostic))
}
