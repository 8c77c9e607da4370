//! The suite ticket, which a configuration names a file for.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// Bytes that the file of a ticket may have; a ticket has a few hundred.
const MOST: u64 = 64 << 10;

/// The ticket in a file, without blanks around it.
///
/// # Errors
///
/// Why there is none: what cannot be read, is no file, is too long, is no text, or is empty. A pipe or
/// device is not even opened, since it may never end.
pub(crate) fn read(path: &Path) -> io::Result<String> {
    let is_file = fs::metadata(path)?.is_file();
    let file = if is_file { File::open(path)? } else { return Err(not_a_file()) };
    // Something else may stand there by now.
    if !file.metadata()?.is_file() {
        return Err(not_a_file());
    }
    let mut bytes = Vec::new();
    let length = file.take(MOST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(length).unwrap_or(u64::MAX) > MOST {
        return Err(io::Error::other(format!("the file is longer than {MOST} bytes")));
    }
    let text = String::from_utf8(bytes).map_err(|_| io::Error::other("the file is not UTF-8"))?;
    let ticket = text.trim();
    if ticket.is_empty() {
        return Err(io::Error::other("the file is empty"));
    }
    Ok(ticket.to_owned())
}

fn not_a_file() -> io::Error {
    io::Error::other("a pipe, device or folder stands there, not a file")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{MOST, read};

    #[test]
    fn a_ticket_is_read_without_the_blanks_around_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ticket");
        fs::write(&path, " abc-123\r\n").unwrap();
        assert_eq!(read(&path).unwrap(), "abc-123");
        let longest = "a".repeat(usize::try_from(MOST).unwrap());
        fs::write(&path, &longest).unwrap();
        assert_eq!(read(&path).unwrap(), longest);
    }

    #[track_caller]
    fn check_refused(path: &Path, why: &str) {
        assert_eq!(read(path).unwrap_err().to_string(), why);
    }

    #[test]
    fn what_is_no_short_text_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ticket");
        fs::write(&path, "a".repeat(usize::try_from(MOST + 1).unwrap())).unwrap();
        check_refused(&path, "the file is longer than 65536 bytes");
        fs::write(&path, b"\xff").unwrap();
        check_refused(&path, "the file is not UTF-8");
        fs::write(&path, " \n").unwrap();
        check_refused(&path, "the file is empty");
        check_refused(folder.path(), "a pipe, device or folder stands there, not a file");
        assert!(read(&folder.path().join("missing")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            check_refused(path, "a pipe, device or folder stands there, not a file");
        }
    }
}
