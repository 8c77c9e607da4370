//! Whom a document or a statement names [PRN-1, PRN-2].

use camlock_policy::{PolicyKind, PrincipalPattern};

use super::cursor::Cursor;
use crate::lower::entry_reader;

pub(super) fn principals(
    cursor: &mut Cursor<'_>,
    kind: PolicyKind,
) -> Option<Vec<PrincipalPattern>> {
    if !kind.names_principals() {
        return None;
    }
    if cursor.first()? != b'{' {
        return (cursor.string()? == "*").then(|| vec![PrincipalPattern::Everyone]);
    }
    let mut principals = Vec::new();
    let mut seen: Vec<_> = Vec::new();
    cursor.members(|cursor, name| {
        let read = entry_reader(name)?;
        if seen.iter().any(|other| other == name) {
            return None;
        }
        seen.push(name.to_owned());
        principals.append(&mut cursor.strings(|text| read(text).ok())?);
        Some(())
    })?;
    (!principals.is_empty()).then_some(principals)
}
