//! What a finding is known by while the lines around it move.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::Finding;

/// Fingerprints of findings, in their order: 32 hexadecimal digits each.
///
/// A fingerprint depends on the code, the file and the text of the place, blanks aside, and among equal
/// ones on their order. It does not depend on lines, so that a finding that was looked at stays known
/// after edits elsewhere.
///
/// # Examples
///
/// ```
/// use camlock_report::{Finding, fingerprints};
/// use camlock_source::{Code, Diagnostic, SourceText, Span};
///
/// let of = |text: &str| {
///     let source = SourceText::new("a.json", text);
///     let start = u32::try_from(text.find('x').unwrap()).unwrap();
///     let diagnostic = Diagnostic::error(Code::new("CAM1035"), Span::new(start, start + 1), "wrong");
///     fingerprints(&[Finding { source: &source, diagnostic: &diagnostic }])
/// };
/// assert_eq!(of("{x}"), of("{\n\n  x}"));
/// ```
pub fn fingerprints(findings: &[Finding<'_>]) -> Vec<String> {
    let mut seen: HashMap<[u8; 32], u32> = HashMap::new();
    findings.iter().map(|finding| fingerprint(finding, &mut seen)).collect()
}

fn fingerprint(finding: &Finding<'_>, seen: &mut HashMap<[u8; 32], u32>) -> String {
    let Finding { source, diagnostic } = finding;
    let mut hasher = Sha256::new();
    for part in [diagnostic.code.as_str(), source.name()] {
        hasher.update(part);
        hasher.update([0]);
    }
    for word in source.slice(diagnostic.span).split_whitespace() {
        hasher.update(word);
    }
    let base: [u8; 32] = hasher.finalize().into();
    let count = seen.entry(base).or_default();
    let number = *count;
    *count += 1;
    let full = Sha256::new().chain_update(base).chain_update(number.to_le_bytes()).finalize();
    full.iter().take(16).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use camlock_source::{Code, Diagnostic, SourceText, Span};

    use super::fingerprints;
    use crate::Finding;

    #[test]
    fn what_is_found_twice_differs_and_what_differs_differs() {
        let source = SourceText::new("a.json", "x x y");
        let at = |code, start| Diagnostic::error(Code::new(code), Span::new(start, start + 1), "");
        let all = [at("CAM1", 0), at("CAM1", 2), at("CAM1", 4), at("CAM2", 0)];
        let findings: Vec<Finding<'_>> =
            all.iter().map(|diagnostic| Finding { source: &source, diagnostic }).collect();
        let mut prints = fingerprints(&findings);
        assert!(prints.iter().all(|print| print.len() == 32), "{prints:?}");
        prints.sort();
        prints.dedup();
        assert_eq!(prints.len(), 4);
    }
}
