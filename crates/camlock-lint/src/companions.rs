//! The policies that count together with the document.

use camlock_policy::{Policy, PolicyKind};

/// The policies that count together with the document, as an account has them; empty where nothing is
/// known of it.
#[derive(Clone, Debug, Default)]
pub struct Companions {
    all: Vec<Companion>,
}

/// A policy that counts together with the document.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a policy and its name")]
pub struct Companion {
    /// What people know it by.
    pub name: String,
    /// The policy. Its kind says how it counts: an identity policy is attached to the same user, a
    /// boundary, a session policy or a service control policy is a ceiling over the document.
    pub policy: Policy,
}

impl Companions {
    /// The policies that count together with a document.
    pub fn new(all: Vec<Companion>) -> Self {
        Self { all }
    }

    /// All of them, in the order given.
    pub fn all(&self) -> &[Companion] {
        &self.all
    }

    /// Whether nothing is known of the account.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Those that are attached to the same user.
    pub fn beside(&self) -> impl Iterator<Item = &Companion> {
        self.all.iter().filter(|companion| companion.policy.kind() == PolicyKind::Identity)
    }

    /// Those that limit what the document grants [EVL-11, EVL-12, EVL-14].
    pub fn ceilings(&self) -> impl Iterator<Item = &Companion> {
        use PolicyKind as K;
        let limits = |kind| matches!(kind, K::Boundary | K::Session | K::Scp);
        self.all.iter().filter(move |companion| limits(companion.policy.kind()))
    }
}
