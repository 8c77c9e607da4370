//! A decision as a JSON object.

use camlock_policy::{LayerSet, Outcome};
use serde::Serialize;

/// The answer to one request, in stable JSON.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "the members of the JSON form")]
pub struct WireDecision<'a> {
    /// The version of this form.
    pub version: u8,
    /// The id of the request, where it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'a str>,
    /// `allow`, `explicit_deny` or `implicit_deny`.
    pub decision: &'static str,
    /// The layer that settled it.
    pub layer: &'static str,
    /// The statements that settled it.
    pub statements: Vec<WireStatement<'a>>,
    /// For a denial without a statement: the layers that failed to allow.
    pub failed_layers: Vec<&'static str>,
    /// Whether something could not be told and was read the safe way.
    pub indeterminate: bool,
}

/// A statement by the policy it stands in.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::exhaustive_structs, reason = "the members of the JSON form")]
pub struct WireStatement<'a> {
    /// The id, name or file of the policy.
    pub policy: &'a str,
    /// The index of the statement, from 0.
    pub statement: u32,
}

impl<'a> WireDecision<'a> {
    /// The JSON form of an outcome; `policy_name` names policies the way the caller knows them.
    pub fn new(
        id: Option<&'a str>,
        outcome: &Outcome,
        policy_name: impl Fn(camlock_policy::PolicyId) -> &'a str,
    ) -> Self {
        Self {
            version: 1,
            id,
            decision: outcome.decision.as_str(),
            layer: outcome.layer.as_str(),
            statements: outcome
                .statements()
                .map(|statement| WireStatement {
                    policy: policy_name(statement.policy),
                    statement: statement.index,
                })
                .collect(),
            failed_layers: layer_names(outcome.failed),
            indeterminate: outcome.indeterminate,
        }
    }
}

fn layer_names(layers: LayerSet) -> Vec<&'static str> {
    layers.iter().map(camlock_policy::Layer::as_str).collect()
}
