//! A file or standard input, read up to a limit.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use camlock::policy::ApiCode;
use camlock::source::{Diagnostic, SourceError, SourceText, Span};

use super::bounded::{bounded, bounded_file};
use super::shown;

/// Where a text comes from.
#[derive(Clone, Debug)]
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

    /// The beginning of it, as far as it is a text; standard input has been read by then.
    pub(crate) fn head(&self, bytes: usize) -> io::Result<String> {
        let Self::File(path) = self else { return Ok(String::new()) };
        let head = bounded(File::open(path)?, bytes)?;
        Ok(String::from_utf8_lossy(&head).into_owned())
    }

    /// Reads it all, unless there are more than `max_bytes`.
    ///
    /// What is not a text is the subject of the commands and not an error of reading.
    pub(crate) fn read(&self, max_bytes: usize) -> io::Result<Content> {
        let bytes = match self {
            Self::Stdin(_) => bounded(io::stdin().lock(), max_bytes)?,
            Self::File(path) => bounded_file(File::open(path)?, max_bytes)?,
        };
        if bytes.len() > max_bytes {
            return Ok(too_large(&self.name(), max_bytes));
        }
        Ok(match String::from_utf8(bytes) {
            Ok(text) => Content::Text(SourceText::new(self.name(), text)),
            Err(error) => not_utf8(&self.name(), &error),
        })
    }
}

fn too_large(name: &str, limit: usize) -> Content {
    let error = SourceError::TooLarge { limit };
    let diagnostic = Diagnostic::error(error.code(), Span::empty(0), error.to_string())
        .with_help("split it, or allow more with --max-bytes");
    faulty(SourceText::new(name, ""), diagnostic)
}

/// The finding stands in the text as far as it can be read, at the first character that cannot.
fn not_utf8(name: &str, error: &FromUtf8Error) -> Content {
    let source = SourceText::new(name, String::from_utf8_lossy(error.as_bytes()));
    let start = u32::try_from(error.utf8_error().valid_up_to()).unwrap_or(u32::MAX);
    let end = start.saturating_add(3).min(u32::try_from(source.text().len()).unwrap_or(u32::MAX));
    let code = SourceError::NotUtf8 { place: source.line_column(start) }.code();
    let diagnostic = Diagnostic::error(code, Span::new(start, end), "the text is not UTF-8")
        .with_help("save the file as UTF-8");
    faulty(source, diagnostic)
}

fn faulty(source: SourceText, diagnostic: Diagnostic) -> Content {
    let api = ApiCode::PolicyDocumentError.as_str();
    Content::Faulty(source, Box::new(diagnostic.with_api_code(api)))
}
