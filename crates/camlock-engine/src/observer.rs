//! Watching a decision being made.

use camlock_policy::{Effect, Layer};

use crate::segment::Segment;
use crate::statement::Match;

/// Watches a decision being made.
///
/// The engine reports every step that can change the answer. The unit type watches nothing and
/// compiles to nothing, so deciding and explaining are one code path and cannot drift apart.
pub(crate) trait Observer {
    /// Resource number `index` of the request comes next.
    fn resource(&mut self, index: u32);

    /// A layer is asked for statements of one effect.
    fn asked(&mut self, layer: Layer, effect: Effect);

    /// A layer counts for the caller and has no policy.
    fn absent(&mut self, layer: Layer);

    /// A candidate of a layer was tried: a statement of the segment.
    fn considered(&mut self, layer: Layer, segment: &Segment, place: u32, matched: Match);
}

impl Observer for () {
    fn resource(&mut self, _: u32) {}

    fn asked(&mut self, _: Layer, _: Effect) {}

    fn absent(&mut self, _: Layer) {}

    fn considered(&mut self, _: Layer, _: &Segment, _: u32, _: Match) {}
}
