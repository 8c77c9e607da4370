//! Globs of a file of settings as globs of whole paths.

/// A glob as it is meant in a folder: one with a slash is about paths from there, one without about
/// names anywhere below. A slash at its end makes it about what is in a folder.
///
/// Whatever the name of the folder holds is no wildcard.
pub(crate) fn anchored(folder: &str, glob: &str) -> String {
    let folder = escaped(folder.trim_end_matches('/'));
    let is_here = glob.starts_with("./");
    let glob = glob.trim_start_matches("./");
    let (glob, inner) = match glob.strip_suffix('/') {
        Some(glob) => (glob, "/**"),
        None => (glob, ""),
    };
    match glob.strip_prefix('/') {
        Some(own) => format!("{folder}/{own}{inner}"),
        None if is_here || glob.contains('/') => format!("{folder}/{glob}{inner}"),
        None => format!("{folder}/**/{glob}{inner}"),
    }
}

/// A text that a glob takes as it is.
pub(crate) fn escaped(text: &str) -> String {
    // A backslash would make the character behind it one to take as it is.
    globset::escape(text).replace('\\', "[\\]")
}

#[cfg(test)]
mod tests {
    use camlock_lint::PathGlobs;

    use super::anchored;

    fn is_match(glob: &str, path: &str) -> bool {
        PathGlobs::new(&[anchored("/a[b]/c", glob)]).unwrap().is_match(path)
    }

    #[test]
    fn a_name_is_meant_anywhere_below_and_a_path_from_the_folder() {
        assert!(is_match("*.json", "/a[b]/c/x.json") && is_match("*.json", "/a[b]/c/d/e/x.json"));
        assert!(is_match("d/*.json", "/a[b]/c/d/x.json") && is_match("/x.json", "/a[b]/c/x.json"));
        assert!(!is_match("d/*.json", "/a[b]/c/e/d/x.json"));
        assert!(!is_match("/x.json", "/a[b]/c/d/x.json"));
        assert!(!is_match("*.json", "/ab/c/x.json") && !is_match("*.json", "/x.json"));
    }

    #[test]
    fn a_slash_at_the_end_is_about_what_is_in_a_folder() {
        for glob in ["d/", "/d/", "./d/", "./d/**"] {
            assert!(is_match(glob, "/a[b]/c/d/x.json") && is_match(glob, "/a[b]/c/d/e/x.json"));
            assert!(!is_match(glob, "/a[b]/c/d"), "{glob} is no file");
        }
        assert!(is_match("d/", "/a[b]/c/e/d/x.json") && !is_match("/d/", "/a[b]/c/e/d/x.json"));
        assert!(!is_match("./d", "/a[b]/c/e/d") && is_match("./d", "/a[b]/c/d"));
        assert!(is_match("e/d/", "/a[b]/c/e/d/x.json"));
    }

    #[cfg(unix)]
    #[test]
    fn a_backslash_in_a_folder_is_one() {
        let globs = PathGlobs::new(&[anchored("/a\\b", "*.json")]).unwrap();
        assert!(globs.is_match("/a\\b/x.json") && !globs.is_match("/ab/x.json"));
    }
}
