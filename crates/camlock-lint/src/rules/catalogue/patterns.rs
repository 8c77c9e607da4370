//! Patterns of operations that fit nothing, and what they are slips of.

use camlock_catalog::{ActionEntry, Service, matches};

use super::names_here;

/// An operation, or a pattern of some, in the letter case of those that a service is known to have; nothing
/// where it fits some as it is, or none in any case.
///
/// # Complexity
///
/// The actions of the service, where none fits.
pub(super) fn right_case(service: Service<'_>, operation: &str) -> Option<String> {
    // Nearly all are called so, letter by letter.
    let is_known = service.action(operation).is_some();
    if is_known || service.actions_matching(operation).next().is_some() {
        return None;
    }
    if !operation.contains('*') {
        return service.action_ignoring_case(operation).map(|own| own.name().to_owned());
    }
    let lower = operation.to_ascii_lowercase();
    let fits = |own: &ActionEntry<'_>| matches(&lower, &own.name().to_ascii_lowercase());
    let known = service.actions().find(fits)?;
    recased(&lower, known.name())
}

/// A pattern in lower case with the letters of a name that it fits.
fn recased(pattern: &str, name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let last = pattern.matches('*').count();
    let (mut text, mut at) = (String::new(), 0);
    for (index, part) in pattern.split('*').enumerate() {
        if index > 0 {
            text.push('*');
        }
        let start = match index {
            0 => 0,
            index if index == last => name.len().checked_sub(part.len())?,
            _ => at + lower.get(at..)?.find(part)?,
        };
        at = start + part.len();
        text.push_str(name.get(start..at)?);
    }
    Some(text)
}

/// A pattern that fits nothing with the verb that its own one is a slip of: `Desribe*`.
///
/// # Complexity
///
/// The actions of the service.
pub(super) fn right_verb(service: Service<'_>, pattern: &str) -> Option<String> {
    // Of short words others are one letter away.
    let own = verb(pattern).filter(|own| own.len() >= 5)?;
    let rest = pattern.strip_prefix(own).filter(|rest| rest.contains('*'))?;
    let mut verbs: Vec<&str> = service.actions().filter_map(|own| verb(own.name())).collect();
    verbs.sort_unstable();
    verbs.dedup();
    if verbs.contains(&own) {
        return None;
    }
    let right = verbs.into_iter().filter(|known| names_here::is_slip(own, known));
    let mut patterns = right.map(|verb| format!("{verb}{rest}"));
    patterns.find(|own| service.actions_matching(own).next().is_some())
}

/// The first word of a name.
fn verb(name: &str) -> Option<&str> {
    let behind = name.get(1..)?;
    let rest = behind.trim_start_matches(|c: char| c.is_ascii_lowercase());
    name.strip_suffix(rest)
}

#[cfg(test)]
mod tests {
    use camlock_catalog::Catalog;

    use super::{recased, right_case, right_verb};

    #[test]
    fn letters_are_those_of_a_known_name() {
        for (pattern, name, expected) in [
            ("get*", "GetObject", "Get*"),
            ("*bucket*acl", "PutBucketACL", "*Bucket*ACL"),
            ("*", "GetObject", "*"),
            ("get*object", "GetObject", "Get*Object"),
        ] {
            assert_eq!(recased(pattern, name).as_deref(), Some(expected), "{pattern}");
        }
        let cos = Catalog::builtin().service("cos").unwrap();
        assert_eq!(right_case(cos, "getObj*").as_deref(), Some("GetObj*"));
        for pattern in ["Get*", "Nothing*", "nosuch", "GetObject"] {
            assert_eq!(right_case(cos, pattern), None, "{pattern}");
        }
    }

    #[test]
    fn a_verb_is_one_letter_away() {
        let cvm = Catalog::builtin().service("cvm").unwrap();
        assert_eq!(right_verb(cvm, "Desribe*").as_deref(), Some("Describe*"));
        assert_eq!(right_verb(cvm, "DesribeInst*").as_deref(), Some("DescribeInst*"));
        for pattern in ["Describe*", "Ru*", "Desribe", "DesribeNothing*", "*Desribe"] {
            assert_eq!(right_verb(cvm, pattern), None, "{pattern}");
        }
    }
}
