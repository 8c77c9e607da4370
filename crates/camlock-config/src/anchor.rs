//! Globs of a file of settings as globs of whole paths.

/// A glob as it is meant in a folder: one with a slash is about paths from there, one without about
/// names anywhere below.
///
/// Whatever the name of the folder holds is no wildcard.
pub(crate) fn anchored(folder: &str, glob: &str) -> String {
    let folder = globset::escape(folder.trim_end_matches('/'));
    let glob = glob.trim_start_matches("./");
    match glob.strip_prefix('/') {
        Some(inner) => format!("{folder}/{inner}"),
        None if glob.contains('/') => format!("{folder}/{glob}"),
        None => format!("{folder}/**/{glob}"),
    }
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
}
