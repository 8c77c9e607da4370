//! Limits, which never grant: the permission boundary and the session policy [EVL-11, EVL-12].

use camlock_policy::{Layer, LayerSet};

use crate::findings::Findings;
use crate::question::{Caller, Question};

/// The limits that are there and do not allow the request.
pub(crate) fn that_fail(question: Question<'_>, found: &Findings) -> LayerSet {
    let limits = of_caller(question).iter().copied();
    limits
        .filter(|layer| found.is_supplied(*layer) && found.allow(*layer).is_none())
        .fold(LayerSet::default(), LayerSet::with)
}

/// A boundary is for users and roles [EVL-11]; a session policy limits root credentials too [RD-10].
fn of_caller(question: Question<'_>) -> &'static [Layer] {
    match question.caller() {
        Caller::Guest if question.is_federated() => &[Layer::Boundary, Layer::Session],
        Caller::Guest => &[],
        Caller::Root => &[Layer::Session],
        Caller::Member => &[Layer::Boundary, Layer::Session],
    }
}
