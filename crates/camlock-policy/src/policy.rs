//! A validated policy, and the kinds that there are.

use std::fmt;

use crate::Statement;

/// What a policy is attached to, which decides which elements it may have [SYN-15].
#[expect(clippy::exhaustive_enums, reason = "an evaluator must handle every kind")]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum PolicyKind {
    /// Attached to a user, a group or a role.
    Identity,
    /// The permission boundary of a user or role [EVL-11].
    Boundary,
    /// Passed when temporary credentials are issued [EVL-12].
    Session,
    /// A service control policy of an organization [EVL-14].
    Scp,
    /// Says who may assume a role [EVL-23].
    Trust,
    /// Attached to a resource, in practice a COS bucket [EVL-7].
    Resource,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Identity, Self::Boundary, Self::Session, Self::Scp, Self::Trust, Self::Resource];

    /// Reads the name of a kind; `bucket` is another name of `resource`.
    pub fn parse(name: &str) -> Option<Self> {
        let name = if name == "bucket" { "resource" } else { name };
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The name of the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::Scp => "scp",
            Self::Trust => "trust",
            Self::Resource => "resource",
        }
    }

    /// Whether statements name principals; the other kinds must not [SYN-15].
    pub fn names_principals(self) -> bool {
        matches!(self, Self::Trust | Self::Resource)
    }

    /// Whether statements name resources; a trust policy speaks about its own role [SYN-15].
    pub fn names_resources(self) -> bool {
        self != Self::Trust
    }
}

impl fmt::Display for PolicyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A policy that is valid for its kind; an invalid one cannot be built.
///
/// # Examples
///
/// ```
/// use camlock_policy::{ActionPattern, Effect, Policy, PolicyKind, ResourcePattern, Statement};
///
/// let statement = Statement::new(Effect::Allow)
///     .with_action(ActionPattern::Any)
///     .with_resource(ResourcePattern::Any);
/// assert!(Policy::new(PolicyKind::Identity, vec![statement.clone()]).is_ok());
/// assert!(Policy::new(PolicyKind::Trust, vec![statement]).is_err());
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Policy {
    kind: PolicyKind,
    statements: Vec<Statement>,
}

impl Policy {
    /// Builds a policy from its statements.
    ///
    /// # Errors
    ///
    /// A [`PolicyError`] that names the first statement with an element too many or too few.
    pub fn new(kind: PolicyKind, statements: Vec<Statement>) -> Result<Self, PolicyError> {
        if statements.is_empty() {
            return Err(PolicyError { statement: 0, problem: PolicyProblem::Empty });
        }
        for (index, statement) in statements.iter().enumerate() {
            if let Some(problem) = problem_of(kind, statement) {
                return Err(PolicyError { statement: index, problem });
            }
        }
        Ok(Self { kind, statements })
    }

    /// What the policy is attached to.
    pub fn kind(&self) -> PolicyKind {
        self.kind
    }

    /// The statements in document order, which has no meaning [SYN-5]; never empty.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

fn problem_of(kind: PolicyKind, statement: &Statement) -> Option<PolicyProblem> {
    let named = statement.principals().is_some_and(|principals| !principals.is_empty());
    if statement.actions().is_empty() {
        Some(PolicyProblem::NoAction)
    } else if statement.resources().is_empty() == kind.names_resources() {
        Some(PolicyProblem::Resource)
    } else if named != kind.names_principals() || (!named && statement.principals().is_some()) {
        Some(PolicyProblem::Principal)
    } else {
        None
    }
}

/// Why statements are not a policy of some kind.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PolicyError {
    statement: usize,
    problem: PolicyProblem,
}

/// What is wrong with a statement for the kind of its policy [SYN-15].
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PolicyProblem {
    /// There is no statement [SYN-4].
    Empty,
    /// A statement has no action [SYN-7].
    NoAction,
    /// Resources are missing, or stand in a trust policy [SYN-8].
    Resource,
    /// Principals are missing, or not allowed in this kind.
    Principal,
}

impl PolicyError {
    /// The index of the statement.
    pub fn statement(&self) -> usize {
        self.statement
    }

    /// What is wrong with it.
    pub fn problem(&self) -> PolicyProblem {
        self.problem
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.problem {
            PolicyProblem::Empty => return f.write_str("a policy has at least one statement"),
            PolicyProblem::NoAction => "has no action",
            PolicyProblem::Resource => "has resources where its kind has none, or none at all",
            PolicyProblem::Principal => "has principals where its kind has none, or none at all",
        };
        write!(f, "statement {} {what}", self.statement)
    }
}

impl std::error::Error for PolicyError {}
