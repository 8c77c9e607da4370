//! What an evaluator answers.

use std::fmt;

/// The answer to a request.
#[expect(clippy::exhaustive_enums, reason = "a fourth answer must break every caller's build")]
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Decision {
    /// The request may proceed.
    Allow,
    /// A statement refuses the request, whatever else grants it [EVL-3].
    ExplicitDeny,
    /// Nothing grants the request [EVL-1].
    ImplicitDeny,
}

impl Decision {
    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::ExplicitDeny => "explicit_deny",
            Self::ImplicitDeny => "implicit_deny",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A group of policies with one power in the evaluation, or what decides without a policy [EVL-17].
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every layer")]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Layer {
    /// Service control policies of the organization.
    Scp,
    /// Policies attached to the user, its groups or the role.
    Identity,
    /// Policies attached to the resource.
    Resource,
    /// The permission boundary.
    Boundary,
    /// The session policy.
    Session,
    /// The trust policy of the role to be assumed.
    Trust,
    /// The root account, which needs no policy [EVL-5].
    Root,
    /// Nothing granted the request [EVL-1].
    Default,
}

impl Layer {
    /// Every layer, in the order of evaluation.
    pub const ALL: [Self; 8] = [
        Self::Scp,
        Self::Identity,
        Self::Resource,
        Self::Boundary,
        Self::Session,
        Self::Trust,
        Self::Root,
        Self::Default,
    ];

    /// The word in machine output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scp => "scp",
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::Trust => "trust",
            Self::Root => "root",
            Self::Default => "default",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A set of layers, such as those that failed to allow.
#[derive(Clone, Copy, Default, Eq, PartialEq)]
pub struct LayerSet(u8);

impl LayerSet {
    /// This set and one layer more.
    #[must_use]
    pub fn with(self, layer: Layer) -> Self {
        Self(self.0 | 1 << layer as u8)
    }

    /// Whether the layer is in the set.
    pub fn contains(self, layer: Layer) -> bool {
        self.0 & (1 << layer as u8) != 0
    }

    /// The layers of the set, in the order of evaluation.
    pub fn iter(self) -> impl Iterator<Item = Layer> {
        Layer::ALL.into_iter().filter(move |layer| self.contains(*layer))
    }
}

impl fmt::Debug for LayerSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Which policy document, in the numbering of whoever compiled them.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_structs, reason = "an index and nothing else")]
pub struct PolicyId(pub u32);

/// Which statement of which policy document.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_structs, reason = "a statement is known by these two numbers")]
pub struct StatementId {
    /// The document.
    pub policy: PolicyId,
    /// The index in the document, from 0.
    pub index: u32,
}

impl fmt::Debug for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.policy.0, self.index)
    }
}

/// A decision and what settled it [EVL-17].
///
/// Small and `Copy`, so that answering allocates nothing.
#[expect(clippy::exhaustive_structs, reason = "plain facts that an evaluator reports")]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[must_use]
pub struct Outcome {
    /// The answer.
    pub decision: Decision,
    /// The layer that settled it: of the grant, of the deny, or the first limit that failed;
    /// [`Layer::Default`] where nothing granted.
    pub layer: Layer,
    /// The statements that settled it: the first that applies, and across accounts one of each side.
    pub statements: [Option<StatementId>; 2],
    /// For a denial without a statement: the layers that failed to allow.
    pub failed: LayerSet,
    /// Whether something could not be told and was read the safe way [EVL-21].
    pub indeterminate: bool,
    /// Which resource of the request settled it [RES-19].
    pub resource: u32,
}

impl Outcome {
    /// An outcome of `decision`, settled in `layer` by no statement.
    pub fn new(decision: Decision, layer: Layer) -> Self {
        Self {
            decision,
            layer,
            statements: [None, None],
            failed: LayerSet::default(),
            indeterminate: false,
            resource: 0,
        }
    }

    /// Whether the request may proceed.
    pub fn is_allowed(&self) -> bool {
        self.decision == Decision::Allow
    }

    /// The statements that settled it.
    pub fn statements(&self) -> impl Iterator<Item = StatementId> {
        self.statements.into_iter().flatten()
    }

    /// The more restrictive of two outcomes; the earlier one where they agree [RES-19].
    pub fn or_stricter(self, later: Self) -> Self {
        let rank = |outcome: &Self| match outcome.decision {
            Decision::Allow => 0,
            Decision::ImplicitDeny => 1,
            Decision::ExplicitDeny => 2,
        };
        if rank(&later) > rank(&self) { later } else { self }
    }
}
