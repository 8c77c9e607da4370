//! Six-segment names of resources, and patterns over them.

mod name;
mod pattern;

pub use name::{AccountSegment, ResourceName, ResourcePath};
pub(crate) use pattern::is_mark;
pub use pattern::{AccountPattern, ResourcePattern, SegmentPatterns};
