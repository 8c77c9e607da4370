//! Exact answers about a document: what covers what, and what is granted.

mod cover;
mod grant;
mod pattern;

use camlock_catalog::matches;
use camlock_policy::{ActionPattern, ResourcePattern, Statement};

use crate::companions::Companions;
use crate::document::Document;
pub use grant::{Breadth, Grant};

/// Exact answers about a document and its companions.
///
/// "Covers" is sound: what one covers the other never reaches alone. It is worked out on patterns and
/// never on texts, and says no where it cannot tell.
#[derive(Clone, Copy, Debug)]
pub struct Analysis<'a> {
    document: &'a Document<'a>,
    companions: &'a Companions,
}

impl<'a> Analysis<'a> {
    pub(crate) fn new(document: &'a Document<'a>, companions: &'a Companions) -> Self {
        Self { document, companions }
    }

    /// Whether a pattern covers one concrete action.
    pub fn action_matches(self, pattern: &ActionPattern, service: &str, operation: &str) -> bool {
        match pattern {
            ActionPattern::Any => true,
            ActionPattern::Service(own) => own == service,
            ActionPattern::Operation { service: own, operation: pattern } => {
                own == service && matches(pattern, operation)
            }
        }
    }

    /// Whether every action of `inner` is one of `outer`.
    pub fn action_covers(self, outer: &ActionPattern, inner: &ActionPattern) -> bool {
        cover::action(outer, inner)
    }

    /// Whether every resource of `inner` is one of `outer`, for an allow and a deny alike.
    pub fn resource_covers(self, outer: &ResourcePattern, inner: &ResourcePattern) -> bool {
        cover::resource(outer, inner)
    }

    /// Whether some resource may be one of both; yes where it cannot be told.
    pub fn resources_overlap(self, a: &ResourcePattern, b: &ResourcePattern) -> bool {
        cover::overlap(a, b)
    }

    /// Whether a path with stars, such as a form of the catalogue, may be met by the last segment of a
    /// resource; yes where it cannot be told.
    pub fn path_overlaps(self, resource: &ResourcePattern, path: &str) -> bool {
        match resource {
            ResourcePattern::Any => true,
            ResourcePattern::Segments(segments) => pattern::overlap(
                &pattern::of_template(segments.resource()),
                &pattern::of_text(path),
            ),
        }
    }

    /// Whether `outer` applies to every request that `inner` applies to.
    pub fn statement_covers(self, outer: &Statement, inner: &Statement) -> bool {
        cover::statement(outer, inner)
    }

    /// The allows of a concrete action that no deny and no ceiling takes back entirely, in order.
    pub fn grants(self, service: &str, operation: &str) -> Vec<Grant<'a>> {
        grant::of(self, service, operation)
    }
}
