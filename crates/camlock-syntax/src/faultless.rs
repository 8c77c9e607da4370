//! Straight from tokens to the policy of a document without a fault.
//!
//! One pass, no tree, no spans, no diagnostics. Whatever is out of the ordinary ends it without an
//! answer, a mere warning included; then [`parse()`](crate::parse()) says what there is to say. Where
//! it answers, both answer the same policy.
//!
//! Only the walk is written twice. What an element is called, how long a document may be, and all that
//! stands inside of strings is read by the same code on both ways.

mod condition;
mod cursor;
mod principal;
mod statement;

use camlock_policy::{Policy, PolicyKind, PrincipalPattern, Statement};

use crate::element::ElementName;
use crate::limits::Limits;
use crate::size;
use cursor::Cursor;

/// The policy of a text about which there is nothing to report; `None` says only that
/// [`parse()`](crate::parse()) has to be asked.
///
/// For loading many documents of which next to all are in order: about twice as fast.
///
/// # Examples
///
/// ```
/// use camlock_policy::PolicyKind;
/// use camlock_syntax::{parse, parse_faultless};
///
/// let text = r#"{"version": "2.0", "statement": {"effect": "allow", "action": "*", "resource": "*"}}"#;
/// let policy = parse_faultless(text, PolicyKind::Identity);
/// assert!(policy.is_some());
/// assert_eq!(policy, parse(text, PolicyKind::Identity).policy);
///
/// // A policy too, but with a warning.
/// let capital = text.replace("effect", "Effect");
/// assert_eq!(parse_faultless(&capital, PolicyKind::Identity), None);
/// assert!(parse(&capital, PolicyKind::Identity).policy.is_some());
/// ```
///
/// # Complexity
///
/// Linear in the length of the text, whatever it holds, and without recursion.
pub fn parse_faultless(text: &str, kind: PolicyKind) -> Option<Policy> {
    if text.len() > Limits::policy().max_bytes {
        return None;
    }
    let mut cursor = Cursor::new(text, 0);
    let policy = document(&mut cursor, kind)?;
    cursor.end()?;
    let within = size::fits(kind, text, cursor.blanks());
    within.then_some(policy)
}

/// The policy of a document that begins at `start` of a larger text, and where it ends.
pub(crate) fn embedded(text: &str, start: u32, kind: PolicyKind) -> Option<(Policy, u32)> {
    let start = usize::try_from(start).ok()?;
    let mut cursor = Cursor::new(text, start);
    let policy = document(&mut cursor, kind)?;
    let own = text.get(start..cursor.at())?;
    let end = u32::try_from(cursor.at()).ok()?;
    size::fits(kind, own, cursor.blanks()).then_some((policy, end))
}

fn document(cursor: &mut Cursor<'_>, kind: PolicyKind) -> Option<Policy> {
    let mut version = kind == PolicyKind::Resource;
    let mut principals: Option<Vec<PrincipalPattern>> = None;
    let mut statements: Vec<Statement> = Vec::new();
    cursor.elements(|cursor, element| {
        match element {
            ElementName::Version => {
                version = cursor.string()? == "2.0";
                version.then_some(())
            }
            ElementName::Principal => {
                principals = Some(principal::principals(cursor, kind)?);
                Some(())
            }
            ElementName::Statement => self::statements(cursor, kind, &mut statements),
            // A document has an id and no sid.
            ElementName::Id => cursor.scalar(),
            _ => None,
        }
    })?;
    if let Some(principals) = principals {
        // They are those of each statement, none of which has its own [SYN-16].
        if statements.iter().any(|statement| statement.principals().is_some()) {
            return None;
        }
        let with =
            |statement| principals.iter().cloned().fold(statement, Statement::with_principal);
        statements = statements.into_iter().map(with).collect();
    }
    version.then(|| Policy::new(kind, statements).ok())?
}

/// One statement or a list of statements [SYN-4].
fn statements(
    cursor: &mut Cursor<'_>,
    kind: PolicyKind,
    statements: &mut Vec<Statement>,
) -> Option<()> {
    cursor.one_or_more(Limits::policy().max_statements, |cursor| {
        statements.push(statement::statement(cursor, kind)?);
        Some(())
    })
}
