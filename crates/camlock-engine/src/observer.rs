//! Watching a decision being made.

use camlock_policy::Layer;

use crate::statement::{CompiledStatement, Match};

/// Watches a decision being made.
///
/// The engine reports every step that can change the answer. The unit type watches nothing and
/// compiles to nothing, so deciding and explaining are one code path and cannot drift apart.
pub(crate) trait Observer {
    /// Resource number `index` of the request comes next.
    fn resource(&mut self, index: u32);

    /// A layer is asked; `level` counts service control levels.
    fn layer(&mut self, layer: Layer, level: u32);

    /// A candidate of a layer was tried.
    fn considered(&mut self, layer: Layer, statement: &CompiledStatement, matched: Match);
}

impl Observer for () {
    fn resource(&mut self, _: u32) {}

    fn layer(&mut self, _: Layer, _: u32) {}

    fn considered(&mut self, _: Layer, _: &CompiledStatement, _: Match) {}
}
