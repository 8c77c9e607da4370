//! A file replaced as a whole, or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Replaces the content of `path` with `text`.
///
/// The text is written beside the file and then renamed, so that whoever reads meanwhile sees either
/// the old text or the new. A link stays a link; permissions stay.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let target = path.canonicalize()?;
    let permissions = fs::metadata(&target)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let directory = target.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(".camlock").tempfile_in(directory)?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().set_permissions(permissions)?;
    beside.as_file().sync_all()?;
    beside.persist(&target).map_err(|error| error.error)?;
    Ok(())
}
