//! Which names an object has already.

use std::borrow::Cow;
use std::collections::HashMap;

use camlock_source::Span;

use super::text::Text;
use super::tree::Member;
use crate::limits::Limits;

/// Members whose names are compared one by one; with more a table is quicker than looking at all.
const FEW: usize = 16;

/// The names of an object, for finding one that stands twice.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    /// Where each name stands first; empty while there are few.
    table: HashMap<Cow<'a, str>, Span>,
}

impl<'a> Names<'a> {
    /// Where `name` stands among the names before it, all of which are those of `members` as long as
    /// there are few.
    ///
    /// # Complexity
    ///
    /// Constant, on average over the names of a large object.
    pub(super) fn note(
        &mut self,
        name: &Text<'a>,
        members: &[Member<'a>],
        limits: &Limits,
    ) -> Option<Span> {
        // Members beyond the limit are not kept, so it is too late to look at them then.
        if members.len() < FEW.min(limits.max_members) {
            let same = |member: &&Member<'_>| member.name.decoded == name.decoded;
            return members.iter().find(same).map(|member| member.name.span);
        }
        if self.table.is_empty() {
            for member in members {
                self.table.entry(member.name.decoded.clone()).or_insert(member.name.span);
            }
        }
        let first = self.table.get(&name.decoded).copied();
        if first.is_none() {
            self.table.insert(name.decoded.clone(), name.span);
        }
        first
    }
}
