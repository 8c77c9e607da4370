//! Where in an account file documents stand.

use camlock_policy::PolicyKind;
use camlock_syntax::DocumentPlace;
use camlock_syntax::json;

/// A place in an account file, as far as documents may stand below it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spot {
    Account,
    Policies,
    Policy,
    Roles,
    Role,
    ResourcePolicies,
    ResourcePolicy,
    Organization,
    Levels,
    Level,
    LevelPolicies,
    Document(PolicyKind),
    Elsewhere,
}

impl json::Place for Spot {
    fn member(self, name: &str) -> Self {
        match (self, name) {
            (Self::Account, "policies") => Self::Policies,
            (Self::Account, "roles") => Self::Roles,
            (Self::Account, "resource_policies") => Self::ResourcePolicies,
            (Self::Account, "organization") => Self::Organization,
            (Self::Policy, "document") => Self::Document(PolicyKind::Identity),
            (Self::Role, "trust") => Self::Document(PolicyKind::Trust),
            (Self::ResourcePolicy, "document") => Self::Document(PolicyKind::Resource),
            (Self::Organization, "levels") => Self::Levels,
            (Self::Level, "policies") => Self::LevelPolicies,
            _ => Self::Elsewhere,
        }
    }

    fn item(self) -> Self {
        match self {
            Self::Policies => Self::Policy,
            Self::Roles => Self::Role,
            Self::ResourcePolicies => Self::ResourcePolicy,
            Self::Levels => Self::Level,
            Self::LevelPolicies => Self::Document(PolicyKind::Scp),
            _ => Self::Elsewhere,
        }
    }
}

impl DocumentPlace for Spot {
    fn document(self) -> Option<PolicyKind> {
        match self {
            Self::Document(kind) => Some(kind),
            _ => None,
        }
    }
}
