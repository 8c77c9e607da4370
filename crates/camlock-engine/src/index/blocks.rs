//! Records by the interval that a value has to lie in, in blocks that are passed over together.

use super::draft::Draft;
use super::{Index, Node};
use crate::condition::Interval;

/// So many records stand in one block: a request looks at every block, and at every record of those
/// that its value may lie in.
const BLOCK: usize = 32;

/// Blocks of records whose intervals lie close together.
#[derive(Debug)]
pub(super) struct Blocks(Box<[(Interval, Node)]>);

impl Blocks {
    /// Files the records; each block in the order of lists.
    pub(super) fn new(mut bounded: Vec<(Interval, Draft)>, index: &mut Index) -> Self {
        // Open intervals lie together by their one end, and closed ones by their lower.
        bounded.sort_by_key(|(interval, _)| *interval);
        let blocks = bounded.chunks(BLOCK).map(|chunk| {
            let hull = chunk.iter().map(|(interval, _)| *interval).reduce(Interval::hull);
            let mut drafts: Vec<Draft> = chunk.iter().map(|(_, draft)| *draft).collect();
            drafts.sort_unstable_by_key(Draft::order);
            (hull.unwrap_or(Interval::EMPTY), index.append(&drafts))
        });
        Self(blocks.collect())
    }

    /// Gives the blocks that some value of a request may lie in.
    pub(super) fn each(&self, measured: Interval, mut give: impl FnMut(Node)) {
        for (interval, node) in &self.0 {
            if interval.meets(measured) {
                give(*node);
            }
        }
    }

    pub(super) fn memory_usage(&self) -> usize {
        size_of_val(&*self.0)
    }
}
