//! What the operator chooses.

use serde::Deserialize;

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

/// How much an account may have; the published limits by default, and limits of our own where none is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::exhaustive_structs, reason = "filled in by operators")]
pub struct Quotas {
    /// Sub-accounts of the root; message recipients may be as many besides.
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
    /// Identity providers; no limit of them is published.
    pub providers: usize,
    /// Sessions that one caller has asked for and that are not over; no limit of them is published.
    pub sessions: usize,
}

impl Quotas {
    /// Reads a JSON object with a number for each limit that is not the usual one.
    ///
    /// # Errors
    ///
    /// What is wrong, with the line and the column.
    ///
    /// # Examples
    ///
    /// ```
    /// use camlock_cam::Quotas;
    ///
    /// let quotas = Quotas::parse(r#"{ "users": 20, "keys": 1 }"#)?;
    /// assert_eq!(quotas, Quotas { users: 20, keys: 1, ..Quotas::default() });
    /// assert!(Quotas::parse(r#"{ "user": 20 }"#).is_err());
    /// # Ok::<(), String>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|why| why.to_string())
    }
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
