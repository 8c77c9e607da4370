//! Elements of documents and statements.

/// What an element is, by its name in lower case.
pub(crate) fn element(name: &str, in_statement: bool) -> Option<&'static str> {
    Some(match (name, in_statement) {
        ("version", false) => {
            "**version**: the version of the language, always the string `\"2.0\"` [SYN-3]"
        }
        ("statement", false) => {
            "**statement**: the statements; their order has no meaning, and a deny wins over every allow \
             [SYN-4, SYN-5]"
        }
        ("principal", _) => {
            "**principal**: whom the statement is about, in trust and resource policies only [SYN-15, \
             SYN-16]"
        }
        ("id", _) | ("sid", true) => "a label without effect on decisions [SYN-12]",
        ("effect", true) => "**effect**: `allow` or `deny`; there is no default [SYN-6]",
        ("action", true) => {
            "**action**: what may be done, a string or a list of `service:Operation` [SYN-7, ACT-1]"
        }
        ("resource", true) => {
            "**resource**: on what, a string or a list: `*` or `qcs::service:region:account:path` \
             [SYN-8, RES-2]"
        }
        ("condition", true) => {
            "**condition**: operators, in each of them keys, in each of these values. All operators and \
             all keys have to hold; of the values one is enough [CND-2, CND-3, CND-4]"
        }
        _ => return None,
    })
}

/// The elements of a document, in the order in which they are written.
pub(crate) const DOCUMENT: [&str; 4] = ["version", "id", "principal", "statement"];

/// The elements of a statement, in the order in which they are written.
pub(crate) const STATEMENT: [&str; 6] =
    ["sid", "effect", "principal", "action", "resource", "condition"];

/// What an effect does.
pub(crate) fn effect(text: &str) -> Option<&'static str> {
    Some(match text.to_ascii_lowercase().as_str() {
        "allow" => {
            "**allow**: grants what the statement names, unless a deny anywhere says otherwise"
        }
        "deny" => "**deny**: refuses what the statement names, whatever allows it",
        _ => return None,
    })
}
