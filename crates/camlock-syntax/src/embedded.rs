//! Documents inside of a larger text, such as an account file.

use std::collections::HashMap;

use camlock_policy::{Policy, PolicyKind};
use camlock_source::Span;

use crate::faultless;
use crate::json::{self, Parsed, Place, Taker};
use crate::limits::Limits;

/// A place in a text where documents may stand.
pub trait DocumentPlace: Place {
    /// The kind of the document that stands here, if one does.
    fn document(self) -> Option<PolicyKind>;
}

/// The policies of the documents that were read while the tree around them was.
#[derive(Debug, Default)]
pub struct Documents {
    /// By where the document begins.
    policies: HashMap<u32, Policy>,
}

impl Documents {
    /// The policy of the document at `span`, where it was read; each is handed out once.
    pub fn take(&mut self, span: Span) -> Option<Policy> {
        self.policies.remove(&span.start)
    }

    /// Whether all were taken.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty()
    }
}

impl<P: DocumentPlace> Taker<P> for Documents {
    /// Document, statements, statement, condition, operator, values.
    const DEPTH: usize = 6;

    fn take(&mut self, place: P, text: &str, start: u32) -> Option<u32> {
        let (policy, end) = faultless::embedded(text, start, place.document()?)?;
        self.policies.insert(start, policy);
        Some(end)
    }
}

/// Reads a JSON text without building the tree of documents in it about which there is nothing to
/// report.
///
/// `root` is the place of the whole text, from which those of the documents follow. In the tree such a
/// document is [`Kind::Invalid`](json::Kind::Invalid) and [`Documents::take`] has its policy; any other
/// is part of the tree, for [`parse_value`](crate::parse_value). `limits` have room for a policy.
///
/// # Complexity
///
/// Linear in the text: a document is read at most twice.
pub fn parse_around_documents<'a>(
    text: &'a str,
    limits: &Limits,
    root: impl DocumentPlace,
) -> (Parsed<'a>, Documents) {
    let mut documents = Documents::default();
    let parsed = json::parse_around(text, limits, root, &mut documents);
    (parsed, documents)
}
