//! What the operator chooses.

use crate::authorization::Profile;
use crate::factor::SoftTokens;

/// What the operator chooses.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Which announcement says what calls are authorized on.
    pub profile: Profile,
    /// Refuses requests whose signature does not cover `X-TC-Action`, so that nobody between client and
    /// server can turn one call into another.
    pub require_signed_action: bool,
    /// Refuses to delete a key that is still active, as the console does.
    pub keep_active_keys: bool,
    /// The second factors of users: no call makes them here.
    pub soft_tokens: SoftTokens,
    /// How much there may be of everything.
    pub quotas: Quotas,
}

/// How much an account may have; the published limits by default.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "filled in by operators")]
pub struct Quotas {
    /// Sub-accounts of the root.
    pub users: usize,
    /// User groups.
    pub groups: usize,
    /// Roles.
    pub roles: usize,
    /// Policies of its own.
    pub policies: usize,
    /// Versions of one policy.
    pub versions: usize,
    /// Policies attached to one user, group or role.
    pub attachments: usize,
    /// Groups that one user is in.
    pub groups_of_user: usize,
    /// Users in one group.
    pub users_of_group: usize,
    /// Keys of one user, or of the root.
    pub keys: usize,
    /// Tags of one object or session.
    pub tags: usize,
    /// Identity providers.
    pub providers: usize,
    /// Sessions that one caller has asked for and that are not over.
    pub sessions: usize,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            users: 1_000,
            groups: 300,
            roles: 1_000,
            policies: 1_500,
            versions: 5,
            attachments: 200,
            groups_of_user: 10,
            users_of_group: 100,
            keys: 2,
            tags: 50,
            providers: 100,
            sessions: 1_000,
        }
    }
}
