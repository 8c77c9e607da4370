//! Texts of bounded size, whoever named their files.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use camlock::source::{SourceError, SourceText};

use crate::problem::Problem;

/// Room that is made on the word of the file system alone.
const LONGEST_AT_ONCE: usize = 1 << 20;

/// Who named a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Named {
    /// Whoever runs the command. A pipe is as good as a file: shells make them for `<(…)`.
    ByUser,
    /// A document, which may come from a stranger. A pipe or a device may never end.
    ByDocument,
}

/// Reads a text of bounded size.
///
/// # Errors
///
/// Where the file cannot be read, holds more than `max_bytes`, is not UTF-8, or is named by a document
/// and is no file.
pub(crate) fn read_text(
    path: &Path,
    max_bytes: usize,
    named: Named,
) -> Result<SourceText, Problem> {
    let fault = |error: &SourceError| {
        let (name, place) = (path.display(), error.place());
        let (code, line, column) = (error.code(), place.line, place.column);
        let next = match error {
            SourceError::TooLarge { .. } => "; name a shorter file",
            SourceError::NotAFile => "; name a file",
            _ => "",
        };
        Problem::new(format!("{name}:{line}:{column}: {code}: {error}{next}"))
    };
    match read(path, max_bytes, named) {
        Ok(Some(bytes)) => {
            let name = path.display().to_string();
            SourceText::from_bytes(name, bytes, max_bytes).map_err(|error| fault(&error))
        }
        Ok(None) => Err(fault(&SourceError::NotAFile)),
        Err(error) => Err(Problem::unreadable(path, error)),
    }
}

/// The bytes, at most one more than the limit; nothing where it is no file and has to be one.
fn read(path: &Path, max_bytes: usize, named: Named) -> io::Result<Option<Vec<u8>>> {
    // A pipe that nobody writes to cannot even be opened without waiting.
    let any = named == Named::ByUser;
    if !any && !fs::metadata(path)?.is_file() {
        return Ok(None);
    }
    let file = File::open(path)?;
    // Something else may stand there by now.
    if !any && !file.metadata()?.is_file() {
        return Ok(None);
    }
    bounded_file(file, max_bytes).map(Some)
}

/// One byte more than the limit says that there are more.
pub(super) fn bounded(reader: impl Read, max_bytes: usize) -> io::Result<Vec<u8>> {
    bounded_about(reader, max_bytes, 0)
}

/// The same of a file, with room for all of it from the start: most are read at once.
pub(super) fn bounded_file(file: File, max_bytes: usize) -> io::Result<Vec<u8>> {
    let length = file.metadata().map_or(0, |known| known.len());
    bounded_about(file, max_bytes, usize::try_from(length).unwrap_or(usize::MAX))
}

fn bounded_about(reader: impl Read, max_bytes: usize, about: usize) -> io::Result<Vec<u8>> {
    let most = max_bytes.saturating_add(1);
    // One byte more, so that the end is seen without more room.
    let mut bytes = Vec::with_capacity(about.saturating_add(1).min(most).min(LONGEST_AT_ONCE));
    reader.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
